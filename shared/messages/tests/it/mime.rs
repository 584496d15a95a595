use rihla_messages::{Correspondent, Envelope, Mail, MimeError, Purpose, sample, to_mime};

use crate::shop::{compose, envelope};

fn mail() -> Mail {
    compose("matching-items", "ar-EG", &sample::full(Purpose::Marketing, "ar-EG"))
}

fn built(mail: &Mail, envelope: &Envelope) -> String {
    String::from_utf8(to_mime(mail, envelope).expect("it can be addressed")).expect("it is ASCII")
}

fn headers(message: &str) -> Vec<&str> {
    let (head, _) = message.split_once("\r\n\r\n").expect("it has a body");
    head.split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(built(&mail(), &envelope()), built(&mail(), &envelope()));
    let other = Envelope { message_id: "other@care.sidra.example".to_owned(), ..envelope() };
    assert_ne!(built(&mail(), &envelope()), built(&mail(), &other));
}

#[test]
fn marketing_is_left_in_one_click() {
    let link = "https://care.sidra.example/unsubscribe/Zk3v9Q".to_owned();
    let message = built(&mail(), &Envelope { list_unsubscribe: Some(link.clone()), ..envelope() });
    assert!(message.contains(&format!("\r\nList-Unsubscribe: <{link}>\r\n")), "{message}");
    assert!(message.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{message}");
    assert!(!built(&mail(), &envelope()).contains("List-Unsubscribe"));
}

#[test]
fn no_name_or_subject_begins_a_header() {
    for trick in [
        "x\r\nBcc: all@mail.example",
        "x\nBcc: y",
        "x\rBcc: y",
        "\"x\" <y@z>,",
        "é\r\n Bcc: y",
        "a\u{0}b",
        "\u{85}",
    ] {
        let mut mail = mail();
        mail.subject = trick.to_owned();
        mail.from.name = Some(trick.to_owned());
        let to = Correspondent { name: Some(trick.to_owned()), ..envelope().to };
        let message = built(&mail, &Envelope { to, ..envelope() });
        let want = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Content-Language",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
        ];
        assert_eq!(headers(&message), want, "{trick:?}: {message}");
        assert!(message.contains("<amelia@mail.example>"), "{trick:?}: {message}");
    }
}

#[test]
fn no_line_is_too_long_and_all_is_ascii() {
    let mut plain = mail();
    plain.text = "word ".repeat(1_000);
    plain.html = "x".repeat(5_000);
    plain.subject = "é".repeat(500);
    for mail in [mail(), plain] {
        let message = built(&mail, &envelope());
        assert!(message.is_ascii());
        assert_eq!(message.split("\r\n").find(|line| line.len() > 998 || line.contains('\n')), None);
    }
}

#[test]
fn what_cannot_stand_in_a_header_is_refused() {
    let to = |address: &str| Correspondent { name: None, address: address.to_owned() };
    for address in [
        "",
        "a",
        "@b.example",
        "a@",
        "a b@c.example",
        "a@b\r\nBcc: c@d.example",
        "a@b,c@d.example",
        "é@b.example",
        "<a@b.example>",
        "a@b@c.example",
    ] {
        let result = to_mime(&mail(), &Envelope { to: to(address), ..envelope() });
        assert_eq!(result, Err(MimeError::Address { field: "to" }), "{address}");
    }
    let long = format!("https://x.example/{}", "a".repeat(900));
    for link in ["", "mailto:a@b.example", "https://x/\r\nBcc: y", "https://x/>", &long] {
        let result = to_mime(&mail(), &Envelope { list_unsubscribe: Some(link.to_owned()), ..envelope() });
        assert_eq!(result, Err(MimeError::Link), "{link}");
    }
    for id in ["", "x", "<x@y>", "x@y\r\nBcc: z", "x@y z"] {
        let result = to_mime(&mail(), &Envelope { message_id: id.to_owned(), ..envelope() });
        assert_eq!(result, Err(MimeError::MessageId), "{id}");
    }
}
