//! Calls that block the current thread (feature `blocking`).

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::{ByteStream, Error, Pages, Response};

/// An asynchronous client and a runtime for its calls, which every generated blocking client wraps. Clones share both.
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
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the runtime cannot be started, for
    /// example because the system cannot create another thread.
    pub fn new(client: C) -> Result<Self, Error> {
        let unusable = |error| Error::configuration("cannot start the runtime").with_source(error);
        Ok(Self { client, runtime: Arc::new(OwnRuntime::start().map_err(unusable)?) })
    }

    /// Returns a blocking client that wraps the result of `change` and shares the runtime.
    #[must_use]
    pub fn map(&self, change: impl FnOnce(&C) -> C) -> Self {
        Self { client: change(&self.client), runtime: Arc::clone(&self.runtime) }
    }

    /// Calls a method of the client and waits for its result.
    ///
    /// # Errors
    ///
    /// Returns the errors of the method, and [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if called
    /// from asynchronous code.
    pub fn call<'a, T, F>(&'a self, method: impl FnOnce(&'a C) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        self.runtime.wait(method(&self.client))
    }

    /// Returns an iterator over the stream that a method of the client returns.
    pub fn items<S>(&self, method: impl FnOnce(&C) -> S) -> Items<S> {
        self.waiting(method(&self.client))
    }

    /// Calls a method of the client and waits for the response, whose body is a stream.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`call`](Self::call).
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

/// A blocking iterator over the items of a stream (feature `blocking`).
///
/// The methods of a `BlockingClient` return it. `S` is the stream: [`Pages`], [`ByteStream`],
/// [`Events`](crate::Events) or [`JsonLines`](crate::JsonLines). `next` blocks the thread until the next item arrives.
///
/// Items are `Result`s. In asynchronous code, `next` returns
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) instead of blocking.
///
/// ```no_run
/// # fn example(items: frontline::Items<frontline::Pages<String>>) -> Result<(), frontline::Error> {
/// for item in items.limit(100) {
///     println!("{}", item?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "iterators are lazy: items are read when `next` is called"]
pub struct Items<S> {
    stream: S,
    runtime: Arc<OwnRuntime>,
}

impl<T> Items<Pages<T>> {
    /// Sets the maximum number of items. Pages after the last of these items are not fetched. Default: no limit.
    pub fn limit(mut self, limit: usize) -> Self {
        self.stream = self.stream.limit(limit);
        self
    }

    /// Returns the next page with its status and headers. See [`Pages::next_page`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Pages::next_page`], and [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if called
    /// from asynchronous code.
    pub fn next_page(&mut self) -> Result<Option<Response<Vec<T>>>, Error> {
        let Self { stream, runtime } = self;
        runtime.wait(stream.next_page())
    }
}

impl Items<ByteStream> {
    /// Reads the rest of the stream into memory and returns it.
    ///
    /// # Errors
    ///
    /// - Returns [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge) if there are more than `max_bytes` bytes.
    /// - Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if called from asynchronous code.
    /// - Returns the other errors of [`ByteStream::collect`].
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
    /// `Some` until it is dropped.
    runtime: Option<Runtime>,
}

impl OwnRuntime {
    /// One worker thread is enough: it drives sockets and timers, while calls run on the threads of their callers.
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("frontline").enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    fn wait<T>(&self, future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        if is_asynchronous() {
            return Err(Error::configuration(
                "a blocking call in asynchronous code would block all other tasks of the thread; use the asynchronous \
                 client, or make the call in `tokio::task::spawn_blocking`",
            ));
        }
        // The runtime of `future`, for its sockets and timers.
        let _guard = self.handle.enter();
        block_on(future)
    }
}

/// Polls a future on this thread until it completes. Unlike tokio's, it does not panic in a runtime.
fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal { thread: thread::current(), is_set: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&signal));
    let (mut context, mut future) = (Context::from_waker(&waker), pin!(future));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // Other code may also park and unpark this thread.
        while !signal.is_set.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes a thread that waits in [`block_on`].
struct Signal {
    thread: Thread,
    is_set: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.is_set.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Shuts down in the background, because waiting for the worker thread panics in asynchronous code.
impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Whether the current code runs in a tokio task. A task has a cooperative budget, which the loop exhausts. A thread
/// that may block has none. Neither has a task within `tokio::task::unconstrained`, which this cannot detect.
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
