//! Constructors of the Frontline client.

use crate::{Client, Error};

impl Client {
    /// Creates a client that authenticates with an Account SID (`AC…`) and its auth token.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_account`](crate::ClientBuilder::twilio_account) and
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn new(account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().twilio_account(account_sid, auth_token)?.build()
    }

    /// Creates a client that authenticates with an API key: its SID (`SK…`) and its secret. `account_sid` is the
    /// account (`AC…`) that the key belongs to.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_api_key`](crate::ClientBuilder::twilio_api_key) and
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn with_api_key(
        account_sid: impl Into<String>,
        key_sid: impl Into<String>,
        key_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().twilio_api_key(account_sid, key_sid, key_secret)?.build()
    }

    /// Creates a client with the credentials, edge and region in the environment: see
    /// [`ClientBuilder::twilio_env`](crate::ClientBuilder::twilio_env).
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_env`](crate::ClientBuilder::twilio_env) and
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().twilio_env()?.build()
    }
}
