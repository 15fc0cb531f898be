//! What an operation sends, before it is known where and by whom.
//!
//! May use `error`, `values`, `profile` and `random`.

use http::Method;
use http::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::Error;
use crate::profile::Profile;

mod bodies;
mod body;
mod form;
mod multipart;
mod path;
mod security;
mod style;
pub(crate) mod upload;

pub(crate) use body::Content;
pub use multipart::{File, Multipart};
pub use security::Scheme;
pub(crate) use security::SchemeKind;
pub use style::Style;
pub(crate) use style::pairs;

/// A request in the making. The first argument that cannot be sent is remembered, and is what sending returns.
#[doc(hidden)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) server: Option<&'static str>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Content>,
    pub(crate) security: &'static [&'static [Scheme]],
    /// The statuses outside of 200 to 299 that are no errors.
    pub(crate) also: &'static [u16],
    /// The address of a further page, in place of path and query.
    pub(crate) address: Option<String>,
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

    /// A request for a path such as `/v1/Users/{Sid}`, perhaps with a query of its own.
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
            also: &[],
            address: None,
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

    /// The statuses outside of 200 to 299 that the document describes as the answer.
    #[must_use]
    pub fn also(mut self, statuses: &'static [u16]) -> Self {
        self.also = statuses;
        self
    }

    /// The media types that are asked for; JSON by default.
    #[must_use]
    pub fn accept(mut self, media: &'static str) -> Self {
        self.headers.insert(ACCEPT, HeaderValue::from_static(media));
        self
    }

    /// The text in place of `{name}`.
    #[must_use]
    pub fn path(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.path_as(name, Style::Simple, argument)
    }

    /// The same, in another style.
    #[must_use]
    pub fn path_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, argument)) {
            self.arguments.push((name, style::segment(name, style, value)));
        }
        self
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.query_as(name, Style::FormExplode, argument)
    }

    /// The same, in another style.
    #[must_use]
    pub fn query_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, argument)) {
            for (name, value) in pairs(name, style, value) {
                let mark = if self.query.is_empty() { "" } else { "&" };
                self.query.extend([mark, &name, "=", &value]);
            }
        }
        self
    }

    /// A header.
    #[must_use]
    pub fn header(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.header_as(name, Style::Simple, argument)
    }

    /// The same, in another style.
    #[must_use]
    pub fn header_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, argument)) {
            let header = self.keep(header(name, &style::header(style, value)));
            self.headers.extend(header);
        }
        self
    }

    /// A cookie.
    #[must_use]
    pub fn cookie(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.cookie_as(name, Style::FormExplode, argument)
    }

    /// The same, in another style.
    #[must_use]
    pub fn cookie_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, argument)) {
            for (name, value) in pairs(name, style, value) {
                let before = self.headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
                let cookies = before.map(|before| format!("{before}; ")).unwrap_or_default() + &name + "=" + &value;
                let cookies = self.keep(header("cookie", &cookies));
                if let Some((name, cookies)) = cookies {
                    self.headers.insert(name, cookies);
                }
            }
        }
        self
    }

    /// Changes the request by a value, where there is one.
    #[must_use]
    pub fn optional<T>(self, value: Option<T>, change: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => change(self, value),
            None => self,
        }
    }

    /// Changes the request by a value.
    #[must_use]
    pub fn with<T>(self, value: T, change: impl FnOnce(Self, T) -> Self) -> Self {
        change(self, value)
    }

    fn keep<T>(&mut self, argument: Result<T, Error>) -> Option<T> {
        argument.map_err(|error| _ = self.invalid.get_or_insert(error)).ok()
    }

    /// The path with its arguments, or what is wrong with the first bad argument. A query that is in the template goes
    /// before the other parameters.
    pub(crate) fn take_path(&mut self, profile: &dyn Profile) -> Result<String, Error> {
        if let Some(error) = self.invalid.take() {
            return Err(error);
        }
        self.arguments.iter().try_for_each(|(name, value)| profile.check_path_argument(name, value))?;
        let (path, mut query) = path::fill(self.template, &self.arguments)?;
        if !query.is_empty() && !self.query.is_empty() {
            query.push('&');
        }
        self.query.insert_str(0, &query);
        Ok(path)
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let refusal = || Error::invalid_argument(format!("`{name}` cannot be sent as a header"));
    let name = HeaderName::try_from(name).map_err(|_| refusal())?;
    let value = HeaderValue::try_from(value).map_err(|_| refusal())?;
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::Request;
    use crate::profile::Standard;

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
        let error = request.take_path(&Standard).unwrap_err();
        assert!(error.is_invalid_argument());
        assert_eq!(error.to_string(), "`X-One` cannot be sent as a header");
    }

    #[test]
    fn an_absent_path_argument_is_refused() {
        let error = Request::get("/{a}").path("a", &None::<u8>).take_path(&Standard).unwrap_err();
        assert!(error.is_invalid_argument());
    }
}
