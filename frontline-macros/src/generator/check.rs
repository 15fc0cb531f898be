//! Rules that no single item of the model can break on its own.

use std::collections::BTreeMap;

use super::model::{Api, Field, Operation, Struct, TypeKind};
use super::names::bare;
use super::report::{Errors, Problem};
use super::suggest::{did_you_mean, nearest};

pub fn check(api: &Api, errors: &mut Errors) {
    operation_ids_are_unique(api, errors);
    methods_are_unique(api, errors);
    for operation in &api.operations {
        path_parameters_are_declared(operation, errors);
        parameters_have_names_of_their_own(operation, errors);
    }
    for definition in &api.types {
        match &definition.kind {
            TypeKind::Struct(Struct { fields, .. }) => fields_have_names_of_their_own(fields.iter(), errors),
            TypeKind::Multipart(parts) => {
                fields_have_names_of_their_own(parts.iter().map(|part| &part.field), errors);
            }
            _ => {}
        }
    }
}

fn operation_ids_are_unique(api: &Api, errors: &mut Errors) {
    let mut seen = BTreeMap::new();
    for operation in &api.operations {
        if let Some(first) = seen.insert(&operation.name.wire, operation) {
            errors.push(
                Problem::value(
                    &operation.place.at("operationId"),
                    format!("the operationId `{}` is taken by `{}`", operation.name.wire, title(first)),
                )
                .help("give each operation an operationId of its own"),
            );
        }
    }
}

/// Methods that every client has.
pub const OWN_METHODS: [&str; 3] = ["blocking", "builder", "with"];

/// Two ids can be one name in Rust.
fn methods_are_unique(api: &Api, errors: &mut Errors) {
    let mut seen: BTreeMap<String, &Operation> = BTreeMap::new();
    for operation in &api.operations {
        let name = bare(&operation.name.rust);
        if OWN_METHODS.contains(&name.as_str()) {
            let message = format!(
                "the operation `{}` would become the method `{name}`, which every client has",
                operation.name.wire
            );
            errors.push(
                Problem::value(&operation.place.at("operationId"), message).help("choose a name with `x-rust-name`"),
            );
        }
        if let Some(first) = seen.insert(name.clone(), operation)
            && first.name.wire != operation.name.wire
        {
            errors.push(
                Problem::value(
                    &operation.place.at("operationId"),
                    format!(
                        "the operations `{}` and `{}` both become the method `{name}`",
                        first.name.wire, operation.name.wire
                    ),
                )
                .help("choose another name for one of them with `x-rust-name`"),
            );
        }
    }
}

fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn path_parameters_are_declared(operation: &Operation, errors: &mut Errors) {
    let declared = &operation.parameters;
    let named = placeholders(&operation.path);
    let mut seen = Vec::new();
    for name in &named {
        let elsewhere =
            declared.iter().map(|parameter| parameter.name.wire.as_str()).filter(|other| !named.contains(other));
        // A mistyped declaration is told below, where it stands.
        if !declared.iter().any(|parameter| parameter.name.wire == *name) && nearest(name, elsewhere).is_none() {
            errors.push(
                Problem::key(
                    &operation.place,
                    format!("`{{{name}}}` in the path `{}` is not declared", operation.path),
                )
                .help(format!("add a parameter with `name: {name}`, `in: path` and `required: true`")),
            );
        }
        if seen.contains(name) {
            let message = format!("`{{{name}}}` stands twice in the path `{}`", operation.path);
            errors.push(Problem::key(&operation.place, message));
        }
        seen.push(*name);
    }
    for parameter in declared {
        let wire = parameter.name.wire.as_str();
        if !named.contains(&wire) {
            let undeclared =
                named.iter().copied().filter(|name| !declared.iter().any(|other| other.name.wire == *name));
            let suggestion = did_you_mean(wire, undeclared.clone());
            errors.push(
                Problem::value(
                    &parameter.place.at("name"),
                    format!("the path parameter `{wire}` is not in the path `{}`{suggestion}", operation.path),
                )
                .help(match nearest(wire, undeclared) {
                    Some(meant) => format!("write `name: {meant}`"),
                    None => format!("put `{{{wire}}}` in the path, or remove the parameter"),
                }),
            );
        }
    }
}

/// The names in braces, in their order.
pub fn placeholders(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn parameters_have_names_of_their_own(operation: &Operation, errors: &mut Errors) {
    let mut seen = BTreeMap::new();
    for parameter in &operation.parameters {
        if let Some(first) = seen.insert(bare(&parameter.name.rust), &parameter.name.wire) {
            let (first, second, rust) = (first, &parameter.name.wire, &parameter.name.rust);
            errors.push(
                Problem::value(
                    &parameter.place,
                    format!("the parameters `{first}` and `{second}` both become `{rust}` in Rust"),
                )
                .help("choose another name for one of them with `x-rust-name`"),
            );
        }
    }
}

fn fields_have_names_of_their_own<'a>(fields: impl Iterator<Item = &'a Field>, errors: &mut Errors) {
    let mut seen = BTreeMap::new();
    for field in fields {
        if let Some(first) = seen.insert(bare(&field.name.rust), &field.name.wire) {
            let (first, second, rust) = (first, &field.name.wire, &field.name.rust);
            errors.push(
                Problem::key(
                    &field.place,
                    format!("the properties `{first}` and `{second}` both become `{rust}` in Rust"),
                )
                .help("choose another name for one of them with `x-rust-name`"),
            );
        }
    }
}
