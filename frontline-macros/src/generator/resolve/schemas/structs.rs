//! Structs: objects with properties.

use proc_macro2::Ident;
use serde_json::Value;

use super::unheard::KEEPS;
use crate::generator::model::{Field, Struct, Type};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::merged::{Additional, Merged};
use crate::generator::resolve::places::Places;
use crate::generator::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Returns the struct of the schemas at `places`, which were merged.
    pub(super) fn structure(&mut self, places: &[Place], merged: &Merged, name: &Ident) -> Struct {
        let mut fields = Vec::new();
        for (property, places) in merged.described() {
            let field = self.field(property, &places, merged.required.contains_key(property), name);
            fields.push(Field { is_conditional: merged.partial.contains(property), ..field });
        }
        fields.extend(self.conditional(merged, name));
        self.mark_conditional(merged, &mut fields);
        let undescribed = self.undescribed(places, merged);
        fields.extend(undescribed.fields);
        for (at, facts) in &merged.unions {
            let ty = self.union_part(at, facts, name);
            let field = Field::flattened("variant", "Further properties, in one of several forms.", ty, at, &fields);
            fields.push(field);
        }
        let values = match merged.rest() {
            Some(Additional::Of(values)) => Some(self.element_of(values, &names::nested(name, "value"))),
            Some(Additional::Any) => Some(Type::Value),
            Some(Additional::None) | None => None,
        };
        if let (Some(ty), Some(place)) = (values, places.last()) {
            let mut field = Field::additional_properties(ty, place, &fields);
            field.is_pii = self.has_personal_rest(merged.rest());
            fields.push(field);
        }
        if places.iter().any(|place| self.is_personal(place)) {
            for field in &mut fields {
                field.is_pii = true;
            }
        }
        let keeps_unknown = self.keeps_unknown(places, merged.rest()).or(undescribed.is_elsewhere.then_some(true));
        let is_closed = matches!(merged.additional, Some(Additional::None));
        let required_elsewhere = undescribed.required_elsewhere;
        Struct { fields, keeps_unknown, is_closed, required_elsewhere, ..Struct::default() }
    }

    /// Returns whether the struct of the schemas at `places` keeps the properties that they do not list.
    fn keeps_unknown(&mut self, places: &[Place], additional: Option<&Additional>) -> Option<bool> {
        self.keeping.extend(places.iter().map(|place| (place.clone(), true)));
        let mut options = places.iter().rev().map(|place| place.at(KEEPS));
        let chosen = options.find_map(|at| Some((self.document.value(&at)?.clone(), at)));
        match (chosen, additional) {
            // The field for additional properties keeps them.
            (_, Some(Additional::Of(_) | Additional::Any)) | (None, Some(Additional::None)) => Some(false),
            (None, None) => self.keeps_unknown,
            (Some((Value::Bool(keeps), _)), _) => Some(keeps),
            (Some((_, at)), _) => {
                let problem = Problem::value(&at, "`x-rust-keep-unknown` must be `true` or `false`");
                self.errors.spare(problem, "this is ignored");
                None
            }
        }
    }

    /// Returns the field for a property that the schemas at `places` describe.
    pub fn field(&mut self, property: &str, places: &Places, is_required: bool, parent: &Ident) -> Field {
        let notes = self.notes_of(places);
        let chosen = places.iter().rev().find_map(|place| self.document.text(&place.at("x-rust-name")));
        let rust = chosen.map_or_else(|| names::snake(property), names::snake);
        let known = places.only().and_then(|only| self.by_place.get(only).cloned().flatten());
        let ty = known.unwrap_or_else(|| self.together(places, &names::nested(parent, property)));
        let place = places.last().cloned().unwrap_or_else(|| Place::root(0));
        let constant = places.iter().rev().find_map(|place| self.constant(place));
        let null = || places.iter().any(|place| self.is_always_null(place)).then_some(Value::Null);
        Field {
            docs: notes.docs(),
            is_deprecated: notes.is_deprecated,
            is_required,
            is_nullable: notes.is_nullable,
            default: notes.default,
            limits: notes.limits,
            access: notes.access,
            is_pii: places.iter().any(|place| self.is_personal(place)),
            constant: constant.or_else(null),
            ..Field::optional(property, rust, &place, ty)
        }
    }
}
