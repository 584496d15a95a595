//! `infra/messages`: templates and sentences become a [`Catalogue`].
//!
//! Per language: the constants (`[[ start ]]`, `[[ accent ]]`) are filled in, MJML becomes HTML, and every
//! `{{ t.key }}` becomes the language's sentence, so that at run time there is only data to be put in its place.

mod check;
mod expand;
mod locale;
mod mjml;
mod pages;
mod question;
mod source;

use std::collections::BTreeMap;
use std::path::Path;

use minijinja::Value;
use rihla_messages::{Brand, Catalogue, Direction, Language, MessageContext, Purpose, Question, sample};

use crate::{Fault, Faults};
use expand::{Constants, Escape};
use locale::Locale;
use pages::Pages;
use source::{Source, folder};

/// Reads and checks `infra/messages`: `<mail>.mjml` and `<mail>.txt`, `parts/` to be included, `pages/`,
/// `locales/<language>.yaml`.
///
/// # Errors
/// With everything that is wrong, each with file and, where known, line and column.
pub fn read_messages(messages: &Path, brand: &Brand) -> Result<Catalogue, Faults> {
    let templates = Templates::read(messages)?;
    let mut faults = Faults::default();
    let mut languages = BTreeMap::new();
    for source in folder(&messages.join("locales"), "yaml")? {
        let name = source.stem().to_owned();
        match Locale::read(source.path.clone(), name.clone()) {
            Err(fault) => faults.push(fault),
            Ok(locale) => {
                languages.insert(name, language(&templates, &locale, brand, &mut faults));
            }
        }
    }
    let default = rihla_messages::Locale::parse(&brand.default_locale).language;
    if !languages.contains_key(&default) && faults.0.is_empty() {
        let file = messages.join("locales").join(format!("{default}.yaml"));
        faults.push(Fault::new(&file, "is not there, but the brand's default locale needs it"));
    }
    let style_hash = templates.pages.style_hash(&constants("en", Direction::Ltr, brand), &mut faults);
    let questions = templates.questions(&languages);
    faults.or(Catalogue { languages, style_hash, questions })
}

struct Templates {
    mails: Vec<Mail>,
    parts: Vec<Source>,
    text_parts: Vec<Source>,
    pages: Pages,
}

struct Mail {
    name: String,
    mjml: Source,
    text: Source,
}

impl Templates {
    fn read(messages: &Path) -> Result<Self, Fault> {
        let mail = |mjml: Source| {
            let text = Source::read(mjml.path.with_extension("txt"))?;
            Ok(Mail { name: mjml.stem().to_owned(), mjml, text })
        };
        Ok(Self {
            mails: folder(messages, "mjml")?.into_iter().map(mail).collect::<Result<_, Fault>>()?,
            parts: folder(&messages.join("parts"), "mjml")?,
            text_parts: folder(&messages.join("parts"), "txt")?,
            pages: Pages::read(&messages.join("pages"))?,
        })
    }

    /// The questions of the mails that have a page to answer on.
    fn questions(&self, languages: &BTreeMap<String, Language>) -> BTreeMap<String, Question> {
        let is_asked = |mail: &&Mail| {
            let page = format!("page/question/{}.html", mail.name);
            languages.values().any(|language| language.templates.contains_key(&page))
        };
        let asked = self.mails.iter().filter(is_asked);
        asked.map(|mail| (mail.name.clone(), mail.question(&self.parts))).collect()
    }

    /// Every answer that any mail offers.
    fn codes(&self) -> Vec<String> {
        let offered = |mail: &Mail| match mail.question(&self.parts) {
            Question::Choice(codes) => codes,
            Question::Rating | Question::Scale => Vec::new(),
        };
        self.mails.iter().flat_map(offered).collect()
    }
}

