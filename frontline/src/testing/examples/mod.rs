//! Answers that are made from the document.
//!
//! Uses `contract`, `instances`, `service` and `streaming`.

mod made;
mod replaced;

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::contract::{Answer, Content, Direction, Linked, Operation, References, Schemas, escape, is_json, translate};
use super::service::{Arrived, Endpoint, Reply};
use super::streaming::is_stream_media;
use crate::Error;
use made::Made;
pub use replaced::Replaced;

/// The source of the error that asks for an answer from the document.
#[derive(Debug)]
pub(super) struct Asked {
    pub seed: u64,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the test server answers from the document")
    }
}

impl std::error::Error for Asked {}

/// Makes a test server answer a request from the document.
///
/// Return it from a method of a service. The response is the first successful one that the document describes. Its body
/// is an example that matches its schema, or else a value that is made of the schema. `seed` chooses among several
/// examples, and makes the values: the same seed gives the same response.
///
/// ```
/// use frontline::server::{Server, Service};
/// use frontline::testing::example;
/// use frontline::{Error, Response, User};
///
/// struct Examples;
///
/// impl Service for Examples {
///     async fn fetch_user(&self, _: String) -> Result<Response<User>, Error> {
///         Err(example(1))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = Server::start(Examples).await?;
/// let user = server.client()?.fetch_user("ada@example.com").await?;
/// assert!(user.sid.is_some());
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn example(seed: u64) -> Error {
    Error::from_status(StatusCode::NOT_IMPLEMENTED, "").with_source(Asked { seed })
}

/// What the answers of an operation are made of.
pub(super) struct Examples {
    /// The document, with the operation's schemas as JSON Schema.
    trees: Value,
    schemas: Schemas,
}

impl Examples {
    pub fn new(document: &Linked, operation: &Operation) -> Self {
        let contents = operation.responses.iter().flat_map(|answer| &answer.contents);
        let headers = operation.responses.iter().flat_map(|answer| headers(document, answer));
        let pointers: Vec<String> = contents
            .flat_map(|content| places(document, content))
            .chain(headers.map(|(_, header)| format!("{header}/schema")))
            .filter(|pointer| document.at(pointer).is_some())
            .collect();
        let trees = translate(document, pointers.iter().cloned(), Direction::Response);
        let schemas = Schemas::new(&trees, &pointers);
        Self { trees, schemas }
    }

    /// Makes the answer, or says why there is none.
    pub fn answer<S>(
        &self,
        document: &Linked,
        operation: &Operation,
        endpoint: &Endpoint<S>,
        arrived: &Arrived,
        seed: u64,
    ) -> Result<Reply, String> {
        let made = Made { trees: &self.trees, schemas: &self.schemas, document, seed };
        let empty = Reply { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::new() };
        let Some((answer, content)) = chosen(operation, endpoint.media, endpoint.stream.is_some()) else {
            return Ok(empty);
        };
        let mut reply = match (content, endpoint.stream) {
            (None, _) => empty,
            (Some(content), Some(format)) => made.stream(content, &item(document, content), format, arrived)?,
            (Some(content), None) => made.body(content)?,
        };
        // `2XX` and `default` stand for several.
        reply.status = answer.status.parse().unwrap_or(StatusCode::OK);
        for (name, header) in headers(document, answer) {
            reply.headers.extend(made.header(name, &header)?);
        }
        Ok(reply)
    }
}

/// Returns the response to answer with, and its media type: the one that the client accepts, or else JSON or a stream.
/// If the document describes no success, a redirect is the answer, as for the client, and then the default.
fn chosen<'a>(
    operation: &'a Operation,
    media: Option<&str>,
    is_stream: bool,
) -> Option<(&'a Answer, Option<&'a Content>)> {
    let is_success = |answer: &&Answer| answer.status.starts_with(['2', '3']) || answer.status == "default";
    let mut successes: Vec<&Answer> = operation.responses.iter().filter(is_success).collect();
    // 304 comes last, because it answers a condition that nobody asked for.
    let rank = |answer: &Answer| match answer.status.as_str() {
        "304" => 3,
        "default" => 2,
        status => usize::from(!status.starts_with('2')),
    };
    successes.sort_by_key(|answer| rank(answer));
    if let Some(media) = media {
        let find = |answer: &&'a Answer| answer.contents.iter().find(|content| content.media == media);
        return successes.into_iter().find_map(|answer| Some((answer, Some(find(&answer)?))));
    }
    let answer = *successes.first()?;
    let is_wanted = |media: &str| if is_stream { is_stream_media(media) } else { is_json(media) };
    let content = answer.contents.iter().find(|content| is_wanted(&content.media)).or(answer.contents.first());
    Some((answer, content))
}

/// Returns the pointers of the schemas that a media type has: of the body, and of an item of a stream.
fn places(document: &Linked, content: &Content) -> Vec<String> {
    let schema = format!("{}/schema", content.pointer);
    let item = item(document, content);
    let data = document.behind(&item).map(|item| format!("{item}/properties/data/contentSchema"));
    [schema, item].into_iter().chain(data).collect()
}

/// Returns the pointer of the schema of an item of a stream: `itemSchema` (OpenAPI 3.2), or the items of a list, or the
/// schema itself.
fn item(document: &Linked, content: &Content) -> String {
    let own = format!("{}/itemSchema", content.pointer);
    if document.at(&own).is_some() {
        return own;
    }
    let schema = format!("{}/schema", content.pointer);
    let items = document.behind(&schema).map(|schema| format!("{schema}/items"));
    items.filter(|items| document.at(items).is_some()).unwrap_or(schema)
}

/// Returns the names and pointers of the headers of a response, except `Content-Type`, which is no header of its own.
fn headers<'a>(document: &'a Linked, answer: &Answer) -> impl Iterator<Item = (&'a String, String)> {
    let own = format!("{}/headers", answer.pointer);
    let all = document.at(&own).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let all = all.filter(|name| !name.eq_ignore_ascii_case("content-type") && !name.starts_with("x-openapi"));
    all.filter_map(move |name| Some((name, document.behind(&format!("{own}/{}", escape(name)))?)))
}
