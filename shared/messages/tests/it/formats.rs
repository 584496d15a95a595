//! Digits, days and money by locale. What is expected comes from CLDR 48 (`Intl` of Node 26 or any browser), without
//! its direction marks: ours are isolates around the whole.

use rihla_messages::{CivilDate, Money, Purpose, sample};

use crate::shop::{RENDERER, compose, delivery_check};

fn total(locale: &str, minor: i64, currency: &str) -> String {
    let money = Money { minor, currency: currency.to_owned() };
    let mail = delivery_check(locale, |context| {
        context.order.as_mut().expect("the sample has one").total = Some(money);
    });
    let is_total = |line: &&str| line.starts_with("Total: ") || line.starts_with("المجموع: ");
    let line = mail.text.lines().find(is_total).expect("the mail shows it");
    let (_, money) = line.split_once(": ").expect("it has a label");
    money
        .chars()
        .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect()
}

#[test]
fn money() {
    for (locale, minor, currency, want) in [
        ("en-US", 123_450, "USD", "$1,234.50"),
        ("en-GB", 123_450, "USD", "US$1,234.50"),
        ("en-GB", 123_450, "GBP", "£1,234.50"),
        ("en-GB", 1_235, "JPY", "JP¥1,235"),
        ("en-GB", 1_234_500, "KWD", "KWD 1,234.500"),
        ("en-GB", 5, "EUR", "€0.05"),
        ("en-GB", 0, "EUR", "€0.00"),
        ("en-US", -123_450, "USD", "-$1,234.50"),
        ("en-GB", 123_456_789_012, "EUR", "€1,234,567,890.12"),
        ("en-GB", i64::MIN, "JPY", "-JP¥9,223,372,036,854,775,808"),
        ("ar-EG", 123_450, "EGP", "١٬٢٣٤٫٥٠ ج.م."),
        ("ar-EG", 123_450, "USD", "١٬٢٣٤٫٥٠ US$"),
        ("ar-KW", 1_234_500, "KWD", "١٬٢٣٤٫٥٠٠ د.ك."),
        ("ar-BH", 1_234_500, "BHD", "١٬٢٣٤٫٥٠٠ د.ب."),
        ("ar-SA", 1_235, "JPY", "١٬٢٣٥ JP¥"),
        ("ar-AE", 123_450, "AED", "1,234.50 د.إ."),
        ("ar-MA", 123_450, "MAD", "1.234,50 د.م."),
        ("ar-TN", 1_234_500, "TND", "1.234,500 د.ت."),
    ] {
        assert_eq!(total(locale, minor, currency), want, "{locale} {currency}");
    }
}

#[test]
fn a_price_is_isolated_in_arabic() {
    let mail = delivery_check("ar-EG", |_| ());
    assert!(mail.text.contains("المجموع: \u{2067}٢٬٥٥٠٫٠٠\u{a0}ج.م.\u{2069}"), "{}", mail.text);
}

#[test]
fn days() {
    for (locale, want) in [
        ("en-GB", "Wednesday 4\u{a0}March."),
        ("en-US", "Wednesday, March\u{a0}4."),
        ("ar-EG", "الأربعاء ٤\u{a0}مارس،"),
        ("ar-SY", "الأربعاء ٤\u{a0}آذار،"),
        ("ar-DZ", "الأربعاء 4\u{a0}مارس،"),
    ] {
        let mail = delivery_check(locale, |context| {
            let order = context.order.as_mut().expect("the sample has one");
            order.delivered_on = Some(CivilDate { year: 2026, month: 3, day: 4 });
            order.parcels = 1;
        });
        assert!(mail.text.contains(want), "{locale}: {}", mail.text);
    }
}

#[test]
fn months_have_the_names_of_their_region() {
    for (locale, want) in [
        ("ar-EG", "١٢\u{a0}أغسطس ٢٠٢٦"),
        ("ar-SA", "١٢\u{a0}أغسطس ٢٠٢٦"),
        ("ar-JO", "١٢\u{a0}آب ٢٠٢٦"),
        ("ar-LB", "١٢\u{a0}آب ٢٠٢٦"),
        ("ar-AE", "12\u{a0}أغسطس 2026"),
        ("ar-MA", "12\u{a0}غشت 2026"),
        ("ar-TN", "12\u{a0}أوت 2026"),
        ("en-US", "August\u{a0}12, 2026"),
        ("en-GB", "12\u{a0}August 2026"),
    ] {
        let mut context = sample::full(Purpose::Survey, locale);
        let order = context.order.as_mut().expect("the sample has one");
        order.placed_on = Some(CivilDate { year: 2026, month: 8, day: 12 });
        let mail = compose("ease-survey", locale, &context);
        assert!(mail.text.contains(want), "{locale}: {}", mail.text);
    }
}

#[test]
fn numbers_take_their_plural_form() {
    for (locale, parcels, want) in [
        ("en-GB", 0, "arrived on Monday"),
        ("en-GB", 1, "arrived on Monday"),
        ("en-GB", 3, "arrived in 3 parcels"),
        ("ar-EG", 1, "وصل طلبك \u{2066}#1042\u{2069} يوم"),
        ("ar-EG", 2, "في طردين"),
        ("ar-EG", 3, "في ٣ طرود"),
        ("ar-EG", 11, "في ١١ طردًا"),
        ("ar-MA", 100, "في 100 طرد،"),
    ] {
        let mail =
            delivery_check(locale, |context| context.order.as_mut().expect("it has one").parcels = parcels);
        assert!(mail.text.contains(want), "{locale} {parcels}: {}", mail.text);
    }
}

#[test]
fn an_unknown_locale_is_answered_in_the_shops_own() {
    let context = sample::full(Purpose::Survey, "en");
    for locale in ["fr-FR", "", "xx", "-", "en", "EN_gb"] {
        let mail = RENDERER.compose("delivery-check", locale, &context).unwrap();
        assert_eq!(mail.locale, "en-GB", "{locale}");
    }
    assert_eq!(RENDERER.compose("delivery-check", "ar-XX", &context).unwrap().locale, "ar-XX");
}
