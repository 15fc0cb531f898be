//! The state that all calls of a client share, and the conversion of requests for reqwest.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{CONTENT_LENGTH, USER_AGENT};
use http::{HeaderValue, Method};
use reqwest::Url;

use super::budget::Budget;
use super::concurrency::Concurrency;
use super::following::with_query;
use super::load::Load;
use super::middleware::Middleware;
use super::options::{CallOptions, Limits};
use super::pace::Pace;
use crate::auth::{Credentials, Given};
use crate::error::Error;
use crate::network::{BaseUrl, Connections, Progress, Servers, is_relative};
use crate::profile::Profile;
use crate::request::upload;
use crate::request::{Content, Request};

pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) budget: Budget,
    pub(crate) pace: Pace,
    pub(crate) concurrency: Option<Concurrency>,
}

pub(crate) struct Settings {
    pub(crate) base: BaseUrl,
    pub(crate) servers: Servers,
    /// The server of the document.
    pub(crate) server: Option<Cow<'static, str>>,
    /// Whether the user set `base`. It then takes precedence over an operation's own server.
    pub(crate) overridden: bool,
    pub(crate) http: Connections,
    pub(crate) credentials: Credentials,
    pub(crate) limits: Limits,
    pub(crate) load: Load,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) user_agent: HeaderValue,
    /// Returns the random numbers for jitter, from 0 to 1.
    pub(crate) random: fn() -> f64,
}

impl Shared {
    pub(super) fn new(settings: Settings) -> Result<Self, Error> {
        let budget = Budget::new(settings.load.retry_budget);
        let pace = Pace::new(settings.load.interval()?, settings.random);
        let concurrency = settings.load.permits()?.map(Concurrency::new);
        Ok(Self { settings, budget, pace, concurrency })
    }

    pub(super) fn profile(&self) -> &dyn Profile {
        &*self.settings.servers.profile
    }

    /// Builds the request for an attempt. Leaves out the body if it is in memory.
    pub(crate) fn prepare(
        &self,
        request: &Request,
        path: &str,
        options: &CallOptions,
        given: &Given,
        progress: &Progress,
    ) -> Result<reqwest::Request, Error> {
        let (mut headers, mut query) = (request.headers.clone(), request.query.clone());
        self.settings.credentials.apply(request.security, given, &mut headers, &mut query)?;
        let url = match self.page(request, options)? {
            Some(page) => with_query(page, &query),
            None => self.base(request.server, options)?.join(path, &query)?,
        };
        _ = request.url.set(url.clone());
        headers.insert(USER_AGENT, self.settings.user_agent.clone());
        // hyper sends no `Content-Length` with an empty body, which some servers answer with 411 (RFC 9110, section
        // 8.6).
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

    /// Returns the URL of a later page, or `None` if the request has a path. It includes the query parameters of the first
    /// page, except those of the credentials.
    pub(crate) fn page(&self, request: &Request, options: &CallOptions) -> Result<Option<Url>, Error> {
        let Some((page, address)) = &request.address else { return Ok(None) };
        let base = self.base(request.server, options)?;
        let page = page.get().unwrap_or(base.url());
        self.settings.servers.follow(&base, page, address).map(Some)
    }

    /// Returns the base URL of a call to an operation whose own server is `server`.
    fn base(&self, server: Option<&str>, options: &CallOptions) -> Result<BaseUrl, Error> {
        let Settings { base, servers, .. } = &self.settings;
        let users = match options.own_base_url() {
            Some(url) => Some(servers.base(url)?),
            None => self.settings.overridden.then(|| base.clone()),
        };
        match (users, server) {
            (Some(base), server) => {
                let documents = self.settings.server.as_deref().unwrap_or_default();
                let own = server.filter(|server| is_relative(server));
                Ok(if is_relative(documents) { base.below(documents, own.unwrap_or(documents)) } else { base })
            }
            (None, Some(path)) if is_relative(path) => Ok(base.clone().at(path)),
            (None, Some(server)) => servers.server(server),
            (None, None) => Ok(base.clone()),
        }
    }
}
