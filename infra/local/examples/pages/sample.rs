//! Views of invented customers: their orders are those of the sample week.

use std::collections::BTreeMap;

use rihla_channels::{Delivery, Secret, provider};
use rihla_core::event::{ConsentState, Event, LeftBecause, Purpose, Speaker};
use rihla_core::follow_up::FollowUpKey;
use rihla_core::instant::Instant;
use rihla_core::lattice::Join;
use rihla_core::ledger::{Finding, LedgerEntry, Outcome, State};
use rihla_core::order::{Order, OrderKey};
use rihla_core::source::Channel;
use rihla_local::pages::{
    AnswerView, CartView, ConsentView, ConversationView, CostLine, Count, CustomerRow, CustomerView,
    CustomersView, Figure, FollowUpView, FrontView, JourneyRow, LineView, MailRow, MailView, MailboxView,
    MergedView, MessageView, OrderView, Paging, SuppressedView,
};
use rihla_local::shop::{Posted, sample_week};

fn at(text: &str) -> Instant {
    format!("2026-11-{text}Z").parse().expect("written as a moment")
}

/// The orders of the week by the web shop and the till, with what their own sources and the carriers tell.
fn orders() -> BTreeMap<String, OrderView> {
    let mut orders: BTreeMap<String, (OrderKey, Order)> = BTreeMap::new();
    let mut scans: Vec<Event> = Vec::new();
    for posted in sample_week() {
        for event in read(&posted) {
            let Some(order) = event.fact.order() else {
                scans.push(event);
                continue;
            };
            let key = OrderKey { source: posted.source.clone(), order: order.to_owned() };
            let (_, known) = orders.entry(key.to_string()).or_insert_with(|| (key, Order::default()));
            known.join(Order::told_by(&event));
        }
    }
    for (_, order) in orders.values_mut() {
        for scan in &scans {
            take_scan(order, scan);
        }
    }
    let views = orders.into_values().map(|(key, order)| {
        let channel = if key.source.as_str() == "till" { Channel::Pos } else { Channel::Web };
        let view = OrderView::of(&key, channel, &order);
        (view.number.clone(), view)
    });
    views.collect()
}

fn read(posted: &Posted) -> Vec<Event> {
    let secret = Secret::new("whsec_c2FtcGxlIHdlZWsgb2YgYSBzbWFsbCBzaG9w");
    let headers = posted.headers(&secret, posted.at).expect("the secret is base64");
    let name = if posted.topic.is_some() { "shopify" } else { "standard-webhooks" };
    let provider = provider(name).expect("both are known");
    (provider.normalise)(&Delivery::new(&headers, &posted.body))
        .map(|reading| reading.events)
        .unwrap_or_default()
}

fn take_scan(order: &mut Order, scan: &Event) {
    let told = Order::told_by(scan);
    for (tracking, scanned) in told.parcels {
        let is_it = |parcel: &&mut rihla_core::parcel::Parcel| {
            parcel.tracking.as_ref().is_some_and(|known| known.value == tracking)
        };
        if let Some(parcel) = order.parcels.values_mut().find(is_it) {
            parcel.join(scanned);
        }
    }
}

fn mail(
    id: &str,
    recipient: &str,
    subject: &str,
    journey: &str,
    sent_at: Instant,
    outcomes: &[Outcome],
) -> MailRow {
    let [id, recipient, subject, journey] = [id, recipient, subject, journey].map(str::to_owned);
    MailRow { id, recipient, subject, journey, sent_at, outcomes: outcomes.to_vec() }
}

