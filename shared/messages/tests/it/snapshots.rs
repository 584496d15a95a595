//! Every mail and page as it is. A change is looked at (`cargo run -p rihla-messages --example preview -- OUT`),
//! then accepted with `INSTA_UPDATE=always cargo test -p rihla-messages`.

use rihla_messages::{Given, Page, Purpose, sample, to_mime};

use crate::shop::{MAILS, RENDERER, compose, envelope};

const LOCALES: [&str; 2] = ["en-GB", "ar-EG"];

#[test]
fn mails() {
    for (name, purpose) in MAILS {
        for locale in LOCALES {
            let context = sample::full(purpose, locale);
            let mail = compose(name, locale, &context);
            let mut envelope = envelope();
            envelope.to.name = context.first_name;
            envelope.list_unsubscribe = context.links.unsubscribe.filter(|_| purpose == Purpose::Marketing);
            let bytes = to_mime(&mail, &envelope).unwrap();
            let headers =
                String::from_utf8(bytes).unwrap().split("\r\n\r\n").next().unwrap().replace("\r\n", "\n");
            let words = format!("{headers}\n\n{}\n\n{}", mail.subject, mail.text);
            insta::assert_snapshot!(format!("{name}.{locale}.txt"), words);
            insta::assert_snapshot!(format!("{name}.{locale}.html"), mail.html);
        }
    }
}

#[test]
fn questions() {
    for (survey, question) in &RENDERER.catalogue().questions {
        for locale in LOCALES {
            let given = Given { score: Some(4), choice: Some("price".to_owned()) };
            let page = Page::Question { survey: survey.clone(), question: question.clone(), given };
            let html = RENDERER.page(&page, locale, &sample::page(locale)).unwrap();
            insta::assert_snapshot!(format!("page-{survey}.{locale}.html"), html);
        }
    }
}

/// All other pages differ only in what is between their header and footer.
#[test]
fn pages() {
    for locale in LOCALES {
        let mut text = String::new();
        for page in Page::PLAIN {
            let html = RENDERER.page(&page, locale, &sample::page(locale)).unwrap();
            let (_, rest) = html.split_once("<main>").unwrap();
            let (main, _) = rest.split_once("</main>").unwrap();
            text.extend([page.name(), ":", main, "\n"]);
        }
        insta::assert_snapshot!(format!("pages.{locale}"), text);
    }
}

#[test]
fn every_mail_says_its_language_and_direction_and_fits_gmail() {
    for (name, purpose) in MAILS {
        for (locale, root) in
            [("en-GB", "<html lang=\"en\" dir=\"ltr\""), ("ar-EG", "<html lang=\"ar\" dir=\"rtl\"")]
        {
            let html = compose(name, locale, &sample::crowded(purpose, locale)).html;
            assert!(html.contains(root), "{name} {locale}");
            assert!(html.len() < 100_000, "{name} {locale}: {} bytes", html.len());
            assert!(!html.contains("direction:ltr") || locale == "en-GB", "{name} {locale}");
            assert!(!html.contains("{{") && !html.contains("{%"), "{name} {locale}");
        }
    }
}

#[test]
fn pages_keep_to_their_content_security_policy() {
    let policy = RENDERER.content_security_policy();
    assert!(policy.contains("style-src 'sha256-"), "{policy}");
    for locale in LOCALES {
        for page in Page::PLAIN {
            let html = RENDERER.page(&page, locale, &sample::page(locale)).unwrap();
            for forbidden in ["<script", " style=", "javascript:", "onclick", "http://", "src="] {
                assert!(!html.contains(forbidden), "{} {forbidden}", page.name());
            }
            assert_eq!(html.matches("<style>").count(), 1, "{}", page.name());
            assert!(html.contains("<meta name=\"referrer\" content=\"no-referrer\">"), "{}", page.name());
            assert!(html.contains("noindex"), "{}", page.name());
        }
    }
}
