//! What is wrong in the shop's files is told with its file, line and what was probably meant.

use std::fs;
use std::path::{Path, PathBuf};

use rihla_setup::{read_brand, read_messages};

/// A copy of the shop's own files that a test may spoil.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("rihla-setup-{}-{name}", std::process::id()));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra/messages"), &folder.join("messages"));
        let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra/brand.yaml");
        fs::copy(brand, folder.join("brand.yaml")).expect("the shop's files can be copied");
        Self(folder)
    }

    /// With the first occurrence of some words in a file replaced by others.
    fn with(self, file: &str, words: &str, others: &str) -> Self {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("the shop's files can be copied");
        assert!(text.contains(words), "{file} holds {words}");
        fs::write(path, text.replacen(words, others, 1)).expect("the shop's files can be copied");
        self
    }

    /// Everything that is wrong, with paths from the shop's folder.
    fn faults(&self) -> String {
        let read = read_brand(&self.0.join("brand.yaml"))
            .and_then(|brand| read_messages(&self.0.join("messages"), &brand).map(|_| ()));
        let text = read.map_or_else(|faults| faults.to_string(), |()| String::new());
        text.replace(&format!("{}/", self.0.display()), "")
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // A folder left behind in the temporary directory is no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the shop's files can be copied");
    for entry in fs::read_dir(from).expect("the shop's files can be copied") {
        let entry = entry.expect("the shop's files can be copied");
        if entry.file_type().expect("the shop's files can be copied").is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("the shop's files can be copied");
        }
    }
}

#[test]
fn the_shops_own_files_are_right() {
    assert_eq!(Shop::new("right").faults(), "");
}

#[test]
fn a_sentence_that_a_template_misspells() {
    let shop =
        Shop::new("sentence").with("messages/delivery-check.mjml", "{{ t.heading }}", "{{ t.haeding }}");
    let want = "messages/delivery-check.mjml:11:25: `t.haeding` is not in messages/locales/ar.yaml under \
                `mails.delivery-check` or `shared`; did you mean `heading`?";
    assert_eq!(shop.faults().lines().next(), Some(want));
}

#[test]
fn a_placeholder_that_a_template_misspells() {
    let shop = Shop::new("placeholder").with(
        "messages/parts/order.txt",
        "{% if order.total %}",
        "{% if order.totl %}",
    );
    let want = "messages/parts/order.txt:4:18: messages have no `order.totl`; did you mean `order.total`?";
    assert!(shop.faults().lines().any(|line| line == want), "{}", shop.faults());
}

#[test]
fn a_placeholder_inside_a_loop() {
    let shop = Shop::new("loop").with("messages/parts/items.mjml", "{{ item.title }}", "{{ item.titel }}");
    assert!(shop.faults().contains("messages/parts/items.mjml:7:110: `item.titel`"), "{}", shop.faults());
}

#[test]
fn a_placeholder_that_a_sentence_misspells() {
    let shop = Shop::new("in-sentence").with(
        "messages/locales/en.yaml",
        "Your order {{ order.number }}",
        "Your order {{ order.nubmer }}",
    );
    let want = "messages/locales/en.yaml:48:18: `shared.order_heading` names `order.nubmer`, which messages do not \
                have; did you mean `order.number`?";
    assert_eq!(shop.faults().lines().next(), Some(want));
}

#[test]
fn a_sentence_missing_in_one_language() {
    let shop = Shop::new("missing").with("messages/locales/ar.yaml", "  view: التفاصيل\n", "");
    assert!(shop.faults().contains("`t.view` is not in messages/locales/ar.yaml"), "{}", shop.faults());
    assert!(!shop.faults().contains("en.yaml"), "{}", shop.faults());
}

#[test]
fn a_sentence_that_nothing_uses() {
    let shop = Shop::new("unused").with(
        "messages/locales/en.yaml",
        "  view: See it\n",
        "  view: See it\n  veiw: See it\n",
    );
    assert_eq!(shop.faults(), "messages/locales/en.yaml:55:9: no template uses the sentence `shared.veiw`");
}