fn mails() -> Vec<MailRow> {
    use Outcome::{Bounced, Clicked, Complained, Delayed, Delivered, Opened};
    let salma = "salma.farouk@example.com";
    vec![
        mail(
            "m9",
            "amelia.hart@example.com",
            "More than offers, twice a month",
            "newsletter-invitation",
            at("25T11:26:00"),
            &[Delivered],
        ),
        mail(
            "m8",
            salma,
            "قطع تليق بركوتك النحاسية",
            "matching-items",
            at("16T18:15:00"),
            &[Delivered, Opened, Clicked],
        ),
        mail(
            "m7",
            "complaint@simulator.amazonses.com",
            "Was it easy to buy from us?",
            "ease-survey",
            at("11T15:21:00"),
            &[Delivered, Complained],
        ),
        mail(
            "m6",
            salma,
            "هل وصلت طلبيتك رقم ‎#1002 كما توقعت؟",
            "delivery-check",
            at("10T13:40:00"),
            &[Delivered, Opened, Clicked],
        ),
        mail(
            "m5",
            "ewan.macleod@example.org",
            "Did your order #1014 arrive as you expected it to? We would like to hear it either way",
            "delivery-check",
            at("10T09:48:00"),
            &[Delayed],
        ),
        mail(
            "m4",
            "bounce@simulator.amazonses.com",
            "Was it easy to buy from us?",
            "ease-survey",
            at("06T10:40:00"),
            &[Bounced],
        ),
        mail(
            "m3",
            "amelia.hart@example.com",
            "Did your order #1001 arrive as expected?",
            "delivery-check",
            at("05T11:26:00"),
            &[Delivered, Clicked],
        ),
        mail("m2", salma, "هل كان الشراء سهلًا؟", "ease-survey", at("04T10:45:00"), &[Delivered]),
        mail(
            "m1",
            "amelia.hart@example.com",
            "Was it easy to buy from us?",
            "ease-survey",
            at("04T09:12:00"),
            &[Delivered, Opened, Clicked],
        ),
    ]
}

/// The mailbox, on the second of three pages.
pub(crate) fn mailbox() -> MailboxView {
    MailboxView { mails: mails(), find: String::new(), paging: Paging::of(142, 2) }
}

/// A mailbox in which nothing is found.
pub(crate) fn empty_mailbox() -> MailboxView {
    MailboxView { mails: Vec::new(), find: "nobody@".to_owned(), paging: Paging::of(0, 1) }
}

/// One mail.
pub(crate) fn one_mail() -> MailView {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let link = "<https://care.sidra.example/unsubscribe/eyJjIjoiOWY4NmQwODE4ODRjN2Q2NTlhMmYiLCJwIjoibWFya2V0aW5nIn0.5f1d>";
    MailView {
        mail: mails().remove(3),
        customer: Some("9f86d081884c7d659a2f".to_owned()),
        headers: vec![
            pair("From", "=?utf-8?B?2LPYr9ix2Kk=?= <hello@sidra.example>"),
            pair("To", "salma.farouk@example.com"),
            pair("Message-ID", "<9f86d081884c7d65@care.sidra.example>"),
            pair("List-Unsubscribe", link),
            pair("Content-Type", "multipart/alternative; boundary=\"b-9f86d081884c7d65\""),
        ],
        tags: vec![pair("follow-up", "delivery-check#web#5400000001002#1")],
        text: "أهلًا سلمى،\n\nهل وصلت طلبيتك كما توقعت؟\n\n٥ نعم تمامًا: https://care.sidra.example/r/Zk3v9Q?score=5\n١ لا: https://care.sidra.example/r/Zk3v9Q?score=1\n".to_owned(),
        source: "From: =?utf-8?B?2LPYr9ix2Kk=?= <hello@sidra.example>\r\nTo: salma.farouk@example.com\r\n\r\n--b\r\n…".to_owned(),
    }
}

fn row(
    id: &str,
    name: &str,
    email: Option<&str>,
    place: &str,
    locale: &str,
    orders: i64,
    spent: &[&str],
) -> CustomerRow {
    CustomerRow {
        id: id.to_owned(),
        name: name.to_owned(),
        email: email.map(str::to_owned),
        place: Some(place.to_owned()),
        locale: Some(locale.to_owned()),
        orders,
        spent: spent.iter().map(|&amount| amount.to_owned()).collect(),
        since: Some(at("02T10:45:00")),
    }
}

fn amelia_row() -> CustomerRow {
    row(
        "5feceb66ffc86f38d952",
        "Amelia Hart",
        Some("amelia.hart@example.com"),
        "Bristol · GB",
        "en-GB",
        3,
        &["147.50 GBP"],
    )
}

