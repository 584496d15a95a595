//! Exports as the former systems write them, and what they come to.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use proptest::prelude::*;
use rihla_core::event::{ConsentState, Fact, LegalBasis};
use rihla_core::identifier::{Email, Phone};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use rihla_import::{Kind, Limits, Reading, Rules, deliveries, read};

const MADE: &str = "2026-11-20T12:00:00Z";

fn rules() -> Rules {
    let zone = jiff::tz::TimeZone::UTC;
    Rules { kind: None, zone, latest: MADE.parse().unwrap(), opted_in: None }
}

fn reading(name: &str, text: &str) -> Reading {
    read(name, text.as_bytes(), &rules()).unwrap()
}

fn made() -> Instant {
    MADE.parse().unwrap()
}

/// What a reading tells, one line an event.
fn told(reading: &Reading) -> Vec<String> {
    let events = reading.told(made()).into_iter().flat_map(|told| told.events);
    events.map(|event| format!("{} {}", event.at, in_words(&event.fact))).collect()
}

fn in_words(fact: &Fact) -> String {
    match fact {
        Fact::ProfileChanged(person) => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let place = person.place.clone().unwrap_or_default();
            let email = person.email.as_ref().map_or("", Email::as_str);
            let phone = person.phone.as_ref().map_or("", Phone::as_str);
            let (first, last, id) =
                (text(&person.first_name), text(&person.last_name), text(&person.customer));
            let (locale, zone) = (text(&person.locale), text(&person.zone));
            let (country, city) = (text(&place.country), text(&place.city));
            format!("person {id}|{email}|{phone}|{first}|{last}|{locale}|{zone}|{country}|{city}")
        }
        Fact::ConsentChanged(word) => {
            let state = if word.state == ConsentState::Granted { "yes" } else { "no" };
            let by = word.person.email.as_ref().map(Email::as_str);
            let by = by.or(word.person.phone.as_ref().map(Phone::as_str)).unwrap_or("");
            let wording = word.wording.clone().unwrap_or_default();
            format!("{state} to {} of {by} {wording}", word.matter()).trim_end().to_owned()
        }
        Fact::OrderPlaced(details) => {
            let lines = details.lines.iter().flatten();
            let lines: Vec<String> = lines
                .map(|line| {
                    let price = line.price.map_or(String::new(), |price| price.to_string());
                    format!("{}x{}={}@{price}", line.quantity, line.product, line.title)
                })
                .collect();
            let buyer = details.buyer.email.as_ref().map_or("", Email::as_str);
            let total = details.total.map_or(String::new(), |total| total.to_string());
            let until = details.history_until.map(|at| at.to_string()).unwrap_or_default();
            let Some(number) = &details.number else { panic!("no number") };
            format!("placed {} {number} {buyer} {total} [{}] until {until}", details.order, lines.join(", "))
        }
        Fact::OrderPaid(paid) => format!("paid {}", paid.order),
        Fact::OrderCancelled(cancelled) => format!("cancelled {}", cancelled.order),
        Fact::Refunded(refunded) => format!("refunded {} {}", refunded.order, refunded.amount),
        Fact::ParcelMoved(moved) => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{:?} {}|{}", moved.state, text(&moved.parcel), text(&moved.tracking))
        }
        other => format!("{other:?}"),
    }
}

fn refused(reading: &Reading) -> Vec<String> {
    reading.refused.iter().map(ToString::to_string).collect()
}

