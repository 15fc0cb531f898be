//! A call: its attempts, and their time limits.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep, timeout_at};

use super::budget::Cost;
use super::middleware::{Attempt, AttemptFuture, Next};
use super::options::{CallOptions, Limits};
use super::shared::Shared;
use super::span::{Span, tell_retry};
use crate::error::{Error, ErrorKind, Head, MAX_BODY_BYTES};
use crate::network::Progress;
use crate::profile::request_id;
use crate::request::{Content, Request};
use crate::response::{Incoming, Response, failure};

/// The limits for reading a body that nobody needs. Above them, a new connection is cheaper. The time exceeds the 40
/// milliseconds by which TCP may delay the body of a server that writes it after the headers.
const MAX_DRAINED_BYTES: usize = 64 << 10;
const MAX_DRAIN_TIME: Duration = Duration::from_millis(100);

/// How long to wait for an unsuccessful response's body. The status matters more than the description.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(2);

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
    /// When the call has to end, or `None` if that is beyond the range of `Instant`.
    deadline: Option<Instant>,
    /// The number of the reqwest client that the current attempt uses.
    pool: AtomicUsize,
    /// Whether another attempt may get credentials: the server refused those that the provider returned for an earlier
    /// call, or the attempt ended while it waited for the provider.
    is_stale: AtomicBool,
}

impl<'a> Call<'a> {
    /// Prepares a call. Invalid path arguments and addresses of pages are found here, before the first attempt.
    pub(crate) fn new(shared: &'a Shared, options: &'a CallOptions, request: &'a mut Request) -> Result<Self, Error> {
        let path = match shared.page(request, options)? {
            Some(page) => page.path().to_owned(),
            None => request.take_path(shared.profile())?,
        };
        let limits = options.limits(shared.settings.limits);
        Ok(Self {
            limits,
            shared,
            options,
            request,
            path,
            deadline: Instant::now().checked_add(limits.timeout),
            pool: AtomicUsize::new(0),
            is_stale: AtomicBool::new(false),
        })
    }

