//! What shops and customers write, and what is missing.

use rihla_messages::{
    Cart, Given, MessageContext, Order, OrderLine, Page, PageContext, Purpose, Question, RenderError, sample,
};

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

/// What each message cannot do without.
#[test]
fn a_message_without_what_it_is_about_is_refused() {
    type Change = fn(&mut MessageContext);
    let cases: [(&str, Change, &str); 12] = [
        ("delay-notice", |context| order(context).promised_on = None, "order.promised_on"),
        ("nps", |context| context.scale_links.truncate(10), "scale"),
        ("nps", |context| context.scale_links[3] = "javascript:alert(1)".to_owned(), "scale"),
        ("recovery-reason", |context| drop(context.choices.remove(0)), "choice.price"),
        (
            "review-request",
            |context| context.items.iter_mut().for_each(|item| item.review_url = None),
            "reviews",
        ),
        ("review-reminder", |context| context.items.clear(), "reviews"),
        ("replenishment", |context| context.items.clear(), "items"),
        ("matching-items", |context| context.items[..].iter_mut().for_each(|item| item.url.clear()), "items"),
        ("left-cart", |context| context.cart = None, "cart"),
        ("left-cart", |context| cart(context).lines.clear(), "cart.lines"),
        ("left-cart", |context| cart(context).resume_url = None, "cart.resume_url"),
        ("falling-off", |context| context.links.unsubscribe = None, "links.unsubscribe"),
    ];
    for (name, change, what) in cases {
        let mut context = sample::full(Purpose::Marketing, "en-GB");
        change(&mut context);
        let refused = refused(name, &context);
        assert!(
            refused.starts_with(&format!("en/{name}.")) && refused.contains(what),
            "{name} {what}: {refused}"
        );
    }
}

fn order(context: &mut MessageContext) -> &mut Order {
    context.order.as_mut().expect("the sample has one")
}

fn cart(context: &mut MessageContext) -> &mut Cart {
    context.cart.as_mut().expect("the sample has one")
}

#[test]
fn a_left_cart_names_the_sending_costs_only_beside_a_shop_to_fetch_it_from() {
    for (is_costly, is_near, want) in [
        (true, true, Some("£6.95")),
        (false, true, Some("also in stock")),
        (true, false, None),
        (false, false, None),
    ] {
        let mut context = sample::full(Purpose::Marketing, "en-GB");
        let cart = cart(&mut context);
        cart.shipping = cart.shipping.take().filter(|_| is_costly);
        cart.near = cart.near.take().filter(|_| is_near);
        let mail = compose("left-cart", "en-GB", &context);
        for text in [&mail.text, &mail.html] {
            assert_eq!(text.contains("22 Harbour Row"), is_near, "{is_costly} {is_near}: {text}");
            let told = ["£6.95", "also in stock"].into_iter().find(|words| text.contains(words));
            assert_eq!(told, want, "{is_costly} {is_near}: {text}");
        }
    }
}

#[test]
fn nothing_is_offered_that_the_shop_did_not_offer() {
    for name in ["recovery-price", "recovery-range", "recovery-service"] {
        let mut context = sample::full(Purpose::Marketing, "en-GB");
        let offer = context.offer.take().expect("the sample has one");
        assert!(!compose(name, "en-GB", &context).text.contains(&offer), "{name}");
        for (given, want) in [(offer.as_str(), offer.as_str()), ("  <b>10 %</b>\n off ", "<b>10 %</b> off")] {
            context.offer = Some(given.to_owned());
            let mail = compose(name, "en-GB", &context);
            assert!(mail.text.contains(want) && !mail.html.contains("<b>10"), "{name}: {}", mail.text);
        }
        let without = compose(name, "en-GB", &MessageContext { offer: None, ..context.clone() });
        context.offer = Some(" \u{202e} ".to_owned());
        assert_eq!(compose(name, "en-GB", &context), without, "{name}");
    }
}

#[test]
fn every_answer_that_a_mail_links_to_is_one_of_its_question() {
    let questions = &RENDERER.catalogue().questions;
    let asked: Vec<&str> = questions.keys().map(String::as_str).collect();
    assert_eq!(asked, ["delivery-check", "ease-survey", "nps", "recovery-reason", "solved-check"]);
    for (name, question) in questions {
        let mail = compose(name, "en-GB", &sample::full(Purpose::Marketing, "en-GB"));
        let answers = mail.text.lines().filter_map(|line| line.split_once('?')?.1.split_once('='));
        let mut count = 0;
        for (field, answer) in answers {
            let is_answer = match field {
                "score" => question.takes_score(answer.parse().expect("scores are numbers")),
                _ => question.takes_choice(answer),
            };
            assert!(is_answer, "{name} {field} {answer}");
            count += 1;
        }
        assert!(count >= 5, "{name}: {count}");
    }
}

fn refused(template: &str, context: &rihla_messages::MessageContext) -> String {
    match RENDERER.compose(template, "en-GB", context) {
        Err(RenderError::Template { template, key, .. }) => format!("{template} {key}"),
        other => format!("{other:?}"),
    }
}

fn question(survey: &str, given: Given) -> Page {
    Page::Question { survey: survey.to_owned(), question: Question::Rating, given }
}

#[test]
fn an_unknown_message_or_survey_is_an_error() {
    let context = sample::full(Purpose::Survey, "en-GB");
    let error = RENDERER.compose("deliver-check", "ar", &context).unwrap_err();
    assert_eq!(error.to_string(), "there is no template `deliver-check.subject` in `ar`");
    let page = question("../x", Given::default());
    assert!(matches!(
        RENDERER.page(&page, "en", &sample::page("en")),
        Err(RenderError::UnknownTemplate { .. })
    ));
}

#[test]
fn a_comment_comes_back_as_it_was_written() {
    let page = question("delivery-check", Given { score: Some(2), choice: None });
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
