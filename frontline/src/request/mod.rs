//! Requests: what an operation sends, before the server and the credentials are added.
//!
//! May use `error`, `values`, `profile`, `network` and `random`.

use std::sync::{Arc, OnceLock};

use http::Method;
use http::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;
use serde::Serialize;

use crate::Error;
use crate::profile::Profile;
use crate::random::random_uuid;

mod bodies;
mod body;
mod file;
mod form;
mod multipart;
mod path;
mod security;
mod style;
pub(crate) mod upload;

pub(crate) use body::Content;
pub use file::File;
pub use multipart::Multipart;
pub use security::Scheme;
pub(crate) use security::SchemeKind;
pub use style::Style;
pub(crate) use style::pairs;

/// A builder for a request.
///
/// The builder stores the first error about an argument that cannot be sent. The call then returns that error.
#[doc(hidden)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) server: Option<&'static str>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Content>,
    pub(crate) security: &'static [&'static [Scheme]],
    /// The statuses outside the range 200 to 299 that count as success.
    pub(crate) also: &'static [u16],
    /// Whether the response body is personal data.
    pub(crate) is_personal: bool,
    /// Whether it may be sent again after a failure, whatever its method.
    pub(crate) is_repeatable: bool,
    /// The address of a further page, which replaces path and query, and the URL of the page that named it.
    pub(crate) address: Option<(Arc<OnceLock<Url>>, String)>,
    /// Set to the URL of the first attempt.
    pub(crate) url: Arc<OnceLock<Url>>,
    arguments: Vec<(&'static str, String)>,
    invalid: Option<Error>,
}

macro_rules! methods {
    ($($name:ident $method:ident),*) => {$(
        /// Creates a request with the HTTP method that the function is named after.
        #[must_use]
        pub fn $name(template: &'static str) -> Self {
            Self::new(Method::$method, template)
        }
    )*};
}

impl Request {
    methods!(get GET, put PUT, post POST, delete DELETE, options OPTIONS, head HEAD, patch PATCH, trace TRACE);

    /// Creates a request for a path template such as `/v1/Users/{Sid}`, which may contain a query string.
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
            is_personal: false,
            is_repeatable: false,
            address: None,
            url: Arc::default(),
            arguments: Vec::new(),
            invalid: None,
        }
    }

    /// Sets the operation's own server. Default: the server of the document.
    #[must_use]
    pub fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Sets the alternative combinations of security schemes that the operation accepts.
    #[must_use]
    pub fn security(mut self, alternatives: &'static [&'static [Scheme]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the statuses outside the range 200 to 299 that the document describes as success.
    #[must_use]
    pub fn also(mut self, statuses: &'static [u16]) -> Self {
        self.also = statuses;
        self
    }

    /// Hides the response body from `Debug`.
    #[must_use]
    pub fn personal(mut self) -> Self {
        self.is_personal = true;
        self
    }

    /// Sets the header `Accept`. Default: JSON.
    #[must_use]
    pub fn accept(mut self, media: &'static str) -> Self {
        self.headers.insert(ACCEPT, HeaderValue::from_static(media));
        self
    }

    /// Sets the path parameter `{name}`.
    #[must_use]
    pub fn path(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.path_as(name, Style::Simple, argument)
    }

    /// Sets the path parameter `{name}` in another style.
    #[must_use]
    pub fn path_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, style, argument)) {
            self.arguments.push((name, style::segment(name, style, value)));
        }
        self
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.query_as(name, Style::FormExplode, argument)
    }

    /// Adds a query parameter in another style.
    #[must_use]
    pub fn query_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, style, argument)) {
            for (name, value) in pairs(name, style, value) {
                let mark = if self.query.is_empty() { "" } else { "&" };
                self.query.extend([mark, &name, "=", &value]);
            }
        }
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.header_as(name, Style::Simple, argument)
    }

    /// Adds a header in another style.
    #[must_use]
    pub fn header_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, style, argument)) {
            let text = self.keep(style::header(name, style, value)).flatten();
            let header = text.and_then(|text| self.keep(header(name, &text)));
            self.headers.extend(header);
        }
        self
    }

    /// Adds a header by which the service recognizes a repeated request. If there is no argument, its value is a random UUID,
    /// the same for all attempts.
    #[must_use]
    pub fn idempotency_key(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        let request = self.given_idempotency_key(name, argument);
        if request.is_repeatable { request } else { request.given_idempotency_key(name, &random_uuid()) }
    }

    /// Adds a header by which the service recognizes a repeated request, if there is an argument.
    #[must_use]
    pub fn given_idempotency_key(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        let mut request = self.header(name, argument);
        request.is_repeatable |= request.headers.contains_key(name);
        request
    }

    /// Adds a cookie.
    #[must_use]
    pub fn cookie(self, name: &'static str, argument: &(impl Serialize + ?Sized)) -> Self {
        self.cookie_as(name, Style::FormExplode, argument)
    }

    /// Adds a cookie in another style.
    #[must_use]
    pub fn cookie_as(mut self, name: &'static str, style: Style, argument: &(impl Serialize + ?Sized)) -> Self {
        if let Some(Some(value)) = self.keep(style::value(name, style, argument)) {
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

    /// Applies `change` to the request and the value, if the value is present.
    #[must_use]
    pub fn optional<T>(self, value: Option<T>, change: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => change(self, value),
            None => self,
        }
    }

    /// Applies `change` to the request and the value.
    #[must_use]
    pub fn with<T>(self, value: T, change: impl FnOnce(Self, T) -> Self) -> Self {
        change(self, value)
    }

    fn keep<T>(&mut self, argument: Result<T, Error>) -> Option<T> {
        argument.map_err(|error| _ = self.invalid.get_or_insert(error)).ok()
    }

    /// Returns the path with its arguments, or the first stored error. Prepends the query string of the template, if it
    /// has one, to the other query parameters.
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
    // Servers remove white space around values (RFC 9110, section 5.5).
    if value.trim_matches([' ', '\t']) != value {
        return Err(refusal());
    }
    let name = HeaderName::try_from(name).map_err(|_| refusal())?;
    let value = HeaderValue::try_from(value).map_err(|_| refusal())?;
    Ok((name, value))
}

#[cfg(test)]
mod tests;
