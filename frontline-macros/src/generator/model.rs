//! What a document says, as plain data: nothing behind `resolve` knows YAML, JSON or OpenAPI.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::place::Place;

/// A client to be.
#[derive(Debug, Default)]
pub struct Api {
    pub docs: String,
    /// The document's own server, if it is absolute.
    pub server: Option<String>,
    pub schemes: Vec<Scheme>,
    pub types: Vec<TypeDef>,
    pub operations: Vec<Operation>,
}

impl Api {
    /// Leaves the names of all types and nothing that could be wrong.
    pub fn keep_names(&mut self) {
        self.docs.clear();
        self.operations.clear();
        let mut seen = BTreeSet::new();
        self.types.retain(|definition| seen.insert(definition.name.clone()));
        for definition in &mut self.types {
            definition.kind = TypeKind::Alias(Type::Value);
        }
    }
}

/// A name in the document and its counterpart in Rust.
#[derive(Clone, Debug)]
pub struct Name {
    pub wire: String,
    pub rust: Ident,
}

#[derive(Debug)]
pub struct Operation {
    pub name: Name,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub method: Method,
    pub path: String,
    /// The operation's own server, where it is not the document's.
    pub server: Option<String>,
    /// The path parameters, in the order of the path.
    pub parameters: Vec<Parameter>,
    pub options: Option<Options>,
    pub body: Option<Body>,
    /// The type of a successful response; nothing where it has no content.
    pub response: Option<Type>,
    /// Schemes by their index in [`Api::schemes`]: any of the outer ones, all of the inner ones.
    pub security: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: Name,
    pub place: Place,
    pub location: Location,
    pub docs: String,
    pub is_required: bool,
    pub is_deprecated: bool,
    pub is_pii: bool,
    pub ty: Type,
}

/// The parameters outside of the path: fields of one struct, which has a field for each in the same order.
#[derive(Debug)]
pub struct Options {
    pub ty: TypeId,
    pub parameters: Vec<Parameter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    Path,
    Query,
    Header,
}

#[derive(Debug)]
pub struct Body {
    pub encoding: Encoding,
    pub is_required: bool,
    pub ty: Type,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Form,
    Json,
}

/// A security scheme of the document.
#[derive(Debug)]
pub struct Scheme {
    pub name: Name,
    pub kind: SchemeKind,
}

#[derive(Debug)]
pub enum SchemeKind {
    Basic,
}

/// A type that the expansion defines.
#[derive(Debug)]
pub struct TypeDef {
    pub name: Ident,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub kind: TypeKind,
}

#[derive(Debug)]
pub enum TypeKind {
    Struct(Struct),
    Enum(Vec<Variant>),
    Alias(Type),
}

#[derive(Debug, Default)]
pub struct Struct {
    pub fields: Vec<Field>,
    /// The type of the values under keys that are no field, where the document speaks of them.
    pub additional: Option<Type>,
    /// Whether a request can hold it: then it has a constructor and setters.
    pub is_sent: bool,
}

#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub is_required: bool,
    pub is_nullable: bool,
    /// Personal data, which `Debug` does not show.
    pub is_pii: bool,
    pub ty: Type,
}

/// A value of a string enum.
#[derive(Debug)]
pub struct Variant {
    pub name: Name,
}

/// An index into [`Api::types`].
pub type TypeId = usize;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F32,
    F64,
    String,
    /// Any JSON value.
    Value,
    List(Box<Type>),
    Map(Box<Type>),
    Named(TypeId),
    Boxed(Box<Type>),
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}
