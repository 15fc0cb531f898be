//! From a request to a response: the part that all operations share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderValue, Method};
use reqwest::redirect::Policy;
use reqwest::{Url, retry};
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Decode};
use crate::auth::Credentials;
use crate::base::{BaseUrl, Place};
use crate::pages::Pages;
use crate::request::Request;
use crate::response::{Response, failure};
use crate::{Error, ErrorKind, tls};

/// Of an unsuccessful response's body no more is read: Twilio's errors are below 1 KiB.
const MAX_ERROR_BYTES: usize = 64 << 10;

/// What every generated client wraps: connections, credentials and limits. Clones share all of them.
#[doc(hidden)]
#[derive(Clone)]
pub struct Transport(Arc<Shared>);

struct Shared {
    http: reqwest::Client,
    settings: Settings,
}

pub(crate) struct Settings {
    pub(crate) base: BaseUrl,
    pub(crate) place: Place,
    /// The base URL is the user's, and goes before an operation's own server.
    pub(crate) overridden: bool,
    pub(crate) credentials: Credentials,
    pub(crate) connect_timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) user_agent: HeaderValue,
}

impl Settings {
    /// Whether some request may go to an `https` URL.
    fn uses_tls(&self) -> bool {
        !self.overridden || self.base.is_https()
    }
}

impl Transport {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(settings.uses_tls())?)
            .redirect(Policy::none())
            .referer(false)
            .retry(retry::never())
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.attempt_timeout);
        // A proxy has another idea of what "localhost" is.
        let builder = if settings.overridden && settings.base.is_local() { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(|error| {
            Error::configuration("the HTTP client cannot be set up").with_source(error.without_url())
        })?;
        Ok(Self(Arc::new(Shared { http, settings })))
    }

    /// Sends a request whose response is JSON.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send<T: DeserializeOwned>(&self, request: Request) -> Result<Response<T>, Error> {
        self.send_with(request, Response::json).await
    }

    /// Sends a request whose response has no body that matters.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send_empty(&self, request: Request) -> Result<Response<()>, Error> {
        let (method, template) = (request.method.clone(), request.template);
        let result = self.execute(request).await.map(Response::without_body);
        result.map_err(|error| error.with_operation(method, template))
    }

    /// Sends a request whose response is JSON, or empty.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send_optional<T: DeserializeOwned>(&self, request: Request) -> Result<Response<Option<T>>, Error> {
        self.send_with(request, |response| {
            if response.is_empty() { Ok(response.with_body(None)) } else { Ok(response.json::<T>()?.map(Some)) }
        })
        .await
    }

    /// Sends a request whose response is text.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send_text(&self, request: Request) -> Result<Response<String>, Error> {
        self.send_with(request, |response| Answer::new(&response).text().map(|text| response.with_body(text))).await
    }

    /// Sends a request whose response is bytes.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send_bytes(&self, request: Request) -> Result<Response<Bytes>, Error> {
        self.send_with(request, Ok).await
    }

    /// Sends a request whose response depends on its status.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub async fn send_as<T: Decode>(&self, request: Request) -> Result<Response<T>, Error> {
        self.send_with(request, |response| T::decode(&Answer::new(&response)).map(|body| response.with_body(body)))
            .await
    }

    /// The items of all pages; `read` takes a page apart.
    pub fn pages<P, T>(&self, request: Request, read: fn(P) -> (Vec<T>, Option<String>)) -> Pages<T>
    where
        P: DeserializeOwned + Send + 'static,
        T: Send + 'static,
    {
        let transport = self.clone();
        let (template, server, security) = (request.template, request.server, request.security);
        let mut first = Some(request);
        Pages::new(move |next| {
            let transport = transport.clone();
            let mut request = first.take().unwrap_or_else(|| Request::get(template).security(security));
            request.server = server;
            request.address = next;
            Box::pin(async move { Ok(read(transport.send::<P>(request).await?.into_inner())) })
        })
    }

    async fn send_with<T>(
        &self,
        mut request: Request,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        let (method, template) = (request.method.clone(), request.template);
        let result = self.execute(request).await.and_then(decode);
        result.map_err(|error| error.with_operation(method, template))
    }

    async fn execute(&self, request: Request) -> Result<Response<Bytes>, Error> {
        let also = request.also;
        let request = self.0.prepare(request)?;
        let mut response = self.0.http.execute(request).await.map_err(broken)?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        if !status.is_success() && !also.contains(&status.as_u16()) {
            let (body, _) = read(&mut response, MAX_ERROR_BYTES).await;
            return Err(failure(status, headers, &body));
        }
        match read(&mut response, self.0.settings.max_response_bytes).await {
            (body, End::Complete) => Ok(Response::new(status, headers, body.into())),
            (_, End::Cut) => {
                let limit = self.0.settings.max_response_bytes;
                Err(Error::new(ErrorKind::BodyTooLarge, format!("the response body is larger than {limit} bytes")))
            }
            (_, End::Broken(error)) => Err(broken(error)),
        }
    }
}

