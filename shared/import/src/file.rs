//! Files to rows: CSV with `,`, `;` or a tab between values, or one JSON object a line; UTF-8, with or without a mark.

use serde_json::{Map, Value};

use crate::Row;

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotATable {
    /// It is not UTF-8.
    #[error("it is not UTF-8 (line {line}): save it as \"CSV UTF-8\"")]
    NotUtf8 {
        /// The line with the first byte that is none.
        line: usize,
    },
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
    /// It is no CSV.
    #[error("it cannot be read as CSV")]
    Csv(#[from] csv::Error),
    /// A line is no object.
    #[error("line {line} is no JSON object")]
    Json {
        /// The line.
        line: u64,
    },
}

/// A file as a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The names of its columns.
    pub(crate) columns: Vec<String>,
    /// All its lines but the empty ones.
    pub(crate) rows: Vec<Row>,
}

/// Reads a file.
pub(crate) fn table(bytes: &[u8]) -> Result<Table, NotATable> {
    let text = std::str::from_utf8(bytes).map_err(|error| NotATable::NotUtf8 {
        line: bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = if text.trim_start().starts_with('{') { from_json_lines(text)? } else { from_csv(text)? };
    if table.rows.is_empty() { Err(NotATable::Empty) } else { Ok(table) }
}

fn from_csv(text: &str) -> Result<Table, NotATable> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
    let names = reader.headers()?.clone();
    let mut table = Table { columns: names.iter().map(ToOwned::to_owned).collect(), rows: Vec::new() };
    let mut lines = Lines { text, line: 1, counted: 0 };
    for record in reader.records() {
        let record = record?;
        let start = record.position().map_or(0, csv::Position::byte);
        let mut row = Row::at(lines.of(usize::try_from(start).unwrap_or(text.len())));
        names.iter().zip(&record).for_each(|(name, value)| row.put(name, value));
        if row != Row::at(row.line) {
            table.rows.push(row);
        }
    }
    Ok(table)
}

/// Which line a record is in. The reader's own count is one less where lines end with two characters.
struct Lines<'a> {
    text: &'a str,
    line: u64,
    counted: usize,
}

impl Lines<'_> {
    fn of(&mut self, start: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let blank = bytes[start..].iter().take_while(|byte| is_end(byte)).count();
        let passed = &bytes[self.counted..start + blank];
        self.line += passed.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.counted = start + blank;
        self.line
    }
}

/// What stands between the names of the columns most often.
fn separator(text: &str) -> u8 {
    let names = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| names.bytes().filter(|byte| byte == separator).count();
    b",;\t".iter().copied().rev().max_by_key(count).unwrap_or(b',')
}

fn from_json_lines(text: &str) -> Result<Table, NotATable> {
    let mut table = Table::default();
    for (index, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let line = index as u64 + 1;
        let object: Map<String, Value> = serde_json::from_str(text).map_err(|_| NotATable::Json { line })?;
        table.rows.extend(rows_of(line, &object));
    }
    table.columns = table.rows.iter().flat_map(Row::columns).map(ToOwned::to_owned).collect();
    table.columns.sort();
    table.columns.dedup();
    Ok(table)
}

/// An object as the rows that CSV would have for it: what lies deeper under names with dots, and a list of objects, such
/// as an order's lines, as so many rows.
fn rows_of(line: u64, object: &Map<String, Value>) -> Vec<Row> {
    let mut row = Row::at(line);
    put(&mut row, "", object);
    let lists = object.iter().filter_map(|(name, value)| Some((name, value.as_array()?)));
    let entries =
        lists.flat_map(|(name, list)| list.iter().filter_map(move |entry| Some((name, entry.as_object()?))));
    let rows: Vec<Row> = entries
        .map(|(name, entry)| {
            let mut row = row.clone();
            put(&mut row, &format!("{name}."), entry);
            row
        })
        .collect();
    if rows.is_empty() { vec![row] } else { rows }
}

fn put(row: &mut Row, before: &str, object: &Map<String, Value>) {
    for (name, value) in object {
        let name = format!("{before}{name}");
        match value {
            Value::Object(inner) => put(row, &format!("{name}."), inner),
            Value::Array(list) => list.iter().for_each(|value| put_one(row, &name, value)),
            value => put_one(row, &name, value),
        }
    }
}

fn put_one(row: &mut Row, name: &str, value: &Value) {
    match value {
        Value::String(text) => row.put(name, text),
        Value::Number(number) => row.put(name, &number.to_string()),
        Value::Bool(yes) => row.put(name, &yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u64, String, String)> {
        let cell = |row: &Row| {
            let text = |name: &str| row.text(&[name]).unwrap_or_default();
            (row.line, text("email"), text("firstname"))
        };
        table(bytes).unwrap().rows.iter().map(cell).collect()
    }

    #[test]
    fn every_way_of_writing_a_table_reads_the_same() {
        let (amal, lines) = ("amal@shop.example", [2, 4]);
        let expected: Vec<_> = lines
            .map(|line| (line, amal.to_owned(), if line == 2 { "Amal; A." } else { "" }.to_owned()))
            .into();
        for separator in [",", ";", "\t"] {
            for (mark, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
                let table = format!(
                    "{mark}Email{separator}First Name{end}{amal}{separator}\"Amal; A.\"{end}{separator}{end}{amal}{end}"
                );
                assert_eq!(cells(table.as_bytes()), expected, "{table:?}");
            }
        }
        let json = format!(
            "{{\"Email\":\"{amal}\",\"First\":{{\"Name\":[\"Amal; A.\"]}}}}\n\n\n{{\"email\":\"{amal}\"}}\n"
        );
        let of_json = cells(json.as_bytes()).into_iter().map(|(_, email, name)| (email, name));
        assert!(of_json.eq(expected.into_iter().map(|(_, email, name)| (email, name))));
    }

    #[test]
    fn a_list_of_objects_is_so_many_rows() {
        let json = br#"{"order":"1","lines":[{"title":"Bowl"},{"title":"Tea"}]}"#;
        let rows = table(json).unwrap().rows;
        let titles: Vec<_> =
            rows.iter().map(|row| (row.text(&["order"]), row.text(&["linestitle"]))).collect();
        let one = Some("1".to_owned());
        assert_eq!(titles, [(one.clone(), Some("Bowl".to_owned())), (one, Some("Tea".to_owned()))]);
    }

    #[test]
    fn what_is_no_table_is_told() {
        assert!(matches!(table(b""), Err(NotATable::Empty)));
        assert!(matches!(table(b"email\nm\xfcller@shop.example\n"), Err(NotATable::NotUtf8 { line: 2 })));
        assert!(matches!(table(b"{\"email\":1}\n[]\n"), Err(NotATable::Json { line: 2 })));
    }
}
