//! Headers of the parts of multipart bodies. Each is a field beside its part.

use proc_macro2::Ident;
use serde_json::Value;

use crate::generator::docs::rustdoc;
use crate::generator::model::{Field, Part, PartKind, Style};
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::places::of_one;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the headers of a part whose encoding is at `place`. `body` is the name of the struct.
    pub(super) fn part_headers(&mut self, place: &Place, part: &Field, body: &Ident) -> Vec<Part> {
        let mut headers = Vec::new();
        for (name, at) in self.document.entries(&place.at("headers")) {
            // OpenAPI ignores it here: `contentType` has its value.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let Some(at) = self.document.follow(&at, self.errors) else { continue };
            let schema = at.at("schema");
            if self.document.value(&schema).is_none() {
                let message = format!("the header `{name}` of this part has no schema, so it is not sent");
                self.errors.warn(Problem::value(&at, message));
                continue;
            }
            let is = |key| self.document.value(&at.at(key)) == Some(&Value::Bool(true));
            let is_required = is("required") && !part.is_optional();
            let style = if is("explode") { Style::SimpleExplode } else { Style::Simple };
            let described = self.document.text(&at.at("description")).map(rustdoc).unwrap_or_default();
            // The name of the field, and of its type, begins with that of the part.
            let own = format!("{} {name}", part.name.wire);
            let mut field = self.field(&own, &of_one(schema), is_required, body);
            self.finish();
            if field.docs.is_empty() {
                field.docs = described;
            }
            field.name.wire = name;
            let header_of = Some(part.name.wire.clone());
            headers.push(Part { header_of, ..Part::new(field, PartKind::Header(style)) });
        }
        headers
    }
}
