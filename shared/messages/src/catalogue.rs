use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Formats, Locale, Question};

/// Everything that can be said, in every language it is written in: made at build time, embedded in the functions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// By language subtag.
    pub languages: BTreeMap<String, Language>,
    /// The pages' one stylesheet as a CSP source: `sha256-…`.
    pub style_hash: String,
    /// How the questions of the mails that ask one are answered, by the mail's name.
    pub questions: BTreeMap<String, Question>,
}

/// One language: its templates with the sentences already in them, and how it writes numbers and dates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// Which way it is written.
    pub direction: Direction,
    /// Digits, dates and money, by region where they differ.
    pub formats: Formats,
    /// By name: `delivery-check.html`, `.txt`, `.subject`; `page/thanks.html`.
    pub templates: BTreeMap<String, String>,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Catalogue {
    /// The mails' names, as journeys name them.
    pub fn mails(&self) -> impl Iterator<Item = &str> {
        let templates = self.languages.values().next().map(|language| language.templates.keys());
        templates.into_iter().flatten().filter_map(|name| name.strip_suffix(".subject"))
    }

    /// The locale itself if its language is written for, with the default's region where it names none and the
    /// language is the same; else the default; else any. With its language.
    pub(crate) fn choose<'a>(&'a self, wanted: &Locale, default: &Locale) -> Option<(Locale, &'a Language)> {
        let of =
            |locale: &Locale| self.languages.get(&locale.language).map(|language| (locale.clone(), language));
        let wanted =
            if wanted.region.is_none() && wanted.language == default.language { default } else { wanted };
        of(wanted).or_else(|| of(default)).or_else(|| {
            let (name, language) = self.languages.first_key_value()?;
            Some((Locale { language: name.clone(), region: None }, language))
        })
    }
}
