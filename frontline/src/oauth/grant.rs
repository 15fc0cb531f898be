//! The grants: what a program gives a token server for a token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::endpoint::{Endpoint, Program};
use super::tokens::Tokens;
use crate::auth::{Credential, CredentialsProvider, ProviderFuture};

/// Implements the setters that all grants share.
macro_rules! setters {
    ($type:ty) => {
        impl $type {
            /// Sets the scopes to ask for. Default: none, so the server decides.
            #[must_use]
            pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
                self.program.scopes = scopes.into_iter().map(Into::into).collect();
                self
            }

            /// Sets the URL that tokens come from. Default: that of the security scheme in the OpenAPI document, relative to
            /// the URL of the API's server.
            ///
            /// It must use `https`, or `http` with a loopback address or `localhost`.
            #[must_use]
            pub fn token_url(mut self, url: impl Into<String>) -> Self {
                self.program.token_url = Some(url.into());
                self
            }

            /// Adds a parameter to the requests for tokens, such as `audience` or `resource` (RFC 8707). Default: none.
            #[must_use]
            pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.program.parameters.push((name.into(), value.into()));
                self
            }

            /// Sends the client's id and secret in the body of the requests for tokens. Default: with HTTP basic authentication,
            /// which all servers must support (RFC 6749, section 2.3.1).
            ///
            /// Without a secret, the id is always in the body.
            #[must_use]
            pub fn secret_in_body(mut self) -> Self {
                self.program.is_secret_in_body = true;
                self
            }
        }
    };
}

pub(super) use setters;

/// The client credentials grant (RFC 6749, section 4.4): the program acts on its own behalf.
///
/// Set it with [`ClientBuilder::oauth`](crate::ClientBuilder::oauth). See [the module](crate::oauth) for an example.
pub struct ClientCredentials {
    program: Program,
}

impl ClientCredentials {
    /// Creates the grant of the program with this id and secret.
    #[must_use]
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self { program: Program::new(client_id.into(), Some(client_secret.into().into())) }
    }
}

setters!(ClientCredentials);

type Listener = Arc<dyn Fn(&Tokens) + Send + Sync>;

/// The refresh of a user's tokens (RFC 6749, section 6): the program acts on behalf of the user who authorized it.
///
/// ```
/// use frontline::oauth::Refresh;
/// # mod api {
/// #     frontline::frontline_api!("examples/oauth.yaml");
/// # }
///
/// # fn store(_: &str) {}
/// let refresh = Refresh::new("client id", "refresh token").on_refresh(|tokens| {
///     // Some servers replace the refresh token each time that it is used.
///     if let Some(token) = tokens.refresh_token() {
///         store(token);
///     }
/// });
/// let client = api::Client::builder().oauth(refresh).build()?;
/// # Ok::<(), frontline::Error>(())
/// ```
pub struct Refresh {
    program: Program,
    tokens: Option<Tokens>,
    token: Option<String>,
    listener: Option<Listener>,
}

impl Refresh {
    /// Creates the grant of the program with this id, which has a refresh token.
    #[must_use]
    pub fn new(client_id: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        let program = Program::new(client_id.into(), None);
        Self { program, tokens: None, token: Some(refresh_token.into()), listener: None }
    }

    /// Creates the grant of the program with this id, which has just been issued tokens.
    ///
    /// The access token is used until it ends, counted from the first call. If there is no refresh token, calls fail after
    /// that.
    #[must_use]
    pub fn from_tokens(client_id: impl Into<String>, tokens: Tokens) -> Self {
        let token = tokens.refresh_token().map(str::to_owned);
        let program = Program::new(client_id.into(), None);
        Self { program, tokens: Some(tokens), token, listener: None }
    }

    /// Sets the secret of the program. Default: none, as for programs that run on the devices of their users.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.program.secret = Some(secret.into().into());
        self
    }

    /// Calls `listener` with the tokens that each refresh returns, so that the program can store them. Default: no listener.
    ///
    /// The client keeps using the earlier refresh token if the tokens contain no other one. The listener must not block.
    #[must_use]
    pub fn on_refresh(mut self, listener: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }
}

setters!(Refresh);

macro_rules! debug {
    ($($type:ident),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type)).finish_non_exhaustive()
            }
        }
    )*};
}

debug!(ClientCredentials, Refresh, Grant);

/// A way to get tokens: [`ClientCredentials`] or [`Refresh`].
pub struct Grant {
    pub(super) program: Program,
    kind: Kind,
}

enum Kind {
    Client,
    Refresh(Mutex<State>, Option<Listener>),
}

struct State {
    /// Tokens that have not been used yet.
    tokens: Option<Tokens>,
    token: Option<String>,
}

impl From<ClientCredentials> for Grant {
    fn from(ClientCredentials { program }: ClientCredentials) -> Self {
        Self { program, kind: Kind::Client }
    }
}

impl From<Refresh> for Grant {
    fn from(Refresh { program, tokens, token, listener }: Refresh) -> Self {
        Self { program, kind: Kind::Refresh(Mutex::new(State { tokens, token }), listener) }
    }
}

impl Grant {
    /// Returns which of the scheme's addresses tokens come from.
    pub(super) fn url<'a>(&'a self, token_url: Option<&'a str>, refresh_url: Option<&'a str>) -> Option<&'a str> {
        let of_scheme = match self.kind {
            Kind::Client => token_url,
            Kind::Refresh(..) => refresh_url,
        };
        self.program.token_url.as_deref().or(of_scheme)
    }

    /// Returns the OAuth name of the grant.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Client => "client credentials",
            Kind::Refresh(..) => "refresh",
        }
    }
}

/// A grant whose tokens are the credentials of a security scheme.
pub(super) struct TokenSource {
    pub(super) grant: Grant,
    pub(super) endpoint: Endpoint,
}

impl CredentialsProvider for TokenSource {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(self.get())
    }
}

impl TokenSource {
    async fn get(&self) -> Result<Credential, Box<dyn StdError + Send + Sync>> {
        let program = &self.grant.program;
        let Kind::Refresh(state, listener) = &self.grant.kind else {
            let parameters = [("grant_type", "client_credentials")];
            return Ok(Tokens::read(&self.endpoint.ask(program, &parameters, true).await?)?.credential());
        };
        let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tokens) = lock().tokens.take() {
            return Ok(tokens.credential());
        }
        let token = lock().token.clone();
        let token = token.ok_or("the access token has ended or was refused, and there is no refresh token")?;
        // The server may accept the refresh token only once, so a request that it may have received is not repeated.
        let parameters = [("grant_type", "refresh_token"), ("refresh_token", &token)];
        let tokens = Tokens::read(&self.endpoint.ask(program, &parameters, false).await?)?;
        if let Some(token) = tokens.refresh_token() {
            lock().token = Some(token.to_owned());
        }
        if let Some(listener) = listener {
            listener(&tokens);
        }
        Ok(tokens.credential())
    }
}
