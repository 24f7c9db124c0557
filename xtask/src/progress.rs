//! One short line per step: `▸ WASM … 42 s`.

use crate::problem::Result;
use std::io::{IsTerminal, Write, stdout};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// How a step tells what it is doing right now; only a terminal shows it.
#[derive(Clone, Default)]
pub struct Progress {
    detail: Arc<Mutex<String>>,
}

impl Progress {
    /// Replaces the text behind the running time.
    pub fn detail(&self, text: &str) {
        let shown: String = text.trim().chars().filter(|c| !c.is_control()).take(60).collect();
        *self.detail.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    fn current(&self) -> String {
        self.detail.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Carries out a quiet step: its line stays open until it has ended.
pub fn step<T>(name: &str, work: impl FnOnce(&Progress) -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let progress = Progress::default();
    print!("▸ {name} …");
    flush();
    let (done, ended) = mpsc::channel::<()>();
    let ticker = stdout().is_terminal().then(|| {
        let (name, progress) = (name.to_owned(), progress.clone());
        thread::spawn(move || {
            while ended.recv_timeout(Duration::from_secs(1)) == Err(mpsc::RecvTimeoutError::Timeout) {
                print!("\r\x1b[2K▸ {name} … {}  {}", seconds(begun.elapsed()), progress.current());
                flush();
            }
        })
    });
    let result = work(&progress);
    drop(done);
    if let Some(ticker) = ticker {
        // A ticker that failed has cost nothing but its line.
        let _ = ticker.join();
        print!("\r\x1b[2K▸ {name} …");
    }
    let word = if result.is_ok() { "" } else { "failed after " };
    println!(" {word}{}", seconds(begun.elapsed()));
    result
}

/// Carries out a step that prints lines of its own.
pub fn spoken_step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    println!("▸ {name} …");
    let result = work();
    let word = if result.is_ok() { "" } else { "failed after " };
    println!("▸ {name} … {word}{}", seconds(begun.elapsed()));
    result
}

/// A duration as people say it.
pub fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A terminal that cannot be written to must not stop a build.
fn flush() {
    let _ = stdout().flush();
}
