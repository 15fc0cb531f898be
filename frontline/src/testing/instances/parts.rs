//! What a value has to match at the same time: a schema, the targets of references, all of `allOf`, and one member of
//! each union.

use std::collections::{HashMap, HashSet};
use std::ptr;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::links::{Links, array};
use super::random::Random;

/// A schema of the document, or a condition that follows from a choice.
pub type Part<'d> = &'d Value;

/// The parts of a value.
#[derive(Default)]
pub struct Parts<'d> {
    pub all: Vec<Part<'d>>,
    /// The references that led to them.
    pub references: Vec<&'d str>,
    /// Properties that the choices rule out.
    pub without: HashSet<&'d str>,
}

/// Chooses, and counts how often each option was chosen.
#[derive(Default)]
pub struct Choices {
    counts: HashMap<(usize, &'static str), Vec<usize>>,
    /// Whether an option was chosen for the first time.
    pub is_new: bool,
}

impl Choices {
    /// Chooses one of the options that were chosen least often. `owner` is the value of the document that has them.
    pub fn choose(&mut self, owner: &Value, what: &'static str, count: usize, random: &mut Random) -> usize {
        if count == 0 {
            return 0;
        }
        let counts = self.counts.entry((ptr::from_ref(owner) as usize, what)).or_default();
        counts.resize(count, 0);
        let least = counts.iter().min().copied().unwrap_or(0);
        let rare: Vec<usize> = (0..count).filter(|index| counts[*index] == least).collect();
        let chosen = random.pick(&rare).copied().unwrap_or(0);
        self.is_new |= least == 0;
        counts[chosen] += 1;
        chosen
    }
}

/// Collects the parts of schemas.
pub struct Collector<'d, 'a> {
    pub links: &'a mut Links<'d>,
    pub choices: &'a mut Choices,
    pub random: &'a mut Random,
    /// Whether unions take the member that ends soonest.
    pub is_tight: bool,
}

impl<'d> Collector<'d, '_> {
    /// Returns the parts of all schemas, or `None` if a choice cannot be met.
    pub fn collect(&mut self, schemas: &[Part<'d>]) -> Option<Parts<'d>> {
        let mut parts = Parts::default();
        schemas.iter().try_for_each(|schema| self.add(schema, &mut parts))?;
        Some(parts)
    }

    fn add(&mut self, schema: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        if !schema.is_object() {
            return (schema != &Value::Bool(false)).then_some(());
        }
        let link = self.links.of(schema);
        if let Some((reference, target)) = link.reference
            && !parts.references.contains(&reference)
        {
            parts.references.push(reference);
            self.add(target?, parts)?;
        }
        parts.all.push(schema);
        link.all_of.iter().try_for_each(|member| self.add(member, parts))?;
        for (key, members) in &link.unions {
            self.member(schema, members, key, parts)?;
        }
        if link.has_heirs {
            self.heir(schema, parts)?;
        }
        if link.has_conditions { self.conditions(schema, parts) } else { Some(()) }
    }

    /// Adds a member of a union, for `anyOf` sometimes a second one.
    fn member(&mut self, schema: &'d Value, members: &'d Value, key: &str, parts: &mut Parts<'d>) -> Option<()> {
        let list = members.as_array()?;
        let chosen = if let Some(heir) = self.heir_in(schema, list, parts) {
            heir
        } else if self.is_tight {
            (0..list.len()).min_by_key(|index| self.weight(&list[*index], parts))?
        } else {
            self.choices.choose(members, "member", list.len(), self.random)
        };
        let member = list.get(chosen)?;
        self.tag(schema, member, parts);
        self.add(member, parts)?;
        if key == "anyOf" && schema.get("discriminator").is_none() && !self.is_tight && self.random.chance(20) {
            let other = self.random.pick(list)?;
            self.add(other, parts)?;
        }
        Some(())
    }

    /// Returns the member that led to this union: one that takes the union over with `allOf` has only its own tag.
    fn heir_in(&mut self, schema: &Value, list: &'d [Value], parts: &Parts<'d>) -> Option<usize> {
        schema.get("discriminator")?;
        let targets: Vec<_> = list.iter().map(|member| self.links.of(member).target()).collect();
        let member = |part: &Part<'d>| targets.iter().position(|target| target.is_some_and(|it| ptr::eq(*part, it)));
        parts.all.iter().find_map(member)
    }

    /// Returns how far a member of a union is from an end.
    fn weight(&mut self, member: &'d Value, parts: &Parts<'d>) -> usize {
        let link = self.links.of(member);
        let is_within = link.reference.is_some_and(|(reference, _)| parts.references.contains(&reference));
        if is_within { 9 } else { link.weight }
    }

    /// Adds the tag of a member to the parts, if the union has a discriminator.
    fn tag(&mut self, schema: &'d Value, member: &'d Value, parts: &mut Parts<'d>) {
        let Some(reference) = member.get("$ref").and_then(Value::as_str) else { return };
        let Some(name) = schema.pointer("/discriminator/propertyName").and_then(Value::as_str) else { return };
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object);
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| target.as_str() == Some(reference));
        let mapped: Vec<&String> = mapped.map(|(tag, _)| tag).collect();
        // A member that is a union itself has the tags of its members.
        let target = self.links.of(member).target();
        let is_union = target.is_some_and(|target| target.get("oneOf").or_else(|| target.get("anyOf")).is_some());
        let tag = self.random.pick(&mapped).map(|tag| (*tag).clone());
        let Some(tag) = tag.or_else(|| (!is_union).then(|| last(reference))) else { return };
        parts.all.push(self.links.tagged(name, &tag));
    }

