//! Makes objects and lists.

use serde_json::{Map, Value};

use super::generate::{Generator, Size, at_least, at_most, child};
use super::parts::{Part, Parts, array, resolve};

/// The start of the names of properties that the schema neither names nor speaks of. The default of the macro drops them.
pub const UNDECLARED: &str = "undeclared";

/// What an object may have beside the named properties.
enum Rest<'d> {
    Nothing,
    Anything,
    Values(Vec<Part<'d>>),
    /// Anything, because no part says otherwise.
    Undeclared,
}

pub fn object<'d>(generator: &mut Generator<'d>, parts: &Parts<'d>, depth: usize) -> Option<Value> {
    let mut object = Map::new();
    let most = at_most(parts, "maxProperties");
    for name in names(parts) {
        let is_required = requires(parts, &name);
        let schemas = property(parts, &name);
        if is_hidden(generator, &schemas) || parts.without.contains(&name.as_str()) {
            continue;
        }
        if !is_allowed(parts, &name) {
            if is_required {
                return None;
            }
            continue;
        }
        let is_needed = is_required || object.len() < at_least(parts, "minProperties");
        if is_needed || object.len() < most && generator.wants(depth) {
            match generator.value(&schemas, depth + 1) {
                Some(value) => drop(object.insert(name, value)),
                None if is_required => return None,
                None => {}
            }
        }
    }
    dependents(generator, parts, depth, &mut object)?;
    if object.len() < most {
        patterns(generator, parts, depth, &mut object);
        rest(generator, parts, depth, &mut object)?;
    }
    Some(Value::Object(object))
}

/// Returns the names of the properties of all parts.
fn names(parts: &Parts<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in &parts.all {
        let properties = part.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let required = array(part, "required").iter().filter_map(Value::as_str);
        let own = properties.map(String::as_str).chain(required);
        let new: Vec<String> =
            own.filter(|name| !names.iter().any(|known| known == name)).map(ToOwned::to_owned).collect();
        names.extend(new);
    }
    names
}

fn requires(parts: &Parts<'_>, name: &str) -> bool {
    parts.all.iter().any(|part| array(part, "required").iter().any(|required| required == name))
}

/// Returns all schemas of a property.
fn property<'d>(parts: &Parts<'d>, name: &str) -> Vec<Part<'d>> {
    let of = |part: &Part<'d>| {
        child(part, |part| part.get("properties")?.get(name))
            .or_else(|| child(part, |part| part.get("additionalProperties").filter(|rest| rest.is_object())))
    };
    parts.all.iter().filter_map(of).collect()
}

fn is_hidden(generator: &Generator<'_>, schemas: &[Part<'_>]) -> bool {
    let key = generator.direction.hides();
    schemas.iter().any(|schema| {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|to| resolve(generator.trees, to));
        [Some(schema.as_ref()), target].into_iter().flatten().any(|schema| schema.get(key) == Some(&Value::Bool(true)))
    })
}

/// Returns whether no part rules a property out.
fn is_allowed(parts: &Parts<'_>, name: &str) -> bool {
    parts.all.iter().all(|part| {
        let is_own = part.get("properties").is_some_and(|properties| properties.get(name).is_some());
        part.get("additionalProperties") != Some(&Value::Bool(false))
            || is_own
            || part.get("patternProperties").is_some()
    })
}

/// Adds what `dependentRequired` asks for.
fn dependents<'d>(
    generator: &mut Generator<'d>,
    parts: &Parts<'d>,
    depth: usize,
    object: &mut Map<String, Value>,
) -> Option<()> {
    for part in &parts.all {
        for (name, needed) in part.get("dependentRequired").and_then(Value::as_object).into_iter().flatten() {
            let needed = needed.as_array().into_iter().flatten().filter_map(Value::as_str);
            for needed in needed.filter(|_| object.contains_key(name)).collect::<Vec<_>>() {
                if !object.contains_key(needed) {
                    let value = generator.value(&property(parts, needed), depth + 1)?;
                    object.insert(needed.to_owned(), value);
                }
            }
        }
    }
    Some(())
}

fn patterns<'d>(generator: &mut Generator<'d>, parts: &Parts<'d>, depth: usize, object: &mut Map<String, Value>) {
    for part in &parts.all {
        let patterns = part.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        for pattern in patterns.map(|(pattern, _)| pattern) {
            let schema = child(part, |part| part.get("patternProperties")?.get(pattern));
            let name = generator.texts.matching(pattern, &mut generator.random);
            if let (true, Some(name), Some(schema)) = (generator.wants(depth), name, schema)
                && let Some(value) = generator.value(&[schema], depth + 1)
            {
                object.entry(name).or_insert(value);
            }
        }
    }
}

