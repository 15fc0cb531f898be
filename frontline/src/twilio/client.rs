//! The constructors of the Frontline client.

use crate::{Client, Error};

impl Client {
    /// Creates a client that authenticates with an Account SID (`AC…`) and its auth token.
    ///
    /// All other options keep their default values. Use [`Client::builder`] to change them.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if `account_sid` does not start with `AC`,
    /// or if [`ClientBuilder::build`](crate::ClientBuilder::build) fails.
    pub fn new(account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().twilio_account(account_sid, auth_token)?.build()
    }

    /// Creates a client that authenticates with an API key.
    ///
    /// - `account_sid`: the SID of the account (`AC…`) that the key belongs to. This SID is not
    ///   sent: only its prefix is checked, to detect swapped arguments.
    /// - `key_sid`: the SID of the key (`SK…`).
    /// - `key_secret`: the secret of the key.
    ///
    /// All other options keep their default values. Use [`Client::builder`] to change them.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if `account_sid` does not start with `AC`,
    /// if `key_sid` does not start with `SK`, or if [`ClientBuilder::build`](crate::ClientBuilder::build) fails.
    pub fn with_api_key(
        account_sid: impl Into<String>,
        key_sid: impl Into<String>,
        key_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().twilio_api_key(account_sid, key_sid, key_secret)?.build()
    }

    /// Creates a client from environment variables.
    ///
    /// - Credentials: if `TWILIO_API_KEY` is set, the client uses it with `TWILIO_API_SECRET` and `TWILIO_ACCOUNT_SID`.
    ///   Otherwise, it uses `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`.
    /// - Location (optional): `TWILIO_EDGE` and `TWILIO_REGION`.
    /// - Base URL (optional), such as that of a test server: `TWILIO_BASE_URL` or `FRONTLINE_BASE_URL`.
    ///
    /// An empty variable counts as unset. All other options keep their default values. To change them, use
    /// [`Client::builder`] with [`ClientBuilder::twilio_env`](crate::ClientBuilder::twilio_env).
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if:
    /// - a required variable is unset, or a variable is not valid Unicode. The error text names the variable;
    /// - the Account SID does not start with `AC`, or the API key does not start with `SK`;
    /// - [`ClientBuilder::build`](crate::ClientBuilder::build) fails.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().twilio_env()?.build()
    }
}
