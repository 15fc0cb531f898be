//! What each call decides about connecting: the time limit, and what a failure says about the request.
//!
//! reqwest has a single connect timeout per client. Instead, a layer around its connector reads the limit from a
//! task-local variable. That works because the task of the call also opens the connection.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::error::Elapsed;
use tower_layer::Layer;
use tower_service::Service;

use super::progress::Progress;

tokio::task_local! {
    /// The connect timeout and the progress of the attempt that runs in the current task.
    static CONNECT: (Duration, Progress);
}

/// Sends a request with a connect timeout, and records in `progress` whether it waits for a connection of its own.
///
/// If another connection becomes free first, the request uses that one. hyper then finishes its own in another task.
pub(crate) async fn send<F: Future>(sending: F, limit: Duration, progress: &Progress) -> F::Output {
    let mut sending = pin!(CONNECT.scope((limit, progress.clone()), sending));
    poll_fn(|context| {
        // A request that still waits for its own connection polls it, too.
        progress.connected();
        sending.as_mut().poll(context)
    })
    .await
}

/// A connector that uses [`CONNECT`].
#[derive(Clone)]
pub(crate) struct Limited<S = ()>(S);

pub(super) fn layer() -> Limited {
    Limited(())
}

impl<S> Layer<S> for Limited {
    type Service = Limited<S>;

    fn layer(&self, connector: S) -> Limited<S> {
        Limited(connector)
    }
}

type Connecting<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

impl<S, Target> Service<Target> for Limited<S>
where
    S: Service<Target, Error: From<Elapsed>, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Connecting<S::Response, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, target: Target) -> Self::Future {
        let connecting = self.0.call(target);
        let Ok((limit, progress)) = CONNECT.try_with(Clone::clone) else { return Box::pin(connecting) };
        Box::pin(async move {
            let connection = tokio::time::timeout(limit, watched(connecting, &progress)).await;
            progress.connected();
            connection?
        })
    }
}

/// Records that the request waits for this connection, unless another task polls it.
async fn watched<F: Future>(connecting: F, progress: &Progress) -> F::Output {
    let mut connecting = pin!(connecting);
    poll_fn(|context| {
        if CONNECT.try_with(|_| ()).is_ok() {
            progress.connecting();
        }
        connecting.as_mut().poll(context)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;
    use crate::StalledStreamProtection;

    /// A connector that never connects.
    struct Never;

    impl Service<()> for Never {
        type Response = ();
        type Error = Elapsed;
        type Future = std::future::Pending<Result<(), Elapsed>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Elapsed>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, (): ()) -> Self::Future {
            std::future::pending()
        }
    }

    /// The task that finishes the unused connection may not have run yet when the request fails.
    #[tokio::test]
    async fn a_request_that_uses_another_connection_may_have_been_sent_at_once() {
        let progress = Progress::new(Duration::MAX, StalledStreamProtection::new());
        progress.handed_over();
        let mut own = None;
        let mut polls = 0;
        let request = poll_fn(|context| {
            polls += 1;
            let own = own.get_or_insert_with(|| layer().layer(Never).call(()));
            if polls < 3 { own.as_mut().poll(context).map(drop) } else { Poll::Pending }
        });
        let mut sending = pin!(send(request, Duration::MAX, &progress));
        let sent = [(); 3].map(|()| {
            assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            progress.maybe_sent()
        });
        assert_eq!(sent, [false, false, true]);
    }
}
