use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::Value;
use rihla_messages::{Brand, Given, Language, Page, Question, sample};
use sha2::{Digest, Sha256};

use super::check;
use super::expand::{self, Constants, Escape};
use super::locale::Locale;
use super::source::{Source, folder};
use crate::{Fault, Faults};

/// `pages/`: layouts, the frame around them (`head.html`, `foot.html`), one answer of several (`option.html`) and the
/// stylesheet.
pub(crate) struct Pages {
    layouts: Vec<Source>,
    head: Source,
    foot: Source,
    option: Source,
    style: Source,
}

impl Pages {
    pub(crate) fn read(pages: &Path) -> Result<Self, Fault> {
        let is_layout = |source: &Source| !["head", "foot", "option"].contains(&source.stem());
        Ok(Self {
            layouts: folder(pages, "html")?.into_iter().filter(is_layout).collect(),
            head: Source::read(pages.join("head.html"))?,
            foot: Source::read(pages.join("foot.html"))?,
            option: Source::read(pages.join("option.html"))?,
            style: Source::read(pages.join("style.css"))?,
        })
    }

    /// Every page of a language: the plain ones, and a question for each mail that asks one.
    pub(crate) fn make<'a>(
        &self,
        mails: impl Iterator<Item = (&'a str, Question)>,
        locale: &Locale,
        constants: &Constants,
        view: &Value,
        faults: &mut Faults,
    ) -> Vec<(String, String)> {
        for source in self.layouts.iter().chain([&self.head, &self.foot]) {
            check::template(source, view, faults);
        }
        let mut all = Vec::new();
        for page in Page::PLAIN {
            let sections = vec![format!("pages.{}", page.name()), "shared".to_owned()];
            all.push((page, sections));
        }
        for (mail, question) in mails {
            let section = format!("mails.{mail}");
            if locale.sentence(std::slice::from_ref(&section), "question").is_some() {
                let page = Page::Question { survey: mail.to_owned(), question, given: Given::default() };
                all.push((page, vec![section, "pages.question".to_owned(), "shared".to_owned()]));
            }
        }
        let made = all.into_iter();
        made.map(|(page, sections)| self.page(&page, &sections, locale, constants, view, faults)).collect()
    }

    fn page(
        &self,
        page: &Page,
        sections: &[String],
        locale: &Locale,
        constants: &Constants,
        view: &Value,
        faults: &mut Faults,
    ) -> (String, String) {
        let name = page.template();
        let Some(layout) = self.layouts.iter().find(|layout| layout.stem() == page.layout()) else {
            let missing = self.head.path.with_file_name(format!("{}.html", page.layout()));
            faults
                .push(Fault::new(&missing, format!("is not there, but the page `{}` needs it", page.name())));
            return (name, String::new());
        };
        let mut all = constants.clone();
        all.push(("style".to_owned(), expand::constants(&self.style, constants, faults)));
        let [head, foot] = [&self.head, &self.foot].map(|frame| expand::constants(frame, &all, faults));
        all.extend([("head".to_owned(), head), ("foot".to_owned(), foot)]);
        if let Page::Question { question: Question::Choice(codes), .. } = page {
            all.push(("options".to_owned(), self.options(codes, constants, faults)));
        }
        let template = expand::constants(layout, &all, faults);
        let files = [layout, &self.head, &self.foot, &self.option];
        let template = expand::sentences(&template, locale, sections, Escape::Html, &files, faults);
        if faults.0.is_empty() {
            check::trial(&name, &template, std::slice::from_ref(view), &files, faults);
        }
        (name, template)
    }

    /// The answers of a choice, one below the other.
    fn options(&self, codes: &[String], constants: &Constants, faults: &mut Faults) -> String {
        let option = |code: &String| {
            let known: Constants =
                constants.iter().cloned().chain([("code".to_owned(), code.clone())]).collect();
            expand::constants(&self.option, &known, faults)
        };
        codes.iter().map(option).collect()
    }

    /// The stylesheet as a CSP source.
    pub(crate) fn style_hash(&self, constants: &Constants, faults: &mut Faults) -> String {
        let style = expand::constants(&self.style, constants, faults);
        format!("sha256-{}", STANDARD.encode(Sha256::digest(style.as_bytes())))
    }
}

/// What pages see, everything with a value.
pub(crate) fn view(language: &Language, locale: &Locale, brand: &Brand) -> Value {
    let tag = rihla_messages::Locale::parse(&locale.language);
    let given = Given { score: Some(4), choice: Some(String::new()) };
    let page = Page::Question { survey: String::new(), question: Question::Rating, given };
    rihla_messages::page_view(&page, &sample::page(&locale.language), brand, &tag, language)
}
