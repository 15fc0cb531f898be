//! The signatures of Twilio's webhooks.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::error::SignatureError;

const HEADER: &str = "x-twilio-signature";

/// The parameter of the URL with the hash of a body that is not a form.
const BODY_HASH: &str = "bodySHA256";

/// Verifies the header `X-Twilio-Signature` of the requests that
/// [Twilio sends](https://www.twilio.com/docs/usage/webhooks/webhooks-security) to your program.
///
/// ```
/// use frontline::TwilioSignature;
/// # use frontline::http::{HeaderMap, HeaderName, HeaderValue};
///
/// let signatures = TwilioSignature::new("12345");
/// # let mut headers = HeaderMap::new();
/// # headers.insert("x-twilio-signature", HeaderValue::from_static("RSOYDt4T1cUTdK1PDd93/VVr8B8="));
/// # headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
/// # let body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
/// // The URL as it is set at Twilio, which may differ from the one that reaches your program behind a proxy.
/// signatures.verify("https://mycompany.com/myapp.php?foo=1&bar=2", &headers, body)?;
/// # Ok::<(), frontline::webhooks::SignatureError>(())
/// ```
#[derive(Clone)]
pub struct TwilioSignature {
    auth_token: SecretString,
}

impl TwilioSignature {
    /// Creates a verifier for the account with this auth token.
    #[must_use]
    pub fn new(auth_token: impl Into<String>) -> Self {
        Self { auth_token: auth_token.into().into() }
    }

    /// Verifies a request. `url` is the whole URL that Twilio called, with its query string, and `body` has the bytes that arrived.
    ///
    /// A signature of the URL with the default port is accepted, too, and one without the port, because Twilio has both.
    ///
    /// Twilio signs no time, so a request can be sent again by whoever has seen it: use `https`, and let repeated requests
    /// have no effect.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing or wrong, or if the body differs from the hash in the URL.
    pub fn verify(&self, url: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let signature = headers.get(HEADER).ok_or(SignatureError::Missing(HEADER))?;
        let tag = BASE64_STANDARD.decode(signature).map_err(|_| SignatureError::Malformed(HEADER))?;
        let parsed = Url::parse(url).map_err(|_| SignatureError::Mismatch)?;
        let hash = parsed.query_pairs().find(|(name, _)| name == BODY_HASH).map(|(_, hash)| hash.into_owned());
        let is_form = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|media| {
            let media = media.split(';').next().unwrap_or_default().trim();
            media.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        });
        let form = match hash {
            Some(hash) if hash.eq_ignore_ascii_case(&hex(&Sha256::digest(body))) => String::new(),
            None if is_form => parameters(body),
            None if body.is_empty() => String::new(),
            // Without a hash, nothing would protect the body.
            _ => return Err(SignatureError::Mismatch),
        };
        let urls = [url.to_owned(), with_port(url, &parsed, true), with_port(url, &parsed, false)];
        if urls.iter().any(|url| self.is_valid(&format!("{url}{form}"), &tag)) {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }

    fn is_valid(&self, text: &str, tag: &[u8]) -> bool {
        let mac = Hmac::<Sha1>::new_from_slice(self.auth_token.expose_secret().as_bytes());
        mac.is_ok_and(|mac| mac.chain_update(text).verify_slice(tag).is_ok())
    }
}

/// Returns the names and values of a form, sorted, and each pair once.
fn parameters(form: &[u8]) -> String {
    let mut pairs: Vec<_> = form_urlencoded::parse(form).collect();
    pairs.sort();
    pairs.dedup();
    pairs.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]).collect()
}

/// Returns the URL with or without its port, and otherwise as it is written.
fn with_port(url: &str, parsed: &Url, is_wanted: bool) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let port = parsed.port_or_known_default().filter(|_| is_wanted);
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{path}")
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Omits the auth token.
impl fmt::Debug for TwilioSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSignature").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::TwilioSignature;
    use crate::error::SignatureError;

    /// The examples in the tests of Twilio's libraries.
    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const FORM: &str =
        "Caller=%2B14158675309&To=%2B18005551212&Digits=1234&CallSid=CA1234567890ABCDE&From=%2B14158675309";
    const OF_FORM: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    const BODY: &str = r#"{"property": "value", "boolean": true}"#;
    const HASH: &str = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    const OF_BODY: &str = "a9nBmqA0ju/hNViExpshrM61xv4=";

    fn verify(url: &str, media: &'static str, body: &str, signature: &'static str) -> Result<(), SignatureError> {
        let mut headers =
            HeaderMap::from_iter([("x-twilio-signature".parse().unwrap(), HeaderValue::from_static(signature))]);
        headers.insert("content-type", HeaderValue::from_static(media));
        TwilioSignature::new("12345").verify(url, &headers, body.as_bytes())
    }

    fn form(url: &str, body: &str) -> Result<(), SignatureError> {
        verify(url, "application/x-www-form-urlencoded; charset=UTF-8", body, OF_FORM)
    }

    #[test]
    fn the_examples_of_twilios_libraries_are_verified() {
        assert_eq!(form(URL, FORM), Ok(()));
        assert_eq!(form("https://mycompany.com:443/myapp.php?foo=1&bar=2", FORM), Ok(()));
        // Each pair counts once.
        assert_eq!(form(URL, &format!("{FORM}&Digits=1234")), Ok(()));
        let url = format!("{URL}&bodySHA256={HASH}");
        assert_eq!(verify(&url, "application/json", BODY, OF_BODY), Ok(()));
        assert_eq!(
            verify(&url.replace("f96e6620", "f96e6621"), "application/json", BODY, OF_BODY),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(verify(&url, "application/json", "{}", OF_BODY), Err(SignatureError::Mismatch));
    }

    #[test]
    fn other_requests_are_refused() {
        for (url, body) in [
            ("https://mycompany.com/myapp.php?foo=1&bar=3", FORM),
            ("https://mycompany.com:8443/myapp.php?foo=1&bar=2x", FORM),
            ("http://mycompany.com/myapp.php?foo=1&bar=2", FORM),
            (URL, ""),
            (URL, &format!("{FORM}&Digits=5")),
            ("not a url", FORM),
        ] {
            assert_eq!(form(url, body), Err(SignatureError::Mismatch), "{url} {body}");
        }
        let json = |signature| verify(URL, "application/json", BODY, signature);
        assert_eq!(json(OF_BODY), Err(SignatureError::Mismatch), "no hash of the body is signed");
        assert_eq!(json("="), Err(SignatureError::Malformed("x-twilio-signature")));
        let none = TwilioSignature::new("12345").verify(URL, &HeaderMap::new(), b"");
        assert_eq!(none, Err(SignatureError::Missing("x-twilio-signature")));
        assert!(!format!("{:?}", TwilioSignature::new("12345")).contains("12345"));
    }
}
