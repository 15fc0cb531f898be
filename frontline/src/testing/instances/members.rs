//! Makes objects and lists.

use serde_json::{Map, Value, json};

use super::links::array;
use super::parts::{Part, Parts, at_least, at_most};
use super::random::Random;
use super::shape::{Rest, Shape};
use super::size::Size;

/// The start of the names of properties that the schema neither names nor speaks of, and a part of the values of properties that
/// it describes only under a condition that does not hold. The default of the macro drops them.
pub const UNDECLARED: &str = "undeclared";

/// Makes the values in objects and lists.
pub trait Values<'d> {
    /// Makes a value that matches all schemas.
    fn value(&mut self, schemas: &[Part<'d>], depth: usize) -> Option<Value>;
    /// Makes any value.
    fn anything(&mut self) -> Value;
    /// Makes a text that matches a pattern.
    fn matching(&mut self, pattern: &str) -> Option<String>;
    /// Returns whether to add something that is optional.
    fn wants(&mut self, depth: usize) -> bool;
    fn size(&self) -> Size;
    /// Returns whether to add properties that the schemas do not speak of.
    fn has_undeclared(&self) -> bool;
    fn random(&mut self) -> &mut Random;
}

pub fn object<'d>(
    generator: &mut impl Values<'d>,
    parts: &Parts<'d>,
    shape: &Shape<'d>,
    depth: usize,
) -> Option<Value> {
    let mut object = Map::new();
    let (least, most) = (at_least(parts, "minProperties"), at_most(parts, "maxProperties"));
    for member in shape.members.iter().filter(|member| !parts.without.contains(member.name)) {
        if !member.is_allowed {
            if member.is_required {
                return None;
            }
            continue;
        }
        let is_needed = member.is_required || object.len() < least;
        if is_needed || object.len() < most && generator.wants(depth) {
            match generator.value(&member.schemas, depth + 1) {
                Some(value) => drop(object.insert(member.name.to_owned(), value)),
                None if member.is_required => return None,
                None => {}
            }
        }
    }
    dependents(generator, shape, depth, &mut object)?;
    if object.len() < most {
        patterns(generator, shape, depth, &mut object);
        rest(generator, parts, shape, depth, &mut object)?;
    }
    Some(Value::Object(object))
}

/// Adds what `dependentRequired` asks for.
fn dependents<'d>(
    generator: &mut impl Values<'d>,
    shape: &Shape<'d>,
    depth: usize,
    object: &mut Map<String, Value>,
) -> Option<()> {
    for (name, needed) in &shape.dependents {
        if object.contains_key(*name) && !object.contains_key(*needed) {
            let value = generator.value(shape.schemas(needed), depth + 1)?;
            object.insert((*needed).to_owned(), value);
        }
    }
    Some(())
}

fn patterns<'d>(generator: &mut impl Values<'d>, shape: &Shape<'d>, depth: usize, object: &mut Map<String, Value>) {
    for (pattern, schema) in &shape.patterns {
        let name = generator.matching(pattern);
        if let (true, Some(name)) = (generator.wants(depth), name)
            && let Some(value) = generator.value(&[schema], depth + 1)
        {
            object.entry(name).or_insert(value);
        }
    }
}

/// Adds properties that have no name in the schema.
fn rest<'d>(
    generator: &mut impl Values<'d>,
    parts: &Parts<'d>,
    shape: &Shape<'d>,
    depth: usize,
    object: &mut Map<String, Value>,
) -> Option<()> {
    let least = at_least(parts, "minProperties");
    let wanted = match (&shape.rest, generator.size()) {
        (Rest::Nothing, _) | (_, Size::Minimal) => 0,
        (Rest::Undeclared, _) if !generator.has_undeclared() => 0,
        (Rest::Undeclared, Size::Maximal(_)) => usize::from(depth == 0),
        (Rest::Undeclared, Size::Random) => usize::from(generator.random().chance(15)),
        (_, Size::Maximal(_)) => 2 * usize::from(generator.wants(depth)),
        (_, Size::Random) if generator.wants(depth) => generator.random().below(4),
        (_, Size::Random) => 0,
    };
    let wanted = wanted.max(least.saturating_sub(object.len()));
    for index in 1..=wanted {
        let name = match &shape.rest {
            Rest::Undeclared => format!("{UNDECLARED}{index}"),
            _ => named(generator, parts).unwrap_or_else(|| format!("extra {index}")),
        };
        let value = match &shape.rest {
            Rest::Values(schemas) => generator.value(schemas, depth + 1),
            _ => Some(generator.anything()),
        };
        match value {
            Some(value) => drop(object.entry(name).or_insert(value)),
            None if object.len() < least => return None,
            None => {}
        }
    }
    conditional(generator, shape, depth, object);
    Some(())
}

