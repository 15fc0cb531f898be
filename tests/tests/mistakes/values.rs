//! Examples and defaults that do not fit their schemas.

use super::{Row, check, warning};

pub const ROWS: &[Row] = &[
    warning(
        ("      default: here\n", "      default: ⟦there\n"),
        "this default does not fit its schema: `enum` does not list it; the client only mentions it in its docs",
        "",
    ),
    warning(
        ("default: 20", "default: ⟦many"),
        "this default does not fit its schema: it is a string, but the type is `integer`; the client only mentions it in its docs",
        "",
    ),
    warning(
        ("default: 20", "default: ⟦51"),
        "this default does not fit its schema: `maximum` is 50; the client only mentions it in its docs",
        "",
    ),
    warning(
        ("{id: a, name: Rex, state: here}", "{id: ⟦1, name: Rex, state: here}"),
        "this example does not fit its schema: it is an integer, but the type is `string`; the client follows the schema",
        "",
    ),
    warning(
        ("{id: a, name: Rex, state: here}", "{id: a, name: Rex, state: ⟦lost}"),
        "this example does not fit its schema: `enum` does not list it; the client follows the schema",
        "",
    ),
    warning(
        ("{id: a, name: Rex, state: here}", "{id: a, name: Rex, nicknames: [x, ⟦1]}"),
        "this example does not fit its schema: it is an integer, but the type is `string`; the client follows the schema",
        "",
    ),
    warning(
        ("{id: a, name: Rex, state: here}", "{id: a, name: Rex, born: ⟦null}"),
        "this example does not fit its schema: it is null, but the type is `string`; the client follows the schema",
        "",
    ),
    warning(
        ("example: {id: a, name: Rex, state: here}", "⟦example: []"),
        "this example does not fit its schema: it is an array, but the type is `object`; the client follows the schema",
        "",
    ),
    warning(
        ("          maxLength: 34\n", "          maxLength: 34\n          example: ⟦''\n"),
        "this example does not fit its schema: `minLength` is 1; the client follows the schema",
        "",
    ),
    warning(
        ("          maximum: 99\n", "          maximum: 99\n          example: ⟦100\n"),
        "this example does not fit its schema: `maximum` is 99; the client follows the schema",
        "",
    ),
    warning(
        (
            "    Error:\n      type: object\n",
            "    Error:\n      type: object\n      additionalProperties: false\n      example: {massage: ⟦oops}\n",
        ),
        "this example does not fit its schema: it has no property `massage`; the client follows the schema",
        "",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          exclusiveMinimum: true\n          example: ⟦0\n"),
        "this example does not fit its schema: `minimum` is 0; the client follows the schema",
        "",
    ),
    warning(
        ("example: {id: a, name: Rex, state: here}", "examples: {rex: {value: {id: a, name: ⟦5}}}"),
        "this example does not fit its schema: it is an integer, but the type is `string`; the client follows the schema",
        "",
    ),
    warning(
        (
            "              example: {id: a, name: Rex, state: here}\n",
            "              ⟦example: {id: a, name: Rex}\n              examples: {rex: {value: {id: a, name: Rex}}}\n",
        ),
        "`example` and `examples` exclude each other; the client reads both",
        "",
    ),
];

#[test]
fn values_that_do_not_fit_are_told() {
    check("values", ROWS);
}
