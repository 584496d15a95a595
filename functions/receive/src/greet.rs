//! What providers ask before they send.

use rihla_aws::http::{Request, Response, answer, status};
use rihla_channels::{Answer, Greeting, Provider};
use rihla_core::source::Source;

use crate::Receive;

impl Receive {
    /// The answer to a challenge, a probe or a ping; nothing to a delivery.
    pub(crate) async fn greet(
        &self,
        source: &Source,
        provider: &Provider,
        request: &Request,
    ) -> Option<Response> {
        let answered = match self.answer_to(source, provider, request)? {
            // Perhaps the word that was agreed on is newer than this process.
            Answer::Refused if self.secrets.read_again(self.clock.now()).await => {
                self.answer_to(source, provider, request)?
            }
            answer => answer,
        };
        Some(match answered {
            Answer::Welcome => status(200),
            Answer::Text(text) => page("text/plain", text),
            Answer::Json(text) => page("application/json", text),
            Answer::Refused => {
                tracing::warn!(source = source.name.as_str(), "greeting.refused");
                status(403)
            }
        })
    }

    fn answer_to(&self, source: &Source, provider: &Provider, request: &Request) -> Option<Answer> {
        let token = source.greeting_token.as_deref().and_then(|name| self.secrets.get(name));
        (provider.greet)(&Greeting {
            method: &request.method,
            query: &request.query,
            headers: &request.headers,
            body: &request.body,
            url: source.url.as_deref(),
            token: token.as_ref(),
        })
    }
}

/// What was asked may be part of the text: no browser is to take it for anything else.
fn page(content_type: &str, text: String) -> Response {
    answer(200, &[("content-type", content_type), ("x-content-type-options", "nosniff")], text)
}
