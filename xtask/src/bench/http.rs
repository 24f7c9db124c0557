//! As much HTTP/1.1 as measuring needs: one request on a connection of its own.

use crate::problem::{Problem, Result};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A request of somebody who is signed in, or of nobody.
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub cookie: String,
    pub body: String,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// A page.
    pub fn page(path: &str, token: &str) -> Self {
        Self { method: "GET", path: path.into(), cookie: format!("assent={token}"), body: String::new() }
    }

    /// A server function with its one argument.
    pub fn function(name: &str, token: &str, request: &serde_json::Value) -> Self {
        let body = serde_json::json!({ "request": request }).to_string();
        Self { method: "POST", path: format!("/fn/{name}"), cookie: format!("assent={token}"), body }
    }

    /// Users by name: a field of the request and what stands in it.
    pub fn users(field: &str, value: &serde_json::Value, token: &str) -> Self {
        let mut request = serde_json::json!({
            "search": "", "status": null, "role": null, "external": null, "after": null, "before": null
        });
        request[field] = value.clone();
        Self::function("users/list", token, &request)
    }

    /// The active partners by name, from the beginning or after one of them.
    pub fn list(after: Option<&str>, token: &str) -> Self {
        let request = serde_json::json!({
            "search": "", "status": "active", "sort": "name", "after": after, "before": null
        });
        Self::function("partners/list", token, &request)
    }
}

/// Sends it and waits for the whole answer, whose body has to come in one piece.
pub fn send(address: SocketAddr, request: &Request) -> Result<Answer> {
    let shown = format!("{} {}", request.method, request.path);
    exchange(address, request)
        .map_err(|error| Problem::new(format!("{shown} is not answered: {error}.")))?
        .ok_or_else(|| Problem::new(format!("{shown} is answered with something else than HTTP.")))
}

/// The same, where not being answered is an answer.
pub fn exchange(address: SocketAddr, request: &Request) -> io::Result<Option<Answer>> {
    let Request { method, path, cookie, body } = request;
    let mut connection = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        connection,
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    Ok(read(&bytes))
}

fn read(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_answer_is_taken_apart() {
        let answer = read(b"HTTP/1.1 200 OK\r\nset-cookie: assent=1; Path=/\r\n\r\n{}").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));
        assert!(answer.head.ends_with("Path=/"));
        assert!(read(b"nothing of the kind").is_none());
    }
}
