//! Checks that involve several items of the model.

use super::model::{Api, Operation, left_out, placeholders};
use super::problems::{Errors, Problem, did_you_mean, nearest};

/// The maximum number of names that a misspelled one is compared with.
const MOST_COMPARED: usize = 100;

/// Checks the model, and removes operations that the client has to do without.
pub fn check(api: &mut Api, errors: &mut Errors) {
    api.operations.retain(|operation| {
        let part = errors.part();
        path_parameters_are_declared(operation, errors);
        !errors.end(part, || left_out(&operation.name))
    });
}

fn path_parameters_are_declared(operation: &Operation, errors: &mut Errors) {
    let declared = &operation.parameters;
    let named = placeholders(&operation.path);
    let wires = || declared.iter().map(|parameter| parameter.name.wire.as_str());
    let surplus: Vec<&str> = wires().filter(|wire| !named.contains(wire)).take(MOST_COMPARED).collect();
    let undeclared = named.iter().copied().filter(|name| !wires().any(|wire| wire == *name));
    let undeclared: Vec<&str> = undeclared.take(MOST_COMPARED).collect();
    let mut seen = Vec::new();
    for name in &named {
        // A misspelled declaration is reported below, at the declaration.
        if !wires().any(|wire| wire == *name) && nearest(name, surplus.iter().copied()).is_none() {
            errors.push(
                Problem::key(
                    &operation.place,
                    format!("`{{{name}}}` in the path `{}` is not declared", operation.path),
                )
                .help(format!("add a parameter with `name: {name}`, `in: path` and `required: true`")),
            );
        }
        if seen.contains(name) {
            let message = format!("the path `{}` contains `{{{name}}}` twice", operation.path);
            errors.push(Problem::key(&operation.place, message));
        }
        seen.push(*name);
    }
    for parameter in declared {
        let wire = parameter.name.wire.as_str();
        if !named.contains(&wire) {
            let undeclared = undeclared.iter().copied();
            let suggestion = did_you_mean(wire, undeclared.clone());
            errors.push(
                Problem::value(
                    &parameter.place.at("name"),
                    format!("the path parameter `{wire}` is not in the path `{}`{suggestion}", operation.path),
                )
                .help(match nearest(wire, undeclared) {
                    Some(meant) => format!("write `name: {meant}`"),
                    None => format!("add `{{{wire}}}` to the path, or remove the parameter"),
                }),
            );
        }
    }
}
