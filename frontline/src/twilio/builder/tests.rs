use secrecy::ExposeSecret;

use crate::auth::Login;
use crate::{Client, Error};

fn basic(variables: &[(&str, &str)]) -> Result<(String, String), Error> {
    let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
    let basic = Client::builder().twilio_variables(lookup)?.credentials.basic;
    let Some(Login::Basic(user, password)) = basic else { panic!("a user name and a password") };
    Ok((user, password.expose_secret().to_owned()))
}

const ACCOUNT: (&str, &str) = ("TWILIO_ACCOUNT_SID", "AC1");
const TOKEN: (&str, &str) = ("TWILIO_AUTH_TOKEN", "token");
const KEY: (&str, &str) = ("TWILIO_API_KEY", "SK1");
const SECRET: (&str, &str) = ("TWILIO_API_SECRET", "secret");

#[test]
fn an_api_key_takes_precedence_over_an_auth_token() {
    assert_eq!(basic(&[ACCOUNT, TOKEN]).unwrap(), ("AC1".to_owned(), "token".to_owned()));
    assert_eq!(basic(&[ACCOUNT, KEY, SECRET]).unwrap(), ("SK1".to_owned(), "secret".to_owned()));
    assert_eq!(basic(&[ACCOUNT, TOKEN, KEY, SECRET]).unwrap().0, "SK1");
    assert_eq!(basic(&[ACCOUNT, TOKEN, ("TWILIO_API_KEY", "")]).unwrap().0, "AC1");
}

#[test]
fn a_missing_variable_is_named() {
    for (variables, text) in [
        (&[][..], "the environment variable TWILIO_ACCOUNT_SID is missing, and so is TWILIO_API_KEY"),
        (&[TOKEN], "the environment variable TWILIO_ACCOUNT_SID is missing, and so is TWILIO_API_KEY"),
        (&[ACCOUNT], "the environment variable TWILIO_AUTH_TOKEN is missing; TWILIO_ACCOUNT_SID is set and needs it"),
        (&[KEY, SECRET], "the environment variable TWILIO_ACCOUNT_SID is missing; TWILIO_API_KEY is set and needs it"),
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
    assert_eq!(error.to_string(), "the environment variable TWILIO_BASE_URL is not valid Unicode");
}

#[test]
fn swapped_keys_and_accounts_are_rejected() {
    let key_as_account = Client::new("SK1", "token").unwrap_err();
    assert!(key_as_account.is_configuration());
    assert!(key_as_account.to_string().starts_with("an API key (SK…) was given instead of an account (AC…)"));
    for error in [
        basic(&[("TWILIO_ACCOUNT_SID", "SK1"), TOKEN]).unwrap_err(),
        basic(&[("TWILIO_ACCOUNT_SID", "SK1"), KEY, SECRET]).unwrap_err(),
        Client::with_api_key("SK1", "SK1", "secret").unwrap_err(),
    ] {
        assert_eq!(error.to_string(), key_as_account.to_string());
    }
    let account_as_key = Client::with_api_key("AC1", "AC1", "secret").unwrap_err();
    assert_eq!(account_as_key.to_string(), "the SID of the API key does not start with SK");
    for sid in ["", "A", "US1", "ac1", "ü"] {
        assert_eq!(Client::new(sid, "token").unwrap_err().to_string(), "the account SID does not start with AC");
    }
    assert!(Client::with_api_key("AC1", "SK1", "secret").is_ok());
}

#[test]
fn the_environment_sets_edge_and_region() {
    let variables = [ACCOUNT, TOKEN, ("TWILIO_EDGE", "tokyo"), ("TWILIO_REGION", "jp1")];
    let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
    let builder = Client::builder().twilio_variables(lookup).unwrap();
    let host = builder.profile.location.host("frontline-api.twilio.com").unwrap();
    assert_eq!(host.as_deref(), Some("frontline-api.tokyo.jp1.twilio.com"));
    assert!(builder.build().is_ok());
    assert!(Client::builder().edge("evil.example/").build().is_err_and(|error| error.is_configuration()));
}

#[test]
fn the_base_url_comes_from_the_more_specific_variable() {
    let url = |variables: &'static [(&str, &str)]| {
        let lookup =
            |name: &str| variables.iter().chain([&ACCOUNT, &TOKEN]).find(|(key, _)| *key == name).map(|it| it.1.into());
        Client::builder().base_url("https://before.example").twilio_variables(lookup).unwrap().base_url.unwrap()
    };
    assert_eq!(url(&[]), "https://before.example");
    assert_eq!(url(&[("FRONTLINE_BASE_URL", "https://general")]), "https://general");
    assert_eq!(url(&[("FRONTLINE_BASE_URL", "https://general"), ("TWILIO_BASE_URL", "https://own")]), "https://own");
    assert_eq!(url(&[("FRONTLINE_BASE_URL", "https://general"), ("TWILIO_BASE_URL", "")]), "https://general");
}
