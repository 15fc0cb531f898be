use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, advance, sleep};

use super::{Cached, Credential, CredentialsProvider, Issued, Login, ProviderFuture};

const SECOND: Duration = Duration::from_secs(1);

/// Returns numbered tokens, each after a second and valid for ten. The first `failures` calls fail.
#[derive(Clone, Default)]
struct Tokens {
    started: Arc<AtomicU32>,
    asked: Arc<AtomicU32>,
    failures: u32,
}

impl CredentialsProvider for Tokens {
    fn credential(&self) -> ProviderFuture<'_> {
        self.started.fetch_add(1, Ordering::SeqCst);
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

fn token(issued: &Issued) -> String {
    use secrecy::ExposeSecret;
    match &issued.login {
        Login::Bearer(token) => token.expose_secret().to_owned(),
        Login::Basic(..) | Login::Key(_) => panic!("a token"),
    }
}

/// Returns the results of a hundred simultaneous calls.
async fn all_at_once(cached: &Cached) -> Vec<Result<String, String>> {
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let cached = cached.clone();
        calls.spawn(async move {
            let source = |error: crate::Error| std::error::Error::source(&error).unwrap().to_string();
            cached.get().await.map(|issued| token(&issued)).map_err(source)
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
async fn if_a_call_is_dropped_the_next_one_continues_its_refresh() {
    let tokens = Tokens::default();
    let cached = Cached::new(tokens.clone());
    let started = Instant::now();
    for _ in 0..3 {
        assert!(tokio::time::timeout(SECOND / 4, cached.get()).await.is_err());
    }
    assert_eq!(all_at_once(&cached).await, vec![Ok("token 1".to_owned()); 100]);
    assert_eq!((started.elapsed(), tokens.started.load(Ordering::SeqCst)), (SECOND, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_was_left_long_ago_is_not_continued() {
    let tokens = Tokens::default();
    let cached = Cached::new(tokens.clone());
    for (idle, calls) in [(60 * SECOND, 1), (61 * SECOND, 3)] {
        assert!(tokio::time::timeout(SECOND / 4, cached.get()).await.is_err());
        advance(idle).await;
        cached.get().await.unwrap();
        assert_eq!(tokens.started.load(Ordering::SeqCst), calls);
        advance(20 * SECOND).await;
    }
}

/// Panics when it is called first.
struct Panics(AtomicU32);

impl CredentialsProvider for Panics {
    fn credential(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            assert_ne!(self.0.fetch_add(1, Ordering::SeqCst), 0);
            Ok(Credential::bearer("token"))
        })
    }
}

#[tokio::test]
async fn a_provider_that_panicked_is_called_again() {
    let cached = Cached::new(Panics(AtomicU32::new(0)));
    let first = cached.clone();
    assert!(tokio::spawn(async move { first.get().await.is_ok() }).await.unwrap_err().is_panic());
    assert_eq!(token(&cached.get().await.unwrap()), "token");
}

#[test]
fn debug_contains_no_secrets() {
    let credential = Credential::basic("secret", "secret").valid_for(SECOND);
    assert!(!format!("{credential:?} {:?}", Credential::bearer("secret")).contains("secret"));
}
