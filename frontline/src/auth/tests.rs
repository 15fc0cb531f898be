use http::header::{COOKIE, HeaderMap, HeaderValue};

use super::{Cached, Credential, Credentials, Given, Login, Scheme};

const BASIC: Scheme = Scheme::basic("login");
const BEARER: Scheme = Scheme::bearer("oauth");
const HEADER: Scheme = Scheme::api_key_header("key", "X-Api-Key");
const QUERY: Scheme = Scheme::api_key_query("key", "api key");
const COOKIE_KEY: Scheme = Scheme::api_key_cookie("key", "session");

fn all() -> Credentials {
    Credentials {
        basic: Some(Login::Basic("AC1".to_owned(), "päss".into())),
        bearer: Some(Login::Bearer("tok".into())),
        keys: [("key".to_owned(), Login::Key("k&1".into()))].into(),
        ..Credentials::default()
    }
}

fn applied(credentials: &Credentials, security: &[&[Scheme]]) -> Result<(HeaderMap, String), crate::Error> {
    let (mut headers, mut query) = (HeaderMap::new(), String::new());
    credentials.apply(security, &Given::default(), &mut headers, &mut query)?;
    Ok((headers, query))
}

#[test]
fn each_scheme_adds_its_header_or_query_parameter() {
    let header = |scheme, name: &str| {
        let (headers, query) = applied(&all(), &[&[scheme]]).unwrap();
        assert_eq!((headers.len(), query.as_str()), (1, ""));
        assert!(headers[name].is_sensitive());
        headers[name].to_str().unwrap().to_owned()
    };
    assert_eq!(header(BASIC, "authorization"), "Basic QUMxOnDDpHNz");
    assert_eq!(header(BEARER, "authorization"), "Bearer tok");
    assert_eq!(header(HEADER, "x-api-key"), "k&1");
    assert_eq!(header(COOKIE_KEY, "cookie"), "session=k&1");
    assert_eq!(applied(&all(), &[&[QUERY]]).unwrap(), (HeaderMap::new(), "api%20key=k%261".to_owned()));
}

#[test]
fn an_argument_of_the_same_name_takes_the_place_of_a_key() {
    let argument = HeaderValue::from_static("own");
    let mut headers = HeaderMap::from_iter([
        ("x-api-key".parse().unwrap(), argument),
        (COOKIE, HeaderValue::from_static("a=b; session=own")),
    ]);
    let mut query = "a=b&api%20key=own".to_owned();
    let before = (headers.clone(), query.clone());
    all().apply(&[&[HEADER, QUERY, COOKIE_KEY]], &Given::default(), &mut headers, &mut query).unwrap();
    assert_eq!((headers, query), before);
}

/// RFC 6265, section 4.1.1.
#[test]
fn keys_that_servers_would_read_as_several_cookies_are_refused() {
    for secret in ["7; admin=1", "7;8", "7,8", "7 8", "\"7\"", "7\\8"] {
        let keys =
            Credentials { keys: [("key".to_owned(), Login::Key(secret.into()))].into(), ..Credentials::default() };
        let error = applied(&keys, &[&[COOKIE_KEY]]).unwrap_err();
        assert!(error.is_configuration() && !error.to_string().contains(secret), "{error}");
        assert!(applied(&keys, &[&[HEADER]]).is_ok() && applied(&keys, &[&[QUERY]]).is_ok());
    }
}

#[test]
fn all_cookies_share_one_header() {
    let mut headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("theme=dark"))]);
    all().apply(&[&[COOKIE_KEY]], &Given::default(), &mut headers, &mut String::new()).unwrap();
    assert_eq!((headers.len(), headers[COOKIE].to_str().unwrap()), (1, "theme=dark; session=k&1"));
    assert!(headers[COOKIE].is_sensitive());
}