/// Adds properties that have no name in the schema.
fn rest<'d>(
    generator: &mut Generator<'d>,
    parts: &Parts<'d>,
    depth: usize,
    object: &mut Map<String, Value>,
) -> Option<()> {
    let least = at_least(parts, "minProperties");
    let open = open(parts);
    let wanted = match (&open, generator.size) {
        (Rest::Nothing, _) | (_, Size::Minimal) => 0,
        (Rest::Undeclared, Size::Maximal(_)) => usize::from(depth == 0),
        (Rest::Undeclared, Size::Random) => usize::from(generator.random.chance(15)),
        (_, Size::Maximal(_)) => 2 * usize::from(generator.wants(depth)),
        (_, Size::Random) if generator.wants(depth) => generator.random.below(4),
        (_, Size::Random) => 0,
    };
    let wanted = wanted.max(least.saturating_sub(object.len()));
    for index in 1..=wanted {
        let name = match &open {
            Rest::Undeclared => format!("{UNDECLARED}{index}"),
            _ => named(generator, parts).unwrap_or_else(|| format!("extra {index}")),
        };
        let value = match &open {
            Rest::Values(schemas) => generator.value(schemas, depth + 1),
            _ => Some(generator.anything()),
        };
        match value {
            Some(value) => drop(object.entry(name).or_insert(value)),
            None if object.len() < least => return None,
            None => {}
        }
    }
    Some(())
}

fn open<'d>(parts: &Parts<'d>) -> Rest<'d> {
    let of = |key: &'static str| parts.all.iter().filter_map(move |part| child(part, |part| part.get(key)));
    let all: Vec<Part<'d>> = of("additionalProperties").chain(of("unevaluatedProperties")).collect();
    if all.iter().any(|rest| rest.as_ref() == &Value::Bool(false)) {
        return Rest::Nothing;
    }
    let schemas: Vec<Part<'d>> =
        all.iter().filter(|rest| rest.as_object().is_some_and(|rest| !rest.is_empty())).cloned().collect();
    let has_properties = parts.all.iter().any(|part| part.get("properties").is_some());
    match (schemas.is_empty(), all.is_empty() && has_properties) {
        (false, _) => Rest::Values(schemas),
        (true, false) => Rest::Anything,
        (true, true) => Rest::Undeclared,
    }
}

/// Returns a name that `propertyNames` allows, if there is such a keyword.
fn named<'d>(generator: &mut Generator<'d>, parts: &Parts<'d>) -> Option<String> {
    let names = parts.all.iter().filter_map(|part| child(part, |part| part.get("propertyNames")));
    let names: Vec<Part<'d>> = names.collect();
    if names.is_empty() {
        return None;
    }
    generator.value(&names, 0)?.as_str().map(ToOwned::to_owned)
}

pub fn list<'d>(generator: &mut Generator<'d>, parts: &Parts<'d>, depth: usize) -> Option<Value> {
    let mut items = Vec::new();
    let least = at_least(parts, "minItems");
    let is_unique = parts.all.iter().any(|part| part.get("uniqueItems") == Some(&Value::Bool(true)));
    for index in 0..length(generator, parts, depth) {
        let mut schemas: Vec<Part<'d>> = parts.all.iter().filter_map(|part| item(part, index)).collect();
        if index == 0 {
            schemas.extend(parts.all.iter().filter_map(|part| child(part, |part| part.get("contains"))));
        }
        let is_new = |value: &Value| !is_unique || !items.iter().any(|item| is_equal(item, value));
        // Without a schema, an item is anything.
        let value = (0..4).find_map(|_| generator.value(&schemas, depth + 1).filter(is_new));
        match value {
            Some(value) => items.push(value),
            None if items.len() < least => return None,
            None => break,
        }
    }
    Some(Value::Array(items))
}

/// Returns whether two values are equal for `uniqueItems`, as `1` and `1.0` are.
fn is_equal(a: &Value, b: &Value) -> bool {
    a == b || a.as_f64().is_some_and(|number| b.as_f64() == Some(number))
}

/// Returns the schema that a part has for an item.
fn item<'d>(part: &Part<'d>, index: usize) -> Option<Part<'d>> {
    if index < array(part, "prefixItems").len() {
        child(part, |part| part.get("prefixItems")?.get(index))
    } else {
        child(part, |part| part.get("items").filter(|items| !items.is_boolean()))
    }
}

/// Chooses the number of items.
fn length(generator: &mut Generator<'_>, parts: &Parts<'_>, depth: usize) -> usize {
    let least = at_least(parts, "minItems");
    let prefix = parts.all.iter().map(|part| array(part, "prefixItems").len()).max().unwrap_or(0);
    let is_closed = parts.all.iter().any(|part| part.get("items") == Some(&Value::Bool(false)));
    let most = at_most(parts, "maxItems").min(if is_closed { prefix } else { usize::MAX });
    let size = generator.size;
    let wanted = match size {
        Size::Minimal => least,
        Size::Maximal(_) if generator.wants(depth) => prefix.max(2),
        Size::Random if generator.wants(depth) => match generator.random.below(6) {
            0 if most <= 12 => most,
            1 => prefix + 1,
            other => other - usize::from(other > 0),
        },
        _ => 0,
    };
    // `minItems` wins over a contradicting `maxItems`; the validator refuses the result.
    wanted.min(most).max(least.min(200))
}