#[test]
fn a_plural_form_that_the_language_needs() {
    let shop = Shop::new("plural").with("messages/locales/ar.yaml", "    two: ومنتجان آخران\n", "");
    assert!(shop.faults().contains("`shared.more_lines` lacks the plural form `two`"), "{}", shop.faults());
}

#[test]
fn a_name_that_is_none_of_the_forms() {
    let shop =
        Shop::new("forms").with("messages/locales/en.yaml", "    one: and one more", "    won: and one more");
    assert!(shop.faults().starts_with("messages/locales/en.yaml:"), "{}", shop.faults());
    assert!(shop.faults().contains("a sentence, or {count, one, other, …}"), "{}", shop.faults());
}

#[test]
fn mjml_that_is_not() {
    let shop = Shop::new("mjml").with("messages/ease-survey.mjml", "<mj-column>", "<mj-colum>");
    let want = "messages/ease-survey.mjml:10:7: MJML: there is no element `mj-colum` for mails; did you mean `mj-column`?";
    assert_eq!(shop.faults().lines().next(), Some(want));
    let shop = Shop::new("unclosed").with("messages/ease-survey.mjml", "</mj-column>", "");
    assert!(shop.faults().starts_with("messages/ease-survey.mjml:"), "{}", shop.faults());
    assert!(shop.faults().contains("MJML: unexpected"), "{}", shop.faults());
}

#[test]
fn a_template_that_is_not() {
    let shop = Shop::new("syntax").with("messages/parts/footer.txt", "{% endif %}", "{% endfi %}");
    assert!(shop.faults().contains("messages/parts/footer.txt:"), "{}", shop.faults());
    assert!(shop.faults().contains("syntax error"), "{}", shop.faults());
}

#[test]
fn a_constant_that_is_not_there() {
    let shop = Shop::new("constant").with("messages/parts/header.mjml", "[[ accent ]]", "[[ acent ]]");
    let want = "messages/parts/header.mjml:9:50: there is no constant `acent`; did you mean `accent`?";
    assert!(shop.faults().contains(want), "{}", shop.faults());
}

#[test]
fn a_mail_without_its_text() {
    let shop = Shop::new("no-text");
    fs::remove_file(shop.0.join("messages/ease-survey.txt")).unwrap();
    assert!(shop.faults().starts_with("messages/ease-survey.txt: cannot be read: "), "{}", shop.faults());
}

#[test]
fn yaml_that_is_not() {
    let shop = Shop::new("yaml").with("messages/locales/ar.yaml", "shared:\n", "shared: [\n");
    assert!(shop.faults().starts_with("messages/locales/ar.yaml:"), "{}", shop.faults());
}

#[test]
fn a_default_language_that_is_not_written() {
    let shop = Shop::new("default").with("brand.yaml", "default_locale: en-GB", "default_locale: fr-FR");
    assert_eq!(
        shop.faults(),
        "messages/locales/fr.yaml: is not there, but the brand's default locale needs it"
    );
}

#[test]
fn a_brand_that_does_not_hold() {
    let shop = Shop::new("brand")
        .with("brand.yaml", "accent: \"#0f5f55\"", "accent: \"#cccccc\"")
        .with("brand.yaml", "ink: \"#1d2a27\"", "ink: black")
        .with("brand.yaml", "public_url: https", "public_url: ftp")
        .with("brand.yaml", "address: hello@", "address: hello at ");
    let faults = shop.faults();
    for want in [
        "brand.yaml:30:3: `on_accent` on `accent` has a contrast of 1.6, which is less than 4.5",
        "brand.yaml:35:3: the colour `ink` must be written as #rrggbb, not `black`",
        "brand.yaml:21:13: `public_url` must begin with https://, not `ftp://care.sidra.example`",
        "brand.yaml:15:12: `sender` must be an e-mail address, not `hello at sidra.example`",
    ] {
        assert!(faults.lines().any(|line| line == want), "{want} in\n{faults}");
    }
}

#[test]
fn a_brand_with_an_unknown_key() {
    let shop = Shop::new("key").with("brand.yaml", "website:", "wesbite:");
    assert!(shop.faults().starts_with("brand.yaml:8:1: unknown field `wesbite`"), "{}", shop.faults());
}