#[test]
fn shopifys_orders_of_several_lines_are_one_order_each() {
    let reading = reading(
        "orders_export.csv",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Total,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Country,Cancelled at,Refunded Amount,Id,Source\n\
#2001,amal@shop.example,partially_refunded,2026-10-01 10:00:10 +0200,fulfilled,2026-10-02 10:00:00 +0200,yes,EUR,42.50,\
2026-10-01 10:00:00 +0200,2,Bowl,12.00,B-1,Amal Haddad,DE,,5.00,551,web\n\
#2001,amal@shop.example,,,,,,,,,1,Tea,18.50,,,,,,,\n\
#2002,,voided,,unfulfilled,,no,JPY,1500,2026-10-03 09:00:00 +0200,1,Tin,1500,,,JP,2026-10-03 11:00:00 +0200,0,552,pos\n",
    );
    assert_eq!((reading.kind, reading.lines, refused(&reading).len()), (Kind::Orders, 3, 0));
    assert_eq!(
        told(&reading),
        [
            format!(
                "2026-10-01T08:00:00Z placed 551 #2001 amal@shop.example 42.50 EUR [2xB-1=Bowl@12.00 EUR, 1xTea=Tea@18.50 EUR] until {MADE}"
            ),
            "2026-10-01T08:00:10Z paid 551".to_owned(),
            format!("{MADE} refunded 551 5.00 EUR"),
            format!("2026-10-03T07:00:00Z placed 552 #2002  1500 JPY [1xTin=Tin@1500 JPY] until {MADE}"),
            "2026-10-03T09:00:00Z cancelled 552".to_owned(),
        ]
    );
    let Fact::OrderPlaced(till) = &reading.told(made())[1].events[0].fact else { panic!("no order") };
    assert_eq!((till.channel, till.shipped_whole), (Some(Channel::Pos), None));
}

#[test]
fn woocommerces_orders_have_their_products_in_one_line() {
    let reading = reading(
        "order_export.csv",
        "order_id;order_number;order_date;paid_date;status;order_total;order_currency;customer_user;billing_email;\
billing_first_name;billing_last_name;line_item_1;Product Item 1 Name\n\
71;71;2026-10-01 10:00:00;2026-10-01 10:00:05;wc-completed;24.00;EUR;0;amal@shop.example;Amal;H.;\
name:Bowl|product_id:12|quantity:2|total:24.00;Bowl\n\
72;72;2026-10-01 10:00:00;;refunded;7,50;EUR;9;b@shop.example;;;;\n",
    );
    assert!(refused(&reading).is_empty(), "{:?}", refused(&reading));
    assert_eq!(
        told(&reading),
        [
            format!(
                "2026-10-01T10:00:00Z placed 71 71 amal@shop.example 24.00 EUR [2x12=Bowl@12.00 EUR] until {MADE}"
            ),
            "2026-10-01T10:00:05Z paid 71".to_owned(),
            format!("2026-10-01T10:00:00Z placed 72 72 b@shop.example 7.50 EUR [] until {MADE}"),
            "2026-10-01T10:00:00Z paid 72".to_owned(),
            format!("{MADE} refunded 72 7.50 EUR"),
        ]
    );
    let apart = self::reading(
        "x.csv",
        "order_id,order_date,order_currency,Product Item 1 Name,Product Item 1 id,Product Item 1 Quantity,Product Item 1 Total,\
Product Item 2 Name\n9,2026-10-01,EUR,Bowl,12,2,24.00,Tea\n",
    );
    let Fact::OrderPlaced(order) = &apart.told(made())[0].events[0].fact else { panic!("no order") };
    let products: Vec<_> = order.products().into_iter().collect();
    assert_eq!(products, ["12", "Tea"]);
}

trait Products {
    fn products(&self) -> Vec<String>;
}

impl Products for rihla_core::event::OrderDetails {
    fn products(&self) -> Vec<String> {
        self.lines.iter().flatten().map(|line| line.product.clone()).collect()
    }
}

