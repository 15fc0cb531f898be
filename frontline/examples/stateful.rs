//! Tests a function of your own against a service that keeps state.
//!
//! ```text
//! cargo test --example stateful
//! cargo run --example stateful
//! ```

use std::collections::BTreeMap;
use std::sync::Mutex;

use frontline::http::StatusCode;
use frontline::server::{Server, Service};
use frontline::{Client, Error, Response, UpdateUserRequest, User, UserState};

/// The function under test: sets users to be unavailable. Returns those that do not exist.
async fn go_home(client: &Client, identities: &[&str]) -> Result<Vec<String>, Error> {
    let mut missing = Vec::new();
    for identity in identities {
        let change = UpdateUserRequest::new().is_available(false);
        match client.update_user(identity, &change).await {
            Ok(_) => {}
            Err(error) if error.is_not_found() => missing.push((*identity).to_owned()),
            Err(error) => return Err(error),
        }
    }
    Ok(missing)
}

/// The service: users by identity. Each method answers one operation of the document.
#[derive(Default)]
struct Team {
    users: Mutex<BTreeMap<String, User>>,
}

impl Team {
    fn add(&self, identity: &str) {
        let mut user = User::default();
        user.identity = Some(identity.to_owned());
        user.state = Some(UserState::Active);
        user.is_available = Some(true);
        self.users.lock().unwrap().insert(identity.to_owned(), user);
    }

    fn change(&self, identity: &str, change: impl FnOnce(&mut User)) -> Result<Response<User>, Error> {
        let mut users = self.users.lock().unwrap();
        let missing = || Error::from_status(StatusCode::NOT_FOUND, r#"{"message":"no such user"}"#);
        let user = users.get_mut(identity).ok_or_else(missing)?;
        change(user);
        Ok(Response::new(user.clone()))
    }
}

impl Service for Team {
    async fn fetch_user(&self, sid: String) -> Result<Response<User>, Error> {
        self.change(&sid, |_| ())
    }

    async fn update_user(&self, sid: String, change: UpdateUserRequest) -> Result<Response<User>, Error> {
        self.change(&sid, |user| user.is_available = change.is_available.or(user.is_available))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(Team::default()).await?;
    server.service().add("ada@example.com");
    let client = server.client()?;

    let missing = go_home(&client, &["ada@example.com", "bob@example.com"]).await?;
    println!("Not found: {missing:?}");
    println!("Ada is available: {:?}", client.fetch_user("ada@example.com").await?.is_available);
    for request in server.requests() {
        println!("{} {}", request.method(), request.uri());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn users_who_exist_go_home() {
        let server = Server::start(Team::default()).await.unwrap();
        server.service().add("ada@example.com");
        let client = server.client().unwrap();

        let missing = go_home(&client, &["ada@example.com", "bob@example.com"]).await.unwrap();

        assert_eq!(missing, ["bob@example.com"]);
        let ada = client.fetch_user("ada@example.com").await.unwrap();
        assert_eq!((ada.is_available, &ada.state), (Some(false), &Some(UserState::Active)));
        assert_eq!(server.requests()[0].operation(), Some("UpdateUser"));
    }
}
