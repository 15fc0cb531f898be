//! Constructs that OpenAPI does not allow, but that can mean only one thing.

use serde_json::json;

use crate::{answering, round_trip};

frontline::frontline_api!("specs/odd.yaml", test_examples = true, warnings = false);

use types::{Cat, Pet, Version};

#[test]
fn fractions_without_quotes_are_read_as_they_are_written() {
    let cat: Cat = round_trip(&json!({"kind": "cat", "edition": "1.10", "version": "4.10"}));
    // The constructor sets constants and tags.
    assert_eq!(Cat::new().version(Version::_410), cat);
    let spellings = [Version::_410, Version::_4, Version::_50].map(|version| version.as_str().to_owned());
    assert_eq!(spellings, ["4.10", "4", "5.0"]);
}

#[test]
fn tags_that_are_mapped_to_nothing_are_unknown() {
    for kind in ["dog", "bird"] {
        let pet: Pet = round_trip(&json!({"kind": kind}));
        assert!(matches!(pet, Pet::Unknown(_)));
    }
    assert!(matches!(round_trip::<Pet>(&json!({"kind": "fish"})), Pet::Fish(_)));
}

#[tokio::test]
async fn an_optional_body_that_can_only_be_empty_is_no_argument() {
    let server = answering("200 OK", r#"[{"kind": "fish"}]"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    assert_eq!(client.list_pets().await.unwrap().len(), 1);
    // An object without `properties` can have any.
    client.add_pet(None).await.unwrap();
    let requests = server.requests();
    assert_eq!((requests[0].line.as_str(), requests[0].body.as_str()), ("GET /pets HTTP/1.1", ""));
}
