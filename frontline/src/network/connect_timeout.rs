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
    pub(crate) static CONNECT: (Duration, Progress);
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
        progress.connecting();
        Box::pin(async move {
            let connection = tokio::time::timeout(limit, watched(connecting, &progress)).await;
            progress.connected();
            connection?
        })
    }
}

/// If another connection becomes free first, the request uses that one. hyper then finishes this one in another task.
async fn watched<F: Future>(connecting: F, progress: &Progress) -> F::Output {
    let mut connecting = pin!(connecting);
    poll_fn(|context| {
        if CONNECT.try_with(|_| ()).is_err() {
            progress.connected();
        }
        connecting.as_mut().poll(context)
    })
    .await
}