/// One language's templates, made and checked.
fn language(templates: &Templates, locale: &Locale, brand: &Brand, faults: &mut Faults) -> Language {
    let mut language =
        Language { direction: locale.direction, formats: locale.formats.clone(), templates: BTreeMap::new() };
    let views = mail_views(&language, locale, brand, &templates.codes());
    let page_view = pages::view(&language, locale, brand);
    check::sentences(locale, [("mails", &views[0]), ("pages", &page_view)], faults);
    for part in templates.parts.iter().chain(&templates.text_parts) {
        check::template(part, &views[0], faults);
    }
    let constants = constants(&locale.language, locale.direction, brand);
    for mail in &templates.mails {
        for source in [&mail.mjml, &mail.text] {
            check::template(source, &views[0], faults);
        }
        language.templates.extend(mail.make(templates, locale, &constants, &views, faults));
    }
    let surveys = templates.mails.iter().map(|mail| (mail.name.as_str(), mail.question(&templates.parts)));
    language.templates.extend(templates.pages.make(surveys, locale, &constants, &page_view, faults));
    // A template that is wrong does not ask for its sentences: only in a sound language are they too many.
    if faults.0.is_empty() {
        for fault in locale.unused() {
            faults.push(fault);
        }
    }
    language
}

impl Mail {
    fn question(&self, parts: &[Source]) -> Question {
        question::asked_by(&self.mjml, parts)
    }

    fn make(
        &self,
        templates: &Templates,
        locale: &Locale,
        constants: &Constants,
        views: &[Value],
        faults: &mut Faults,
    ) -> Vec<(String, String)> {
        let sections = [format!("mails.{}", self.name), "shared".to_owned()];
        let html = mjml::html(&self.mjml, &templates.parts, constants, faults);
        let text = expand::parts(&self.text, &templates.text_parts, constants, faults);
        let kinds = [
            ("subject", "{{ t.subject }}".to_owned(), Escape::None, vec![&self.mjml]),
            ("txt", text, Escape::None, [&self.text].into_iter().chain(&templates.text_parts).collect()),
            ("html", html, Escape::Html, [&self.mjml].into_iter().chain(&templates.parts).collect()),
        ];
        let mut made = Vec::new();
        for (kind, template, escape, files) in kinds {
            let template = expand::sentences(&template, locale, &sections, escape, &files, faults);
            let name = format!("{}.{kind}", self.name);
            if faults.0.is_empty() {
                check::trial(&name, &template, views, &files, faults);
            }
            made.push((name, template));
        }
        made
    }
}

/// What mails see of made-up people, for each purpose: first those with everything, then those with little. All of them
/// are offered these answers.
fn mail_views(language: &Language, locale: &Locale, brand: &Brand, codes: &[String]) -> Vec<Value> {
    let tag = rihla_messages::Locale::parse(&locale.language);
    let purposes = [Purpose::Marketing, Purpose::Survey, Purpose::Service];
    let crowded = purposes.map(|purpose| sample::crowded(purpose, &locale.language));
    let full = purposes.map(|purpose| sample::full(purpose, &locale.language));
    let sparse = purposes.map(sample::sparse);
    let view = |mut context: MessageContext| {
        context.choices = sample::choices(codes.iter().map(String::as_str));
        rihla_messages::mail_view(&context, brand, &tag, language)
    };
    crowded.into_iter().chain(full).chain(sparse).map(view).collect()
}

/// What phones and desktops already have; the Noto and Tahoma faces are for Arabic.
const FONT: &str = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Noto Sans Arabic', Tahoma, \
                    Arial, sans-serif";

fn constants(language: &str, direction: Direction, brand: &Brand) -> Constants {
    let (dir, start, end) = match direction {
        Direction::Ltr => ("ltr", "left", "right"),
        Direction::Rtl => ("rtl", "right", "left"),
    };
    let words = [("lang", language), ("dir", dir), ("start", start), ("end", end), ("font", FONT)];
    words
        .into_iter()
        .chain(brand.colours.named())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
