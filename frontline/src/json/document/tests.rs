use std::collections::BTreeMap;

use serde_json::Value;
use tokio::time::Instant;

use super::super::choice::{best, decide};
use super::super::decode_error::{Cause, DecodeError};
use super::super::from_json::{FromJson, from_json};
use super::super::node::Node;
use super::{Document, Limits};

/// A union with a single variant.
struct Only;

impl FromJson for Only {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        decide::<Self>(node, || best(node, &[bool::fit]));
        *place = Some(Self);
        Ok(())
    }
}

fn list(item: &str) -> String {
    format!("[{item}{}]", format!(",{item}").repeat(5000))
}

/// Returns the error of reading a text after the time limit of its document has passed.
fn late<T: 'static>(text: &str, read: fn(Node<'_>) -> Result<T, DecodeError>) -> DecodeError {
    let mut document = Document::parse(text.as_bytes(), Limits::NONE).unwrap();
    document.limits.deadline = Some(Instant::now());
    document.read(read).err().unwrap()
}

#[test]
fn reading_stops_at_the_deadline_whatever_the_type() {
    let map = list("0").replace('[', "{").replace(']', "}").replace('0', "\"\":0");
    let long = format!("{{\"{}\":0}}", "\\n".repeat(1 << 18));
    let errors = [
        late(&long, from_json::<BTreeMap<String, i64>>),
        late(&format!("\"{}\"", "a".repeat(1 << 19)), from_json::<String>),
        late(&list("0"), from_json::<Vec<i64>>),
        late(&list("\"\""), from_json::<Vec<String>>),
        late(&list("0"), from_json::<Value>),
        late(&map, from_json::<Value>),
        late(&map, from_json::<BTreeMap<String, i64>>),
        late(&list("0"), |node| Ok(Vec::<i64>::fit(node))),
        late(&map, |node| Ok(node.get("x").is_some())),
    ];
    assert!(errors.iter().all(|error| matches!(error.cause(), Cause::Time)), "{errors:?}");
}

#[test]
fn memory_that_is_not_part_of_a_value_counts_too() {
    let full = |text: &str, read: fn(&Document<'_>) -> Option<DecodeError>| {
        let document = Document::parse(text.as_bytes(), Limits::new(text.len(), None)).unwrap();
        matches!(read(&document).unwrap().cause(), Cause::Memory(_))
    };
    // A node of a B-tree, a hash table, and the decision of a union.
    assert!(full(&list(r#"{"":0}"#), |document| document.read(from_json::<Vec<BTreeMap<String, i64>>>).err()));
    assert!(full(&list(r#"{"":0}"#), |document| document.read(from_json::<Value>).err()));
    assert!(full(&list("true"), |document| document.read(from_json::<Vec<Only>>).err()));
}

#[test]
fn lists_take_only_the_memory_that_they_need() {
    let text = list("[0]");
    let document = Document::parse(text.as_bytes(), Limits::new(text.len(), None)).unwrap();
    let lists = document.read(from_json::<Vec<Vec<i64>>>).unwrap();
    assert!(lists.capacity() == lists.len() && lists.iter().all(|list| list.capacity() == 1));
}

#[test]
fn values_have_sizes() {
    let text = r#"{"a" : {"b":null,"c":"x"}, "d":["e", [] ,{}, 1,null],"f":null}"#;
    let document = Document::parse(text.as_bytes(), Limits::NONE).unwrap();
    let sizes = |node: Node<'_>| Ok(["a", "d", "f"].map(|name| node.get(name).unwrap().size()));
    assert_eq!(document.read(sizes).unwrap(), [2, 5, 0]);
    assert_eq!(document.read(|node| Ok(node.size())).unwrap(), 8);
}

#[test]
fn the_documents_of_a_thread_are_independent() {
    let parse = |text: &'static str| Document::parse(text.as_bytes(), Limits::NONE).unwrap();
    let read = |document: Document<'_>| document.read(|node| Ok(node.copy()?.to_string())).unwrap();
    assert_eq!(read(parse("[1,[2,3],4]")), "[1,[2,3],4]");
    let documents = (parse("[[5],6]"), parse(r#"{"a":7}"#));
    assert_eq!((read(documents.0), read(documents.1)), ("[[5],6]".to_owned(), r#"{"a":7}"#.to_owned()));
    assert!(Document::parse(b"[1,2,3", Limits::NONE).is_err());
    assert_eq!(read(parse("[8]")), "[8]");
}
