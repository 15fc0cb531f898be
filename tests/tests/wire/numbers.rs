//! Numbers arrive as they were sent, or are refused: they never change silently.

use std::collections::BTreeMap;

use frontline::{Error, Retry};
use frontline_tests::{RawServer, http};

use super::{header, nothing, only};

mod api {
    frontline::frontline_api!("specs/numbers.yaml");
}

use api::Client;
use api::types::{Circle, Numbers, SendMultipartRequest, SendParametersParams, Square, Tagged, Untagged};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).retry(Retry::never()).build().unwrap()
}

/// Returns a value for each place that can contain a number.
fn everywhere(number: f64) -> Vec<Numbers> {
    let valid = || Numbers::new(1.0);
    let mut rest = valid();
    rest.additional_properties = BTreeMap::from([("other".to_owned(), number)]);
    vec![
        Numbers::new(number),
        valid().float(number),
        valid().score(number),
        valid().maybe(number),
        valid().list(vec![1.0, number]),
        valid().map(BTreeMap::from([("key".to_owned(), number)])),
        valid().inner(Box::new(Numbers::new(number))),
        valid().tuple(api::types::NumbersTuple(Some(number), Some("text".to_owned()))),
        valid().tagged(Tagged::Circle(Circle::new(number))),
        valid().tagged(Tagged::Square(Square::new(number))),
        valid().untagged(Untagged::Number(number)),
        rest,
    ]
}

fn parameters(number: f64) -> Vec<SendParametersParams> {
    let none = SendParametersParams::new;
    let mut parameters =
        vec![none().one(number), none().list(vec![1.0, number]), none().x_number(number), none().crumb(number)];
    parameters.extend(everywhere(number).into_iter().map(|deep| none().deep(deep)));
    parameters
}

