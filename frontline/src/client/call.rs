//! A call: its attempts, and their time limits.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::time::{Instant, sleep, timeout_at};

use super::budget::Cost;
use super::middleware::{Attempt, AttemptFuture, Next};
use super::options::{CallOptions, Limits};
use super::shared::Shared;
use super::span::Span;
use crate::auth::Credentials;
use crate::error::{Error, ErrorKind, Head};
use crate::profile::request_id;
use crate::request::upload::Progress;
use crate::request::{Content, Request};
use crate::response::{Incoming, Response, failure};

/// The number of bytes to read of an unsuccessful response's body. Error descriptions are short.
const MAX_ERROR_BYTES: usize = 64 << 10;

/// How much of the response body an attempt reads.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    Nothing,
    Whole,
    /// The caller reads the body as a stream.
    Later,
}

pub(crate) struct Call<'a> {
    limits: Limits,
    shared: &'a Shared,
    options: &'a CallOptions,
    request: &'a Request,
    path: String,
    progress: Progress,
    /// Whether the current attempt was handed to the network.
    sent: AtomicBool,
    /// The number of the reqwest client that the current attempt uses.
    pool: AtomicUsize,
    /// Whether the server refused credentials that the provider returned for an earlier call.
    is_stale: AtomicBool,
}

impl<'a> Call<'a> {
    /// Prepares a call. Invalid path arguments are found here, before anything is sent.
    pub(crate) fn new(shared: &'a Shared, options: &'a CallOptions, request: &'a mut Request) -> Result<Self, Error> {
        // The address of a later page includes the path.
        let path = if request.address.is_some() { "/".to_owned() } else { request.take_path(shared.profile())? };
        let limits = options.limits(shared.settings.limits);
        Ok(Self {
            limits,
            shared,
            options,
            request,
            path,
            progress: Progress::new(),
            sent: AtomicBool::new(false),
            pool: AtomicUsize::new(0),
            is_stale: AtomicBool::new(false),
        })
    }

    /// Makes attempts until one succeeds or a retry is not allowed.
    pub(crate) async fn run(&self, reading: Reading) -> Result<Response<Incoming>, Error> {
        let (mut attempts, mut maybe_sent, mut cost) = (0, false, None::<Cost<'_>>);
        loop {
            attempts += 1;
            let error = match self.timed_attempt(attempts, reading).await {
                Ok(response) => {
                    if attempts == 1 {
                        self.shared.budget.reward();
                    }
                    return Ok(response);
                }
                Err(error) => error,
            };
            if let Some(cost) = cost.take() {
                cost.spend();
            }
            if error.kind() == ErrorKind::Timeout {
                self.shared.settings.http.leave(self.pool.swap(0, Ordering::Relaxed));
            }
            maybe_sent |= self.sent.swap(false, Ordering::Relaxed) && error.kind() != ErrorKind::NotSent;
            let pause = self.pause(&error, attempts);
            cost = pause.and_then(|_| self.shared.budget.take(&error));
            match pause {
                Some(pause) if cost.is_some() => sleep(pause).await,
                _ => return Err(error.after(attempts, maybe_sent)),
            }
        }
    }

    /// Returns the pause before the next attempt, or `None` if a retry is not allowed or would miss the deadline.
    fn pause(&self, error: &Error, attempts: u32) -> Option<Duration> {
        let retry = self.limits.retry;
        let is_stale = self.is_stale.swap(false, Ordering::Relaxed);
        let is_once = matches!(self.request.body, Some(Content::Once(_)));
        let may_repeat = !is_once && retry.allows(&self.request.method, error, is_stale, attempts);
        let pause = retry.delay(error, attempts, (self.shared.settings.random)());
        (may_repeat && self.left().is_none_or(|left| pause < left)).then_some(pause)
    }

    /// Returns when the call has to end, or `None` if that is beyond the range of `Instant`.
    fn deadline(&self) -> Option<Instant> {
        self.progress.last().checked_add(self.limits.timeout)
    }

    fn left(&self) -> Option<Duration> {
        self.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    async fn timed_attempt(&self, number: u32, reading: Reading) -> Result<Response<Incoming>, Error> {
        let span = Span::attempt(self.shared.profile(), &self.request.method, self.request.template, number);
        let result = span.run(self.in_time(self.attempt(number, reading, &span))).await;
        span.end(&result);
        result
    }

    async fn in_time<T>(&self, attempt: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let started = Instant::now();
        let mut attempt = pin!(attempt);
        loop {
            let Some((end, what)) = self.end(started) else { return attempt.await };
            match timeout_at(end, attempt.as_mut()).await {
                Ok(result) => return result,
                // An upload has made progress, which moved the end.
                Err(_) if self.end(started).is_none_or(|(later, _)| later > end) => {}
                Err(_) => return Err(Error::new(ErrorKind::Timeout, what)),
            }
        }
    }

    /// Returns when the attempt has to end, and the error message for that case.
    fn end(&self, started: Instant) -> Option<(Instant, &'static str)> {
        let own = self.progress.last().max(started).checked_add(self.limits.attempt_timeout);
        let own = own.map(|end| (end, "the attempt exceeded its time limit"));
        let all = self.deadline().map(|end| (end, "the call exceeded its time limit"));
        all.into_iter().chain(own).min_by_key(|(end, _)| *end)
    }

    async fn attempt(&self, number: u32, reading: Reading, span: &Span) -> Result<Response<Incoming>, Error> {
        let credentials = &self.shared.settings.credentials;
        let given = credentials.given(self.request.security).await?;
        let request = match &given {
            Some(given) => self.prepare(&credentials.with(&given.login)?),
            None => self.prepare(credentials),
        }?;
        span.server(request.url());
        let bytes = self.request.body.as_ref().and_then(Content::whole).cloned();
        let response = self.send(Attempt { request, bytes, template: self.request.template, number }).await?;
        let (status, headers) = (response.status, response.headers);
        let head = Head { status, request_id: request_id(self.shared.profile(), &headers), headers };
        if !self.is_success(status) {
            if let (StatusCode::UNAUTHORIZED, Some(provider), Some(given)) = (status, &credentials.provider, &given) {
                self.is_stale.store(provider.refuse(given), Ordering::Relaxed);
            }
            // If the body cannot be read to its end, the status still describes the error.
            let body = response.body.start(MAX_ERROR_BYTES).await.bytes;
            return Err(failure(head, &body, self.shared.profile()));
        }
        let body = match reading {
            Reading::Nothing => Incoming::Whole(Bytes::new()),
            Reading::Whole => Incoming::Whole(response.body.whole(self.limits.max_response_bytes).await?),
            Reading::Later => response.body,
        };
        Ok(Response::new(head, body, number))
    }

    fn prepare(&self, credentials: &Credentials) -> Result<reqwest::Request, Error> {
        self.shared.prepare(self.request, &self.path, self.options, credentials, &self.progress)
    }

    fn send(&self, attempt: Attempt) -> AttemptFuture<'_> {
        let next = Next {
            rest: &self.shared.settings.middleware,
            http: &self.shared.settings.http,
            connect_timeout: self.limits.connect_timeout,
            sent: &self.sent,
            pool: &self.pool,
            progress: &self.progress,
        };
        next.run(attempt)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.request.also.contains(&status.as_u16())
    }
}

#[cfg(test)]
mod tests;