#[test]
fn customers_say_what_they_agreed_to() {
    let shopify = reading(
        "customers_export.csv",
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Default Address Country Code,Phone,\
Accepts SMS Marketing,Accepts WhatsApp Marketing\n\
'77,Amal,Haddad,Amal@Shop.example,yes,Berlin,DE,'+49 151 234567,no,yes\n\
78,,,b@shop.example,no,,,0151 234567,no,\n",
    );
    assert_eq!(
        told(&shopify),
        [
            format!("{MADE} person 77|amal@shop.example|+49151234567|Amal|Haddad|||DE|Berlin"),
            format!("{MADE} yes to marketing of amal@shop.example"),
            format!("{MADE} yes to marketing/whatsapp of +49151234567"),
            format!("{MADE} person 78|b@shop.example|||||||"),
        ]
    );
    let number = "line 3, column Phone: not a phone number with its country such as +971501234567 (E.164)";
    assert_eq!(refused(&shopify), [number]);
    assert!(!shopify.refused[0].whole_line);

    let klaviyo = reading(
        "list.csv",
        "Email,Klaviyo ID,First Name,Last Name,Phone Number,City,State / Region,Country,Email Marketing Consent,\
Email Marketing Consent Timestamp,Profile Created On,Email Suppressions\n\
a@shop.example,01A,A,,,Leeds,,United Kingdom,SUBSCRIBED,2026-01-02 03:04:05,2025-01-01 00:00:00,\n\
b@shop.example,01B,,,,,,,SUBSCRIBED,,2025-01-01 00:00:00,\n\
c@shop.example,01C,,,,,,,UNSUBSCRIBED,,2025-01-01 00:00:00,\n\
d@shop.example,01D,,,,,,,NEVER_SUBSCRIBED,,,\n\
e@shop.example,01E,,,,,,,SUBSCRIBED,2026-01-02 03:04:05,,HARD_BOUNCE\n",
    );
    let said: Vec<String> = told(&klaviyo).into_iter().filter(|event| !event.contains("person")).collect();
    assert_eq!(
        said,
        [
            "2026-01-02T03:04:05Z yes to marketing of a@shop.example".to_owned(),
            "2025-01-01T00:00:00Z yes to marketing of b@shop.example".to_owned(),
            format!("{MADE} no to marketing of c@shop.example"),
            format!("{MADE} no to newsletter of c@shop.example"),
            "2026-01-02T03:04:05Z yes to marketing of e@shop.example".to_owned(),
            format!("{MADE} no to marketing of e@shop.example suppressed at Klaviyo: HARD_BOUNCE"),
            format!("{MADE} no to newsletter of e@shop.example suppressed at Klaviyo: HARD_BOUNCE"),
        ]
    );

    let omnisend = reading(
        "contacts.csv",
        "Email,Email subscription status,Email consent,Email opt-in date,Email opt-out date,Phone number,SMS opt-in date\n\
a@shop.example,Subscribed,a form,2026-01-02T03:04:05Z,,,\n\
b@shop.example,Unsubscribed,,2026-01-02T03:04:05Z,2026-02-02T03:04:05Z,,\n\
c@shop.example,Non-subscribed,,,,+447700900123,2026-03-02T00:00:00Z\n\
d@shop.example,,,2026-01-02T03:04:05Z,2026-02-02T03:04:05Z,,\n",
    );
    let said: Vec<String> = told(&omnisend).into_iter().filter(|event| !event.contains("person")).collect();
    assert_eq!(
        said,
        [
            "2026-01-02T03:04:05Z yes to marketing of a@shop.example",
            "2026-02-02T03:04:05Z no to marketing of b@shop.example",
            "2026-02-02T03:04:05Z no to newsletter of b@shop.example",
            "2026-03-02T00:00:00Z yes to marketing/sms of +447700900123",
            "2026-02-02T03:04:05Z no to marketing of d@shop.example",
            "2026-02-02T03:04:05Z no to newsletter of d@shop.example",
        ]
    );
}