#[tokio::test]
async fn numbers_that_are_not_finite_are_refused_before_anything_is_sent() {
    let server = nothing();
    let client = client(&server);
    let check = |result: Result<(), Error>, what: &str| {
        let error = result.expect_err(what);
        assert!(error.is_invalid_argument() && !error.maybe_sent(), "{what}: {error:?}");
        assert!(error.to_string().ends_with("a number is NaN or infinite"), "{error}");
    };
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for numbers in everywhere(number) {
            let text = format!("{numbers:?}");
            check(client.send_json(&numbers).await.map(drop), &text);
            check(client.send_form(&numbers).await.map(drop), &text);
            let body = SendMultipartRequest::new().object(numbers).file("");
            check(client.send_multipart(body).await.map(drop), &text);
        }
        for parameters in parameters(number) {
            check(client.send_parameters_with(1.0, &parameters).await.map(drop), &format!("{parameters:?}"));
        }
        check(client.send_parameters_with(number, &SendParametersParams::new()).await.map(drop), "path");
        check(client.send_multipart(SendMultipartRequest::new().number(number)).await.map(drop), "part");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn floats_are_sent_with_as_many_digits_as_they_need() {
    let server = RawServer::start(http("200 OK", "", r#"{"double":1}"#));
    for (numbers, parameters) in everywhere(0.1).iter().zip(parameters(0.1)) {
        client(&server).send_json(numbers).await.unwrap();
        client(&server).send_form(numbers).await.unwrap();
        client(&server).send_multipart(SendMultipartRequest::new().object(numbers.clone())).await.unwrap();
        client(&server).send_parameters_with(0.1, &parameters).await.unwrap();
    }
    for request in server.requests() {
        let text = format!("{} {:?} {}", request.line, request.headers, request.body);
        assert!(text.contains("0.1") && !text.contains("0.10"), "{text}");
    }
    let server = nothing();
    client(&server).send_parameters_with(0.1, &SendParametersParams::new().one(0.3).crumb(1e21)).await.unwrap();
    assert_eq!(only(&server).line, "GET /sent/0.1?one=0.3 HTTP/1.1");
    assert_eq!(header(&only(&server), "cookie").as_deref(), Some("crumb=1e%2B21"));
}

async fn received(body: &str) -> Result<Numbers, Error> {
    let server = RawServer::start(http("200 OK", "", body));
    client(&server).send_json(&Numbers::new(1.0)).await.map(frontline::Response::into_inner)
}

#[tokio::test]
async fn whole_numbers_are_sent_without_a_fraction() {
    let server = RawServer::start(http("200 OK", "", r#"{"double":1}"#));
    for (numbers, parameters) in everywhere(20.0).iter().zip(parameters(20.0)) {
        client(&server).send_json(numbers).await.unwrap();
        client(&server).send_form(numbers).await.unwrap();
        client(&server).send_multipart(SendMultipartRequest::new().number(3.0).object(numbers.clone())).await.unwrap();
        client(&server).send_parameters_with(7.0, &parameters).await.unwrap();
    }
    for request in server.requests() {
        let numbers = [header(&request, "x-number"), header(&request, "cookie")];
        let text = format!("{} {numbers:?} {}", request.line.replace(" HTTP/1.1", ""), request.body);
        assert!(text.contains("20") && !text.contains('.'), "{text}");
    }
    assert_eq!(server.requests()[3].line, "GET /sent/7?one=20 HTTP/1.1");
}

#[tokio::test]
async fn a_sign_of_zero_a_fraction_and_large_numbers_stay() {
    for (number, text) in [
        (-0.0, "-0.0"),
        (-1.5, "-1.5"),
        (1e-7, "1e-7"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (1e16, "1e+16"),
        (-1e21, "-1e+21"),
    ] {
        let server = RawServer::start(http("200 OK", "", r#"{"double":1}"#));
        client(&server).send_json(&Numbers::new(number)).await.unwrap();
        client(&server).send_form(&Numbers::new(number)).await.unwrap();
        let encoded = text.replace('+', "%2B");
        let [json, form] = &server.requests()[..] else { panic!("two requests") };
        assert_eq!(json.body, format!(r#"{{"double":{text}}}"#));
        assert_eq!(form.body, format!("double={encoded}"));
        let params = SendParametersParams::new().one(number).x_number(number);
        client(&server).send_parameters_with(number, &params).await.unwrap();
        let request = &server.requests()[2];
        assert_eq!(request.line, format!("GET /sent/{encoded}?one={encoded} HTTP/1.1"));
        assert_eq!(header(request, "x-number").as_deref(), Some(text));
    }
}

#[tokio::test]
async fn floats_out_of_range_are_refused() {
    for number in ["1e309", "-1e309", r#""1e309""#] {
        for body in [
            format!(r#"{{"double":1,"float":{number}}}"#),
            format!(r#"{{"double":1,"score":{number}}}"#),
            format!(r#"{{"double":1,"list":[{number}]}}"#),
            format!(r#"{{"double":1,"other":{number}}}"#),
        ] {
            let error = received(&body).await.unwrap_err();
            assert!(error.is_decode(), "{body}: {error:?}");
        }
    }
    let read = received(r#"{"double":1e308,"float":59.437812345678901,"score":"0.1"}"#).await.unwrap();
    assert_eq!((read.double, read.float, read.score), (1e308, Some(59.437_812_345_678_9), Some(0.1)));
    // A number does not become text, even if the union has a string.
    let error = received(r#"{"double":1,"untagged":1e309}"#).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let read = received(r#"{"double":1,"untagged":"1e309"}"#).await.unwrap();
    assert!(matches!(&read.untagged, Some(Untagged::Text(text)) if text == "1e309"), "{read:?}");
}

#[tokio::test]
async fn integers_are_read_exactly_or_refused() {
    for text in ["9223372036854775808.0", "9007199254740993.5", "1e19", "1e999999999", "1.5", r#""1.5""#] {
        let error = received(&format!(r#"{{"double":1,"integer":{text}}}"#)).await.unwrap_err();
        assert!(error.is_decode(), "{text}: {error:?}");
    }
    for (text, integer) in [
        ("9007199254740993", 9_007_199_254_740_993),
        ("-9007199254740993.0", -9_007_199_254_740_993),
        ("1e18", 1_000_000_000_000_000_000),
    ] {
        let read = received(&format!(r#"{{"double":1,"integer":{text}}}"#)).await.unwrap();
        assert_eq!(read.integer, Some(integer), "{text}");
    }
}
