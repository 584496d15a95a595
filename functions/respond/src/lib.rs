//! The customer's pages behind the links in mails. GET shows and changes nothing, because mail scanners follow links;
//! POST does what the link grants.

mod answer;
mod consent;
mod form;

use std::sync::Arc;

use rihla_aws::clock::Clock;
use rihla_aws::http::{HttpEvent, Request, Response, answer, status};
use rihla_aws::table::{Freshness, Key, Table, TableError, Versioned};
use rihla_core::event::Purpose;
use rihla_core::link::{Action, Grant, LinkKeys, LinkRefused};
use rihla_core::profile::Profile;
use rihla_core::shop::Shop;
use rihla_messages::{Page, PageContext, Renderer};

use form::Form;

/// The function.
pub struct Respond {
    /// The table.
    pub table: Table,
    /// The shop's set-up.
    pub shop: Arc<Shop>,
    /// What writes the pages.
    pub renderer: Renderer,
    /// What the links are signed with.
    pub link_keys: LinkKeys,
    /// The time.
    pub clock: Clock,
}

/// A page with its status, in a language.
struct Shown {
    status: u16,
    page: Page,
    context: PageContext,
}

impl Shown {
    fn new(status: u16, page: Page) -> Self {
        Self { status, page, context: PageContext::default() }
    }
}

impl Respond {
    /// Answers one request.
    pub async fn handle(&self, event: HttpEvent) -> Response {
        let Ok(request) = Request::from_event(event) else { return status(400) };
        let Some((action, token)) = link(&request.path) else { return status(404) };
        if !["GET", "HEAD", "POST"].contains(&request.method.as_str()) {
            return status(405);
        }
        let grant = self.link_keys.verify(token, self.clock.now());
        let locale = grant.as_ref().map_or(String::new(), |grant| grant.locale.clone());
        let shown = match grant {
            Err(LinkRefused::Expired) => Shown::new(410, Page::LinkExpired),
            Err(LinkRefused::Forged) => Shown::new(400, Page::LinkInvalid),
            Ok(grant) if grant.action != action => Shown::new(400, Page::LinkInvalid),
            Ok(grant) => self.shown(&grant, &request).await.unwrap_or_else(|error| {
                tracing::error!(%error, "page.failed");
                Shown::new(503, Page::Failure)
            }),
        };
        self.html(&shown, &locale)
    }

    async fn shown(&self, grant: &Grant, request: &Request) -> Result<Shown, TableError> {
        let key = Key::profile(&grant.customer);
        let profile: Option<Versioned<Profile>> = self.table.get(&key, Freshness::MayBeStale).await?;
        if profile.is_none_or(|profile| profile.document.is_forgotten()) {
            return Ok(Shown::new(410, Page::Gone));
        }
        if request.method == "POST" {
            self.act(grant, &Form::read(&request.body), &request.path).await
        } else {
            Ok(self.asked(grant, &Form::read(request.query.as_bytes()), &request.path))
        }
    }

    async fn act(&self, grant: &Grant, form: &Form, path: &str) -> Result<Shown, TableError> {
        let done = match (grant.action, form.score) {
            (Action::Rate, None) => return Ok(Shown { status: 400, ..self.asked(grant, form, path) }),
            (Action::Rate, Some(score)) => {
                self.record_answer(grant, score, form.comment.clone()).await?;
                Page::Thanks { score }
            }
            (Action::Unsubscribe, _) => {
                self.withdraw(grant).await?;
                if grant.purpose == Purpose::Survey { Page::NoSurveysDone } else { Page::Unsubscribed }
            }
            (Action::Subscribe, _) => {
                self.subscribe(grant).await?;
                Page::NewsletterDone
            }
        };
        Ok(Shown::new(200, done))
    }

    /// What a GET shows: the question, with what a POST would do behind its button.
    fn asked(&self, grant: &Grant, form: &Form, path: &str) -> Shown {
        let page = match grant.action {
            Action::Rate => Page::Question { survey: self.survey(grant), score: form.score },
            Action::Unsubscribe if grant.purpose == Purpose::Survey => Page::NoSurveys,
            Action::Unsubscribe => Page::Unsubscribe,
            Action::Subscribe => Page::Newsletter,
        };
        let context = PageContext { action: Some(path.to_owned()), ..PageContext::default() };
        Shown { status: 200, page, context }
    }

    /// The message whose question is answered; a journey that is no longer there had the message of its name.
    fn survey(&self, grant: &Grant) -> String {
        let name = grant.follow_up.journey();
        let journey = self.shop.journeys.iter().find(|journey| journey.name == name);
        let step = journey.and_then(|journey| journey.step(grant.follow_up.step()));
        step.map_or(name, |step| &step.message).to_owned()
    }

    fn html(&self, shown: &Shown, locale: &str) -> Response {
        let policy = self.renderer.content_security_policy();
        let headers = [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", policy.as_str()),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex"),
        ];
        match self.renderer.page(&shown.page, locale, &shown.context) {
            Ok(page) => answer(shown.status, &headers, page),
            Err(error) => {
                tracing::error!(%error, "page.not_rendered");
                status(500)
            }
        }
    }
}

/// Which link a path is: `/r/…` rates, `/u/…` unsubscribes, `/n/…` subscribes.
fn link(path: &str) -> Option<(Action, &str)> {
    let (page, token) = path.strip_prefix('/')?.split_once('/')?;
    let action = match page {
        "r" => Action::Rate,
        "u" => Action::Unsubscribe,
        "n" => Action::Subscribe,
        _ => return None,
    };
    Some((action, token))
}
