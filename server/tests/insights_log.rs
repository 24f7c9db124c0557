//! That no line of the log tells of a use. Alone in its process: what is captured are the lines of one thread, on
//! which all of the server has to run.

mod support;

use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use support::World;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the logs").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Logs {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// On one thread, whose logs are captured at the finest level that an operator can ask for.
#[tokio::test(flavor = "current_thread")]
async fn no_line_of_the_log_tells_of_a_use() {
    let world = World::new().await;
    let (counted, refused) =
        (world.browser("viewer").await, world.browser("viewer").await.saying("sec-gpc", "1"));
    let logs = Logs::default();
    let subscriber = server::logging::subscriber("trace", logs.clone()).expect("a filter");
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::trace!("logs are captured");
    let take = || String::from_utf8(std::mem::take(&mut *logs.0.lock().expect("the logs"))).expect("text");
    assert!(take().contains("logs are captured"));
    // Opening the page once makes ready what is made once.
    counted.open("/partners").await;
    counted.follow("partners").await;
    take();
    let mut lines = Vec::new();
    for browser in [&counted, &refused] {
        for _ in 0..10 {
            browser.open("/partners").await;
            browser.follow("partners").await;
        }
        let log = take();
        for word in ["partners", "usage", "insights", "feature"] {
            assert!(!log.contains(word), "{word}: {log}");
        }
        lines.push(log.lines().count());
    }
    assert_eq!(lines[0], lines[1], "a use that counts leaves no more than one that does not");
    assert_eq!(world.rows().await, ["'partners' 20781 22"]);
}
