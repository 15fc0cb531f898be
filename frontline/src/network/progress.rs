//! What an attempt is doing: this decides when it has to end, and whether the server may have got the request.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::stalled::{Pace, StalledStreamProtection};

/// The progress of an attempt, shared by the call, the connector and the bodies.
#[derive(Clone)]
pub(crate) struct Progress {
    limit: Duration,
    protection: StalledStreamProtection,
    state: Arc<Mutex<State>>,
}

struct State {
    phase: Phase,
    /// When the phase began, or the upload last moved.
    since: Instant,
    delivery: Delivery,
    has_started_body: bool,
}

#[derive(Clone, Copy)]
enum Phase {
    /// For anything but a body.
    Waiting,
    Sending(Pace),
    /// For the response to an upload. Parts of it may still be in the system's buffers.
    Sent,
    /// For a part of the response body, which has a limit of its own.
    Receiving,
}

/// What the server may have got of the request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Delivery {
    Nothing,
    /// Nothing yet: the attempt waits for its own connection.
    Connecting,
    Something,
}

/// Marks an attempt as receiving until it is dropped.
pub(super) struct Receiving<'a>(Option<&'a Progress>);

impl Progress {
    /// Starts an attempt. `limit` is the time limit of the attempt.
    pub(crate) fn new(limit: Duration, protection: StalledStreamProtection) -> Self {
        let delivery = Delivery::Nothing;
        let state = State { phase: Phase::Waiting, since: Instant::now(), delivery, has_started_body: false };
        Self { limit, protection, state: Arc::new(Mutex::new(state)) }
    }

    /// Returns when the attempt has to end unless it makes progress, and the error message for that case. Returns
    /// `None` if it need not end, or only beyond the range of `Instant`.
    pub(crate) fn end(&self) -> Option<(Instant, &'static str)> {
        let State { phase, since, .. } = *self.state();
        let late = "the attempt exceeded its time limit";
        let (end, what) = match phase {
            Phase::Waiting => (since.checked_add(self.limit), late),
            Phase::Sending(pace) => (since.checked_add(pace.left()), "the upload of the request body stalled"),
            Phase::Sent => (since.checked_add(self.limit.saturating_add(self.protection.grace)), late),
            Phase::Receiving => (None, late),
        };
        Some((end?, what))
    }

    /// Returns when to call [`end`](Self::end) again: a phase that begins now does not end before that.
    pub(crate) fn next(&self) -> Option<Instant> {
        let shortest = self.limit.min(self.protection.grace).max(Duration::from_millis(10));
        Instant::now().checked_add(shortest)
    }

    /// Records that the connection takes `bytes` bytes of an upload.
    pub(crate) fn sending(&self, bytes: usize) {
        let Some(start) = self.protection.pace() else { return };
        let mut state = self.state();
        let mut pace = match state.phase {
            Phase::Waiting => start,
            Phase::Sending(pace) => pace,
            Phase::Sent | Phase::Receiving => return,
        };
        let now = Instant::now();
        if let Phase::Sending(_) = state.phase {
            pace.record(now.saturating_duration_since(state.since), bytes);
        }
        state.enter(Phase::Sending(pace), now);
    }

    /// Records that the connection takes the last bytes of an upload.
    pub(crate) fn sent(&self) {
        let mut state = self.state();
        if let Phase::Sending(_) = state.phase {
            state.enter(Phase::Sent, Instant::now());
        }
    }

    pub(super) fn receiving(&self) -> Receiving<'_> {
        if self.protection.pace().is_none() {
            return Receiving(None);
        }
        self.state().phase = Phase::Receiving;
        Receiving(Some(self))
    }

    /// Returns the limit for the response body.
    pub(super) fn pace(&self) -> Option<Pace> {
        self.protection.pace()
    }

    /// Records that the request is handed to the HTTP client, which may already have a connection.
    pub(crate) fn handed_over(&self) {
        self.state().delivery = Delivery::Something;
    }

    /// Records that the connection reads the request body.
    pub(crate) fn start_body(&self) {
        self.state().has_started_body = true;
    }

    /// Whether the connection has started to read the request body. With HTTP/2, the request then has a stream.
    #[cfg(feature = "http2")]
    pub(super) fn has_started_body(&self) -> bool {
        self.state().has_started_body
    }

    /// Records that the HTTP client certainly sent nothing.
    pub(crate) fn not_sent(&self) {
        self.state().delivery = Delivery::Nothing;
    }

    pub(super) fn connecting(&self) {
        self.state().delivery = Delivery::Connecting;
    }

    /// Records that the request does not wait for its own connection, or no longer.
    pub(super) fn connected(&self) {
        let mut state = self.state();
        if state.delivery == Delivery::Connecting {
            state.delivery = Delivery::Something;
        }
    }

    /// Whether the server may have got the request.
    pub(crate) fn maybe_sent(&self) -> bool {
        self.state().delivery == Delivery::Something
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, phase: Phase, since: Instant) {
        (self.phase, self.since) = (phase, since);
    }
}

impl Drop for Receiving<'_> {
    fn drop(&mut self) {
        if let Some(progress) = self.0 {
            progress.state().enter(Phase::Waiting, Instant::now());
        }
    }
}