fn salma_row() -> CustomerRow {
    row(
        "9f86d081884c7d659a2f",
        "سلمى فاروق",
        Some("salma.farouk@example.com"),
        "القاهرة · EG",
        "ar-EG",
        1,
        &["56.00 GBP"],
    )
}

/// The customers, on the only page.
pub(crate) fn customers() -> CustomersView {
    let odd = "<script>alert(1)</script> “Bobby” O’Tables-Featherstonehaugh";
    let customers = vec![
        amelia_row(),
        salma_row(),
        row(
            "6b86b273ff34fce19d6b",
            "ليلى المنصوري",
            Some("layla.almansoori@example.com"),
            "دبي · AE",
            "ar-AE",
            1,
            &["61.50 GBP"],
        ),
        row(
            "d4735e3a265e16eee03f",
            odd,
            Some("a.very.long.address.indeed.of.somebody@mail.a-long-domain.example.com"),
            "Llanfairpwllgwyngyll · GB",
            "en-GB",
            12,
            &["1204.00 GBP", "88.50 EUR"],
        ),
        row("4e07408562bedb8b60ce", "", None, "Exeter · GB", "", 1, &["23.50 GBP"]),
    ];
    CustomersView { customers, find: String::new(), paging: Paging::of(5, 1) }
}

fn entry(
    journey: &str,
    number: &str,
    due: &str,
    decided: &str,
    state: State,
    trace: &[(&str, &str)],
) -> FollowUpView {
    let entry = LedgerEntry {
        version: 1,
        due_at: at(due),
        decided_at: at(decided),
        state,
        trace: trace.iter().map(|(guard, because)| Finding::new(guard, *because)).collect(),
        next_look: None,
        outcomes: BTreeMap::new(),
    };
    FollowUpView::of(&FollowUpKey::new(journey, number, "1"), &entry, Some(number.to_owned()), None)
}

fn sent(mut view: FollowUpView, mail: &str, outcomes: &[(Outcome, &str)]) -> FollowUpView {
    view.mail = Some(mail.to_owned());
    view.outcomes = outcomes.iter().map(|(outcome, text)| (*outcome, at(text))).collect();
    view
}

const PASSED: [(&str, &str); 5] = [
    ("person", ""),
    ("order", ""),
    ("suppression", ""),
    ("expiry", "until 2026-11-19T11:26:00Z"),
    ("quiet-hours", "Thu 11:26 Europe/London (address)"),
];

fn amelia_follow_ups() -> Vec<FollowUpView> {
    let message = || State::Sent { message: "0102018c".to_owned() };
    let later = State::Deferred { until: at("22T08:00:00"), guard: "quiet-hours".to_owned() };
    let no = |guard: &str| State::Refused { guard: guard.to_owned() };
    let check = entry("delivery-check", "#1001", "05T11:26:00", "05T11:26:00", message(), &PASSED);
    let ease = entry("ease-survey", "#1001", "04T09:12:00", "04T09:12:00", message(), &PASSED[..4]);
    let quiet = [
        ("person", ""),
        ("consent", "marketing granted 2026-11-02T09:12:00Z"),
        ("quiet-hours", "Sat 21:40 Europe/London (address)"),
    ];
    let distance = [
        ("person", ""),
        ("order", ""),
        ("distance", "delivery-check went out 2 hours ago, 16 are to be kept"),
    ];
    vec![
        entry("matching-items", "#1015", "21T15:55:00", "21T21:40:00", later, &quiet),
        entry(
            "newsletter-invitation",
            "#1001",
            "25T11:26:00",
            "25T11:26:00",
            no("consent"),
            &[
                ("person", ""),
                ("consent", "newsletter: never asked; marketing withdrawn 2026-11-24T19:02:00Z"),
            ],
        ),
        entry("ease-survey", "#1015", "06T10:08:00", "16T10:08:00", no("distance"), &distance),
        entry(
            "matching-items",
            "#1001",
            "16T15:40:00",
            "16T15:40:00",
            State::InDoubt,
            &[("claim", "claimed 2026-11-16T15:40:01Z by an attempt that did not report back")],
        ),
        sent(check, "m3", &[(Outcome::Delivered, "05T11:26:02"), (Outcome::Clicked, "05T13:20:00")]),
        sent(ease, "m1", &[(Outcome::Delivered, "04T09:12:03"), (Outcome::Opened, "04T12:00:00")]),
    ]
}

