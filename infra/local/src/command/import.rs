//! `rihla import`: what a former system exported, taken over as history. Nothing is sent for it.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rihla_core::instant::Instant;
use rihla_core::shop::Shop;
use rihla_core::source::SourceId;
use rihla_import::{Kind, Rules};
use serde::Serialize;

use super::account::{AccountFolder, start};
use super::{CommandError, Place, progress};
use crate::aws::Clock;
use crate::import::{Counts, ImportError, Plan, bodies, send, write_report};

/// What is imported, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportArguments {
    /// Files in CSV or JSON Lines, gzipped or not
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The source of infra/sources.yaml that goes on telling of these orders and customers
    #[arg(long, value_name = "NAME")]
    pub source: SourceId,
    /// Only say what would be taken, and what not
    #[arg(long)]
    pub dry_run: bool,
    /// What the files hold, where their columns do not tell: customers, orders or endpoints
    #[arg(long, value_name = "KIND")]
    pub format: Option<Kind>,
    /// When the export was made; the newest time that it tells where this is not said
    #[arg(long, value_name = "TIME")]
    pub exported_at: Option<Instant>,
    /// The zone of times that name none, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub zone: String,
    /// How those agreed who have not opted out (Pinpoint's NONE); without it that is no consent
    #[arg(long, value_name = "WORDING")]
    pub opted_in: Option<String>,
    /// Write the messages for the inbox queue on AWS into this folder, and import nothing here
    #[arg(long, value_name = "FOLDER")]
    pub to_folder: Option<PathBuf>,
    /// Where to write what was not taken; in the folder of everything else where this is not said
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long)]
    pub json: bool,
    /// The account to import into
    #[arg(long, default_value = "live")]
    pub account: String,
    /// Where it is kept
    #[command(flatten)]
    pub place: Place,
}

/// What came of it.
#[derive(Debug, Serialize)]
struct Outcome {
    #[serde(flatten)]
    counts: Counts,
    exported_at: Instant,
    deliveries: usize,
    imported: bool,
    set_aside: usize,
    report: PathBuf,
}

/// Reads the files, says what is in them, and imports that unless it is a dry run.
pub async fn run(arguments: &ImportArguments) -> Result<(), CommandError> {
    let shop = rihla_infra::shop();
    check_source(&shop, &arguments.source)?;
    let plan = Plan::read(&arguments.files, &rules(arguments)?, arguments.exported_at)?;
    let report =
        arguments.report.clone().unwrap_or_else(|| arguments.place.folder.join("import-left-out.csv"));
    report.parent().map_or(Ok(()), fs::create_dir_all)?;
    write_report(&plan, &report)?;
    let bodies = bodies(&plan, &arguments.source);
    let mut outcome = Outcome {
        counts: Counts::of(&plan),
        exported_at: plan.exported_at,
        deliveries: bodies.len(),
        imported: !arguments.dry_run,
        set_aside: 0,
        report,
    };
    if !arguments.json {
        println!("{}", in_words(&outcome));
    }
    match &arguments.to_folder {
        _ if arguments.dry_run => {}
        Some(folder) => write_messages(folder, &bodies)?,
        None => outcome.set_aside = import(arguments, shop, &bodies).await?,
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&outcome)?);
    }
    match outcome.set_aside {
        0 => Ok(()),
        count => Err(format!("{count} deliveries were set aside: see the inbox's dead-letter queue").into()),
    }
}

fn check_source(shop: &Shop, source: &SourceId) -> Result<(), ImportError> {
    if shop.source(source.as_str()).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = shop.sources.iter().map(|source| source.name.as_str()).collect();
    Err(ImportError::NoSource { name: source.to_string(), known: known.join(", ") })
}

fn rules(arguments: &ImportArguments) -> Result<Rules, CommandError> {
    let latest = arguments.exported_at.unwrap_or_else(|| Clock::wall().now().into());
    let zone = TimeZone::get(&arguments.zone)?;
    Ok(Rules { kind: arguments.format, zone, latest, opted_in: arguments.opted_in.clone() })
}

async fn import(arguments: &ImportArguments, shop: Shop, bodies: &[String]) -> Result<usize, CommandError> {
    let folder = AccountFolder::new(&arguments.place.folder, &arguments.account, false)?;
    let stack = start(folder.on_wall_clock()?, shop, arguments.place.port).await?;
    let bar = progress::bar(bodies.len(), "deliveries");
    let set_aside = send(&stack, bodies, |done| bar.inc(done as u64)).await?;
    bar.finish();
    Ok(set_aside)
}

/// One file for each request to the queue (`docs/importing.md` has the command that sends them), as `send-message-batch`
/// takes its entries.
fn write_messages(folder: &Path, bodies: &[String]) -> Result<(), CommandError> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Entry {
        id: String,
        message_body: String,
    }
    fs::create_dir_all(folder)?;
    // What another import left there would be sent with this one.
    if fs::read_dir(folder)?.next().is_some() {
        return Err(format!("{} is not empty", folder.display()).into());
    }
    for (number, bodies) in bodies.chunks(rihla_aws::queue::BATCH).enumerate() {
        let entry =
            |(index, body): (usize, &String)| Entry { id: index.to_string(), message_body: body.clone() };
        let entries: Vec<Entry> = bodies.iter().enumerate().map(entry).collect();
        fs::write(folder.join(format!("{number:06}.json")), serde_json::to_vec(&entries)?)?;
    }
    Ok(())
}

fn in_words(outcome: &Outcome) -> String {
    let Counts { lines, lines_left_out, values_left_out, customers, orders, events, .. } = &outcome.counts;
    let Counts { consents_granted, consents_withdrawn, reasons, .. } = &outcome.counts;
    let mut text = vec![
        format!(
            "{lines} lines: {orders} orders, {customers} customers, {events} events in {} deliveries",
            outcome.deliveries
        ),
        format!("consent: {consents_granted} given, {consents_withdrawn} withdrawn"),
        format!("history until {}: nothing is sent for it", outcome.exported_at),
        format!(
            "not taken: {lines_left_out} lines, {values_left_out} values (all in {})",
            outcome.report.display()
        ),
    ];
    text.extend(reasons.iter().take(12).map(|(reason, count)| format!("{count:>8}  {reason}")));
    text.join("\n")
}
