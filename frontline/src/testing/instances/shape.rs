//! What the parts of a value say together. Instances have thousands of values with the same parts.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::links::{Links, array};
use super::parts::Part;

/// The combined keywords of parts.
pub struct Shape<'d> {
    /// The types that all parts allow, or `None` if the parts say nothing about the type.
    pub types: Option<Vec<&'d str>>,
    /// The part that lists types.
    pub type_owner: Option<Part<'d>>,
    /// The constant.
    pub constant: Option<&'d Value>,
    /// Whether another part rules the constant out.
    pub is_ruled_out: bool,
    pub enums: Vec<(Part<'d>, &'d Vec<Value>)>,
    /// The named properties.
    pub members: Vec<Member<'d>>,
    pub rest: Rest<'d>,
    /// The names of other properties, which conditions describe that need not hold.
    pub conditional: Vec<&'d str>,
    /// The names that some property needs, with the name of that property.
    pub dependents: Vec<(&'d str, &'d str)>,
    pub patterns: Vec<(&'d str, &'d Value)>,
}

/// A named property.
pub struct Member<'d> {
    pub name: &'d str,
    pub is_required: bool,
    /// Whether no part rules it out.
    pub is_allowed: bool,
    /// All schemas that it must match.
    pub schemas: Vec<Part<'d>>,
}

/// What an object may have beside the named properties.
pub enum Rest<'d> {
    Nothing,
    Anything,
    Values(Vec<Part<'d>>),
    /// Anything, because no part says otherwise.
    Undeclared,
}

impl<'d> Shape<'d> {
    /// Combines parts. Properties with the keyword `hides` are left out.
    pub fn new(parts: &[Part<'d>], links: &mut Links<'d>, hides: &str) -> Self {
        let constant = parts.iter().find_map(|part| part.get("const"));
        let rules_out = |part: &Part<'d>, value: &Value| {
            part.get("const").is_some_and(|other| other != value)
                || part.get("enum").and_then(Value::as_array).is_some_and(|list| !list.contains(value))
        };
        let members = members(parts, links, hides);
        let is_other = |name: &&str| !members.iter().any(|member| member.name == *name);
        Self {
            types: types(parts),
            type_owner: parts.iter().copied().find(|part| part.get("type").is_some_and(Value::is_array)),
            constant,
            is_ruled_out: constant.is_some_and(|value| parts.iter().any(|part| rules_out(part, value))),
            enums: parts.iter().filter_map(|part| Some((*part, part.get("enum")?.as_array()?))).collect(),
            conditional: conditional(parts, links).into_iter().filter(is_other).collect(),
            members,
            rest: rest(parts),
            dependents: dependents(parts),
            patterns: entries(parts, "patternProperties").collect(),
        }
    }

    /// Returns the schemas of a property.
    pub fn schemas(&self, name: &str) -> &[Part<'d>] {
        match (self.members.iter().find(|member| member.name == name), &self.rest) {
            (Some(member), _) => &member.schemas,
            (None, Rest::Values(schemas)) => schemas,
            (None, _) => &[],
        }
    }
}

/// Returns the properties that the parts name, except hidden ones.
fn members<'d>(parts: &[Part<'d>], links: &mut Links<'d>, hides: &str) -> Vec<Member<'d>> {
    let objects: Vec<Object<'d>> = parts.iter().map(|part| Object::new(part)).collect();
    let mut names: Vec<&'d str> = Vec::new();
    let mut seen = HashSet::new();
    for object in &objects {
        let own = object.properties.into_iter().flat_map(Map::keys).map(String::as_str);
        let own = own.chain(object.required.iter().filter_map(Value::as_str));
        names.extend(own.filter(|name| seen.insert(*name)));
    }
    let required: HashSet<&str> =
        objects.iter().flat_map(|object| object.required.iter().filter_map(Value::as_str)).collect();
    let mut is_hidden = |schema: &Part<'d>| {
        let all = [Some(*schema), links.of(schema).target()];
        all.into_iter().flatten().any(|schema| schema.get(hides) == Some(&Value::Bool(true)))
    };
    let member = |name: &'d str| Member {
        name,
        is_required: required.contains(name),
        is_allowed: objects.iter().all(|object| object.allows(name)),
        schemas: objects.iter().filter_map(|object| object.property(name)).collect(),
    };
    names.into_iter().map(member).filter(|member| !member.schemas.iter().any(&mut is_hidden)).collect()
}

/// The keywords of a part for objects.
struct Object<'d> {
    properties: Option<&'d Map<String, Value>>,
    required: &'d [Value],
    rest: Option<&'d Value>,
    has_patterns: bool,
}

