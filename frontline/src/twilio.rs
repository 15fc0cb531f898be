//! What is Twilio's own.

use std::ffi::OsString;

use serde_json::Value;

use crate::private::Api;
use crate::{Client, ClientBuilder, Error};

mod location;

pub(crate) use location::Location;

impl Client {
    /// A client that signs in with an Account SID (`AC…`) and its auth token.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_account`] and [`ClientBuilder::build`].
    pub fn new(account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().twilio_account(account_sid, auth_token)?.build()
    }

    /// A client that signs in with an API key (`SK…`) of an account (`AC…`), and the key's secret.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_api_key`] and [`ClientBuilder::build`].
    pub fn with_api_key(
        account_sid: impl Into<String>,
        key_sid: impl Into<String>,
        key_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().twilio_api_key(account_sid, key_sid, key_secret)?.build()
    }

    /// A client that is set up as the environment says: see [`ClientBuilder::twilio_env`].
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::twilio_env`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().twilio_env()?.build()
    }
}

/// For any of Twilio's documents.
impl<C: Api> ClientBuilder<C> {
    /// An Account SID (`AC…`) and its auth token, which may do everything that the account may.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when the SID is not an account's.
    pub fn twilio_account(self, account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        let account_sid = account_sid.into();
        check_account(&account_sid)?;
        Ok(self.basic_auth(account_sid, auth_token))
    }

    /// An API key (`SK…`) with its secret, and the account (`AC…`) that it acts for: see
    /// <https://www.twilio.com/docs/iam/api-keys>.
    ///
    /// The key alone signs requests in. The account tells a key from an account that was put in its place.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when one of the SIDs is not what it should be.
    pub fn twilio_api_key(
        self,
        account_sid: impl Into<String>,
        key_sid: impl Into<String>,
        key_secret: impl Into<String>,
    ) -> Result<Self, Error> {
        check_account(&account_sid.into())?;
        let key_sid = key_sid.into();
        if !key_sid.starts_with("SK") {
            return Err(Error::configuration("the API key's SID does not start with SK"));
        }
        Ok(self.basic_auth(key_sid, key_secret))
    }

    /// Takes from the environment:
    /// - the credentials: `TWILIO_API_KEY` with `TWILIO_API_SECRET` and `TWILIO_ACCOUNT_SID`, or else
    ///   `TWILIO_ACCOUNT_SID` with `TWILIO_AUTH_TOKEN`;
    /// - where requests go: `TWILIO_EDGE` and `TWILIO_REGION`, as in [`edge`](Self::edge) and
    ///   [`region`](Self::region).
    ///
    /// An empty variable counts as missing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with the name of the variable that is missing
    /// or is not Unicode, or when a SID is not what it should be.
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
        self.place.location = Location { edge: get("TWILIO_EDGE")?, region: get("TWILIO_REGION")? };
        if let Some(key) = get("TWILIO_API_KEY")? {
            let why = "; TWILIO_API_KEY is set and needs it";
            return self.twilio_api_key(need("TWILIO_ACCOUNT_SID", why)?, key, need("TWILIO_API_SECRET", why)?);
        }
        let account = need("TWILIO_ACCOUNT_SID", ", and TWILIO_API_KEY is not set either")?;
        self.twilio_account(account, need("TWILIO_AUTH_TOKEN", "; TWILIO_ACCOUNT_SID is set and needs it")?)
    }

    /// The edge where requests enter Twilio's network, such as `dublin`: `product.edge.region.twilio.com`. Default:
    /// the one next to the region. Without edge and region, Twilio chooses.
    ///
    /// It holds for the document's servers, not for a [`base_url`](Self::base_url); that it is a label of a host
    /// name is checked by [`build`](Self::build). Source:
    /// <https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations>.
    #[must_use]
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.place.location.edge = Some(edge.into());
        self
    }

    /// The region where requests are handled and data is kept, such as `ie1`. Default: `us1` where there is an
    /// [`edge`](Self::edge).
    ///
    /// Regions other than `us1`, `ie1` and `au1` need an edge too. Credentials are a region's own. Source:
    /// <https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region>.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.place.location.region = Some(region.into());
        self
    }
}

fn check_account(sid: &str) -> Result<(), Error> {
    match sid.get(..2) {
        Some("AC") => Ok(()),
        Some("SK") => Err(Error::configuration(
            "an API key (SK…) is where an account (AC…) belongs; keys are for `with_api_key`, `twilio_api_key` or \
             TWILIO_API_KEY",
        )),
        _ => Err(Error::configuration("the account SID does not start with AC")),
    }
}

/// Refuses an API key where a path of one of Twilio's documents wants the account: it would be a 404 that says
/// nothing.
pub(crate) fn check_path(name: &str, value: Option<&Value>) -> Result<(), Error> {
    let is_key = || value.and_then(Value::as_str).is_some_and(|text| text.starts_with("SK"));
    if name == "AccountSid" && is_key() {
        return Err(Error::invalid_argument("`AccountSid` is an API key (SK…), where its account (AC…) belongs"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
