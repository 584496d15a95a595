//! `rihla journeys preview`: a journey's mails with made-up people, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use rihla_core::event::Purpose;
use rihla_core::journey::{Journey, Step};
use rihla_messages::{Mail, Renderer, sample};
use rihla_setup::{Setup, nearest};

use super::JourneysError;
use super::picture::take_picture;
use super::setup::setup;

/// Which mails.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct PreviewArguments {
    /// The journey
    #[arg(value_name = "NAME")]
    pub(super) journey: String,
    /// One step of it; all without it
    #[arg(long)]
    pub(super) step: Option<String>,
    /// The language and region, such as ar-EG; the shop's own without it
    #[arg(long, value_name = "LOCALE")]
    pub(super) locale: Option<String>,
    /// Where they are written to
    #[arg(long, value_name = "FOLDER", default_value = "preview")]
    pub(super) out: PathBuf,
    /// The shop's files, a folder such as infra; those that were built in without it
    #[arg(long, value_name = "INFRA")]
    pub(super) infra: Option<PathBuf>,
}

/// Writes each mail as HTML, text and picture. Gives what was written.
pub(super) fn run(arguments: &PreviewArguments) -> Result<String, JourneysError> {
    let Setup { shop, brand, catalogue } = setup(arguments.infra.as_deref())?;
    let journey = named(&shop.journeys, &arguments.journey)?;
    let steps = steps(journey, arguments.step.as_deref())?;
    let locale = arguments.locale.clone().unwrap_or_else(|| brand.default_locale.clone());
    let renderer = Renderer::new(catalogue, brand);
    fs::create_dir_all(&arguments.out).map_err(|error| JourneysError::write(&arguments.out, error))?;
    let mut written = String::new();
    for step in steps {
        for message in step.messages() {
            let context = sample::full(purpose(journey.purpose), &locale);
            let mail = renderer.compose(message, &locale, &context).map_err(JourneysError::Render)?;
            written += &write(&arguments.out, message, &mail)?;
        }
    }
    Ok(written)
}

fn named<'a>(journeys: &'a [Journey], name: &str) -> Result<&'a Journey, JourneysError> {
    let found = journeys.iter().find(|journey| journey.name == name);
    let known = || journeys.iter().map(|journey| journey.name.as_str());
    found.ok_or_else(|| unknown("journey", name, known()))
}

fn steps<'a>(journey: &'a Journey, name: Option<&str>) -> Result<Vec<&'a Step>, JourneysError> {
    let Some(name) = name else { return Ok(journey.steps.iter().collect()) };
    let known = || journey.steps.iter().map(|step| step.name.as_str());
    Ok(vec![journey.step(name).ok_or_else(|| unknown("step", name, known()))?])
}

fn unknown<'a>(
    what: &'static str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> JourneysError {
    let meant = nearest(name, known.clone()).map(|name| format!("; did you mean `{name}`?"));
    let hint = meant.unwrap_or_else(|| format!(": there are {}", known.collect::<Vec<_>>().join(", ")));
    JourneysError::Unknown { what, name: name.to_owned(), hint }
}

fn write(folder: &Path, message: &str, mail: &Mail) -> Result<String, JourneysError> {
    let place = |ending: &str| folder.join(format!("{message}.{}.{ending}", mail.locale));
    let [html, text, picture] = ["html", "txt", "png"].map(place);
    let put = |path: &Path, content: &str| {
        fs::write(path, content).map_err(|error| JourneysError::write(path, error))
    };
    put(&html, &mail.html)?;
    put(&text, &format!("{}\n\n{}\n", mail.subject, mail.text))?;
    let drawn = match take_picture(&html, &picture) {
        Ok(()) => picture.display().to_string(),
        Err(error) => format!("(no picture: {error})"),
    };
    Ok(format!("{}\n{}\n{drawn}\n", html.display(), text.display()))
}

fn purpose(purpose: Purpose) -> rihla_messages::Purpose {
    match purpose {
        Purpose::Service => rihla_messages::Purpose::Service,
        Purpose::Survey => rihla_messages::Purpose::Survey,
        Purpose::Marketing | Purpose::Newsletter => rihla_messages::Purpose::Marketing,
    }
}
