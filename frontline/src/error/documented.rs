//! Errors that the document describes, as an enum for each operation.

use super::{Error, ErrorKind};
use crate::json::{FromJson, Limits};

/// An enum of the errors that the document describes for an operation.
#[doc(hidden)]
pub trait Failure: Sized {
    /// Returns the variant for an error.
    fn read(failed: &Failed<'_>) -> Self;
}

/// The status and the body of an unsuccessful response.
#[doc(hidden)]
pub struct Failed<'a> {
    status: u16,
    body: &'a [u8],
}

impl Failed<'_> {
    /// Returns the status, or 0 if there was no unsuccessful response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Decodes the body, if it is JSON of type `T`.
    #[must_use]
    pub fn body<T: FromJson>(&self) -> Option<T> {
        if self.status == 0 {
            return None;
        }
        Error::decode("the response body", self.body, Limits::NONE).ok()
    }
}

impl Error {
    /// Returns the error as an enum of those that the OpenAPI document describes for an operation.
    ///
    /// The generated module `errors` has such an enum for each operation whose document describes the bodies of its errors,
    /// with a variant for each status. The enum for the method `fetch_pet` is `errors::FetchPet`.
    ///
    /// Every enum has a variant `Other`. It stands for all other errors: a status that is not described with a body, no response
    /// at all, or a body that is not JSON of the described type. Only the first 64 KiB of a body are kept, so a longer one
    /// is `Other`, too.
    ///
    /// ```
    /// # mod pets { frontline::frontline_api!("tests/specs/errors.yaml", warnings = false); }
    /// use pets::errors;
    ///
    /// async fn greet(client: &pets::Client, name: &str) -> Result<String, frontline::Error> {
    ///     match client.fetch_pet(name).await {
    ///         Ok(pet) => Ok(format!("Hello, {}!", pet.name)),
    ///         Err(error) => match error.of() {
    ///             errors::FetchPet::NotFound(problem) => Ok(format!("Who? {}", problem.title)),
    ///             errors::FetchPet::Conflict(conflict) => Ok(format!("There are {} of them.", conflict.pets)),
    ///             _ => Err(error),
    ///         },
    ///     }
    /// }
    /// ```
    ///
    /// The patterns tell the type. Elsewhere, name it: `error.of::<errors::FetchPet>()`. [`body_as`](Self::body_as) decodes
    /// a body as any other type, and says why that fails.
    #[must_use]
    pub fn of<E: Failure>(&self) -> E {
        let status = self.status().filter(|_| self.kind() == ErrorKind::Status);
        E::read(&Failed { status: status.map_or(0, |status| status.as_u16()), body: self.body().unwrap_or_default() })
    }
}
