//! Closures that replace answers from the document.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::example;
use crate::{Error, Response};

type Answered<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// The closure that answers an operation, if there is one. `A` are the arguments, as a tuple.
#[doc(hidden)]
pub struct Replaced<A, T>(Option<Box<dyn Fn(A) -> Answered<T> + Send + Sync>>);

impl<A, T: 'static> Replaced<A, T> {
    pub fn new<F>(answer: impl Fn(A) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response<T>, Error>> + Send + 'static,
    {
        Self(Some(Box::new(move |arguments| Box::pin(answer(arguments)))))
    }

    /// Calls the closure, or asks the test server for an answer from the document.
    pub fn answer(&self, seed: u64, arguments: A) -> Answered<T> {
        match &self.0 {
            Some(answer) => answer(arguments),
            None => Box::pin(async move { Err(example(seed)) }),
        }
    }
}

impl<A, T> Default for Replaced<A, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<A, T> fmt::Debug for Replaced<A, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "closure" } else { "example" })
    }
}