    /// Makes attempts until one succeeds or a retry is not allowed.
    pub(crate) async fn run(&self, reading: Reading) -> Result<Response<Incoming>, Error> {
        let _caller = self.shared.pace.enter();
        let (mut attempts, mut maybe_sent, mut cost) = (0, false, None::<Cost<'_>>);
        let mut permit = self.turn(false).await?;
        loop {
            attempts += 1;
            let started = Instant::now();
            let progress = Progress::new(self.limits.attempt_timeout, self.limits.protection);
            let result = self.timed_attempt(attempts, reading, &progress).await;
            maybe_sent |= progress.maybe_sent();
            let error = match result {
                Ok(response) => {
                    if attempts == 1 {
                        self.shared.budget.reward();
                    }
                    let response = response.after(attempts, maybe_sent);
                    if matches!(reading, Reading::Nothing) {
                        return Ok(self.drain(response).await);
                    }
                    return Ok(response.map(|body| body.holding(permit)));
                }
                Err(error) if progress.maybe_sent() && error.kind().is_before_sending() => {
                    Error::cancelled("a middleware failed after the request was sent").with_source(error)
                }
                Err(error) => error,
            };
            drop(permit);
            if let Some(cost) = cost.take() {
                cost.spend();
            }
            if error.kind() == ErrorKind::Timeout {
                self.shared.settings.http.leave(self.pool.swap(0, Ordering::Relaxed));
            }
            self.shared.pace.learn(&error, started);
            let started = attempts - u32::from(error.kind().is_before_attempt());
            let Some(pause) = self.pause(&error, attempts) else { return Err(error.after(started, maybe_sent)) };
            cost = self.shared.budget.take(&error);
            if cost.is_none() {
                return Err(error.without_budget().after(started, maybe_sent));
            }
            tell_retry(self.request, &error, attempts, pause);
            sleep(pause).await;
            permit = match self.turn(true).await {
                Ok(permit) => permit,
                Err(_) => return Err(error.after(started, maybe_sent)),
            };
        }
    }

    /// Waits until an attempt may start, and counts it toward the concurrency limit until the result is dropped.
    async fn turn(&self, is_retry: bool) -> Result<Option<OwnedSemaphorePermit>, Error> {
        let turn = async {
            let permit = match &self.shared.concurrency {
                Some(concurrency) => concurrency.permit(is_retry).await,
                None => None,
            };
            let is_in_time = self.shared.pace.turn(is_retry, self.deadline).await;
            // A call that cannot wait until a pause ends makes its first attempt during the pause.
            (is_in_time || !is_retry).then_some(permit)
        };
        let what = "the call exceeded its time limit while it waited for `Retry-After`, the rate limit or the concurrency limit";
        let permit = match self.deadline {
            Some(deadline) => timeout_at(deadline, turn).await.ok().flatten(),
            None => turn.await,
        };
        permit.ok_or_else(|| Error::new(ErrorKind::Timeout, what))
    }

    /// Returns the pause before the next attempt, or `None` if a retry is not allowed or would miss the deadline.
    fn pause(&self, error: &Error, attempts: u32) -> Option<Duration> {
        let retry = self.limits.retry;
        let is_stale = self.is_stale.swap(false, Ordering::Relaxed);
        let is_once = matches!(self.request.body, Some(Content::Once(_)));
        let is_idempotent = self.request.is_repeatable || self.request.method.is_idempotent();
        let may_repeat = !is_once && retry.allows(is_idempotent, error, is_stale, attempts);
        let pause = retry.delay(error, attempts, (self.shared.settings.random)()).max(self.shared.pace.pause());
        (may_repeat && self.left().is_none_or(|left| pause < left)).then_some(pause)
    }

    fn left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    async fn timed_attempt(
        &self,
        number: u32,
        reading: Reading,
        progress: &Progress,
    ) -> Result<Response<Incoming>, Error> {
        let span = Span::attempt(self.shared.profile(), &self.request.method, self.request.template, number);
        let attempt = async {
            let response = self.in_time(progress, self.attempt(number, reading, progress, &span)).await?;
            if self.is_success(response.status()) { Ok(response) } else { Err(self.failure(response).await) }
        };
        let result = span.run(attempt).await;
        span.end(&result);
        result
    }

    async fn in_time<T>(
        &self,
        progress: &Progress,
        attempt: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut attempt = pin!(attempt);
        loop {
            // Bodies move the end of the attempt, but no closer to now than `progress.next()`.
            let ends = self.end(progress).map(|(end, _)| end).into_iter().chain(progress.next());
            let Some(wake) = ends.min() else { return attempt.await };
            if let Ok(result) = timeout_at(wake, attempt.as_mut()).await {
                return result;
            }
            if let Some((_, what)) = self.end(progress).filter(|(end, _)| *end <= Instant::now()) {
                return Err(Error::new(ErrorKind::Timeout, what));
            }
        }
    }

    /// Returns when the attempt has to end, and the error message for that case.
    fn end(&self, progress: &Progress) -> Option<(Instant, &'static str)> {
        let all = self.deadline.map(|end| (end, "the call exceeded its time limit"));
        all.into_iter().chain(progress.end()).min_by_key(|(end, _)| *end)
    }

    /// Returns a response with any status. The body of an unsuccessful one has not been read.
    async fn attempt(
        &self,
        number: u32,
        reading: Reading,
        progress: &Progress,
        span: &Span,
    ) -> Result<Response<Incoming>, Error> {
        if let Some(body) = &self.request.body {
            body.check().await?;
        }
        let credentials = &self.shared.settings.credentials;
        self.is_stale.store(true, Ordering::Relaxed);
        let given = credentials.given(self.request.security).await;
        self.is_stale.store(false, Ordering::Relaxed);
        let given = given?;
        let request = self.shared.prepare(self.request, &self.path, self.options, &given, progress)?;
        span.server(request.url());
        let bytes = self.request.body.as_ref().and_then(Content::whole).cloned();
        let attempt = Attempt { request, bytes, template: self.request.template, number };
        let response = self.send(attempt, progress).await?;
        let (status, headers) = (response.status, response.headers);
        let head = Head { status, request_id: request_id(self.shared.profile(), &headers), headers };
        if status == StatusCode::UNAUTHORIZED {
            self.is_stale.store(given.refuse(), Ordering::Relaxed);
        }
        let body = match reading {
            _ if !self.is_success(status) => response.body,
            Reading::Whole => Incoming::Whole(response.body.whole(self.limits.max_response_bytes).await?),
            Reading::Nothing | Reading::Later => response.body,
        };
        Ok(Response::from_head(head, body))
    }

    /// Creates the error for an unsuccessful response. If its body cannot be read to the end, or not in time, the
    /// status still describes the error.
    async fn failure(&self, response: Response<Incoming>) -> Error {
        let (response, body) = response.into_parts();
        let start = self.start(body, ERROR_BODY_TIMEOUT, MAX_BODY_BYTES).await;
        failure(response.into_head(), &start, self.shared.profile())
    }

    /// Reads a small body that nobody needs, because only then its connection can be reused. The call has succeeded, so
    /// it does not matter whether this does.
    async fn drain(&self, response: Response<Incoming>) -> Response<Incoming> {
        let (response, body) = response.into_parts();
        self.start(body, MAX_DRAIN_TIME, MAX_DRAINED_BYTES).await;
        response.with_body(Incoming::Whole(Bytes::new()))
    }

    /// Reads a body until it ends, an error occurs, or a limit is reached.
    async fn start(&self, body: Incoming, time: Duration, bytes: usize) -> Vec<u8> {
        let end = Instant::now() + time;
        let end = self.deadline.map_or(end, |deadline| deadline.min(end));
        let mut start = Vec::new();
        _ = timeout_at(end, body.read(bytes, &mut start)).await;
        start
    }

    fn send<'b>(&'b self, attempt: Attempt, progress: &'b Progress) -> AttemptFuture<'b> {
        let next = Next {
            rest: &self.shared.settings.middleware,
            http: &self.shared.settings.http,
            connect_timeout: self.limits.connect_timeout,
            pool: &self.pool,
            progress,
        };
        next.run(attempt)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.request.also.contains(&status.as_u16())
    }
}

#[cfg(test)]
mod tests;
