//! Tests with unions and a struct that are implemented like generated ones.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde_json::Value;

use crate::json::{DecodeError, Document, Fit, Fitting, FromJson, Limits, Node, fit_read, from_json};
use crate::values::{Object, Properties, Reader, Writer};

#[derive(Debug, PartialEq)]
enum Count {
    Integer(i64),
    Text(String),
    Unknown(Value),
}

crate::private::untagged_union!(Count, Integer 0 i64, Text 1 String,);

#[derive(Debug, PartialEq)]
enum Measure {
    Text(String),
    Float(f64),
    Unknown(Value),
}

crate::private::untagged_union!(Measure, Text 0 String, Float 1 f64,);

/// A union in a union has the number.
#[derive(Debug, PartialEq)]
enum Outer {
    Lists(Lists),
    Count(Count),
    Text(String),
    Named(Named),
    Unknown(Value),
}

crate::private::untagged_union!(Outer, Lists 0 Lists, Count 1 Count, Text 2 String, Named 3 Named,);

#[derive(Debug, PartialEq)]
enum Lists {
    Numbers(Vec<Count>),
    Flags(Vec<bool>),
    Unknown(Value),
}

crate::private::untagged_union!(Lists, Numbers 0 Vec<Count>, Flags 1 Vec<bool>,);

/// A struct with a union beside its property.
#[derive(Debug, PartialEq)]
struct Named {
    name: Option<String>,
    lists: Lists,
}

impl Object for Named {
    const EXPECTED: &'static str = "struct Named";
    const PROPERTIES: &'static [&'static str] = &["name"];
    const FITS: &'static [(bool, bool, Fitting)] = &[(false, true, <Option<String> as FromJson>::fit)];
    const REST: &'static [Fitting] = &[<Lists as FromJson>::fit];

    fn read(reader: &mut Reader<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        let mut name = None;
        while let Some(index) = reader.property()? {
            if index == 0 {
                reader.optional(&mut name)?;
            }
        }
        *place = Some(Self { name, lists: reader.part(false, false)? });
        Ok(())
    }
}

crate::private::object!(Named);

impl Properties for Named {
    fn write<'a, M: SerializeMap>(&'a self, writer: Writer<'a, M>) -> Writer<'a, M> {
        writer.optional("name", &self.name).object(&self.lists)
    }
}

#[derive(Debug, PartialEq)]
enum NamedOrMap {
    Named(Named),
    Map(BTreeMap<String, Value>),
    Unknown(Value),
}

crate::private::untagged_union!(NamedOrMap, Named 0 Named, Map 1 BTreeMap<String, Value>,);

fn read<T: FromJson>(json: &str) -> Result<T, DecodeError> {
    Document::parse(json.as_bytes(), Limits::NONE)?.read(from_json)
}

