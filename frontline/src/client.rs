//! From a request to a response: the part that all operations share.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderValue, Method};
use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::answer::{Answer, Decode};
use crate::auth::Credentials;
use crate::base::{BaseUrl, Place};
use crate::body::Content;
use crate::call::{Call, Reading};
use crate::incoming::Incoming;
use crate::network::Network;
use crate::options::{CallOptions, Limits};
use crate::pages::Pages;
use crate::request::Request;
use crate::response::Response;
use crate::retry::Budget;
use crate::trace::Span;
use crate::upload::{self, Progress};
use crate::{Error, Middleware};

mod streams;

/// What every generated client wraps: connections, credentials and limits. Clones share all of them.
#[doc(hidden)]
#[derive(Clone)]
pub struct Transport {
    shared: Arc<Shared>,
    options: Arc<CallOptions>,
}

pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Settings,
    pub(crate) budget: Budget,
}

pub(crate) struct Settings {
    pub(crate) base: BaseUrl,
    pub(crate) place: Place,
    /// The base URL is the user's, and goes before an operation's own server.
    pub(crate) overridden: bool,
    pub(crate) credentials: Credentials,
    pub(crate) network: Network,
    pub(crate) limits: Limits,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) user_agent: HeaderValue,
    /// For the times between attempts.
    pub(crate) random: fn() -> f64,
}

impl Settings {
    /// Whether some request may go to an `https` URL.
    fn uses_tls(&self) -> bool {
        !self.overridden || self.base.is_https()
    }
}

impl Transport {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let is_local = settings.overridden && settings.base.is_local();
        let http = settings.network.client(settings.uses_tls(), is_local)?;
        Ok(Self { shared: Arc::new(Shared { http, settings, budget: Budget::new() }), options: Arc::default() })
    }

    /// The same, with options that go before those that there are.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { shared: Arc::clone(&self.shared), options: Arc::new(options.or(&self.options)) }
    }

    /// Sends a request whose response is JSON.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send<T: DeserializeOwned>(&self, request: Request) -> Result<Response<T>, Error> {
        self.send_with(request, Response::json).await
    }

    /// Sends a request whose response has no body that matters.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
    pub async fn send_empty(&self, request: Request) -> Result<Response<()>, Error> {
        self.call(request, Reading::Nothing, |response| Ok(response.with_body(()))).await
    }

    /// Sends a request whose response is JSON, or empty.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
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
    /// See [`crate::ErrorKind`].
    pub async fn send_text(&self, request: Request) -> Result<Response<String>, Error> {
        self.send_with(request, |response| Answer::new(&response).text().map(|text| response.with_body(text))).await
    }

    /// Sends a request whose response depends on its status.
    ///
    /// # Errors
    ///
    /// See [`crate::ErrorKind`].
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
        let headers = request.headers.clone();
        let mut first = Some(request);
        Pages::new(move |next| {
            let transport = transport.clone();
            let mut request = first.take().unwrap_or_else(|| Request::get(template).security(security));
            // An address has path and query in it, and nothing of the headers.
            request.headers = headers.clone();
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
        self.call(request, Reading::Whole, |response| {
            let (response, body) = response.split();
            decode(response.with_body(body.in_memory()?))
        })
        .await
    }

    async fn call<T>(
        &self,
        mut request: Request,
        reading: Reading,
        decode: impl FnOnce(Response<Incoming>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let (method, template) = (request.method.clone(), request.template);
        let span = Span::call(&method, template);
        let response = span.run(async {
            let call = Call::new(&self.shared, &self.options, &mut request)?;
            call.run(reading).await
        });
        let result = response.await.and_then(|response| {
            let attempts = response.attempts();
            decode(response).map_err(|error| error.after(attempts, true))
        });
        span.end(&result);
        result.map_err(|error| error.with_operation(method, template))
    }
}

impl Shared {
    /// Without the body, where that is in memory.
    pub(crate) fn prepare(
        &self,
        request: &Request,
        path: &str,
        options: &CallOptions,
        credentials: &Credentials,
        progress: &Progress,
    ) -> Result<reqwest::Request, Error> {
        let (mut headers, mut query) = (request.headers.clone(), request.query.clone());
        credentials.apply(request.security, &mut headers, &mut query)?;
        let base = self.base(request.server, options)?;
        let url = match &request.address {
            // The address has the parameters of the first page in it, but what credentials added.
            Some(address) => with_query(self.settings.place.follow(&base, address)?, &query),
            None => base.join(path, &query)?,
        };
        headers.insert(USER_AGENT, self.settings.user_agent.clone());
        // hyper says nothing of an empty body, for which some servers answer 411 (RFC 9110, section 8.6).
        let has_content = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
        if has_content && request.body.as_ref().is_none_or(Content::is_empty) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in options.headers()? {
            headers.insert(name, value.clone());
        }
        let mut prepared = reqwest::Request::new(request.method.clone(), url);
        *prepared.headers_mut() = headers;
        let stream = request.body.as_ref().and_then(Content::take_stream);
        *prepared.body_mut() = stream.map(|stream| upload::stream(stream, progress));
        Ok(prepared)
    }

    fn base(&self, server: Option<&str>, options: &CallOptions) -> Result<BaseUrl, Error> {
        match (options.own_base_url(), server) {
            (Some(url), _) => self.settings.place.base(url),
            (None, Some(server)) if !self.settings.overridden => self.settings.place.server(server),
            _ => Ok(self.settings.base.clone()),
        }
    }
}

fn with_query(mut url: Url, more: &str) -> Url {
    if !more.is_empty() {
        let query = url.query().map_or_else(|| more.to_owned(), |query| format!("{query}&{more}"));
        url.set_query(Some(&query));
    }
    url
}

/// Without credentials and base URL.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("limits", &self.options.limits(self.shared.settings.limits))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
