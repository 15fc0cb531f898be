//! Sends the requests of operations and decodes the responses.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use http::header::ACCEPT;
use tokio::time::Instant;

use super::call::{Call, Reading};
use super::following::Following;
use super::options::{CallOptions, Limits};
use super::shared::{Settings, Shared};
use super::span::Span;
use crate::error::Error;
use crate::json::{self, FromJson};
use crate::request::Request;
use crate::response::{Answer, Decode, Incoming, Pages, Response};

/// The connections, credentials and limits of a generated client. Clones share all of them.
#[doc(hidden)]
#[derive(Clone)]
pub struct Transport {
    shared: Arc<Shared>,
    options: Arc<CallOptions>,
}

impl Transport {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self { shared: Arc::new(Shared::new(settings)?), options: Arc::default() })
    }

    /// Returns a transport whose calls use `options`. Options that were set earlier apply where `options` sets none.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { shared: Arc::clone(&self.shared), options: Arc::new(options.or(&self.options)) }
    }

    /// Sends a request whose response is JSON. An empty body, or less than 64 KiB of white space, is read as null.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`](crate::ErrorKind).
    pub async fn send<T: FromJson>(&self, request: Request) -> Result<Response<T>, Error> {
        self.send_with(request, Response::json).await
    }

    /// Sends a request and ignores the body of the response.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`](crate::ErrorKind).
    pub async fn send_empty(&self, request: Request) -> Result<Response<()>, Error> {
        self.call(request, Reading::Nothing, |response| Ok(response.with_body(()))).await
    }

    /// Sends a request whose response is text.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`](crate::ErrorKind).
    pub async fn send_text(&self, request: Request) -> Result<Response<String>, Error> {
        self.send_with(request, |response, limits| match Answer::new(&response, limits).text() {
            Ok(text) => Ok(response.with_body(text)),
            Err(error) => Err(response.reject(error)),
        })
        .await
    }

    /// Sends a request whose response type depends on the status.
    ///
    /// # Errors
    ///
    /// Returns an error of any [`ErrorKind`](crate::ErrorKind).
    pub async fn send_as<T: Decode>(&self, request: Request) -> Result<Response<T>, Error> {
        self.send_with(request, |response, limits| match T::decode(&Answer::new(&response, limits)) {
            Ok(body) => Ok(response.with_body(body)),
            Err(error) => Err(response.reject(error)),
        })
        .await
    }

    /// Returns the items of all pages. `read` splits a page into its items and what it says of the next page.
    pub fn pages<P, T>(&self, request: Request, read: fn(P) -> (Vec<T>, Following)) -> Pages<T>
    where
        P: FromJson + Send + 'static,
        T: Send + 'static,
    {
        let transport = self.clone();
        let (template, server, security) = (request.template, request.server, request.security);
        let (headers, is_personal) = (request.headers.clone(), request.is_personal);
        let mut page = Arc::clone(&request.url);
        let mut first = Some(request);
        Pages::new(move |next| {
            let transport = transport.clone();
            let mut request = first.take().unwrap_or_else(|| Request::get(template).security(security));
            // The address of a page includes the path and the query string, but not the headers.
            request.headers = headers.clone();
            request.server = server;
            request.is_personal = is_personal;
            request.address = next.map(|next| (Arc::clone(&page), next));
            page = Arc::clone(&request.url);
            let url = Arc::clone(&page);
            Box::pin(async move {
                let (response, page) = transport.send::<P>(request).await?.into_parts();
                let (items, following) = read(page);
                let next = url.get().and_then(|url| following.after(url, response.headers(), items.len()));
                Ok((response.with_body(items).hidden(is_personal), next))
            })
        })
    }

    pub(super) fn limits(&self) -> Limits {
        self.options.limits(self.shared.settings.limits)
    }

    async fn send_with<T>(
        &self,
        mut request: Request,
        decode: impl FnOnce(Response<Bytes>, json::Limits) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        request.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        let limits = self.limits();
        let deadline = Instant::now().checked_add(limits.timeout);
        let limits = json::Limits::new(limits.max_response_bytes, deadline);
        self.call(request, Reading::Whole, |response| {
            let (response, body) = response.into_parts();
            decode(response.with_body(body.in_memory()?), limits)
        })
        .await
    }

    pub(super) async fn call<T>(
        &self,
        mut request: Request,
        reading: Reading,
        decode: impl FnOnce(Response<Incoming>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let (method, template, is_personal) = (request.method.clone(), request.template, request.is_personal);
        let span = Span::call(self.shared.profile(), &method, template);
        let response = span.run(async {
            let call = Call::new(&self.shared, &self.options, &mut request)?;
            call.run(reading).await
        });
        let result = response.await.and_then(|response| {
            let (attempts, maybe_sent) = (response.attempts(), response.maybe_sent());
            let response = decode(response).map_err(|error| error.after(attempts, maybe_sent))?;
            Ok(response.hidden(is_personal))
        });
        span.end(&result);
        result.map_err(|error| error.with_operation(method, template))
    }
}

/// Omits credentials and the base URL.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("limits", &self.limits()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
