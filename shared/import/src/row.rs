use rihla_core::instant::Instant;

use crate::{Refusal, Rules, time};

/// One line of a table: the values that are not empty, under their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line of the file, from 1.
    pub(crate) line: u64,
    cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    /// The column's name in small letters and digits alone: `Accepts Email Marketing` is `acceptsemailmarketing`.
    plain: String,
    name: String,
    value: String,
}

/// A value that was found, with its column as the file names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) column: &'a str,
    pub(crate) text: &'a str,
}

/// What is left of a name or a word without its writing: small letters and digits.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Row {
    /// A line of a file, with nothing in it yet.
    pub(crate) fn at(line: u64) -> Self {
        Self { line, cells: Vec::new() }
    }

    /// Puts a value under a column. Spreadsheets are kept from reading a number into it by a `'`: it goes.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let value = value.strip_prefix('\'').unwrap_or(value);
        if !value.is_empty() {
            self.cells.push(Cell {
                plain: plain(name),
                name: name.trim().to_owned(),
                value: value.to_owned(),
            });
        }
    }

    /// The names of its columns.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.name.as_str())
    }

    /// Whether there is something under one of these columns.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        self.find(names).is_some()
    }

    /// What stands under the first of these columns that has something.
    pub(crate) fn find(&self, names: &[&str]) -> Option<Found<'_>> {
        names.iter().find_map(|name| self.cells.iter().find(|cell| cell.plain == *name)).map(Cell::found)
    }

    /// The text under the first of these columns.
    pub(crate) fn text(&self, names: &[&str]) -> Option<String> {
        self.find(names).map(|found| found.text.to_owned())
    }

    /// What stands under columns whose names begin so, with the rest of the name.
    pub(crate) fn beginning(&self, start: &str) -> impl Iterator<Item = (&str, Found<'_>)> {
        let rest = move |cell: &'_ Cell| cell.plain.strip_prefix(start).map(str::len);
        self.cells.iter().filter_map(move |cell| {
            let length = rest(cell)?;
            Some((&cell.plain[cell.plain.len() - length..], cell.found()))
        })
    }

    /// What stands under the first of these columns, as `parse` reads it; what that cannot read is refused.
    pub(crate) fn parsed<T, E: ToString>(
        &self,
        names: &[&str],
        refused: &mut Vec<Refusal>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let found = self.find(names)?;
        match parse(found.text) {
            Ok(value) => Some(value),
            Err(error) => {
                refused.push(Refusal::value(self.line, found.column, error.to_string()));
                None
            }
        }
    }

    /// The moment under the first of these columns. What is later than anything can be is refused.
    pub(crate) fn moment(
        &self,
        names: &[&str],
        rules: &Rules,
        refused: &mut Vec<Refusal>,
    ) -> Option<Instant> {
        self.parsed(names, refused, |text| {
            let at = time::moment(text, &rules.zone)?;
            (at <= rules.latest).then_some(at).ok_or(time::NoMoment::Later { at, latest: rules.latest })
        })
    }
}

impl Cell {
    fn found(&self) -> Found<'_> {
        Found { column: &self.name, text: &self.value }
    }
}
