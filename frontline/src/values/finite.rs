//! Serialization to JSON that refuses NaN and infinity, which `serde_json` writes as null, dates whose year does not have
//! four digits, and properties that are set to null where only JSON could express that.

use std::fmt;

use chrono::NaiveDate;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use serde_json::{Error, Value};

use super::entry::{self, ENTRY, NAME_OF_ENTRY};
use super::nullable::NAME_OF_NULL;

const NOT_FINITE: &str = "a number is NaN or infinite";
const NULL: &str = "a property is null, which only JSON can express";
/// Errors of tags contain this text, and no values of the user.
pub(super) const OTHER_VARIANT: &str = "selects another variant of the union";
/// The same for errors of types that write one object.
pub(super) const DIFFERENT: &str = "different values in types that are written as one object";

/// Serializes a value as a JSON value.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite.
pub(crate) fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    to_value_in_levels(value, 0)
}

/// Serializes a value as a JSON value that will be encoded in a form, where a property that is null is left out. `levels`
/// is the number of objects and lists, one inside of the other, that do not become JSON text.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite, or a `Nullable` in these levels is null.
pub(crate) fn to_value_in_levels(value: &(impl Serialize + ?Sized), levels: u32) -> Result<Value, Error> {
    value.serialize(Finite(serde_json::value::Serializer, Mode { count: levels, ..Mode::default() }))
}

/// Version of [`to_value_in_levels`] for an object whose properties have different levels, which `of` returns.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite, or a `Nullable` in these levels is null.
pub(crate) fn to_value_by_name(value: &(impl Serialize + ?Sized), of: &dyn Fn(&str) -> u32) -> Result<Value, Error> {
    value.serialize(Finite(serde_json::value::Serializer, Mode { count: 1, of: Some(of), marks: false }))
}

/// Version of [`to_value`] that marks the entries of maps of generated structs, and properties that are set to null.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite.
pub(super) fn to_marked_value(value: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    value.serialize(Finite(serde_json::value::Serializer, Mode { marks: true, ..Mode::default() }))
}

/// Serializes a value as JSON text.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite.
pub(crate) fn to_vec(value: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Error> {
    let mut json = Vec::new();
    value.serialize(Finite(&mut serde_json::Serializer::new(&mut json), Mode::default()))?;
    Ok(json)
}

/// Returns `message` with the reason for the error, unless the reason may quote the value.
pub(crate) fn explain(message: String, error: &Error) -> String {
    let reason = error.to_string();
    if reason == NOT_FINITE || reason == NULL || [OTHER_VARIANT, DIFFERENT].iter().any(|known| reason.contains(known)) {
        format!("{message}: {reason}")
    } else {
        message
    }
}

/// From here on, `serde_json` writes whole numbers with an exponent instead of `.0`.
const LONGEST: f64 = 1e16;

/// An integer has no sign if it is zero.
fn is_negative_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// How values are written.
#[derive(Clone, Copy, Default)]
struct Mode<'l> {
    /// The number of levels in which a `Nullable` must not be null.
    count: u32,
    /// The levels of the properties, if this is an object whose properties differ.
    of: Option<&'l dyn Fn(&str) -> u32>,
    /// Whether the entries of maps, and properties that are set to null, are marked.
    marks: bool,
}

impl Mode<'_> {
    fn inside(self) -> Self {
        Self { count: self.count.saturating_sub(1), ..self }
    }
}

/// A serializer, its parts, or a value for it, and how it writes. It passes on everything but values that cannot be sent.
struct Finite<'l, T>(T, Mode<'l>);

impl<T: Serialize + ?Sized> Serialize for Finite<'_, &T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Finite(serializer, self.1))
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
            self.0.$method($($argument),*).map(|parts| Finite(parts, self.1.inside()))
        }
    )*};
}

impl<'l, S: Serializer> Serializer for Finite<'l, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Finite<'l, S::SerializeSeq>;
    type SerializeTuple = Finite<'l, S::SerializeTuple>;
    type SerializeTupleStruct = Finite<'l, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Finite<'l, S::SerializeTupleVariant>;
    type SerializeMap = Finite<'l, S::SerializeMap>;
    type SerializeStruct = Finite<'l, S::SerializeStruct>;
    type SerializeStructVariant = Finite<'l, S::SerializeStructVariant>;

    fn serialize_f32(self, number: f32) -> Result<S::Ok, S::Error> {
        self.serialize_f64(number.into())
    }

    /// Writes whole numbers without a fraction. Some servers do not accept `3.0` where they mean an integer.
    fn serialize_f64(self, number: f64) -> Result<S::Ok, S::Error> {
        #[allow(clippy::cast_possible_truncation, reason = "the number is whole and in the range of `i64`")]
        match number {
            _ if !number.is_finite() => Err(S::Error::custom(NOT_FINITE)),
            // Whether it is an integer matters when values are compared.
            _ if self.1.marks => self.0.serialize_f64(number),
            _ if number.fract() == 0.0 && number.abs() < LONGEST && !is_negative_zero(number) => {
                self.0.serialize_i64(number as i64)
            }
            _ => self.0.serialize_f64(number),
        }
    }

    /// A JSON value holds only integers of 64 bits. Where it becomes text, others are text already.
    fn serialize_i128(self, value: i128) -> Result<S::Ok, S::Error> {
        let is_long = i64::try_from(value).is_err() && u64::try_from(value).is_err();
        if is_long && self.1.count > 0 {
            self.0.serialize_str(&value.to_string())
        } else {
            self.0.serialize_i128(value)
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

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        if name == NAME_OF_NULL && self.1.count > 0 {
            return Err(S::Error::custom(NULL));
        }
        if name == NAME_OF_NULL && self.1.marks {
            return self.0.serialize_newtype_variant(name, 0, entry::NULL, &());
        }
        self.0.serialize_unit_struct(name)
    }

    pass! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
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
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Finite(value, self.1))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        if name == NAME_OF_ENTRY && self.1.marks {
            return self.0.serialize_newtype_variant(name, 0, ENTRY, &Finite(value, self.1));
        }
        self.0.serialize_newtype_struct(name, &Finite(value, self.1))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Finite(value, self.1))
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
        impl<S: $name> $name for Finite<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            $(fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.$method($($key,)? &Finite(value, Mode { of: None, ..self.1 }))
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
    SerializeStruct serialize_field(key);
    SerializeStructVariant serialize_field(key);
}

impl<S: SerializeMap> SerializeMap for Finite<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        if let Some(of) = self.1.of
            && let Ok(Value::String(name)) = to_value(key)
        {
            self.1.count = of(&name);
        }
        self.0.serialize_key(&Finite(key, Mode { count: 0, of: None, ..self.1 }))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Finite(value, Mode { of: None, ..self.1 }))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

#[cfg(test)]
mod tests;
