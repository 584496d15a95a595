//! A small HTTP/1.1 way to a DynamoDB server on loopback. It blocks, so that a call is still answered at
//! its first poll; the server must run on a thread of its own.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Mutex, PoisonError};

/// The server's address, with a connection kept open.
#[derive(Debug)]
pub(super) struct Hop {
    address: SocketAddr,
    connection: Mutex<Option<BufReader<TcpStream>>>,
}

impl Hop {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self { address, connection: Mutex::new(None) }
    }

    /// Sends one request and waits for its answer; a server that cannot be reached is a 500.
    pub(super) fn send(&self, action: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut kept = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        match self.exchange(&mut kept, action, body) {
            Ok(answer) => answer,
            Err(error) => {
                *kept = None;
                let kind = "com.amazonaws.dynamodb.v20120810#InternalServerError";
                let message = format!("DynamoDB at {}: {error}", self.address);
                (500, serde_json::json!({ "__type": kind, "message": message }).to_string().into_bytes())
            }
        }
    }

    fn exchange(
        &self,
        kept: &mut Option<BufReader<TcpStream>>,
        action: &str,
        body: &[u8],
    ) -> io::Result<(u16, Vec<u8>)> {
        let connection = match kept {
            Some(connection) => connection,
            None => kept.insert(BufReader::new(connect(self.address)?)),
        };
        connection.get_mut().write_all(&self.request(action, body))?;
        read_answer(connection)
    }

    fn request(&self, action: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "POST / HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-amz-json-1.0\r\n\
             x-amz-target: DynamoDB_20120810.{action}\r\nx-amz-date: 20260101T000000Z\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=local/20260101/{}/dynamodb/aws4_request, \
             SignedHeaders=host, Signature=0\r\ncontent-length: {}\r\n\r\n",
            self.address,
            crate::aws::layout::REGION,
            body.len()
        );
        [head.as_bytes(), body].concat()
    }
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn read_answer(connection: &mut BufReader<TcpStream>) -> io::Result<(u16, Vec<u8>)> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_string());
    let first = read_line(connection)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| wrong("no status line"))?;
    let mut length = 0;
    loop {
        let line = read_line(connection)?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(|_| wrong("a length that is no number"))?;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    Ok((status, body))
}

fn read_line(connection: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}
