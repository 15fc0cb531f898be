//! The builder's methods for clients of Twilio's documents.

use std::ffi::OsString;

use super::location::Location;
use super::profile::Twilio;
use crate::client::{Api, ClientBuilder, variable};
use crate::error::Error;

/// Methods for clients with Twilio's profile. The macro selects the profile for Twilio's documents; the option
/// `profile = twilio` of [`frontline_api!`](crate::frontline_api) selects it for any document.
impl<C: Api<Profile = Twilio>> ClientBuilder<C> {
    /// Sets an Account SID (`AC…`) and its auth token as credentials. They give access to everything in the account.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if `account_sid` does not start with `AC`.
    pub fn twilio_account(self, account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        let account_sid = account_sid.into();
        check_account(&account_sid)?;
        Ok(self.basic_auth(account_sid, auth_token))
    }

    /// Sets an API key as credentials: see <https://www.twilio.com/docs/iam/api-keys>.
    ///
    /// - `account_sid`: the SID of the account (`AC…`) that the key belongs to. This SID is not
    ///   sent: only its prefix is checked, to detect swapped arguments.
    /// - `key_sid`: the SID of the key (`SK…`).
    /// - `key_secret`: the secret of the key.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if `account_sid` does not start with `AC`,
    /// or `key_sid` does not start with `SK`.
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

    /// Sets credentials, base URL, edge and region from environment variables.
    ///
    /// - Credentials: if `TWILIO_API_KEY` is set, the client uses it with `TWILIO_API_SECRET` and `TWILIO_ACCOUNT_SID`.
    ///   Otherwise, it uses `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`.
    /// - Location (optional): `TWILIO_EDGE` for the [`edge`](Self::edge) and `TWILIO_REGION` for the
    ///   [`region`](Self::region). If one of them is unset, the edge or region that you set
    ///   earlier on this builder is removed.
    /// - Base URL (optional), such as that of a test server: see [`base_url_env`](Self::base_url_env).
    ///
    /// An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if:
    /// - a required variable is unset, or a variable is not valid Unicode. The error text names the variable;
    /// - the Account SID does not start with `AC`, or the API key does not start with `SK`.
    pub fn twilio_env(self) -> Result<Self, Error> {
        self.twilio_variables(|name| std::env::var_os(name))
    }

    fn twilio_variables(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let get = |name: &str| variable(&lookup, name);
        let need = |name: &str, with: &str| {
            get(name)?.ok_or_else(|| Error::configuration(format!("the environment variable {name} is missing{with}")))
        };
        self = self.base_url_from(&lookup)?;
        self.profile.location = Location { edge: get("TWILIO_EDGE")?, region: get("TWILIO_REGION")? };
        if let Some(key) = get("TWILIO_API_KEY")? {
            let why = "; TWILIO_API_KEY is set and needs it";
            return self.twilio_api_key(need("TWILIO_ACCOUNT_SID", why)?, key, need("TWILIO_API_SECRET", why)?);
        }
        let account = need("TWILIO_ACCOUNT_SID", ", and so is TWILIO_API_KEY")?;
        self.twilio_account(account, need("TWILIO_AUTH_TOKEN", "; TWILIO_ACCOUNT_SID is set and needs it")?)
    }

    /// Sets the edge where requests enter Twilio's network, such as `dublin`.
    ///
    /// For example, with the edge `dublin` and the region `ie1`, requests to `frontline-api.twilio.com` go to
    /// `frontline-api.dublin.ie1.twilio.com`. A URL that is set with [`base_url`](Self::base_url) is not affected.
    /// [`build`](Self::build) fails if the edge cannot be part of a host name. See
    /// <https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations>.
    ///
    /// Default: the edge that belongs to the [`region`](Self::region), if a region is set. Otherwise, Twilio chooses
    /// the edge.
    #[must_use]
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.profile.location.edge = Some(edge.into());
        self
    }

    /// Sets the region that processes requests and stores data, such as `ie1`. Default: `us1`.
    ///
    /// For any region other than `us1`, `ie1` and `au1`, you must set the [`edge`](Self::edge) too. Otherwise,
    /// [`build`](Self::build) fails. Credentials are valid in only one region. See
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
