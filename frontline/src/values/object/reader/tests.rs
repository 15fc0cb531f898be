//! Tests with a struct that is implemented like a generated one.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde_json::{Value, json};

use super::{Object, Reader, read_object};
use crate::Nullable;
use crate::json::{DecodeError, Document, Fit, Fitting, FromJson, Limits, Node};
use crate::values::object::{Properties, Writer, fit_object};

#[derive(Debug, PartialEq)]
struct Pet {
    name: String,
    weight: f64,
    tag: Option<i32>,
    owner: Nullable<String>,
    height: Option<f64>,
    kind: Value,
    rest: BTreeMap<String, f64>,
}

impl Object for Pet {
    const EXPECTED: &'static str = "struct Pet";
    const PROPERTIES: &'static [&'static str] = &["name", "weight", "tag", "owner", "height"];
    const FITS: &'static [(bool, bool, Fitting)] = &[
        (true, false, <String as FromJson>::fit),
        (true, false, <f64 as FromJson>::fit),
        (false, true, <Option<i32> as FromJson>::fit),
        (false, false, <Nullable<String> as FromJson>::fit),
        (false, true, <Option<f64> as FromJson>::fit),
    ];
    const REST: &'static [Fitting] = &[<Value as FromJson>::fit, <BTreeMap<String, f64> as FromJson>::fit];

    fn read(reader: &mut Reader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let (mut name, mut weight) = Default::default();
        let (mut tag, mut owner, mut height) = Default::default();
        while let Some(index) = reader.property()? {
            match index {
                0 => reader.required(&mut name),
                1 => reader.required(&mut weight),
                2 => reader.optional(&mut tag),
                3 => reader.optional(&mut owner),
                4 => reader.optional(&mut height),
                _ => Ok(()),
            }?;
        }
        let (name, weight) = (reader.found(&mut name, "name")?, reader.found(&mut weight, "weight")?);
        *place =
            Some(Self { name, weight, tag, owner, height, kind: reader.part(true, false)?, rest: reader.rest(false)? });
        Ok(())
    }
}

crate::private::object!(Pet);

impl Properties for Pet {
    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        writer
            .share(&[], &[], &[])
            .field("name", &self.name)
            .field("weight", &self.weight)
            .optional("tag", &self.tag)
            .optional("owner", &self.owner)
            .field("height", &self.height)
            .map(&self.rest)
            .object(&self.kind)
    }
}

fn pet() -> Pet {
    Pet {
        name: "Ada".into(),
        weight: 0.1,
        tag: Some(7),
        owner: Nullable::Null,
        height: Some(0.5),
        kind: json!({}),
        rest: BTreeMap::new(),
    }
}