impl<'d> Object<'d> {
    fn new(part: &'d Value) -> Self {
        Self {
            properties: part.get("properties").and_then(Value::as_object),
            required: array(part, "required"),
            rest: part.get("additionalProperties"),
            has_patterns: part.get("patternProperties").is_some(),
        }
    }

    fn own(&self, name: &str) -> Option<&'d Value> {
        self.properties?.get(name)
    }

    fn property(&self, name: &str) -> Option<Part<'d>> {
        self.own(name).or(self.rest.filter(|rest| rest.is_object()))
    }

    fn allows(&self, name: &str) -> bool {
        self.rest != Some(&Value::Bool(false)) || self.has_patterns || self.own(name).is_some()
    }
}

fn entries<'d>(parts: &[Part<'d>], key: &str) -> impl Iterator<Item = (&'d str, &'d Value)> {
    let maps = parts.iter().filter_map(move |part| part.get(key)?.as_object());
    maps.flatten().map(|(name, value)| (name.as_str(), value))
}

fn dependents<'d>(parts: &[Part<'d>]) -> Vec<(&'d str, &'d str)> {
    let lists = entries(parts, "dependentRequired").filter_map(|(name, needed)| Some((name, needed.as_array()?)));
    lists.flat_map(|(name, list)| list.iter().filter_map(move |needed| Some((name, needed.as_str()?)))).collect()
}

/// Returns the names of the properties that the conditions of the parts describe.
fn conditional<'d>(parts: &[Part<'d>], links: &mut Links<'d>) -> Vec<&'d str> {
    let branches = parts.iter().flat_map(|part| ["if", "then", "else"].into_iter().filter_map(|key| part.get(key)));
    let dependent = entries(parts, "dependentSchemas").map(|(_, schema)| schema);
    let mut names = Vec::new();
    for branch in branches.chain(dependent).collect::<Vec<_>>() {
        for schema in [Some(branch), links.of(branch).target()].into_iter().flatten() {
            names.extend(entries(&[schema], "properties").map(|(name, _)| name));
        }
    }
    names
}

fn rest<'d>(parts: &[Part<'d>]) -> Rest<'d> {
    let of = |key: &'static str| parts.iter().filter_map(move |part| part.get(key));
    let all: Vec<Part<'d>> = of("additionalProperties").chain(of("unevaluatedProperties")).collect();
    if all.contains(&&Value::Bool(false)) {
        return Rest::Nothing;
    }
    let schemas: Vec<Part<'d>> =
        all.iter().copied().filter(|rest| rest.as_object().is_some_and(|rest| !rest.is_empty())).collect();
    let has_properties = parts.iter().any(|part| part.get("properties").is_some());
    match (schemas.is_empty(), all.is_empty() && has_properties) {
        (false, _) => Rest::Values(schemas),
        (true, false) => Rest::Anything,
        (true, true) => Rest::Undeclared,
    }
}

/// Returns the types that all parts allow, or `None` if the parts say nothing about the type.
fn types<'d>(parts: &[Part<'d>]) -> Option<Vec<&'d str>> {
    let mut common: Option<Vec<&str>> = None;
    for part in parts {
        let own: Vec<&str> = match part.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        common = Some(match common {
            None => own,
            Some(types) => own.iter().chain(&types).copied().filter(|name| both(name, &own, &types)).collect(),
        });
        if let Some(types) = &mut common {
            types.sort_unstable();
            types.dedup();
        }
    }
    common.or_else(|| implied(parts))
}

/// Returns whether two lists of types allow a type. An integer is also a number.
fn both(name: &str, own: &[&str], others: &[&str]) -> bool {
    let has = |types: &[&str]| types.contains(&name) || name == "integer" && types.contains(&"number");
    has(own) && has(others)
}

/// Returns the type that keywords without `type` are meant for.
fn implied<'d>(parts: &[Part<'d>]) -> Option<Vec<&'d str>> {
    const HINTS: [(&str, &[&str]); 4] = [
        (
            "object",
            &[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "propertyNames",
                "minProperties",
                "maxProperties",
            ],
        ),
        ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
        ("string", &["pattern", "format", "minLength", "maxLength", "contentEncoding"]),
        ("number", &["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]),
    ];
    let has = |keys: &[&str]| parts.iter().any(|part| keys.iter().any(|key| part.get(*key).is_some()));
    HINTS.iter().find(|(_, keys)| has(keys)).map(|(name, _)| vec![*name])
}

pub fn is(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number" || name == "integer" && number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}
