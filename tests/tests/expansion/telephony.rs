//! The style of a large telephony API: its classic paths, pages, forms, formats and names.

use frontline_tests::{RawServer, http};
use serde_json::json;

use crate::{answering, decode, round_trip};

frontline::frontline_api!("specs/telephony.yaml", warnings = false);

use types::{
    Account, AccountCall, AccountCallState, AccountStatus, CallEvent, CallStatus, CallUpdateStatus, FetchCallParams,
    ListAccountParams, UpdateCallRequest, UpdateCallRequestMethod, UsageRecordCategory,
};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).basic_auth("AC1", "x").build().unwrap()
}

#[tokio::test]
async fn a_list_with_classic_pages_is_a_stream() {
    let page = |sid: &str, next: serde_json::Value| {
        let body = json!({"accounts": [{"sid": sid}], "next_page_uri": next, "page": 0, "previous_page_uri": null});
        http("200 OK", "", &body.to_string())
    };
    let next = "/2010-04-01/Accounts.json?Status=active&PageSize=1&Page=1&PageToken=PAAC1";
    let server = RawServer::start_script([page("AC1", json!(next)), page("AC2", json!(null))]);
    let params = ListAccountParams::new().status(AccountStatus::Active).page_size(1);
    let client = client(&server);
    let mut accounts = client.list_account_stream_with(&params);
    let mut found = Vec::new();
    while let Some(account) = accounts.next_item().await.unwrap() {
        found.extend(account.sid);
    }
    assert_eq!(found, ["AC1", "AC2"]);
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    let first = "GET /2010-04-01/Accounts.json?Status=active&PageSize=1 HTTP/1.1".to_owned();
    assert_eq!(lines, [first, format!("GET {next} HTTP/1.1")]);
}

#[tokio::test]
async fn text_after_an_argument_in_a_segment_is_kept() {
    let server = answering("200 OK", "{}");
    let time = |time: &str| decode(json!(time));
    let params = FetchCallParams::new()
        .start_time(time("2026-01-01T00:00:00Z"))
        .start_time_before(time("2026-01-02T00:00:00Z"))
        .start_time_after(time("2026-01-03T00:00:00Z"))
        .add_ons_data([("finder.depth".to_owned(), json!(2))].into())
        .add_ons(vec!["finder".to_owned(), "reader".to_owned()])
        .r#type(vec![CallEvent::Ringing, CallEvent::from("new")]);
    client(&server).fetch_call_with("AC1", "../CA1.json", &params).await.unwrap();
    assert_eq!(
        server.requests()[0].line,
        "GET /2010-04-01/Accounts/AC1/Calls/..%2FCA1.json.json?StartTime=2026-01-01T00%3A00%3A00Z\
         &StartTime%3C=2026-01-02T00%3A00%3A00Z&StartTime%3E=2026-01-03T00%3A00%3A00Z\
         &finder.depth=2&AddOns=finder&AddOns=reader&Type=ringing&Type=new HTTP/1.1"
    );
    // The SID of an API key was passed instead of the SID of the account.
    let error = client(&server).delete_call("SK1", "CA1").await.unwrap_err();
    assert!(error.is_invalid_argument());
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn forms_encode_all_types_of_properties() {
    let server = answering("200 OK", "{}");
    let form = UpdateCallRequest::new("https://a.example/?a=1&b=2")
        .method(UpdateCallRequestMethod::Post)
        .status(CallUpdateStatus::Canceled)
        .status_callback_event(vec!["initiated".to_owned(), "answered".to_owned()])
        .from("+15017122661")
        .self_("self")
        .r#type("type")
        .r#match(true)
        .rules(json!([{"type": "include", "all": true}]))
        .tags(vec![json!("a"), json!({"b": 1})])
        .weights(vec![0.5, 2.0])
        .settings([("c".to_owned(), json!(null))].into())
        .messaging_binding_address("address")
        .parameter1_name("name")
        .parameter12_value("value");
    client(&server).update_call("AC1", "CA1", &form).await.unwrap();
    let body = server.requests()[0].body.clone();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let expected = [
        ("Url", "https://a.example/?a=1&b=2"),
        ("Method", "POST"),
        ("Status", "canceled"),
        ("StatusCallbackEvent", "initiated"),
        ("StatusCallbackEvent", "answered"),
        ("From", "+15017122661"),
        ("Self", "self"),
        ("Type", "type"),
        ("Match", "true"),
        ("Rules", r#"[{"type":"include","all":true}]"#),
        ("Tags", "a"),
        ("Tags", r#"{"b":1}"#),
        ("Weights", "0.5"),
        ("Weights", "2"),
        ("Settings", r#"{"c":null}"#),
        ("Messaging.Binding.Address", "address"),
        ("Parameter1.Name", "name"),
        ("Parameter12.Value", "value"),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn responses_are_read() {
    let account: Account = round_trip(&json!({
        "auth_token": "secret", "date_created": "Sat, 31 Jan 2026 12:00:00 +0000", "sid": "AC1", "status": "active",
        "subresource_uris": {"calls": "/2010-04-01/Accounts/AC1/Calls.json"}, "type": "Full",
    }));
    assert_eq!(account.date_created.unwrap().timestamp(), 1_769_860_800);
    assert!(!format!("{account:?}").contains("secret"));
    let call: AccountCall = decode(json!({
        "price": "-0.03000", "rate": null, "capabilities": {"mms": true, "fax": false}, "event_data": [1],
        "errors": [{"code": 1}, "text"], "rows": [{"a": 1}, {}], "annotations": {"a": [null]}, "recording": {"any": 1},
        "flag": true, "card/list-picker": {"items": [{"id": "1"}]}, "$ref": "text", "status": "no-answer", "state": "null",
    }));
    assert_eq!(
        (call.price, call.status, call.state),
        (Some(-0.03), Some(CallStatus::NoAnswer), Some(AccountCallState::Null))
    );
    assert_eq!(call.rows.unwrap()[0]["a"], 1);
    assert_eq!((call.errors.unwrap().len(), call.r#ref.as_deref()), (2, Some("text")));
    assert_eq!(call.card_list_picker.unwrap().items.unwrap()[0].id, "1");
    assert_eq!(UsageRecordCategory::from("10dlc-fees"), UsageRecordCategory::_10dlcFees);
}
