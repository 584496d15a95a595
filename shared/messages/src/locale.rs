/// A language with, where known, the region whose digits, dates and money are used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale {
    /// The language subtag in lower case: `ar`.
    pub language: String,
    /// The region subtag in upper case: `EG`.
    pub region: Option<String>,
}

impl Locale {
    /// Reads a BCP 47 tag, or what shops write instead (`ar_EG`, `AR-eg`, `ar-Arab-EG.UTF-8`). Never fails: what
    /// cannot be a language becomes `und`, which no catalogue has, so that the shop's default is used.
    pub fn parse(tag: &str) -> Self {
        let mut parts = tag.trim().split(['-', '_', '.', '@']);
        let language = parts
            .next()
            .filter(|part| {
                (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
            })
            .map_or_else(|| "und".to_owned(), str::to_ascii_lowercase);
        let region = parts
            // What follows a single letter is an extension: `u-nu-latn`.
            .take_while(|part| part.len() > 1)
            .find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .map(str::to_ascii_uppercase);
        Self { language, region }
    }

    /// The tag again: `ar-EG`.
    pub fn tag(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{region}", self.language),
            None => self.language.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn reads_what_shops_write() {
        for (given, want) in [
            ("ar-EG", "ar-EG"),
            ("ar_eg", "ar-EG"),
            ("AR", "ar"),
            ("ar-Arab-EG", "ar-EG"),
            ("en-US.UTF-8", "en-US"),
            ("zh-Hant-TW", "zh-TW"),
            ("en-u-nu-latn", "en"),
            ("", "und"),
            ("العربية", "und"),
            ("english", "und"),
        ] {
            assert_eq!(Locale::parse(given).tag(), want, "{given}");
        }
    }
}
