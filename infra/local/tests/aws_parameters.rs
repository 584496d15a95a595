//! Parameters through the real SDK client.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod account;

use account::{FUNCTION, in_memory};
use rihla_local::aws::Aws;

fn client(aws: &Aws) -> aws_sdk_ssm::Client {
    aws_sdk_ssm::Client::new(&aws.function(FUNCTION).sdk_config())
}

#[tokio::test]
async fn a_secret_is_read_only_with_decryption() {
    let aws = in_memory();
    aws.parameters().set_secret("/rihla/link-key", "s3cret");
    let read = async |decrypted| {
        let asked = client(&aws).get_parameter().name("/rihla/link-key").with_decryption(decrypted);
        asked.send().await.unwrap().parameter.unwrap().value.unwrap()
    };
    assert_eq!(read(true).await, "s3cret");
    assert_ne!(read(false).await, "s3cret");
}

#[tokio::test]
async fn several_parameters_come_with_the_names_of_those_that_are_missing() {
    let aws = in_memory();
    aws.parameters().set("/a", "1");
    let answer = client(&aws).get_parameters().names("/a").names("/b").send().await.unwrap();
    assert_eq!(answer.parameters()[0].value(), Some("1"));
    assert_eq!(answer.invalid_parameters(), ["/b"]);
    let names = (0..11).map(|number| number.to_string()).collect();
    client(&aws).get_parameters().set_names(Some(names)).send().await.unwrap_err();
    let missing = client(&aws).get_parameter().name("/b").send().await.unwrap_err();
    assert!(missing.into_service_error().is_parameter_not_found());
}
