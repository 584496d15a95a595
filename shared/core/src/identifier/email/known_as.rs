//! The form under which an address is known: one mailbox, one text.
//!
//! Folded is only what surely reaches one mailbox (<https://pypi.org/project/email-normalize/> gathers the rules):
//! - Gmail: dots do not count (<https://support.google.com/mail/answer/7436150>), nor what follows a plus, and
//!   `googlemail.com` is `gmail.com`.
//! - Outlook.com, iCloud, Fastmail: what follows a plus.
//! - Proton: what follows a plus (<https://proton.me/support/addresses-and-aliases>), and dots, hyphens and underscores,
//!   as its own web client compares addresses.
//!
//! Yahoo's `name-word` is not folded: its `name` need not be the name of the person's own mailbox. At all other domains a
//! plus may be part of a name.

/// How a provider reads the part before the `@`.
struct Provider {
    domains: &'static [&'static str],
    /// The domain under which the mailbox is known, where several are one.
    known_domain: Option<&'static str>,
    /// Characters that do not count.
    ignored: &'static [char],
}

#[rustfmt::skip]
const PROVIDERS: [Provider; 3] = [
    Provider { domains: &["gmail.com", "googlemail.com"], known_domain: Some("gmail.com"), ignored: &['.'] },
    Provider {
        domains: &["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
        known_domain: None,
        ignored: &['.', '-', '_'],
    },
    Provider {
        domains: &[
            "fastmail.com", "fastmail.fm", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.es", "hotmail.fr",
            "hotmail.it", "icloud.com", "live.co.uk", "live.com", "live.fr", "live.nl", "mac.com", "me.com", "msn.com",
            "outlook.com", "outlook.com.br", "outlook.de", "outlook.es", "outlook.fr", "outlook.it",
        ],
        known_domain: None,
        ignored: &[],
    },
];

/// The mailbox of the address `local@domain`, both in lower case.
pub(super) fn known_as(local: &str, domain: &str) -> String {
    let domain = in_ascii(domain);
    let Some(provider) = PROVIDERS.iter().find(|provider| provider.domains.contains(&&*domain)) else {
        return format!("{local}@{domain}");
    };
    let untagged = local.split('+').next().unwrap_or(local);
    let name = untagged.replace(provider.ignored, "");
    // A tag alone, or dots alone, is nobody's name: it stays as it was typed.
    let name = if name.is_empty() { local } else { &name };
    format!("{name}@{}", provider.known_domain.unwrap_or(&domain))
}

/// A domain's labels in letters of ASCII (RFC 5891), so that `bücher.example` and `xn--bcher-kva.example` are one. The full
/// mapping of Unicode (UTS 46) takes tables of a hundred kilobytes; what it folds beyond the case stays as it was typed.
fn in_ascii(domain: &str) -> String {
    let labels = domain.split('.').map(|label| match idna::punycode::encode_str(label) {
        Some(encoded) if !label.is_ascii() => format!("xn--{encoded}"),
        _ => label.to_owned(),
    });
    labels.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::super::Email;

    fn known_as(address: &str) -> String {
        address.parse::<Email>().unwrap().known_as()
    }

    #[test]
    fn one_mailbox_is_known_by_one_text() {
        for (typed, known) in [
            ("A.m.al+shop@GoogleMail.com", "amal@gmail.com"),
            ("amal@gmail.com", "amal@gmail.com"),
            ("amal+shop@hotmail.com", "amal@hotmail.com"),
            ("a.mal@outlook.com", "a.mal@outlook.com"),
            ("amal+a+b@icloud.com", "amal@icloud.com"),
            ("amal+shop@fastmail.com", "amal@fastmail.com"),
            ("A-m_a.l+x@proton.me", "amal@proton.me"),
            ("amal-shop@yahoo.com", "amal-shop@yahoo.com"),
            ("a.mal+shop@example.com", "a.mal+shop@example.com"),
            ("+x@gmail.com", "+x@gmail.com"),
            ("amal@Bücher.example", "amal@xn--bcher-kva.example"),
            ("amal@XN--BCHER-KVA.example", "amal@xn--bcher-kva.example"),
        ] {
            assert_eq!(known_as(typed), known, "{typed}");
        }
    }

    #[test]
    fn domains_are_written_as_the_standard_writes_them() {
        for domain in [
            "straße.example",
            "متجر.example",
            "例え.テスト",
            "فروشگاه.example",
            "ÉCOLE.example",
            "пример.example",
        ] {
            let standard = idna::domain_to_ascii(domain).unwrap();
            assert_eq!(known_as(&format!("amal@{domain}")), format!("amal@{standard}"));
        }
    }
}
