//! A message ready to be sent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rihla_aws::table::TableError;
use rihla_core::about::About;
use rihla_core::event::Line;
use rihla_core::journey::{Content, Milestone};
use rihla_core::look::Decision;
use rihla_messages::{Correspondent, Envelope, to_mime};

use crate::Deliver;
use crate::content::NothingToSay;
use crate::scene::Scene;
use crate::{matching, nearby};

/// A message with its envelope.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) sender: String,
    pub(crate) recipient: String,
    pub(crate) message: Vec<u8>,
    /// What names the follow-up in everything that the provider reports of the message.
    pub(crate) tags: Vec<(&'static str, String)>,
}

impl Deliver {
    /// Writes the message of a follow-up, or says why there is none.
    pub(crate) async fn letter(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
    ) -> Result<Result<Letter, NothingToSay>, TableError> {
        let items = match (decision.step.needs, scene.look.trigger.order(), scene.about().order()) {
            (Some(Content::MatchingItems), Some(key), Some(order)) => {
                matching::items(&self.table, &scene.look.customer, &key, order).await?
            }
            _ => used_up(scene, decision),
        };
        let near = match scene.about() {
            About::Cart(cart) => nearby::shop(&self.table, scene, cart).await?,
            _ => None,
        };
        Ok(self
            .context(scene, decision, &items, near)
            .and_then(|context| self.write(scene, decision, &context)))
    }

    fn write(
        &self,
        scene: &Scene<'_>,
        decision: &Decision<'_>,
        context: &rihla_messages::MessageContext,
    ) -> Result<Letter, NothingToSay> {
        let failed = |because: String| {
            // What is wrong is in the ledger: it may quote what is known of the person.
            tracing::error!(journey = decision.journey.name, "message.not_written");
            NothingToSay { guard: "message", because }
        };
        let email = scene
            .person
            .email
            .as_ref()
            .ok_or_else(|| NothingToSay { guard: "address", because: "no e-mail address is known".into() })?;
        let message = decision.journey.message_for(decision.step, &scene.drawn_as());
        let mail = self.renderer.compose(message, scene.locale(), context);
        let mail = mail.map_err(|error| failed(error.to_string()))?;
        let recipient = email.value.as_str().to_owned();
        let id = URL_SAFE_NO_PAD.encode(decision.key.as_str());
        let domain = mail.from.address.rsplit('@').next().unwrap_or("localhost").to_owned();
        let envelope = Envelope {
            to: Correspondent { name: full_name(scene), address: recipient.clone() },
            message_id: format!("{id}.{}@{domain}", scene.look.customer),
            sent_at: scene.now.seconds(),
            list_unsubscribe: context.links.unsubscribe.clone(),
        };
        let message = to_mime(&mail, &envelope).map_err(|error| failed(error.to_string()))?;
        let tags = vec![
            ("customer", scene.look.customer.to_string()),
            ("journey", decision.journey.name.clone()),
            ("trigger", URL_SAFE_NO_PAD.encode(scene.look.trigger.to_string())),
            ("step", decision.step.name.clone()),
        ];
        Ok(Letter { sender: mail.from.address, recipient, message, tags })
    }
}

/// What a reminder is about.
fn used_up(scene: &Scene<'_>, decision: &Decision<'_>) -> Vec<Line> {
    let line = scene.used_up.iter().filter(|_| decision.step.waits_for(&Milestone::Replenish));
    line.map(|(line, _)| line.clone()).collect()
}

fn full_name(scene: &Scene<'_>) -> Option<String> {
    let names = [&scene.person.first_name, &scene.person.last_name];
    let names: Vec<&str> = names.iter().filter_map(|name| Some(name.as_ref()?.value.trim())).collect();
    Some(names.join(" ").trim().to_owned()).filter(|name| !name.is_empty())
}