fn number(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_number_that_the_numeric_variant_cannot_hold_does_not_become_text() {
    for json in ["9223372036854775808", "1.5", "1e300"] {
        assert_eq!(read::<Count>(json).unwrap(), Count::Unknown(number(json)), "{json}");
        assert_eq!(read::<Outer>(json).unwrap(), Outer::Unknown(number(json)), "{json}");
    }
    assert_eq!(read::<Measure>("9007199254740993").unwrap(), Measure::Unknown(number("9007199254740993")));
    assert_eq!(read::<Measure>("0.5").unwrap(), Measure::Float(0.5));
    assert_eq!(read::<Count>("\"9223372036854775808\"").unwrap(), Count::Text("9223372036854775808".into()));
    assert_eq!(read::<Count>("true").unwrap(), Count::Text("true".into()));
    assert_eq!(
        read::<Lists>("[1,9223372036854775808]").unwrap(),
        Lists::Numbers(vec![Count::Integer(1), Count::Unknown(number("9223372036854775808"))])
    );
}

#[test]
fn a_number_that_no_value_holds_is_an_error_that_says_what_the_numeric_variant_holds() {
    let error = |error: DecodeError| error.to_string();
    for json in ["18446744073709551616", "1e400"] {
        let expected = error(read::<i64>(json).unwrap_err());
        assert_eq!(error(read::<Count>(json).unwrap_err()), expected, "{json}");
        assert_eq!(error(read::<Outer>(json).unwrap_err()), expected, "{json}");
    }
    assert_eq!(error(read::<Measure>("1e400").unwrap_err()), error(read::<f64>("1e400").unwrap_err()));
}

#[test]
fn a_number_is_text_if_no_variant_is_numeric() {
    assert!(matches!(read::<TextOrLists>("5").unwrap(), TextOrLists::Text(text) if text == "5"));
}

/// The union in it has no number, although its lists have.
#[derive(Debug, PartialEq)]
enum TextOrLists {
    Lists(Lists),
    Text(String),
    Unknown(Value),
}

crate::private::untagged_union!(TextOrLists, Lists 0 Lists, Text 1 String,);

#[test]
fn a_union_that_has_no_variant_for_a_value_is_no_variant_either() {
    assert_eq!(read::<TextOrLists>("{}").unwrap(), TextOrLists::Unknown(number("{}")));
    assert_eq!(read::<Outer>("\"a\"").unwrap(), Outer::Count(Count::Text("a".into())));
    assert!(matches!(read::<Outer>("[1]").unwrap(), Outer::Lists(Lists::Numbers(_))));
}

#[test]
fn a_struct_with_a_union_that_has_no_variant_is_chosen_if_nothing_else_fits() {
    let json = r#"{"name":"a","x":1}"#;
    assert!(matches!(read::<NamedOrMap>(json).unwrap(), NamedOrMap::Map(map) if map.len() == 2));
    let Outer::Named(named) = read(json).unwrap() else { panic!("nothing else is an object") };
    assert_eq!(named, Named { name: Some("a".into()), lists: Lists::Unknown(number(r#"{"x":1}"#)) });
}

#[derive(Debug, PartialEq)]
enum Tagged {
    Named(Named),
    Unknown(Value),
}

crate::private::tagged_union!(Tagged, "kind", true, Named Named ["a"],);

#[derive(Debug, PartialEq)]
enum TaggedOrMap {
    Tagged(Tagged),
    Map(BTreeMap<String, Lists>),
    Unknown(Value),
}

crate::private::untagged_union!(TaggedOrMap, Tagged 0 Tagged, Map 1 BTreeMap<String, Lists>,);

#[test]
fn a_tag_selects_a_struct_whose_union_has_no_variant() {
    let selected = read(r#"{"kind":"a","name":"b"}"#).unwrap();
    assert!(matches!(selected, TaggedOrMap::Tagged(Tagged::Named(Named { lists: Lists::Unknown(_), .. }))));
    assert!(matches!(read(r#"{"kind":"b","name":"b"}"#).unwrap(), TaggedOrMap::Map(_)));
}

#[derive(Debug, PartialEq)]
enum One {
    One,
    Unknown(i64),
}

crate::private::integer_enum!(One, 1);

impl One {
    fn as_i64(&self) -> i64 {
        match self {
            Self::One => 1,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i64> for One {
    fn from(value: i64) -> Self {
        if value == 1 { Self::One } else { Self::Unknown(value) }
    }
}

#[test]
fn another_number_than_the_constant_is_no_text() {
    let fit = |json: &str, fit: fn(Node<'_>) -> Option<Fit>| {
        Document::parse(json.as_bytes(), Limits::NONE).unwrap().read(|node| Ok(fit(node))).unwrap()
    };
    assert_eq!((fit("1", One::fit), fit("2", One::fit)), (Some(Fit::EXACT), Some(Fit::INEXACT)));
    assert_eq!((fit("\"2\"", One::fit), fit("[2]", Vec::<One>::fit)), (None, Some(Fit::INEXACT)));
    // Without the condition, it can have other values.
    assert_eq!(fit("2", fit_read::<One>), Some(Fit::LOOSE));
}

#[test]
fn parts_that_a_union_does_not_know_count_as_values_that_are_not_listed() {
    let fit = |json: &str| {
        Document::parse(json.as_bytes(), Limits::NONE).unwrap().read(|node| Ok(Vec::<Lists>::fit(node))).unwrap()
    };
    assert_eq!(fit("[{}]"), Some(Fit::UNKNOWN));
    assert_eq!(fit("[[1]]"), Some(Fit::EXACT));
}
