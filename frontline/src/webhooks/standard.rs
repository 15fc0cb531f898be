//! Standard Webhooks.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use crate::error::{Error, SignatureError};

/// How far the clocks may differ, and how late a request may arrive.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";

/// Verifies the signatures of the
/// [Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md)
/// specification, in the symmetric version `v1` (HMAC-SHA256).
///
/// A request that was verified once must not take effect again: remember the header `webhook-id` for at least the
/// [`tolerance`](Self::tolerance).
///
/// ```
/// use frontline::webhooks::{SignatureError, StandardWebhooks};
/// # use frontline::http::HeaderMap;
///
/// # fn main() -> Result<(), frontline::Error> {
/// let webhooks = StandardWebhooks::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
/// # let (headers, body) = (HeaderMap::new(), b"{}");
/// match webhooks.verify(&headers, body) {
///     Ok(()) => { /* decode the body */ }
///     Err(error) => println!("refused with 401: {error}"),
/// }
/// # assert_eq!(webhooks.verify(&headers, body), Err(SignatureError::Missing("webhook-id")));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StandardWebhooks {
    keys: Vec<Vec<u8>>,
    tolerance: Duration,
}

impl StandardWebhooks {
    /// Creates a verifier for a secret: base64, with or without the prefix `whsec_`.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the secret is not base64, or has fewer than 24 or
    /// more than 64 bytes.
    pub fn new(secret: &str) -> Result<Self, Error> {
        Self { keys: Vec::new(), tolerance: TOLERANCE }.also(secret)
    }

    /// Accepts signatures with another secret, too, so that secrets can be replaced without an interruption.
    ///
    /// # Errors
    ///
    /// Returns the error of [`new`](Self::new).
    pub fn also(mut self, secret: &str) -> Result<Self, Error> {
        let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)).unwrap_or_default();
        if !(24..=64).contains(&key.len()) {
            return Err(Error::configuration("the secret for webhooks is not base64 of 24 to 64 bytes"));
        }
        self.keys.push(key);
        Ok(self)
    }

    /// Sets how long after its signature a request is accepted, and how far the clocks may differ. Default: 5 minutes.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies a request. `body` has to be the bytes that arrived.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing or wrong, or is too old or in the future.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        self.verify_at(headers, body, now)
    }

    /// Version of [`verify`](Self::verify) with a clock that reads `now`, counted from 1970.
    fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: Duration) -> Result<(), SignatureError> {
        let text = |name: &'static str| {
            let value = headers.get(name).ok_or(SignatureError::Missing(name))?;
            value.to_str().map_err(|_| SignatureError::Malformed(name))
        };
        let (id, timestamp, signatures) = (text(ID)?, text(TIMESTAMP)?, text(SIGNATURE)?);
        let seconds = timestamp.parse().map_err(|_| SignatureError::Malformed(TIMESTAMP))?;
        let signed = Duration::from_secs(seconds);
        // The time is checked last, so that it is known to come from the service.
        let is_of = |key: &Vec<u8>, tag: &[u8]| {
            let mac = Hmac::<Sha256>::new_from_slice(key);
            mac.is_ok_and(|mac| {
                let parts = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
                parts.iter().fold(mac, Mac::chain_update).verify_slice(tag).is_ok()
            })
        };
        // A service that replaces its secret sends a signature with each.
        let tags = signatures.split(' ').filter_map(|signature| signature.strip_prefix("v1,"));
        let mut tags = tags.filter_map(|tag| BASE64_STANDARD.decode(tag).ok());
        if !tags.any(|tag| self.keys.iter().any(|key| is_of(key, &tag))) {
            return Err(SignatureError::Mismatch);
        }
        if now.saturating_sub(signed) > self.tolerance {
            return Err(SignatureError::TooOld);
        }
        if signed.saturating_sub(now) > self.tolerance {
            return Err(SignatureError::TooNew);
        }
        Ok(())
    }
}

/// Omits the secrets.
impl fmt::Debug for StandardWebhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandardWebhooks").field("tolerance", &self.tolerance).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{SignatureError, StandardWebhooks};

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNED: Duration = Duration::from_secs(1_614_265_330);

    fn headers(signature: &'static str) -> HeaderMap {
        let pairs = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature),
        ];
        pairs
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .into_iter()
            .collect()
    }

    /// The example of the specification.
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_example_of_the_specification_is_verified() {
        let webhooks = StandardWebhooks::new(SECRET).unwrap();
        assert_eq!(webhooks.verify_at(&headers(SIGNATURE), BODY, SIGNED), Ok(()));
        let several = "v1,AAAA v1a,x v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,x";
        assert_eq!(webhooks.verify_at(&headers(several), BODY, SIGNED), Ok(()));
        let other = StandardWebhooks::new("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert_eq!(other.verify_at(&headers(SIGNATURE), BODY, SIGNED), Err(SignatureError::Mismatch));
        assert_eq!(other.also(SECRET).unwrap().verify_at(&headers(SIGNATURE), BODY, SIGNED), Ok(()));
    }

    #[test]
    fn other_requests_are_refused() {
        let webhooks = StandardWebhooks::new(SECRET).unwrap();
        let verify = |headers: &HeaderMap, body: &[u8]| webhooks.verify_at(headers, body, SIGNED);
        assert_eq!(verify(&headers(SIGNATURE), br#"{"test": 2432232315}"#), Err(SignatureError::Mismatch));
        for signature in ["", "v1,", "v1,=", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE"] {
            assert_eq!(verify(&headers(signature), BODY), Err(SignatureError::Mismatch), "{signature}");
        }
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let mut headers = headers(SIGNATURE);
            headers.remove(name);
            assert_eq!(verify(&headers, BODY), Err(SignatureError::Missing(name)));
        }
        let mut other = headers(SIGNATURE);
        other.insert("webhook-timestamp", HeaderValue::from_static("1614265331"));
        assert_eq!(verify(&other, BODY), Err(SignatureError::Mismatch));
        other.insert("webhook-timestamp", HeaderValue::from_static("-1"));
        assert_eq!(verify(&other, BODY), Err(SignatureError::Malformed("webhook-timestamp")));
    }

    #[test]
    fn old_and_future_requests_are_refused() {
        let webhooks = StandardWebhooks::new(SECRET).unwrap();
        let at = |now| webhooks.verify_at(&headers(SIGNATURE), BODY, now);
        let minutes = |count: u8| Duration::from_secs(60 * u64::from(count));
        assert_eq!((at(SIGNED + minutes(5)), at(SIGNED.saturating_sub(minutes(5)))), (Ok(()), Ok(())));
        assert_eq!(at(SIGNED + minutes(6)), Err(SignatureError::TooOld));
        assert_eq!(at(SIGNED.saturating_sub(minutes(6))), Err(SignatureError::TooNew));
        assert_eq!(webhooks.verify(&headers(SIGNATURE), BODY), Err(SignatureError::TooOld));
    }

    #[test]
    fn secrets_are_checked_and_not_shown() {
        for secret in ["", "whsec_", "canary", "canary!", "whsec_Y2FuYXJ5"] {
            let error = StandardWebhooks::new(secret).unwrap_err();
            assert!(error.is_configuration() && !format!("{error:?}").contains("canary"));
        }
        assert!(!format!("{:?}", StandardWebhooks::new(SECRET).unwrap()).contains("MfKQ"));
    }
}
