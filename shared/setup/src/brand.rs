use std::path::Path;

use jiff::tz::TimeZone;
use rihla_messages::Brand;

use crate::yaml::place_of;
use crate::{Fault, Faults, read_yaml};

/// Reads `infra/brand.yaml`.
///
/// # Errors
/// When it cannot be read or does not hold: colours that are none, addresses without `@`, links without `https`,
/// a time zone that does not exist, or an accent that the text on it cannot be read on.
pub fn read_brand(file: &Path) -> Result<Brand, Faults> {
    let brand: Brand = read_yaml(file)?;
    let mut faults = Faults::default();
    for (words, problem) in [links(&brand), addresses(&brand), zone(&brand), colours(&brand)].concat() {
        faults.push(Fault::new(file, problem).at(place_of(file, &words)));
    }
    faults.or(brand)
}

/// The words of the file that are wrong, and what is wrong with them.
type Problem = (String, String);

fn links(brand: &Brand) -> Vec<Problem> {
    let logo = brand.logo_url.as_deref().map(|url| ("logo_url", url));
    let all = [("website", brand.website.as_str()), ("public_url", brand.public_url.as_str())];
    let bad =
        all.into_iter().chain(logo).filter(|(_, url)| !is_web(url) || url.contains(char::is_whitespace));
    bad.map(|(key, url)| (url.to_owned(), format!("`{key}` must begin with https://, not `{url}`"))).collect()
}

fn is_web(url: &str) -> bool {
    // The local stack has no certificate.
    url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost")
}

fn addresses(brand: &Brand) -> Vec<Problem> {
    let reply_to = brand.reply_to.as_ref().map(|mailbox| ("reply_to", mailbox.address.as_str()));
    let all = [("sender", brand.sender.address.as_str()), ("support_email", brand.support_email.as_str())];
    let bad = all.into_iter().chain(reply_to).filter(|(_, address)| !is_address(address));
    let problem = |key: &str, address: &str| format!("`{key}` must be an e-mail address, not `{address}`");
    bad.map(|(key, address)| (address.to_owned(), problem(key, address))).collect()
}

fn zone(brand: &Brand) -> Vec<Problem> {
    let zone = &brand.shop_zone;
    let problem = || (zone.clone(), format!("the zone `{zone}` does not exist"));
    TimeZone::get(zone).is_err().then(problem).into_iter().collect()
}

fn is_address(address: &str) -> bool {
    address.is_ascii()
        && !address.contains(|c: char| c.is_whitespace() || "<>,;\"".contains(c))
        && address.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.contains('@')
        })
}

/// WCAG 2.2, 1.4.3: text needs a contrast of 4.5 to 1.
const LEAST_CONTRAST: f64 = 4.5;

fn colours(brand: &Brand) -> Vec<Problem> {
    let colours = &brand.colours;
    let mut problems: Vec<Problem> = colours
        .named()
        .into_iter()
        .filter(|(_, colour)| luminance(colour).is_none())
        .map(|(name, colour)| {
            (format!(" {name}:"), format!("the colour `{name}` must be written as #rrggbb, not `{colour}`"))
        })
        .collect();
    for (text, ground) in PAIRS {
        let find = |name: &str| {
            colours.named().into_iter().find(|(known, _)| *known == name).map(|(_, colour)| colour)
        };
        let contrast = find(text).zip(find(ground)).and_then(|(text, ground)| contrast(text, ground));
        if let Some(contrast) = contrast.filter(|contrast| *contrast < LEAST_CONTRAST) {
            let problem =
                format!("`{text}` on `{ground}` has a contrast of {contrast:.1}, which is less than 4.5");
            problems.push((format!(" {text}:"), problem));
        }
    }
    problems
}

/// Which colours are written on which.
const PAIRS: [(&str, &str); 14] = [
    ("on_accent", "accent"),
    ("accent", "surface"),
    ("accent", "canvas"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("muted", "surface"),
    ("muted", "canvas"),
    ("dark_on_accent", "dark_accent"),
    ("dark_accent", "dark_surface"),
    ("dark_accent", "dark_canvas"),
    ("dark_ink", "dark_surface"),
    ("dark_ink", "dark_tint"),
    ("dark_muted", "dark_surface"),
    ("dark_muted", "dark_canvas"),
];

fn contrast(text: &str, ground: &str) -> Option<f64> {
    let (text, ground) = (luminance(text)?, luminance(ground)?);
    Some((text.max(ground) + 0.05) / (text.min(ground) + 0.05))
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.is_ascii())?;
    let channel = |start: usize| {
        let value = f64::from(u8::from_str_radix(&hex[start..start + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_contrast_as_wcag_does() {
        assert!((contrast("#ffffff", "#000000").unwrap() - 21.0).abs() < 0.01);
        assert!((contrast("#767676", "#ffffff").unwrap() - 4.54).abs() < 0.01);
        assert_eq!(contrast("red", "#ffffff"), None);
    }

    #[test]
    fn knows_an_address() {
        assert!(is_address("hello@sidra.example"));
        for address in
            ["hello", "@sidra.example", "a b@sidra.example", "a@b", "a@b@c.example", "سدرة@sidra.example"]
        {
            assert!(!is_address(address), "{address}");
        }
    }
}
