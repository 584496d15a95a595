use rihla_messages::escape_html;

use super::locale::Locale;
use super::source::Source;
use crate::{Fault, Faults};

/// What is filled in when the software is built: `[[ start ]]`, `[[ accent ]]`.
pub(crate) type Constants = Vec<(String, String)>;

/// Fills in the constants of a template.
pub(crate) fn constants(source: &Source, constants: &Constants, faults: &mut Faults) -> String {
    let mut text = String::with_capacity(source.text.len());
    let mut rest = source.text.as_str();
    while let Some((before, name, after)) = next_tag(rest, "[[", "]]") {
        text.push_str(before);
        if let Some((_, value)) = constants.iter().find(|(known, _)| known == name) {
            text.push_str(value);
        } else {
            let offset = source.text.len() - rest.len() + before.len();
            let fault = Fault::new(&source.path, format!("there is no constant `{name}`"));
            let known = constants.iter().map(|(known, _)| known.as_str());
            faults.push(fault.at(source.place(offset)).meant(name, known));
        }
        rest = after;
    }
    text + rest
}

/// Fills in a template's parts, `[[ footer.txt ]]`, and its constants.
pub(crate) fn parts(source: &Source, parts: &[Source], known: &Constants, faults: &mut Faults) -> String {
    let mut all = known.clone();
    for part in parts {
        let filled = constants(part, known, faults);
        all.push((part.file_name().to_owned(), filled));
    }
    constants(source, &all, faults)
}

/// How sentences are put into a template.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    Html,
    None,
}

/// Puts a language's sentences in the places of `{{ t.key }}`. `files` are where the template came from.
pub(crate) fn sentences(
    template: &str,
    locale: &Locale,
    sections: &[String],
    escape: Escape,
    files: &[&Source],
    faults: &mut Faults,
) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, expression, after)) = next_tag(rest, "{{", "}}") {
        text.push_str(before);
        match expression.strip_prefix("t.") {
            None => text.push_str(&rest[before.len()..rest.len() - after.len()]),
            Some(key) => match locale.sentence(sections, key) {
                Some(sentence) => text.push_str(&escaped(&sentence.value.template(), escape)),
                None => faults.push(unknown(key, locale, sections, files)),
            },
        }
        rest = after;
    }
    text + rest
}

fn unknown(key: &str, locale: &Locale, sections: &[String], files: &[&Source]) -> Fault {
    let used = format!("t.{key}");
    let found = files.iter().find_map(|file| Some((file, file.find(&used)?)));
    let (file, place) = found.map_or((files[0], None), |(file, place)| (*file, Some(place)));
    let problem = format!("`{used}` is not in {} under `{}`", locale.path.display(), sections.join("` or `"));
    Fault::new(&file.path, problem).at(place).meant(key, locale.keys(sections))
}

/// A sentence's own words made safe for HTML; its placeholders are escaped when they are filled.
fn escaped(sentence: &str, escape: Escape) -> String {
    if escape == Escape::None {
        return sentence.to_owned();
    }
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[start..].starts_with("{{") { "}}" } else { "%}" };
        let end = rest[start..].find(close).map_or(rest.len(), |end| start + end + close.len());
        push_escaped(&mut text, &rest[..start]);
        text.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    push_escaped(&mut text, rest);
    text
}

fn push_escaped(text: &mut String, words: &str) {
    escape_html(text, words).expect("a string takes every write");
}

/// The text before the next tag, what is in the tag, and the text after it.
fn next_tag<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = text.split_once(open)?;
    let (inside, after) = rest.split_once(close)?;
    Some((before, inside.trim_matches('-').trim(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_words_and_not_placeholders() {
        let sentence = "Tea & <b> {{ customer.first_name }} {% if a > b %}\"x\"{% endif %}";
        let want = "Tea &amp; &lt;b&gt; {{ customer.first_name }} {% if a > b %}&quot;x&quot;{% endif %}";
        assert_eq!(escaped(sentence, Escape::Html), want);
        assert_eq!(escaped(sentence, Escape::None), sentence);
    }
}
