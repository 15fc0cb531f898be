use std::collections::BTreeMap;

use super::{FromJson, from_json};
use crate::json::{Document, Fit, Limits};

#[test]
fn maps_and_lists_count_as_memory() {
    fn is_enough<T: FromJson>(text: &str, memory: usize) -> bool {
        let document = Document::parse(text.as_bytes(), Limits { memory, ..Limits::NONE });
        document.and_then(|document| document.read(from_json::<T>)).is_ok()
    }
    type Maps = Vec<BTreeMap<String, f64>>;
    // A `BTreeMap` with one entry has room for 11.
    let maps = format!("[{{}}{}]", r#",{"":1}"#.repeat(1000));
    for (memory, expected) in [(300_000, false), (500_000, true)] {
        assert_eq!(is_enough::<Maps>(&maps, memory), expected, "{memory}");
    }
    let list = format!("[1{}]", ",1".repeat(1000));
    assert!(is_enough::<Vec<f64>>(&list, 9000) && !is_enough::<Vec<f64>>(&list, 7000));
}

#[test]
fn an_empty_list_is_an_empty_map() {
    type Map = BTreeMap<String, i64>;
    let read = |json: &str| {
        Document::parse(json.as_bytes(), Limits::NONE).unwrap().read(|node| Ok((Map::fit(node), from_json(node)?)))
    };
    assert_eq!(read("[]").unwrap(), (None, Map::new()));
    assert_eq!(read("{}").unwrap(), (Some(Fit::EXACT), Map::new()));
    for json in ["[1]", "[[]]", "null", "0", r#""""#] {
        assert!(read(json).unwrap_err().to_string().contains("expected a map"), "{json}");
    }
}
