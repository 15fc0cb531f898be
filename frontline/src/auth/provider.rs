//! Credentials that change while a client is in use.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::login::Login;
use crate::{Error, ErrorKind};

/// The future that [`CredentialsProvider::credential`] returns.
pub type ProviderFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// A source of credentials that change over time, such as a vault, a token endpoint or a file.
///
/// Set it with [`ClientBuilder::credentials_for`](crate::ClientBuilder::credentials_for) for one security scheme of the
/// document, or with [`ClientBuilder::credentials_provider`](crate::ClientBuilder::credentials_provider) for all that use
/// HTTP basic authentication or a bearer token.
///
/// # When it is called
///
/// The first attempt that needs credentials calls [`credential`](Self::credential). The client keeps the result and
/// calls the provider again if:
/// - the time that [`Credential::valid_for`] sets has passed;
/// - the server has refused the credentials with 401;
/// - the provider has returned an error.
///
/// Only one attempt calls the provider at a time. Other attempts that need credentials wait and share the result, even
/// if it is an error. The waiting time counts toward the time limits of the attempt and the call.
///
/// If the attempt that called the provider ends first, the future is kept, and the next attempt that needs credentials
/// continues to poll it. So a provider may take longer than an attempt. A future that no attempt has waited for during
/// the last minute is dropped instead, and the provider is called again.
///
/// # After a 401
///
/// If the server refuses credentials that the provider returned for an earlier call, the call is retried with new ones,
/// as far as [`Retry`](crate::Retry) allows. If the provider returned them for this very attempt, the call fails.
///
/// # Example
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
///             let credential = Credential::basic("SK00000000000000000000000000000000", "secret");
///             Ok(credential.valid_for(Duration::from_secs(600)))
///         })
///     }
/// }
///
/// let client = frontline::Client::builder().credentials_provider(Vault).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub trait CredentialsProvider: Send + Sync + 'static {
    /// Returns the credentials to use from now on.
    ///
    /// # Errors
    ///
    /// Returns an error if no credentials are available. The call then fails with [`ErrorKind::Credentials`] and sends
    /// nothing. The error becomes the source of the call's [`Error`], so its message must not contain secrets.
    fn credential(&self) -> ProviderFuture<'_>;
}

/// Credentials for a security scheme, and how long they are valid.
///
/// A [`CredentialsProvider`] returns them. A `Credential` is such a provider itself, for credentials that do not change.
/// `Debug` output contains no secrets.
#[derive(Clone)]
pub struct Credential {
    login: Login,
    valid_for: Option<Duration>,
}

impl Credential {
    /// Creates credentials for HTTP basic authentication (RFC 7617).
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self { login: Login::Basic(user.into(), password.into().into()), valid_for: None }
    }

    /// Creates credentials from a bearer token (RFC 6750).
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self { login: Login::Bearer(token.into().into()), valid_for: None }
    }

    /// Creates an API key.
    #[must_use]
    pub fn api_key(key: impl Into<String>) -> Self {
        Self { login: Login::Key(key.into().into()), valid_for: None }
    }

    /// Sets how long the client uses the credentials, counted from when the provider returns them. Default: until the
    /// server refuses them.
    ///
    /// Choose a time that is shorter than the real lifetime, for example by a minute, so that the credentials do not
    /// expire while a request is on its way.
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

impl CredentialsProvider for Credential {
    fn credential(&self) -> ProviderFuture<'_> {
        let credential = self.clone();
        Box::pin(async { Ok(credential) })
    }
}

/// A provider and its last result.
#[derive(Clone)]
pub(crate) struct Cached(Arc<Inner>);

struct Inner {
    provider: Arc<dyn CredentialsProvider>,
    state: Mutex<State>,
    /// How often the provider was called. An attempt that waited for the lock can tell whether another one called it.
    asked: AtomicU64,
    /// The number of the latest credentials that the server refused.
    refused: AtomicU64,
}

#[derive(Default)]
struct State {
    last: Option<Last>,
    refresh: Option<Refresh>,
}

