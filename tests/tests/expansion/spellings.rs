//! Values that services write in other spellings are read wherever they are, and unions prefer the exact type.

use std::collections::BTreeMap;

use frontline::private::{FromJson, deserialize};
use serde::Serialize;
use serde_json::{Value, json};

frontline::frontline_api!("specs/spellings.yaml", warnings = false);

use types::{
    Count, CountOrObject, DateOrTime, FlagOrList, Integers, Level, Lists, Maps, Pair, Precise, Scalars, ScalarsColor,
    Strict, TextOrCount, TextOrMap, TimeOrText,
};

/// Deserializes a value from `json`, as the client reads a whole body.
fn decode<T: FromJson>(json: Value) -> T {
    deserialize(json).expect("the value is of its type")
}

/// Returns how a type writes the value that it reads.
fn written<T: FromJson + Serialize>(value: Value) -> Value {
    serde_json::to_value(decode::<T>(value)).unwrap()
}

#[test]
fn properties_are_read_from_other_spellings() {
    let scalars = json!({
        "text": 1.5, "flag": "true", "count": "5", "number": "0.1", "date": "2024-01-02T00:00:00Z",
        "at": "2024-01-02 10:00 +0000", "sent": "Tue, 07 Jul 2015 20:00:00 +0100", "color": 1, "level": "2",
        "id": "C56A4180-65AA-42EC-A945-5FD21DEC0538", "bytes": "SGVs\nbG8=\n",
    });
    let canonical = json!({
        "text": "1.5", "flag": true, "count": 5, "number": 0.1, "date": "2024-01-02", "at": "2024-01-02T10:00:00Z",
        "sent": "Tue, 07 Jul 2015 20:00:00 +0100", "color": "1", "level": 2,
        "id": "c56a4180-65aa-42ec-a945-5fd21dec0538", "bytes": "SGVsbG8=",
    });
    assert_eq!(written::<Scalars>(scalars), canonical);
    assert_eq!(written::<Scalars>(canonical.clone()), canonical);
    let read: Scalars = decode(canonical);
    assert_eq!((read.color, read.level), (Some(ScalarsColor::_1), Some(Level::High)));
}

#[test]
fn floats_keep_all_digits() {
    for number in [59.437_812_345_678_9, -122.084_037_6, 0.1, 1e300] {
        assert_eq!(written::<Scalars>(json!({"number": number})), json!({"number": number}));
    }
}

#[test]
fn roots_lists_and_maps_are_read_from_other_spellings() {
    for one in [json!(1.0), json!("1"), json!(1), json!("1.0")] {
        assert_eq!(decode::<Count>(one.clone()), 1, "{one}");
        assert_eq!(decode::<Integers>(json!([one])), [1]);
        assert_eq!(written::<Maps>(json!({"counts": {"a": one}})), json!({"counts": {"a": 1}}));
        assert_eq!(decode::<Level>(one), Level::Low);
    }
    let lists = json!({
        "texts": [1, true, "a"], "flags": [0, "1", "FALSE", true], "counts": ["7", 7.0, null, ""], "levels": ["1", 3],
        "times": ["20240102T100000Z", "2024-01-02T10:00:00,5+00"],
    });
    let canonical = json!({
        "texts": ["1", "true", "a"], "flags": [false, true, false, true], "counts": [7, 7, null, null], "levels": [1, 3],
        "times": ["2024-01-02T10:00:00Z", "2024-01-02T10:00:00.500Z"],
    });
    assert_eq!(written::<Lists>(lists), canonical);
    let maps = json!({"texts": {"a": 7}, "flags": {"a": "false"}});
    assert_eq!(written::<Maps>(maps), json!({"texts": {"a": "7"}, "flags": {"a": false}}));
}

#[test]
fn empty_lists_are_empty_maps_and_objects() {
    let maps: Maps = decode(json!({"texts": [], "counts": [], "free": [], "object": []}));
    assert_eq!((maps.texts, maps.counts), (Some(BTreeMap::new()), Some(BTreeMap::new())));
    assert_eq!((maps.free, maps.object.map(|object| object.a)), (Some(BTreeMap::new()), Some(None)));
    assert_eq!(decode::<Maps>(json!([])).texts, None);
    for wrong in [json!({"texts": ["a"]}), json!({"object": [{}]})] {
        assert!(serde_json::from_value::<Maps>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn empty_texts_are_none_unless_the_property_is_required() {
    let empty =
        json!({"count": "", "number": "", "date": "", "at": "", "sent": "", "id": "", "level": "", "text": "kept"});
    assert_eq!(written::<Scalars>(empty), json!({"text": "kept"}));
    assert!(decode::<Strict>(json!({"count": 1, "at": "", "date": "2024-01-02"})).at.is_none());
    for (name, error) in
        [("count", "at `$.count`: expected an integer"), ("date", "at `$.date`: expected an RFC 3339 date")]
    {
        let mut strict = json!({"count": 1, "at": null, "date": "2024-01-02"});
        strict[name] = json!("");
        assert_eq!(serde_json::from_value::<Strict>(strict).unwrap_err().to_string(), error);
    }
}

#[test]
fn unions_prefer_the_type_that_a_value_has() {
    assert!(matches!(decode(json!("5")), TextOrCount::Text(text) if text == "5"));
    assert!(matches!(decode(json!(5)), TextOrCount::Integer(5)));
    assert!(matches!(decode(json!("678195")), CountOrObject::Integer(678_195)));
    assert!(matches!(decode(json!([])), CountOrObject::Unknown(_)));
    assert!(matches!(decode(json!([])), TextOrMap::Unknown(list) if list == json!([])));
    assert!(matches!(decode(json!("x")), CountOrObject::Unknown(_)));
    assert!(matches!(decode(json!([])), FlagOrList::List(list) if list.is_empty()));
    assert!(matches!(decode(json!("true")), FlagOrList::Flag(true)));
    assert!(matches!(decode(json!({"count": 5, "x": "a"})), Pair::Object(_)));
    assert!(matches!(decode(json!({"count": "5"})), Pair::Object2(_)));
    assert!(matches!(decode(json!({"count": "5", "x": "a"})), Pair::Object(_)));
    assert!(matches!(decode(json!(9_007_199_254_740_993_i64)), Precise::Integer(9_007_199_254_740_993)));
}

#[test]
fn unions_prefer_the_type_that_writes_a_text_as_it_was() {
    assert!(matches!(decode(json!("2024-01-02T10:00:00+01:00")), TimeOrText::Text2(_)));
    assert!(matches!(decode(json!("2024-01-02T10:00:00Z")), TimeOrText::Text(_)));
    assert!(matches!(decode(json!("2024-01-02")), DateOrTime::Text(_)));
    assert!(matches!(decode(json!("2024-01-02T00:00:00.000Z")), DateOrTime::Text2(_)));
    assert!(matches!(decode(json!("2024-01-02T10:00Z")), DateOrTime::Text2(_)));
}
