use mail_parser::{MessageParser, MimeHeaders};

/// A mail as the program of its reader shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Its subject.
    pub subject: String,
    /// The headers in their order, each unfolded, as they were sent.
    pub headers: Vec<(String, String)>,
    /// The part for readers of plain text.
    pub text: String,
    /// The part for all others.
    pub html: String,
}

impl Received {
    /// Takes a mail apart. Nothing when it is none.
    pub fn read(raw: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(raw)?;
        let part = |kind: &str| {
            let is_kind = |part: &&mail_parser::MessagePart<'_>| {
                let told = part.content_type();
                told.is_some_and(|told| told.ctype() == "text" && told.subtype() == Some(kind))
            };
            let found = message.parts.iter().find(is_kind).and_then(|part| part.text_contents());
            found.unwrap_or_default().to_owned()
        };
        let headers = message.headers_raw().map(|(name, value)| (name.to_owned(), unfolded(value)));
        Some(Self {
            subject: message.subject().unwrap_or_default().to_owned(),
            headers: headers.collect(),
            text: part("plain"),
            html: part("html"),
        })
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The links of the plain text, in their order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let words = self.text.split(|letter: char| letter.is_whitespace() || "<>()".contains(letter));
        words.filter(|word| word.starts_with("https://") || word.starts_with("http://"))
    }

    /// Where the mail program's own button for unsubscribing posts to (RFC 8058).
    pub fn unsubscribe_link(&self) -> Option<&str> {
        self.header("List-Unsubscribe-Post")?;
        self.header("List-Unsubscribe")?.split_once('<')?.1.split_once('>').map(|(link, _)| link)
    }
}

/// A header over several lines is one line (RFC 5322, section 2.2.3).
fn unfolded(value: &str) -> String {
    value
        .split("\r\n")
        .flat_map(|line| line.split('\n'))
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &str = "From: Sidra <hello@sidra.example>\r\n\
        To: amal@example.com\r\n\
        Subject: =?utf-8?B?2YfZhCDZiNi12YTYqg==?=\r\n\
        List-Unsubscribe: <https://care.sidra.example/u/abc>\r\n\
        List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative;\r\n boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Yes: https://care.sidra.example/r/abc?score=3D5\r\n\
        --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Yes</p>\r\n--b--\r\n";

    #[test]
    fn both_parts_the_subject_and_the_links_are_read() {
        let mail = Received::read(RAW.as_bytes()).unwrap();
        assert_eq!(mail.subject, "هل وصلت");
        assert_eq!(mail.html.trim(), "<p>Yes</p>");
        assert_eq!(mail.links().collect::<Vec<_>>(), ["https://care.sidra.example/r/abc?score=5"]);
        assert_eq!(mail.unsubscribe_link(), Some("https://care.sidra.example/u/abc"));
        assert_eq!(mail.header("content-type"), Some("multipart/alternative; boundary=\"b\""));
    }
}
