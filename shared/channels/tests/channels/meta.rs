//! Who may send for Meta, and what it asks before it does.

use rihla_channels::{Answer, Delivery, Greeting, Headers, Secret, Unverified, provider, sign};

use crate::instant;

const PROVIDERS: &[&str] = &["messenger", "whatsapp-cloud"];

fn verify(name: &str, headers: &Headers, body: &[u8], texts: &[&str]) -> Result<(), Unverified> {
    let secrets: Vec<Secret> = texts.iter().map(Secret::new).collect();
    (provider(name).unwrap().verify)(&Delivery::new(headers, body), &secrets, instant("2026-11-23T05:08:27Z"))
}

#[test]
fn the_raw_bytes_are_signed_with_what_is_escaped_in_them() {
    let body = br#"{"text": "\u00e4\ud83d\ude00"}"#;
    let headers = sign::meta(&Secret::new("hush"), body).unwrap();
    for name in PROVIDERS {
        assert_eq!(verify(name, &headers, body, &["new", "hush"]), Ok(()));
        let decoded = r#"{"text": "ä😀"}"#.as_bytes();
        assert_eq!(verify(name, &headers, decoded, &["hush"]), Err(Unverified::WrongSignature));
        assert_eq!(verify(name, &headers, body, &["other"]), Err(Unverified::WrongSignature));
        assert_eq!(verify(name, &headers, body, &[" "]), Err(Unverified::NoSecret));
        let missing = Err(Unverified::MissingHeader("x-hub-signature-256"));
        assert_eq!(verify(name, &Headers::default(), body, &["hush"]), missing);
    }
}

#[test]
fn a_signature_has_one_spelling() {
    let right =
        sign::meta(&Secret::new("hush"), b"{}").unwrap().get("x-hub-signature-256").unwrap().to_owned();
    let digits = right.strip_prefix("sha256=").unwrap();
    let upper = format!("sha256={}", digits.to_uppercase());
    for wrong in [digits, &upper, &format!("sha1={digits}"), &format!("{right} "), "sha256=", ""] {
        let headers = [("x-hub-signature-256", wrong)].into_iter().collect();
        assert_eq!(
            verify("whatsapp-cloud", &headers, b"{}", &["hush"]),
            Err(Unverified::WrongSignature),
            "{wrong}"
        );
    }
}

fn greet(name: &str, method: &str, query: &str, token: Option<&str>) -> Option<Answer> {
    let token = token.map(Secret::new);
    let headers = Headers::default();
    let greeting = Greeting { method, query, headers: &headers, body: b"", url: None, token: token.as_ref() };
    (provider(name).unwrap().greet)(&greeting)
}

#[test]
fn the_challenge_is_answered_to_who_knows_the_word() {
    let asked = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=pots+%26+pans";
    let answered = Some(Answer::Text("1158201444".to_owned()));
    for name in PROVIDERS {
        assert_eq!(greet(name, "GET", asked, Some("pots & pans")), answered);
        for (query, token) in [
            (asked, Some("other")),
            (asked, Some("pots & pan")),
            (asked, Some("")),
            (asked, None),
            ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", Some(" ")),
            ("hub.mode=subscribe&hub.challenge=1", Some("pots & pans")),
            ("hub.mode=subscribe&hub.verify_token=pots+%26+pans", Some("pots & pans")),
        ] {
            assert_eq!(greet(name, "GET", query, token), Some(Answer::Refused), "{query} {token:?}");
        }
        for (method, query) in
            [("POST", asked), ("GET", ""), ("GET", "hub.mode=unsubscribe"), ("HEAD", asked)]
        {
            assert_eq!(greet(name, method, query, Some("pots & pans")), None, "{method} {query}");
        }
    }
}
