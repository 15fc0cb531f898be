//! Types in messages, as a user of the client writes them, without the paths of modules.

use crate::generator::model::{Answer, Api, Body, Content, Field, Payload, Stream, StreamFormat, Type};
use crate::generator::names::bare;

pub fn ty(api: &Api, shown: &Type) -> String {
    let plain = match shown {
        Type::Bool => "bool",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::I128 => "i128",
        Type::F64 => "f64",
        Type::String => "String",
        Type::DateTime => "DateTime",
        Type::Rfc2822 => "Rfc2822",
        Type::Date => "NaiveDate",
        Type::Uuid => "Uuid",
        Type::Base64 => "Base64",
        Type::Value => "Value",
        Type::Nullable(inner) => return format!("Option<{}>", ty(api, inner)),
        Type::List(item) => return format!("Vec<{}>", ty(api, item)),
        Type::Map(value) => return format!("BTreeMap<String, {}>", ty(api, value)),
        Type::Boxed(inner) => return format!("Box<{}>", ty(api, inner)),
        Type::Named(id) => return api.types.get(*id).map(|definition| bare(&definition.name)).unwrap_or_default(),
    };
    plain.to_owned()
}

/// Returns the type of a field whose values other than `None` and null have the type `inner`.
pub fn field(field: &Field, inner: &str) -> String {
    if field.has_three_states {
        format!("Nullable<{inner}>")
    } else if field.is_optional() {
        format!("Option<{inner}>")
    } else {
        inner.to_owned()
    }
}

pub fn payload(api: &Api, payload: &Payload) -> String {
    match payload {
        Payload::Json(shown) | Payload::Form(shown, _) | Payload::Multipart(shown) => ty(api, shown),
        Payload::Text => "String".to_owned(),
        Payload::Bytes => "ByteStream".to_owned(),
    }
}

/// Returns the type of the argument for a request body.
pub fn body(api: &Api, body: &Body) -> String {
    let shown = match (body.choice, body.contents.first()) {
        (Some(id), _) => ty(api, &Type::Named(id)),
        (None, Some(Content { payload: content, .. })) => payload(api, content),
        (None, None) => String::new(),
    };
    if body.is_required { shown } else { format!("Option<{shown}>") }
}

/// Returns the type of the response body that a method returns.
pub fn answer(api: &Api, answer: &Answer) -> String {
    match answer {
        Answer::Empty => "()".to_owned(),
        Answer::One(Payload::Form(..)) => "String".to_owned(),
        Answer::One(Payload::Multipart(_)) => "ByteStream".to_owned(),
        Answer::One(content) => payload(api, content),
        Answer::Optional(inner) => format!("Option<{}>", ty(api, inner)),
        Answer::Choice(id) => ty(api, &Type::Named(*id)),
        Answer::Stream(items) => stream(api, items),
    }
}

pub fn stream(api: &Api, stream: &Stream) -> String {
    let item = ty(api, &stream.item);
    match stream.format {
        StreamFormat::Lines | StreamFormat::Sequence => format!("JsonLines<{item}>"),
        StreamFormat::Events | StreamFormat::TextEvents | StreamFormat::WholeEvents => format!("Events<{item}>"),
    }
}

/// Joins words: `a`, `b` and `c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
