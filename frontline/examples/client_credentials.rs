//! Calls a service with OAuth 2.0's client credentials, and tests that without the service.
//!
//! ```text
//! cargo test --example client_credentials
//! cargo run --example client_credentials
//! ```

use frontline::oauth::ClientCredentials;
use frontline::{Error, Response};

mod api {
    frontline::frontline_api!("examples/oauth.yaml");
}

use api::server::{Server, Service};
use api::types::{Token, TokenRequest};

/// Adds the program's credentials to the other options of a client.
fn connect(builder: frontline::ClientBuilder<api::Client>) -> Result<api::Client, Error> {
    builder.oauth(ClientCredentials::new("reporter", "secret").scopes(["read"])).build()
}

/// The service. Tokens come from an operation of the same document.
struct Reports;

impl Service for Reports {
    async fn issue_token(&self, request: TokenRequest) -> Result<Response<Token>, Error> {
        assert_eq!((&*request.grant_type, request.scope.as_deref()), ("client_credentials", Some("read")));
        let access_token = Some("token-1".to_owned());
        Ok(Response::new(Token { access_token, expires_in: Some(3600), ..Token::default() }))
    }

    async fn list_reports(&self) -> Result<Response<Vec<String>>, Error> {
        Ok(Response::new(vec!["January".to_owned(), "February".to_owned()]))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(Reports).await?;
    let client = connect(server.client_builder())?;
    println!("{:?}", *client.list_reports().await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_token_serves_many_calls() {
        let server = Server::start(Reports).await.unwrap();
        let client = connect(server.client_builder()).unwrap();
        client.list_reports().await.unwrap();
        client.list_reports().await.unwrap();
        let requests = server.requests();
        let operations: Vec<_> = requests.iter().map(|request| request.operation().unwrap()).collect();
        assert_eq!(operations, ["issueToken", "listReports", "listReports"]);
        assert_eq!(requests[2].headers()["authorization"], "Bearer token-1");
    }
}