/// A customer of whom much is known.
pub(crate) fn amelia() -> CustomerView {
    let mut orders = orders();
    let orders =
        ["R-2207", "#1015", "#1005", "#1006", "#1001"].into_iter().filter_map(|number| orders.remove(number));
    let consent = |purpose: Purpose, state, text| ConsentView { matter: purpose.into(), state, at: at(text) };
    CustomerView {
        customer: amelia_row(),
        phone: Some("+447700900101".to_owned()),
        zone: "Europe/London (address)".to_owned(),
        suppressed: vec![SuppressedView {
            email: "amelia@old.example.com".to_owned(),
            reason: "bounced".to_owned(),
            since: at("03T07:00:00"),
        }],
        erased_at: None,
        consents: vec![
            consent(Purpose::Marketing, ConsentState::Granted, "02T09:12:00"),
            consent(Purpose::Newsletter, ConsentState::Withdrawn, "24T19:02:00"),
        ],
        merged: vec![MergedView {
            id: "7902699be42c8a8e46fb".to_owned(),
            at: at("06T14:06:00"),
            reason: "one e-mail address, told by till".to_owned(),
        }],
        orders: orders.collect(),
        is_first: true,
        older: Some("7902699be42c8a8e46fb~O#web#1001#".to_owned()),
        conversations: vec![talk()],
        carts: vec![cart()],
        follow_ups: amelia_follow_ups(),
        answers: vec![
            AnswerView {
                question: "delivery-check".to_owned(),
                order: Some("#1001".to_owned()),
                score: Some(5),
                out_of: 5,
                choice: None,
                comment: None,
                at: at("05T13:20:00"),
            },
            AnswerView {
                question: "ease-survey".to_owned(),
                order: Some("#1001".to_owned()),
                score: Some(2),
                out_of: 5,
                choice: None,
                comment: Some(
                    "The delivery date changed twice while I was paying.\nThe rest was fine.".to_owned(),
                ),
                at: at("04T14:12:00"),
            },
        ],
        standing: None,
        timeline: None,
        mails: mails().into_iter().filter(|mail| mail.recipient.starts_with("amelia")).collect(),
    }
}

/// What was said by `WhatsApp`.
fn talk() -> ConversationView {
    let said = |speaker, text: &str, moment| {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        MessageView { speaker, text, at: at(moment) }
    };
    ConversationView {
        source: "whatsapp".to_owned(),
        channel: Some(Channel::Whatsapp),
        subject: None,
        is_open: true,
        has_more: true,
        messages: vec![
            said(Speaker::Customer, "Is the walnut board in the shop in Bristol, too?", "18T10:02:00"),
            said(Speaker::Staff, "Yes, two of them. Shall we put one aside?", "18T10:20:00"),
            said(Speaker::Customer, "", "18T10:21:00"),
            said(Speaker::Customer, "Please, this is the kitchen it goes into.\nشكرًا!", "18T10:21:30"),
        ],
    }
}

/// A cart that was left when it came to what sending it costs.
fn cart() -> CartView {
    CartView {
        source: "web".to_owned(),
        lines: vec![LineView {
            title: "Walnut board".to_owned(),
            quantity: 1,
            price: Some("38.00 GBP".to_owned()),
        }],
        total: Some("47.90 GBP".to_owned()),
        shipping: Some("9.90 GBP".to_owned()),
        left_because: Some(LeftBecause::ShippingCost),
        touched_at: Some(at("17T21:14:00")),
    }
}

