//! How far from now a delivery may be signed, where its time is signed with it.

use rihla_core::instant::Instant;

use crate::Unverified;

/// What the libraries of Standard Webhooks and of Stripe take.
const TOLERANCE_SECONDS: u64 = 5 * 60;

/// Whether a delivery was signed lately, in seconds since 1970. A time to come is as wrong as one long past.
pub(crate) fn check(signed_at: i64, now: Instant) -> Result<(), Unverified> {
    let off_seconds = now.seconds().abs_diff(signed_at);
    if off_seconds > TOLERANCE_SECONDS {
        return Err(Unverified::Expired { off_seconds, tolerance_seconds: TOLERANCE_SECONDS });
    }
    Ok(())
}