#[test]
fn the_first_alternative_with_all_credentials_is_used() {
    let basic = Credentials { basic: all().basic, ..Credentials::default() };
    let (headers, _) = applied(&basic, &[&[BASIC, HEADER], &[BEARER], &[BASIC]]).unwrap();
    assert_eq!(headers.len(), 1);
    assert!(headers.contains_key("authorization"));

    let (headers, _) = applied(&all(), &[&[BASIC, HEADER], &[BEARER]]).unwrap();
    assert_eq!(headers.len(), 2);
}

#[test]
fn credentials_are_not_sent_if_none_are_required() {
    assert_eq!(applied(&all(), &[]).unwrap(), (HeaderMap::new(), String::new()));
    assert_eq!(applied(&all(), &[&[]]).unwrap(), (HeaderMap::new(), String::new()));
}

#[test]
fn optional_credentials_are_sent_if_available() {
    assert_eq!(applied(&all(), &[&[], &[BASIC]]).unwrap().0.len(), 1);
    assert_eq!(applied(&Credentials::default(), &[&[], &[BASIC]]).unwrap().0.len(), 0);
}

#[test]
fn missing_credentials_are_named() {
    let error = applied(&Credentials::default(), &[&[BASIC, HEADER], &[BEARER]]).unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(
        error.to_string(),
        "the operation requires credentials for `login` (set them with `ClientBuilder::basic_auth`) \
         and `key` (set them with `ClientBuilder::api_key`), or for `oauth` (set them with `ClientBuilder::bearer_token`)"
    );
}

#[test]
fn invalid_credentials_are_rejected_and_not_quoted() {
    let basic = |user: &str, password: &str| Credentials {
        basic: Some(Login::Basic(user.to_owned(), password.into())),
        ..Credentials::default()
    };
    for credentials in [
        basic("", "secret"),
        basic("AC1:secret", "secret"),
        basic("AC1", ""),
        basic("AC1", "secret\n"),
        Credentials { bearer: Some(Login::Bearer("secret\r\n".into())), ..Credentials::default() },
        Credentials { bearer: Some(Login::Bearer("sec ret".into())), ..Credentials::default() },
        Credentials { keys: [("key".to_owned(), Login::Key("secret ".into()))].into(), ..Credentials::default() },
        Credentials { keys: [("key".to_owned(), Login::Key("sec\nret".into()))].into(), ..Credentials::default() },
    ] {
        let error = credentials.check(&[HEADER]).unwrap_err();
        assert!(error.is_configuration());
        assert!(!format!("{error} {error:?}").contains("sec"), "{error}");
    }
    assert!(all().check(&[HEADER]).is_ok());
    // Some services put a word before the key.
    let key =
        Credentials { keys: [("key".to_owned(), Login::Key("Token abc".into()))].into(), ..Credentials::default() };
    assert!(key.check(&[HEADER]).is_ok());
    assert!(Credentials::default().check(&[]).is_ok());
}

#[test]
fn credentials_for_other_schemes_are_refused() {
    let keys = |name: &str| Credentials {
        keys: [(name.to_owned(), Login::Key("secret".into()))].into(),
        ..Credentials::default()
    };
    let text = |credentials: Credentials, defined| credentials.check(defined).unwrap_err().to_string();
    assert_eq!(
        text(keys("kee"), &[BASIC, HEADER]),
        "the document defines no security scheme `kee`; it defines `login`, `key`"
    );
    assert_eq!(text(keys("key"), &[]), "the document defines no security scheme `key`; it defines none");
    assert_eq!(
        text(keys("login"), &[BASIC]),
        "the security scheme `login` is not an API key; set its credentials with `ClientBuilder::credentials_for`"
    );
    let named = Cached::new(Credential::bearer("secret"));
    let named = Credentials { schemes: [("oath".to_owned(), named)].into(), ..Credentials::default() };
    assert_eq!(text(named, &[BEARER]), "the document defines no security scheme `oath`; it defines `oauth`");
}
