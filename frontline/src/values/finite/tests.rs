use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::{explain, to_value, to_value_in_levels, to_vec};
use crate::Nullable;

/// Each shape of a value that serde knows.
#[derive(Serialize)]
enum Shape<T> {
    Unit,
    Newtype(T),
    Tuple(T, u64),
    Struct { field: T },
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Pair<T>(T, char);

#[derive(Serialize)]
struct All<T> {
    unit: (Unit, ()),
    pair: Pair<T>,
    shapes: Vec<Shape<T>>,
    map: BTreeMap<i8, Option<T>>,
    bytes: &'static [u8],
}

fn all<T: Copy>(number: T) -> All<T> {
    All {
        unit: (Unit, ()),
        pair: Pair(number, 'c'),
        shapes: vec![
            Shape::Unit,
            Shape::Newtype(number),
            Shape::Tuple(number, u64::MAX),
            Shape::Struct { field: number },
        ],
        map: BTreeMap::from([(-1, Some(number)), (2, None)]),
        bytes: b"b",
    }
}

#[test]
fn everything_is_written_as_serde_json_writes_it() {
    let value = all(-0.5);
    assert_eq!(to_value(&value).unwrap(), json!(value));
    assert_eq!(to_vec(&value).unwrap(), serde_json::to_vec(&value).unwrap());
}

#[test]
fn whole_numbers_have_no_fraction() {
    for (number, text) in [
        (3.0_f64, "3"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (-20.0, "-20"),
        (0.1, "0.1"),
        (9_007_199_254_740_993.0, "9007199254740992"),
        (9_999_999_999_999_998.0, "9999999999999998"),
        (1e16, "1e+16"),
        (-1e300, "-1e+300"),
    ] {
        let written = to_vec(&number).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), text);
        assert_eq!(to_value(&[Some(number)]).unwrap().to_string(), format!("[{text}]"));
        assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
    }
}

#[test]
fn numbers_that_are_not_finite_are_refused_at_any_depth() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let All { pair, shapes, map, .. } = all(number);
        let parts = shapes.iter().skip(1).map(to_value).chain([to_value(&pair), to_value(&map), to_value(&[number])]);
        for part in parts {
            assert_eq!(explain("no".to_owned(), &part.unwrap_err()), "no: a number is NaN or infinite");
        }
        assert!(to_vec(&all(number)).is_err());
    }
}

#[test]
fn null_is_refused_in_the_levels_that_cannot_express_it() {
    let value = |null: Nullable<bool>| BTreeMap::from([("a", vec![BTreeMap::from([("b", null)])])]);
    for (levels, is_refused) in [(0, false), (3, false), (4, true), (u32::MAX, true)] {
        let written = to_value_in_levels(&value(Nullable::Null), levels);
        assert_eq!(written.is_err(), is_refused, "{levels}");
        assert!(to_value_in_levels(&value(Nullable::Absent), levels).is_ok());
    }
    assert_eq!(to_vec(&value(Nullable::Null)).unwrap(), br#"{"a":[{"b":null}]}"#);
}

#[test]
fn dates_that_rfc_3339_cannot_express_are_refused() {
    for (year, is_valid) in [(-1, false), (0, true), (9999, true), (10_000, false)] {
        let date = NaiveDate::from_ymd_opt(year, 1, 2).unwrap();
        assert_eq!(to_value(&date).is_ok(), is_valid, "{year}");
        assert_eq!(to_vec(&json_map(date)).is_ok(), is_valid, "{year}");
    }
    assert!(to_value("-0001-01-02").is_ok() && to_value("+10000-01-02").is_ok());
}

fn json_map(date: NaiveDate) -> BTreeMap<&'static str, Vec<Option<NaiveDate>>> {
    BTreeMap::from([("dates", vec![None, Some(date)])])
}
