//! The retry budget of a client.

use std::sync::{Mutex, PoisonError};

use crate::Error;

/// What all calls of a client have together for repetitions.
pub(crate) struct Budget(Mutex<u32>);

/// What a repetition took out of the budget. It goes back there, unless the repetition fails: so nothing is lost by one
/// that succeeds, or that is given up.
pub(crate) struct Cost<'a> {
    budget: &'a Budget,
    amount: u32,
}

impl Budget {
    const FULL: u32 = 500;

    pub(crate) fn new() -> Self {
        Self(Mutex::new(Self::FULL))
    }

    /// None where there is not enough left.
    pub(crate) fn take(&self, error: &Error) -> Option<Cost<'_>> {
        let amount = if error.is_timeout() { 10 } else { 5 };
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.checked_sub(amount)?;
        Some(Cost { budget: self, amount })
    }

    /// After a first attempt that succeeded.
    pub(crate) fn reward(&self) {
        self.add(1);
    }

    fn add(&self, amount: u32) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *left = Self::FULL.min(left.saturating_add(amount));
    }
}

impl Cost<'_> {
    /// The repetition failed.
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
    use super::{Budget, Cost, Error};
    use crate::error::ErrorKind;

    fn of(kind: ErrorKind) -> Error {
        Error::new(kind, "")
    }

    /// How many failing retries the budget pays for.
    fn pays_for(budget: &Budget, error: &Error) -> usize {
        std::iter::from_fn(|| budget.take(error).map(Cost::spend)).count()
    }

    #[test]
    fn the_budget_pays_for_a_hundred_repetitions_or_fifty_after_timeouts() {
        assert_eq!(pays_for(&Budget::new(), &of(ErrorKind::Connection)), 100);
        assert_eq!(pays_for(&Budget::new(), &of(ErrorKind::Timeout)), 50);
    }

    #[test]
    fn what_does_not_fail_costs_nothing() {
        let budget = Budget::new();
        for _ in 0..1000 {
            drop(budget.take(&of(ErrorKind::Connection)).unwrap());
        }
        assert_eq!(pays_for(&budget, &of(ErrorKind::Connection)), 100);
    }

    #[test]
    fn first_attempts_that_succeed_fill_the_budget_up_to_its_size() {
        let budget = Budget::new();
        budget.reward();
        assert_eq!(pays_for(&budget, &of(ErrorKind::Connection)), 100);
        (0..4).for_each(|_| budget.reward());
        assert_eq!(pays_for(&budget, &of(ErrorKind::Connection)), 0);
        budget.reward();
        assert_eq!(pays_for(&budget, &of(ErrorKind::Connection)), 1);
    }
}
