//! Reserved characters that the document allows, as RFC 6570 expands `{+name}`.

use frontline::Error;
use frontline_tests::RawServer;

use crate::{header, nothing, only};

mod api {
    frontline::frontline_api!("specs/reserved.yaml", warnings = deny);
}

use api::Client;
use api::types::{Point, SearchParams, SendFormRequest};

const URL: &str = "https://x.example/a b?c='d'&e=%2F#f+[g]";

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn queries_keep_the_reserved_characters_that_their_values_can_contain() {
    let server = nothing();
    let list = || vec!["a/b".to_owned(), "c:d".to_owned()];
    let params = SearchParams::new().url(URL).each(list()).joined(list()).point(Point::new().x(-1).label("a/b"));
    client(&server).search_with(&params.x_url(URL)).await.unwrap();
    let request = only(&server);
    // The URL parser encodes quotes. The others would end the value, or mean something else in it.
    let url = "https://x.example/a%20b?c=%27d%27%26e=%252F%23f%2B%5Bg%5D";
    let lists = "each=a/b&each=c:d&joined=a/b,c:d&point=x,-1,label,a/b";
    assert_eq!(request.line, format!("GET /search?url={url}&{lists} HTTP/1.1"));
    assert_eq!(header(&request, "x-url").as_deref(), Some(URL));
}

#[tokio::test]
async fn paths_keep_slashes_but_stay_below_the_template() {
    let server = nothing();
    client(&server).get_file("docs/a b/c:d@e?f#g+%2F").await.unwrap();
    assert_eq!(only(&server).line, "GET /files/docs/a%20b/c:d@e%3Ff%23g+%252F/meta HTTP/1.1");
    let list = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>();
    let server = nothing();
    client(&server).get_list(&list(&["a/b", "c"])).await.unwrap();
    assert_eq!(only(&server).line, "GET /lists/a/b,c HTTP/1.1");
    let server = nothing();
    let client = client(&server);
    for path in ["..", "a/../../secret", "./a", "a/..", ""] {
        check(client.get_file(path).await.map(drop));
    }
    check(client.get_list(&list(&["a,b", "c"])).await.map(drop));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_list_that_a_server_would_divide_elsewhere_is_refused() {
    let server = nothing();
    let list = || vec!["a,b".to_owned()];
    check(client(&server).search_with(&SearchParams::new().joined(list())).await.map(drop));
    check(client(&server).send_form(&SendFormRequest::new().joined(list())).await.map(drop));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn forms_keep_the_reserved_characters_of_the_properties_that_allow_them() {
    let server = nothing();
    let form = SendFormRequest::new().url(URL).joined(vec!["a/b".to_owned(), "c".to_owned()]).other("a/b");
    client(&server).send_form(&form).await.unwrap();
    let url = "https://x.example/a%20b?c=%27d%27%26e=%252F%23f%2B%5Bg%5D";
    assert_eq!(only(&server).body, format!("url={url}&joined=a/b,c&other=a%2Fb"));
}

fn check(result: Result<(), Error>) {
    let error = result.unwrap_err();
    assert!(error.is_invalid_argument() && !error.maybe_sent(), "{error:?}");
}
