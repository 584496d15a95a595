//! Forgery: whichever single bit of a delivery is turned, it is refused, unless its scheme does not sign that part.

use std::sync::LazyLock;

use rihla_channels::{Delivery, Headers, Keys, PROVIDERS, Provider, Secret, Unverified, provider, sign};

use crate::{instant, sample};

const NOW: &str = "2026-11-23T05:08:27Z";
const SECRET: &str = "aHVzaA==";
/// The id of the key of those who sign with a private one.
const KID: &str = "0d3a5b1e-6f2c-4a79-9b8d-2c4e6f8a0b1c";

/// The public keys of those who sign with a private one.
static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut keys = Keys::default();
    let (lookup, answer) = sign::ebay_public_key(&Secret::new(SECRET), KID).unwrap();
    keys.keep(&lookup, answer);
    keys
});

/// The address as it is configured, for those who sign it.
const URL: &str = "https://hooks.example.com/hooks/till";

/// How a provider's deliveries are signed.
struct Scheme {
    provider: &'static str,
    sign: fn(&Secret, &[u8]) -> Option<Headers>,
    /// The headers in which no bit can be turned: the signature, and what is signed with the body.
    covered: &'static [&'static str],
    /// The headers that anybody can alter on the way, because the scheme leaves them out.
    not_covered: &'static [&'static str],
}

/// The providers that send into a queue, and sign nothing.
const BY_QUEUE: &[&str] = &["amazon-sp-api"];

