//! The Frontline service in memory.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::client::Api;
use crate::profile::Profile;
use crate::server::Service;
use crate::{Client, Error, Response, UpdateUserRequest, User};

/// The Frontline API in memory: users that can be fetched and updated by their SID or identity.
///
/// Updates write each property of the request to the property of the user with the same name. So it follows the document,
/// whatever properties and values are added to it.
#[derive(Default)]
pub struct Users {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    users: Vec<User>,
    requests: u64,
}

impl State {
    fn find(&mut self, key: &str) -> Option<&mut User> {
        self.users.iter_mut().find(|user| [&user.sid, &user.identity].into_iter().flatten().any(|own| own == key))
    }
}

impl Users {
    /// Creates a service without users.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a user and returns its SID.
    ///
    /// The user is active and unavailable. Its friendly name is `identity`, and its avatar is empty.
    ///
    /// # Panics
    ///
    /// Panics if the document no longer describes such a user.
    pub fn add(&self, identity: impl Into<String>) -> String {
        let identity = identity.into();
        let users = &mut self.lock().users;
        let sid = format!("US{:032x}", users.len() + 1);
        let user = json!({
            "sid": sid,
            "identity": identity,
            "friendly_name": identity,
            "avatar": "",
            "state": "active",
            "is_available": false,
            "url": format!("{}/v1/Users/{sid}", Client::SERVER.unwrap_or_default()),
        });
        let user = serde_json::from_value(user);
        users.push(user.unwrap_or_else(|error| panic!("the document describes other users: {error}")));
        sid
    }

    /// Returns the user with the SID or identity `key`, without a request.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<User> {
        self.lock().find(key).cloned()
    }

    /// Applies a change to the user with the SID or identity `key`, and returns the user.
    fn change(&self, key: &str, change: impl FnOnce(&mut User) -> Result<(), Error>) -> Result<Response<User>, Error> {
        let mut state = self.lock();
        state.requests += 1;
        let id = HeaderValue::try_from(format!("RQ{:032x}", state.requests)).ok();
        let id = id.map(|id| (HeaderName::from_static("twilio-request-id"), id));
        let result = match state.find(key) {
            Some(user) => change(user).map(|()| user.clone()),
            None => Err(not_found(key)),
        };
        match (result, id) {
            (Ok(user), Some((name, id))) => Ok(Response::new(user).with_header(name, id)),
            (Err(error), Some((name, id))) => Err(error.with_header(name, id)),
            (result, None) => result.map(Response::new),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service for Users {
    async fn fetch_user(&self, sid: String) -> Result<Response<User>, Error> {
        self.change(&sid, |_| Ok(()))
    }

    async fn update_user(&self, sid: String, body: UpdateUserRequest) -> Result<Response<User>, Error> {
        self.change(&sid, |user| {
            *user = updated(user, &body)
                .map_err(|error| Error::cancelled("the update does not fit the user").with_source(error))?;
            Ok(())
        })
    }
}

/// Returns a user with the properties of a request, whose names are written differently: `FriendlyName` is `friendly_name`.
fn updated(user: &User, request: &UpdateUserRequest) -> Result<User, serde_json::Error> {
    let mut properties: Map<String, Value> = serde_json::from_value(serde_json::to_value(user)?)?;
    let changes: Map<String, Value> = serde_json::from_value(serde_json::to_value(request)?)?;
    properties.extend(changes.into_iter().map(|(name, value)| (snake(&name), value)));
    serde_json::from_value(Value::Object(properties))
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(character.to_lowercase());
    }
    text
}

fn not_found(key: &str) -> Error {
    let message = format!("The requested resource /v1/Users/{key} was not found");
    let status = StatusCode::NOT_FOUND;
    let body = <Client as Api>::Profile::default().write_failure(status.as_u16(), &message);
    Error::from_status(status, body.to_string())
}

/// Omits the users, because they are personal data.
impl fmt::Debug for Users {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} users]", self.lock().users.len())
    }
}
