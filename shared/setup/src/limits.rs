use std::path::Path;

use rihla_core::limits::Limits;

use crate::{Faults, read_yaml};

/// Reads `infra/limits.yaml`.
///
/// # Errors
/// When it cannot be read or does not hold.
pub fn read_limits(file: &Path) -> Result<Limits, Faults> {
    Ok(read_yaml(file)?)
}
