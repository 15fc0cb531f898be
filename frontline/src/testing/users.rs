//! The users of a server, and the form that updates them.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// The users, independent of the generated types, so that tests with the server check the names in the document.
pub(super) struct Users {
    url: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    users: Vec<User>,
    requests: u64,
}

struct User {
    sid: String,
    identity: String,
    friendly_name: String,
    avatar: String,
    state: String,
    is_available: bool,
}

impl Users {
    pub(super) fn new(url: String) -> Self {
        Self { url, state: Mutex::default() }
    }

    pub(super) fn add(&self, identity: String) -> String {
        let users = &mut self.lock().users;
        let sid = format!("US{:032x}", users.len() + 1);
        users.push(User {
            sid: sid.clone(),
            friendly_name: identity.clone(),
            identity,
            avatar: String::new(),
            state: "active".to_owned(),
            is_available: false,
        });
        sid
    }

    /// Returns the next value for `Twilio-Request-Id`.
    pub(super) fn request_id(&self) -> String {
        let mut state = self.lock();
        state.requests += 1;
        format!("RQ{:032x}", state.requests)
    }

    /// Applies a form to the user with the SID or identity `key`, and returns the user. An invalid form changes
    /// nothing. Returns `None` if there is no such user.
    pub(super) fn update(&self, key: &str, form: &[(String, String)]) -> Option<Result<Value, String>> {
        let mut state = self.lock();
        let user = state.users.iter_mut().find(|user| user.sid == key || user.identity == key)?;
        if let Err(refusal) = check(form) {
            return Some(Err(refusal));
        }
        for (name, value) in form {
            match name.as_str() {
                "FriendlyName" => user.friendly_name.clone_from(value),
                "Avatar" => user.avatar.clone_from(value),
                "State" => user.state.clone_from(value),
                _ => user.is_available = value == "true",
            }
        }
        Some(Ok(self.representation(user)))
    }

    fn representation(&self, user: &User) -> Value {
        json!({
            "sid": user.sid,
            "identity": user.identity,
            "friendly_name": user.friendly_name,
            "avatar": user.avatar,
            "state": user.state,
            "is_available": user.is_available,
            "url": format!("{}/v1/Users/{}", self.url, user.sid),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(form: &[(String, String)]) -> Result<(), String> {
    for (index, (name, value)) in form.iter().enumerate() {
        let allowed: &[&str] = match name.as_str() {
            "FriendlyName" | "Avatar" => &[],
            "State" => &["active", "deactivated"],
            "IsAvailable" => &["true", "false"],
            _ => return Err(format!("unknown parameter {name}")),
        };
        if !allowed.is_empty() && !allowed.contains(&value.as_str()) {
            return Err(format!("parameter {name} has to be one of {}", allowed.join(", ")));
        }
        if form[..index].iter().any(|(earlier, _)| earlier == name) {
            return Err(format!("parameter {name} is given twice"));
        }
    }
    Ok(())
}

/// Omits the users, because they are personal data.
impl fmt::Debug for Users {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} users]", self.lock().users.len())
    }
}
