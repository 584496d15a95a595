//! Every provider, end to end: its bytes, signed as it signs them, through `receive` to the record.

use std::path::Path;

use rihla_channels::{Headers, PROVIDERS, Secret, sign};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use rihla_local::aws::layout::queue_url;
use rihla_local::aws::{Aws, Clock, Layout};
use rihla_local::run::{HttpRequest, Outside, Stack};

use crate::shop::{Shop, account_at};
use crate::stand_in::{Says, StandIn};

/// When the samples arrive. Those that are signed with their time were signed a moment before.
const NOW: &str = "2026-11-23T05:20:00Z";

/// The address as it is configured, for those who sign it.
const URL: &str = "https://hooks.example.com/hooks/shop";

/// The id of eBay's key.
const KID: &str = "0d3a5b1e-6f2c-4a79-9b8d-2c4e6f8a0b1c";

/// Where SNS has its certificate.
const CERTIFICATE: &str =
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

/// One delivery of a provider, and what comes of it.
struct Case {
    provider: &'static str,
    /// A file of `shared/channels/tests/deliveries`.
    sample: &'static str,
    channel: Channel,
    sign: fn(&Secret, Instant, &[u8]) -> Option<Headers>,
    /// How the keys of what must be on record begin: partition and place.
    recorded: &'static [(&'static str, &'static str)],
}

const PROFILE: (&str, &str) = ("C#", "PROFILE");
const ORDER: (&str, &str) = ("C#", "O#shop#");
const MESSAGE: (&str, &str) = ("C#", "M#shop#");
const CONVERSATION: (&str, &str) = ("C#", "T#shop#");
/// What waits for the shop to tell whose parcel, or whose order, it is.
const PARCEL_WAITS: (&str, &str) = ("I#tracking#", "I");
const ORDER_WAITS: (&str, &str) = ("I#order#", "I");

