use rihla_core::instant::Wait;

/// What a customer does with a mail, through its links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Whose mailbox.
    pub email: &'static str,
    /// The journey whose mail it is; where there are several, the first.
    pub journey: &'static str,
    /// How long after the mail was sent.
    pub after: Wait,
    /// What is done.
    pub does: Does,
}

/// What can be done through the links of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Opens the link of a score, and sends the form.
    Answers {
        /// 1 to 5.
        score: u8,
        /// What is written into the form.
        comment: Option<&'static str>,
    },
    /// Unsubscribes by the mail program's own button (RFC 8058).
    Unsubscribes,
    /// Asks for the newsletter.
    Joins,
}
