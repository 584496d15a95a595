//! What shops and customers write, and what is missing.

use rihla_messages::{Order, OrderLine, Page, PageContext, Purpose, RenderError, sample};

use crate::shop::{MAILS, RENDERER, compose, delivery_check};

const HOSTILE: &str = "<script>alert(\"x\")</script> & 'q' 😀 \u{202e}gnp";

fn with_title(title: &str) -> Order {
    let line = OrderLine { title: title.to_owned(), quantity: 1, price: None };
    Order { number: "#1".to_owned(), lines: vec![line], ..Order::default() }
}

#[test]
fn data_is_escaped_in_html_and_left_in_text() {
    let mail = delivery_check("en-GB", |context| context.order = Some(with_title(HOSTILE)));
    let want = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;q&#39; 😀 gnp";
    assert!(mail.html.contains(want) && !mail.html.contains("<script"));
    assert!(mail.text.contains("<script>alert(\"x\")</script> & 'q' 😀 gnp"), "{}", mail.text);
}

#[test]
fn a_template_in_the_data_is_not_run() {
    let mail =
        delivery_check("en-GB", |context| context.order = Some(with_title("{{ order.number }}{% if %}")));
    assert!(mail.text.contains("{{ order.number }}{% if %}"), "{}", mail.text);
}

#[test]
fn foreign_words_do_not_shuffle_the_sentence() {
    let arabic = delivery_check("ar-EG", |context| context.order = Some(with_title("Aleppo soap (200 g)")));
    assert!(arabic.text.contains("- \u{2068}Aleppo soap (200 g)\u{2069}"), "{}", arabic.text);
    assert!(arabic.subject.contains("\u{2066}#1\u{2069}"), "{}", arabic.subject);
    let english = delivery_check("en-GB", |context| context.first_name = Some("سلمى".to_owned()));
    assert!(english.text.starts_with("Hello \u{2068}سلمى\u{2069},"), "{}", english.text);
    assert!(english.text.contains("order #1042 "), "{}", english.text);
}

#[test]
fn whoever_has_no_name_is_greeted_without() {
    let long = "a".repeat(300);
    for name in [None, Some(""), Some("  \n"), Some("Win at https://evil.example"), Some(long.as_str())] {
        let mail = delivery_check("en-GB", |context| context.first_name = name.map(str::to_owned));
        assert!(mail.text.starts_with("Hello,\n"), "{name:?}: {}", mail.text);
        assert_eq!(mail.subject, "Did your order #1042 arrive as it should?", "{name:?}");
    }
}

#[test]
fn little_is_enough() {
    for (name, purpose) in MAILS {
        for locale in ["en-GB", "ar-EG"] {
            let mail = compose(name, locale, &sample::sparse(purpose));
            let words = format!("{}\n{}", mail.subject, mail.text);
            for trace in ["none", "null", "undefined", "Total", "المجموع", " ,", " ."] {
                assert!(!words.contains(trace), "{name} {locale} {trace}: {words}");
            }
        }
    }
}

#[test]
fn long_titles_are_shortened() {
    let mail = delivery_check("en-GB", |context| context.order = Some(with_title(&"w".repeat(300))));
    assert!(mail.text.contains(&format!("- {}…\n", "w".repeat(119))), "{}", mail.text);
}

#[test]
fn a_mail_that_lacks_what_it_needs_is_refused_by_name() {
    let mut context = sample::full(Purpose::Marketing, "en-GB");
    context.links.unsubscribe = None;
    assert_eq!(refused("matching-items", &context), "en/matching-items.txt links.unsubscribe");
    context.links.unsubscribe = Some("javascript:alert(1)".to_owned());
    assert_eq!(refused("matching-items", &context), "en/matching-items.txt links.unsubscribe");
    let mut context = sample::full(Purpose::Survey, "en-GB");
    context.rating_links.truncate(4);
    assert_eq!(refused("delivery-check", &context), "en/delivery-check.txt rating[4]");
    context.order = None;
    assert_eq!(refused("delivery-check", &context), "en/delivery-check.subject order.number");
}

fn refused(template: &str, context: &rihla_messages::MessageContext) -> String {
    match RENDERER.compose(template, "en-GB", context) {
        Err(RenderError::Template { template, key, .. }) => format!("{template} {key}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn an_unknown_message_or_survey_is_an_error() {
    let context = sample::full(Purpose::Survey, "en-GB");
    let error = RENDERER.compose("deliver-check", "ar", &context).unwrap_err();
    assert_eq!(error.to_string(), "there is no template `deliver-check.subject` in `ar`");
    let page = Page::Question { survey: "../x".to_owned(), score: None };
    assert!(matches!(
        RENDERER.page(&page, "en", &sample::page("en")),
        Err(RenderError::UnknownTemplate { .. })
    ));
}

#[test]
fn a_comment_comes_back_as_it_was_written() {
    let page = Page::Question { survey: "delivery-check".to_owned(), score: Some(2) };
    let context = PageContext { comment: Some("\n</textarea><b>\r\nx".to_owned()), ..sample::page("en") };
    let html = RENDERER.page(&page, "en", &context).unwrap();
    // A browser drops the first line break inside the tag, so the customer's own stays.
    assert!(html.contains("rows=\"4\">\n\n&lt;/textarea&gt;&lt;b&gt;\nx</textarea>"), "{html}");
    assert_eq!(html.matches(" checked").count(), 1);
    assert!(html.contains("value=\"2\" required checked"), "{html}");
}

#[test]
fn a_page_with_a_button_needs_somewhere_to_post_to() {
    let nowhere = PageContext { action: None, ..sample::page("en") };
    assert!(RENDERER.page(&Page::Unsubscribe, "en", &nowhere).is_err());
    assert!(RENDERER.page(&Page::Failure, "en", &PageContext::default()).is_ok());
}
