//! Tags: the values of a property that tell the members of a union apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapiv3::Schema;
use serde_json::Value;

use super::facts::facts;
use super::member::Member;
use super::names::own_wire_name;
use crate::generator::document::{LONGEST_CHAIN, is_path};
use crate::generator::model::{UnionTag, UnionVariant};
use crate::generator::problems::{Errors, Place, Problem};
use crate::generator::resolve::resolver::Resolver;

/// A property whose value selects a member of a union.
pub(super) struct Tag {
    pub property: String,
    /// Values, with the places of the schemas that they select.
    pub mapping: Vec<(String, Place)>,
}

impl Resolver<'_> {
    /// Returns the discriminator of the union at `place`, or else the one of a schema that all members extend, or else a
    /// required property that has a different constant in each member.
    pub(super) fn tag(&mut self, place: &Place, members: &[Member]) -> Option<Tag> {
        let own = self.own_tag(place).or_else(|| self.inherited_tag(members));
        own.or_else(|| self.common_tag(members).map(|property| Tag { property, mapping: Vec::new() }))
    }

    /// Returns the discriminator of the schema at `place`.
    pub(super) fn own_tag(&mut self, place: &Place) -> Option<Tag> {
        let at = place.at("discriminator");
        let property = self.document.text(&at.at("propertyName"))?.to_owned();
        let mut mapping = Vec::new();
        for (value, at) in self.document.entries(&at.at("mapping")) {
            let Some(target) = self.document.text(&at) else { continue };
            mapping.extend(self.mapped(target, &value, &at).map(|target| (value, target)));
        }
        Some(Tag { property, mapping })
    }

    /// Returns the schema that `value` is mapped to by the reference at `place`. If there is none, a value with this tag
    /// is kept as `Unknown`, so only a missing file is an error.
    fn mapped(&mut self, reference: &str, value: &str, place: &Place) -> Option<Place> {
        let part = self.errors.part();
        // It can be the bare name of a component schema.
        let named = Place::root(place.file).at("components").at("schemas").at(reference);
        let target = if self.document.value(&named).is_some() {
            Some(named)
        } else if !reference.contains('#') && !is_path(reference) {
            self.document.target(&named.to_string(), place, self.errors)
        } else {
            self.document.target(reference, place, self.errors)
        };
        let target = target.and_then(|target| self.document.follow(&target, self.errors));
        let unknown = format!("a value with the tag `{value}` is `Unknown`");
        if is_path(reference) {
            self.errors.end(part, || unknown);
        } else {
            for problem in self.errors.take(part) {
                self.errors.warn(problem.because(&unknown));
            }
        }
        target
    }

    /// Returns the discriminator of a schema that all members extend.
    fn inherited_tag(&mut self, members: &[Member]) -> Option<Tag> {
        let (first, rest) = members.split_first()?;
        let rest: Vec<HashSet<Place>> =
            rest.iter().map(|member| self.extended(&member.target).into_iter().collect()).collect();
        let of_all = |place: &Place| *place != first.target && rest.iter().all(|places| places.contains(place));
        let common = self.extended(&first.target).into_iter().filter(of_all);
        common.collect::<Vec<_>>().iter().find_map(|place| self.own_tag(place))
    }

    /// Returns a property that is required in each member, and has a different constant in each.
    fn common_tag(&mut self, members: &[Member]) -> Option<String> {
        let mut constants = Vec::new();
        for member in members {
            let own = self.constants(&member.target);
            constants.push((member, Some(own).filter(|own| !own.is_empty())?));
        }
        let (first, _) = constants.first()?;
        let properties = self.all_properties(&first.target).into_iter().map(|(name, _)| name);
        properties.into_iter().find(|property| {
            let values = constants.iter().map(|(member, constants)| {
                let value = constants.get(property)?;
                self.requires(&member.target, property).then(|| spelled(value))
            });
            values.collect::<Option<BTreeSet<String>>>().is_some_and(|values| values.len() == members.len())
        })
    }

    /// Returns whether values of the schema at `place` must have a property.
    fn requires(&self, place: &Place, property: &str) -> bool {
        let lists = self.extended(place).into_iter().map(|place| place.at("required"));
        lists.filter_map(|list| self.document.value(&list)?.as_array()).flatten().any(|name| name == property)
    }

    /// Returns the values of the tag that select each of the schemas at `places`.
    pub(super) fn tags(&mut self, places: &[Place], tag: &Tag) -> Vec<Vec<String>> {
        self.tags_below(places, tag, &mut Vec::new())
    }

    /// Besides the certain values, a schema is selected by those of its enum that no other schema has and that are not
    /// mapped. Without any of these, its name selects it.
    fn tags_below(&mut self, places: &[Place], tag: &Tag, seen: &mut Vec<Place>) -> Vec<Vec<String>> {
        let mut claims = Vec::new();
        let mut counts: HashMap<String, usize> = HashMap::new();
        for place in places {
            let certain = self.certain_tags(place, tag, seen);
            let listed = self.listed(place, &tag.property);
            let own = self.names.contains_key(place).then(|| place.key());
            let name = own.or_else(|| own_wire_name(self.document, place));
            let name = name.filter(|name| certain.is_empty() && (listed.is_empty() || listed.contains(name)));
            let claimed: BTreeSet<&String> = certain.iter().chain(&listed).chain(&name).collect();
            for value in claimed {
                *counts.entry(value.clone()).or_default() += 1;
            }
            claims.push((certain, listed, name));
        }
        let is_mapped = |value: &String| tag.mapping.iter().any(|(mapped, _)| mapped == value);
        let is_free = |value: &String| counts.get(value) == Some(&1) && !is_mapped(value);
        let tags = claims.into_iter().map(|(mut tags, listed, name)| {
            tags.extend(name);
            tags.extend(listed.into_iter().filter(is_free));
            tags
        });
        tags.collect()
    }

    /// Returns the values of the tag that are mapped to the schema at `place` and, if it is a union, those of its
    /// members. Without any of these, its constant.
    fn certain_tags(&mut self, place: &Place, tag: &Tag, seen: &mut Vec<Place>) -> Vec<String> {
        let mapped = tag.mapping.iter().filter(|(_, target)| target == place);
        let mut tags: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        if !seen.contains(place) && seen.len() < LONGEST_CHAIN {
            seen.push(place.clone());
            tags.extend(self.tags_of_members(place, tag, seen));
        }
        if tags.is_empty() {
            tags.extend(self.constants(place).get(&tag.property).map(spelled));
        }
        tags
    }

    /// Returns the values that the enums of a property of the schema at `place` have in common. Those of a schema with
    /// a discriminator do not count: all schemas that extend it have them.
    fn listed(&self, place: &Place, property: &str) -> Vec<String> {
        let mut schemas = self.extended(place);
        schemas.retain(|place| self.document.value(&place.at("discriminator")).is_none());
        let places = schemas.into_iter().flat_map(|place| self.extended(&place.at("properties").at(property)));
        let mut lists = places.filter_map(|place| {
            let schema = self.document.object(&place)?;
            schema.get("const").map(std::slice::from_ref).or_else(|| Some(schema.get("enum")?.as_array()?.as_slice()))
        });
        let is_tag = |value: &&Value| value.is_string() || value.is_number() || value.is_boolean();
        let mut common: Vec<String> = lists.next().into_iter().flatten().filter(is_tag).map(spelled).collect();
        for list in lists {
            let list: HashSet<String> = list.iter().map(spelled).collect();
            common.retain(|value| list.contains(value));
        }
        common
    }

    /// Returns the values of the tag that select a member of the schema at `place`, if that is a union.
    fn tags_of_members(&mut self, place: &Place, tag: &Tag, seen: &mut Vec<Place>) -> Vec<String> {
        // The members' references are reported when the union is read.
        let Some(schema) = self.document.read_here::<Schema>(place, &mut Errors::default()) else { return Vec::new() };
        let members = self.members(&facts(schema));
        let own = self.own_tag(place).filter(|own| own.property == tag.property);
        let targets = match &own {
            Some(own) if members.is_empty() => self.subtypes(place, own),
            _ => members.iter().map(|member| member.target.clone()).collect(),
        };
        let is_told = own.is_some() || self.common_tag(&members).as_ref() == Some(&tag.property);
        let own = own.unwrap_or_else(|| Tag { property: tag.property.clone(), mapping: Vec::new() });
        if is_told {
            return self.tags_below(&targets, &own, seen).concat();
        }
        // Without a discriminator, names are no tags. But members that are unions can have one.
        targets.iter().flat_map(|target| self.certain_tags(target, &own, seen)).collect()
    }

    /// Returns the tag of the union at `place`, with what its values are sent as.
    pub(super) fn union_tag(
        &mut self,
        place: &Place,
        tag: Tag,
        members: &[Member],
        variants: &mut [UnionVariant],
    ) -> UnionTag {
        let all = || variants.iter().flat_map(|variant| &variant.tags);
        let is_like = |is: fn(&Value) -> bool| all().all(|tag| serde_json::from_str(tag).is_ok_and(|tag| is(&tag)));
        let looks_like_text = all().next().is_none() || !(is_like(Value::is_number) || is_like(Value::is_boolean));
        let mut places = members.iter().map(|member| &member.target).chain([place]);
        let described = places.find_map(|place| self.is_text(place, &tag.property, &mut Vec::new()));
        if described.is_none() && !looks_like_text {
            let message = format!("no schema describes `{}`, so its values are sent without quotes", tag.property);
            let help = "describe the property in the members of the union";
            self.errors.warn(Problem::value(&place.at("discriminator"), message).help(help));
        }
        let is_described = described.is_some();
        let is_text = described.unwrap_or(looks_like_text);
        if !is_text {
            let mut seen = BTreeSet::new();
            for variant in variants {
                let tags = variant.tags.iter().map(|tag| as_json(tag));
                variant.tags = tags.filter(|tag| seen.insert(tag.clone())).collect();
            }
        }
        UnionTag { property: tag.property, is_text, is_described }
    }

    /// Returns whether a property of the schema at `place`, or of its members, is text, or `None` if it is not
    /// described.
    fn is_text(&self, place: &Place, property: &str, seen: &mut Vec<Place>) -> Option<bool> {
        if seen.contains(place) || seen.len() == LONGEST_CHAIN {
            return None;
        }
        seen.push(place.clone());
        let described = self.all_properties(place).into_iter().filter(|(name, _)| name == property);
        let is_text = described.flat_map(|(_, place)| self.extended(&place)).find_map(|place| {
            let schema = self.document.object(&place)?;
            let value = schema.get("const").or_else(|| schema.get("enum")?.as_array()?.first());
            let typ = schema.get("type").and_then(|typ| typ.as_str().or_else(|| typ.as_array()?.first()?.as_str()));
            typ.map(|typ| typ == "string").or_else(|| value.map(Value::is_string))
        });
        is_text.or_else(|| {
            let unions = self.extended(place).into_iter().flat_map(|place| [place.at("oneOf"), place.at("anyOf")]);
            let members = unions.flat_map(|union| {
                let count = self.document.value(&union).and_then(Value::as_array).map_or(0, Vec::len);
                (0..count).map(move |index| union.at(&index.to_string())).collect::<Vec<_>>()
            });
            members.map(|member| self.document.behind(&member)).find_map(|place| self.is_text(&place, property, seen))
        })
    }
}

/// Returns a tag as it is compared: numbers and booleans as JSON.
fn spelled(tag: &Value) -> String {
    tag.as_str().map_or_else(|| tag.to_string(), ToOwned::to_owned)
}

/// Returns a tag that is not text as the runtime compares it: the keys of a mapping can be spelled `1.0` or `True`.
#[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
fn as_json(tag: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    match tag.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => (number as i64).to_string(),
        Ok(number) if number.fract() != 0.0 && number.is_finite() => Value::from(number).to_string(),
        Err(_) if lower == "true" || lower == "false" => lower,
        _ => tag.to_owned(),
    }
}
