//! When the attempts of a client may start: pauses that a server asks for, and the client's own rate limit.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Queue;
use tokio::time::{Instant, sleep_until};

use crate::Error;

/// Shared by all calls of a client. Without a rate limit and after a pause, a turn costs one uncontended lock.
pub(crate) struct Pace {
    /// The time between two attempts at the full rate. Zero without a rate limit.
    interval: Duration,
    /// Returns the random numbers for jitter, from 0 to 1.
    random: fn() -> f64,
    /// The number of calls that have not returned yet.
    callers: AtomicU32,
    /// Calls that have not made an attempt yet wait here first. At most one of them is ahead of the retries.
    newcomers: Queue<()>,
    /// Only the call that is first in this queue waits for the time of its attempt. Dropping a call leaves no gap.
    turns: Queue<()>,
    state: Mutex<State>,
}

struct State {
    /// The end of the last pause.
    resume: Instant,
    /// The share of the full rate that was left at `resume`.
    share: f64,
    /// Until this time, the calls that waited for `resume` come back one by one.
    spread_until: Instant,
    spread: Duration,
    /// The earliest time of the next attempt.
    next: Instant,
}

/// A call that has not returned yet.
pub(crate) struct Caller<'a>(&'a AtomicU32);

impl Pace {
    /// The share of its rate that a client keeps after a refusal, as in the AWS SDKs.
    const KEPT: f64 = 0.7;
    const LEAST: f64 = 0.1;
    /// The share of the full rate that a client regains in each second without a refusal.
    const REGAINED: f64 = 0.1;
    /// Attempts that are late by up to this time are made up for: timers have a resolution of a millisecond.
    const SLACK: Duration = Duration::from_millis(10);

    pub(crate) fn new(interval: Duration, random: fn() -> f64) -> Self {
        let now = Instant::now();
        let state = State { resume: now, share: 1.0, spread_until: now, spread: Duration::ZERO, next: now };
        let (newcomers, turns, callers) = (Queue::default(), Queue::default(), AtomicU32::new(0));
        Self { interval, random, callers, newcomers, turns, state: Mutex::new(state) }
    }

    pub(crate) fn enter(&self) -> Caller<'_> {
        self.callers.fetch_add(1, Ordering::Relaxed);
        Caller(&self.callers)
    }

    /// Returns how long the current pause lasts.
    pub(crate) fn pause(&self) -> Duration {
        self.with_state(|state, now| state.resume.saturating_duration_since(now))
    }

    /// Waits until an attempt may start. Returns `false` if that would be after `deadline` because of a pause.
    pub(crate) async fn turn(&self, is_retry: bool, deadline: Option<Instant>) -> bool {
        let is_in_time = || deadline.is_none_or(|deadline| self.with_state(|state, _| state.resume < deadline));
        if self.interval.is_zero() && self.with_state(|state, now| state.spread_until <= now) {
            return true;
        }
        if !is_in_time() {
            return false;
        }
        let _newcomer = if is_retry { None } else { Some(self.newcomers.lock().await) };
        let _turn = self.turns.lock().await;
        // A pause may begin or grow during the wait.
        while let Err(time) = self.with_state(|state, now| self.start(state, now)) {
            if !is_in_time() {
                return false;
            }
            sleep_until(time).await;
        }
        true
    }

    /// Starts an attempt, or returns when to try again.
    fn start(&self, state: &mut State, now: Instant) -> Result<(), Instant> {
        let earliest = state.resume.max(state.next);
        if now < earliest {
            return Err(earliest);
        }
        let spread =
            if now < state.spread_until { state.spread.mul_f64(0.5 + (self.random)()) } else { Duration::ZERO };
        let interval = self.interval.div_f64(state.share(now)).max(spread);
        state.next = earliest.max(now.checked_sub(Self::SLACK).unwrap_or(now)) + interval;
        Ok(())
    }

    /// Begins a pause and reduces the rate if `error` says that the attempt, which began at `started`, was one too
    /// many.
    pub(crate) fn learn(&self, error: &Error, started: Instant) {
        let wait = match error.pushback() {
            Some(wait) => wait,
            None if error.is_rate_limited() => Duration::ZERO,
            None => return,
        };
        let spread = wait / 2 / self.callers.load(Ordering::Relaxed).max(1);
        let spread = spread.min(Duration::from_secs(1));
        let jitter = spread.mul_f64((self.random)());
        self.with_state(|state, now| {
            // Times beyond the range of `Instant` are also beyond the time limits of all calls.
            let resume = now.checked_add(wait.saturating_add(jitter));
            let Some((resume, until)) = resume.and_then(|resume| Some((resume, resume.checked_add(wait / 2)?))) else {
                return;
            };
            // Attempts that began before the last pause ended say nothing about the current rate.
            if started >= state.resume {
                state.share = (state.share(now) * Self::KEPT).max(Self::LEAST);
            }
            state.resume = state.resume.max(resume);
            (state.spread, state.spread_until) = (spread, state.spread_until.max(until));
        });
    }

    fn with_state<T>(&self, change: impl FnOnce(&mut State, Instant) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner), Instant::now())
    }
}

impl State {
    fn share(&self, now: Instant) -> f64 {
        let since = now.saturating_duration_since(self.resume).as_secs_f64();
        (self.share + Pace::REGAINED * since).min(1.0)
    }
}

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