#[test]
fn mailchimp_tells_by_the_files_name_who_subscribed() {
    let table = |unsubscribed: &str| {
        format!(
            "\"Email Address\",\"First Name\",MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,TIMEZONE,CC,LAST_CHANGED,LEID,UNSUB_TIME\n\
a@shop.example,A,2,,\"2026-03-16 14:40:47\",Europe/Berlin,DE,\"2026-04-16 14:40:47\",5,{unsubscribed}\n"
        )
    };
    let person = "2026-04-16T14:40:47Z person |a@shop.example||A|||Europe/Berlin|DE|".to_owned();
    let said = |name: &str, unsubscribed: &str| {
        let reading = reading(name, &table(unsubscribed));
        let told = told(&reading);
        assert_eq!(told[0], person);
        (told[1..].to_vec(), reading.refused.len())
    };
    let yes = "2026-03-16T14:40:47Z yes to newsletter of a@shop.example subscribed at Mailchimp".to_owned();
    let no = |at: &str| {
        ["marketing", "newsletter"].map(|to| format!("{at} no to {to} of a@shop.example")).to_vec()
    };
    assert_eq!(said("subscribed_members_export_1.csv", ""), (vec![yes], 0));
    assert_eq!(said("nonsubscribed_members_export_1.csv", ""), (vec![], 0));
    assert_eq!(said("cleaned_members_export_1.csv", ""), (no("2026-04-16T14:40:47Z"), 0));
    let left = "2026-05-01 00:00:00";
    assert_eq!(said("unsubscribed_members_export_1.csv", left), (no("2026-05-01T00:00:00Z"), 0));
    assert_eq!(said("members.csv", left), (no("2026-05-01T00:00:00Z"), 0));
    assert_eq!(said("members.csv", ""), (vec![], 1));
}

const ENDPOINTS: &str = "\
{\"ChannelType\":\"EMAIL\",\"Address\":\"amal@shop.example\",\"EndpointStatus\":\"ACTIVE\",\"OptOut\":\"NONE\",\"Location\":{\"Country\":\"DEU\",\"City\":\"Berlin\"},\"Demographic\":{\"Locale\":\"de_DE\",\"Timezone\":\"Europe/Berlin\"},\"EffectiveDate\":\"2026-09-12T11:20:13.627Z\",\"CreationDate\":\"2025-02-12T11:20:13.627Z\",\"Attributes\":{\"Interests\":[\"tea\"]},\"User\":{\"UserId\":\"u1\",\"UserAttributes\":{\"FirstName\":[\"Amal\"],\"LastName\":[\"Haddad\"]}},\"Id\":\"e1\"}\n\
{\"ChannelType\":\"SMS\",\"Address\":\"+49151234567\",\"OptOut\":\"ALL\",\"EffectiveDate\":\"2026-09-12T11:20:13Z\",\"User\":{\"UserId\":\"u1\"}}\n\
{\"ChannelType\":\"GCM\",\"Address\":\"4d5e6f\",\"OptOut\":\"NONE\"}\n\
{\"ChannelType\":\"EMAIL\",\"Address\":\"dead@shop.example\",\"EndpointStatus\":\"INACTIVE\",\"OptOut\":\"ALL\",\"EffectiveDate\":\"2026-09-12T11:20:13Z\"}\n\
{\"ChannelType\":\"VOICE\",\"Address\":\"0151234567\"}\n";

