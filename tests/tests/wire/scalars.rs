//! Each scalar type in the path, the query, a header and a cookie: RFC 6570 and OpenAPI's table of styles say what is sent.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;

use super::{header, nothing};

mod api {
    frontline::frontline_api!("specs/scalars.yaml");
}

use api::Client;

const NAMES: [&str; 11] =
    ["small", "long", "unsigned", "wide", "number", "flag", "date", "time", "id", "bytes", "text"];

/// A value of each type, as text.
const ROWS: [[&str; 11]; 3] = [
    [
        "-2147483648",
        "-9223372036854775808",
        "0",
        "-170141183460469231731687303715884105728",
        "-0.1",
        "false",
        "0001-01-01",
        "1970-01-01T00:00:00Z",
        "00000000-0000-0000-0000-000000000000",
        "+/+/",
        "%41 b/c?d#e&f=g+h,i;j:k@l!m$n'(o)*[p]",
    ],
    [
        "2147483647",
        "9223372036854775807",
        "18446744073709551615",
        "170141183460469231731687303715884105727",
        "1e+300",
        "true",
        "9999-12-31",
        "2024-02-29T18:29:59.999999Z",
        "123e4567-e89b-12d3-a456-426614174000",
        "SGVsbG8=",
        "~-._",
    ],
    [
        "7",
        "7",
        "7",
        "7",
        "3",
        "true",
        "2024-02-29",
        "2024-02-29T08:00:00Z",
        "123e4567-e89b-12d3-a456-426614174000",
        "AA==",
        "Grüße, 世界 🙂",
    ],
];

/// All characters that are not unreserved (RFC 3986).
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &RESERVED).to_string()
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(text.into()).unwrap()
}

macro_rules! params {
    ($params:ident, $row:expr) => {{
        let [small, long, unsigned, wide, number, flag, date, time, id, bytes, text] = $row;
        api::types::$params::new()
            .small(small.parse().unwrap())
            .long(long.parse().unwrap())
            .unsigned(unsigned.parse().unwrap())
            .wide(wide.parse().unwrap())
            .number(number.parse().unwrap())
            .flag(flag.parse().unwrap())
            .date(date.parse().unwrap())
            .time(read(time))
            .id(id.parse().unwrap())
            .bytes(read(bytes))
            .text(*text)
    }};
}

#[tokio::test]
async fn scalars_are_sent_as_their_text_in_each_place() {
    for row in &ROWS {
        let server = nothing();
        let client = Client::builder().base_url(server.url()).build().unwrap();
        client.query_with(&params!(QueryParams, row)).await.unwrap();
        client.cookie_with(&params!(CookieParams, row)).await.unwrap();
        client.header_with(&params!(HeaderParams, row)).await.unwrap();
        let [small, long, unsigned, wide, number, flag, date, time, id, bytes, text] = row;
        client
            .path(
                small.parse().unwrap(),
                long.parse().unwrap(),
                unsigned.parse().unwrap(),
                wide.parse().unwrap(),
                number.parse().unwrap(),
                flag.parse().unwrap(),
                &date.parse().unwrap(),
                &read(time),
                &id.parse().unwrap(),
                &read(bytes),
                text,
            )
            .await
            .unwrap();
        let [query, cookie, headers, path] = &server.requests()[..] else { panic!("four requests were expected") };
        let pairs: Vec<String> =
            NAMES.iter().zip(row).map(|(name, text)| format!("{name}={}", encoded(text))).collect();
        assert_eq!(query.line, format!("GET /query?{} HTTP/1.1", pairs.join("&")));
        assert_eq!(header(cookie, "cookie"), Some(pairs.join("; ")));
        for (name, text) in NAMES.iter().zip(row) {
            assert_eq!(header(headers, &format!("x-{name}")).as_deref(), Some(*text));
        }
        assert_eq!(path.line, format!("GET /path/{} HTTP/1.1", row.map(encoded).join("/")));
    }
}
