use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rihla_messages::{Direction, Formats, Plural, PluralCategory};
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::yaml::index;
use crate::{Fault, read_yaml};

/// `locales/<language>.yaml`: every sentence of one language, and how it writes numbers and dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LocaleFile {
    direction: Direction,
    formats: Formats,
    /// For every mail and page.
    shared: Section,
    /// By mail.
    mails: BTreeMap<String, Section>,
    /// By page.
    pages: BTreeMap<String, Section>,
}

pub(crate) type Section = BTreeMap<String, Spanned<Sentence>>;

/// A sentence, with what makes it vary.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a sentence, or {count, one, other, …}, or {when, present, absent}")]
pub(crate) enum Sentence {
    Plain(String),
    Plural(PluralForms),
    Presence(Presence),
}

/// Forms by number. `count` names a number of the context: `order.parcels`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PluralForms {
    count: String,
    zero: Option<Box<Sentence>>,
    one: Option<Box<Sentence>>,
    two: Option<Box<Sentence>>,
    few: Option<Box<Sentence>>,
    many: Option<Box<Sentence>>,
    other: Box<Sentence>,
}

/// Two sentences: with something that may be unknown, and without it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Presence {
    when: String,
    present: Box<Sentence>,
    absent: Box<Sentence>,
}

impl Sentence {
    /// The sentence as a template.
    pub(crate) fn template(&self) -> String {
        match self {
            Self::Plain(words) => words.trim().to_owned(),
            Self::Plural(forms) => forms.template(),
            Self::Presence(Presence { when, present, absent }) => {
                format!(
                    "{{% if {when} %}}{}{{% else %}}{}{{% endif %}}",
                    present.template(),
                    absent.template()
                )
            }
        }
    }

    /// The plural forms that the language needs and the sentence lacks.
    pub(crate) fn missing_forms(&self, plural: Plural) -> Vec<&'static str> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Plural(forms) => {
                let needed = plural.categories().iter().filter(|category| forms.form(**category).is_none());
                needed.map(|category| category.name()).collect()
            }
            Self::Presence(Presence { present, absent, .. }) => {
                [present.missing_forms(plural), absent.missing_forms(plural)].concat()
            }
        }
    }
}

impl PluralForms {
    fn form(&self, category: PluralCategory) -> Option<&Sentence> {
        match category {
            PluralCategory::Zero => self.zero.as_deref(),
            PluralCategory::One => self.one.as_deref(),
            PluralCategory::Two => self.two.as_deref(),
            PluralCategory::Few => self.few.as_deref(),
            PluralCategory::Many => self.many.as_deref(),
            PluralCategory::Other => Some(&self.other),
        }
    }

    fn template(&self) -> String {
        let mut text = String::new();
        for category in PluralCategory::ALL {
            let Some(form) = self.form(category).filter(|_| category != PluralCategory::Other) else {
                continue;
            };
            let keyword = if text.is_empty() { "if" } else { "elif" };
            let name = category.name();
            let condition = format!("{{% {keyword} {}.plural == \"{name}\" %}}", self.count);
            text.extend([condition, form.template()]);
        }
        if text.is_empty() {
            return self.other.template();
        }
        format!("{text}{{% else %}}{}{{% endif %}}", self.other.template())
    }
}

/// A language's file, and which of its sentences were asked for.
pub(crate) struct Locale {
    pub(crate) path: PathBuf,
    pub(crate) language: String,
    pub(crate) direction: Direction,
    pub(crate) formats: Formats,
    sections: BTreeMap<String, Section>,
    used: RefCell<BTreeSet<(String, String)>>,
}

impl Locale {
    pub(crate) fn read(path: PathBuf, language: String) -> Result<Self, Fault> {
        let LocaleFile { direction, formats, shared, mails, pages } = read_yaml(&path)?;
        let named = |kind: &'static str| move |(name, section)| (format!("{kind}.{name}"), section);
        let sections = mails.into_iter().map(named("mails")).chain(pages.into_iter().map(named("pages")));
        let sections = sections.chain([("shared".to_owned(), shared)]).collect();
        Ok(Self { path, language, direction, formats, sections, used: RefCell::default() })
    }

    /// The sentence of a key, in the first section that has it.
    pub(crate) fn sentence(&self, sections: &[String], key: &str) -> Option<&Spanned<Sentence>> {
        sections.iter().find_map(|name| {
            let sentence = self.sections.get(name)?.get(key)?;
            self.used.borrow_mut().insert((name.clone(), key.to_owned()));
            Some(sentence)
        })
    }

    /// The keys that templates of these sections may use.
    pub(crate) fn keys<'a>(&'a self, sections: &'a [String]) -> impl Iterator<Item = &'a str> {
        let present = sections.iter().filter_map(|name| self.sections.get(name));
        present.flat_map(|section| section.keys().map(String::as_str))
    }

    /// Every sentence with its section and key.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&str, &str, &Spanned<Sentence>)> {
        self.sections.iter().flat_map(|(name, section)| {
            section.iter().map(move |(key, sentence)| (name.as_str(), key.as_str(), sentence))
        })
    }

    /// The sentences that nothing has asked for: a key misspelt, or a template changed.
    pub(crate) fn unused(&self) -> Vec<Fault> {
        let used = self.used.borrow();
        let is_unused = |name: &str, key: &str| !used.contains(&(name.to_owned(), key.to_owned()));
        let rest = self.sentences().filter(|(name, key, _)| is_unused(name, key));
        rest.map(|(name, key, sentence)| {
            let problem = format!("no template uses the sentence `{name}.{key}`");
            Fault::new(&self.path, problem).at(place(sentence))
        })
        .collect()
    }
}

/// Where a sentence begins.
pub(crate) fn place<T>(spanned: &Spanned<T>) -> Option<(usize, usize)> {
    let location = spanned.defined;
    (location.line() > 0).then(|| (index(location.line()), index(location.column())))
}