impl Shared {
    fn prepare(&self, mut request: Request) -> Result<reqwest::Request, Error> {
        // The address of a further page needs no path.
        let path = if request.address.is_some() { "/".to_owned() } else { request.take_path()? };
        self.settings.credentials.apply(request.security, &mut request.headers, &mut request.query)?;
        let mut url = self.url(request.server, &path, &request.query)?;
        if let Some(address) = &request.address {
            url = self.base(request.server)?.follow(address)?;
            // What credentials added; a page's address has the parameters of the first one in it.
            if !request.query.is_empty() {
                let query =
                    url.query().map_or_else(|| request.query.clone(), |query| format!("{query}&{}", request.query));
                url.set_query(Some(&query));
            }
        }
        request.headers.insert(USER_AGENT, self.settings.user_agent.clone());
        // hyper says nothing of an empty body, for which some servers answer 411 (RFC 9110, section 8.6).
        let has_content = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
        if has_content && request.body.as_ref().is_none_or(Bytes::is_empty) {
            request.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut prepared = reqwest::Request::new(request.method, url);
        *prepared.headers_mut() = request.headers;
        *prepared.body_mut() = request.body.map(Into::into);
        Ok(prepared)
    }

    fn url(&self, server: Option<&str>, path: &str, query: &str) -> Result<Url, Error> {
        self.base(server)?.join(path, query)
    }

    fn base(&self, server: Option<&str>) -> Result<BaseUrl, Error> {
        match server {
            Some(server) if !self.settings.overridden => self.settings.place.server(server),
            _ => Ok(self.settings.base.clone()),
        }
    }
}

enum End {
    Complete,
    Cut,
    Broken(reqwest::Error),
}

/// The body, or its first `limit` bytes and why there are no more.
async fn read(response: &mut reqwest::Response, limit: usize) -> (Vec<u8>, End) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > limit - body.len() => {
                body.extend_from_slice(&chunk[..limit - body.len()]);
                return (body, End::Cut);
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body, End::Complete),
            Err(error) => return (body, End::Broken(error)),
        }
    }
}

fn broken(error: reqwest::Error) -> Error {
    let (kind, what) = if error.is_builder() {
        (ErrorKind::InvalidArgument, "the arguments make a URL that is too long")
    } else if error.is_connect() {
        (ErrorKind::NotSent, "no connection could be made")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the attempt took longer than its limit")
    } else {
        (ErrorKind::Connection, "the connection broke")
    };
    // The URL has arguments in it.
    Error::new(kind, what).with_source(error.without_url())
}

/// Without credentials and base URL.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { connect_timeout, attempt_timeout, max_response_bytes, .. } = &self.0.settings;
        f.debug_struct("Transport")
            .field("connect_timeout", connect_timeout)
            .field("attempt_timeout", attempt_timeout)
            .field("max_response_bytes", max_response_bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
