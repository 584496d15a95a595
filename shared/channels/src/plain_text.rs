//! Messages that are told as HTML.

/// How much of a message is read, in characters: four times what is kept of it leaves room for tags.
const READ_LIMIT: usize = 8_000;

/// What a reader of the HTML sees, of at most so many characters; nothing where that is nothing, such as a picture.
pub(crate) fn from_html(html: &str, limit: usize) -> Option<String> {
    let html: String = html.chars().take(READ_LIMIT).collect();
    let text = nanohtml2text::html2text(&html).replace("\r\n", "\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(limit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_are_read() {
        let text = |html: &str| from_html(html, 20);
        assert_eq!(text("<p>Tom &amp; <b>أمل</b></p>").as_deref(), Some("Tom & أمل"));
        assert_eq!(text("<p>one</p>\n<p>two</p>").as_deref(), Some("one\n\ntwo"));
        assert_eq!(text("no tags, a < b").as_deref(), Some("no tags, a < b"));
        assert_eq!(text(&format!("<p>{}", "é".repeat(9_000))), Some("é".repeat(20)));
        for nothing in ["", " ", "<p></p>", "<div><img src=\"https://example.com/a.png\"></div>"] {
            assert_eq!(text(nothing), None, "{nothing}");
        }
    }
}
