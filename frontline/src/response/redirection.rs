//! Redirects and 304 (Not Modified) as responses instead of errors.

use http::StatusCode;

use super::Response;
use crate::Error;

/// Reads redirects (300 to 399) as responses.
///
/// A redirect is an error of kind [`ErrorKind::Status`](crate::ErrorKind::Status), because it lacks the body that the call
/// promises. Call a method of this trait where you expect one.
///
/// ```
/// use frontline::http::header::{ETAG, IF_NONE_MATCH};
/// use frontline::{CallOptions, Client, Error, Redirection, User};
///
/// /// Returns the user, unless it still has the given version.
/// async fn changed(client: &Client, sid: &str, version: &str) -> Result<Option<User>, Error> {
///     let conditional = client.with(CallOptions::new().header(IF_NONE_MATCH, version));
///     let Some(user) = conditional.fetch_user(sid).await.modified()? else { return Ok(None) };
///     println!("version {:?}", user.headers().get(ETAG));
///     Ok(Some(user.into_inner()))
/// }
/// ```
///
/// An operation whose successes all have no body also succeeds with 304, if the document describes it. So the method
/// returns a response with this status, and [`modified`](Self::modified) returns `None`.
pub trait Redirection<T>: sealed::Sealed {
    /// Returns the response, or `None` if the status is 304 (Not Modified).
    ///
    /// A server answers with this status only if the request is conditional: if it has a header such as `If-None-Match`, or
    /// if the document says so.
    ///
    /// # Errors
    ///
    /// Returns all other errors unchanged.
    fn modified(self) -> Result<Option<Response<T>>, Error>;

    /// Returns the response, or else the redirect as a response without a body. Its headers contain the `Location`.
    ///
    /// ```
    /// use frontline::http::header::LOCATION;
    /// use frontline::{Client, Error, Redirection};
    ///
    /// async fn follow(client: &Client) -> Result<(), Error> {
    ///     match client.fetch_user("ada@example.com").await.or_redirect()? {
    ///         Ok(user) => println!("{:?}", user.state),
    ///         Err(redirect) => println!("see {:?}", redirect.headers().get(LOCATION)),
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns all other errors unchanged.
    fn or_redirect(self) -> Result<Result<Response<T>, Response<()>>, Error>;
}

mod sealed {
    pub trait Sealed {}

    impl<T> Sealed for Result<crate::Response<T>, crate::Error> {}
}

impl<T> Redirection<T> for Result<Response<T>, Error> {
    fn modified(self) -> Result<Option<Response<T>>, Error> {
        let is_modified = match &self {
            Ok(response) => response.status() != StatusCode::NOT_MODIFIED,
            Err(error) => !error.is_not_modified(),
        };
        if is_modified { self.map(Some) } else { Ok(None) }
    }

    fn or_redirect(self) -> Result<Result<Response<T>, Response<()>>, Error> {
        match self {
            Ok(response) => Ok(Ok(response)),
            Err(error) if error.is_redirect() => {
                let (attempts, maybe_sent) = (error.attempts(), error.maybe_sent());
                let head = error.into_head()?;
                Ok(Err(Response::from_head(head, ()).after(attempts, maybe_sent)))
            }
            Err(error) => Err(error),
        }
    }
}
