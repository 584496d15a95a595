//! An account for a test, and the clients of one function in it.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::path::PathBuf;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use rihla_aws::table::Retention;
use rihla_core::limits::Keep;
use rihla_local::aws::{Aws, Clock, Function, Layout};

/// The function whose clients the tests use.
pub(crate) const FUNCTION: &str = "deliver";

pub(crate) fn clock() -> Clock {
    Clock::virtual_at("2026-01-01T00:00:00Z".parse().unwrap())
}

pub(crate) fn in_memory() -> Aws {
    Aws::memory(clock(), Layout::default()).unwrap()
}

/// How long things are kept by default, from the moment at which the clock begins.
pub(crate) fn retention() -> Retention {
    Retention { keep: Keep::default(), clock: rihla_aws::clock::Clock::reading(|| clock().now().into()) }
}

/// A folder of this test's own, empty.
pub(crate) fn empty_folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// The account in `folder`, with its clock going on.
pub(crate) fn in_folder(folder: &std::path::Path) -> Aws {
    std::fs::create_dir_all(folder).unwrap();
    let clock = Clock::kept_in(&folder.join("clock"), clock().now()).unwrap();
    Aws::open(folder, clock, Layout::default()).unwrap()
}

pub(crate) fn table(function: &Function) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(&function.sdk_config())
}

pub(crate) fn queues(aws: &Aws) -> aws_sdk_sqs::Client {
    aws_sdk_sqs::Client::new(&aws.function(FUNCTION).sdk_config())
}

pub(crate) fn mail(aws: &Aws) -> aws_sdk_ses::Client {
    aws_sdk_ses::Client::new(&aws.function(FUNCTION).sdk_config())
}

pub(crate) fn inbox() -> String {
    rihla_local::aws::layout::queue_url("inbox")
}

pub(crate) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// AWS's code of the error.
pub(crate) fn code<T: std::fmt::Debug, E, R>(result: Result<T, SdkError<E, R>>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    let error = result.expect_err("refused");
    error.code().unwrap_or("no code").into()
}
