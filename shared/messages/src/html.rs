use std::fmt::{self, Write};

/// Writes words so that HTML shows them as they are, in text and in quoted attributes. A slash stays a slash: SES
/// rewrites the links of a mail to count clicks, and must recognise them.
///
/// # Errors
/// When the output does not take them.
pub fn escape_html(output: &mut impl Write, words: &str) -> fmt::Result {
    let mut rest = words;
    while let Some(index) = rest.find(['&', '<', '>', '"', '\'']) {
        output.write_str(&rest[..index])?;
        output.write_str(match rest.as_bytes()[index] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[index + 1..];
    }
    output.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::escape_html;

    #[test]
    fn escapes_what_html_would_read() {
        let mut text = String::new();
        escape_html(&mut text, "<a href=\"https://x/?a=1&b='2'\">é</a>").unwrap();
        assert_eq!(text, "&lt;a href=&quot;https://x/?a=1&amp;b=&#39;2&#39;&quot;&gt;é&lt;/a&gt;");
    }
}
