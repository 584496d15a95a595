//! Making a shop's and a customer's words fit to print: one line, no tricks, not too long.

use crate::bidi;

const TITLE_LIMIT: usize = 120;
const NAME_LIMIT: usize = 40;
const OFFER_LIMIT: usize = 400;
/// The most that a customer can write beside a score, in characters.
pub(crate) const COMMENT_LIMIT: usize = 2_000;

/// A product's title, or anything else that the shop wrote, in one line.
pub(crate) fn title(words: &str) -> String {
    shorten(&one_line(words), TITLE_LIMIT)
}

/// A sentence or two that the shop wrote, if there is any, in one line.
pub(crate) fn offer(words: &str) -> Option<String> {
    let offer = shorten(&one_line(words), OFFER_LIMIT);
    (!offer.is_empty()).then_some(offer)
}

/// A first name, if it can be one. Names with an address in them are put there by people who use shops' mails to
/// send their own, and too long a name is no name to greet with.
pub(crate) fn first_name(words: &str) -> Option<String> {
    let name = one_line(words);
    let is_name = !name.is_empty()
        && name.chars().count() <= NAME_LIMIT
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '/', '\\', '<', '>', '{', '}', '|', '='])
        && !has_domain(&name);
    is_name.then_some(name)
}

/// A comment as it was written, without control characters, cut at the limit.
pub(crate) fn comment(words: &str) -> String {
    let kept = words.replace("\r\n", "\n");
    kept.chars()
        .filter(|&c| c == '\n' || !(c.is_control() || bidi::is_control(c)))
        .take(COMMENT_LIMIT)
        .collect()
}

/// A link, if it leads to the web.
pub(crate) fn link(address: &str) -> Option<String> {
    let clean = address.trim();
    let is_web = clean.starts_with("https://") || clean.starts_with("http://");
    (is_web && !clean.contains(|c: char| c.is_control() || c.is_whitespace() || bidi::is_control(c)))
        .then(|| clean.to_owned())
}

fn one_line(words: &str) -> String {
    let spaced: String = words
        .chars()
        .filter(|&c| !bidi::is_control(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(words: &str, limit: usize) -> String {
    if words.chars().count() <= limit {
        return words.to_owned();
    }
    let kept: String = words.chars().take(limit - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A dot with a letter before it and at least two after: `shop.example`, but not `J.R.` or `Dr. May`.
fn has_domain(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    parts.windows(2).any(|pair| {
        pair[0].ends_with(char::is_alphanumeric)
            && pair[1].chars().take_while(|c| c.is_alphanumeric()).count() >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_one_line_without_tricks() {
        assert_eq!(
            title("  Lamp\r\nBcc: all@example.com \u{202e}gnp.exe\u{0} "),
            "Lamp Bcc: all@example.com gnp.exe"
        );
        assert_eq!(title(""), "");
        let long = title(&"ع".repeat(300));
        assert_eq!((long.chars().count(), long.chars().last()), (120, Some('…')));
    }

    #[test]
    fn a_first_name_is_a_name() {
        for name in ["Sara", "محمد", "Jean-Luc", "J.R.", "Dr. May", "O'Neill"] {
            assert_eq!(first_name(name).as_deref(), Some(name));
        }
        let long = "a".repeat(300);
        for words in
            ["", "  ", "1234", "win.example", "http://x", "<b>x</b>", "a@b", long.as_str(), "\u{202e}"]
        {
            assert_eq!(first_name(words), None, "{words}");
        }
    }

    #[test]
    fn only_web_links_are_links() {
        assert_eq!(link(" https://a.example/ "), Some("https://a.example/".to_owned()));
        for words in ["javascript:alert(1)", "https://a.example/\r\nx", "//a.example", "", "https://a b"] {
            assert_eq!(link(words), None, "{words}");
        }
    }

    #[test]
    fn a_comment_keeps_its_lines_and_ends_at_the_limit() {
        assert_eq!(comment("a\r\nb\u{202e}\u{7}c"), "a\nbc");
        assert_eq!(comment(&"é".repeat(3_000)).chars().count(), COMMENT_LIMIT);
    }
}
