//! Amazon SNS by HTTPS: messages in signed envelopes
//! (<https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html>).
//!
//! SNS signs for everybody's topics alike, so that the signature says who delivers and the topic who speaks: a source
//! names the topics that it takes. The certificate must come from SNS itself, or anybody could sign.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rihla_core::instant::Instant;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters,
    UnparsedPublicKey,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use serde::Deserialize;
use webpki::EndEntityCert;

use crate::{Delivery, Lookup, Reading, Topic, Unreadable, Unverified, json};

pub(crate) const VERIFIED: &str =
    "RSA signature of SNS (versions 1 and 2), with its certificate, for the source's topics";

/// What SNS itself sends.
pub(crate) const SUBSCRIPTION: Topic = Topic { name: "SubscriptionConfirmation", tells: &[] };
pub(crate) const GOODBYE: Topic = Topic { name: "UnsubscribeConfirmation", tells: &[] };

/// SNS tries for an hour (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>); five minutes
/// are for the clocks.
const TOLERANCE_SECONDS: u64 = 65 * 60;

/// An envelope (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>).
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    r#type: Cow<'a, str>,
    #[serde(borrow)]
    message: Cow<'a, str>,
    message_id: Option<String>,
    subject: Option<String>,
    timestamp: Option<String>,
    token: Option<String>,
    topic_arn: Option<String>,
    #[serde(rename = "SubscribeURL")]
    subscribe_url: Option<String>,
    signature: Option<String>,
    signature_version: Option<String>,
    #[serde(rename = "SigningCertURL")]
    signing_cert_url: Option<String>,
}

/// What a body of SNS says.
pub(crate) enum Said<'a> {
    /// A message to the topic.
    Message(Cow<'a, str>),
    /// Something of SNS's own.
    Own(Reading),
}

/// Whether SNS signed a delivery lately, for one of the topics that are allowed.
pub(crate) fn verify(delivery: &Delivery<'_>, now: Instant) -> Result<(), Unverified> {
    let envelope: Envelope<'_> = serde_json::from_slice(delivery.body).map_err(|_| Unverified::NotSigned)?;
    let topic = envelope.topic_arn.as_deref().ok_or(Unverified::NotSigned)?;
    if !delivery.allowed.iter().any(|allowed| allowed == topic) {
        return Err(Unverified::NotAllowed("topic"));
    }
    let certificate = envelope.certificate()?;
    let pem = delivery.keys.get(&certificate).ok_or(Unverified::KeyWanted(certificate))?;
    envelope.is_signed(pem).ok_or(Unverified::WrongSignature)?;
    let sent_at: Instant =
        envelope.timestamp.and_then(|text| text.parse().ok()).ok_or(Unverified::WrongSignature)?;
    let off_seconds = now.seconds().abs_diff(sent_at.seconds());
    if off_seconds > TOLERANCE_SECONDS {
        return Err(Unverified::Expired { off_seconds, tolerance_seconds: TOLERANCE_SECONDS });
    }
    Ok(())
}

/// What a body says if it is an envelope. Nothing for another body: by a queue, or with raw delivery, the message comes
/// bare.
pub(crate) fn open(body: &[u8]) -> Result<Option<Said<'_>>, Unreadable> {
    #[derive(Deserialize)]
    struct Probe<'a> {
        #[serde(borrow, rename = "Type")]
        kind: Option<json::Text<'a>>,
    }
    if json::read::<Probe<'_>>(body)?.kind.is_none() {
        return Ok(None);
    }
    let envelope: Envelope<'_> = json::read(body)?;
    Ok(Some(match &*envelope.r#type {
        "Notification" => Said::Message(envelope.message),
        "SubscriptionConfirmation" => Said::Own(envelope.confirmation()?),
        // Its address would subscribe again: that is for a person to decide.
        "UnsubscribeConfirmation" => Said::Own(Reading::no_interest(GOODBYE.name, "the topic sends no more")),
        other => {
            let topic: String = other.chars().take(60).collect();
            Said::Own(Reading::no_interest(topic, "no kind of envelope that is known here"))
        }
    }))
}

/// What the answer to a confirmation tells: nothing. That it was asked for is what confirms.
pub(crate) fn complete() -> Reading {
    Reading::no_interest(SUBSCRIPTION.name, "the subscription is confirmed")
}

