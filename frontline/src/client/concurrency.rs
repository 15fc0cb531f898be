//! The concurrency limit of a client.

use std::sync::Arc;

use tokio::sync::{Mutex as Queue, OwnedSemaphorePermit, Semaphore};

pub(crate) struct Concurrency {
    permits: Arc<Semaphore>,
    /// Calls that have not made an attempt yet wait here first. At most one of them is ahead of the retries.
    newcomers: Queue<()>,
}

impl Concurrency {
    pub(crate) fn new(permits: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(permits)), newcomers: Queue::default() }
    }

    /// Waits until another request may be made. It counts until the result is dropped.
    pub(crate) async fn permit(&self, is_retry: bool) -> Option<OwnedSemaphorePermit> {
        let _newcomer = if is_retry { None } else { Some(self.newcomers.lock().await) };
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }
}
