//! Discriminators of unions and of parent schemas.

use serde_json::json;

use crate::{decode, encode, round_trip};

frontline::frontline_api!("specs/inheritance.yaml", warnings = false);

use types::{
    Action, Alarm, Bus, Car, Cat, Dog, Event, EventBase, Home, Pet, Plant, Puppy, Release, Shape, Square, Switch, Tree,
    Vehicle,
};

#[test]
fn a_parent_with_a_discriminator_is_the_union_of_its_children() {
    let Pet::Cat(cat): Pet = round_trip(&json!({"kind": "Cat", "lives": 9, "friend": {"kind": "Dog"}})) else {
        panic!("it is a cat");
    };
    let cat: Cat = cat;
    assert_eq!((cat.kind.as_str(), cat.lives), ("Cat", Some(9)));
    let Some(Pet::Dog(friend)) = cat.friend.map(|friend| *friend) else { panic!("its friend is a dog") };
    let dog: Dog = friend;
    assert_eq!(dog.kind, "Dog");
}

#[test]
fn the_union_of_a_parent_includes_indirect_children() {
    let Pet::Puppy(puppy): Pet = decode(json!({"kind": "Puppy", "weeks": 3})) else { panic!("it is a puppy") };
    let puppy: Puppy = puppy;
    assert_eq!(puppy.weeks, Some(3));
    assert!(matches!(round_trip::<Pet>(&json!({"kind": "Parrot", "words": 7})), Pet::Unknown(_)));
}

#[test]
fn a_parent_that_is_mapped_itself_is_a_variant() {
    let Event::Event(base): Event = round_trip(&json!({"code": 1, "at": "noon"})) else { panic!("it is no more") };
    let base: EventBase = base;
    assert_eq!(base.at.as_deref(), Some("noon"));
    for code in [2, 3] {
        let Event::Alarm(alarm): Event = round_trip(&json!({"code": code, "loud": true})) else {
            panic!("it is an alarm");
        };
        let alarm: Alarm = alarm;
        assert_eq!((alarm.code, alarm.loud), (Some(code), Some(true)));
    }
}

#[test]
fn a_reference_with_a_description_is_not_a_separate_type() {
    let home: Home = decode(json!({"pet": {"kind": "Dog"}}));
    assert!(matches!(home.pet, Some(Pet::Dog(_))));
}

#[test]
fn values_are_mapped_by_name_and_by_reference() {
    assert!(matches!(decode(json!({"form": "round", "radius": 1.0})), Shape::Circle(_)));
    for form in ["square", "box"] {
        assert!(matches!(round_trip(&json!({"form": form, "side": 2.5})), Shape::Square(_)));
    }
    // A variant without a discriminator value is written with the first value that is mapped to it.
    assert_eq!(encode(&Shape::Square(Square::default())), json!({"form": "square"}));
}

#[test]
fn a_schema_that_extends_the_union_that_lists_it_has_only_its_properties() {
    let car = json!({"kind": "Car", "wheels": 4, "doors": 5});
    let Vehicle::Car(read): Vehicle = round_trip(&car) else { panic!("it is a car") };
    assert_eq!((read.wheels, read.doors), (Some(4), Some(5)));
    let car: Car = round_trip(&car);
    assert_eq!(car.kind, "Car");
    let bus: Bus = round_trip(&json!({"kind": "Bus", "seats": 50}));
    assert_eq!(encode(&Vehicle::Bus(bus)), json!({"kind": "Bus", "seats": 50}));
    assert!(matches!(round_trip(&json!({"kind": "Tram", "wheels": 8})), Vehicle::Unknown(_)));
    let Plant::Tree(tree): Plant = round_trip(&json!({"kind": "Tree", "height": 2.5})) else {
        panic!("it is a tree");
    };
    let tree: Tree = tree;
    assert_eq!(tree.height, Some(2.5));
}

#[test]
fn tags_that_are_no_texts_have_any_spelling_in_a_mapping() {
    assert!(matches!(decode(json!({"number": 1, "open": true})), Release::Draft(_)));
    // serde_json itself writes whole numbers so; requests contain `1`.
    assert!(matches!(round_trip(&json!({"number": 1.0, "open": true})), Release::Draft(_)));
    assert!(matches!(round_trip(&json!({"number": 2.5, "day": "Monday"})), Release::Final(_)));
    assert!(matches!(round_trip(&json!({"flag": true, "level": 3})), Switch::On(_)));
    assert!(matches!(round_trip(&json!({"flag": false, "since": "noon"})), Switch::Off(_)));
}

#[test]
fn schemas_that_are_no_components_extend_a_union_too() {
    for json in [json!({"type": "stop"}), json!({"type": "start", "at": "noon"})] {
        assert!(!matches!(round_trip(&json), Action::Unknown(_)), "{json}");
    }
}
