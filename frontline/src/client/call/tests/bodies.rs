//! Tests of the time limits of bodies.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::time::{Sleep, sleep};

use super::*;
use crate::network::{Body, Progress};
use crate::request::upload;
use crate::response::Incoming;
use crate::{ByteStream, StalledStreamProtection};

/// Yields a chunk after each pause, and then ends or hangs.
struct Chunks {
    pauses: VecDeque<u64>,
    size: usize,
    hangs: bool,
    pause: Pin<Box<Sleep>>,
    is_waiting: bool,
}

fn chunks(pauses: &[u64], size: usize, hangs: bool) -> ByteStream {
    let (pauses, pause) = (pauses.iter().copied().collect(), Box::pin(sleep(Duration::ZERO)));
    ByteStream::new(Chunks { pauses, size, hangs, pause, is_waiting: false })
}

impl Stream for Chunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.is_waiting {
            match self.pauses.pop_front() {
                Some(seconds) => self.pause = Box::pin(sleep(Duration::from_secs(seconds))),
                None if self.hangs => return Poll::Pending,
                None => return Poll::Ready(None),
            }
            self.is_waiting = true;
        }
        std::task::ready!(self.pause.as_mut().poll(context));
        self.is_waiting = false;
        Poll::Ready(Some(Ok(Bytes::from(" ".repeat(self.size)))))
    }
}

/// A middleware that replaces the network: it takes the request body in parts, with a pause after each, and answers
/// with a body that arrives in chunks.
#[derive(Clone)]
struct Line {
    taking: &'static [u64],
    status: u16,
    arriving: Vec<u64>,
    size: usize,
    hangs: bool,
}

impl Line {
    fn answering(status: u16, arriving: &[u64], size: usize, hangs: bool) -> Self {
        Self { taking: &[], status, arriving: arriving.to_vec(), size, hangs }
    }

    async fn call(&self, options: CallOptions, request: Request) -> (Result<usize, Error>, Duration) {
        let (started, transport) = (Instant::now(), self.transport());
        let result = transport.with(options.retry(Retry::never())).send_text(request).await;
        (result.map(|text| text.len()), started.elapsed())
    }

    fn transport(&self) -> Transport {
        ClientBuilder::<Bare>::new().base_url("http://127.0.0.1:1").middleware(self.clone()).build().unwrap().0
    }
}

impl Middleware for Line {
    fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async move {
            if let Some(body) = attempt.request.body_mut() {
                for seconds in self.taking {
                    _ = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await;
                    sleep(Duration::from_secs(*seconds)).await;
                }
            }
            let unwatched = Progress::new(SECOND, StalledStreamProtection::new());
            let body = upload::stream(chunks(&self.arriving, self.size, self.hangs), &unwatched);
            let status = StatusCode::from_u16(self.status).unwrap();
            let (mut head, body) = http::Response::new(body).into_parts();
            let body = Body::new(next.http, &Method::GET, &mut head, body, next.progress.clone());
            let headers = [(RETRY_AFTER, HeaderValue::from_static("7"))].into_iter().collect();
            Ok(AttemptResponse { status, headers, body: Incoming::network(body) })
        })
    }
}

fn get() -> Request {
    Request::get("/")
}

