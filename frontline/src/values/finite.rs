//! Serialization to JSON that refuses NaN and infinity, which `serde_json` writes as null, and dates whose year does not
//! have four digits.

use std::fmt;

use chrono::NaiveDate;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use serde_json::{Error, Value};

const NOT_FINITE: &str = "a number is NaN or infinite";
/// Errors of tags contain this text, and no values of the user.
pub(super) const OTHER_VARIANT: &str = "selects another variant of the union";

/// Serializes a value as a JSON value.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite.
pub(crate) fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    value.serialize(Finite(serde_json::value::Serializer))
}

/// Serializes a value as JSON text.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite.
pub(crate) fn to_vec(value: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Error> {
    let mut json = Vec::new();
    value.serialize(Finite(&mut serde_json::Serializer::new(&mut json)))?;
    Ok(json)
}

/// Returns `message` with the reason for the error, unless the reason may quote the value.
pub(crate) fn explain(message: String, error: &Error) -> String {
    let reason = error.to_string();
    if reason == NOT_FINITE || reason.contains(OTHER_VARIANT) { format!("{message}: {reason}") } else { message }
}

/// From here on, `serde_json` writes whole numbers with an exponent instead of `.0`.
const LONGEST: f64 = 1e16;

/// An integer has no sign if it is zero.
fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// A serializer, its parts, or a value for it. It passes on everything but numbers and dates that cannot be sent.
struct Finite<T>(T);

impl<T: Serialize + ?Sized> Serialize for Finite<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Finite(serializer))
    }
}

macro_rules! pass {
    ($($method:ident($($argument:ident: $ty:ty),*);)*) => {$(
        fn $method(self, $($argument: $ty),*) -> Result<S::Ok, S::Error> {
            self.0.$method($($argument),*)
        }
    )*};
}

macro_rules! start {
    ($($compound:ident $method:ident($($argument:ident: $ty:ty),*);)*) => {$(
        fn $method(self, $($argument: $ty),*) -> Result<Self::$compound, S::Error> {
            self.0.$method($($argument),*).map(Finite)
        }
    )*};
}

impl<S: Serializer> Serializer for Finite<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Finite<S::SerializeSeq>;
    type SerializeTuple = Finite<S::SerializeTuple>;
    type SerializeTupleStruct = Finite<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Finite<S::SerializeTupleVariant>;
    type SerializeMap = Finite<S::SerializeMap>;
    type SerializeStruct = Finite<S::SerializeStruct>;
    type SerializeStructVariant = Finite<S::SerializeStructVariant>;

    fn serialize_f32(self, number: f32) -> Result<S::Ok, S::Error> {
        self.serialize_f64(number.into())
    }

    /// Writes whole numbers without a fraction. Some servers do not accept `3.0` where they mean an integer.
    fn serialize_f64(self, number: f64) -> Result<S::Ok, S::Error> {
        #[allow(clippy::cast_possible_truncation, reason = "the number is whole and in the range of `i64`")]
        match number {
            _ if !number.is_finite() => Err(S::Error::custom(NOT_FINITE)),
            _ if number.fract() == 0.0 && number.abs() < LONGEST && !is_negative_zero(number) => {
                self.0.serialize_i64(number as i64)
            }
            _ => self.0.serialize_f64(number),
        }
    }

    /// Dates are written with this method, and strings are not. RFC 3339 has no years with a sign or more than four digits.
    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let text = value.to_string();
        if text.starts_with(['+', '-']) && text.parse::<NaiveDate>().is_ok() {
            return Err(S::Error::custom("the year does not have four digits"));
        }
        self.0.serialize_str(&text)
    }

    pass! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Finite(value))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, &Finite(value))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Finite(value))
    }

    start! {
        SerializeSeq serialize_seq(len: Option<usize>);
        SerializeTuple serialize_tuple(len: usize);
        SerializeTupleStruct serialize_tuple_struct(name: &'static str, len: usize);
        SerializeTupleVariant serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        );
        SerializeMap serialize_map(len: Option<usize>);
        SerializeStruct serialize_struct(name: &'static str, len: usize);
        SerializeStructVariant serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        );
    }
}

macro_rules! compound {
    ($($name:ident $($method:ident($($key:ident)?))*;)*) => {$(
        impl<S: $name> $name for Finite<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            $(fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.$method($($key,)? &Finite(value))
            })*

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

compound! {
    SerializeSeq serialize_element();
    SerializeTuple serialize_element();
    SerializeTupleStruct serialize_field();
    SerializeTupleVariant serialize_field();
    SerializeMap serialize_key() serialize_value();
    SerializeStruct serialize_field(key);
    SerializeStructVariant serialize_field(key);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;
    use serde::Serialize;
    use serde_json::json;

    use super::{explain, to_value, to_vec};

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
            let parts =
                shapes.iter().skip(1).map(to_value).chain([to_value(&pair), to_value(&map), to_value(&[number])]);
            for part in parts {
                assert_eq!(explain("no".to_owned(), &part.unwrap_err()), "no: a number is NaN or infinite");
            }
            assert!(to_vec(&all(number)).is_err());
        }
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
}
