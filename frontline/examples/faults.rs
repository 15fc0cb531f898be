//! Tests what a function of your own does if the service fails. The clock is paused, so no test waits.
//!
//! ```text
//! cargo test --example faults
//! cargo run --example faults
//! ```

use std::time::Duration;

use frontline::http::StatusCode;
use frontline::testing::{Examples, Fault, Server};
use frontline::{Client, Error};

/// The function under test: describes a user, also if the service is in trouble.
async fn describe(client: &Client, identity: &str) -> Result<String, Error> {
    match client.fetch_user(identity).await {
        Ok(user) if user.attempts() > 1 => Ok("found, but the service is slow".to_owned()),
        Ok(_) => Ok("found".to_owned()),
        Err(error) if error.is_timeout() => Ok("unknown, the service does not answer".to_owned()),
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(Examples::new()).await?;
    let client = server.client()?;
    println!("{}", describe(&client, "ada@example.com").await?);

    server.fail_next(Fault::status(StatusCode::SERVICE_UNAVAILABLE).retry_after(Duration::from_secs(1)));
    println!("{}", describe(&client, "ada@example.com").await?);

    server.fail_next(Fault::status(StatusCode::FORBIDDEN));
    println!("{}", describe(&client, "ada@example.com").await.unwrap_err());
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_call_waits_as_long_as_the_service_says() {
        let server = Server::start(Examples::new()).await.unwrap();
        let busy = Fault::status(StatusCode::TOO_MANY_REQUESTS).retry_after(Duration::from_secs(20));
        server.fail_next_of("FetchUser", busy);
        let started = Instant::now();

        let found = describe(&server.client().unwrap(), "ada@example.com").await.unwrap();

        assert_eq!(found, "found, but the service is slow");
        assert!(started.elapsed() >= Duration::from_secs(20));
        assert_eq!(server.requests().len(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_hangs_is_a_timeout() {
        let server = Server::start(Examples::new()).await.unwrap();
        server.fail_next(Fault::delay(Duration::from_secs(600)).always());
        let client = server.client_builder().timeout(Duration::from_secs(60)).build().unwrap();

        let found = describe(&client, "ada@example.com").await.unwrap();

        assert_eq!(found, "unknown, the service does not answer");
    }

    #[tokio::test(start_paused = true)]
    async fn a_response_that_breaks_off_is_fetched_again() {
        let server = Server::start(Examples::new()).await.unwrap();
        server.fail_next(Fault::reset_in_body());

        assert!(describe(&server.client().unwrap(), "ada@example.com").await.is_ok());
        assert_eq!(server.requests().len(), 2);
    }

    #[tokio::test]
    async fn other_failures_are_errors() {
        let server = Server::start(Examples::new()).await.unwrap();
        server.fail_next(Fault::status(StatusCode::FORBIDDEN));

        let error = describe(&server.client().unwrap(), "ada@example.com").await.unwrap_err();

        assert_eq!((error.status(), error.code()), (Some(StatusCode::FORBIDDEN), Some(20403)));
    }
}
