//! Sets of records of which it is known who is who.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rihla_core::event::Person;
use rihla_core::identifier::CustomerId;
use rihla_core::source::SourceId;

use crate::replay::{ReplayError, table};

/// What a source tells of a person, and who it is in truth.
#[derive(Clone, Debug)]
pub struct Record {
    /// The record.
    pub id: CustomerId,
    /// Who tells it.
    pub source: SourceId,
    /// What is told.
    pub person: Person,
    /// Who it is.
    pub truth: String,
}

/// Why a set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file is no table.
    #[error(transparent)]
    Table(#[from] ReplayError),
    /// A table whose columns tell nobody's truth.
    #[error("{}: has none of the columns person_id, rec_id and True Id, which tell who is who", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
    },
}

type Row = BTreeMap<String, String>;

/// The records of all files together.
pub fn read(files: &[PathBuf]) -> Result<Vec<Record>, IdentityError> {
    let tables: Result<Vec<Vec<Record>>, IdentityError> = files.iter().map(|file| read_table(file)).collect();
    Ok(tables?.concat())
}

fn read_table(path: &Path) -> Result<Vec<Record>, IdentityError> {
    let rows: Vec<Row> = table::rows_of(path)?;
    let records = rows.iter().map(record).collect::<Option<Vec<_>>>();
    records.ok_or_else(|| IdentityError::Unknown { path: path.to_owned() })
}

fn record(row: &Row) -> Option<Record> {
    alias(row).or_else(|| generated(row)).or_else(|| site(row))
}

/// A name and an address that somebody wrote under.
fn alias(row: &Row) -> Option<Record> {
    let person = Person {
        email: row.get("email")?.parse().ok(),
        first_name: row.get("name").cloned(),
        ..Person::default()
    };
    Some(told("aliases", row.get("record_id")?, person, row.get("person_id")?))
}

/// A record of FEBRL: the number in its id is the person's. Its number of social security is an id that its register gave to
/// one person, as a shop gives its customers ids; names, addresses and birthdays are nobody's alone.
fn generated(row: &Row) -> Option<Record> {
    let id = row.get("rec_id")?;
    let person = Person {
        customer: text(row, "soc_sec_id"),
        first_name: text(row, "given_name"),
        last_name: text(row, "surname"),
        ..Person::default()
    };
    Some(told("register", id, person, id.split('-').nth(1)?))
}

/// A site of a list that has no ids of its own: what it tells by name, address and phone, to the letter, is one record
/// however often it is told. Across lists nothing but a phone is shared, and many sites have one.
fn site(row: &Row) -> Option<Record> {
    let truth = row.get("True Id")?;
    let told_by = ["Source", "Site name", "Address", "Phone"].map(|column| text(row, column));
    let customer = told_by.into_iter().collect::<Option<Vec<String>>>().map(|parts| parts.join("\n"));
    let person = Person { customer, first_name: text(row, "Site name"), ..Person::default() };
    Some(told("sites", row.get("Id")?, person, truth))
}

fn told(source: &'static str, id: &str, person: Person, truth: &str) -> Record {
    Record {
        id: CustomerId::from_text(id.trim()),
        source: SourceId::from_static(source),
        person,
        truth: truth.trim().to_owned(),
    }
}

fn text(row: &Row, column: &str) -> Option<String> {
    row.get(column).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
