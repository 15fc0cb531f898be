//! Lists in pages of each kind.

use frontline::{ErrorKind, Pages};
use frontline_tests::{RawServer, http};
use serde_json::{Value, json};

mod api {
    frontline::frontline_api!(
        "specs/paged.yaml",
        warnings = false,
        pages = {
            "listCh*" = cursor(parameter = "starting_after", last = "id", items = "data", more = "has_more"),
            "listNumbers" = page(parameter = "page", first = 0),
        },
    );
}

use api::types::{ListCursorsParams, ListLinkedParams, ListNumbersParams, ListOffsetsParams};

fn page(headers: &str, body: &Value) -> String {
    http("200 OK", headers, &body.to_string())
}

fn client(server: &RawServer) -> api::Client {
    api::Client::builder().base_url(server.url()).build().unwrap()
}

async fn all<T: Unpin>(mut pages: Pages<T>) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = pages.next_item().await.unwrap() {
        items.push(item);
    }
    items
}

fn targets(server: &RawServer) -> Vec<String> {
    let target = |line: String| line.split(' ').nth(1).unwrap().to_owned();
    server.requests().into_iter().map(|request| target(request.line)).collect()
}

#[tokio::test]
async fn the_header_link_leads_to_the_next_page() {
    let link = "Link: </linked?q=a%26b&page=2>; rel=\"next\", </linked?page=9>; rel=\"last\"\r\n";
    let server = RawServer::start_script([page(link, &json!(["a"])), page("Link: </>; rel=prev\r\n", &json!(["b"]))]);
    assert_eq!(all(client(&server).list_linked_stream_with(&ListLinkedParams::new().q("a&b"))).await, ["a", "b"]);
    assert_eq!(targets(&server), ["/linked?q=a%26b", "/linked?q=a%26b&page=2"]);
}

#[tokio::test]
async fn a_cursor_goes_into_its_parameter() {
    let server = RawServer::start_script([
        page("", &json!({"items": ["a"], "meta": {"next_cursor": "x&y="}})),
        page("", &json!({"items": [], "meta": {"next_cursor": "z"}})),
        page("", &json!({"items": ["b"], "meta": {"next_cursor": ""}})),
    ]);
    let params = ListCursorsParams::new().q("1,2").cursor("start");
    assert_eq!(all(client(&server).list_cursors_stream_with(&params)).await, ["a", "b"]);
    assert_eq!(
        targets(&server),
        ["/cursors?cursor=start&q=1%2C2", "/cursors?q=1%2C2&cursor=x%26y%3D", "/cursors?q=1%2C2&cursor=z"]
    );
}

#[tokio::test]
async fn the_id_of_the_last_item_is_the_cursor() {
    let server = RawServer::start_script([
        page("", &json!({"data": [{"id": "c1"}, {"id": "c2"}], "has_more": true})),
        page("", &json!({"data": [{"id": "c3"}], "has_more": false})),
    ]);
    let ids: Vec<_> = all(client(&server).list_charges_stream()).await.into_iter().map(|charge| charge.id).collect();
    assert_eq!(ids, ["c1", "c2", "c3"]);
    assert_eq!(targets(&server), ["/charges", "/charges?starting_after=c2"]);
}

#[tokio::test]
async fn offsets_and_numbers_grow() {
    let rows = |rows: &[i64]| page("", &json!({"page": {"total": 5, "rows": rows}}));
    let server = RawServer::start_script([rows(&[1, 2]), rows(&[3])]);
    let params = ListOffsetsParams::new().offset(2);
    assert_eq!(all(client(&server).list_offsets_stream_with(&params)).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/offsets?offset=2", "/offsets?offset=4"]);

    let server = RawServer::start_script(
        [[1, 2].as_slice(), &[3], &[]].map(|page| http("200 OK", "", &json!(page).to_string())),
    );
    assert_eq!(all(client(&server).list_numbers_stream()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/numbers", "/numbers?page=1", "/numbers?page=2"]);

    let server = RawServer::start_script([page("", &json!([4])), page("", &json!([]))]);
    assert_eq!(all(client(&server).list_numbers_stream_with(&ListNumbersParams::new().page(7))).await, [4]);
    assert_eq!(targets(&server), ["/numbers?page=7", "/numbers?page=8"]);
}

#[tokio::test]
async fn pages_have_their_headers() {
    let numbered = |number: u32, items: Value, next: Value| {
        page(&format!("X-Number: {number}\r\n"), &json!({"results": items, "next": next, "previous": null}))
    };
    let server = RawServer::start_script([
        numbered(1, json!(["a", "b"]), json!("?page=2")),
        numbered(2, json!(["c", "d"]), json!("/results?page=3")),
        numbered(3, json!(["e", "f"]), json!("/results?page=4")),
    ]);
    let mut pages = client(&server).list_results_stream().limit(5);
    let mut seen = Vec::new();
    // What was read one by one is not repeated.
    assert_eq!(pages.next_item().await.unwrap().as_deref(), Some("a"));
    while let Some(page) = pages.next_page().await.unwrap() {
        seen.push((page.headers()["x-number"].to_str().unwrap().to_owned(), page.into_inner()));
    }
    let expected = [("1", vec!["b"]), ("2", vec!["c", "d"]), ("3", vec!["e"])];
    let expected = expected.map(|(number, items)| (number.to_owned(), items.into_iter().map(str::to_owned).collect()));
    assert_eq!(seen, expected);
    assert_eq!(targets(&server), ["/results", "/results?page=2", "/results?page=3"]);
}

#[tokio::test]
async fn a_page_that_leads_back_is_an_error() {
    let server = RawServer::start(page("", &json!({"items": ["a"], "meta": {"next_cursor": "x"}})));
    let mut pages = client(&server).list_cursors_stream();
    for _ in 0..2 {
        assert_eq!(pages.next_item().await.unwrap().as_deref(), Some("a"));
    }
    let error = pages.next_item().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(pages.next_item().await.unwrap().is_none());
}
