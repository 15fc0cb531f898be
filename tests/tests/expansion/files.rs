//! Documents that consist of several files.

use serde_json::json;

use crate::{answering, round_trip};

frontline::frontline_api!("specs/files/root.yaml", test_examples = true, warnings = false);

use types::{Kept, ListPetsOrder, ListPetsParams, Local, Owner, Owner2, Pet, PetFood, Problem, Size, Through};

#[test]
fn schemas_in_other_files_are_named_after_their_key_or_file() {
    let pet: Pet = round_trip(&json!({"name": "Rex", "size": "small", "tags": ["a"], "friend": {"name": "Ada"}}));
    let (size, tags): (Option<Size>, Option<Vec<String>>) = (pet.size, pet.tags);
    assert_eq!((size, tags.map(|tags| tags.len())), (Some(Size::Small), Some(1)));
}

#[test]
fn schemas_with_the_same_name_in_several_files_are_numbered() {
    let pet: Pet = round_trip(&json!({"name": "Rex", "owner": {"name": "Ada", "pets": [{"name": "Rex"}]}}));
    let owner: Local = pet.owner.unwrap();
    let owner: Owner2 = owner;
    assert_eq!(owner.pets.unwrap()[0].name, "Rex");
    let _: Option<String> = Owner::default().nickname;
}

#[test]
fn discriminators_can_map_to_files() {
    let pet: Pet = round_trip(&json!({"name": "Rex", "food": {"kind": "fish", "fresh": true}}));
    assert!(matches!(pet.food, Some(PetFood::Fish(fish)) if fish.fresh == Some(true)));
}

#[tokio::test]
async fn paths_parameters_and_responses_can_be_in_other_files() {
    let server = answering("404 Not Found", r#"{"reason": "lost"}"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.fetch_pet("7").await.unwrap_err();
    let problem: Problem = error.body_as().unwrap().unwrap();
    assert_eq!(problem.reason.as_deref(), Some("lost"));
    assert_eq!(server.requests()[0].line, "GET /pets/7 HTTP/1.1");
}

#[tokio::test]
async fn paths_operations_and_properties_can_be_references() {
    let server = answering("200 OK", r#"[{"name": "Rex"}]"#);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let pets = client.list_pets_with(&ListPetsParams::new().order(ListPetsOrder::Up)).await.unwrap();
    assert_eq!(pets[0].name, "Rex");
    assert_eq!(server.requests()[0].line, "GET /pets?order=up HTTP/1.1");
    let label: Option<Through> = round_trip::<Kept>(&json!({"label": "a"})).label;
    let label: Option<String> = label;
    assert_eq!(label.as_deref(), Some("a"));
}
