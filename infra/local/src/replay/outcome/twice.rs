use std::collections::HashSet;

/// A mail of the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// Whose mailbox.
    pub recipient: String,
    /// The follow-up that its tags name, as the ledger names it.
    pub follow_up: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
}

/// How many mails say to one person what another mail has said before: the same follow-up by its tags, or, should the
/// tags be wrong, the same subject and text apart from the links, which are signed anew for each mail.
pub fn messages_twice(mails: &[SentMail]) -> usize {
    let mut by_tag = HashSet::new();
    let mut by_words = HashSet::new();
    let mut twice = 0;
    for mail in mails {
        let new_tag = by_tag.insert((&mail.recipient, &mail.follow_up));
        let new_words = by_words.insert((&mail.recipient, &mail.subject, without_links(&mail.text)));
        twice += usize::from(!(new_tag && new_words));
    }
    twice
}

fn without_links(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(recipient: &str, follow_up: &str, text: &str) -> SentMail {
        let [recipient, follow_up, text] = [recipient, follow_up, text].map(str::to_owned);
        SentMail { recipient, follow_up, subject: "Did it arrive?".to_owned(), text }
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
