//! How long a mail takes: `cargo run --release -p rihla-messages --example render_time`

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use rihla_messages::{Correspondent, Envelope, Purpose, Renderer, sample, to_mime};

const ROUNDS: u32 = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    let infra = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra");
    let brand = rihla_setup::read_brand(&infra.join("brand.yaml"))?;
    let catalogue = rihla_setup::read_messages(&infra.join("messages"), &brand)?;
    let json = serde_json::to_string(&catalogue)?;
    let (milliseconds, catalogue) = timed(|| serde_json::from_str(&json));
    println!("catalogue: {} bytes of JSON, read in {milliseconds:.3} ms", json.len());
    let (milliseconds, renderer) = timed(|| Renderer::new(catalogue.expect("it was just written"), brand));
    println!("renderer: made in {milliseconds:.3} ms");
    let names: Vec<String> = renderer.catalogue().mails().map(str::to_owned).collect();
    for name in &names {
        for locale in ["en-GB", "ar-EG"] {
            mail(&renderer, name, locale);
        }
    }
    Ok(())
}

fn mail(renderer: &Renderer, name: &str, locale: &str) {
    let context = sample::full(Purpose::Marketing, locale);
    let envelope = Envelope {
        to: Correspondent { name: None, address: "customer@mail.example".to_owned() },
        message_id: "1@care.sidra.example".to_owned(),
        sent_at: 0,
        list_unsubscribe: context.links.unsubscribe.clone(),
    };
    let compose = || renderer.compose(name, locale, &context).expect("the sample has all that a mail needs");
    let (first, mail) = timed(compose);
    let (all, ()) = timed(|| (0..ROUNDS).for_each(|_| drop(black_box(compose()))));
    let build = || to_mime(&mail, &envelope).expect("the sample can be addressed");
    let (mime, ()) = timed(|| (0..ROUNDS).for_each(|_| drop(black_box(build()))));
    let [all, mime] = [all, mime].map(|total| total / f64::from(ROUNDS));
    let size = build().len();
    println!("{name} {locale}: first {first:.3} ms, then {all:.3} ms + MIME {mime:.3} ms, {size} bytes");
}

#[expect(clippy::disallowed_methods, reason = "this program measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed().as_secs_f64() * 1_000.0, value)
}
