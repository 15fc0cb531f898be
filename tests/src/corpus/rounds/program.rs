//! What the program of a document does: it calls each endpoint with the given values, and reports what goes over the wire.
//!
//! The way of a call: the values become the types of the generated service `Relay`, which calls the client. `Wire` records
//! the request on its way to the test server, which reads it and passes it to a second `Relay`. Its client sends it again,
//! to a server that answers with the given response. The response takes the same way back.

use std::error::Error as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use frontline::bytes::Bytes;
use frontline::private::values::call;
use frontline::private::{Api, FromJson, Serve, ServerOf};
use frontline::{ByteStream, Error, Events, JsonLines, Response, Retry};
use serde_json::{Value, json};

use super::wire::{Message, Wire, forward, serve as listen};

/// A service that passes each call on to a client.
pub trait Relay<C>: Default + Send + Sync + 'static {
    /// Returns the client, which does not exist before its server does.
    fn client(&self) -> &OnceLock<C>;
}

/// The maximum size of a file in a response.
const MOST_BYTES: usize = 1 << 20;

/// Turns the response of a client into that of a service.
pub trait Back<T> {
    /// Reads what the client left in the stream.
    fn back(self) -> impl Future<Output = Result<T, Error>> + Send;
}

impl<T: Send> Back<T> for T {
    async fn back(self) -> Result<T, Error> {
        Ok(self)
    }
}

impl Back<Bytes> for ByteStream {
    async fn back(self) -> Result<Bytes, Error> {
        self.collect(MOST_BYTES).await
    }
}

impl<T: FromJson + Send> Back<Vec<T>> for Events<T> {
    async fn back(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(event) = self.next_event().await? {
            items.push(event.data);
        }
        Ok(items)
    }
}

impl<T: FromJson + Send> Back<Vec<T>> for JsonLines<T> {
    async fn back(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next_item().await? {
            items.push(item);
        }
        Ok(items)
    }
}

/// Turns the response of a client into that of a service.
///
/// # Errors
///
/// Returns the error of a stream.
pub async fn back<F: Back<T> + Send, T>(response: Response<F>) -> Result<Response<T>, Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_inner().back().await?;
    let response = Response::new(body).with_status(status);
    let name = frontline::http::header::CONTENT_TYPE;
    Ok(match headers.get(&name) {
        Some(media) => response.with_header(name, media.clone()),
        None => response,
    })
}

/// Reads calls from standard input, a line for each, and writes what became of them to standard output. The first line
/// lists the endpoints.
///
/// # Panics
///
/// Panics if the pipes are closed early, or no port is free.
pub fn serve<C: Serve<R> + Api, R: Relay<C>>() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let answer = Arc::new(Mutex::new(Message::default()));
        let far = Arc::clone(&answer);
        let far = listen(move |_| far.lock().unwrap_or_else(PoisonError::into_inner).clone());
        let server = ServerOf::<C, R>::start(R::default()).await.expect("a free port");
        let own = server.url().trim_start_matches("http://").to_owned();
        let near = listen(move |request| forward(&own, request));
        let front = R::default();
        for (relay, wire) in [(server.service(), &far), (&front, &near)] {
            let client = server.client_builder().base_url(wire.url()).retry(Retry::never()).build().expect("a client");
            assert!(relay.client().set(client).is_ok(), "a client for each relay");
        }
        rounds(&server, &front, &near, &far, &answer).await;
        drop(server.take_unexpected());
    });
}

async fn rounds<C: Serve<R> + Api, R: Relay<C>>(
    server: &ServerOf<C, R>,
    front: &R,
    near: &Wire,
    far: &Wire,
    answer: &Mutex<Message>,
) {
    let endpoints = C::ENDPOINTS.iter().map(|endpoint| json!([endpoint.name, endpoint.pointer, endpoint.media]));
    print(&endpoints.collect());
    for line in std::io::stdin().lines() {
        let asked: Value = serde_json::from_str(&line.expect("a call")).expect("JSON");
        let Some(endpoint) =
            asked["endpoint"].as_u64().and_then(|index| C::ENDPOINTS.get(usize::try_from(index).ok()?))
        else {
            continue;
        };
        *answer.lock().unwrap_or_else(PoisonError::into_inner) = Message::response(&asked["response"]);
        let result = call(endpoint, front, &asked["arguments"]).await;
        let (sent, relayed) = (near.take(), far.take());
        let error = result.as_ref().err();
        let last = sent.into_iter().next_back();
        print(&json!({
            "reply": result.as_ref().ok(),
            "error": error.map(shown),
            "failure": error.and_then(failure),
            "is_invalid": error.is_some_and(Error::is_invalid_argument),
            "received": server.take_values(),
            "request": last.as_ref().map(|(request, _)| request.text()),
            "response": last.as_ref().map(|(_, response)| response.text()),
            "relayed": relayed.into_iter().next_back().map(|(request, _)| request.text()),
        }));
    }
}

/// Returns the status and the body of a response that is an error.
fn failure(error: &Error) -> Option<Value> {
    let body: String = error.body()?.iter().copied().map(char::from).collect();
    Some(json!({ "status": error.status()?.as_u16(), "body": body }))
}

/// Returns an error with its sources, and the body that it came from.
fn shown(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    match error.body() {
        Some(body) if error.status().is_some() => format!("{text}: {}", String::from_utf8_lossy(body)),
        _ => text,
    }
}

fn print(value: &Value) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{value}").and_then(|()| output.flush()).expect("a reader");
}
