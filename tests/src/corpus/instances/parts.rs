//! What a value has to match at the same time: a schema, the targets of references, all of `allOf`, and one member of
//! each union.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::random::Random;
use frontline::private::contract::target;

/// A schema of the document, or a condition that follows from a choice.
pub type Part<'d> = Cow<'d, Value>;

/// The parts of a value.
#[derive(Default)]
pub struct Parts<'d> {
    pub all: Vec<Part<'d>>,
    /// The references that led to them.
    pub references: HashSet<&'d str>,
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
        let counts = self.counts.entry((std::ptr::from_ref(owner) as usize, what)).or_default();
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
    pub trees: &'d Value,
    pub choices: &'a mut Choices,
    pub random: &'a mut Random,
    /// Whether unions take the member that ends soonest.
    pub is_tight: bool,
}

impl<'d> Collector<'d, '_> {
    /// Returns the parts of all schemas, or `None` if a choice cannot be met.
    pub fn collect(&mut self, schemas: &[Part<'d>]) -> Option<Parts<'d>> {
        let mut parts = Parts::default();
        for schema in schemas {
            match schema {
                Cow::Borrowed(schema) => self.add(schema, &mut parts)?,
                Cow::Owned(_) => parts.all.push(schema.clone()),
            }
        }
        Some(parts)
    }

    fn add(&mut self, schema: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        let Some(object) = schema.as_object() else { return (schema != &Value::Bool(false)).then_some(()) };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str)
            && parts.references.insert(reference)
        {
            self.add(resolve(self.trees, reference)?, parts)?;
        }
        parts.all.push(Cow::Borrowed(schema));
        for member in array(schema, "allOf") {
            self.add(member, parts)?;
        }
        let has_union = ["oneOf", "anyOf"].iter().filter(|key| object.contains_key(**key)).count() > 0;
        for key in ["oneOf", "anyOf"] {
            if let Some(members) = object.get(key) {
                self.member(schema, members, key, parts)?;
            }
        }
        if !has_union && object.contains_key("discriminator") {
            self.heir(schema, parts)?;
        }
        self.conditions(schema, parts)
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
    fn heir_in(&self, schema: &Value, list: &[Value], parts: &Parts<'d>) -> Option<usize> {
        schema.get("discriminator")?;
        let target = |member: &Value| resolve(self.trees, member.get("$ref")?.as_str()?);
        let is_heir = |part: &Part<'d>, member| target(member).is_some_and(|target| is_same(part, target));
        parts.all.iter().find_map(|part| list.iter().position(|member| is_heir(part, member)))
    }

    /// Returns how far a member of a union is from an end.
    fn weight(&self, member: &Value, parts: &Parts<'d>) -> usize {
        let reference = member.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|reference| parts.references.contains(reference)) {
            return 9;
        }
        let target = reference.and_then(|reference| resolve(self.trees, reference)).unwrap_or(member);
        match target.get("type").and_then(Value::as_str) {
            Some("null") => 0,
            Some("string" | "boolean" | "integer" | "number") => 1,
            Some("array") => 2,
            _ => 3 + array(target, "required").len().min(4),
        }
    }

    /// Adds the tag of a member to the parts, if the union has a discriminator.
    fn tag(&mut self, schema: &'d Value, member: &'d Value, parts: &mut Parts<'d>) {
        let Some(reference) = member.get("$ref").and_then(Value::as_str) else { return };
        let Some(name) = schema.pointer("/discriminator/propertyName").and_then(Value::as_str) else { return };
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object);
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| target.as_str() == Some(reference));
        let mapped: Vec<&String> = mapped.map(|(tag, _)| tag).collect();
        // A member that is a union itself has the tags of its members.
        let target = resolve(self.trees, reference);
        let is_union = target.is_some_and(|target| target.get("oneOf").or_else(|| target.get("anyOf")).is_some());
        let tag = self.random.pick(&mapped).map(|tag| (*tag).clone());
        let Some(tag) = tag.or_else(|| (!is_union).then(|| last(reference))) else { return };
        parts.all.push(tagged(name, &tag));
    }

    /// Adds one of the schemas that extend a schema with a discriminator.
    fn heir(&mut self, schema: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        let discriminator = schema.get("discriminator")?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut heirs: Vec<(String, &'d str)> =
            mapping.into_iter().flatten().filter_map(|(tag, target)| Some((tag.clone(), target.as_str()?))).collect();
        let extends = |heir: &Value| {
            let parents = array(heir, "allOf").iter().filter_map(|parent| parent.get("$ref")?.as_str());
            parents.filter_map(|parent| resolve(self.trees, parent)).any(|parent| std::ptr::eq(parent, schema))
        };
        let components = self.trees.pointer("/0/components/schemas").and_then(Value::as_object);
        let found = components.into_iter().flatten().filter(|(_, heir)| extends(heir));
        let found: Vec<(&String, &'d Value)> = found.collect();
        let name = discriminator.get("propertyName")?.as_str()?;
        let mapped = heirs.iter().filter_map(|(tag, target)| Some((tag, resolve(self.trees, target)?)));
        let known: Vec<(&String, &'d Value)> = mapped.chain(found.iter().copied()).collect();
        let tag_of =
            |part: &Part<'d>| known.iter().find(|(_, heir)| is_same(part, heir)).map(|(tag, _)| (*tag).clone());
        if let Some(tag) = parts.all.iter().find_map(tag_of) {
            // An heir led here.
            let is_tagged = |part: &Part<'d>| matches!(part, Cow::Owned(_)) && part["properties"].get(name).is_some();
            if !parts.all.iter().any(is_tagged) {
                parts.all.push(tagged(name, &tag));
            }
            return Some(());
        }
        heirs.retain(|(_, target)| resolve(self.trees, target).is_some_and(|target| !std::ptr::eq(target, schema)));
        if heirs.is_empty() && found.is_empty() {
            return Some(());
        }
        let chosen = self.choices.choose(discriminator, "heir", heirs.len().max(found.len()), self.random);
        let (tag, heir) = match heirs.get(chosen) {
            Some((tag, target)) => (tag.clone(), resolve(self.trees, target)?),
            None => found.get(chosen).map(|(name, heir)| ((*name).clone(), *heir))?,
        };
        parts.all.push(tagged(name, &tag));
        // The heir may name its parent by another reference than the one that led here.
        self.add_heir(schema, heir, parts)
    }

    fn add_heir(&mut self, parent: &'d Value, heir: &'d Value, parts: &mut Parts<'d>) -> Option<()> {
        parts.all.push(Cow::Borrowed(heir));
        for member in array(heir, "allOf") {
            let target = member.get("$ref").and_then(Value::as_str).and_then(|target| resolve(self.trees, target));
            if !target.is_some_and(|target| std::ptr::eq(target, parent)) {
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
                parts.all.push(Cow::Owned(json!({ "required": [name] })));
                self.add(dependent, parts)?;
            } else {
                parts.without.insert(name);
            }
        }
        Some(())
    }
}

/// Returns the condition that a property is a tag. Its schema decides whether the tag is a text, a number or a flag.
fn tagged(name: &str, tag: &str) -> Part<'static> {
    let other = serde_json::from_str::<Value>(&tag.to_ascii_lowercase())
        .ok()
        .filter(|other| other.is_number() || other.is_boolean());
    let values: Vec<Value> = std::iter::once(tag.into()).chain(other).collect();
    Cow::Owned(json!({ "properties": { name: { "enum": values } }, "required": [name] }))
}

fn is_same(part: &Part<'_>, schema: &Value) -> bool {
    matches!(part, Cow::Borrowed(part) if std::ptr::eq(*part, schema))
}

/// Returns the target of a translated reference.
pub fn resolve<'d>(trees: &'d Value, reference: &str) -> Option<&'d Value> {
    trees.pointer(&target(reference)?)
}

/// Returns the last segment of a reference, the name of a component.
fn last(reference: &str) -> String {
    let name = percent_decode_str(reference.rsplit('/').next().unwrap_or_default()).decode_utf8_lossy();
    name.replace("~1", "/").replace("~0", "~")
}

pub fn array<'d>(schema: &'d Value, key: &str) -> &'d [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
