//! The builder's methods for clients of Twilio's documents.

use std::ffi::OsString;

use super::location::Location;
use super::profile::Twilio;
use crate::client::{Api, ClientBuilder};
use crate::error::Error;

/// For clients of Twilio's documents.
impl<C: Api<Profile = Twilio>> ClientBuilder<C> {
    /// Sets an Account SID (`AC…`) and its auth token, which give access to everything in the account.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the SID is not an account's.
    pub fn twilio_account(self, account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        let account_sid = account_sid.into();
        check_account(&account_sid)?;
        Ok(self.basic_auth(account_sid, auth_token))
    }

    /// Sets an API key: its SID (`SK…`) and its secret. `account_sid` is the account (`AC…`) that the key belongs to.
    /// See <https://www.twilio.com/docs/iam/api-keys>.
    ///
    /// Twilio needs the key alone. The account is asked for so that mixed-up arguments are noticed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a SID does not have its prefix.
    pub fn twilio_api_key(
        self,
        account_sid: impl Into<String>,
        key_sid: impl Into<String>,
        key_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        check_account(&account_sid.into())?;
        let key_sid = key_sid.into();
        if !key_sid.starts_with("SK") {
            return Err(Error::configuration("the SID of the API key does not start with SK"));
        }
        Ok(self.basic_auth(key_sid, key_secret))
    }

    /// Sets up the client from environment variables:
    /// - Credentials: `TWILIO_API_KEY`, `TWILIO_API_SECRET` and `TWILIO_ACCOUNT_SID` if the first is set, otherwise
    ///   `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`.
    /// - [`edge`](Self::edge) and [`region`](Self::region): `TWILIO_EDGE` and `TWILIO_REGION`, both optional.
    ///
    /// An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a variable is missing or is not Unicode, which
    /// the error names, or if a SID does not have its prefix.
    pub fn twilio_env(self) -> Result<Self, Error> {
        self.twilio_variables(|name| std::env::var_os(name))
    }

    fn twilio_variables(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let get = |name: &str| match lookup(name).map(OsString::into_string) {
            Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(Err(_)) => Err(Error::configuration(format!("the environment variable {name} is not Unicode"))),
            None => Ok(None),
        };
        let need = |name: &str, with: &str| {
            get(name)?.ok_or_else(|| Error::configuration(format!("the environment variable {name} is missing{with}")))
        };
        self.profile.location = Location { edge: get("TWILIO_EDGE")?, region: get("TWILIO_REGION")? };
        if let Some(key) = get("TWILIO_API_KEY")? {
            let why = "; TWILIO_API_KEY is set and needs it";
            return self.twilio_api_key(need("TWILIO_ACCOUNT_SID", why)?, key, need("TWILIO_API_SECRET", why)?);
        }
        let account = need("TWILIO_ACCOUNT_SID", ", and so is TWILIO_API_KEY")?;
        self.twilio_account(account, need("TWILIO_AUTH_TOKEN", "; TWILIO_ACCOUNT_SID is set and needs it")?)
    }

    /// Sets the edge where requests enter Twilio's network, such as `dublin`. Default: the edge of the
    /// [`region`](Self::region); if that is not set either, Twilio chooses.
    ///
    /// The host becomes `product.edge.region.twilio.com`. Servers of the document are changed so; a
    /// [`base_url`](Self::base_url) is not. [`build`](Self::build) fails if the edge cannot be part of a host name. See
    /// <https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations>.
    #[must_use]
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.profile.location.edge = Some(edge.into());
        self
    }

    /// Sets the region that processes requests and stores data, such as `ie1`. Default: `us1`.
    ///
    /// Regions other than `us1`, `ie1` and `au1` need an [`edge`](Self::edge) too. Credentials are valid in one region
    /// only. See
    /// <https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region>.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.profile.location.region = Some(region.into());
        self
    }
}

fn check_account(sid: &str) -> Result<(), Error> {
    match sid.get(..2) {
        Some("AC") => Ok(()),
        Some("SK") => Err(Error::configuration(
            "an API key (SK…) was given instead of an account (AC…); pass API keys to `with_api_key`, \
             `twilio_api_key` or TWILIO_API_KEY",
        )),
        _ => Err(Error::configuration("the account SID does not start with AC")),
    }
}

#[cfg(test)]
mod tests;
