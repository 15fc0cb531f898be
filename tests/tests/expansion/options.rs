//! The macro's options.

use serde_json::json;

use crate::round_trip;

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
        operations = ["addPet"],
    );
}

mod runtime {
    pub use frontline::*;
}

mod elsewhere {
    frontline::frontline_api!("specs/operations.yaml", crate = crate::options::runtime);
}

/// Types of the names that a filter has to leave out: were they there too, to name one would be ambiguous.
mod left_out {
    pub struct Unused;
    pub struct ListPetsParams;
    pub struct PetsFeedOneRequest;
}

/// A method of the client's own would be called in its place, and is of another type.
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

#[test]
fn the_operations_of_a_filter_reach_only_their_types() {
    use left_out::*;
    use one_operation::types::*;

    let _ = (Unused, ListPetsParams, PetsFeedOneRequest);
    let pet: NewPet = NewPet::new("Ada").size(Size::Small);
    let _ = |client: one_operation::Client| async move {
        let _: &'static str = client.list_pets();
        let pet: Pet = client.add_pet(&pet).await?.into_inner();
        Ok::<_, frontline::Error>(pet)
    };
}

#[test]
fn a_star_stands_for_any_rest() {
    let _ = |client: by_prefix::Client| async move {
        let _: &'static str = client.add_pet();
        let pets: Vec<by_prefix::types::Pet> =
            client.list_pets(&by_prefix::types::ListPetsParams::new(1)).await?.into_inner();
        Ok::<_, frontline::Error>(pets)
    };
}

#[test]
fn a_chosen_name_moves_the_schema_that_would_have_had_it() {
    let animal: renamed::types::Animal = round_trip(&json!({"id": 1, "name": "Ada"}));
    assert_eq!(animal.id, Some(1));
    let body: renamed::types::NewPet2 = round_trip(&json!({"name": "Ada", "size": "large"}));
    assert_eq!(body.size, Some(renamed::types::NewPet::Large));
}

#[test]
fn the_runtime_may_be_elsewhere() {
    let client = elsewhere::Client::builder().base_url("http://127.0.0.1:9").build();
    assert!(client.is_ok());
    let _: elsewhere::types::NewPet = round_trip(&json!({"name": "Ada", "size": "huge"}));
}
