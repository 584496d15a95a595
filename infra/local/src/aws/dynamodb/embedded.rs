//! The database in this process.

use std::path::Path;

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

type Sent = Result<Vec<u8>, DynoxideError>;

/// Opens the database at `path`. A commit is not waited for on the disk: the write-ahead log outlives the
/// end of the process, `kill -9` included, and only a loss of power could take the last writes.
pub(super) fn open(path: &Path) -> Result<Database, DynoxideError> {
    let database = Database::new(&path.to_string_lossy())?;
    database.enable_bulk_loading()?;
    Ok(database)
}

/// Carries out the `action` that `body` asks for: the HTTP status and body of the answer.
pub(super) fn send(database: &Database, action: &str, body: &[u8]) -> (u16, Vec<u8>) {
    match dispatch(database, action, body) {
        Ok(answer) => (200, answer),
        Err(error) => (error.status_code(), error.to_json().into_bytes()),
    }
}

fn dispatch(database: &Database, action: &str, body: &[u8]) -> Sent {
    match action {
        "PutItem" => run(body, |request| database.put_item(request)),
        "GetItem" => run(body, |request| database.get_item(request)),
        "UpdateItem" => run(body, |request| database.update_item(request)),
        "DeleteItem" => run(body, |request| database.delete_item(request)),
        "Query" => run(body, |request| database.query(request)),
        "BatchGetItem" => run(body, |request| database.batch_get_item(request)),
        "BatchExecuteStatement" => run(body, |request| database.batch_execute_statement(request)),
        "BatchWriteItem" => run(body, |request| database.batch_write_item(request)),
        "TransactWriteItems" => run(body, |request| database.transact_write_items(request)),
        "Scan" => run(body, |request| database.scan(request)),
        "DescribeTable" => run(body, |request| database.describe_table(request)),
        "CreateTable" => run(body, |request| database.create_table(request)),
        "UpdateTimeToLive" => run(body, |request| database.update_time_to_live(request)),
        _ => Err(DynoxideError::ValidationException(format!("{action} is not offered here"))),
    }
}

fn run<Request: DeserializeOwned, Response: Serialize>(
    body: &[u8],
    act: impl FnOnce(Request) -> Result<Response, DynoxideError>,
) -> Sent {
    let response = act(serde_json::from_slice(body).map_err(|error| unreadable(&error))?)?;
    serde_json::to_vec(&response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// `dynoxide` marks its own findings in serde's message with a prefix; the rest is a wrong shape.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let message = error.to_string();
    let marked = ["VALIDATION:", "VALIDATION_REQUEST:"].iter().find_map(|mark| message.strip_prefix(mark));
    match marked {
        Some(finding) => {
            let finding = finding.rsplit_once(" at line ").map_or(finding, |(finding, _)| finding);
            DynoxideError::ValidationException(finding.into())
        }
        None => DynoxideError::SerializationException(message),
    }
}
