//! The macro's options.

use frontline_tests::{RawServer, http};
use serde_json::json;

use crate::{answering, round_trip};

mod one_operation {
    frontline::frontline_api!("specs/operations.yaml", operations = ["addPet"]);
}

mod by_prefix {
    frontline::frontline_api!("specs/operations.yaml", operations = ["list*", "replace*"],);
}

mod renamed {
    frontline::frontline_api!(
        "specs/operations.yaml",
        rename = { "Pet" = Animal, "Size" = NewPet },
        warnings = false,
        operations = ["addPet"],
    );
}

/// The runtime under another name, with its own builder to distinguish the two.
mod runtime {
    pub use frontline::{CallOptions, Error, Response, Server, private};

    pub struct ClientBuilder<C>(Option<C>);

    impl<C> ClientBuilder<C> {
        pub fn new() -> Self {
            Self(None)
        }

        pub fn client(self) -> Option<C> {
            self.0
        }
    }
}

mod elsewhere {
    frontline::frontline_api!("specs/operations.yaml", crate = crate::options::runtime);
}

/// Types with the names that a filter has to omit. If the client had them too, the names would be ambiguous.
mod left_out {
    pub struct Unused;
    pub struct ListPetsParams;
    pub struct PetsFeedOneRequest;
}

/// If the client had these methods, they would take precedence over the trait's, and their types differ.
trait LeftOut {
    fn list_pets(&self) -> &'static str {
        "left out"
    }

    fn add_pet(&self) -> &'static str {
        "left out"
    }
}

impl LeftOut for one_operation::Client {}
impl LeftOut for by_prefix::Client {}

#[tokio::test]
async fn a_filter_keeps_only_the_types_of_its_operations() {
    use left_out::*;
    use one_operation::types::*;

    let _: (Unused, ListPetsParams, PetsFeedOneRequest) = (Unused, ListPetsParams, PetsFeedOneRequest);
    let server = answering("201 Created", r#"{"id": 1}"#);
    let client = one_operation::Client::builder().base_url(server.url()).build().unwrap();
    let pet: Pet = client.add_pet(&NewPet::new("Ada").size(Size::Small)).await.unwrap().into_inner();
    assert_eq!(pet.id, Some(1));
    assert_eq!(client.list_pets(), "left out");
}

#[tokio::test]
async fn a_star_matches_any_suffix() {
    let server = answering("200 OK", "[]");
    let client = by_prefix::Client::builder().base_url(server.url()).build().unwrap();
    client.list_pets(&by_prefix::types::ListPetsParams::new(1)).await.unwrap();
    client.replace_pets(None).await.unwrap();
    assert_eq!(client.add_pet(), "left out");
}

#[test]
fn a_rename_takes_precedence_over_the_schema_with_that_name() {
    let animal: renamed::types::Animal = round_trip(&json!({"id": 1, "name": "Ada"}));
    assert_eq!(animal.id, Some(1));
    let body: renamed::types::NewPet2 = round_trip(&json!({"name": "Ada", "size": "large"}));
    assert_eq!(body.size, Some(renamed::types::NewPet::Large));
}

#[test]
fn the_runtime_can_be_at_another_path() {
    let builder: runtime::ClientBuilder<elsewhere::Client> = elsewhere::Client::builder();
    assert!(builder.client().is_none());
    let _: elsewhere::types::NewPet = round_trip(&json!({"name": "Ada", "size": "huge"}));
}

mod skipped {
    frontline::frontline_api!("specs/unsupported.yaml", unsupported = skip, warnings = false);
}

/// Methods that are called only if the client has no methods with these names.
trait Absent {
    fn list_names(&self) {}
    fn list_elsewhere(&self) {}
    fn add_pet(&self) {}
    fn remove_pet(&self) {}
}

impl Absent for skipped::Client {}

#[tokio::test]
async fn unsupported_operations_are_skipped() {
    let server = answering("200 OK", r#"{"name": "Ada"}"#);
    let client = skipped::Client::builder().base_url(server.url()).build().unwrap();
    let pet: skipped::types::Pet = client.fetch_pet().await.unwrap().into_inner();
    assert_eq!(pet.name.as_deref(), Some("Ada"));
    let absent: [(); 4] = [client.list_names(), client.list_elsewhere(), client.add_pet(), client.remove_pet()];
    assert_eq!(absent.len(), 4);
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_returned_as_bytes() {
    let server = RawServer::start(http("200 OK", "Content-Type: application/xml\r\n", "<pets/>"));
    let client = skipped::Client::builder().base_url(server.url()).build().unwrap();
    let pets = client.export_pets().await.unwrap().into_inner().collect(100).await.unwrap();
    assert_eq!(&pets[..], b"<pets/>");
    let headers = server.requests().remove(0).headers;
    let accept = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("accept"));
    assert_eq!(accept.map(|(_, value)| value.as_str()), Some("application/xml, */*;q=0.1"));
}

mod with_profile {
    frontline::frontline_api!("specs/operations.yaml", profile = twilio);
}

#[tokio::test]
async fn a_profile_replaces_the_standard_conventions() {
    let body = r#"{"code": 20001, "message": "no", "moreInfo": "https://x.example"}"#;
    let headers = "Twilio-Request-Id: RQ1\r\nX-Request-Id: 1\r\nContent-Type: application/json\r\n";
    let server = RawServer::start(http("400 Bad Request", headers, body));
    let error = with_profile::Client::builder().base_url(server.url()).build().unwrap().replace_pets(None).await;
    let error = error.unwrap_err();
    assert_eq!((error.request_id(), error.more_info()), (Some("RQ1"), Some("https://x.example")));
    let error = by_prefix::Client::builder().base_url(server.url()).build().unwrap().replace_pets(None).await;
    let error = error.unwrap_err();
    assert_eq!((error.request_id(), error.more_info()), (Some("1"), None));
}

#[test]
fn the_builder_has_the_methods_of_its_profile() {
    // The document's server is not one of Twilio's, so an edge does not fit it.
    let error = with_profile::Client::builder().edge("dublin").build().unwrap_err();
    assert!(error.is_configuration());
}
