use minijinja::{Environment, Value};

use super::locale::{Locale, place};
use super::source::Source;
use crate::{Fault, Faults};

/// Checks that a template is one, and that the names in it are names of the context.
pub(crate) fn template(source: &Source, schema: &Value, faults: &mut Faults) {
    let environment = rihla_messages::environment();
    match names(&environment, source.file_name(), &source.text) {
        Err(error) => {
            faults.push(Fault::new(&source.path, message(&error)).at(error.line().map(|line| (line, 1))));
        }
        Ok(names) => {
            for name in names.iter().filter(|name| !name.starts_with("t.") && !knows(schema, name)) {
                faults.push(unknown(source, name, schema).at(source.find(name)));
            }
        }
    }
}

/// Checks the sentences of a language in the same way, and that each has the plural forms the language needs.
pub(crate) fn sentences(locale: &Locale, schemas: [(&str, &Value); 2], faults: &mut Faults) {
    let environment = rihla_messages::environment();
    let plural = rihla_messages::Plural::of(&locale.language);
    for (section, key, sentence) in locale.sentences() {
        let fault = |problem: String| Fault::new(&locale.path, problem).at(place(sentence));
        let missing = sentence.value.missing_forms(plural);
        if !missing.is_empty() {
            let forms = missing.join("`, `");
            faults.push(fault(format!("`{section}.{key}` lacks the plural form `{forms}` of this language")));
        }
        match names(&environment, key, &sentence.value.template()) {
            Err(error) => faults.push(fault(format!("`{section}.{key}`: {}", message(&error)))),
            Ok(names) => {
                let schemas: Vec<&Value> = schemas
                    .iter()
                    .filter(|(kind, _)| section == "shared" || section.starts_with(kind))
                    .map(|s| s.1)
                    .collect();
                for name in names.iter().filter(|name| !schemas.iter().any(|schema| knows(schema, name))) {
                    let known = schemas.iter().flat_map(|schema| paths(schema)).collect::<Vec<_>>();
                    let problem = format!("`{section}.{key}` names `{name}`, which messages do not have");
                    faults.push(fault(problem).meant(name, known.iter().map(String::as_str)));
                }
            }
        }
    }
}

/// Renders a finished template with made-up people: what the other checks cannot see fails here.
pub(crate) fn trial(name: &str, template: &str, views: &[Value], files: &[&Source], faults: &mut Faults) {
    let environment = rihla_messages::environment();
    for view in views {
        if let Err(error) = environment.render_named_str(name, template, view.clone()) {
            let culprit = error.range().and_then(|range| template.get(range)).unwrap_or_default();
            let found = files.iter().find_map(|file| Some((file, file.find(culprit)?)));
            let (file, place) = found.map_or((files[0], None), |(file, place)| (*file, Some(place)));
            faults.push(Fault::new(&file.path, format!("`{culprit}`: {}", message(&error))).at(place));
            return;
        }
    }
}

fn names(environment: &Environment, name: &str, text: &str) -> Result<Vec<String>, minijinja::Error> {
    let template = environment.template_from_named_str(name, text)?;
    let mut names: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    names.sort();
    Ok(names)
}

fn unknown(source: &Source, name: &str, schema: &Value) -> Fault {
    let known = paths(schema);
    Fault::new(&source.path, format!("messages have no `{name}`"))
        .meant(name, known.iter().map(String::as_str))
}

fn knows(schema: &Value, path: &str) -> bool {
    let mut value = schema.clone();
    for part in path.split('.') {
        match value.get_attr(part) {
            Ok(next) if !next.is_undefined() => value = next,
            _ => return false,
        }
    }
    true
}

/// Every name a template can use: `order`, `order.number`.
fn paths(schema: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for key in schema.try_iter().into_iter().flatten() {
        let name = key.to_string();
        let Ok(value) = schema.get_attr(&name) else { continue };
        if value.kind() == minijinja::value::ValueKind::Map {
            all.extend(paths(&value).into_iter().map(|inner| format!("{name}.{inner}")));
        }
        all.push(name);
    }
    all
}

/// The engine's words in one line.
fn message(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}
