use std::collections::BTreeSet;
use std::path::Path;

use jiff::tz::TimeZone;
use rihla_channels::{PROVIDERS, Provider, provider};
use rihla_core::source::Source;

use crate::yaml::place_of;
use crate::{Fault, Faults, read_yaml};

/// Reads `infra/sources.yaml`.
///
/// # Errors
/// When it cannot be read or does not hold: two sources of one name or one queue, a provider or a zone that does not
/// exist, a source by which nothing could be verified, an address that is none, a token that nobody asks for.
pub fn read_sources(file: &Path) -> Result<Vec<Source>, Faults> {
    let sources: Vec<Source> = read_yaml(file)?;
    let mut faults = Faults::default();
    let (mut names, mut queues) = (BTreeSet::new(), BTreeSet::new());
    for source in &sources {
        let name = &source.name;
        let mut wrong = |words: &str, problem: String| {
            faults.push(Fault::new(file, problem).at(place_of(file, words)));
        };
        if !names.insert(name) {
            wrong(&format!("name: {name}"), format!("there are two sources named `{name}`"));
        }
        if let Some(queue) = source.queue.as_deref().filter(|queue| !queues.insert(*queue)) {
            wrong(
                &format!("queue: {queue}"),
                format!("source `{name}`: another source has the queue `{queue}`"),
            );
        }
        if let Some(zone) = source.zone.as_deref().filter(|zone| TimeZone::get(zone).is_err()) {
            wrong(zone, format!("source `{name}`: the zone `{zone}` does not exist"));
        }
        for url in source.url.iter().chain(&source.api_url).filter(|url| !is_https(url)) {
            wrong(url, format!("source `{name}`: `{url}` is no address that begins with https://"));
        }
        match provider(&source.provider) {
            None => faults.push(no_provider(file, source)),
            Some(provider) => {
                for (words, problem) in against(provider, source) {
                    wrong(&words, format!("source `{name}` {problem}"));
                }
            }
        }
    }
    faults.or(sources)
}

fn is_https(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn no_provider(file: &Path, source: &Source) -> Fault {
    let problem = format!("source `{}`: there is no provider `{}`", source.name, source.provider);
    let known = PROVIDERS.iter().map(|provider| provider.name);
    Fault::new(file, problem).at(place_of(file, &source.provider)).meant(&source.provider, known)
}

/// What a source is set up for that its provider does not do, or lacks: where that stands, and what it is.
fn against(provider: &Provider, source: &Source) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    // Whoever signs with a private key is known by the account that is allowed, or by a key that is asked for with a token.
    let by_key = !source.allow.is_empty() || source.api_token.is_some();
    if provider.has_secrets && source.secrets.is_empty() && source.queue.is_none() && !by_key {
        let words = format!("name: {}", source.name);
        wrong.push((words, "has no secret, so that nothing could be verified".to_owned()));
    }
    let asked = source.api_token.as_ref().or(source.api_url.as_ref());
    match (&provider.api, asked) {
        (None, Some(words)) => {
            wrong.push((
                words.clone(),
                format!("is set up for an API, and `{}` has none that is asked", provider.name),
            ));
        }
        (Some(api), Some(words)) if api.base_url.is_empty() && source.api_url.is_none() => {
            wrong.push((words.clone(), "has a token and no `api_url`: each shop has its own".to_owned()));
        }
        _ => {}
    }
    wrong
}
