//! Mistakes in a document of OpenAPI 3.1.

use super::{Row, check, warning};

pub const ROWS: &[Row] = &[
    warning(
        ("        message: {type: string}\n", "        message: {type: string, ⟦nullable: true}\n"),
        "OpenAPI 3.1 has no `nullable`, but the client understands it",
        "`type: [string, 'null']`",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          exclusiveMinimum: ⟦true\n"),
        "OpenAPI 3.1 has no boolean as `exclusiveMinimum`, but the client understands it",
        "the limit as `exclusiveMinimum` instead of `minimum`",
    ),
    warning(
        ("          minLength: 1\n", "          ⟦min_length: 1\n"),
        "a schema has no key `min_length`, so it is ignored; did you mean `minLength`?",
        "",
    ),
];

#[test]
fn mistakes_in_newer_documents_are_told() {
    check("newer", ROWS);
}
