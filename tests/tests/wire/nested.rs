//! Objects and lists in forms, and in parameters with the style `deepObject`.

use frontline_tests::RawServer;
use serde_json::json;

use crate::{nothing, only};

mod api {
    frontline::frontline_api!("specs/nested.yaml");
}

mod brackets {
    frontline::frontline_api!("specs/nested.yaml", nested_forms = brackets);
}

fn client(server: &RawServer) -> api::Client {
    api::Client::builder().base_url(server.url()).build().unwrap()
}

/// Returns the decoded names and values of a form or a query.
fn pairs(form: &str) -> Vec<String> {
    form_urlencoded::parse(form.as_bytes()).map(|(name, value)| format!("{name}={value}")).collect()
}

macro_rules! order {
    ($types:path) => {{
        use $types::{Line, Order, OrderShip};
        let names = || vec!["a".to_owned(), "b".to_owned()];
        let lines = || vec![Line::new().price("p1"), Line::new().price("p2").tags(names())];
        let ship = OrderShip::new().city("Oslo").steps(vec![Line::new().price("p3")]);
        let mut order = Order::new().name("n").expand(names()).lines(lines()).ship(ship).ids(vec![1, 2]);
        order.any = Some(json!({"k": [1]}));
        order.additional_properties.insert("more".to_owned(), Line::new().price("p4"));
        order
    }};
}

const BRACKETS: [&str; 9] = [
    "name=n",
    "expand[0]=a",
    "expand[1]=b",
    "lines[0][price]=p1",
    "lines[1][price]=p2",
    "lines[1][tags][0]=a",
    "lines[1][tags][1]=b",
    "ship[city]=Oslo",
    "ship[steps][0][price]=p3",
];

#[tokio::test]
async fn each_item_of_a_list_in_a_deep_object_has_an_index() {
    let server = nothing();
    client(&server).place_order(&order!(api::types)).await.unwrap();
    let rest = ["ids[]=1", "ids[]=2", r#"any={"k":[1]}"#, r#"more={"price":"p4"}"#];
    assert_eq!(pairs(&only(&server).body), [&BRACKETS[..], &rest].concat());

    let server = nothing();
    let filter = api::types::ListOrdersFilter::new().ids(vec![7, 8]).lines(vec![api::types::Line::new().price("p1")]);
    let params = api::types::ListOrdersParams::new().expand(vec!["a".to_owned(), "b".to_owned()]).filter(filter);
    client(&server).list_orders_with(&params).await.unwrap();
    let line = only(&server).line;
    let query = line.strip_prefix("GET /orders?").unwrap().strip_suffix(" HTTP/1.1").unwrap();
    let expected = ["expand[0]=a", "expand[1]=b", "filter[ids][0]=7", "filter[ids][1]=8", "filter[lines][0][price]=p1"];
    assert_eq!(pairs(query), expected);
}

#[tokio::test]
async fn nested_values_of_a_form_are_json_unless_the_document_says_otherwise() {
    let server = nothing();
    client(&server).send_plain(&order!(api::types)).await.unwrap();
    let expected = [
        "name=n",
        "expand=a",
        "expand=b",
        r#"lines={"price":"p1"}"#,
        r#"lines={"price":"p2","tags":["a","b"]}"#,
        r#"ship={"city":"Oslo","steps":[{"price":"p3"}]}"#,
        "ids[]=1",
        "ids[]=2",
        r#"any={"k":[1]}"#,
        r#"more={"price":"p4"}"#,
    ];
    assert_eq!(pairs(&only(&server).body), expected);
}

#[tokio::test]
async fn an_option_sends_nested_values_of_forms_with_brackets() {
    let server = nothing();
    let client = brackets::Client::builder().base_url(server.url()).build().unwrap();
    client.send_plain(&order!(brackets::types)).await.unwrap();
    client.place_order(&order!(brackets::types)).await.unwrap();
    let rest = ["ids[]=1", "ids[]=2", "any[k][0]=1", "more[price]=p4"];
    for request in server.requests() {
        assert_eq!(pairs(&request.body), [&BRACKETS[..], &rest].concat());
    }
    // A scalar without a type needs no brackets, and what they cannot express is refused.
    let server = nothing();
    let client = brackets::Client::builder().base_url(server.url()).build().unwrap();
    let order = |any| {
        let mut order = brackets::types::Order::new();
        order.any = Some(any);
        order
    };
    client.send_plain(&order(json!("a b"))).await.unwrap();
    assert_eq!(pairs(&only(&server).body), ["any=a b"]);
    for any in [json!({"a]": 1}), json!([1, null])] {
        assert!(client.send_plain(&order(any)).await.unwrap_err().is_invalid_argument());
    }
}