/// Sometimes adds a property that conditions describe, although they may not hold. The validator decides whether it may have
/// the value.
fn conditional<'d>(generator: &mut impl Values<'d>, shape: &Shape<'d>, depth: usize, object: &mut Map<String, Value>) {
    let is_wanted = generator.size() == Size::Random && !shape.conditional.is_empty() && generator.random().chance(40);
    let Some(name) = generator.random().pick(&shape.conditional).filter(|_| is_wanted) else { return };
    let value = match &shape.rest {
        Rest::Nothing => None,
        Rest::Values(schemas) => generator.value(schemas, depth + 1),
        Rest::Anything => Some(generator.anything()),
        Rest::Undeclared if !generator.has_undeclared() => None,
        Rest::Undeclared => {
            let values = [json!(UNDECLARED), json!([UNDECLARED]), json!({ UNDECLARED: 1 })];
            generator.random().pick(&values).cloned()
        }
    };
    if let Some(value) = value {
        object.entry(*name).or_insert(value);
    }
}

/// Returns a name that `propertyNames` allows, if there is such a keyword.
fn named<'d>(generator: &mut impl Values<'d>, parts: &Parts<'d>) -> Option<String> {
    let names: Vec<Part<'d>> = parts.all.iter().filter_map(|part| part.get("propertyNames")).collect();
    if names.is_empty() {
        return None;
    }
    generator.value(&names, 0)?.as_str().map(ToOwned::to_owned)
}

pub fn list<'d>(generator: &mut impl Values<'d>, parts: &Parts<'d>, depth: usize) -> Option<Value> {
    let mut items = Vec::new();
    let least = at_least(parts, "minItems");
    let is_unique = parts.all.iter().any(|part| part.get("uniqueItems") == Some(&Value::Bool(true)));
    for index in 0..length(generator, parts, depth) {
        let mut schemas: Vec<Part<'d>> = parts.all.iter().filter_map(|part| item(part, index)).collect();
        if index == 0 {
            schemas.extend(parts.all.iter().filter_map(|part| part.get("contains")));
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
fn item(part: Part<'_>, index: usize) -> Option<Part<'_>> {
    array(part, "prefixItems").get(index).or_else(|| part.get("items").filter(|items| !items.is_boolean()))
}

/// Chooses the number of items.
fn length<'d>(generator: &mut impl Values<'d>, parts: &Parts<'d>, depth: usize) -> usize {
    let least = at_least(parts, "minItems");
    let prefix = parts.all.iter().map(|part| array(part, "prefixItems").len()).max().unwrap_or(0);
    let is_closed = parts.all.iter().any(|part| part.get("items") == Some(&Value::Bool(false)));
    let most = at_most(parts, "maxItems").min(if is_closed { prefix } else { usize::MAX });
    let size = generator.size();
    let wanted = match size {
        Size::Minimal => least,
        Size::Maximal(_) if generator.wants(depth) => prefix.max(2),
        Size::Random if generator.wants(depth) => match generator.random().below(6) {
            0 if most <= 12 => most,
            1 => prefix + 1,
            other => other - usize::from(other > 0),
        },
        _ => 0,
    };
    // `minItems` wins over a contradicting `maxItems`; the validator refuses the result.
    wanted.min(most).max(least.min(200))
}
