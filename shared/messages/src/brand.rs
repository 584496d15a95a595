use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Locale;

/// The shop as its customers know it; read from `infra/brand.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The shop's name.
    pub name: Localised,
    /// Where the shop is to be found by post: the law asks for it in marketing.
    pub postal_address: Localised,
    /// The shop's own website.
    pub website: String,
    /// A picture instead of the name at the head of a mail, 40 pixels high.
    #[serde(default)]
    pub logo_url: Option<String>,
    /// Who the mails come from.
    pub sender: Mailbox,
    /// Where an answer to a mail goes; the sender when absent.
    #[serde(default)]
    pub reply_to: Option<Mailbox>,
    /// Where a customer who needs a person can write to.
    pub support_email: String,
    /// The base of the links in mails; a deployment puts its own address here.
    pub public_url: String,
    /// The shop's IANA time zone, for customers whose own is unknown.
    pub shop_zone: String,
    /// The BCP 47 tag used when a customer's own is unknown or not written for.
    pub default_locale: String,
    /// The colours of mails and pages.
    #[serde(default)]
    pub colours: Colours,
}

/// The colours of mails and pages, each `#rrggbb`, for light and dark screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Colours {
    /// Buttons and links.
    pub accent: String,
    /// Text on a button.
    pub on_accent: String,
    /// Behind the card.
    pub canvas: String,
    /// The card itself.
    pub surface: String,
    /// Tiles, tables and fields on the card.
    pub tint: String,
    /// Lines between things.
    pub line: String,
    /// Headings and sentences.
    pub ink: String,
    /// What is said in passing.
    pub muted: String,
    /// [`Self::accent`] on dark screens.
    pub dark_accent: String,
    /// [`Self::on_accent`] on dark screens.
    pub dark_on_accent: String,
    /// [`Self::canvas`] on dark screens.
    pub dark_canvas: String,
    /// [`Self::surface`] on dark screens.
    pub dark_surface: String,
    /// [`Self::tint`] on dark screens.
    pub dark_tint: String,
    /// [`Self::line`] on dark screens.
    pub dark_line: String,
    /// [`Self::ink`] on dark screens.
    pub dark_ink: String,
    /// [`Self::muted`] on dark screens.
    pub dark_muted: String,
}

impl Colours {
    /// Each by the name it has in templates.
    pub fn named(&self) -> [(&'static str, &str); 16] {
        [
            ("accent", &self.accent),
            ("on_accent", &self.on_accent),
            ("canvas", &self.canvas),
            ("surface", &self.surface),
            ("tint", &self.tint),
            ("line", &self.line),
            ("ink", &self.ink),
            ("muted", &self.muted),
            ("dark_accent", &self.dark_accent),
            ("dark_on_accent", &self.dark_on_accent),
            ("dark_canvas", &self.dark_canvas),
            ("dark_surface", &self.dark_surface),
            ("dark_tint", &self.dark_tint),
            ("dark_line", &self.dark_line),
            ("dark_ink", &self.dark_ink),
            ("dark_muted", &self.dark_muted),
        ]
    }
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            accent: "#0f5f55".into(),
            on_accent: "#ffffff".into(),
            canvas: "#f4f1ec".into(),
            surface: "#ffffff".into(),
            tint: "#f3f7f5".into(),
            line: "#dde5e1".into(),
            ink: "#1d2a27".into(),
            muted: "#5a6864".into(),
            dark_accent: "#7fd1c1".into(),
            dark_on_accent: "#08211d".into(),
            dark_canvas: "#10161a".into(),
            dark_surface: "#182126".into(),
            dark_tint: "#212d33".into(),
            dark_line: "#34434a".into(),
            dark_ink: "#eef3f1".into(),
            dark_muted: "#a9b7b2".into(),
        }
    }
}

/// A name and an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The name shown beside the address.
    #[serde(default)]
    pub name: Option<Localised>,
    /// The address, `local@domain`.
    pub address: String,
}

/// Words that are one for all, or one for each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Localised {
    /// The same in every language.
    Same(String),
    /// By language (`ar`) or by full tag (`ar-MA`).
    Each(BTreeMap<String, String>),
}

impl Localised {
    /// The words for a locale, else for the fallback, else any.
    pub fn get(&self, locale: &Locale, fallback: &Locale) -> &str {
        match self {
            Self::Same(words) => words,
            Self::Each(map) => {
                [locale.tag(), locale.language.clone(), fallback.tag(), fallback.language.clone()]
                    .iter()
                    .find_map(|key| map.get(key))
                    .or_else(|| map.values().next())
                    .map_or("", String::as_str)
            }
        }
    }
}
