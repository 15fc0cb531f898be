//! What an operation sends, before it is known where and by whom.

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::auth::Scheme;
use crate::body::{self, Body};
use crate::{Error, path, query, value};

/// A request in the making. The first argument that cannot be sent is remembered, and is what sending returns.
#[doc(hidden)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) server: Option<&'static str>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) security: &'static [&'static [Scheme]],
    arguments: Vec<(&'static str, String)>,
    invalid: Option<Error>,
}

macro_rules! methods {
    ($($name:ident $method:ident),*) => {$(
        /// A request of the method that the function is named after.
        #[must_use]
        pub fn $name(template: &'static str) -> Self {
            Self::new(Method::$method, template)
        }
    )*};
}

impl Request {
    methods!(get GET, put PUT, post POST, delete DELETE, options OPTIONS, head HEAD, patch PATCH, trace TRACE);

    /// A request for a path such as `/v1/Users/{Sid}`.
    #[must_use]
    pub fn new(method: Method, template: &'static str) -> Self {
        Self {
            method,
            template,
            server: None,
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            security: &[],
            arguments: Vec::new(),
            invalid: None,
        }
    }

    /// The operation's own server; the document's is the default.
    #[must_use]
    pub fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// The alternatives of security schemes that the operation accepts.
    #[must_use]
    pub fn security(mut self, alternatives: &'static [&'static [Scheme]]) -> Self {
        self.security = alternatives;
        self
    }

    /// The text in place of `{name}`.
    #[must_use]
    pub fn path(mut self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(texts) = self.keep(value::texts(name, argument)) {
            self.arguments.push((name, path::encode(&texts)));
        }
        self
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(mut self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(texts) = self.keep(value::texts(name, argument)) {
            query::append(&mut self.query, name, &texts);
        }
        self
    }

    /// A header; several texts are separated by commas.
    #[must_use]
    pub fn header(mut self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        let header = value::texts(name, argument).and_then(|texts| header(name, &texts));
        let header = self.keep(header).flatten();
        self.headers.extend(header);
        self
    }

    /// The body as `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::form(argument))
    }

    /// The body as `application/json`.
    #[must_use]
    pub fn json(self, argument: &(impl Serialize + ?Sized)) -> Self {
        self.body(body::json(argument))
    }

    fn body(mut self, body: Result<Body, Error>) -> Self {
        if let Some(Body { content_type, bytes }) = self.keep(body) {
            self.headers.insert(CONTENT_TYPE, content_type);
            self.body = Some(bytes);
        }
        self
    }

    fn keep<T>(&mut self, argument: Result<T, Error>) -> Option<T> {
        argument.map_err(|error| _ = self.invalid.get_or_insert(error)).ok()
    }

    /// The path with its arguments, or what is wrong with the first bad argument.
    pub(crate) fn take_path(&mut self) -> Result<String, Error> {
        match self.invalid.take() {
            Some(error) => Err(error),
            None => path::fill(self.template, &self.arguments),
        }
    }
}

fn header(name: &str, texts: &[String]) -> Result<Option<(HeaderName, HeaderValue)>, Error> {
    if texts.is_empty() {
        return Ok(None);
    }
    let refusal = || Error::invalid_argument(format!("`{name}` cannot be sent as a header"));
    let name = HeaderName::try_from(name).map_err(|_| refusal())?;
    let value = HeaderValue::try_from(texts.join(",")).map_err(|_| refusal())?;
    Ok(Some((name, value)))
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn absent_arguments_are_left_out() {
        let request = Request::get("/").query("a", &None::<u8>).header("b", &None::<u8>).query("c", &Some(1));
        assert_eq!(request.query, "c=1");
        assert!(request.headers.is_empty());
    }

    #[test]
    fn header_texts_are_joined() {
        let request = Request::get("/").header("If-Match", &["a", "b"]);
        assert_eq!(request.headers["if-match"], "a,b");
    }

    #[test]
    fn the_first_bad_argument_is_reported_and_not_quoted() {
        let mut request = Request::get("/{a}").header("X-One", "secret\r\nX-Two: 1").path("a", "..");
        let error = request.take_path().unwrap_err();
        assert!(error.is_invalid_argument());
        assert_eq!(error.to_string(), "`X-One` cannot be sent as a header");
    }

    #[test]
    fn an_absent_path_argument_is_refused() {
        let error = Request::get("/{a}").path("a", &None::<u8>).take_path().unwrap_err();
        assert!(error.is_invalid_argument());
    }
}