#[test]
fn pinpoints_endpoints_are_persons_with_their_word() {
    let json = reading("endpoints.json", ENDPOINTS);
    let csv = reading(
        "endpoints.csv",
        "Id,ChannelType,Address,EndpointStatus,OptOut,Location.Country,Location.City,Demographic.Locale,Demographic.Timezone,\
EffectiveDate,CreationDate,User.UserId,User.UserAttributes.FirstName,User.UserAttributes.LastName\n\
e1,EMAIL,amal@shop.example,ACTIVE,NONE,DEU,Berlin,de_DE,Europe/Berlin,2026-09-12T11:20:13.627Z,2025-02-12T11:20:13.627Z,u1,Amal,Haddad\n\
e2,SMS,+49151234567,,ALL,,,,,2026-09-12T11:20:13Z,,u1,,\n\
e3,GCM,4d5e6f,,NONE,,,,,,,,,\n\
e4,EMAIL,dead@shop.example,INACTIVE,ALL,,,,,2026-09-12T11:20:13Z,,,,\n\
e5,VOICE,0151234567,,,,,,,,,,,\n",
    );
    let at = "2026-09-12T11:20:13Z";
    let no = |purpose: &str, by: &str| format!("{at} no to {purpose} of {by} opted out at Pinpoint");
    let (number, dead) = ("+49151234567", "dead@shop.example");
    let expected = [
        "2026-09-12T11:20:13.627Z person u1|amal@shop.example||Amal|Haddad|de-DE|Europe/Berlin|DE|Berlin"
            .to_owned(),
        format!("{at} person u1||{number}||||||"),
        no("survey/sms", number),
        no("marketing/sms", number),
        no("newsletter/sms", number),
        no("survey", dead),
        no("marketing", dead),
        no("newsletter", dead),
    ];
    assert_eq!(told(&json), expected);
    assert_eq!(told(&csv), expected);
    let lines: Vec<(u64, bool)> =
        json.refused.iter().map(|refusal| (refusal.line, refusal.whole_line)).collect();
    assert_eq!(lines, [(3, true), (4, false), (5, false), (5, true)]);
    assert_eq!(refused(&json)[0], "line 3: GCM: messages to apps are not sent here");
}

/// `NONE` is what every endpoint begins with. It is a yes only in the words of the shop.
#[test]
fn not_having_opted_out_is_a_yes_only_where_the_shop_says_how_it_was_given() {
    let opted_in = Some("double opt-in on our form of 2024".to_owned());
    let reading = read("e.json", ENDPOINTS.as_bytes(), &Rules { opted_in, ..rules() }).unwrap();
    let yes: Vec<String> = told(&reading).into_iter().filter(|event| event.contains(" yes ")).collect();
    let wording = "double opt-in on our form of 2024";
    assert_eq!(yes, [format!("2025-02-12T11:20:13.627Z yes to marketing of amal@shop.example {wording}")]);
}

#[test]
fn our_own_layout_tells_all_that_can_be_told() {
    let orders = reading(
        "orders.jsonl",
        r##"{"order":"1","number":"#1","placed_at":"2026-10-01T10:00:00Z","paid_at":"2026-10-01T10:00:01Z","currency":"EUR","total":"42.50","email":"amal@shop.example","tracking":"JD014","carrier":"DHL","shipped_at":"2026-10-02T00:00:00Z","delivered_at":"2026-10-04T00:00:00Z","lines":[{"product":"bowl","title":"Bowl","quantity":2,"price":"12.00"},{"product":"tea","title":"Tea","quantity":1}]}"##,
    );
    assert!(refused(&orders).is_empty(), "{:?}", refused(&orders));
    assert_eq!(
        told(&orders),
        [
            format!(
                "2026-10-01T10:00:00Z placed 1 #1 amal@shop.example 42.50 EUR [2xbowl=Bowl@12.00 EUR, 1xtea=Tea@] until {MADE}"
            ),
            "2026-10-01T10:00:01Z paid 1".to_owned(),
            "2026-10-02T00:00:00Z HandedOver JD014|".to_owned(),
            "2026-10-04T00:00:00Z Delivered JD014|".to_owned(),
        ]
    );
    let on_its_way = reading(
        "orders.csv",
        "order,number,placed_at,tracking,shipped_at\n1,#1,2026-10-01,JD014,2026-10-02\n2,#2,2026-10-01,,2026-10-02\n",
    );
    let parcels: Vec<String> =
        told(&on_its_way).into_iter().filter(|event| event.contains("HandedOver")).collect();
    assert_eq!(parcels, ["2026-10-02T00:00:00Z HandedOver JD014|JD014"]);
    let customers = reading(
        "customers.csv",
        "customer,email,phone,first_name,last_name,locale,zone,country,city,updated_at,email_consent,email_consent_at,\
email_consent_wording,sms_consent,sms_consent_at,newsletter_consent,newsletter_consent_at\n\
7,amal@shop.example,+447700900123,Amal,Haddad,ar-EG,Africa/Cairo,EG,Cairo,2026-10-01,granted,2026-01-01,ticked at the checkout,\
withdrawn,2026-02-01,granted,2026-03-01\n",
    );
    assert_eq!(
        told(&customers),
        [
            "2026-10-01T00:00:00Z person 7|amal@shop.example|+447700900123|Amal|Haddad|ar-EG|Africa/Cairo|EG|Cairo",
            "2026-01-01T00:00:00Z yes to marketing of amal@shop.example ticked at the checkout",
            "2026-02-01T00:00:00Z no to marketing/sms of +447700900123",
            "2026-02-01T00:00:00Z no to newsletter/sms of +447700900123",
            "2026-03-01T00:00:00Z yes to newsletter of amal@shop.example",
        ]
    );
}

