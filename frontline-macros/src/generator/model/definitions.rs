//! Types that the expansion defines.

use proc_macro2::{Ident, Span};
use serde_json::Value;

use super::limits::Limits;
use super::name::Name;
use super::payloads::{Content, Outcome, Style};
use super::types::Type;
use crate::generator::problems::Place;

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
    Enum(Vec<Variant<String>>),
    IntegerEnum(Vec<Variant<i64>>),
    Union(Union),
    /// The media types that a request body can have.
    Choice(Vec<Content>),
    /// The successful responses that a call can have.
    Outcomes(Vec<Outcome>),
    Multipart(Vec<Part>),
    Tuple(Tuple),
    Alias(Type),
}

#[derive(Debug, Default)]
pub struct Struct {
    pub fields: Vec<Field>,
    /// Whether requests can contain it. If so, it has a constructor and setters.
    pub is_sent: bool,
    /// Whether a union without a discriminator can contain it, which compares it with values.
    pub is_compared: bool,
    /// Whether it keeps unknown properties. If so, its last field is for them. `None` means that this depends on whether
    /// it is both read and sent, which a pass decides.
    pub keeps_unknown: Option<bool>,
    /// The properties that several of its fields, and of the unions in it, describe. Each of these reads them, and adds
    /// what the others lack when they are written.
    pub shared: Vec<String>,
    /// The same for scalars, whose values must be the same.
    pub shared_scalars: Vec<String>,
    /// Those that several types describe but only the first one reads, unless they are scalars.
    pub shared_first: Vec<String>,
    /// Whether the document forbids properties that it does not list.
    pub is_closed: bool,
    /// The properties that the document requires, but that other types in the same object keep.
    pub required_elsewhere: Vec<String>,
    /// Whether it is too large to be on the stack more than once for each level of nested values.
    pub is_large: bool,
}

#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub place: Place,
    pub docs: String,
    pub is_deprecated: bool,
    pub is_required: bool,
    pub is_nullable: bool,
    pub access: Access,
    /// Whether its struct is also used in the direction that `access` excludes.
    pub is_one_way: bool,
    /// Whether it is required, but the service may omit it all the same, or send null.
    pub is_unreliable: bool,
    /// Whether an absent property and a null property mean different things.
    pub has_three_states: bool,
    /// Whether the properties of its type are inlined into the struct: unions, and the map of unlisted properties.
    pub is_flattened: bool,
    /// Whether it is personal data, which `Debug` does not show.
    pub is_pii: bool,
    /// The only value that the document allows.
    pub constant: Option<Value>,
    /// The only value of the tag that selects its struct in unions.
    pub selector: Option<String>,
    /// Whether it is described under a condition only, or by some members of an `anyOf`, so that it can have other values
    /// elsewhere.
    pub is_conditional: bool,
    /// The value that an absent property stands for.
    pub default: Option<Value>,
    pub limits: Limits,
    pub ty: Type,
}

/// The direction in which a property is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    #[default]
    Both,
    /// Only in responses.
    ReadOnly,
    /// Only in requests.
    WriteOnly,
}

/// A value of an enum.
#[derive(Debug)]
pub struct Variant<T> {
    pub name: Ident,
    pub value: T,
    pub docs: String,
}

/// A list whose items each have their own type. With a single item, it is a newtype, which lets a list or a map contain
/// itself.
#[derive(Debug)]
pub struct Tuple {
    /// If `has_rest` is set, the last is the type of all further items.
    pub items: Vec<Type>,
    /// The number of items that are always there.
    pub least: usize,
    pub has_rest: bool,
}

/// A part of a multipart body.
#[derive(Debug)]
pub struct Part {
    pub field: Field,
    pub kind: PartKind,
    /// The media type that the document sets for it.
    pub media: Option<String>,
    /// The name of the part that it is a header of.
    pub header_of: Option<String>,
}

