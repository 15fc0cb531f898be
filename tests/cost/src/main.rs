//! Compares the time of decoding with that of serde's derives. Fails if it is more than [`BOUND`] of it.
//!
//! The rounds of both alternate in one process, and the shortest count. So the machine's speed and its other programs matter
//! little.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use bytes::Bytes;
use frontline::{Attempt, AttemptFuture, AttemptResponse, DateTime, Middleware, Next};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

mod users {
    frontline::frontline_api!("users.yaml");
}

const BOUND: f64 = 1.05;
const USERS: usize = 1000;
const ROUNDS: usize = 300;

#[allow(dead_code, reason = "only decoded")]
#[derive(Deserialize)]
struct User {
    id: i64,
    name: String,
    email: Option<String>,
    active: Option<bool>,
    score: Option<f64>,
    created: Option<DateTime>,
    tags: Option<Vec<String>>,
    address: Option<Address>,
    role: Option<Role>,
    note: Option<String>,
}

#[allow(dead_code, reason = "only decoded")]
#[derive(Deserialize)]
struct Address {
    street: Option<String>,
    city: Option<String>,
    zip: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Admin,
    Guest,
}

/// Answers each attempt without the network.
struct Answer(Bytes);

impl Middleware for Answer {
    fn handle<'a>(&'a self, _: Attempt, _: Next<'a>) -> AttemptFuture<'a> {
        Box::pin(async { Ok(AttemptResponse::new(StatusCode::OK, HeaderMap::new(), self.0.clone())) })
    }
}

fn body() -> Bytes {
    let user = |i: usize| {
        format!(r#"{{"id":{i},"name":"User number {i}","email":"user{i}@example.com","active":true,"score":{i}.25,"#)
            + r#""created":"2026-01-31T12:00:00Z","tags":["one","two","three"],"address":{"street":"Main Street","#
            + r#""city":"Springfield","zip":"12345"},"role":"admin","note":"a \"quoted\" note","extra":[1,2,3]}"#
    };
    format!("[{}]", (0..USERS).map(user).collect::<Vec<_>>().join(",")).into()
}

fn time(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn main() -> ExitCode {
    if cfg!(debug_assertions) {
        eprintln!("run this with `--release`");
        return ExitCode::FAILURE;
    }
    let body = body();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let client = users::Client::builder().base_url("http://127.0.0.1:1").middleware(Answer(body.clone()));
    let client = client.build().expect("a client");
    let ours = || assert_eq!(runtime.block_on(client.list_users()).expect("users").len(), USERS);
    let serde = || assert_eq!(serde_json::from_slice::<Vec<User>>(&body).expect("users").len(), USERS);
    // After this, glibc keeps memory that is freed. Otherwise, one of the two may get it from the system in each round.
    drop(black_box(vec![0_u8; 16 << 20]));
    let mut least = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        least = (least.0.min(time(ours)), least.1.min(time(serde)));
    }
    let ratio = least.0.as_secs_f64() / least.1.as_secs_f64();
    println!("{} bytes: {:?}, serde's derives {:?}, ratio {ratio:.2} (at most {BOUND})", body.len(), least.0, least.1);
    if ratio <= BOUND { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
