use std::path::Path;
use std::sync::LazyLock;

use rihla_messages::{Correspondent, Envelope, Mail, MessageContext, Purpose, Renderer, sample};

/// The renderer of the shop whose files are in `infra`.
pub(crate) static RENDERER: LazyLock<Renderer> = LazyLock::new(|| {
    let infra = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra");
    let brand = rihla_setup::read_brand(&infra.join("brand.yaml")).expect("the shop's own brand is right");
    let catalogue = rihla_setup::read_messages(&infra.join("messages"), &brand);
    Renderer::new(catalogue.expect("the shop's own messages are right"), brand)
});

/// Every mail with its purpose.
pub(crate) const MAILS: [(&str, Purpose); 19] = [
    ("delay-notice", Purpose::Service),
    ("delivery-attempt", Purpose::Service),
    ("delivery-check", Purpose::Survey),
    ("ease-survey", Purpose::Survey),
    ("falling-off", Purpose::Marketing),
    ("left-cart", Purpose::Marketing),
    ("matching-items", Purpose::Marketing),
    ("newsletter-invitation", Purpose::Marketing),
    ("nps", Purpose::Survey),
    ("ready-for-pickup", Purpose::Service),
    ("recovery-price", Purpose::Marketing),
    ("recovery-range", Purpose::Marketing),
    ("recovery-reason", Purpose::Marketing),
    ("recovery-service", Purpose::Marketing),
    ("replenishment", Purpose::Marketing),
    ("review-reminder", Purpose::Survey),
    ("review-request", Purpose::Survey),
    ("solved-check", Purpose::Survey),
    ("thank-you", Purpose::Service),
];

pub(crate) fn compose(name: &str, locale: &str, context: &MessageContext) -> Mail {
    RENDERER.compose(name, locale, context).expect("the sample has all that the mail needs")
}

/// A delivery check of a changed sample.
pub(crate) fn delivery_check(locale: &str, change: impl FnOnce(&mut MessageContext)) -> Mail {
    let mut context = sample::full(Purpose::Survey, locale);
    change(&mut context);
    compose("delivery-check", locale, &context)
}

pub(crate) fn envelope() -> Envelope {
    Envelope {
        to: Correspondent { name: Some("Amelia".to_owned()), address: "amelia@mail.example".to_owned() },
        message_id: "f-7Hq2.1@care.sidra.example".to_owned(),
        sent_at: 1_773_133_200,
        list_unsubscribe: None,
    }
}
