//! The device authorization grant (RFC 8628).

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::endpoint::{Endpoint, Program, code};
use super::grant::setters;
use super::tokens::Tokens;
use crate::client::{Api, ClientBuilder};
use crate::error::{Error, ErrorKind};
use crate::request::SchemeKind;

/// The device authorization grant (RFC 8628): a user authorizes a program that has no browser, such as a command line tool, at
/// another device.
///
/// ```no_run
/// use frontline::oauth::{DeviceFlow, Refresh};
/// # mod api {
/// #     frontline::frontline_api!("examples/oauth.yaml");
/// # }
///
/// # async fn example() -> Result<(), frontline::Error> {
/// let flow = DeviceFlow::new("client id", "https://login.example.com/device").scopes(["read"]);
/// let mut authorization = flow.start(&api::Client::builder()).await?;
/// println!("Open {} and enter {}.", authorization.verification_uri(), authorization.user_code());
/// let tokens = authorization.wait().await?;
/// let client = api::Client::builder().oauth(Refresh::from_tokens("client id", tokens)).build()?;
/// # Ok(())
/// # }
/// ```
pub struct DeviceFlow {
    program: Program,
    device_url: String,
}

impl DeviceFlow {
    /// Creates the grant of the program with this id. `device_url` is the URL of the server's device authorization endpoint.
    #[must_use]
    pub fn new(client_id: impl Into<String>, device_url: impl Into<String>) -> Self {
        Self { program: Program::new(client_id.into(), None), device_url: device_url.into() }
    }

    /// Sets the secret of the program. Default: none, as for programs that run on the devices of their users.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.program.secret = Some(secret.into().into());
        self
    }

    /// Asks the server for a code that the user enters. Requests are sent with the options of `builder`, such as its proxy.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`] if a URL is invalid or no token URL is known, and otherwise the error of the
    /// request.
    pub async fn start<C: Api>(self, builder: &ClientBuilder<C>) -> Result<DeviceAuthorization, Error> {
        let Self { mut program, device_url } = self;
        let of_scheme = C::SCHEMES.iter().find_map(|scheme| match scheme.kind {
            SchemeKind::OAuth { token_url, refresh_url } => token_url.or(refresh_url),
            _ => None,
        });
        let token_url = program.token_url.as_deref().or(of_scheme);
        let token_url = token_url
            .ok_or_else(|| Error::configuration("the document does not say where tokens come from; set `token_url`"))?;
        let (transport, url) = builder.endpoint(token_url)?;
        let tokens = Endpoint { transport, url };
        let (transport, url) = builder.endpoint(&device_url)?;
        // RFC 8628, section 3.1: a program without a secret names itself.
        let body = Endpoint { transport, url }.ask(&program, &[], true).await?;
        program.scopes.clear();
        DeviceAuthorization::read(&body, program, tokens)
    }
}

setters!(DeviceFlow);

/// The pause between two requests for tokens, in seconds, unless the server names another one (RFC 8628, section 3.2), and by how
/// much it grows when the server asks for that (section 3.5).
const INTERVAL: u64 = 5;

/// How long a code is valid if the server does not say, in seconds. The value is required (RFC 8628, section 3.2).
const LIFETIME: u64 = 600;

/// A request for authorization that a user has to confirm at another device.
pub struct DeviceAuthorization {
    program: Program,
    endpoint: Endpoint,
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    interval: Duration,
    next: Instant,
    end: Instant,
}

impl DeviceAuthorization {
    fn read(body: &Value, program: Program, endpoint: Endpoint) -> Result<Self, Error> {
        let text =
            |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let need = |name: &str, value: Option<String>| {
            let missing =
                || Error::new(ErrorKind::Decode, format!("the answer of the device endpoint has no `{name}`"));
            value.ok_or_else(missing)
        };
        let seconds = |name: &str, default| {
            let value = body.get(name).and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
            Duration::from_secs(value.unwrap_or(default))
        };
        let now = Instant::now();
        let interval = seconds("interval", INTERVAL);
        let after = |time| now.checked_add(time).unwrap_or(now);
        Ok(Self {
            program,
            endpoint,
            device_code: need("device_code", text("device_code"))?,
            user_code: need("user_code", text("user_code"))?,
            // Some servers use the name of an early draft.
            verification_uri: need("verification_uri", text("verification_uri").or_else(|| text("verification_url")))?,
            verification_uri_complete: text("verification_uri_complete"),
            interval,
            next: after(interval),
            end: after(seconds("expires_in", LIFETIME)),
        })
    }

    /// Returns the code that the user enters.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Returns the address of the page on which the user enters the code.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// Returns the address of a page that knows the code, for a link or a QR code, if the server has one.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// Returns how long the code is still valid.
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Waits until the user has confirmed, and returns the tokens.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`poll`](Self::poll).
    pub async fn wait(&mut self) -> Result<Tokens, Error> {
        loop {
            if let Some(tokens) = self.poll().await? {
                return Ok(tokens);
            }
        }
    }

    /// Waits for the pause that the server asks for, and then asks once whether the user has confirmed. Returns `None` if not.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Credentials`] if the user has refused, or the code is no longer valid. Other errors are those of the
    /// request; after one that is temporary, this can be called again.
    pub async fn poll(&mut self) -> Result<Option<Tokens>, Error> {
        let refuse = |what| Err(Error::new(ErrorKind::Credentials, what));
        sleep_until(self.next.min(self.end)).await;
        if Instant::now() >= self.end {
            return refuse("the user did not confirm in time");
        }
        let parameters =
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", &*self.device_code)];
        let answer = self.endpoint.ask(&self.program, &parameters, false).await;
        self.pause();
        let error = match answer {
            Ok(body) => return Tokens::read(&body).map(Some),
            Err(error) => error,
        };
        match code(&error).as_deref() {
            Some("authorization_pending") => Ok(None),
            Some("slow_down") => {
                self.interval = self.interval.saturating_add(Duration::from_secs(INTERVAL));
                self.pause();
                Ok(None)
            }
            Some("access_denied") => refuse("the user refused the authorization"),
            Some("expired_token") => refuse("the user did not confirm in time"),
            _ => Err(error),
        }
    }

    /// Starts the pause before the next request. One that is beyond the range of `Instant` ends with the code.
    fn pause(&mut self) {
        self.next = Instant::now().checked_add(self.interval).unwrap_or(self.end);
    }
}

/// Omits the codes.
impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorization").field("expires_in", &self.expires_in()).finish_non_exhaustive()
    }
}

impl fmt::Debug for DeviceFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceFlow").finish_non_exhaustive()
    }
}
