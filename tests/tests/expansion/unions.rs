//! Unions: overlapping members, constants, tags, nested unions, and properties beside them.

use serde_json::json;

use crate::round_trip;

frontline::frontline_api!("specs/unions.yaml");

use types::{Either, Overlap, OverlapGuest};

#[test]
fn a_value_that_matches_several_members_of_any_of_loses_nothing() {
    let both = json!({
        "name": "Ada", "badge": 7, "home": {"street": "a", "city": "b"}, "visits": [{"day": "Monday", "hour": 9}],
    });
    let overlap: Overlap = round_trip(&json!({
        "guest": both, "guests": [both, "Bea", {"name": "Cem"}], "beside": {"id": "1", "name": "Ada", "badge": 7},
    }));
    let Some(OverlapGuest::Guest(guest)) = overlap.guest else { panic!("the first of equals") };
    assert_eq!((guest.name.as_str(), &guest.additional_properties["badge"]), ("Ada", &json!(7)));
    let Some([Either::Guest(_), Either::Text(_), Either::Guest(cem)]) = overlap.guests.as_deref() else {
        panic!("guests and a text")
    };
    assert!(cem.additional_properties.is_empty());
}
