//! Each style of parameter with each shape of value, decoded by the rules of RFC 6570 from the raw request.

use frontline::private::chrono::NaiveDate;
use frontline_tests::{RawRequest, RawServer, http};
use percent_encoding::percent_decode_str;

mod api {
    frontline::frontline_api!("specs/parameters.yaml", warnings = false);
}

use api::Client;
use api::types::{CookieParams, HeaderParams, Kind, Point, QueryParams, SharedParams};

/// A text with the delimiters of all styles.
const TEXT: &str = "a b/c,d;e=f|g?h#ü";
const KIND: Kind = Kind::ABCDEFGHÜ;

fn list() -> Vec<String> {
    vec!["blue".to_owned(), TEXT.to_owned()]
}

fn point() -> Point {
    Point::new().x(-1).label(TEXT)
}

fn server() -> (RawServer, Client) {
    let server = RawServer::start(http("204 No Content", "", ""));
    let client = Client::builder().base_url(server.url()).build().unwrap();
    (server, client)
}

fn only(server: &RawServer) -> RawRequest {
    let [request] = &server.requests()[..] else { panic!("one request was expected") };
    request.clone()
}

fn target(server: &RawServer) -> String {
    only(server).line.split(' ').nth(1).unwrap().to_owned()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

fn split(text: &str, separator: &str) -> Vec<String> {
    text.split(separator).map(decoded).collect()
}

/// A path in one of the styles: the style's prefix, its separator, and its prefix for exploded values.
struct Expected {
    prefix: &'static str,
    separator: &'static str,
    named: bool,
    explode: bool,
}

impl Expected {
    fn check(&self, server: &RawServer) {
        let target = target(server);
        let [_, _, text, kind, list, point] = target.split('/').collect::<Vec<_>>()[..] else { panic!("{target}") };
        let values = |segment: &str, name: &str| -> Vec<String> {
            let rest = segment.strip_prefix(self.prefix).unwrap_or_else(|| panic!("{target}"));
            let mark = if self.named { format!("{name}=") } else { String::new() };
            let unmarked = |text: &str| text.strip_prefix(&mark).unwrap_or_else(|| panic!("{target}")).to_owned();
            if self.explode {
                rest.split(self.separator).map(|value| decoded(&unmarked(value))).collect()
            } else {
                split(&unmarked(rest), ",")
            }
        };
        assert_eq!(values(text, "text"), [TEXT]);
        assert_eq!(values(kind, "kind"), [TEXT]);
        assert_eq!(values(list, "list"), list_values());
        let point = if self.explode {
            let rest = point.strip_prefix(self.prefix).unwrap();
            rest.split(self.separator).flat_map(|field| split(field, "=")).collect()
        } else {
            values(point, "point")
        };
        assert_eq!(point, fields(), "{target}");
    }
}

fn list_values() -> [String; 2] {
    ["blue".to_owned(), TEXT.to_owned()]
}

/// Returns the names and values of the point, one after the other.
fn fields() -> [String; 4] {
    ["x", "-1", "label", TEXT].map(ToOwned::to_owned)
}

macro_rules! path_style {
    ($name:ident, $prefix:literal, $separator:literal, $named:literal, $explode:literal) => {
        #[tokio::test]
        async fn $name() {
            let (server, client) = server();
            client.$name(TEXT, &KIND, &list(), &point()).await.unwrap();
            Expected { prefix: $prefix, separator: $separator, named: $named, explode: $explode }.check(&server);
        }
    };
}

path_style!(simple, "", ",", false, false);
path_style!(simple_explode, "", ",", false, true);
path_style!(label, ".", ".", false, false);
path_style!(label_explode, ".", ".", false, true);
path_style!(matrix, ";", ";", true, false);
path_style!(matrix_explode, ";", ";", true, true);

#[tokio::test]
async fn an_empty_list_in_the_path_is_refused_before_sending() {
    let (server, client) = server();
    let error = client.label(TEXT, &KIND, &Vec::new(), &point()).await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn query_parameters_are_encoded_by_style() {
    let (server, client) = server();
    let plain = || vec!["blue".to_owned(), "a,b".to_owned()];
    let params = QueryParams::new()
        .text(TEXT)
        .kind(KIND)
        .kinds(vec![Kind::Plain, Kind::from("new")])
        .list(list())
        .point(point())
        .joined_list(list())
        .joined_point(point())
        .spaces(plain())
        .spaces_point(Point::new().x(-1).label("b"))
        .spaces_explode(list())
        .pipes(plain())
        .pipes_point(Point::new().x(-1).label("b"))
        .pipes_explode(list())
        .deep(point())
        .json(point());
    client.query_with(&params).await.unwrap();
    let target = target(&server);
    let query = target.strip_prefix("/query?").unwrap();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let values = |name: &str| -> Vec<String> {
        pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    };
    let [blue, text] = list_values();
    for (name, expected) in [("text", vec![&text]), ("kind", vec![&text]), ("label", vec![&text])] {
        assert_eq!(values(name).iter().collect::<Vec<_>>(), expected);
    }
    for name in ["list", "spacesExplode", "pipesExplode"] {
        assert_eq!(values(name), [blue.as_str(), &text], "{name}");
    }
    assert_eq!(values("kinds"), ["plain", "new"]);
    assert_eq!(
        (values("x"), values("deep[x]"), values("deep[label]")),
        (vec!["-1".into()], vec!["-1".into()], vec![text])
    );
    assert_eq!(serde_json::from_str::<Point>(&values("json")[0]).unwrap(), point());
    // Delimiters can be distinguished from values before decoding.
    let raw = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap();
    assert_eq!((raw("spaces"), raw("pipes")), ("blue%20a%2Cb", "blue%7Ca%2Cb"));
    assert_eq!(split(raw("joinedList"), ","), list_values());
    assert_eq!(split(raw("joinedPoint"), ","), fields());
    for (name, separator) in [("spacesPoint", "%20"), ("pipesPoint", "%7C")] {
        assert_eq!(raw(name), ["x", "-1", "label", "b"].join(separator));
    }
    // Parameters that are not set are not sent.
    assert!(!query.contains("absent"));
    // The delimiters of these styles cannot be distinguished from values.
    for params in [QueryParams::new().spaces(list()), QueryParams::new().pipes_point(point())] {
        assert!(client.query_with(&params).await.unwrap_err().is_invalid_argument());
    }
}

#[tokio::test]
async fn headers() {
    let (server, client) = server();
    // Headers are not percent-encoded: a comma in a value acts as a delimiter.
    let list = || vec!["blue".to_owned(), "a b".to_owned()];
    let point = || Point::new().x(-1).label("a b");
    let params = HeaderParams::new()
        .x_text("a,b; c=\"d\"")
        .x_kind(Kind::Plain)
        .x_list(list())
        .x_point(point())
        .x_list_explode(list())
        .x_point_explode(point())
        .x_json(point());
    client.header_with(&params).await.unwrap();
    let request = only(&server);
    let of = |name: &str| request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!(of("x-text"), Some("a,b; c=\"d\""));
    assert_eq!(of("x-kind"), Some("plain"));
    assert_eq!(of("x-list"), Some("blue,a b"));
    assert_eq!(of("x-list-explode"), Some("blue,a b"));
    assert_eq!(of("x-point"), Some("x,-1,label,a b"));
    assert_eq!(of("x-point-explode"), Some("x=-1,label=a b"));
    assert_eq!(of("x-json"), Some(r#"{"x":-1,"label":"a b"}"#));
    assert_eq!((of("accept"), of("content-type"), of("authorization")), (Some("*/*"), None, None));
}

#[tokio::test]
async fn cookies_are_encoded_by_style() {
    let (server, client) = server();
    let params = CookieParams::new().text(TEXT).kind(KIND).list(list()).point(point());
    client.cookie_with(&params.joined_list(list()).joined_point(point())).await.unwrap();
    let cookies: Vec<String> =
        only(&server).headers.into_iter().filter(|(name, _)| name == "cookie").map(|(_, value)| value).collect();
    let [cookies] = &cookies[..] else { panic!("one header was expected: {cookies:?}") };
    let pairs: Vec<(&str, &str)> = cookies.split("; ").filter_map(|cookie| cookie.split_once('=')).collect();
    let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["text", "kind", "list", "list", "x", "label", "joinedList", "joinedPoint"]);
    let values: Vec<String> = pairs.iter().take(6).map(|(_, value)| decoded(value)).collect();
    assert_eq!(values, [TEXT, TEXT, "blue", TEXT, "-1", TEXT]);
    assert_eq!(split(pairs[6].1, ","), list_values());
    assert_eq!(split(pairs[7].1, ","), fields());
}

#[tokio::test]
async fn an_operation_inherits_and_overrides_the_parameters_of_its_path() {
    let (server, client) = server();
    let date = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
    let params = SharedParams::new().page_size(7).order(Kind::Plain).page_size_header("large");
    let params = params.date_created(date(1)).date_created_before(date(2)).date_created_after(date(3));
    client.shared_with("US1", &params).await.unwrap();
    let request = only(&server);
    assert_eq!(
        request.line,
        "GET /shared/US1?PageSize=7&Order=plain&DateCreated=2026-01-01&DateCreated%3C=2026-01-02\
         &DateCreated%3E=2026-01-03 HTTP/1.1"
    );
    assert!(request.headers.contains(&("pagesize".to_owned(), "large".to_owned())));
}