#[track_caller]
fn assert_timeout((result, elapsed): (Result<usize, Error>, Duration), seconds: u64, what: &str) {
    let error = result.unwrap_err();
    assert!(error.is_timeout() && error.to_string().ends_with(what), "{error:?}");
    assert_eq!(elapsed, Duration::from_secs(seconds), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn an_unsuccessful_status_survives_a_body_that_stalls() {
    for (line, options, seconds, body) in [
        (Line::answering(404, &[0], 5, true), CallOptions::new(), 2, "     "),
        (Line::answering(404, &[], 5, true), CallOptions::new(), 2, ""),
        (Line::answering(404, &[1, 9], 5, true), CallOptions::new(), 2, "     "),
        (Line::answering(404, &[], 5, true), CallOptions::new().timeout(SECOND), 1, ""),
        (Line::answering(404, &[], 5, true), CallOptions::new().attempt_timeout(SECOND), 2, ""),
    ] {
        let (result, elapsed) = line.call(options.clone(), get()).await;
        let error = result.unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
        assert_eq!((error.body().unwrap(), error.retry_after()), (body.as_bytes(), Some(7 * SECOND)));
        assert_eq!((error.attempts(), elapsed), (1, Duration::from_secs(seconds)), "{options:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_body_that_moves_is_limited_only_by_the_call() {
    let (result, elapsed) = Line::answering(200, &[6; 4], 30, false).call(CallOptions::new(), get()).await;
    assert_eq!((result.unwrap(), elapsed), (120, 24 * SECOND));
    let endless = Line::answering(200, &[6; 9], 30, true);
    assert_timeout(endless.call(CallOptions::new(), get()).await, 30, "the call exceeded its time limit");
    let options = CallOptions::new().timeout(Duration::MAX);
    assert_timeout(endless.call(options, get()).await, 9 * 6 + 20, "the response body stalled");
}

#[tokio::test(start_paused = true)]
async fn a_response_body_below_the_minimum_throughput_stalls() {
    let minimum = |bytes| {
        CallOptions::new().stalled_stream_protection(
            StalledStreamProtection::new().minimum_throughput(bytes).grace_period(8 * SECOND),
        )
    };
    // 5 bytes a second.
    let line = Line::answering(200, &[2; 8], 10, false);
    assert_eq!(line.call(minimum(5), get()).await.0.unwrap(), 80);
    assert_timeout(line.call(minimum(6), get()).await, 8, "the response body stalled");
}

#[tokio::test(start_paused = true)]
async fn without_the_protection_the_limit_of_the_attempt_includes_its_bodies() {
    let off = || CallOptions::new().stalled_stream_protection(StalledStreamProtection::disabled());
    let line = Line::answering(200, &[6; 4], 30, false);
    assert_timeout(line.call(off(), get()).await, 10, "the attempt exceeded its time limit");
    let line = Line { taking: &[6; 4], ..Line::answering(200, &[], 0, false) };
    let upload = Request::put("/").bytes("a/b", chunks(&[0; 4], 100_000, false));
    assert_timeout(line.call(off(), upload).await, 10, "the attempt exceeded its time limit");
}

#[tokio::test(start_paused = true)]
async fn a_request_body_that_moves_is_limited_only_by_the_call() {
    let upload = || Request::put("/").bytes("a/b", chunks(&[0; 6], 60_000, false).of_length(360_000));
    let line = Line { taking: &[4; 6], ..Line::answering(200, &[], 0, false) };
    let (result, elapsed) = line.call(CallOptions::new(), upload()).await;
    assert_eq!((result.unwrap(), elapsed), (0, 24 * SECOND));
    let line = Line { taking: &[7; 6], ..Line::answering(200, &[], 0, false) };
    assert_timeout(line.call(CallOptions::new(), upload()).await, 30, "the call exceeded its time limit");
    // The connection takes two parts, and no more.
    let stuck = Line { taking: &[4, 3000], ..Line::answering(200, &[], 0, false) };
    let patient = || CallOptions::new().timeout(Duration::MAX);
    assert_timeout(stuck.call(patient(), upload()).await, 24, "the upload of the request body stalled");
    let brief = StalledStreamProtection::new().grace_period(2 * SECOND);
    let options = patient().stalled_stream_protection(brief);
    assert_timeout(stuck.call(options, upload()).await, 2, "the upload of the request body stalled");
    // The stream yields two chunks, and no more.
    let line = Line { taking: &[4; 6], ..Line::answering(200, &[], 0, false) };
    let upload = Request::put("/").bytes("a/b", chunks(&[0; 2], 60_000, true));
    assert_timeout(line.call(patient(), upload).await, 24, "the upload of the request body stalled");
}

/// The parts may have got no further than the buffers of the system.
#[tokio::test(start_paused = true)]
async fn after_an_upload_the_limit_of_the_attempt_is_longer_by_the_grace_period() {
    let options = CallOptions::new().timeout(Duration::MAX);
    let upload = || Request::put("/").bytes("a/b", chunks(&[0], 60_000, false).of_length(60_000));
    let line = Line { taking: &[29], ..Line::answering(200, &[], 0, false) };
    assert_eq!(line.call(options.clone(), upload()).await.0.unwrap(), 0);
    let line = Line { taking: &[31], ..Line::answering(200, &[], 0, false) };
    assert_timeout(line.call(options, upload()).await, 30, "the attempt exceeded its time limit");
}

#[tokio::test(start_paused = true)]
async fn a_download_stalls_only_while_it_is_read() {
    let line = Line::answering(200, &[15, 4, 15, 4], 30, true);
    let mut stream = line.transport().send_stream(get()).await.unwrap().into_inner();
    for _ in 0..4 {
        sleep(100 * SECOND).await;
        assert_eq!(stream.next_chunk().await.unwrap().unwrap().len(), 30);
    }
    let started = Instant::now();
    let error = stream.next_chunk().await.unwrap_err();
    assert_eq!((error.kind(), started.elapsed()), (ErrorKind::Timeout, 20 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn events_and_lines_may_be_slow_but_not_silent_for_longer_than_an_attempt() {
    let line = Line::answering(200, &[9; 9], 1, true);
    let mut lines = line.transport().send_lines::<u32>(get()).await.unwrap().into_inner();
    let started = Instant::now();
    assert!(lines.next_item().await.unwrap_err().is_timeout());
    assert_eq!(started.elapsed(), (9 * 9 + 10) * SECOND);
}