/// A customer whose data is Arabic.
pub(crate) fn salma() -> CustomerView {
    let mut orders = orders();
    let answer = AnswerView {
        question: "delivery-check".to_owned(),
        order: Some("#1002".to_owned()),
        score: Some(4),
        out_of: 5,
        choice: None,
        comment: Some("وصلت الركوة سليمة، لكن العلبة كانت مفتوحة قليلًا.".to_owned()),
        at: at("10T16:40:00"),
    };
    CustomerView {
        customer: salma_row(),
        phone: None,
        zone: "Africa/Cairo (address)".to_owned(),
        suppressed: Vec::new(),
        consents: vec![ConsentView {
            matter: Purpose::Marketing.into(),
            state: ConsentState::Granted,
            at: at("02T10:45:00"),
        }],
        merged: Vec::new(),
        is_first: true,
        older: None,
        conversations: Vec::new(),
        carts: Vec::new(),
        orders: ["#1002", "#1007"].into_iter().filter_map(|number| orders.remove(number)).collect(),
        follow_ups: Vec::new(),
        answers: vec![answer],
        standing: None,
        timeline: None,
        mails: mails().into_iter().filter(|mail| mail.recipient.starts_with("salma")).collect(),
        ..amelia()
    }
}

/// A customer of whom nothing is known but that there is one.
pub(crate) fn nobody() -> CustomerView {
    let customer = CustomerRow {
        name: String::new(),
        email: None,
        place: None,
        locale: None,
        orders: 0,
        spent: Vec::new(),
        since: None,
        ..amelia_row()
    };
    CustomerView {
        customer,
        zone: "Europe/London (shop)".to_owned(),
        erased_at: Some(at("30T12:00:00")),
        consents: Vec::new(),
        orders: Vec::new(),
        answers: Vec::new(),
        standing: None,
        timeline: None,
        mails: Vec::new(),
        ..salma()
    }
}

fn count(what: &str, count: u64) -> Count {
    Count { what: what.to_owned(), count }
}

fn journey(
    name: &str,
    [sent, deferred, refused, in_doubt]: [u64; 4],
    refused_because: Vec<Count>,
) -> JourneyRow {
    let deferred_because =
        if name == "ease-survey" { vec![count("quiet-hours", 4), count("distance", 2)] } else { Vec::new() };
    JourneyRow {
        journey: name.to_owned(),
        sent,
        deferred,
        refused,
        in_doubt,
        refused_because,
        deferred_because,
    }
}

/// The run.
pub(crate) fn front() -> FrontView {
    let figure = |label: &str, value: &str, note: Option<&str>| Figure {
        label: label.to_owned(),
        value: value.to_owned(),
        note: note.map(str::to_owned),
    };
    let cost = |what: &str, quantity: &str, usd: &str| CostLine {
        what: what.to_owned(),
        quantity: quantity.to_owned(),
        usd: usd.to_owned(),
    };
    FrontView {
        what: "The sample week".to_owned(),
        from: at("02T00:00:00"),
        now: "2026-12-02T00:00:00Z".parse().expect("written as a moment"),
        figures: vec![
            figure("Orders", "28", None),
            figure("Deliveries", "184", Some("9 of them repeats")),
            figure("Customers", "24", Some("1 merged")),
            figure("Mails", "63", None),
            figure("Answers", "8", Some("4.1 of 5")),
            figure("Open cases", "0", None),
        ],
        journeys: vec![
            journey(
                "delivery-check",
                [21, 0, 4, 0],
                vec![count("order", 2), count("person", 1), count("suppression", 1)],
            ),
            journey(
                "ease-survey",
                [22, 0, 3, 0],
                vec![count("order", 1), count("person", 1), count("expiry", 1)],
            ),
            journey(
                "matching-items",
                [9, 2, 11, 1],
                vec![count("consent", 8), count("content", 2), count("suppression", 1)],
            ),
            journey("newsletter-invitation", [11, 3, 7, 0], vec![count("consent", 6), count("once", 1)]),
        ],
        outcomes: vec![
            count("delivered", 61),
            count("bounced", 1),
            count("complained", 1),
            count("clicked", 10),
        ],
        costs: vec![
            cost("DynamoDB writes", "612 units", "0.000383"),
            cost("DynamoDB reads", "804 units", "0.000101"),
            cost("SQS requests", "310", "0.000124"),
            cost("Lambda", "522 invocations", "0.000209"),
            cost("SES", "63 mails", "0.006300"),
        ],
        cost_total: "0.007117".to_owned(),
        cost_per_million_orders: Some("254.18".to_owned()),
    }
}
