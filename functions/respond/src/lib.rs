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
use rihla_messages::{Given, Page, PageContext, Question, Renderer};

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

    /// The same page for whoever sent a form that says nothing.
    fn again(self) -> Self {
        Self { status: self.status.max(400), ..self }
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
            self.asked(grant, &Form::read(request.query.as_bytes()), &request.path).await
        }
    }

    async fn act(&self, grant: &Grant, form: &Form, path: &str) -> Result<Shown, TableError> {
        let done = match grant.action {
            Action::Rate => self.answered(grant, form).await?,
            Action::Unsubscribe => {
                self.withdraw(grant, form.is_one_click).await?;
                let is_survey = grant.purpose == Purpose::Survey;
                Some(if is_survey { Page::NoSurveysDone } else { Page::Unsubscribed })
            }
            Action::Subscribe => {
                self.subscribe(grant).await?;
                Some(Page::NewsletterDone)
            }
            Action::Prefer => self.preferred(grant, form).await?,
        };
        match done {
            Some(page) => Ok(Shown::new(200, page)),
            None => Ok(self.asked(grant, form, path).await?.again()),
        }
    }

    /// The page after an answer; none where the form has no answer to the question.
    async fn answered(&self, grant: &Grant, form: &Form) -> Result<Option<Page>, TableError> {
        let Some(question) = self.question(grant) else { return Ok(None) };
        let given = form.given(question);
        if given == Given::default() {
            return Ok(None);
        }
        let is_low = given.score.is_some_and(|score| question.is_low(score));
        self.record_answer(grant, question, given, form.comment.clone()).await?;
        Ok(Some(if is_low { Page::ThanksLow } else { Page::Thanks }))
    }

    async fn preferred(&self, grant: &Grant, form: &Form) -> Result<Option<Page>, TableError> {
        let Some(wanted) = form.wishes else { return Ok(None) };
        self.wish(grant, wanted).await?;
        Ok(Some(Page::PreferencesDone))
    }

    /// What a GET shows: the question, with what a POST would do behind its button.
    async fn asked(&self, grant: &Grant, form: &Form, path: &str) -> Result<Shown, TableError> {
        let page = match grant.action {
            Action::Rate => match self.question(grant) {
                Some(question) => self.ask(grant, question, form),
                None => return Ok(Shown::new(410, Page::Gone)),
            },
            Action::Unsubscribe if grant.purpose == Purpose::Survey => Page::NoSurveys,
            Action::Unsubscribe => Page::Unsubscribe,
            Action::Subscribe => Page::Newsletter,
            Action::Prefer => Page::Preferences(self.wishes(grant).await?),
        };
        let action = Some(path.to_owned());
        Ok(Shown {
            status: 200,
            page,
            context: PageContext { action, comment: form.comment.clone(), ..PageContext::default() },
        })
    }

    fn ask(&self, grant: &Grant, question: &Question, form: &Form) -> Page {
        let survey = self.survey(grant).to_owned();
        Page::Question { survey, question: question.clone(), given: form.given(question) }
    }

    /// How the message's question is answered; none where it asks none any more.
    fn question(&self, grant: &Grant) -> Option<&Question> {
        self.renderer.catalogue().questions.get(self.survey(grant))
    }

    /// The message whose question is answered; a journey that is no longer there had the message of its name.
    fn survey<'a>(&'a self, grant: &'a Grant) -> &'a str {
        let name = grant.follow_up.journey();
        let journey = self.shop.journeys.iter().find(|journey| journey.name == name);
        let step = journey.and_then(|journey| journey.step(grant.follow_up.step()));
        step.map_or(name, |step| &step.message)
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

/// Which link a path is: `/r/…` rates, `/u/…` unsubscribes, `/n/…` subscribes, `/p/…` chooses what to get.
fn link(path: &str) -> Option<(Action, &str)> {
    let (page, token) = path.strip_prefix('/')?.split_once('/')?;
    let action = match page {
        "r" => Action::Rate,
        "u" => Action::Unsubscribe,
        "n" => Action::Subscribe,
        "p" => Action::Prefer,
        _ => return None,
    };
    Some((action, token))
}
