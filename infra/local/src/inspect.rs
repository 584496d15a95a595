//! `rihla inspect`: what one delivery, kept in a file, would tell.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rihla_channels::{
    Delivery, Headers, Lookup, OfNoInterest, PROVIDERS, Provider, Reading, Secret, Unknown, Unreadable,
    Unverified, provider,
};
use rihla_core::instant::Instant;

/// What is to be looked at, and how.
#[derive(Clone, Debug)]
pub struct InspectArguments {
    /// The provider that sent it, such as `shopify` or `standard-webhooks`.
    pub kind: String,
    /// The file with the body, byte for byte.
    pub body_file: PathBuf,
    /// A file with the headers: a JSON object of names and values. Without it the topic is taken from the name of the
    /// body's file: `orders_updated--1.json` is `orders/updated`.
    pub headers_file: Option<PathBuf>,
    /// The secret that it should be signed with. Without one the signature is not asked for.
    pub secret: Option<String>,
    /// The address that it was sent to, for providers that sign it.
    pub url: Option<String>,
    /// The time that stands for now. Without it, now.
    pub at: Option<Instant>,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{kind:?} is no provider; there are: {}", names().join(", "))]
    Kind { kind: String },
    #[error("{} cannot be read", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{} is not a JSON object of header names and values", path.display())]
    Headers { path: PathBuf, source: serde_json::Error },
    #[error("what was found cannot be written")]
    Output(#[from] io::Error),
    #[error("not believed")]
    Unverified(#[from] Unverified),
    #[error("not readable")]
    Unreadable(#[from] Unreadable),
}

impl Fault {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Kind { .. } | Self::File { .. } | Self::Headers { .. } | Self::Output(_) => 1,
            Self::Unverified(_) => 2,
            Self::Unreadable(_) => 3,
        }
    }
}

/// Writes the events of a delivery to `stdout` as a JSON array, and returns the code to exit with: 0, or with the reason
/// on `stderr` 1 (the arguments or a file), 2 (its signature is not right) or 3 (it cannot be read).
pub fn inspect(
    arguments: &InspectArguments,
    now: Instant,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    match look(arguments, now, stdout, stderr) {
        Ok(()) => 0,
        Err(fault) => {
            // Nobody is left to tell when this fails.
            let _ = writeln!(stderr, "{}", with_sources(&fault));
            fault.exit_code()
        }
    }
}

fn look(
    arguments: &InspectArguments,
    now: Instant,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> Result<(), Fault> {
    let kind = &arguments.kind;
    let provider = provider(kind).ok_or_else(|| Fault::Kind { kind: kind.clone() })?;
    let body = read(&arguments.body_file)?;
    let now = arguments.at.unwrap_or(now);
    let headers = headers(arguments, provider, now)?;
    let delivery = Delivery { url: arguments.url.as_deref(), ..Delivery::new(&headers, &body) };
    if let Some(secret) = &arguments.secret {
        (provider.verify)(&delivery, &[Secret::new(secret)], now)?;
    }
    let Reading { mut events, lookups, mut otherwise, unknown, of_no_interest } =
        (provider.normalise)(&delivery)?;
    if let Some(OfNoInterest { topic, why }) = of_no_interest {
        writeln!(stderr, "no event of interest: {topic} ({why})")?;
    }
    for Lookup { what, address } in &lookups {
        writeln!(stderr, "the {what} is to be asked for: {}", address.text())?;
    }
    for Unknown { field, value } in &unknown {
        writeln!(stderr, "not known here: {field} {value}")?;
    }
    events.append(&mut otherwise);
    let text = serde_json::to_string_pretty(&events).expect("events are plain data with text for keys");
    Ok(writeln!(stdout, "{text}")?)
}

/// The headers of the file, and what they leave open: the topic by the body's file name, the time by now.
fn headers(arguments: &InspectArguments, provider: &Provider, now: Instant) -> Result<Headers, Fault> {
    let kept = match &arguments.headers_file {
        Some(path) => serde_json::from_slice(&read(path)?)
            .map_err(|source| Fault::Headers { path: path.clone(), source })?,
        None => Headers::default(),
    };
    let name = arguments.body_file.file_name().unwrap_or_default().to_string_lossy();
    Ok(provider.headers_of_file(kept, &name, now))
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(|source| Fault::File { path: path.to_owned(), source })
}

fn names() -> Vec<&'static str> {
    PROVIDERS.iter().map(|provider| provider.name).collect()
}

fn with_sources(fault: &Fault) -> String {
    let error: &dyn std::error::Error = fault;
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
