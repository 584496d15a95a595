//! Writes every mail and page with made-up people into a folder, to be looked at:
//! `cargo run -p rihla-messages --example preview -- OUT_FOLDER`

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rihla_messages::{Correspondent, Envelope, Given, Page, Purpose, Question, Renderer, sample, to_mime};

const LOCALES: [&str; 3] = ["en-GB", "ar-EG", "ar-MA"];

fn main() -> ExitCode {
    match preview() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn preview() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: preview OUT_FOLDER")?);
    fs::create_dir_all(&folder)?;
    let infra = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra");
    let brand = rihla_setup::read_brand(&infra.join("brand.yaml"))?;
    let catalogue = rihla_setup::read_messages(&infra.join("messages"), &brand)?;
    println!("{} bytes of catalogue as JSON", serde_json::to_vec(&catalogue)?.len());
    let renderer = Renderer::new(catalogue, brand);
    for locale in LOCALES {
        mails(&renderer, locale, &folder)?;
        pages(&renderer, locale, &folder)?;
    }
    Ok(())
}

fn mails(renderer: &Renderer, locale: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    for name in renderer.catalogue().mails() {
        let purpose = purpose(renderer, name);
        let context = sample::full(purpose, locale);
        let mail = renderer.compose(name, locale, &context)?;
        let link = context.links.unsubscribe.filter(|_| purpose == Purpose::Marketing);
        let envelope = Envelope {
            to: Correspondent { name: context.first_name, address: "customer@mail.example".to_owned() },
            message_id: format!("{name}.{locale}@care.sidra.example"),
            sent_at: 1_773_133_200,
            list_unsubscribe: link,
        };
        fs::write(folder.join(format!("{name}.{locale}.html")), &mail.html)?;
        fs::write(folder.join(format!("{name}.{locale}.txt")), format!("{}\n\n{}", mail.subject, mail.text))?;
        fs::write(folder.join(format!("{name}.{locale}.eml")), to_mime(&mail, &envelope)?)?;
    }
    Ok(())
}

const SERVICE: [&str; 4] = ["thank-you", "delay-notice", "delivery-attempt", "ready-for-pickup"];

/// As the shop's own journeys have it.
fn purpose(renderer: &Renderer, mail: &str) -> Purpose {
    if SERVICE.contains(&mail) {
        return Purpose::Service;
    }
    match renderer.catalogue().questions.get(mail) {
        Some(Question::Rating | Question::Scale) => Purpose::Survey,
        Some(Question::Choice(_)) | None => Purpose::Marketing,
    }
}

fn pages(renderer: &Renderer, locale: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let question = |(survey, question): (&String, &Question)| Page::Question {
        survey: survey.clone(),
        question: question.clone(),
        given: Given { score: Some(4), choice: Some("price".to_owned()) },
    };
    let questions = renderer.catalogue().questions.iter().map(question);
    for page in questions.chain(Page::PLAIN) {
        let html = renderer.page(&page, locale, &sample::page(locale))?;
        let name = page.template().replace('/', "-").replace(".html", "");
        fs::write(folder.join(format!("{name}.{locale}.html")), html)?;
    }
    Ok(())
}
