use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, advance, sleep};

use super::{Cached, Credential, CredentialsProvider, Given, Login, ProviderFuture};

const SECOND: Duration = Duration::from_secs(1);

/// Returns numbered tokens, each after a second and valid for ten. The first `failures` calls fail.
#[derive(Clone, Default)]
struct Tokens {
    asked: Arc<AtomicU32>,
    failures: u32,
}

impl CredentialsProvider for Tokens {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            sleep(SECOND).await;
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            if number <= self.failures {
                return Err(format!("failure {number}").into());
            }
            Ok(Credential::bearer(format!("token {number}")).valid_for(10 * SECOND))
        })
    }
}

fn token(given: &Given) -> String {
    use secrecy::ExposeSecret;
    match &given.login {
        Login::Bearer(token) => token.expose_secret().to_owned(),
        Login::Basic(..) => panic!("a token"),
    }
}

/// Returns the results of a hundred simultaneous calls.
async fn all_at_once(cached: &Cached) -> Vec<Result<String, String>> {
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let cached = cached.clone();
        calls.spawn(async move {
            let source = |error: crate::Error| std::error::Error::source(&error).unwrap().to_string();
            cached.get().await.map(|given| token(&given)).map_err(source)
        });
    }
    calls.join_all().await
}

#[tokio::test(start_paused = true)]
async fn simultaneous_calls_share_one_result() {
    let tokens = Tokens::default();
    let cached = Cached::new(tokens.clone());
    let started = Instant::now();
    assert_eq!(all_at_once(&cached).await, vec![Ok("token 1".to_owned()); 100]);
    assert_eq!((started.elapsed(), tokens.asked.load(Ordering::SeqCst)), (SECOND, 1));
}

#[tokio::test(start_paused = true)]
async fn credentials_are_kept_until_they_expire() {
    let cached = Cached::new(Tokens::default());
    assert_eq!(token(&cached.get().await.unwrap()), "token 1");
    advance(9 * SECOND).await;
    assert_eq!(token(&cached.get().await.unwrap()), "token 1");
    advance(SECOND).await;
    assert_eq!(all_at_once(&cached).await, vec![Ok("token 2".to_owned()); 100]);
}

#[tokio::test(start_paused = true)]
async fn errors_are_shared_but_not_kept() {
    let cached = Cached::new(Tokens { failures: 1, ..Tokens::default() });
    assert_eq!(all_at_once(&cached).await, vec![Err("failure 1".to_owned()); 100]);
    assert_eq!(all_at_once(&cached).await, vec![Ok("token 2".to_owned()); 100]);
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_are_not_returned_again() {
    let cached = Cached::new(Tokens::default());
    let new = cached.get().await.unwrap();
    let old = cached.get().await.unwrap();
    assert!(cached.refuse(&old), "the next one may be newer");
    assert!(!cached.refuse(&new), "the provider has nothing better");
    assert_eq!(all_at_once(&cached).await, vec![Ok("token 2".to_owned()); 100]);
    // A late refusal of old credentials does not affect newer ones.
    cached.refuse(&old);
    assert_eq!(token(&cached.get().await.unwrap()), "token 2");
}

#[tokio::test(start_paused = true)]
async fn if_a_call_is_dropped_the_next_one_calls_the_provider() {
    let cached = Cached::new(Tokens::default());
    assert!(tokio::time::timeout(SECOND / 2, cached.get()).await.is_err());
    assert_eq!(token(&cached.get().await.unwrap()), "token 1");
}

#[test]
fn debug_contains_no_secrets() {
    let credential = Credential::basic("secret", "secret").valid_for(SECOND);
    assert!(!format!("{credential:?} {:?}", Credential::bearer("secret")).contains("secret"));
}