/// One line for each provider that signs.
const SCHEMES: &[Scheme] = &[
    Scheme {
        provider: "shopify",
        sign: |secret, body| {
            sign::shopify(secret, "orders/create", "dallah.myshopify.com", "d-1", instant(NOW), body)
        },
        covered: &["x-shopify-hmac-sha256"],
        not_covered: &[
            "content-type",
            "x-shopify-shop-domain",
            "x-shopify-topic",
            "x-shopify-triggered-at",
            "x-shopify-webhook-id",
        ],
    },
    Scheme {
        provider: "standard-webhooks",
        sign: |secret, body| sign::standard_webhooks(secret, "msg_1", instant(NOW), body),
        covered: &["webhook-id", "webhook-signature", "webhook-timestamp"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "aftership",
        sign: sign::aftership,
        covered: &["aftership-hmac-sha256"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "bigcommerce",
        sign: |secret, body| sign::bigcommerce(secret, "msg_1", instant(NOW), body),
        covered: &["webhook-id", "webhook-signature", "webhook-timestamp"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "chatwoot",
        sign: |secret, body| sign::chatwoot(secret, "d-1", instant(NOW), body),
        covered: &["x-chatwoot-signature", "x-chatwoot-timestamp"],
        not_covered: &["content-type", "x-chatwoot-delivery"],
    },
    Scheme {
        provider: "easypost",
        sign: sign::easypost,
        covered: &["x-hmac-signature"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "ebay",
        sign: |secret, body| sign::ebay(secret, KID, body),
        covered: &["x-ebay-signature"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "intercom",
        sign: sign::intercom,
        covered: &["x-hub-signature"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "messenger",
        sign: sign::meta,
        covered: &["x-hub-signature-256"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "shippo",
        sign: |secret, body| sign::shippo(secret, instant(NOW), body),
        covered: &["shippo-auth-signature"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "square",
        sign: |secret, body| sign::square(secret, URL, body),
        covered: &["x-square-hmacsha256-signature"],
        not_covered: &["content-type", "square-environment"],
    },
    Scheme {
        provider: "stripe",
        sign: |secret, body| sign::stripe(secret, instant(NOW), body),
        covered: &["stripe-signature"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "whatsapp-cloud",
        sign: sign::meta,
        covered: &["x-hub-signature-256"],
        not_covered: &["content-type"],
    },
    Scheme {
        provider: "woocommerce",
        sign: |secret, body| sign::woocommerce(secret, "order.updated", body),
        covered: &["x-wc-webhook-signature"],
        not_covered: &["content-type", "x-wc-webhook-topic"],
    },
    Scheme {
        provider: "zendesk",
        sign: |secret, body| sign::zendesk(secret, instant(NOW), body),
        covered: &["x-zendesk-webhook-signature", "x-zendesk-webhook-signature-timestamp"],
        not_covered: &["content-type"],
    },
];

/// Providers whose schemes are tried with their own tests, because they sign fields and not the bytes of a body.
const OF_FIELDS: &[&str] = &["aws-eum-social", "aws-sns-ses", "twilio"];

impl Scheme {
    fn provider(&self) -> &'static Provider {
        provider(self.provider).unwrap()
    }

    fn verify(&self, headers: &Headers, body: &[u8]) -> Result<(), Unverified> {
        let delivery = Delivery { keys: &KEYS, url: Some(URL), ..Delivery::new(headers, body) };
        (self.provider().verify)(&delivery, &[Secret::new(SECRET)], instant(NOW))
    }

    /// A signed delivery of a kilobyte.
    fn delivery(&self) -> (Headers, Vec<u8>) {
        let mut body = sample("standard-webhooks/order_placed");
        body.resize(1024, b' ');
        let headers = (self.sign)(&Secret::new(SECRET), &body).unwrap();
        assert_eq!(self.verify(&headers, &body), Ok(()));
        (headers, body)
    }
}

/// The same bytes with each single bit turned.
fn bit_flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut turned = bytes.to_vec();
        turned[bit / 8] ^= 1 << (bit % 8);
        turned
    })
}

/// The same headers with each single bit of one of them turned that leaves it text: a header can hold nothing else.
fn headers_flips(headers: &Headers, name: &str) -> impl Iterator<Item = Headers> {
    let flips: Vec<Vec<u8>> = bit_flips(headers.get(name).unwrap().as_bytes()).collect();
    flips.into_iter().filter_map(|flip| String::from_utf8(flip).ok()).map(move |flip| {
        let mut turned = headers.clone();
        turned.set(name, flip);
        turned
    })
}

#[test]
fn every_provider_is_tried_with_all_its_headers() {
    let names = |of: &[&str]| of.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let tried: Vec<&str> = SCHEMES.iter().map(|scheme| scheme.provider).collect();
    let signing = PROVIDERS.iter().map(|provider| provider.name);
    let signing = signing.filter(|name| !OF_FIELDS.contains(name) && !BY_QUEUE.contains(name));
    assert_eq!(tried, signing.collect::<Vec<_>>());
    for scheme in SCHEMES {
        let mut listed = names(&[scheme.covered, scheme.not_covered].concat());
        listed.sort();
        let (headers, _) = scheme.delivery();
        assert_eq!(listed, headers.iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>());
    }
}

#[test]
fn no_bit_of_a_body_can_be_turned() {
    for scheme in SCHEMES {
        let (headers, body) = scheme.delivery();
        for (bit, turned) in bit_flips(&body).enumerate() {
            let verdict = scheme.verify(&headers, &turned);
            assert_eq!(verdict, Err(Unverified::WrongSignature), "{}, bit {bit}", scheme.provider);
        }
    }
}

#[test]
fn no_bit_of_a_signature_or_of_what_is_signed_with_the_body_can_be_turned() {
    for scheme in SCHEMES {
        let (headers, body) = scheme.delivery();
        for name in scheme.covered {
            let mut flips = 0;
            for turned in headers_flips(&headers, name) {
                let verdict = scheme.verify(&turned, &body);
                assert!(verdict.is_err(), "{} {name}: {:?}", scheme.provider, turned.get(name));
                flips += 1;
            }
            assert!(flips >= headers.get(name).unwrap().len() * 7, "{name}: {flips}");
        }
    }
}

#[test]
fn what_a_scheme_does_not_sign_is_known() {
    for scheme in SCHEMES {
        let (headers, body) = scheme.delivery();
        for name in scheme.not_covered {
            for turned in headers_flips(&headers, name) {
                assert_eq!(scheme.verify(&turned, &body), Ok(()), "{} {name}", scheme.provider);
            }
        }
    }
}

#[test]
fn no_byte_can_be_added_or_left_out() {
    for scheme in SCHEMES {
        let (headers, body) = scheme.delivery();
        for place in 0..=body.len() {
            let longer = [&body[..place], b" ", &body[place..]].concat();
            assert_eq!(scheme.verify(&headers, &longer), Err(Unverified::WrongSignature), "{place}");
            assert_eq!(scheme.verify(&headers, &body[..place]).is_ok(), place == body.len(), "{place}");
        }
    }
}
