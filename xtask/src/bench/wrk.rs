//! Load, by `wrk`: ten connections, one thread, which is far from being busy.

use super::http::Request;
use crate::files;
use crate::problem::{Problem, Result};
use crate::process;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The program.
pub struct Wrk(PathBuf);

impl Wrk {
    /// The program at this path.
    pub fn new(program: PathBuf) -> Self {
        Self(program)
    }

    /// How many requests a second are answered, asked for in turn; every one has to succeed.
    pub fn rate(&self, address: SocketAddr, requests: &[Request], seconds: u32) -> Result<f64> {
        let folder = std::env::temp_dir();
        let file = folder.join(format!("assent-bench-{}.lua", std::process::id()));
        files::write(&file, script(requests).as_bytes())?;
        let mut wrk = process::command(&self.0.to_string_lossy(), &folder);
        wrk.args(["--threads", "1", "--connections", "10", "--duration", &format!("{seconds}s"), "--script"]);
        wrk.arg(&file).arg(format!("http://{address}"));
        let output = process::silent(wrk);
        files::remove(&file)?;
        let output = output?;
        let clean = !output.contains("Non-2xx") && !output.contains("Socket errors");
        rate(&output)
            .filter(|_| clean)
            .ok_or_else(|| Problem::new(format!("Not every request was answered well.\n{output}")))
    }
}

fn script(requests: &[Request]) -> String {
    let mut script = "local requests, at = {}, 0\ninit = function()\n".to_owned();
    for Request { method, path, cookie, body } in requests {
        // A string that is written to cannot fail.
        let _ = writeln!(
            script,
            "requests[#requests + 1] = wrk.format('{method}', '{path}', {{ ['Cookie'] = '{cookie}', \
             ['Content-Type'] = 'application/json' }}, [==[{body}]==])"
        );
    }
    script + "end\nrequest = function() at = at % #requests + 1; return requests[at] end\n"
}

/// The number in `Requests/sec:  12345.67`.
fn rate(output: &str) -> Option<f64> {
    output.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:")?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn the_rate_is_found() {
        let output = "  10 requests in 1.00s, 2.23MB read\nRequests/sec:   9821.34\nTransfer/sec:  2.2MB";
        assert_eq!(rate(output), Some(9821.34));
        assert_eq!(rate("unable to connect"), None);
    }
}