const CASES: &[Case] = &[
    Case {
        provider: "shopify",
        sample: "shopify/order",
        channel: Channel::Web,
        sign: |secret, at, body| {
            sign::shopify(secret, "orders/create", "sidra.myshopify.com", "d-1", at, body)
        },
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "standard-webhooks",
        sample: "standard-webhooks/order_placed",
        channel: Channel::Pos,
        sign: |secret, at, body| sign::standard_webhooks(secret, "msg_1", at, body),
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "aftership",
        sample: "aftership/tracking_update",
        channel: Channel::Carrier,
        sign: |secret, _, body| sign::aftership(secret, body),
        recorded: &[PARCEL_WAITS],
    },
    Case {
        provider: "aws-eum-social",
        sample: "aws-eum-social/message",
        channel: Channel::Whatsapp,
        sign: |_, _, _| Some(Headers::default()),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "aws-sns-ses",
        sample: "aws-sns-ses/received",
        channel: Channel::Email,
        sign: |_, _, _| Some(Headers::default()),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "bigcommerce",
        sample: "bigcommerce/order_status_updated",
        channel: Channel::Web,
        sign: |secret, at, body| sign::bigcommerce(secret, "msg_1", at, body),
        recorded: &[ORDER_WAITS],
    },
    Case {
        provider: "chatwoot",
        sample: "chatwoot/incoming",
        channel: Channel::Chat,
        sign: |secret, at, body| sign::chatwoot(secret, "d-1", at, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "easypost",
        sample: "easypost/tracker_updated",
        channel: Channel::Carrier,
        sign: |secret, _, body| sign::easypost(secret, body),
        recorded: &[PARCEL_WAITS],
    },
    Case {
        provider: "ebay",
        sample: "ebay/order_confirmation",
        channel: Channel::Marketplace,
        sign: |_, _, body| sign::ebay(&Stack::secret(), KID, body),
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "intercom",
        sample: "intercom/created",
        channel: Channel::Chat,
        sign: |secret, _, body| sign::intercom(secret, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "messenger",
        sample: "messenger/messages",
        channel: Channel::Messenger,
        sign: |secret, _, body| sign::meta(secret, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "shippo",
        sample: "shippo/track_updated",
        channel: Channel::Carrier,
        sign: |secret, at, body| sign::shippo(secret, at, body),
        recorded: &[PARCEL_WAITS],
    },
    Case {
        provider: "square",
        sample: "square/customer_updated",
        channel: Channel::Pos,
        sign: |secret, _, body| sign::square(secret, URL, body),
        recorded: &[PROFILE],
    },
    Case {
        provider: "stripe",
        sample: "stripe/session_completed",
        channel: Channel::Web,
        sign: |secret, at, body| sign::stripe(secret, at, body),
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "twilio",
        sample: "twilio/message",
        channel: Channel::Sms,
        sign: |secret, _, body| sign::twilio(secret, URL, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "whatsapp-cloud",
        sample: "whatsapp-cloud/messages",
        channel: Channel::Whatsapp,
        sign: |secret, _, body| sign::meta(secret, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
    Case {
        provider: "woocommerce",
        sample: "woocommerce/order",
        channel: Channel::Web,
        sign: |secret, _, body| sign::woocommerce(secret, "order.created", body),
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "zendesk",
        sample: "zendesk/comment",
        channel: Channel::Chat,
        sign: |secret, at, body| sign::zendesk(secret, at, body),
        recorded: &[PROFILE, CONVERSATION, MESSAGE],
    },
];

/// The one that sends by a queue only.
const BY_QUEUE: &str = "amazon-sp-api";

/// A file of the providers' samples.
fn sample(name: &str) -> Vec<u8> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/channels/tests");
    let file = samples.join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

impl Case {
    fn body(&self) -> Vec<u8> {
        let kind = if self.provider == "twilio" { "form" } else { "json" };
        sample(&format!("deliveries/{}.{kind}", self.sample))
    }

    async fn shop(&self) -> Shop {
        let outside = outside();
        let aws = account_at(NOW);
        aws.parameters().set_secret("/rihla/local/tokens/ebay", r#"{"client_id":"i","client_secret":"s"}"#);
        let mut shop = rihla_infra::shop();
        let source = shop.sources.iter_mut().find(|source| source.name.as_str() == "shop").unwrap();
        self.provider.clone_into(&mut source.provider);
        source.channel = self.channel;
        source.url = Some(URL.to_owned());
        if self.has_own_key() {
            source.secrets = Vec::new();
        }
        source.api_token = (self.provider == "ebay").then(|| "tokens/ebay".to_owned());
        source.allow = ["whatsapp", "mail-in"]
            .map(|topic| format!("arn:aws:sns:eu-central-1:111122223333:{topic}"))
            .into_iter()
            .chain(["dallah-coffee".to_owned()])
            .filter(|_| self.has_own_key())
            .collect();
        Shop::beside(Outside { providers: PROVIDERS, way: outside.way() }, aws, shop).await
    }

    fn delivery(&self, shop: &Shop, secret: &Secret) -> HttpRequest {
        let body = self.body();
        let headers = (self.sign)(secret, shop.now(), &body).unwrap();
        HttpRequest::delivery("shop", headers, body)
    }

    /// Whether it is signed by a private key of the provider's, and not by a secret of the shop's.
    fn has_own_key(&self) -> bool {
        ["ebay", "aws-eum-social", "aws-sns-ses"].contains(&self.provider)
    }
}

/// The servers that public keys are asked of.
fn outside() -> StandIn {
    let outside = StandIn::default();
    outside.answer(CERTIFICATE, &[Says::good(sample("keys/sns_test_certificate.pem"))]);
    let token = br#"{"access_token":"t","expires_in":7200}"#;
    outside.answer("https://api.ebay.com/identity/v1/oauth2/token", &[Says::good(token.to_vec())]);
    let (lookup, answer) = sign::ebay_public_key(&Stack::secret(), KID).unwrap();
    outside.answer(&format!("https://api.ebay.com{}", lookup.address.text()), &[Says::good(answer)]);
    outside
}

#[tokio::test]
async fn what_a_provider_sends_is_on_record_once() {
    for case in CASES {
        let shop = case.shop().await;
        let delivery = case.delivery(&shop, &Stack::secret());
        let status = shop.send(&delivery).await.status;
        assert!([200, 204].contains(&status), "{}: {status}", case.provider);
        let record = shop.record();
        for (pk, sk) in case.recorded {
            let is_there = record.iter().any(|item| item.pk.starts_with(pk) && item.sk.starts_with(sk));
            assert!(is_there, "{}: no {pk}… {sk}… in {record:?}", case.provider);
        }
        shop.send(&delivery).await;
        assert_eq!(shop.record(), record, "{}: told again, it writes nothing", case.provider);
    }
}

/// Twilio does not say when a message was sent.
#[tokio::test]
async fn a_message_without_a_time_is_the_same_when_it_comes_again_later() {
    let case = CASES.iter().find(|case| case.provider == "twilio").unwrap();
    let shop = case.shop().await;
    let delivery = case.delivery(&shop, &Stack::secret());
    shop.send(&delivery).await;
    let told = |shop: &Shop| {
        let is_of_it = |sk: &str| sk.starts_with("M#") || sk.starts_with("T#");
        shop.record().into_iter().filter(|item| is_of_it(&item.sk)).collect::<Vec<_>>()
    };
    let record = told(&shop);
    assert_eq!(record.len(), 2);
    shop.hours(1).await;
    shop.send(&delivery).await;
    assert_eq!(told(&shop), record);
}

#[tokio::test]
async fn what_another_signed_is_refused_and_writes_nothing() {
    for case in CASES.iter().filter(|case| !case.has_own_key()) {
        let shop = case.shop().await;
        let delivery =
            case.delivery(&shop, &Secret::new("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgbm90IG91cnM="));
        assert_eq!(shop.send(&delivery).await.status, 401, "{}", case.provider);
        assert_eq!(shop.record(), [], "{}", case.provider);
    }
}

#[test]
fn no_provider_is_left_out() {
    let mut tried: Vec<&str> = CASES.iter().map(|case| case.provider).chain([BY_QUEUE]).collect();
    tried.sort_unstable();
    let mut known: Vec<&str> = PROVIDERS.iter().map(|provider| provider.name).collect();
    known.sort_unstable();
    assert_eq!(tried, known);
}

#[tokio::test]
async fn what_another_key_signed_is_refused_and_writes_nothing() {
    for case in CASES.iter().filter(|case| case.has_own_key()) {
        let shop = case.shop().await;
        let mut delivery = case.delivery(&shop, &Stack::secret());
        let text = String::from_utf8(delivery.body.clone()).unwrap();
        delivery.body = text.replacen("2026-11", "2026-10", 1).into_bytes();
        assert_ne!(delivery.body, text.as_bytes(), "{}", case.provider);
        assert_eq!(shop.send(&delivery).await.status, 401, "{}", case.provider);
        assert_eq!(shop.record(), [], "{}", case.provider);
    }
}

#[tokio::test]
async fn a_marketplace_is_heard_by_its_queue_and_its_api_tells_the_rest() {
    let outside = StandIn::default();
    outside.answer(
        "https://api.amazon.com/auth/o2/token",
        &[Says::good(br#"{"access_token":"t","expires_in":3600}"#.to_vec())],
    );
    let host = "https://sellingpartnerapi-eu.amazon.com/orders/v0/orders/402-1234567-7654321";
    outside.answer(host, &[Says::good(sample("deliveries/amazon-sp-api/order_answer.json"))]);
    let items = format!("{host}/orderItems");
    outside.answer(&items, &[Says::good(sample("deliveries/amazon-sp-api/items_answer.json"))]);
    let mut set_up = rihla_infra::shop();
    let source = set_up.sources.iter_mut().find(|source| source.name.as_str() == "shop").unwrap();
    BY_QUEUE.clone_into(&mut source.provider);
    source.channel = Channel::Marketplace;
    source.queue = Some("amazon".to_owned());
    source.api_token = Some("tokens/amazon".to_owned());
    let layout = Layout::default().and_queues_of(&set_up);
    let aws = Aws::memory(Clock::virtual_at(NOW.parse().unwrap()), layout).unwrap();
    let kept = r#"{"client_id":"i","client_secret":"s","refresh_token":"r"}"#;
    aws.parameters().set_secret("/rihla/local/tokens/amazon", kept);
    let shop = Shop::beside(Outside { providers: PROVIDERS, way: outside.way() }, aws, set_up).await;
    let body = String::from_utf8(sample("deliveries/amazon-sp-api/order_change.json")).unwrap();
    let client = aws_sdk_sqs::Client::new(&shop.aws().function("the-marketplace").sdk_config());
    client.send_message().queue_url(queue_url("amazon")).message_body(body).send().await.unwrap();
    shop.stack.settle().await.unwrap();
    let order = shop.order("402-1234567-7654321").unwrap();
    assert!(order.placed.is_some() && order.total.is_some() && order.lines.is_some(), "{order:?}");
    let refused = HttpRequest::delivery("shop", Headers::default(), b"{}".to_vec());
    assert_eq!(shop.send(&refused).await.status, 404, "it is no address of ours");
}
