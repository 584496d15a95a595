use std::collections::HashMap;

use mrml::prelude::parser::{Error, Span};
use mrml::prelude::render::RenderOptions;

use super::expand::{self, Constants};
use super::source::Source;
use crate::{Fault, Faults};

/// A mail's MJML as HTML, its placeholders untouched. The parts are put in as text (`[[ footer.mjml ]]`): sections
/// that come by `mj-include` do not know the width they stand in.
pub(crate) fn html(source: &Source, parts: &[Source], constants: &Constants, faults: &mut Faults) -> String {
    let template = expand::parts(source, parts, constants, faults);
    for file in [source].into_iter().chain(parts) {
        unknown_elements(file, faults);
    }
    let files: Vec<&Source> = [source].into_iter().chain(parts).collect();
    let parsed = match mrml::parse(&template) {
        Ok(parsed) => parsed,
        Err(error) => {
            let cause =
                std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            let words = error.to_string();
            let problem = format!("{}{cause}", words.split(" in root").next().unwrap_or(&words));
            faults.push(fault(&files, &template, position(&error), &problem));
            return String::new();
        }
    };
    for warning in &parsed.warnings {
        faults.push(fault(&files, &template, Some(warning.span), &warning.kind.to_string()));
    }
    // Without fonts of its own: mails load nothing from elsewhere.
    let options = RenderOptions { fonts: HashMap::new(), ..RenderOptions::default() };
    parsed.element.render(&options).unwrap_or_else(|error| {
        faults.push(fault(&files, &template, None, &error.to_string()));
        String::new()
    })
}

/// What MJML 4 has and mails may use; an element that the parser does not know would go into the mail as it is.
const ELEMENTS: [&str; 24] = [
    "mj-all",
    "mj-attributes",
    "mj-body",
    "mj-breakpoint",
    "mj-button",
    "mj-class",
    "mj-column",
    "mj-divider",
    "mj-font",
    "mj-group",
    "mj-head",
    "mj-hero",
    "mj-image",
    "mj-navbar",
    "mj-navbar-link",
    "mj-preview",
    "mj-raw",
    "mj-section",
    "mj-spacer",
    "mj-style",
    "mj-table",
    "mj-text",
    "mj-title",
    "mj-wrapper",
];

fn unknown_elements(file: &Source, faults: &mut Faults) {
    for (offset, _) in file.text.match_indices("<mj-") {
        let name = file.text[offset + 1..]
            .split(|c: char| c != '-' && !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        if !ELEMENTS.contains(&name) {
            let fault = Fault::new(&file.path, format!("MJML: there is no element `{name}` for mails"));
            faults.push(fault.at(file.place(offset)).meant(name, ELEMENTS));
        }
    }
}

/// A fault in the file that the line at a position came from.
fn fault(files: &[&Source], template: &str, position: Option<Span>, problem: &str) -> Fault {
    let line = position.and_then(|span| line(template, span.start));
    let found = line.and_then(|line| files.iter().find_map(|file| Some((*file, file.find(line)?))));
    let (file, place) = found.map_or((files[0], None), |(file, place)| (file, Some(place)));
    Fault::new(&file.path, format!("MJML: {problem}")).at(place)
}

/// The line around a byte, without its indentation. A constant in it makes it unlike any line of a file; then only
/// the file is told.
fn line(template: &str, offset: usize) -> Option<&str> {
    let start = template.get(..offset)?.rfind('\n').map_or(0, |newline| newline + 1);
    template[start..].lines().next().map(str::trim).filter(|line| !line.is_empty())
}

fn position(error: &Error) -> Option<Span> {
    match error {
        Error::UnexpectedElement { position, .. }
        | Error::UnexpectedToken { position, .. }
        | Error::MissingAttribute { position, .. }
        | Error::InvalidAttribute { position, .. }
        | Error::InvalidFormat { position, .. }
        | Error::IncludeLoaderError { position, .. } => Some(*position),
        Error::EndOfStream { .. }
        | Error::SizeLimit { .. }
        | Error::ParserError { .. }
        | Error::NoRootNode => None,
    }
}
