//! A mail server that follows a script (RFC 5321).

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail server, and all that it was told.
pub struct Server {
    /// Where it is.
    pub url: String,
    heard: Arc<Mutex<String>>,
}

impl Server {
    /// One that answers this to whom a mail is for.
    pub async fn start(to_recipient: &str) -> Self {
        let to_recipient = to_recipient.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(String::new()));
        let log = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(converse(stream, &to_recipient, log.clone()).await);
            }
        });
        Self { url, heard }
    }

    /// Where nobody listens.
    pub async fn down() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self { url: format!("smtp://{}", listener.local_addr().expect("an address")), heard: Arc::default() }
    }

    /// All that it was told.
    pub fn heard(&self) -> String {
        self.heard.lock().expect("the log").clone()
    }
}

async fn converse(stream: TcpStream, to_recipient: &str, log: Arc<Mutex<String>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut in_data = false;
    write.write_all(b"220 mail.test\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        log.lock().expect("the log").push_str(&format!("{line}\n"));
        let command = line.split_whitespace().next().unwrap_or_default();
        let answer = match command {
            "." => {
                in_data = false;
                "250 taken"
            }
            _ if in_data => continue,
            "EHLO" => "250 mail.test",
            "RCPT" => to_recipient,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
