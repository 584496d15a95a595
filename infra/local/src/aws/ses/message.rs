//! The head of a raw mail, as far as SES reads it.

/// A mail's header fields, unfolded, in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) headers: Vec<(String, String)>,
}

impl Message {
    /// Reads the head of `raw`; nothing if no empty line ends it.
    pub(super) fn read(raw: &[u8]) -> Option<Self> {
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in raw.split_inclusive(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            let line = line.trim_end_matches(['\r', '\n']);
            if line.is_empty() {
                return Some(Self { headers });
            }
            if line.starts_with([' ', '\t']) {
                let (_, value) = headers.last_mut()?;
                *value += line;
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().into(), value.trim().into()));
            }
        }
        None
    }

    /// The first header called `name`, whatever its case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The addresses in all headers called `name`, without the names beside them.
    pub(super) fn addresses(&self, name: &str) -> Vec<String> {
        self.values(name).flat_map(mailboxes).map(|mailbox| address(&mailbox).to_string()).collect()
    }

    /// The mailboxes in all headers called `name`, as they were written.
    pub(super) fn mailboxes(&self, name: &str) -> Vec<String> {
        self.values(name).flat_map(mailboxes).collect()
    }
}

/// The parts of a list of mailboxes: commas outside quotes and angle brackets part them.
fn mailboxes(list: &str) -> Vec<String> {
    let (mut quoted, mut bracketed) = (false, false);
    let parts = list.split(|character| {
        match character {
            '"' => quoted = !quoted,
            '<' => bracketed = true,
            '>' => bracketed = false,
            _ => {}
        }
        character == ',' && !quoted && !bracketed
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect()
}

/// The address in `mailbox`: what stands between angle brackets, or all of it.
pub(super) fn address(mailbox: &str) -> &str {
    match mailbox.rsplit_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or(rest).trim(),
        None => mailbox.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_head_is_read_up_to_the_empty_line() {
        let raw = b"From: \"Shop, the\" <a@shop.example>\r\nTo: b@c.example,\r\n D <d@e.example>\r\n\r\nTo: no@no.example";
        let message = Message::read(raw).expect("an empty line ends the head");
        assert_eq!(message.addresses("from"), ["a@shop.example"]);
        assert_eq!(message.addresses("TO"), ["b@c.example", "d@e.example"]);
        assert_eq!(message.mailboxes("To"), ["b@c.example", "D <d@e.example>"]);
    }

    #[test]
    fn a_head_without_end_is_no_mail() {
        assert_eq!(Message::read(b"From: a@b.example\r\nTo: c@d.example"), None);
    }
}
