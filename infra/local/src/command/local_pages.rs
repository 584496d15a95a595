//! The local pages, from the account that a command works in.

use std::pin::Pin;
use std::rc::Rc;

use rihla_channels::Headers;
use rihla_core::identifier::CustomerId;
use rihla_core::instant::Instant;
use rihla_core::zone::local_zone;

use super::CommandError;
use crate::aws::{Aws, StoreError};
use crate::desk;
use crate::pages::{
    CONTENT_SECURITY_POLICY, CustomerView, MAIL_SECURITY_POLICY, Pages, Route, STYLE, framed,
};
use crate::run::{HttpAnswer, Stack, StackError};
use crate::server::LocalPages;
use crate::shop::Received;

/// Fills and serves the pages.
pub struct DeskPages {
    aws: Aws,
    stack: Rc<Stack>,
    pages: Pages,
    what: String,
    from: Instant,
}

impl DeskPages {
    /// The pages of a run that was `what` and began at `from`.
    pub fn new(stack: &Rc<Stack>, what: &str, from: Instant) -> Self {
        let brand = rihla_infra::brand();
        let locale = rihla_messages::Locale::parse(&brand.default_locale);
        let pages =
            Pages::new(brand.name.get(&locale, &locale), local_zone(None, None, None, &stack.shop.zone));
        Self { aws: stack.aws.clone(), stack: stack.clone(), pages, what: what.to_owned(), from }
    }

    async fn answer(&self, route: Route) -> Result<Option<HttpAnswer>, StackError> {
        Ok(match route {
            Route::Front => Some(html(self.pages.front(&desk::front(&self.aws, &self.what, self.from)))),
            Route::Mailbox { page, find } => {
                Some(html(self.pages.mailbox(&desk::mailbox(&self.aws, page, &find)?)))
            }
            Route::Mail(id) => desk::mail(&self.aws, &id)?.map(|view| html(self.pages.mail(&view))),
            Route::MailHtml(id) => self.raw(&id)?.and_then(|raw| Received::read(&raw)).map(|received| {
                typed("text/html; charset=utf-8", MAIL_SECURITY_POLICY, framed(&received.html))
            }),
            Route::MailSource(id) => self.raw(&id)?.map(|raw| {
                let text = String::from_utf8_lossy(&raw).into_owned();
                typed("text/plain; charset=utf-8", CONTENT_SECURITY_POLICY, text)
            }),
            Route::Customers { page, find } => {
                Some(html(self.pages.customers(&desk::customers(&self.aws, page, &find))))
            }
            Route::Customer { id, after, timeline } => {
                let view = self.customer(&id, after.as_deref(), timeline.as_deref()).await?;
                view.map(|view| html(self.pages.customer(&view)))
            }
            Route::Style => Some(typed("text/css; charset=utf-8", CONTENT_SECURITY_POLICY, STYLE.to_owned())),
        })
    }

    /// What lies in the table, and what `console` answers to staff.
    async fn customer(
        &self,
        id: &str,
        after: Option<&str>,
        timeline: Option<&str>,
    ) -> Result<Option<CustomerView>, StackError> {
        let customer = CustomerId::from_text(id);
        let Some(view) = desk::customer(&self.aws, &self.stack.shop, &customer, after)? else {
            return Ok(None);
        };
        let standing = desk::standing(&self.stack, id).await?;
        let timeline = desk::timeline(&self.stack, id, timeline).await?;
        Ok(Some(CustomerView { standing, timeline, ..view }))
    }

    fn raw(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.aws.mailbox().get(id)?.and_then(|mail| mail.raw))
    }
}

impl LocalPages for DeskPages {
    fn page<'a>(&'a self, path: &'a str, query: &'a str) -> Pin<Box<dyn Future<Output = HttpAnswer> + 'a>> {
        Box::pin(async move {
            let answered = match Route::of(path, query) {
                Some(route) => self.answer(route).await,
                None => Ok(None),
            };
            match answered {
                Ok(Some(answer)) => answer,
                Ok(None) => HttpAnswer { status: 404, ..html(self.pages.not_found()) },
                Err(error) => HttpAnswer {
                    status: 500,
                    ..typed("text/plain; charset=utf-8", CONTENT_SECURITY_POLICY, error.to_string())
                },
            }
        })
    }
}

fn html(body: String) -> HttpAnswer {
    typed("text/html; charset=utf-8", CONTENT_SECURITY_POLICY, body)
}

fn typed(kind: &str, policy: &str, body: String) -> HttpAnswer {
    let headers =
        [("content-type", kind), ("content-security-policy", policy), ("cache-control", "no-store")];
    HttpAnswer { status: 200, headers: Headers::from_iter(headers), body }
}

/// Serves the pages, the links of mails and the webhooks until the process is stopped.
pub async fn serve(stack: std::rc::Rc<Stack>, pages: DeskPages, port: u16) -> Result<(), CommandError> {
    let listener = crate::server::listen(port).await?;
    let address = listener.local_addr()?;
    eprintln!("\n  mailbox    http://{address}/mailbox");
    eprintln!("  customers  http://{address}/customers");
    eprintln!("  webhooks   http://{address}/hooks/{{source}}");
    eprintln!("\nStop with Ctrl-C.");
    crate::server::serve(listener, stack, std::rc::Rc::new(pages)).await?;
    Ok(())
}
