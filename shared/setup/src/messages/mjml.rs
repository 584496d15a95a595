use mrml::prelude::parser::memory_loader::MemoryIncludeLoader;
use mrml::prelude::parser::{Error, Origin, ParserOptions, Span};
use mrml::prelude::render::RenderOptions;

use super::expand::{self, Constants};
use super::source::Source;
use crate::{Fault, Faults};

/// A mail's MJML as HTML, its placeholders untouched. `parts` are what `<mj-include path="parts/…"/>` can name.
pub(crate) fn html(source: &Source, parts: &[Source], constants: &Constants, faults: &mut Faults) -> String {
    let filled: Vec<(String, String)> = parts
        .iter()
        .map(|part| (format!("parts/{}", part.file_name()), expand::constants(part, constants, faults)))
        .collect();
    let template = expand::constants(source, constants, faults);
    let options = ParserOptions { include_loader: Box::new(MemoryIncludeLoader::from(filled)) };
    match mrml::parse_with_options(&template, &options) {
        Err(error) => {
            faults.push(fault(&error, source, parts, &template));
            String::new()
        }
        Ok(parsed) => {
            for warning in &parsed.warnings {
                let place = place(&template, warning.span.start);
                faults.push(Fault::new(&source.path, format!("MJML: {}", warning.kind)).at(place));
            }
            // Without fonts of its own: mails load nothing from elsewhere.
            let render = RenderOptions { fonts: std::collections::HashMap::new(), ..RenderOptions::default() };
            parsed.element.render(&render).unwrap_or_else(|error| {
                faults.push(Fault::new(&source.path, format!("MJML: {error}")));
                String::new()
            })
        }
    }
}

fn fault(error: &Error, source: &Source, parts: &[Source], template: &str) -> Fault {
    let (origin, position) = origin(error);
    let part = match origin {
        Some(Origin::Include { path }) => parts.iter().find(|part| path.ends_with(part.file_name())),
        _ => None,
    };
    let place = position.and_then(|span| match part {
        Some(part) => part.place(span.start),
        None => place(template, span.start),
    });
    let words = error.to_string();
    let problem = words.split(" in ").next().unwrap_or(&words);
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    Fault::new(&part.unwrap_or(source).path, format!("MJML: {problem}{cause}")).at(place)
}

fn origin(error: &Error) -> (Option<&Origin>, Option<Span>) {
    match error {
        Error::UnexpectedElement { origin, position }
        | Error::UnexpectedToken { origin, position }
        | Error::MissingAttribute { origin, position, .. }
        | Error::InvalidAttribute { origin, position }
        | Error::InvalidFormat { origin, position }
        | Error::IncludeLoaderError { origin, position, .. } => (Some(origin), Some(*position)),
        Error::EndOfStream { origin } | Error::SizeLimit { origin } | Error::ParserError { origin, .. } => {
            (Some(origin), None)
        }
        Error::NoRootNode => (None, None),
    }
}

fn place(template: &str, offset: usize) -> Option<(usize, usize)> {
    Source { path: std::path::PathBuf::new(), text: template.to_owned() }.place(offset)
}
