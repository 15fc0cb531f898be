//! Credentials that change while the client lives.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::{Error, ErrorKind};

/// What a [`CredentialsProvider`] returns.
pub type ProviderFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where credentials come from that rotate: a vault, a token endpoint, a file that is replaced.
///
/// It is asked before the first request that needs credentials for HTTP authentication, and again when what it gave is
/// no longer valid. It is asked once at a time: calls that need the answer wait for it, and share it, an error too.
/// Waiting for it counts towards the limits of the call's time.
///
/// A call that is answered by 401 to what was given for an earlier call asks anew, and is tried again.
///
/// What it fails with becomes the source of the call's [`Error`]: leave secrets out of its texts.
///
/// ```
/// use std::time::Duration;
///
/// use frontline::{Credential, CredentialsProvider, ProviderFuture};
///
/// struct Vault;
///
/// impl CredentialsProvider for Vault {
///     fn credential(&self) -> ProviderFuture<'_> {
///         Box::pin(async {
///             // … ask the vault …
///             Ok(Credential::basic("SK00000000000000000000000000000000", "secret").valid_for(Duration::from_secs(600)))
///         })
///     }
/// }
///
/// let client = frontline::Client::builder().credentials_provider(Vault).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub trait CredentialsProvider: Send + Sync + 'static {
    /// The credentials to use from now on.
    ///
    /// # Errors
    ///
    /// Whatever hinders; the call then fails with [`ErrorKind::Credentials`], and nothing is sent.
    fn credential(&self) -> ProviderFuture<'_>;
}

/// What to sign in with, and for how long. `Debug` shows neither.
#[derive(Clone)]
pub struct Credential {
    login: Login,
    valid_for: Option<Duration>,
}

#[derive(Clone)]
pub(crate) enum Login {
    Basic(String, SecretString),
    Bearer(SecretString),
}

impl Credential {
    /// A user and password of HTTP basic authentication (RFC 7617).
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { login: Login::Basic(user.into(), password.into().into()), valid_for: None }
    }

    /// A bearer token (RFC 6750).
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self { login: Login::Bearer(token.into().into()), valid_for: None }
    }

    /// How long to use it, from when the provider returns it. Default: until the server refuses it.
    ///
    /// Leave a margin for requests under way, such as a minute less than the token's life.
    #[must_use]
    pub fn valid_for(mut self, time: Duration) -> Self {
        self.valid_for = Some(time);
        self
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").finish_non_exhaustive()
    }
}

/// A provider, and what it said last.
#[derive(Clone)]
pub(crate) struct Cached(Arc<Inner>);

struct Inner {
    provider: Box<dyn CredentialsProvider>,
    last: Mutex<Option<Last>>,
    /// How often the provider was asked: a call that waited knows by it that somebody else has asked meanwhile.
    asked: AtomicU64,
    /// The number of the last credential that a server did not take.
    refused: AtomicU64,
}

struct Last {
    number: u64,
    result: Result<Login, Arc<dyn StdError + Send + Sync>>,
    until: Option<Instant>,
}

/// What there is to sign in with.
pub(crate) struct Given {
    pub(crate) login: Login,
    number: u64,
    /// The provider was asked for this very call.
    is_new: bool,
}

impl Cached {
    pub(crate) fn new(provider: impl CredentialsProvider) -> Self {
        let (last, asked, refused) = (Mutex::new(None), AtomicU64::new(0), AtomicU64::new(0));
        Self(Arc::new(Inner { provider: Box::new(provider), last, asked, refused }))
    }

    pub(crate) async fn get(&self) -> Result<Given, Error> {
        let before = self.0.asked.load(Ordering::SeqCst);
        let mut last = self.0.last.lock().await;
        if let Some(last) = last.as_ref().filter(|last| last.serves(before, self.0.refused.load(Ordering::SeqCst))) {
            return last.given(false);
        }
        let result = self.0.provider.credential().await;
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let valid_for = result.as_ref().ok().and_then(|credential| credential.valid_for);
        // A time past what a clock can hold is no limit.
        let until = valid_for.and_then(|time| Instant::now().checked_add(time));
        let result = result.map(|credential| credential.login).map_err(Arc::from);
        last.insert(Last { number, result, until }).given(true)
    }

    /// The server did not take it. Says whether asking anew may help.
    pub(crate) fn refuse(&self, given: &Given) -> bool {
        self.0.refused.fetch_max(given.number, Ordering::SeqCst);
        !given.is_new
    }
}

impl Last {
    /// `before`: how often the provider had been asked when the call came.
    fn serves(&self, before: u64, refused: u64) -> bool {
        let is_valid = self.result.is_ok() && self.until.is_none_or(|until| Instant::now() < until);
        // Even what is of no use serves those that waited for it: asking once more at once would help nobody.
        self.number > refused && (is_valid || self.number > before)
    }

    fn given(&self, is_new: bool) -> Result<Given, Error> {
        match &self.result {
            Ok(login) => Ok(Given { login: login.clone(), number: self.number, is_new }),
            Err(error) => Err(Error::new(ErrorKind::Credentials, "the credentials provider failed")
                .with_source(Shared(Arc::clone(error)))),
        }
    }
}

/// The provider's error, as all calls that waited for it get it.
struct Shared(Arc<dyn StdError + Send + Sync>);

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for Shared {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests;
