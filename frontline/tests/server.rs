//! Tests of the client with the in-memory server, over real sockets.

use frontline::testing::{Server, Users};
use frontline::{Attempt, AttemptFuture, Client, Middleware, Next, UpdateUserRequest, UserState};

/// Removes the credentials from each attempt.
struct WithoutCredentials;

impl Middleware for WithoutCredentials {
    fn handle<'a>(&'a self, mut attempt: Attempt, next: Next<'a>) -> AttemptFuture<'a> {
        attempt.headers_mut().remove("authorization");
        next.run(attempt)
    }
}

#[tokio::test]
async fn users_are_found_by_sid_and_by_any_identity() {
    let server = Server::start(Users::new()).await.unwrap();
    let client = server.client().unwrap();
    let long = "x".repeat(10_000);
    for identity in ["ada@example.com", "a/b", "ü ñ", "%2e%2e", "a?b#c", "...", ".\t.", "a+b c", "\u{202e}\0", &long]
    {
        let sid = server.service().add(identity);
        let user = client.fetch_user(identity).await.unwrap();
        assert_eq!(user.identity.as_deref(), Some(identity));
        assert_eq!(user.sid, Some(sid.clone()));
        assert_eq!(user.into_inner(), client.fetch_user(&sid).await.unwrap().into_inner());
    }
}

#[tokio::test]
async fn updates_are_kept() {
    let server = Server::start(Users::new()).await.unwrap();
    server.service().add("ada");
    let client = server.client().unwrap();
    let before = client.fetch_user("ada").await.unwrap();
    assert_eq!((&before.state, before.is_available), (&Some(UserState::Active), Some(false)));

    let change = UpdateUserRequest::new().friendly_name("Ada & Löv").state(UserState::Deactivated).is_available(true);
    let updated = client.update_user("ada", &change).await.unwrap();
    let after = client.fetch_user("ada").await.unwrap();
    assert_eq!(after.friendly_name.as_deref(), Some("Ada & Löv"));
    assert_eq!((&after.state, after.is_available), (&Some(UserState::Deactivated), Some(true)));
    assert_ne!(updated.request_id(), after.request_id());
    assert_eq!(updated.into_inner(), after.into_inner());
}

#[tokio::test]
async fn errors_have_the_format_and_codes_of_twilio() {
    let server = Server::start(Users::new()).await.unwrap();
    server.service().add("ada");
    let client = server.client().unwrap();

    let missing = client.fetch_user("bob").await.unwrap_err();
    assert!(missing.is_not_found());
    assert_eq!(missing.code(), Some(20404));
    assert_eq!(missing.message(), Some("The requested resource /v1/Users/bob was not found"));
    assert_eq!(missing.more_info(), Some("https://www.twilio.com/docs/errors/20404"));
    assert!(missing.request_id().is_some_and(|id| id.len() == 34 && id.starts_with("RQ")));

    let unknown_state = UpdateUserRequest::new().state(UserState::from("on leave"));
    let refused = client.update_user("ada", &unknown_state).await.unwrap_err();
    assert_eq!((refused.status().unwrap().as_u16(), refused.code()), (400, Some(20001)));

    let stranger = Client::builder().base_url(server.url()).basic_auth("a", "b");
    let stranger = stranger.middleware(WithoutCredentials).build().unwrap();
    let unauthorized = stranger.fetch_user("ada").await.unwrap_err();
    assert!(unauthorized.is_unauthorized());
    assert_eq!(unauthorized.code(), Some(20003));
}

#[tokio::test]
async fn servers_do_not_share_users() {
    let (one, two) = (Server::start(Users::new()).await.unwrap(), Server::start(Users::new()).await.unwrap());
    one.service().add("ada");
    assert!(one.client().unwrap().fetch_user("ada").await.is_ok());
    assert!(two.client().unwrap().fetch_user("ada").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_dropped_server_ends_its_connections_and_frees_its_port() {
    let server = Server::start(Users::new()).await.unwrap();
    server.service().add("ada");
    let client = server.client().unwrap();
    client.fetch_user("ada").await.unwrap();
    drop(server);
    // The aborted task of the server ends when the runtime polls it next.
    while client.fetch_user("ada").await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(client.fetch_user("ada").await.unwrap_err().is_not_sent());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_serves_many_tasks() {
    let server = Server::start(Users::new()).await.unwrap();
    server.service().add("ada");
    let client = server.client().unwrap();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.fetch_user("ada").await.map(|user| user.sid.clone()) })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap().is_ok());
    }
}
