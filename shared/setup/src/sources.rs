use std::collections::BTreeSet;
use std::path::Path;

use jiff::tz::TimeZone;
use rihla_core::source::Source;

use crate::{Fault, Faults, read_yaml};

/// Reads `infra/sources.yaml`.
///
/// # Errors
/// When it cannot be read or does not hold: two sources of one name, a provider or a zone that does not exist, a
/// source without a secret.
pub fn read_sources(file: &Path) -> Result<Vec<Source>, Faults> {
    let sources: Vec<Source> = read_yaml(file)?;
    let mut faults = Faults::default();
    let mut names = BTreeSet::new();
    for source in &sources {
        let name = &source.name;
        if !names.insert(name) {
            faults.push(Fault::new(file, format!("there are two sources named `{name}`")));
        }
        if rihla_channels::provider(&source.provider).is_none() {
            let problem = format!("source `{name}`: there is no provider `{}`", source.provider);
            let known = rihla_channels::PROVIDERS.iter().map(|provider| provider.name);
            faults.push(Fault::new(file, problem).meant(&source.provider, known));
        }
        if source.secrets.is_empty() {
            faults.push(Fault::new(
                file,
                format!("source `{name}` has no secret, so that nothing could be verified"),
            ));
        }
        if let Some(zone) = source.zone.as_deref().filter(|zone| TimeZone::get(zone).is_err()) {
            faults.push(Fault::new(file, format!("source `{name}`: the zone `{zone}` does not exist")));
        }
    }
    faults.or(sources)
}
