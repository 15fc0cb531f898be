//! Calls that block the thread until they are done (feature `blocking`).

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::{ByteStream, Error, Pages, Response};

/// What every generated blocking client wraps: an asynchronous one, and a runtime for it. Clones share both.
#[doc(hidden)]
#[derive(Clone)]
pub struct Blocking<C> {
    client: C,
    runtime: Arc<OwnRuntime>,
}

impl<C> Blocking<C> {
    /// Starts the runtime.
    ///
    /// # Errors
    ///
    /// If the system has no thread left.
    pub fn new(client: C) -> Result<Self, Error> {
        let unusable = |error| Error::configuration("the runtime cannot be started").with_source(error);
        Ok(Self { client, runtime: Arc::new(OwnRuntime::start().map_err(unusable)?) })
    }

    /// The same with another client.
    #[must_use]
    pub fn map(&self, change: impl FnOnce(&C) -> C) -> Self {
        Self { client: change(&self.client), runtime: Arc::clone(&self.runtime) }
    }

    /// Waits for what a method of the client does.
    ///
    /// # Errors
    ///
    /// The method's, or [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) in asynchronous code.
    pub fn call<'a, T, F>(&'a self, method: impl FnOnce(&'a C) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        self.runtime.wait(method(&self.client))
    }

    /// The items that a method of the client streams.
    pub fn items<S>(&self, method: impl FnOnce(&C) -> S) -> Items<S> {
        self.waiting(method(&self.client))
    }

    /// Waits for a response, whose body is a stream.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call).
    pub fn stream<'a, S, F>(&'a self, method: impl FnOnce(&'a C) -> F) -> Result<Response<Items<S>>, Error>
    where
        F: Future<Output = Result<Response<S>, Error>>,
    {
        Ok(self.call(method)?.map(|stream| self.waiting(stream)))
    }

    fn waiting<S>(&self, stream: S) -> Items<S> {
        Items { stream, runtime: Arc::clone(&self.runtime) }
    }
}

impl<C: fmt::Debug> fmt::Debug for Blocking<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

/// A stream ([`Pages`], [`ByteStream`], [`Events`](crate::Events), [`JsonLines`](crate::JsonLines)) as an iterator:
/// where the next item is not there yet, the thread waits for it.
#[must_use = "nothing is fetched before an item is asked for"]
pub struct Items<S> {
    stream: S,
    runtime: Arc<OwnRuntime>,
}

impl<T> Items<Pages<T>> {
    /// Ends after `limit` items, and fetches no page beyond them. Default: no limit.
    pub fn limit(mut self, limit: usize) -> Self {
        self.stream = self.stream.limit(limit);
        self
    }
}

impl Items<ByteStream> {
    /// All bytes, in memory.
    ///
    /// # Errors
    ///
    /// As for [`ByteStream::collect`].
    pub fn into_bytes(self, max_bytes: usize) -> Result<Bytes, Error> {
        self.runtime.wait(self.stream.collect(max_bytes))
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Items<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        self.runtime.wait(async { next.await.transpose() }).transpose()
    }
}

impl<S: fmt::Debug> fmt::Debug for Items<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stream.fmt(f)
    }
}

struct OwnRuntime {
    handle: Handle,
    /// There until the end.
    runtime: Option<Runtime>,
}

impl OwnRuntime {
    /// It waits for sockets and times; calls run on the threads of their callers.
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("frontline").enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    fn wait<T>(&self, future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        if is_asynchronous() {
            return Err(Error::configuration(
                "a blocking call in asynchronous code would stop all other tasks of its thread; use the asynchronous \
                 client there, or `tokio::task::spawn_blocking`",
            ));
        }
        self.handle.block_on(future)
    }
}

/// Without waiting for its thread, which would panic in asynchronous code.
impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Tasks of tokio have a budget, and threads that may block have none.
fn is_asynchronous() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..=u8::MAX).any(|_| match poll_proceed(&mut context) {
        Poll::Ready(spent) => {
            spent.made_progress();
            false
        }
        Poll::Pending => true,
    })
}
