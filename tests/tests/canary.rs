//! Logs, traces, and errors show the operations and their results, but neither identities nor credentials.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use frontline::{CallOptions, Client, ClientBuilder, Credential, Error, Proxy, Retry, UpdateUserRequest};
use frontline_tests::{RawServer, http};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The word `canary` remains recognizable in all encodings of the identity.
const IDENTITY: &str = "canary-identity@example.com";
const SECRET: &str = "canary-secret";
/// The credentials as encoded in the header.
const ENCODED: &str = "QUMxOmNhbmFyeS1zZWNyZXQ=";

/// All log messages and trace events of all levels.
static LOG: Mutex<String> = Mutex::new(String::new());
/// The names and fields of all spans.
static SPANS: Mutex<BTreeMap<u64, (String, Fields)>> = Mutex::new(BTreeMap::new());

type Fields = BTreeMap<String, String>;

fn log() -> MutexGuard<'static, String> {
    LOG.lock().unwrap()
}

struct Recorder;

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}").trim_matches('"').to_owned();
        writeln!(log(), "{field} = {text}").unwrap();
        self.0.insert(field.to_string(), text);
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::SeqCst);
        let mut fields = Fields::new();
        attributes.record(&mut Visitor(&mut fields));
        SPANS.lock().unwrap().insert(id, (attributes.metadata().name().to_owned(), fields));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, record: &Record<'_>) {
        if let Some((_, fields)) = SPANS.lock().unwrap().get_mut(&span.into_u64()) {
            record.record(&mut Visitor(fields));
        }
    }

    fn event(&self, event: &Event<'_>) {
        writeln!(log(), "{:?}", event.metadata()).unwrap();
        event.record(&mut Visitor(&mut Fields::new()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(log(), "{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

fn builder(url: String) -> ClientBuilder<Client> {
    Client::builder().base_url(url).basic_auth("AC1", SECRET).bearer_token(SECRET)
}

/// Returns the text of an error and all its sources.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        write!(text, " {error} {error:?} {error:#?}").unwrap();
        source = error.source();
    }
    text
}

/// Makes calls with all kinds of results, and returns all texts that they produce.
async fn calls() -> String {
    let body = format!(r#"{{"identity":"{IDENTITY}","friendly_name":"{IDENTITY}"}}"#);
    let told = format!(r#"{{"code":20404,"message":"no {IDENTITY}","details":{{"who":"{IDENTITY}"}}}}"#);
    let id = "Twilio-Request-Id: RQ1\r\n";
    let responses = [
        http("200 OK", id, &body),
        http("404 Not Found", id, &told),
        http("503 Busy", id, &told),
        http("200 OK", id, &format!(r#"{{"is_available":"{IDENTITY}"}}"#)),
        http("200 OK", id, &format!(r#"{{"{IDENTITY}":"#)),
        http("200 OK", &format!("Twilio-Request-Id: {IDENTITY}\r\n"), &body),
        http("404 Not Found", &format!("Twilio-Request-Id: {IDENTITY}\r\n"), &told),
        http("302 Found", &format!("Location: http://{IDENTITY}/{SECRET}\r\n"), ""),
        "nonsense".to_owned(),
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_owned(),
    ];
    let mut text = String::new();
    for response in responses {
        let server = RawServer::start(response);
        let options = CallOptions::new().header("X-Canary", SECRET).retry(Retry::never());
        let client = builder(server.url()).build().unwrap().with(options.clone());
        let change = UpdateUserRequest::new().friendly_name(IDENTITY).avatar(IDENTITY);
        let named = UpdateUserRequest::new().friendly_name(IDENTITY);
        write!(text, "{client:?} {options:?} {named:?} {:?}", builder(server.url())).unwrap();
        match client.fetch_user(IDENTITY).await {
            Ok(user) => write!(text, "{user:?}").unwrap(),
            Err(error) => text += &shown(&error),
        }
        match client.update_user(IDENTITY, &change).await {
            Ok(user) => write!(text, "{user:?}").unwrap(),
            Err(error) => text += &shown(&error),
        }
    }
    for url in ["http://127.0.0.1:9".to_owned(), format!("http://u:{SECRET}@127.0.0.1"), format!("x{SECRET}")] {
        match builder(url).retry(Retry::never()).build() {
            Ok(client) => text += &shown(&client.fetch_user(IDENTITY).await.unwrap_err()),
            Err(error) => text += &shown(&error),
        }
    }
    let split = builder("http://127.0.0.1:9".to_owned()).basic_auth(format!("{SECRET}:"), SECRET).build().unwrap_err();
    text += &shown(&split);
    write!(text, "{:?}", Credential::basic(SECRET, SECRET)).unwrap();
    text
}

/// Makes calls through a proxy that has credentials, both in its URL and set separately.
async fn through_a_proxy() -> String {
    let server = RawServer::start(http("200 OK", "", "{}"));
    let mut text = String::new();
    for url in ["http://api.example", "https://api.example"] {
        for proxy in [
            Proxy::new(server.url()).basic_auth("AC1", SECRET),
            Proxy::new(server.url().replace("://", &format!("://AC1:{SECRET}@"))),
        ] {
            write!(text, "{proxy:?}").unwrap();
            let builder = builder(url.to_owned()).dangerous_allow_http().proxy(proxy).retry(Retry::never());
            match builder.build().unwrap().fetch_user(IDENTITY).await {
                Ok(user) => write!(text, "{user:?}").unwrap(),
                Err(error) => text += &shown(&error),
            }
        }
    }
    assert_eq!(server.connections(), 4);
    text
}

#[tokio::test]
async fn logs_traces_and_errors_contain_no_identities_or_secrets() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    log::set_logger(&Recorder).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let calls = calls().await;
    spans();
    resends().await;
    let shown = calls + &through_a_proxy().await;
    let log = log().clone();
    // These checks show that the recorders work.
    assert!(log.contains("reqwest::") && log.contains("hyper_util::") && log.contains("http.request.method = GET"));
    for (what, text) in [("errors and Debug", &shown), ("logs and traces", &log)] {
        for canary in ["canary-", ENCODED] {
            let line = text.lines().find(|line| line.contains(canary));
            assert_eq!(line, None, "{what}");
        }
    }
}

/// Checks the spans of the calls above.
fn spans() {
    let spans = std::mem::take(&mut *SPANS.lock().unwrap());
    let of = |name: &str| spans.values().filter(|span| span.0 == name).map(|span| &span.1).collect::<Vec<_>>();
    let (calls, attempts) = (of("call"), of("attempt"));
    assert_eq!(calls.len(), attempts.len());
    let expect = |fields: &Fields, expected: &[(&str, &str)]| {
        for (name, value) in expected {
            assert_eq!(fields.get(*name).map(String::as_str), Some(*value), "{name} of {fields:?}");
        }
    };
    for fields in calls.iter().chain(&attempts) {
        let method = &fields["http.request.method"];
        expect(fields, &[("url.template", "/v1/Users/{Sid}"), ("otel.name", &format!("{method} /v1/Users/{{Sid}}"))]);
    }
    for fields in &attempts {
        expect(fields, &[("server.address", "127.0.0.1"), ("otel.kind", "client")]);
        assert!(fields["server.port"].parse::<u16>().is_ok());
        assert!(!fields.contains_key("http.request.resend_count"));
    }
    let ended: Vec<_> =
        calls.iter().map(|fields| fields.get("error.type").map_or("", String::as_str)).step_by(2).collect();
    let expected = ["", "404", "503", "Decode", "Decode", "", "404", "302", "Connection", "Connection", "NotSent"];
    assert_eq!(ended[..expected.len()], expected);
    expect(calls[0], &[("http.response.status_code", "200"), ("twilio.request_id", "RQ1")]);
    let failed = [("http.response.status_code", "404"), ("twilio.error_code", "20404"), ("otel.status_code", "ERROR")];
    expect(calls[2], &failed);
    expect(attempts[2], &failed);
}

/// Checks that the span of each retry has its number.
async fn resends() {
    let server = RawServer::start(http("429 Slow", "", ""));
    let client = builder(server.url()).retry(Retry::new().delays(std::time::Duration::ZERO, std::time::Duration::ZERO));
    client.build().unwrap().fetch_user(IDENTITY).await.unwrap_err();
    let spans = SPANS.lock().unwrap();
    let attempts = spans.values().filter(|span| span.0 == "attempt");
    let counts: Vec<_> = attempts.map(|span| span.1.get("http.request.resend_count").cloned()).collect();
    assert_eq!(counts, [None, Some("1".to_owned()), Some("2".to_owned())]);
}
