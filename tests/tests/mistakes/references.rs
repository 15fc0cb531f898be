//! Mistakes in references.

use super::{Row, check, error};

pub const ROWS: &[Row] = &[
    error(
        (
            "              schema:\n                $ref: '#/components/schemas/Pet'\n              example: {id: a, name: Rex, state: here}\n",
            "              $ref: ⟦'#/components/schemas/Pet'\n",
        ),
        "`#/components/schemas/Pet` is a schema, but a media type is expected here",
        "write `schema: {$ref: '#/components/schemas/Pet'}`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/components/responses/Failure'\n"),
        "`#/components/responses/Failure` is a response, but a schema is expected here",
        "refer to its schema: `#/components/responses/Failure/content/application~1json/schema`",
    ),
    error(
        ("          $ref: '#/components/responses/Failure'\n", "          $ref: ⟦'#/components/schemas/Error'\n"),
        "`#/components/schemas/Error` is a schema, but a response is expected here",
        "write `content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          ⟦$ref: #/components/schemas/State\n"),
        "`$ref` has no value; without quotes, `#` begins a comment",
        "put the reference in quotes",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'components/schemas/State'\n"),
        "`FOLDER/components/schemas/State` does not exist",
        "write `#/components/schemas/State`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'/components/schemas/State'\n"),
        "`/components/schemas/State` does not exist",
        "write `#/components/schemas/State`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#components/schemas/State'\n"),
        "`#components/schemas/State` is not defined: no schema has this anchor",
        "`#/components/schemas/State`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/components/Schemas/State'\n"),
        "`#/components/Schemas/State` is not defined; did you mean `#/components/schemas/State`?",
        "",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/definitions/State'\n"),
        "`#/definitions/State` is not defined; did you mean `#/components/schemas/State`?",
        "",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/schemas/State'\n"),
        "`#/schemas/State` is not defined; did you mean `#/components/schemas/State`?",
        "",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/components/schemas/Stat'\n"),
        "`#/components/schemas/Stat` is not defined; did you mean `State`?",
        "",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          ⟦$ref:'#/components/schemas/State'\n"),
        "a schema must be an object",
        "write a space after the colon: `$ref: …`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦State\n"),
        "`FOLDER/State` does not exist",
        "write `#/components/schemas/State`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦“#/components/schemas/State”\n"),
        "`FOLDER/“` does not exist",
        "`“` is a curly quote, which is only a letter here; write `'`",
    ),
    // What does not exist is of no kind.
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'#/components/responses/Nothing'\n"),
        "`#/components/responses/Nothing` is not defined",
        "",
    ),
    error(
        ("          $ref: '#/components/responses/Failure'\n", "          $ref: ⟦'#/components/schemas/Nothing'\n"),
        "`#/components/schemas/Nothing` is not defined",
        "",
    ),
    error(
        (
            "        - name: limit\n          in: query\n          schema: {type: integer, minimum: 1, maximum: 50, default: 20}\n",
            "        - $ref: ⟦'#/components/schemas/State'\n",
        ),
        "`#/components/schemas/State` is a schema, but a parameter is expected here",
        "write `schema: {$ref: '#/components/schemas/State'}`",
    ),
    error(
        (
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n",
            "      requestBody:\n        $ref: ⟦'#/components/schemas/Pet'\n",
        ),
        "`#/components/schemas/Pet` is a schema, but a request body is expected here",
        "write `content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}`",
    ),
    error(
        (
            "          $ref: '#/components/schemas/State'\n",
            "          $ref: ⟦'#/paths/~1pets~1{id}/get/parameters/0'\n",
        ),
        "`#/paths/~1pets~1{id}/get/parameters/0` is a parameter, but a schema is expected here",
        "refer to its schema: `#/paths/~1pets~1{id}/get/parameters/0/schema`",
    ),
    error(
        (
            "          $ref: '#/components/responses/Failure'\n",
            "          $ref: ⟦'#/paths/~1pets~1{id}/get/parameters/1'\n",
        ),
        "`#/paths/~1pets~1{id}/get/parameters/1` is a parameter, but a response is expected here",
        "refer to a response",
    ),
    error(
        (
            "          $ref: '#/components/schemas/State'\n",
            "          $ref: ⟦'#/paths/~1pets~1{id}/get/responses/200'\n",
        ),
        "`#/paths/~1pets~1{id}/get/responses/200` is a response, but a schema is expected here",
        "refer to its schema: `#/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema`",
    ),
    error(
        ("          $ref: '#/components/schemas/State'\n", "          $ref: ⟦'# /components/schemas/State'\n"),
        "`# /components/schemas/State` is not defined: no schema has this anchor",
        "write a reference in the form `#/components/schemas/State`",
    ),
];

#[test]
fn mistakes_in_references_are_told() {
    check("references", ROWS);
}
