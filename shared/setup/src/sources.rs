use std::collections::BTreeSet;
use std::path::Path;

use jiff::tz::TimeZone;
use rihla_core::source::Source;

use crate::yaml::place_of;
use crate::{Fault, Faults, read_yaml};

/// Reads `infra/sources.yaml`.
///
/// # Errors
/// When it cannot be read or does not hold: two sources of one name, a provider or a zone that does not exist, a
/// source without a secret whose provider signs with one.
pub fn read_sources(file: &Path) -> Result<Vec<Source>, Faults> {
    let sources: Vec<Source> = read_yaml(file)?;
    let mut faults = Faults::default();
    let mut names = BTreeSet::new();
    for source in &sources {
        let name = &source.name;
        if !names.insert(name) {
            let problem = format!("there are two sources named `{name}`");
            faults.push(Fault::new(file, problem).at(place_of(file, &format!("name: {name}"))));
        }
        let provider = rihla_channels::provider(&source.provider);
        if provider.is_none() {
            let problem = format!("source `{name}`: there is no provider `{}`", source.provider);
            let known = rihla_channels::PROVIDERS.iter().map(|provider| provider.name);
            let place = place_of(file, &source.provider);
            faults.push(Fault::new(file, problem).at(place).meant(&source.provider, known));
        }
        if source.secrets.is_empty() && provider.is_none_or(|provider| provider.has_secrets) {
            let problem = format!("source `{name}` has no secret, so that nothing could be verified");
            faults.push(Fault::new(file, problem).at(place_of(file, &format!("name: {name}"))));
        }
        if let Some(zone) = source.zone.as_deref().filter(|zone| TimeZone::get(zone).is_err()) {
            let problem = format!("source `{name}`: the zone `{zone}` does not exist");
            faults.push(Fault::new(file, problem).at(place_of(file, zone)));
        }
    }
    faults.or(sources)
}
