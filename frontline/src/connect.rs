//! The limit on the time that a connection takes, which each call may set for itself.

use std::time::Duration;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::time::error::Elapsed;
use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// The limit of the call that runs. reqwest calls its connector in the task of the call.
    pub(crate) static LIMIT: Duration;
}

/// Makes a connector give up in time.
#[derive(Clone)]
pub(crate) struct Limited<S = ()>(S);

pub(crate) fn limited() -> Limited {
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
