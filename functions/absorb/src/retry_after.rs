//! When a provider wants to be asked again (RFC 9110, section 10.2.3).

use jiff::fmt::rfc2822;
use rihla_aws::fetch::FetchError;
use rihla_core::instant::{Instant, Wait};

/// How long the provider wants to be left alone, where it says so in seconds or by a date.
pub(crate) fn retry_after(error: &FetchError, now: Instant) -> Option<Wait> {
    let FetchError::Status { retry_after: Some(text), .. } = error else { return None };
    wait(text.trim(), now)
}

fn wait(text: &str, now: Instant) -> Option<Wait> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Wait::seconds(seconds.into()));
    }
    let at = rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(Instant::from)?;
    Some(Wait::milliseconds_of((at.milliseconds() - now.milliseconds()).max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_seconds_or_by_a_date() {
        let now = "2026-11-02T09:00:00Z".parse().unwrap();
        let seconds = |text| wait(text, now).map(|wait| wait.milliseconds() / 1000);
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Mon, 02 Nov 2026 09:01:30 GMT"), Some(90));
        assert_eq!(seconds("Mon, 02 Nov 2026 08:00:00 GMT"), Some(0));
        assert_eq!(["", "soon", "-1", "1.5", "99999999999"].map(seconds), [None; 5]);
    }
}
