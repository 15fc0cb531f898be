//! Requests to a token server.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use form_urlencoded::byte_serialize;
use http::Method;
use http::header::{AUTHORIZATION, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::client::Transport;
use crate::error::{Error, ErrorKind};
use crate::request::Request;
use crate::response::Response;

/// What stands for the path in errors and spans.
const TEMPLATE: &str = "{token_url}";

/// An endpoint of a token server.
pub(super) struct Endpoint {
    pub(super) transport: Transport,
    pub(super) url: String,
}

/// How a program identifies itself, and what it asks for.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) id: String,
    pub(super) secret: Option<SecretString>,
    /// Whether the secret is a parameter of the form instead of a header.
    pub(super) is_secret_in_body: bool,
    pub(super) scopes: Vec<String>,
    pub(super) parameters: Vec<(String, String)>,
    /// Where tokens come from. Default: where the document says.
    pub(super) token_url: Option<String>,
}

impl Program {
    pub(super) fn new(id: String, secret: Option<SecretString>) -> Self {
        let (scopes, parameters) = (Vec::new(), Vec::new());
        Self { id, secret, is_secret_in_body: false, scopes, parameters, token_url: None }
    }
}

impl Endpoint {
    /// Sends a form with the parameters that `program` has set and with `parameters`, and returns the body of the
    /// response.
    pub(super) async fn ask(
        &self,
        program: &Program,
        parameters: &[(&str, &str)],
        is_repeatable: bool,
    ) -> Result<Value, Error> {
        let mut form: Map<String, Value> = parameters.iter().map(|(name, value)| pair(name, value)).collect();
        if !program.scopes.is_empty() {
            form.extend([pair("scope", &program.scopes.join(" "))]);
        }
        let mut request = Request::post(TEMPLATE);
        match &program.secret {
            Some(secret) if !program.is_secret_in_body => {
                request.headers.insert(AUTHORIZATION, basic(&program.id, secret.expose_secret()));
            }
            secret => {
                form.extend([pair("client_id", &program.id)]);
                form.extend(secret.iter().map(|secret| pair("client_secret", secret.expose_secret())));
            }
        }
        form.extend(program.parameters.iter().map(|(name, value)| pair(name, value)));
        request.address = Some((Arc::default(), self.url.clone()));
        request.is_repeatable = is_repeatable;
        let answer = self.transport.send::<Value>(request.form(&form).personal()).await;
        answer.map(Response::into_inner).map_err(refused)
    }
}

/// The errors that all grants have in common (RFC 6749, section 5.2). Only these are part of an error's text, because the text
/// of other errors could contain personal data.
const REFUSALS: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Returns the `error` in the body of a response.
pub(super) fn code(error: &Error) -> Option<String> {
    let body = error.body_as::<Value>()?.ok()?;
    Some(body.get("error")?.as_str()?.to_owned())
}

/// Returns the error with the reason why the server refused the grant, if it said so.
fn refused(error: Error) -> Error {
    let code = code(&error);
    match code.as_ref().and_then(|code| REFUSALS.iter().find(|refusal| *refusal == code)) {
        Some(code) => {
            let what = format!("the token server refused the grant: {code}");
            Error::new(ErrorKind::Credentials, what).with_operation(Method::POST, TEMPLATE).with_source(error)
        }
        None => error,
    }
}

fn pair(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// Returns the header of basic authentication. RFC 6749, section 2.3.1: both parts are encoded as in a form first.
fn basic(id: &str, secret: &str) -> HeaderValue {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let text = BASE64_STANDARD.encode(format!("{}:{}", encode(id), encode(secret)));
    // Base64 consists of characters that a header can have.
    let mut value = HeaderValue::try_from(format!("Basic {text}")).unwrap_or(HeaderValue::from_static("Basic"));
    value.set_sensitive(true);
    value
}
