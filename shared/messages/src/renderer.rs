use std::ops::Range;
use std::sync::Arc;

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, escape_formatter};

use crate::{
    Brand, Catalogue, Correspondent, Language, Locale, Mailbox, MessageContext, Page, PageContext,
    RenderError, escape_html, mail_view, page_view, wording,
};

/// A mail's words, before it is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The tag of the language it is written in: `ar-EG`.
    pub locale: String,
    /// The shop, by the name it has in that language.
    pub from: Correspondent,
    /// Where an answer goes, when not to the sender.
    pub reply_to: Option<Correspondent>,
    /// One line.
    pub subject: String,
    /// For who reads plain text; stands on its own.
    pub text: String,
    /// For all others.
    pub html: String,
}

/// Turns contexts into mails and pages. Templates are compiled when first used, then kept.
pub struct Renderer {
    catalogue: Arc<Catalogue>,
    brand: Brand,
    default_locale: Locale,
    environment: Environment<'static>,
}

impl Renderer {
    /// A renderer for one shop.
    pub fn new(catalogue: Catalogue, brand: Brand) -> Self {
        let catalogue = Arc::new(catalogue);
        let mut environment = environment();
        let source = Arc::clone(&catalogue);
        environment.set_loader(move |name| Ok(find(&source, name).map(str::to_owned)));
        let default_locale = Locale::parse(&brand.default_locale);
        Self { catalogue, brand, default_locale, environment }
    }

    /// The shop.
    pub fn brand(&self) -> &Brand {
        &self.brand
    }

    /// What it can say.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Writes a mail. `locale` is a BCP 47 tag; an unknown one is answered in the shop's default language.
    ///
    /// # Errors
    /// When there is no such template, or it needs something the context does not have.
    pub fn compose(
        &self,
        template: &str,
        locale: &str,
        context: &MessageContext,
    ) -> Result<Mail, RenderError> {
        let (locale, language) = self.choose(locale)?;
        let view = mail_view(context, &self.brand, &locale, language);
        let part = |kind: &str| self.render(&locale, &format!("{template}.{kind}"), view.clone());
        Ok(Mail {
            from: self.correspondent(&self.brand.sender, &locale),
            reply_to: self.brand.reply_to.as_ref().map(|mailbox| self.correspondent(mailbox, &locale)),
            subject: part("subject")?,
            text: part("txt")?,
            html: part("html")?,
            locale: locale.tag(),
        })
    }

    fn correspondent(&self, mailbox: &Mailbox, locale: &Locale) -> Correspondent {
        let name = mailbox.name.as_ref().map(|name| name.get(locale, &self.default_locale).to_owned());
        Correspondent { name, address: mailbox.address.clone() }
    }

    /// Writes a page. `locale` as in [`Self::compose`].
    ///
    /// # Errors
    /// When the survey is unknown, or the page needs something the context does not have.
    pub fn page(&self, page: &Page, locale: &str, context: &PageContext) -> Result<String, RenderError> {
        let (locale, language) = self.choose(locale)?;
        let view = page_view(page, context, &self.brand, &locale, language);
        self.render(&locale, &page.template(), view)
    }

    /// The words that stand on a page that asks for something, with those on its buttons. `locale` as in [`Self::compose`].
    ///
    /// # Errors
    /// As of [`Self::page`].
    pub fn wording(&self, page: &Page, locale: &str) -> Result<String, RenderError> {
        let context = PageContext { action: Some(String::new()), ..PageContext::default() };
        Ok(wording::of_page(&self.page(page, locale, &context)?))
    }

    /// The `Content-Security-Policy` that the pages keep to: no scripts, one known stylesheet, forms to ourselves.
    pub fn content_security_policy(&self) -> String {
        format!(
            "default-src 'none'; style-src '{}'; img-src https:; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            self.catalogue.style_hash
        )
    }

    fn choose(&self, locale: &str) -> Result<(Locale, &Language), RenderError> {
        self.catalogue.choose(&Locale::parse(locale), &self.default_locale).ok_or(RenderError::NoLanguage)
    }

    fn render(&self, locale: &Locale, template: &str, view: Value) -> Result<String, RenderError> {
        let name = format!("{}/{template}", locale.language);
        let compiled = self.environment.get_template(&name).map_err(|error| self.explain(&name, error))?;
        compiled.render(view).map_err(|error| self.explain(&name, error))
    }

    fn explain(&self, name: &str, error: Error) -> RenderError {
        let Some(source) = find(&self.catalogue, name) else {
            let (language, template) = name.split_once('/').unwrap_or(("", name));
            return RenderError::UnknownTemplate {
                template: template.to_owned(),
                language: language.to_owned(),
            };
        };
        let key = error.range().and_then(|range| expression(source, range)).unwrap_or("?").to_owned();
        RenderError::Template { template: name.to_owned(), key, source: Box::new(error) }
    }
}

fn find<'a>(catalogue: &'a Catalogue, name: &str) -> Option<&'a str> {
    let (language, template) = name.split_once('/')?;
    catalogue.languages.get(language)?.templates.get(template).map(String::as_str)
}

/// What stands in a range, from its beginning: of `scale[0].digit` the engine names `[0].digit` only, of `items|needed` the filter.
fn expression(source: &str, range: Range<usize>) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || ['_', '.', '[', ']', '|'].contains(&c);
    let start = source.get(..range.start)?.trim_end_matches(is_part).len();
    source.get(start..range.end)
}

/// The engine as mails need it: what is missing is an error, never an empty place or the word `none`; HTML is
/// escaped, plain text and subjects are not. A list that a message cannot do without says so, because a loop over
/// nothing is no error: `{% for item in items|needed %}`.
pub fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("needed", needed);
    environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
        Some((_, "html")) => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(|output, state, value| {
        if value.is_none() {
            return Err(Error::new(ErrorKind::UndefinedError, "it has no value here"));
        }
        match (state.auto_escape(), value.as_str()) {
            (AutoEscape::Html, Some(words)) => Ok(escape_html(output, words)?),
            _ => escape_formatter(output, state, value),
        }
    });
    environment
}

fn needed(list: Value) -> Result<Value, Error> {
    if list.is_true() {
        Ok(list)
    } else {
        Err(Error::new(ErrorKind::UndefinedError, "there is nothing in it"))
    }
}