#[test]
fn a_word_on_consent_comes_with_its_ground() {
    let table = [
        ("consent", LegalBasis::Consent),
        ("b", LegalBasis::Contract),
        ("Legal obligation", LegalBasis::LegalObligation),
        ("vital_interests", LegalBasis::VitalInterests),
        ("public-task", LegalBasis::PublicTask),
        ("Legitimate Interest", LegalBasis::LegitimateInterests),
    ];
    for (text, basis) in table {
        let columns = "email,newsletter_consent,newsletter_consent_basis";
        let reading = reading("x.csv", &format!("{columns}\na@shop.example,yes,{text}\n"));
        let told: Vec<_> = reading.told(made()).into_iter().flat_map(|told| told.events).collect();
        let words = told.iter().filter_map(|event| match &event.fact {
            Fact::ConsentChanged(word) => Some(word.basis),
            _ => None,
        });
        assert_eq!(words.collect::<Vec<_>>(), [Some(basis)], "{text}");
    }
}

#[test]
fn nothing_is_dropped_without_a_reason() {
    let table = [
        ("email,first_name\nnobody,A\n", "line 2, column email: not an e-mail address", 2),
        ("email,first_name\n,A\n", "line 2: nobody is named", 1),
        (
            "email,zone\na@shop.example,Mars/Olympus\n",
            "line 2, column zone: \"Mars/Olympus\" is no time zone",
            1,
        ),
        ("email,country\na@shop.example,Atlantis\n", "line 2, column country: \"Atlantis\" is no country", 1),
        (
            "email,updated_at\na@shop.example,07/04/2026\n",
            "line 2, column updated_at: \"07/04/2026\" may be",
            1,
        ),
        (
            "email,updated_at\na@shop.example,2027-01-01\n",
            "line 2, column updated_at: 2027-01-01T00:00:00Z is later",
            1,
        ),
        (
            "email,email_consent\na@shop.example,perhaps\n",
            "line 2, column email_consent: \"perhaps\" is no word",
            1,
        ),
        (
            "email,email_consent,email_consent_basis\na@shop.example,yes,because\n",
            "line 2, column email_consent_basis: \"because\" is no ground",
            1,
        ),
        ("order,total,placed_at\n1,5.00,2026-10-01\n", "line 2: it names no currency", 1),
        ("order,total,currency\n1,5.00,EUR\n", "line 2: it does not tell when", 1),
        (
            "order,currency,placed_at,status\n1,EUR,2026-10-01,lost\n",
            "line 2, column status: \"lost\" is no state",
            1,
        ),
        ("order,currency,placed_at,total\n1,EUR,2026-10-01,5.001\n", "line 2, column total: ", 1),
    ];
    for (text, reason, count) in table {
        let reading = reading("x.csv", text);
        let refused = refused(&reading);
        assert!(refused.len() == count && refused[0].starts_with(reason), "{text}: {refused:?}");
    }
    let unknown = read("x.csv", b"colour,size\nred,7\n", &rules());
    assert!(unknown.unwrap_err().to_string().contains("colour, size"));
}

