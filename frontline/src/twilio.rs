//! What is Twilio's own.

use std::ffi::OsString;

use crate::private::Api;
use crate::{Client, ClientBuilder, Error};

impl Client {
    /// A client that signs in with an Account SID (`AC…`) and its auth token, or with an API key (`SK…`) and its
    /// secret: see <https://www.twilio.com/docs/iam/api-keys>.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build`].
    pub fn new(account_sid: impl Into<String>, auth_token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().basic_auth(account_sid, auth_token).build()
    }

    /// A client that signs in with what the environment holds: see [`ClientBuilder::twilio_env`].
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
    /// Takes the credentials from the environment: `TWILIO_API_KEY` with `TWILIO_API_SECRET`, or else
    /// `TWILIO_ACCOUNT_SID` with `TWILIO_AUTH_TOKEN`. An empty variable counts as missing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with the name of the variable that is missing
    /// or is not Unicode.
    pub fn twilio_env(self) -> Result<Self, Error> {
        self.twilio_variables(|name| std::env::var_os(name))
    }

    fn twilio_variables(self, lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let get = |name: &str| match lookup(name).map(OsString::into_string) {
            Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(Err(_)) => Err(Error::configuration(format!("the environment variable {name} is not Unicode"))),
            None => Ok(None),
        };
        let need = |name: &str, with: &str| {
            get(name)?.ok_or_else(|| Error::configuration(format!("the environment variable {name} is missing{with}")))
        };
        if let Some(key) = get("TWILIO_API_KEY")? {
            return Ok(self.basic_auth(key, need("TWILIO_API_SECRET", "; TWILIO_API_KEY is set and needs it")?));
        }
        let account = need("TWILIO_ACCOUNT_SID", ", and TWILIO_API_KEY is not set either")?;
        Ok(self.basic_auth(account, need("TWILIO_AUTH_TOKEN", "; TWILIO_ACCOUNT_SID is set and needs it")?))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use crate::{Client, Error};

    fn basic(variables: &[(&str, &str)]) -> Result<(String, String), Error> {
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
        let (user, password) = Client::builder().twilio_variables(lookup)?.credentials.basic.unwrap();
        Ok((user, password.expose_secret().to_owned()))
    }

    const ACCOUNT: (&str, &str) = ("TWILIO_ACCOUNT_SID", "AC1");
    const TOKEN: (&str, &str) = ("TWILIO_AUTH_TOKEN", "token");
    const KEY: (&str, &str) = ("TWILIO_API_KEY", "SK1");
    const SECRET: (&str, &str) = ("TWILIO_API_SECRET", "secret");

    #[test]
    fn an_account_or_an_api_key_will_do_and_the_key_comes_first() {
        assert_eq!(basic(&[ACCOUNT, TOKEN]).unwrap(), ("AC1".to_owned(), "token".to_owned()));
        assert_eq!(basic(&[KEY, SECRET]).unwrap(), ("SK1".to_owned(), "secret".to_owned()));
        assert_eq!(basic(&[ACCOUNT, TOKEN, KEY, SECRET]).unwrap().0, "SK1");
        assert_eq!(basic(&[ACCOUNT, TOKEN, ("TWILIO_API_KEY", "")]).unwrap().0, "AC1");
    }

    #[test]
    fn a_missing_variable_is_named() {
        for (variables, text) in [
            (&[][..], "the environment variable TWILIO_ACCOUNT_SID is missing, and TWILIO_API_KEY is not set either"),
            (&[TOKEN], "the environment variable TWILIO_ACCOUNT_SID is missing, and TWILIO_API_KEY is not set either"),
            (
                &[ACCOUNT],
                "the environment variable TWILIO_AUTH_TOKEN is missing; TWILIO_ACCOUNT_SID is set and needs it",
            ),
            (
                &[ACCOUNT, TOKEN, KEY],
                "the environment variable TWILIO_API_SECRET is missing; TWILIO_API_KEY is set and needs it",
            ),
            (
                &[ACCOUNT, ("TWILIO_AUTH_TOKEN", "")],
                "the environment variable TWILIO_AUTH_TOKEN is missing; TWILIO_ACCOUNT_SID is set and needs it",
            ),
        ] {
            let error = basic(variables).unwrap_err();
            assert!(error.is_configuration());
            assert_eq!(error.to_string(), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_unicode_is_named() {
        use std::os::unix::ffi::OsStringExt;

        let lookup = |_: &str| Some(std::ffi::OsString::from_vec(vec![b's', 0xff]));
        let error = Client::builder().twilio_variables(lookup).unwrap_err();
        assert_eq!(error.to_string(), "the environment variable TWILIO_API_KEY is not Unicode");
    }
}
