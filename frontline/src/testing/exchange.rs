//! A request and its answer.

use std::error::Error as _;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body::{Body, Frame};

use super::contract::{Answer, Contract, Direction, Match, Mismatch, Schemas, translate};
use super::examples::{Asked, Examples};
use super::fault::{Fault, Kind};
use super::received::Received;
use super::service::{Arrived, Endpoint, Reply, Serve, Unimplemented, accepted, failure};
use super::wire::{self, Raw, Refusal};
use crate::error::Error;
use crate::profile::Profile;

const TOO_LARGE: &str = "the body has more than 64 MiB, which is the most that a test server takes";

/// What all connections of a server share.
pub(super) struct Exchange<S: 'static> {
    pub contract: Contract,
    pub service: S,
    endpoints: &'static [Endpoint<S>],
    described: Vec<Arc<[Answer]>>,
    /// Validators by operation, made when the first request of it arrives.
    schemas: Vec<OnceLock<Schemas>>,
    /// What answers are made of, by operation, when the first one is.
    examples: Vec<OnceLock<Examples>>,
    profile: Box<dyn Profile>,
    notes: Mutex<Notes>,
}

/// What a test asks for, and what it is told.
#[derive(Default)]
pub(super) struct Notes {
    pub requests: Vec<Received>,
    pub unexpected: Vec<String>,
    pub faults: Vec<(Option<&'static str>, Fault)>,
}

/// The answer is a reset of the connection.
#[derive(Debug)]
pub(super) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is reset")
    }
}

impl std::error::Error for Broken {}

