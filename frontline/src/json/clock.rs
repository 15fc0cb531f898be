//! The time limit of decoding.

use tokio::time::Instant;

/// The number of bytes after which the clock is looked at, even if they are a single value.
pub(super) const BLOCK: usize = 1 << 18;

/// The time at which decoding has to end, if it has a limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(pub(super) Option<Instant>);

impl Clock {
    #[cold]
    pub(super) fn is_late(self) -> bool {
        self.0.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
