//! What a program's log says of retries.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontline::Retry;
use frontline_tests::{RawServer, http};

use crate::methods::Client;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_retry_is_a_line_that_says_why_and_how_long() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let answers = [http("503 Busy", "", "secret"), http("429 Slow", "", ""), http("200 OK", "", "{}")];
    let server = RawServer::start_script(answers);
    let retry = Retry::new().delays(Duration::ZERO, Duration::ZERO);
    let client = Client::builder().base_url(server.url()).retry(retry).build().unwrap();
    client.get_thing().await.unwrap();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    let why = ["the server answered 503 Service Unavailable", "the server answered 429 Too Many Requests"];
    for (line, why) in lines.iter().zip(why) {
        assert!(line.contains(" WARN ") && line.contains(&format!("retrying GET /thing in 0 ms: {why}")), "{line}");
    }
    assert!(!text.contains("secret"));
}