impl Envelope<'_> {
    fn confirmation(&self) -> Result<Reading, Unreadable> {
        let url = self.subscribe_url.as_deref().ok_or_else(|| Unreadable::missing("SubscribeURL"))?;
        if !is_of_sns(url) {
            return Err(Unreadable::field("SubscribeURL", "expected an address of SNS"));
        }
        Ok(Reading::default().and_look_up(Lookup::at_url("subscription", url)))
    }

    fn certificate(&self) -> Result<Lookup, Unverified> {
        let url = self.signing_cert_url.as_deref().ok_or(Unverified::NotSigned)?;
        let is_a_file = url.strip_suffix(".pem").is_some_and(|name| !name.contains(['?', '#']));
        if !is_of_sns(url) || !is_a_file {
            return Err(Unverified::NotAllowed("certificate"));
        }
        Ok(Lookup::at_url("certificate", url))
    }

    fn is_signed(&self, pem: &[u8]) -> Option<()> {
        let certificate = CertificateDer::from_pem_slice(pem).ok()?;
        let certificate = EndEntityCert::try_from(&certificate).ok()?;
        let algorithm = Rsa(match self.signature_version.as_deref()? {
            "1" => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            "2" => &RSA_PKCS1_2048_8192_SHA256,
            _ => return None,
        });
        let signature = STANDARD.decode(self.signature.as_deref()?).ok()?;
        certificate.verify_signature(&algorithm, self.signed()?.as_bytes(), &signature).ok()
    }

    /// What is signed: names and values, a line each, in the order of the names. A subject only where there is one.
    fn signed(&self) -> Option<String> {
        let message = Some(&*self.message);
        let kind = Some(&*self.r#type);
        let own = [
            ("Message", message),
            ("MessageId", self.message_id.as_deref()),
            ("SubscribeURL", self.subscribe_url.as_deref()),
            ("Timestamp", self.timestamp.as_deref()),
            ("Token", self.token.as_deref()),
            ("TopicArn", self.topic_arn.as_deref()),
            ("Type", kind),
        ];
        let notification = [own[0], own[1], ("Subject", self.subject.as_deref()), own[3], own[5], own[6]];
        let lines: &[_] = match &*self.r#type {
            "Notification" => &notification,
            "SubscriptionConfirmation" | "UnsubscribeConfirmation" => &own,
            _ => return None,
        };
        let mut text = String::new();
        for (name, value) in lines.iter().filter(|(name, value)| *name != "Subject" || value.is_some()) {
            text.extend([name, "\n", (*value)?, "\n"]);
        }
        Some(text)
    }
}

/// Whether an address is SNS's own: `https://sns.REGION.amazonaws.com/…`, or in China with `.cn` behind it.
fn is_of_sns(url: &str) -> bool {
    let region = || {
        let (host, _) = url.strip_prefix("https://")?.split_once('/')?;
        let domain = host.strip_prefix("sns.")?;
        domain.strip_suffix(".amazonaws.com").or_else(|| domain.strip_suffix(".amazonaws.com.cn"))
    };
    let in_a_region = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    region().is_some_and(|region| region.len() >= 3 && region.bytes().all(in_a_region))
}

/// RSA with PKCS #1 v1.5, under the key of a certificate.
#[derive(Debug)]
struct Rsa(&'static RsaParameters);

impl SignatureVerificationAlgorithm for Rsa {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        UnparsedPublicKey::new(self.0, key).verify(message, signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_ENCRYPTION
    }

    /// Asked for only where a certificate is checked against another's key, which is not done here.
    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_PKCS1_SHA256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_sns_is_told_from_one_that_looks_like_it() {
        for good in [
            "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0a.pem",
            "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0a.pem",
            "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription",
        ] {
            assert!(is_of_sns(good), "{good}");
        }
        for bad in [
            "http://sns.eu-central-1.amazonaws.com/a.pem",
            "https://sns.eu-central-1.amazonaws.com.evil.example/a.pem",
            "https://evil.example/sns.eu-central-1.amazonaws.com/a.pem",
            "https://sns.eu-central-1.amazonaws.com@evil.example/a.pem",
            "https://sns.eu-central-1.amazonaws.com:8443/a.pem",
            "https://sns.evil.example#.amazonaws.com/a.pem",
            "https://sns.evil.example?.amazonaws.com/a.pem",
            "https://sns.a/b.amazonaws.com/a.pem",
            "https://sns.x.y.amazonaws.com/a.pem",
            "https://bucket.s3.amazonaws.com/a.pem",
            "https://sns.ab.amazonaws.com/a.pem",
            "https://sns.eu-central-1.amazonaws.com",
            "https://sns.amazonaws.com/a.pem",
            "HTTPS://sns.eu-central-1.amazonaws.com/a.pem",
            "",
        ] {
            assert!(!is_of_sns(bad), "{bad}");
        }
    }
}
