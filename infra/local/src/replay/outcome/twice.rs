use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

/// A mail of the mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMail {
    /// Whose mailbox.
    pub recipient: String,
    /// The follow-up that its tags name, as the ledger names it.
    pub follow_up: String,
    /// A hash of what it says.
    words: u64,
}

impl SentMail {
    /// A mail with its subject and its plain text, of which a hash is kept: a long replay has many mails.
    pub fn new(recipient: &str, follow_up: &str, subject: &str, text: &str) -> Self {
        // Links are signed anew for each mail, so they say nothing about whether it says the same.
        let said = text.split_whitespace().filter(|word| !word.contains("://"));
        let mut words = DefaultHasher::new();
        subject.hash(&mut words);
        said.for_each(|word| word.hash(&mut words));
        Self { recipient: recipient.to_owned(), follow_up: follow_up.to_owned(), words: words.finish() }
    }
}

/// How many mails say to one person what another mail has said before: the same follow-up by its tags, or, should the
/// tags be wrong, the same subject and text apart from the links.
pub fn messages_twice(mails: &[SentMail]) -> usize {
    let mut by_tag = HashSet::new();
    let mut by_words = HashSet::new();
    let mut twice = 0;
    for mail in mails {
        let new_tag = by_tag.insert((&mail.recipient, &mail.follow_up));
        let new_words = by_words.insert((&mail.recipient, mail.words));
        twice += usize::from(!(new_tag && new_words));
    }
    twice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(recipient: &str, follow_up: &str, text: &str) -> SentMail {
        SentMail::new(recipient, follow_up, "Did it arrive?", text)
    }

    #[test]
    fn a_mail_is_twice_by_its_tag_or_by_its_words() {
        let first = mail("amal@example.com", "check#1", "Order 1 https://a.example/1");
        let same_tag = mail("amal@example.com", "check#1", "Something else");
        let same_words = mail("amal@example.com", "check#9", "Order 1  https://a.example/2");
        let other_order = mail("amal@example.com", "check#2", "Order 2 https://a.example/3");
        let other_person = mail("omar@example.com", "check#1", "Order 1 https://a.example/4");
        let twice = |mails: &[&SentMail]| messages_twice(&mails.iter().copied().cloned().collect::<Vec<_>>());
        assert_eq!(twice(&[&first, &other_order, &other_person]), 0);
        assert_eq!(twice(&[&first, &same_tag]), 1);
        assert_eq!(twice(&[&first, &same_words]), 1);
        assert_eq!(twice(&[&first, &first, &first]), 2);
    }
}
