//! Names that are not valid in Rust, or that clash with existing names.

use serde_json::json;

use crate::round_trip;

frontline::frontline_api!("specs/names.yaml", warnings = false);

#[test]
fn properties_can_be_keywords_symbols_or_numbers() {
    let odd: types::Odd = round_trip(&json!({
        "type": "a", "self": "b", "crate": "c", "async": "d", "+1": 1, "-1": 2, "DateCreated<": "e",
        "DateCreated>": "f", "DateCreated": "g", "10dlc": true, "größe": 0.5, "": "h",
        "kebab-case.dotted/slashed": "i", "shouting": "j",
    }));
    let texts = [
        (odd.r#type, "a"),
        (odd.self_, "b"),
        (odd.crate_, "c"),
        (odd.r#async, "d"),
        (odd.date_created_before, "e"),
        (odd.date_created_after, "f"),
        (odd.date_created, "g"),
        (odd.empty, "h"),
        (odd.kebab_case_dotted_slashed, "i"),
        (odd.quiet, "j"),
    ];
    for (field, text) in texts {
        assert_eq!(field.as_deref(), Some(text));
    }
    assert_eq!((odd.plus_1, odd.minus_1, odd._10dlc, odd.größe), (Some(1), Some(2), Some(true), Some(0.5)));
}

#[test]
fn schemas_can_be_named_like_types_in_generated_code() {
    let _: types::String = round_trip(&json!({"string": "a"}));
    let option: types::Option = round_trip(&json!({"some": {"none": "a"}}));
    assert_eq!(option.some.unwrap().none.as_deref(), Some("a"));
    let error: types::Error = round_trip(&json!({"error": "None"}));
    assert_eq!(error.error, Some(types::Result::None));
    let client: types::Client = round_trip(&json!({"vec": [{"box": "a"}]}));
    let boxed: &types::Box = &client.vec.unwrap()[0].r#box;
    assert_eq!(boxed, "a");
    let _: types::Default = round_trip(&json!({"clone": "a", "default": "b", "new": "c"}));
}

#[test]
fn the_shared_prefix_and_the_enum_infix_are_removed() {
    let order: types::Order = round_trip(&json!({"state": "open"}));
    assert_eq!(order.state, Some(types::OrderState::Open));
}

#[test]
fn similar_names_are_numbered_and_renamed_ones_are_kept() {
    let _: (types::User, types::User2, types::Chosen) = (String::new(), String::new(), String::new());
}

#[tokio::test]
async fn names_of_arguments_and_constants_do_not_clash() {
    let server = crate::answering("204 No Content", "");
    let client = Client::builder().base_url(server.url()).basic_auth("a", "b").build().unwrap();
    let params = types::日本Params::new().page("x");
    client.日本_with(1, "two", &params, "three").await.unwrap();
    let [request] = server.requests().try_into().expect("one request was sent");
    assert_eq!(request.line, "PUT /japan/1/two?page=x HTTP/1.1");
}

#[tokio::test]
async fn names_of_functions_that_users_call_on_everything_stay_theirs() {
    let server = crate::answering("204 No Content", "");
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let params = types::CloneParams::new().clone_("a").default_("b").new_("c");
    let copies: (Client, types::CloneParams) = (client.clone(), params.clone());
    assert_ne!(copies.1, types::CloneParams::default());
    copies.0.clone2_with(&copies.1).await.unwrap();
    let [request] = server.requests().try_into().expect("one request was sent");
    assert_eq!(request.line, "GET /common?clone=a&default=b&new=c HTTP/1.1");
}

/// The client of a document whose parameters are named like the local variables of generated code.
mod local {
    frontline::frontline_api!("specs/local_names.yaml", warnings = false);
}

#[test]
fn arguments_can_be_named_like_local_variables() {
    // That the client compiles is the test. Its blocking methods pass arguments on from within closures.
    let _ = (local::Client::plain, local::BlockingClient::plain, local::BlockingClient::page_stream);
}