    /// Adds one of the schemas that extend a schema with a discriminator.
    fn heir(&mut self, schema: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        let heirs = self.links.heirs(schema);
        let discriminator = schema.get("discriminator")?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let known = heirs.mapped.iter().chain(&heirs.found);
        let tag_of = |part: &Part<'d>| known.clone().find(|(_, heir)| ptr::eq(*part, *heir)).map(|(tag, _)| tag);
        if let Some(tag) = parts.all.iter().find_map(tag_of) {
            // An heir led here.
            let is_tagged = |part: &Part<'d>| Links::is_condition(part) && part["properties"].get(name).is_some();
            if !parts.all.iter().any(is_tagged) {
                parts.all.push(self.links.tagged(name, tag));
            }
            return Some(());
        }
        let others: Vec<_> = heirs.mapped.iter().filter(|(_, heir)| !ptr::eq(*heir, schema)).collect();
        let count = others.len().max(heirs.found.len());
        if count == 0 {
            return Some(());
        }
        let chosen = self.choices.choose(discriminator, "heir", count, self.random);
        let (tag, heir) = others.get(chosen).copied().or_else(|| heirs.found.get(chosen))?;
        parts.all.push(self.links.tagged(name, tag));
        // The heir may name its parent by another reference than the one that led here.
        self.add_heir(schema, heir, parts)
    }

    fn add_heir(&mut self, parent: &'d Value, heir: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        parts.all.push(heir);
        for member in array(heir, "allOf") {
            if !self.links.of(member).target().is_some_and(|target| ptr::eq(target, parent)) {
                self.add(member, parts)?;
            }
        }
        Some(())
    }

    fn conditions(&mut self, schema: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        if let Some(condition) = schema.get("if") {
            let holds = self.choices.choose(condition, "if", 2, self.random) == 0;
            if holds {
                self.add(condition, parts)?;
            }
            if let Some(branch) = schema.get(if holds { "then" } else { "else" }) {
                self.add(branch, parts)?;
            }
        }
        for (name, dependent) in schema.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
            if !self.is_tight && self.choices.choose(dependent, "dependent", 2, self.random) == 0 {
                parts.all.push(self.links.condition(json!({ "required": [name] })));
                self.add(dependent, parts)?;
            } else {
                parts.without.insert(name);
            }
        }
        Some(())
    }
}

/// Returns the last segment of a reference, the name of a component.
fn last(reference: &str) -> String {
    let name = percent_decode_str(reference.rsplit('/').next().unwrap_or_default()).decode_utf8_lossy();
    name.replace("~1", "/").replace("~0", "~")
}

/// Returns the highest lower limit of the parts.
pub fn at_least(parts: &Parts<'_>, key: &str) -> usize {
    let limits = parts.all.iter().filter_map(|part| part.get(key)?.as_f64());
    whole(limits.fold(0.0, f64::max))
}

/// Returns the lowest upper limit of the parts.
pub fn at_most(parts: &Parts<'_>, key: &str) -> usize {
    let limits = parts.all.iter().filter_map(|part| part.get(key)?.as_f64());
    whole(limits.fold(f64::from(u32::MAX), f64::min))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the limits are not negative")]
fn whole(number: f64) -> usize {
    number as usize
}