impl Part {
    /// Creates a part without a media type.
    pub fn new(field: Field, kind: PartKind) -> Self {
        Self { field, kind, media: None, header_of: None }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    Text,
    Json,
    /// Text or JSON, as the value requires.
    Value,
    File,
    Files,
    /// A header of another part.
    Header(Style),
}

/// A value of one of several types.
#[derive(Debug, Default)]
pub struct Union {
    /// The property that selects a variant. Without it, the variant that fits best is chosen.
    pub tag: Option<UnionTag>,
    pub variants: Vec<UnionVariant>,
    /// Whether a value can match several variants at once.
    pub can_overlap: bool,
    /// Whether its values are personal data, which `Debug` does not show.
    pub is_pii: bool,
    /// Whether a variant contains personal data. A value that fits no variant then counts as personal data too.
    pub has_pii: bool,
}

#[derive(Clone, Debug)]
pub struct UnionTag {
    pub property: String,
    /// Whether its values are sent as text, rather than as numbers or booleans.
    pub is_text: bool,
    /// Whether the document says which of these it is.
    pub is_described: bool,
}

#[derive(Debug)]
pub struct UnionVariant {
    pub name: Ident,
    /// The values of the tag that select this variant.
    pub tags: Vec<String>,
    pub ty: Type,
}

impl Field {
    /// Creates an optional field without docs.
    pub fn optional(wire: &str, rust: Ident, place: &Place, ty: Type) -> Self {
        Self {
            name: Name { wire: wire.to_owned(), rust },
            place: place.clone(),
            docs: String::new(),
            is_deprecated: false,
            is_required: false,
            is_nullable: false,
            access: Access::Both,
            is_one_way: false,
            is_unreliable: false,
            has_three_states: false,
            is_flattened: false,
            is_pii: false,
            constant: None,
            selector: None,
            is_conditional: false,
            default: None,
            limits: Limits::default(),
            ty,
        }
    }

    /// Creates the field for the properties that a struct with the fields `others` does not list.
    pub fn additional_properties(value: Type, place: &Place, others: &[Self]) -> Self {
        let docs = "The properties that the document does not list. A field that is set takes precedence over an entry with \
                    the name of its property.";
        Self::flattened("additional_properties", docs, Type::Map(Box::new(value)), place, others)
    }

    /// Creates a field that contains several properties. It gets underscores if a property has the same name.
    pub fn flattened(name: &str, docs: &str, ty: Type, place: &Place, others: &[Self]) -> Self {
        let mut name = name.to_owned();
        while others.iter().any(|field| field.name.rust == name) {
            name.push('_');
        }
        let rust = Ident::new(&name, Span::call_site());
        Self { docs: docs.to_owned(), is_required: true, is_flattened: true, ..Self::optional(&name, rust, place, ty) }
    }

    /// Whether it contains the properties of a union.
    pub fn is_union(&self) -> bool {
        self.is_flattened && !matches!(self.ty, Type::Map(_))
    }

    /// Whether it can be absent or null.
    pub fn is_optional(&self) -> bool {
        self.may_lack() || self.is_nullable
    }

    /// Whether it can be absent.
    pub fn may_lack(&self) -> bool {
        !self.is_required || self.is_one_way || self.is_unreliable
    }

    /// Whether a new struct has no value for it.
    pub fn starts_empty(&self) -> bool {
        let is_map = self.is_flattened && matches!(self.ty, Type::Map(_));
        is_map || !self.is_asked_for()
    }

    /// Returns the name of its setter, and whether that differs from the field's, because users call a function of this name
    /// on every struct.
    pub fn setter(&self) -> (Ident, bool) {
        let name = &self.name.rust;
        let is_taken = ["clone", "default", "new"].iter().any(|taken| name == taken);
        (if is_taken { Ident::new(&format!("{name}_"), Span::call_site()) } else { name.clone() }, is_taken)
    }

    /// Whether requests must contain it.
    pub fn is_asked_for(&self) -> bool {
        let is_null_without = self.is_nullable && !self.has_three_states;
        !self.is_optional() || (self.is_required && !is_null_without && self.access != Access::ReadOnly)
    }
}

impl TypeKind {
    /// Returns whether a field is deprecated.
    pub fn has_deprecated(&self) -> bool {
        match self {
            Self::Struct(structure) => structure.fields.iter().any(|field| field.is_deprecated),
            Self::Multipart(parts) => parts.iter().any(|part| part.field.is_deprecated),
            _ => false,
        }
    }
}
