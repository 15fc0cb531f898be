//! Mistakes in the content of responses and bodies.

use super::{Row, check, error};

pub const ROWS: &[Row] = &[
    error(
        (
            "          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Pet'\n              example: {id: a, name: Rex, state: here}\n",
            "          ⟦application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n",
        ),
        "a response has no key `application/json`; it belongs to `content`",
        "write `content: {application/json: {schema: …}}`",
    ),
    error(
        (
            "          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Pet'\n              example: {id: a, name: Rex, state: here}\n",
            "          ⟦schema:\n            $ref: '#/components/schemas/Pet'\n",
        ),
        "a response has no key `schema`; it belongs to `content`",
        "write `content: {application/json: {schema: …}}`",
    ),
    error(
        (
            "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses:\n        '201'",
            "        ⟦schema:\n          $ref: '#/components/schemas/Pet'\n      responses:\n        '201'",
        ),
        "a request body has no key `schema`; it belongs to `content`",
        "write `content: {application/json: {schema: …}}`",
    ),
];

#[test]
fn mistakes_in_content_are_told() {
    check("contents", ROWS);
}
