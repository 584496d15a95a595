//! Every provider, end to end: its bytes, signed as it signs them, through `receive` to the record.

use std::path::Path;

use rihla_channels::{Headers, PROVIDERS, Secret, provider, sign};
use rihla_core::instant::Instant;
use rihla_core::source::Channel;
use rihla_local::run::{HttpRequest, Outside, Stack};

use crate::shop::{Shop, account_at};
use crate::stand_in::StandIn;

/// After everything that the samples tell.
const NOW: &str = "2026-12-01T09:00:00Z";

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
/// What waits for the shop to tell whose parcel it is.
const WAITING: (&str, &str) = ("I#tracking#", "I");

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
        recorded: &[WAITING],
    },
    Case {
        provider: "easypost",
        sample: "easypost/tracker_updated",
        channel: Channel::Carrier,
        sign: |secret, _, body| sign::easypost(secret, body),
        recorded: &[WAITING],
    },
    Case {
        provider: "shippo",
        sample: "shippo/track_updated",
        channel: Channel::Carrier,
        sign: |secret, at, body| sign::shippo(secret, at, body),
        recorded: &[WAITING],
    },
    Case {
        provider: "stripe",
        sample: "stripe/session_completed",
        channel: Channel::Web,
        sign: |secret, at, body| sign::stripe(secret, at, body),
        recorded: &[PROFILE, ORDER],
    },
    Case {
        provider: "woocommerce",
        sample: "woocommerce/order",
        channel: Channel::Web,
        sign: |secret, _, body| sign::woocommerce(secret, "order.created", body),
        recorded: &[PROFILE, ORDER],
    },
];

impl Case {
    fn body(&self) -> Vec<u8> {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/channels/tests/deliveries");
        let file = samples.join(format!("{}.json", self.sample));
        std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    async fn shop(&self) -> Shop {
        let mut shop = rihla_infra::shop();
        let source = shop.sources.iter_mut().find(|source| source.name.as_str() == "shop").unwrap();
        source.provider = self.provider.to_owned();
        source.channel = self.channel;
        let outside = Outside { providers: PROVIDERS, way: StandIn::default().way() };
        Shop::beside(outside, account_at(NOW), shop).await
    }

    fn delivery(&self, shop: &Shop, secret: &Secret) -> HttpRequest {
        let body = self.body();
        let headers = (self.sign)(secret, shop.now(), &body).unwrap();
        HttpRequest::delivery("shop", headers, body)
    }
}

#[tokio::test]
async fn what_a_provider_sends_is_on_record_once() {
    for case in CASES {
        let shop = case.shop().await;
        let delivery = case.delivery(&shop, &Stack::secret());
        assert_eq!(shop.send(&delivery).await.status, 200, "{}", case.provider);
        let record = shop.record();
        for (pk, sk) in case.recorded {
            let is_there = record.iter().any(|item| item.pk.starts_with(pk) && item.sk.starts_with(sk));
            assert!(is_there, "{}: no {pk}… {sk}… in {record:?}", case.provider);
        }
        shop.send(&delivery).await;
        assert_eq!(shop.record(), record, "{}: told again, it writes nothing", case.provider);
    }
}

#[tokio::test]
async fn what_another_signed_is_refused_and_writes_nothing() {
    for case in CASES {
        let shop = case.shop().await;
        let delivery =
            case.delivery(&shop, &Secret::new("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgbm90IG91cnM="));
        assert_eq!(shop.send(&delivery).await.status, 401, "{}", case.provider);
        assert_eq!(shop.record(), [], "{}", case.provider);
    }
}

#[test]
fn no_provider_is_left_out() {
    let mut tried: Vec<&str> = CASES.iter().map(|case| case.provider).collect();
    tried.sort_unstable();
    let mut known: Vec<&str> = PROVIDERS.iter().map(|provider| provider.name).collect();
    known.sort_unstable();
    assert_eq!(tried, known);
    assert!(CASES.iter().all(|case| provider(case.provider).is_some()));
}
