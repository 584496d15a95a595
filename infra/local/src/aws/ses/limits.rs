//! What SES refuses: <https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html>.

use super::Refusal;
use super::message::{Message, address};
use super::request::SendRawEmail;

/// A mail's size after decoding.
const MAX_SIZE_BYTES: usize = 10 * 1024 * 1024;
/// To, Cc and Bcc together.
const MAX_RECIPIENTS: usize = 50;
/// A tag's name, and its value.
const MAX_TAG_CHARACTERS: usize = 256;

/// The head of a mail that breaks no limit, and its recipients' addresses.
pub(super) fn check(asked: &SendRawEmail) -> Result<(Message, Vec<String>), Refusal> {
    if asked.raw.len() > MAX_SIZE_BYTES {
        let size = asked.raw.len();
        return Err(invalid(format!("Message length is more than {MAX_SIZE_BYTES} bytes long: '{size}'.")));
    }
    let message =
        Message::read(&asked.raw).ok_or_else(|| invalid("No empty line ends the header.".into()))?;
    let source = asked.source.clone().or_else(|| message.addresses("From").into_iter().next());
    match source {
        Some(source) if is_address(address(&source)) => {}
        Some(_) => return Err(invalid("Missing final '@domain'".into())),
        None => return Err(invalid("Missing required header 'From'.".into())),
    }
    check_tags(&asked.tags)?;
    let recipients = recipients(asked, &message)?;
    Ok((message, recipients))
}

fn recipients(asked: &SendRawEmail, message: &Message) -> Result<Vec<String>, Refusal> {
    let named: Vec<String> = if asked.destinations.is_empty() {
        ["To", "Cc", "Bcc"].iter().flat_map(|name| message.addresses(name)).collect()
    } else {
        asked.destinations.iter().map(|mailbox| address(mailbox).to_string()).collect()
    };
    if named.len() > MAX_RECIPIENTS {
        return Err(invalid(format!("Recipient count exceeds {MAX_RECIPIENTS}.")));
    }
    if named.is_empty() || !named.iter().all(|address| is_address(address)) {
        return Err(Refusal::MessageRejected("No valid recipient.".into()));
    }
    Ok(named)
}

fn is_address(address: &str) -> bool {
    let parts = address.rsplit_once('@');
    parts.is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !address.contains(char::is_whitespace)
    })
}

/// Tags are of ASCII letters, digits, `_` and `-`.
fn check_tags(tags: &[(String, String)]) -> Result<(), Refusal> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let good = |text: &str| (1..=MAX_TAG_CHARACTERS).contains(&text.len()) && text.bytes().all(plain);
    match tags.iter().find(|(name, value)| !good(name) || !good(value)) {
        Some((name, value)) => Err(invalid(format!("Invalid tag <{name}: {value}>."))),
        None => Ok(()),
    }
}

fn invalid(message: String) -> Refusal {
    Refusal::InvalidParameterValue(message)
}
