//! Mistakes in schemas.

use super::{Row, check, error, warning};

pub const ROWS: &[Row] = &[
    error(
        (
            "        born:\n          type: string\n          format: date-time\n",
            "      ⟦born:\n        type: string\n        format: date-time\n",
        ),
        "a schema has no key `born`; it belongs to `properties`",
        "below `properties`, with more indentation",
    ),
    error(
        ("          items: {type: string}\n", "          items: {⟦type string}\n"),
        "a schema has no key `type string`; did you mean `type: string`?",
        "a colon and a space",
    ),
    error(
        ("        message: {type: string}\n", "        message: {⟦type:string}\n"),
        "a schema has no key `type:string`; did you mean `type: string`?",
        "a colon and a space",
    ),
    error(
        ("      type: string\n      enum", "      type: ⟦file\n      enum"),
        "`type` of a schema cannot be `file`",
        "`format: binary`",
    ),
    error(
        ("      type: string\n      enum", "      type: ⟦any\n      enum"),
        "`type` of a schema cannot be `any`",
        "remove `type`",
    ),
    error(
        ("          type: string\n          format: date-time\n", "          type: ⟦datetime\n"),
        "`type` of a schema cannot be `datetime`",
        "`type: string` and `format: date-time`",
    ),
    error(
        ("      type: string\n      enum", "      type: ⟦\u{200b}string\n      enum"),
        "`type` of a schema cannot be `\u{200b}string`; did you mean `string`?",
        "the character U+200B, which cannot be seen",
    ),
    error(
        ("        propertyName: kind\n", "        ⟦propertyname: kind\n"),
        "a discriminator has no key `propertyname`; did you mean `propertyName`?",
        "",
    ),
    warning(
        ("          minimum: 0\n", "          exclusiveMinimum: ⟦0\n"),
        "OpenAPI 3.0 has no number as `exclusiveMinimum`, but the client understands it",
        "`minimum: 0` with `exclusiveMinimum: true`",
    ),
    warning(
        ("        message: {type: string}\n", "        message: {type: ⟦'null'}\n"),
        "OpenAPI 3.0 has no `type: 'null'`, but the client understands it",
        "`nullable: true`",
    ),
    warning(
        (
            "        born:\n          type: string\n",
            "        born:\n          ⟦required: true\n          type: string\n",
        ),
        "`required` of a schema is a list of properties, so `true` is ignored",
        "`required` of its object",
    ),
    warning(
        ("array\n          items: {type: string}", "⟦array"),
        "this array has no `items`, so it is a list of any JSON values",
        "items: {type: string}",
    ),
    warning(
        ("      enum: [here, gone]\n      default: here\n", "      ⟦enum: []\n"),
        "`enum` lists no values, so it is ignored",
        "list the values",
    ),
    warning(("[here, gone]", "[here, gone, ⟦here]"), "`enum` lists `here` twice; the second one is ignored", "remove"),
    warning(
        ("[here, gone]", "[here, gone, ⟦2]"),
        "`2` is an integer, but the type is `string`, so it is read as the text `2`",
        "quotes",
    ),
    warning(
        ("[here, gone]", "[here, gone, ⟦true]"),
        "`true` is a boolean, but the type is `string`, so it is read as the text `true`",
        "quotes",
    ),
    warning(
        ("          minLength: 1\n", "          readOnly: true\n          ⟦writeOnly: true\n          minLength: 1\n"),
        "`writeOnly` contradicts `readOnly`, so it is ignored",
        "remove one of the two",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          ⟦minLength: 1\n"),
        "`minLength` is about strings, but the type is `integer`, so it is ignored",
        "`minimum` limits values of this type",
    ),
    warning(
        ("          maxItems: 5", "          ⟦maximum: 5"),
        "`maximum` is about numbers, but the type is `array`, so it is ignored",
        "`maxItems` limits values of this type",
    ),
    error(
        ("        message: {type: string}", "        message: {type: string, ⟦properties: {text: {type: string}}}"),
        "`properties` is about objects, but the type is `string`",
        "type: object",
    ),
    warning(
        ("        message: {type: string}", "        message: {type: object, ⟦items: {type: string}}"),
        "`items` is about arrays, but the type is `object`, so it is ignored",
        "type: array",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          multipleOf: ⟦0\n"),
        "`multipleOf` must be greater than 0, so it is ignored",
        "",
    ),
    warning(("[id, name]", "[id, name, ⟦id]"), "`required` lists `id` twice; the second one is ignored", "remove"),
    warning(
        ("format: date-time", "format: ⟦datetime"),
        "`datetime` is not a format that OpenAPI knows, so it is ignored; did you mean `date-time`?",
        "format: date-time",
    ),
    warning(
        (
            "        message: {type: string}",
            "        cause: {$ref: '#/components/schemas/Error'}\n      required: [⟦cause]",
        ),
        "no value of this schema ends: `cause` is required, and contains the schema again",
        "optional",
    ),
    warning(
        ("        propertyName: kind", "        propertyName: ⟦kidn"),
        "no schema here describes the property `kidn`; the client tells them apart by it nevertheless; did you mean `kind`?",
        "propertyName",
    ),
    warning(
        ("          minimum: 0\n          maximum: 99", "          minimum: ⟦100\n          maximum: 99"),
        "no value fits: `minimum` is greater than `maximum`; the client does not check either",
        "swap",
    ),
    // The example has a text that is shorter than the first limit, but that is not another mistake.
    warning(
        ("          minLength: 1\n", "          minLength: ⟦100\n"),
        "no value fits: `minLength` is greater than `maxLength`; the client does not check either",
        "swap",
    ),
    warning(
        ("          maxItems: 5", "          minItems: ⟦9\n          maxItems: 5"),
        "no value fits: `minItems` is greater than `maxItems`; the client does not check either",
        "swap",
    ),
    warning(
        ("pattern: '^[A-Z][a-z]+$'", "pattern: ⟦'^[A-Z][a-z+$'"),
        "`pattern` is not a regular expression, so it is ignored: `[` is not closed",
        "",
    ),
    error(
        ("          maxLength: 34", "          maxLength: ⟦-34"),
        "`maxLength` of a schema must be a whole number that is not negative",
        "",
    ),
    error(
        ("          maxLength: 34", "          maxLength: ⟦3.4"),
        "`maxLength` of a schema must be a whole number that is not negative",
        "",
    ),
    error(
        ("          minLength: 1\n", "          ⟦x-rustname: Key\n          minLength: 1\n"),
        "`x-rustname` has no meaning; did you mean `x-rust-name`?",
        "write `x-rust-name`",
    ),
    warning(
        ("          minLength: 1\n", "          ⟦const: a\n          minLength: 1\n"),
        "OpenAPI 3.0 has no `const`, but the client understands it",
        "openapi: 3.1.0",
    ),
    warning(
        ("        born:\n          type: string\n", "        born:\n          ⟦type: [string, 'null']\n"),
        "OpenAPI 3.0 has no list of types, but the client understands it",
        "nullable: true",
    ),
    warning(
        ("format: date-time", "format: ⟦DateTime"),
        "`DateTime` is not a format that OpenAPI knows, so it is ignored; did you mean `date-time`?",
        "format: date-time",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          format: ⟦in64\n"),
        "`in64` is not a format that OpenAPI knows, so it is ignored; did you mean `int64`?",
        "format: int64",
    ),
    warning(
        ("pattern: '^[A-Z][a-z]+$'", "pattern: ⟦'/^[A-Z][a-z]+$/'"),
        "the slashes around this `pattern` are part of it, so no value fits; the client does not check it",
        "without the slashes",
    ),
    warning(
        ("[here, gone]\n", "[here, gone]\n      ⟦x-enum-varnames: [Here]\n"),
        "`x-enum-varnames` has 1 items, but `enum` has 2, so it is ignored",
        "each value",
    ),
    warning(
        ("          minimum: 0\n", "          minimum: 0\n          enum: [1, ⟦'2']\n"),
        "`\"2\"` is a string, but the type is `integer`, so `enum` is ignored",
        "change the value",
    ),
    error(
        (
            "          items: {type: string}\n",
            "          items: {type: string}\n          ⟦properties: {a: {type: string}}\n",
        ),
        "`properties` is about objects, but the type is `array`",
        "type: object",
    ),
    warning(
        ("          maxItems: 5", "          ⟦maxLength: 5"),
        "`maxLength` is about strings, but the type is `array`, so it is ignored",
        "`maxItems` limits values of this type",
    ),
    warning(
        ("          maxLength: 34", "          ⟦maximum: 34"),
        "`maximum` is about numbers, but the type is `string`, so it is ignored",
        "`maxLength` limits values of this type",
    ),
    error(
        ("          maxItems: 5", "          maxItems: ⟦-5"),
        "`maxItems` of a schema must be a whole number that is not negative",
        "",
    ),
    error(
        ("          maxItems: 5", "          maxItems: ⟦five"),
        "`maxItems` of a schema must be a whole number that is not negative",
        "",
    ),
    error(
        ("          items: {type: string}\n", "          items: ⟦string\n"),
        "`items` of a schema must be an object",
        "write `{type: string}`",
    ),
    error(
        (
            "      oneOf:\n        - $ref: '#/components/schemas/Cat'\n",
            "      oneOf:\n        - ⟦string\n        - $ref: '#/components/schemas/Cat'\n",
        ),
        "a schema must be an object",
        "write `{type: string}`",
    ),
];

#[test]
fn mistakes_in_schemas_are_told() {
    check("schemas", ROWS);
}