/// A call of the provider that the attempts which need it continue in turn.
struct Refresh {
    future: ProviderFuture<'static>,
    left: Instant,
}

struct Last {
    number: u64,
    result: Result<Login, Arc<dyn StdError + Send + Sync>>,
    until: Option<Instant>,
}

/// The credentials that a provider returned for one attempt.
pub(crate) struct Issued {
    pub(crate) login: Login,
    number: u64,
    /// Whether the provider was called for this attempt.
    is_new: bool,
}

impl Cached {
    pub(crate) fn new(provider: impl CredentialsProvider) -> Self {
        let (state, asked, refused) = (Mutex::default(), AtomicU64::new(0), AtomicU64::new(0));
        Self(Arc::new(Inner { provider: Arc::new(provider), state, asked, refused }))
    }

    pub(crate) async fn get(&self) -> Result<Issued, Error> {
        let before = self.0.asked.load(Ordering::SeqCst);
        let mut state = self.0.state.lock().await;
        let State { last, refresh } = &mut *state;
        if let Some(last) = last.as_ref().filter(|last| last.serves(before, self.0.refused.load(Ordering::SeqCst))) {
            return last.issued(false);
        }
        let result = Refresh::run(refresh, &self.0.provider).await;
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let valid_for = result.as_ref().ok().and_then(|credential| credential.valid_for);
        // A time beyond the range of `Instant` counts as no limit.
        let until = valid_for.and_then(|time| Instant::now().checked_add(time));
        let result = result.map(|credential| credential.login).map_err(Arc::from);
        last.insert(Last { number, result, until }).issued(true)
    }

    /// Records that the server refused these credentials. Returns whether the provider may have newer ones.
    pub(crate) fn refuse(&self, issued: &Issued) -> bool {
        self.0.refused.fetch_max(issued.number, Ordering::SeqCst);
        !issued.is_new
    }
}

impl Refresh {
    /// What a refresh returns after a longer time may have expired in the meantime.
    const KEPT: Duration = Duration::from_secs(60);

    /// Continues the refresh in `slot`, or starts one. If the future is dropped, the refresh stays in `slot`.
    async fn run(
        slot: &mut Option<Self>,
        provider: &Arc<dyn CredentialsProvider>,
    ) -> Result<Credential, Box<dyn StdError + Send + Sync>> {
        let slot = Waiting(slot);
        if slot.0.as_ref().is_some_and(|refresh| refresh.left.elapsed() > Self::KEPT) {
            *slot.0 = None;
        }
        poll_fn(|context| {
            // A provider that panics leaves no refresh behind.
            let mut refresh = slot.0.take().unwrap_or_else(|| Self::start(Arc::clone(provider)));
            let result = refresh.future.as_mut().poll(context);
            if result.is_pending() {
                *slot.0 = Some(refresh);
            }
            result
        })
        .await
    }

    fn start(provider: Arc<dyn CredentialsProvider>) -> Self {
        Self { future: Box::pin(async move { provider.credential().await }), left: Instant::now() }
    }
}

/// An attempt that waits for a refresh. Dropping it records when.
struct Waiting<'a>(&'a mut Option<Refresh>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(refresh) = self.0 {
            refresh.left = Instant::now();
        }
    }
}

impl Last {
    /// Whether the result can be used without calling the provider. `before` is the value of `asked` when the attempt
    /// started to wait.
    fn serves(&self, before: u64, refused: u64) -> bool {
        let is_valid = self.result.is_ok() && self.until.is_none_or(|until| Instant::now() < until);
        // Attempts that waited for this result share it even if it is an error or expired: another call would not help.
        self.number > refused && (is_valid || self.number > before)
    }

    fn issued(&self, is_new: bool) -> Result<Issued, Error> {
        match &self.result {
            Ok(login) => Ok(Issued { login: login.clone(), number: self.number, is_new }),
            Err(error) => Err(Error::new(ErrorKind::Credentials, "the credentials provider failed")
                .with_source(Shared(Arc::clone(error)))),
        }
    }
}

/// The provider's error, shared by all attempts that waited for it.
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