impl<S: 'static> Exchange<S> {
    pub fn new<C: Serve<S>>(service: S) -> Self {
        let endpoints = C::ENDPOINTS;
        let mut contract =
            Contract::new(C::DOCUMENT, endpoints.iter().map(|endpoint| (endpoint.name, endpoint.pointer)));
        let described = contract.operations.iter_mut().map(|operation| operation.responses.clone().into()).collect();
        let schemas = endpoints.iter().map(|_| OnceLock::new()).collect();
        let examples = endpoints.iter().map(|_| OnceLock::new()).collect();
        let profile = Box::new(C::Profile::default());
        Self { contract, service, endpoints, described, schemas, examples, profile, notes: Mutex::default() }
    }

    pub fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the answer to a request. `body` is `None` if it is too large.
    pub async fn answer(&self, head: &Parts, body: Option<Bytes>) -> Result<http::Response<Outgoing>, Broken> {
        let found = self.contract.find(&head.method, head.uri.path(), head.uri.query().unwrap_or_default());
        let found = found.map(|found| self.accepted(found, &head.headers));
        let operation = found.as_ref().ok().map(|found| self.endpoints[found.operation].name);
        let index = self.note(Received::new(operation, head, body.clone().unwrap_or_default()));
        let fault = self.fault(operation).unwrap_or(Fault::delay(std::time::Duration::ZERO));
        let Fault { kind, delay, headers, .. } = fault;
        let reply = match kind {
            Kind::Reset => Err(Broken),
            Kind::Status(status) => Ok(self.refused(status, "a fault of the test server")),
            _ => match (found, &body) {
                (Ok(found), Some(body)) => self.served(&found, head, body, index).await,
                (Ok(_), None) => Ok(self.refused(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE)),
                (Err(mismatch), _) => Ok(self.mismatched(head, mismatch)),
            },
        };
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let mut reply = reply?;
        for (name, value) in &headers {
            reply.headers.insert(name, value.clone());
        }
        let breaks = matches!(kind, Kind::ResetInBody);
        let has_body = !reply.body.is_empty() && reply.status != StatusCode::NO_CONTENT && head.method != Method::HEAD;
        if breaks && !has_body {
            return Err(Broken);
        }
        if matches!(kind, Kind::Truncated) {
            self.truncate(&mut reply, has_body);
        }
        let mut response = http::Response::new(Outgoing { body: Some(reply.body), breaks, is_flushed: false });
        (*response.status_mut(), *response.headers_mut()) = (reply.status, reply.headers);
        Ok(response)
    }

    fn truncate(&self, reply: &mut Reply, has_body: bool) {
        // Otherwise, a test would pass although the client never saw the fault.
        if !has_body || reply.body.len() < 2 {
            let why = "a fault truncates a response whose body has less than two bytes, which changes nothing";
            self.notes().unexpected.push(why.to_owned());
        }
        reply.body.truncate(reply.body.len() / 2);
    }

    /// Returns what a test has asked for in vain, and what was unexpected about the requests.
    pub fn complaints(&self) -> Vec<String> {
        let mut notes = self.notes();
        let mut complaints = std::mem::take(&mut notes.unexpected);
        let unused = notes.faults.iter().filter(|(_, fault)| !fault.is_lasting);
        complaints.extend(unused.map(|(operation, _)| match operation {
            Some(operation) => format!("a fault for `{operation}` was not used"),
            None => "a fault was not used".to_owned(),
        }));
        complaints
    }

    /// Returns the operation whose method answers with what the client accepts.
    fn accepted(&self, mut found: Vec<Match>, headers: &HeaderMap) -> Match {
        let media: Vec<_> = found.iter().map(|found| self.endpoints[found.operation].media).collect();
        found.swap_remove(accepted(headers, &media))
    }

    fn note(&self, request: Received) -> usize {
        let mut notes = self.notes();
        notes.requests.push(request);
        notes.requests.len() - 1
    }

    fn fault(&self, operation: Option<&'static str>) -> Option<Fault> {
        let mut notes = self.notes();
        let index = notes.faults.iter().position(|(name, _)| name.is_none() || *name == operation)?;
        if notes.faults[index].1.is_lasting {
            Some(notes.faults[index].1.clone())
        } else {
            Some(notes.faults.remove(index).1)
        }
    }

    async fn served(&self, found: &Match, head: &Parts, body: &Bytes, index: usize) -> Result<Reply, Broken> {
        let raw = Raw { query: head.uri.query().unwrap_or_default(), headers: &head.headers, body };
        let operation = &self.contract.operations[found.operation];
        let endpoint = &self.endpoints[found.operation];
        let schemas = self.schemas[found.operation].get_or_init(|| {
            let pointers = wire::schemas(&self.contract.document, operation);
            let trees = translate(&self.contract.document, pointers.iter().cloned(), Direction::Request);
            Schemas::new(&trees, &pointers)
        });
        let arguments = match wire::read(&self.contract, found, &raw, schemas) {
            Ok(arguments) => Arc::new(arguments),
            Err(Refusal { status, why }) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
                return Ok(self.refused(status, &why));
            }
        };
        self.notes().requests[index].arguments = Arc::clone(&arguments);
        let described = Arc::clone(&self.described[found.operation]);
        let arrived = Arrived { arguments, described, media: endpoint.media };
        let watch = Watch { notes: &self.notes, operation: operation.name };
        let answer = (endpoint.answer)(&self.service, arrived.clone()).await;
        drop(watch);
        match answer {
            Ok(reply) => Ok(reply),
            Err(error) => {
                if let Some(asked) = error.source().and_then(|source| source.downcast_ref::<Asked>()) {
                    return Ok(self.example(found, &arrived, asked.seed));
                }
                if let Some(unimplemented) = error.source().and_then(|source| source.downcast_ref::<Unimplemented>()) {
                    self.notes().unexpected.push(format!("{} request: {unimplemented}", head.method));
                }
                self.failed(&error, operation)
            }
        }
    }

    /// Answers from the document.
    fn example(&self, found: &Match, arrived: &Arrived, seed: u64) -> Reply {
        let operation = &self.contract.operations[found.operation];
        let examples = self.examples[found.operation].get_or_init(|| Examples::new(&self.contract.document, operation));
        let endpoint = &self.endpoints[found.operation];
        examples.answer(&self.contract.document, operation, endpoint, arrived, seed).unwrap_or_else(|why| {
            self.notes().unexpected.push(format!("`{}`: {why}", operation.name));
            self.refused(StatusCode::NOT_IMPLEMENTED, &why)
        })
    }

    fn failed(&self, error: &Error, operation: &super::contract::Operation) -> Result<Reply, Broken> {
        if let Some(reply) = failure(error, Some(operation)) {
            return Ok(reply);
        }
        if error.is_decode() || error.is_invalid_argument() {
            return Ok(self.refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()));
        }
        Err(Broken)
    }

    fn mismatched(&self, head: &Parts, mismatch: Mismatch) -> Reply {
        let (status, why, methods) = match mismatch {
            Mismatch::Path => (StatusCode::NOT_FOUND, "the document has no operation with this path", Vec::new()),
            Mismatch::Method(methods) => {
                (StatusCode::METHOD_NOT_ALLOWED, "the document has no operation with this method and path", methods)
            }
        };
        let known: Vec<String> = self.contract.operations.iter().map(|known| format!("`{}`", known.name)).collect();
        self.notes().unexpected.push(format!(
            "{} request: {why}; the operations are {}",
            head.method,
            known.join(", ")
        ));
        let mut reply = self.refused(status, why);
        let allowed = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        if let Some(allowed) = HeaderValue::try_from(allowed).ok().filter(|_| !methods.is_empty()) {
            reply.headers.insert(ALLOW, allowed);
        }
        reply
    }

    /// Returns a failure with a body as the service writes it.
    fn refused(&self, status: StatusCode, why: &str) -> Reply {
        let body = self.profile.write_failure(status.as_u16(), why);
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"test server\""));
        }
        Reply { status, headers, body: body.to_string().into() }
    }
}

/// Notes that a service panics, which the client only sees as a connection that breaks.
struct Watch<'a> {
    notes: &'a Mutex<Notes>,
    operation: &'static str,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
            notes.unexpected.push(format!("the service panicked while it answered `{}`", self.operation));
        }
    }
}

/// The body of a response, which can break off.
pub(super) struct Outgoing {
    body: Option<Bytes>,
    breaks: bool,
    is_flushed: bool,
}

impl Outgoing {
    pub fn breaks(&self) -> bool {
        self.breaks
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let breaks = self.breaks;
        let next = match self.body.take() {
            Some(body) if breaks => Some(Ok(Frame::data(body.slice(..body.len() / 2)))),
            Some(body) if !body.is_empty() => Some(Ok(Frame::data(body))),
            // hyper sends what it has before it asks again.
            _ if breaks && !std::mem::replace(&mut self.is_flushed, true) => {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            _ => breaks.then_some(Err(Broken)),
        };
        Poll::Ready(next)
    }

    fn is_end_stream(&self) -> bool {
        !self.breaks && self.body.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.body.as_ref().map_or(0, |body| body.len() as u64))
    }
}
