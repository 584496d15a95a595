//! `rihla why`: what was decided on each follow-up of a customer, by which guard, from what it saw, under which version.

mod customer;
mod decided;

use std::process::ExitCode;

use crate::command::account::AccountFolder;
use crate::command::{CommandError, Place};
use crate::desk::Stored;

pub use decided::{Decided, Seen};

/// Of whom, and which follow-up.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 told, 1 nobody and nothing of that name, or no account")]
pub struct WhyArguments {
    /// An e-mail address, an order (its number, or source#order) or a customer id
    pub customer: String,
    /// A follow-up's key or its journey's name; all of the customer's without it
    pub follow_up: Option<String>,
    /// Print one JSON array on standard output
    #[arg(long)]
    pub json: bool,
    /// The account: live of `rihla serve`, sample of `rihla`, replay; the first that knows the customer without it
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// Where the accounts are kept
    #[command(flatten)]
    pub place: Place,
}

const ACCOUNTS: [&str; 3] = ["live", "sample", "replay"];

/// Looks it up, and prints.
pub fn run(arguments: &WhyArguments) -> ExitCode {
    match found(arguments) {
        Ok(decided) if arguments.json => {
            println!("{}", serde_json::to_string_pretty(&decided).expect("a ledger is plain data"));
            ExitCode::SUCCESS
        }
        Ok(decided) => {
            print!("{}", decided.iter().map(ToString::to_string).collect::<String>());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("rihla: {error}");
            ExitCode::FAILURE
        }
    }
}

fn found(arguments: &WhyArguments) -> Result<Vec<Decided>, CommandError> {
    let asked = arguments.account.as_deref();
    let names = ACCOUNTS
        .into_iter()
        .filter(|name| asked.is_none_or(|asked| asked == *name))
        .chain(asked.filter(|asked| !ACCOUNTS.contains(asked)));
    let folder = &arguments.place.folder;
    let there: Vec<&str> = names.filter(|name| folder.join(name).is_dir()).collect();
    if there.is_empty() {
        return Err(format!("{} has no account: run `rihla` or `rihla serve` first", folder.display()).into());
    }
    for name in there {
        let items = Stored::all(&AccountFolder::new(folder, name, false)?.on_wall_clock()?);
        if let Some(person) = customer::person(&items, &arguments.customer) {
            return of(&items, &person, arguments.follow_up.as_deref());
        }
    }
    Err(format!("nobody is known by {:?}", arguments.customer).into())
}

fn of(
    items: &[Stored],
    person: &customer::Person,
    wanted: Option<&str>,
) -> Result<Vec<Decided>, CommandError> {
    let mut decided = Decided::all(items, person);
    decided.retain(|one| wanted.is_none_or(|wanted| one.key.as_str() == wanted || one.journey == wanted));
    match wanted {
        Some(wanted) if decided.is_empty() => Err(format!("nothing was decided on {wanted:?} yet").into()),
        _ => Ok(decided),
    }
}
