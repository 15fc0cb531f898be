//! The retry budget of a client.

use std::sync::{Mutex, PoisonError};

use crate::{Error, ErrorKind};

/// The tokens that all calls of a client share for their retries.
pub(crate) struct Budget {
    capacity: u32,
    left: Mutex<u32>,
}

/// The tokens that a retry took out of the budget. Dropping it returns them, so a retry that succeeds or is canceled
/// costs nothing. If the retry fails, call [`spend`](Self::spend).
pub(crate) struct Cost<'a> {
    budget: &'a Budget,
    amount: u32,
}

impl Budget {
    pub(crate) const DEFAULT: u32 = 500;

    pub(crate) fn new(capacity: u32) -> Self {
        Self { capacity, left: Mutex::new(capacity) }
    }

    /// Takes the tokens for a retry after `error`. Returns `None` if too few are left.
    pub(crate) fn take(&self, error: &Error) -> Option<Cost<'_>> {
        let amount = match error.kind() {
            // Calls come back slowly after such a refusal, so their retries do not multiply the load.
            _ if error.pushback().is_some() => 0,
            ErrorKind::Timeout => 10,
            _ => 5,
        };
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.checked_sub(amount)?;
        Some(Cost { budget: self, amount })
    }

    /// Adds a token for a first attempt that succeeded.
    pub(crate) fn reward(&self) {
        self.add(1);
    }

    fn add(&self, amount: u32) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = self.capacity.min(left.saturating_add(amount));
    }
}

impl Cost<'_> {
    /// Keeps the tokens, because the retry failed.
    pub(crate) fn spend(mut self) {
        self.amount = 0;
    }
}

impl Drop for Cost<'_> {
    fn drop(&mut self) {
        self.budget.add(self.amount);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Cost, Error, ErrorKind};

    fn of(kind: ErrorKind) -> Error {
        Error::new(kind, "")
    }

    /// Returns how many failing retries the budget allows.
    fn allowed_retries(budget: &Budget, error: &Error) -> usize {
        std::iter::from_fn(|| budget.take(error).map(Cost::spend)).count()
    }

    #[test]
    fn the_budget_allows_a_hundred_failed_retries_or_fifty_after_timeouts() {
        assert_eq!(allowed_retries(&Budget::new(Budget::DEFAULT), &of(ErrorKind::Connection)), 100);
        assert_eq!(allowed_retries(&Budget::new(Budget::DEFAULT), &of(ErrorKind::Timeout)), 50);
    }

    #[test]
    fn retries_that_do_not_fail_cost_nothing() {
        let budget = Budget::new(Budget::DEFAULT);
        for _ in 0..1000 {
            drop(budget.take(&of(ErrorKind::Connection)).unwrap());
        }
        assert_eq!(allowed_retries(&budget, &of(ErrorKind::Connection)), 100);
    }

    #[test]
    fn first_attempts_that_succeed_refill_the_budget() {
        let budget = Budget::new(Budget::DEFAULT);
        budget.reward();
        assert_eq!(allowed_retries(&budget, &of(ErrorKind::Connection)), 100);
        (0..4).for_each(|_| budget.reward());
        assert_eq!(allowed_retries(&budget, &of(ErrorKind::Connection)), 0);
        budget.reward();
        assert_eq!(allowed_retries(&budget, &of(ErrorKind::Connection)), 1);
    }
}
