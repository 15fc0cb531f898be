//! A limit on the time that connecting takes, which each call may set for itself.
//!
//! reqwest has one limit for all requests of a client. A layer around its connector reads ours from the task that
//! connects, which is the task of the call.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::error::Elapsed;
use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// The limit of the call that runs in this task.
    pub(crate) static LIMIT: Duration;
}

/// A connector that gives up after [`LIMIT`].
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
        let limit = LIMIT.try_with(|limit| *limit);
        Box::pin(async move {
            match limit {
                Ok(limit) => tokio::time::timeout(limit, connecting).await?,
                Err(_) => connecting.await,
            }
        })
    }
}
