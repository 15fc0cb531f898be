//! The builder's method for environment variables.

use std::ffi::OsString;

use super::ClientBuilder;
use crate::client::Api;
use crate::error::Error;
use crate::profile::Profile;

/// The variable that sets the base URL of any client.
const BASE_URL: &str = "FRONTLINE_BASE_URL";

impl<C: Api> ClientBuilder<C> {
    /// Sets the [`base_url`](Self::base_url) from an environment variable, so that a program can run against a test server.
    ///
    /// The variable is the one of the client's service, if it has one (see [`Client::from_env`](crate::Client::from_env)), or
    /// else `FRONTLINE_BASE_URL`. If no variable is set, the base URL does not change. An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a variable is not valid Unicode. Whether it
    /// is the URL of a server is checked by [`build`](Self::build).
    pub fn base_url_env(self) -> Result<Self, Error> {
        self.base_url_from(&|name| std::env::var_os(name))
    }

    pub(crate) fn base_url_from(mut self, lookup: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let own = self.profile.base_url_variable();
        for name in own.into_iter().chain([BASE_URL]) {
            if let Some(url) = variable(lookup, name)? {
                self.base_url = Some(url);
                break;
            }
        }
        Ok(self)
    }
}

/// Returns the value of a variable, unless it is empty.
pub(crate) fn variable(lookup: &dyn Fn(&str) -> Option<OsString>, name: &str) -> Result<Option<String>, Error> {
    match lookup(name).map(OsString::into_string) {
        Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Err(_)) => Err(Error::configuration(format!("the environment variable {name} is not valid Unicode"))),
        None => Ok(None),
    }
}
