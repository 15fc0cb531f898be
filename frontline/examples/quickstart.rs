//! Fetches a Frontline user, changes the availability, and fetches the user again.
//!
//! ```text
//! cargo run --example quickstart
//! ```
//!
//! If no environment variable starts with `TWILIO_`, it uses a test server in the same process. Otherwise, it uses
//! Twilio with the variables that `Client::from_env` reads, and updates the user that you name:
//!
//! ```text
//! cargo run --example quickstart -- ada@example.com
//! ```

use std::error::Error;

use frontline::testing::{Server, Users};
use frontline::{Client, UpdateUserRequest, User};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let uses_twilio = std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("TWILIO_"));
    if uses_twilio {
        let identity = std::env::args().nth(1).ok_or("expected the identity or SID of a user as the argument")?;
        println!("Talking to Twilio.\n");
        tour(&Client::from_env()?, &identity).await
    } else {
        let server = Server::start(Users::new()).await?;
        server.service().add("ada@example.com");
        println!("No TWILIO_ variables are set. Talking to a test server in this process at {}.\n", server.url());
        tour(&server.client()?, "ada@example.com").await
    }
}

async fn tour(client: &Client, identity: &str) -> Result<(), Box<dyn Error>> {
    let user = client.fetch_user(identity).await?;
    println!("Fetched {identity} (request {}):", user.request_id().unwrap_or("without ID"));
    print(&user);

    let available = !user.is_available.unwrap_or(false);
    client.update_user(identity, &UpdateUserRequest::new().is_available(available)).await?;
    println!("\nSet the availability to {available} and fetched the user again:");
    print(&*client.fetch_user(identity).await?);

    println!("\nFetching a user that does not exist:");
    match client.fetch_user("nobody@example.com").await {
        Err(error) if error.is_not_found() => {
            println!("  {error}");
            println!("  Twilio says: {}", error.message().unwrap_or("nothing"));
            println!("  See {}", error.more_info().unwrap_or("Twilio's documentation"));
        }
        Err(error) => return Err(error.into()),
        Ok(_) => println!("  The user exists after all."),
    }
    Ok(())
}

fn print(user: &User) {
    println!("  sid        {}", user.sid.as_deref().unwrap_or("-"));
    println!("  name       {}", user.friendly_name.as_deref().unwrap_or("-"));
    println!("  state      {}", user.state.as_ref().map_or("-", |state| state.as_str()));
    println!("  available  {}", user.is_available.map_or("-", |yes| if yes { "yes" } else { "no" }));
}