#[test]
fn properties_are_read_in_any_order() {
    for json in [
        r#"{"name":"Ada","weight":"0.1","tag":7,"owner":null,"height":"0.5"}"#,
        r#"{"owner":null,"height":0.5,"tag":7,"weight":0.1,"name":"Ada"}"#,
    ] {
        assert_eq!(serde_json::from_str::<Pet>(json).unwrap(), pet());
        assert_eq!(serde_json::from_value::<Pet>(serde_json::from_str(json).unwrap()).unwrap(), pet());
    }
    let absent: Pet = serde_json::from_str(r#"{"name":"Ada","weight":0.1}"#).unwrap();
    assert_eq!(absent, Pet { tag: None, owner: Nullable::Absent, height: None, ..pet() });
}

#[test]
fn absent_properties_are_not_written() {
    assert_eq!(
        serde_json::to_string(&pet()).unwrap(),
        r#"{"name":"Ada","weight":0.1,"tag":7,"owner":null,"height":0.5}"#
    );
    let absent = Pet { tag: None, owner: Nullable::Absent, height: None, ..pet() };
    assert_eq!(serde_json::to_string(&absent).unwrap(), r#"{"name":"Ada","weight":0.1,"height":null}"#);
}

#[test]
fn unknown_properties_are_kept_once() {
    // A part that describes nothing takes everything, so the map is empty.
    let pet: Pet = serde_json::from_str(r#"{"x":"1.5","name":"Ada","y":0.1,"weight":1}"#).unwrap();
    assert_eq!((pet.kind.clone(), pet.rest.len()), (json!({"x": "1.5", "y": 0.1}), 0));
    let rest = BTreeMap::from([("y".into(), 0.1), ("z".into(), 2.0)]);
    let pet = Pet { kind: json!({"name": "Bea", "x": "1.5"}), rest, ..pet };
    let written = serde_json::to_string(&pet).unwrap();
    assert_eq!(written, r#"{"name":"Ada","weight":1.0,"height":null,"y":0.1,"z":2.0,"x":"1.5"}"#);
    let error = serde_json::to_string(&Pet { kind: json!({"z": [1]}), ..pet }).unwrap_err();
    assert_eq!(error.to_string(), "an entry has different values in types that are written as one object");
}

#[test]
fn an_empty_text_is_none_if_the_property_is_optional() {
    let pet: Pet = serde_json::from_str(r#"{"name":"","weight":1,"tag":"","owner":"","height":""}"#).unwrap();
    assert_eq!((pet.name.as_str(), pet.tag, pet.height), ("", None, None));
    assert_eq!(pet.owner, Nullable::Value(String::new()));
    let error = serde_json::from_str::<Pet>(r#"{"name":"","weight":""}"#).unwrap_err().to_string();
    assert_eq!(error, "at `$.weight`: expected a number");
}

#[test]
fn errors_name_the_property_or_the_expected_type() {
    for (json, expected) in [
        (r#"{"weight":1}"#, "at `$`: missing field `name`"),
        (r#"{"name":"Ada"}"#, "at `$`: missing field `weight`"),
        (r#"{"name":"Ada","weight":1,"name":"Bea"}"#, "at `$`: duplicate field `name`"),
        (r#"{"name":[]}"#, "at `$.name`: expected a string"),
        ("[]", "at `$`: missing field `name`"),
        ("[[]]", "at `$`: expected struct Pet"),
        (r#"["Ada",1]"#, "at `$`: expected struct Pet"),
        ("null", "at `$`: expected struct Pet"),
    ] {
        let error = serde_json::from_str::<Pet>(json).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{json}: {error}");
    }
}

#[test]
fn writing_a_non_object_as_properties_is_an_error() {
    let error = serde_json::to_string(&Pet { kind: json!(1), ..pet() }).unwrap_err();
    assert_eq!(error.to_string(), "a union beside properties is neither an object nor null");
    let nothing = Pet { kind: Value::Null, ..pet() };
    assert_eq!(serde_json::to_string(&nothing).unwrap(), serde_json::to_string(&pet()).unwrap());
}

thread_local! {
    static COMPARISONS: Cell<usize> = const { Cell::new(0) };
}

/// A struct that contains itself, and counts how often it is compared with a value.
struct Chain;

impl Object for Chain {
    const EXPECTED: &'static str = "struct Chain";
    const PROPERTIES: &'static [&'static str] = &["next"];
    const FITS: &'static [(bool, bool, Fitting)] = &[(false, true, fit_chain)];

    fn read(_: &mut Reader<'_>, _: &mut Option<Self>) -> Result<(), DecodeError> {
        Ok(())
    }
}

fn fit_chain(node: Node<'_>) -> Option<Fit> {
    COMPARISONS.set(COMPARISONS.get() + 1);
    fit_object::<Chain>(node)
}

/// Unions ask at each level.
#[test]
fn nested_objects_are_compared_once_for_each_level() {
    let text = format!("{}{{{}}}{}", r#"{"next":"#.repeat(100), r#""next":{},"a":1"#, "}".repeat(100));
    let document = Document::parse(text.as_bytes(), Limits::NONE).unwrap();
    document
        .read(|mut node| {
            while let Some(next) = node.get("next") {
                fit_chain(node);
                node = next;
            }
            Ok(())
        })
        .unwrap();
    let comparisons = COMPARISONS.get();
    assert!(comparisons < 3_000, "{comparisons}");
}

/// A struct that contains itself under a condition.
struct Link;

impl Object for Link {
    const EXPECTED: &'static str = "struct Link";
    const PROPERTIES: &'static [&'static str] = &["next"];
    const FITS: &'static [(bool, bool, Fitting)] = &[(false, true, Link::fit)];
    const CONDITIONAL: &'static [(usize, Fitting)] = &[(0, Link::fit)];

    fn read(reader: &mut Reader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let mut next: Option<Self> = None;
        while let Some(index) = reader.property()? {
            if index == 0 {
                reader.optional(&mut next)?;
            }
        }
        *place = Some(Self);
        Ok(())
    }
}

impl FromJson for Link {
    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        read_object(node, place)
    }

    fn fit(node: Node<'_>) -> Option<Fit> {
        COMPARISONS.set(COMPARISONS.get() + 1);
        fit_object::<Self>(node)
    }
}

/// A field that is described under a condition asks at each level, too.
#[test]
fn values_under_conditions_are_compared_once_for_each_level() {
    let text = format!("{}7{}", r#"{"next":"#.repeat(100), "}".repeat(100));
    let document = Document::parse(text.as_bytes(), Limits::NONE).unwrap();
    COMPARISONS.set(0);
    document.read(|node| Link::read_json(node, &mut None)).unwrap();
    let comparisons = COMPARISONS.get();
    assert!((100..2_000).contains(&comparisons), "{comparisons}");
}
