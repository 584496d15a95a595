use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};

use crate::{Mail, MimeError};

const LINK_LIMIT_BYTES: usize = 900;

/// A name and an address, as they stand in a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondent {
    /// Any words; what cannot stand in a header is taken out.
    pub name: Option<String>,
    /// `local@domain`, ASCII.
    pub address: String,
}

/// Who a mail goes to, and everything about it that would otherwise come from a clock or from chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The customer.
    pub to: Correspondent,
    /// `left@right`, the same whenever the same mail is built. SES puts its own in its place when it sends.
    pub message_id: String,
    /// The moment of sending in seconds since 1970.
    pub sent_at: i64,
    /// The one-click link (RFC 8058), for marketing.
    pub list_unsubscribe: Option<String>,
}

/// The mail as bytes to send: the same input gives the same bytes.
///
/// # Errors
/// When an address, a link or the message id cannot stand in a header. Names can hold anything: what is not a
/// name's is taken out, the rest encoded.
pub fn to_mime(mail: &Mail, envelope: &Envelope) -> Result<Vec<u8>, MimeError> {
    let mut message = MessageBuilder::new()
        .from(address("from", &mail.from)?)
        .to(address("to", &envelope.to)?)
        .subject(header_text(&mail.subject))
        .date(Date::new(envelope.sent_at))
        .message_id(MessageId::new(message_id(&envelope.message_id)?))
        .header("Content-Language", Raw::new(language(&mail.locale)))
        .header("Auto-Submitted", Raw::new("auto-generated"));
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(address("reply-to", reply_to)?);
    }
    if let Some(link) = &envelope.list_unsubscribe {
        message = message
            .header("List-Unsubscribe", Raw::new(format!("<{}>", header_link(link)?)))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
    }
    let mut bytes = Vec::with_capacity((mail.html.len() + mail.text.len()) * 2);
    message.body(body(mail, &envelope.message_id)).serialize(&mut bytes);
    Ok(bytes)
}

fn body<'a>(mail: &'a Mail, message_id: &str) -> MimePart<'a> {
    let parts = vec![part("text/plain", mail.text.as_str()), part("text/html", mail.html.as_str())];
    let kind = ContentType::new("multipart/alternative").attribute("boundary", boundary(message_id));
    MimePart::new(kind, BodyPart::Multipart(parts))
}

fn part<'a>(kind: &'static str, content: &'a str) -> MimePart<'a> {
    MimePart::new(ContentType::new(kind).attribute("charset", "utf-8"), BodyPart::Text(content.into()))
}

/// `=_` cannot occur in a quoted-printable body, nor `_` in a base64 one (RFC 2045, 6.7 and 6.8).
fn boundary(message_id: &str) -> String {
    let hash = message_id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("=_{hash:016x}")
}

fn address<'a>(field: &'static str, correspondent: &'a Correspondent) -> Result<Address<'a>, MimeError> {
    let Correspondent { name, address } = correspondent;
    let (local, domain) = address.rsplit_once('@').ok_or(MimeError::Address { field })?;
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(is_address_byte);
    if !is_plain(local) || !is_plain(domain) || address.len() > 254 {
        return Err(MimeError::Address { field });
    }
    let name = name.as_deref().map(header_text).filter(|name| !name.is_empty());
    Ok(Address::new_address(name, address.as_str()))
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"@<>()[],;:\\\"".contains(&byte)
}

fn message_id(id: &str) -> Result<&str, MimeError> {
    let (left, right) = id.split_once('@').ok_or(MimeError::MessageId)?;
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(is_address_byte);
    (is_plain(left) && is_plain(right) && id.len() <= 250).then_some(id).ok_or(MimeError::MessageId)
}

fn header_link(link: &str) -> Result<&str, MimeError> {
    // The local stack has no certificate.
    let local = ["http://127.0.0.1", "http://localhost"];
    let is_link = link.starts_with("https://") || local.iter().any(|start| link.starts_with(start));
    let is_plain = link.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"".contains(&byte));
    (is_link && is_plain && link.len() <= LINK_LIMIT_BYTES).then_some(link).ok_or(MimeError::Link)
}

fn language(locale: &str) -> String {
    locale.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// One line, whatever was in it: a header's value cannot begin another header.
fn header_text(words: &str) -> String {
    words
        .split(char::is_control)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}