#[test]
fn deliveries_hold_whole_lines_and_are_the_same_every_time() {
    let lines: Vec<String> = (0..250).map(|n| format!("{n},2026-10-01,2026-10-01,EUR,5.00\n")).collect();
    let lines = lines.concat();
    let reading = reading("x.csv", &format!("order,placed_at,paid_at,currency,total\n{lines}"));
    let within = |events, bytes| deliveries(reading.told(made()), Limits { events, bytes });
    let made_of = |events| within(events, usize::MAX);
    let sizes: Vec<usize> = made_of(100).iter().map(Vec::len).collect();
    assert_eq!(sizes, [100, 100, 100, 100, 100]);
    let odd: Vec<usize> = made_of(7).iter().map(Vec::len).collect();
    assert!(odd.iter().all(|size| *size == 6 || *size == 2), "{odd:?}");
    assert_eq!(made_of(7), made_of(7));
    let small: Vec<usize> = within(100, 1000).iter().map(Vec::len).collect();
    assert!(small.iter().all(|size| (2..=8).contains(size)), "{small:?}");
    assert_eq!(within(100, 1000).concat(), made_of(100).concat());
    let is_marked = |fact: &Fact| match fact {
        Fact::OrderPlaced(details) => details.history_until == Some(made()),
        _ => true,
    };
    assert!(made_of(100).iter().flatten().all(|event| is_marked(&event.fact)));
}

/// Names and values of exports, good ones and others.
fn table() -> impl Strategy<Value = String> {
    let names = "ChannelType|Address|Email|Phone|Customer ID|Order|Name|Id|Created at|Currency|Total|Status|Line item 1|\
line_item_1|Product Item 1 Name|Product Item 1|lines.title|OptOut|UNSUB_TIME|LEID|email_consent|Country|Refunded Amount|Paid at";
    let values = "EMAIL|SMS|a@shop.example|+447700900123|7||NONE|ALL|2026-10-01|EUR|JPY|5.00|1,2,3|paid|yes|name:Tea|é€|Q|2099-01-01";
    let pick = |from: &'static str| prop::sample::select(from.split('|').collect::<Vec<_>>());
    let value = prop_oneof![4 => pick(values).prop_map(ToOwned::to_owned), 1 => "[^\"\r\n;]{0,6}"];
    let rows = prop::collection::vec(prop::collection::vec(value, 1..9), 1..6);
    (prop::collection::vec(pick(names), 1..9), rows).prop_map(|(names, rows)| {
        let rows = rows.into_iter().map(|row| row.join(";"));
        std::iter::once(names.join(";")).chain(rows).collect::<Vec<_>>().join("\n")
    })
}

proptest! {
    /// Of an order of several lines, the first stands for all.
    #[test]
    fn every_line_is_taken_or_refused(table in table(), kind in prop::sample::select(&[Kind::Customers, Kind::Endpoints][..])) {
        let Ok(reading) = read("x.csv", table.as_bytes(), &Rules { kind: Some(kind), ..rules() }) else { return Ok(()) };
        let told = reading.told(made());
        let left_out = reading.refused.iter().filter(|refusal| refusal.whole_line).count();
        prop_assert!(told.len() + left_out >= reading.lines);
        prop_assert!(told.iter().all(|told| !told.events.is_empty()));
        prop_assert!(told.iter().flat_map(|told| &told.events).all(|event| event.at <= made()));
    }

    #[test]
    fn no_bytes_are_too_bad_to_be_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), table in table()) {
        let _ = read("x.csv", &bytes, &rules());
        let _ = read("subscribed.csv", table.as_bytes(), &rules());
        if let Ok(reading) = read("x.csv", table.as_bytes(), &Rules { kind: Some(Kind::Orders), ..rules() }) {
            prop_assert!(reading.told(made()).iter().all(|told| told.events.len() < 20));
        }
    }
}
