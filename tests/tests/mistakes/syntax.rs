//! Mistakes in YAML.

use super::{Row, check, error};

pub const ROWS: &[Row] = &[
    error(
        ("          description: The pet.\n", "          description: ⟦'The pet.\n"),
        "this quote is not closed before line 31",
        "add the same quote at the end of the text",
    ),
    error(
        ("      operationId: addPet\n", "      operationId: ⟦\"addPet\n"),
        "this quote is not closed",
        "add the same quote at the end of the text",
    ),
    error(
        ("        id:\n          type: string\n", "        id:\n          type:⟦\u{a0}string\n"),
        "this is a non-breaking space, which YAML reads as a letter",
        "replace it with a usual space",
    ),
    error(
        ("        id:\n          type: string\n", "        id:\n⟦\u{a0}         type: string\n"),
        "this is a non-breaking space, which YAML reads as a letter",
        "replace it with a usual space",
    ),
    error(
        ("          items: {type: string}\n", "          items: ⟦type:\u{a0}string\n"),
        "`items` of a schema must be an object",
        "this contains a non-breaking space, which is only a letter here; write a usual one",
    ),
    error(
        ("        '201':\n", "        ⟦‘201’:\n"),
        "`‘201’` is not the status of a response",
        "`‘` is a curly quote, which is only a letter here; write `'`",
    ),
    error(
        (
            "          type: string\n          format: date-time",
            "          type: ⟦“string”\n          format: date-time",
        ),
        "`type` of a schema cannot be `“string”`; did you mean `string`?",
        "`“` is a curly quote, which is only a letter here; write `'`",
    ),
    error(
        ("      type: http\n", "      type⟦:http\n"),
        "a colon without a space after it is part of the text",
        "write a space after the colon",
    ),
    error(("[id, name]", "[id, name]⟦]"), "this bracket closes nothing", "remove it"),
    error(
        ("          description: The pet.\n", "          description: ⟦!important pet\n"),
        "the YAML tag `!important` is not allowed in an OpenAPI document; remove it",
        "put the text in quotes",
    ),
    error(
        ("    State:\n      type: string\n", "    State: &state\n      allOf: [⟦*state]\n"),
        "this alias is part of the value that it stands for",
        "refer to the schema with `$ref`",
    ),
    error(
        (
            "{type: integer, minimum: 1, maximum: 50, default: 20}",
            "{\"type\": \"integer\", ⟦// the least\n            \"minimum\": 1}",
        ),
        "`//` does not begin a comment",
        "write `#` in YAML",
    ),
    error(
        ("  /pets:\n", "⟦\t/pets:\n"),
        "this line is indented with a tab, but YAML allows only spaces",
        "indent the line with spaces",
    ),
    error(
        ("          description: The pet.\n", "          description: The pet⟦: a: b\n"),
        "a colon followed by a space starts another key",
        "put the text in quotes",
    ),
];

#[test]
fn mistakes_in_yaml_are_told() {
    check("syntax", ROWS);
}
