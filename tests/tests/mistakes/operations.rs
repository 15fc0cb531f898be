//! Mistakes in operations, and in the document around them.

use super::{Row, check, error, warning};

const JSON_BODY: &str =
    "          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses";

pub const ROWS: &[Row] = &[
    error(
        (
            JSON_BODY,
            "          multipart/form-data:\n            ⟦schema: {type: array, items: {type: string}}\n      responses",
        ),
        "the schema of a multipart form must be an object",
        "each part under `properties`",
    ),
    warning(
        (
            JSON_BODY,
            "          multipart/form-data:\n            ⟦schema: {type: string, format: binary}\n      responses",
        ),
        "the schema of this form is a file, so its parts are not described",
        "each part under `properties`",
    ),
    warning(
        (
            JSON_BODY,
            "          multipart/form-data:\n            schema: {type: object, properties: {a: {type: string}}}\n            encoding: {a: {headers: {⟦X-Tag: {content: {text/plain: {}}}}}}\n      responses",
        ),
        "the header `X-Tag` of this part has no schema, so it is not sent",
        "",
    ),
    error(
        (
            JSON_BODY,
            "          multipart/form-data:\n            schema: {type: object, properties: {a: {oneOf: [{type: string}, {$ref: '#/components/schemas/Pet'}]}}}\n            encoding: {a: {contentType: ⟦application/xml}}\n      responses",
        ),
        "the media type `application/xml` of this part is not supported for objects",
        "use JSON, or describe the part as a string",
    ),
    warning(
        ("      responses:\n        '201':\n          description: The pet was added.\n", "      ⟦responses: {}\n"),
        "this operation describes no responses, so the client returns nothing of them",
        "'200'",
    ),
    warning(
        (
            "    post:\n      operationId: addPet\n",
            "    ⟦delete:\n      operationId: removePets\n    post:\n      operationId: addPet\n",
        ),
        "this operation describes no responses, so the client returns nothing of them",
        "'200'",
    ),
    warning(
        ("      responses:\n        '201':\n", "      ⟦responses:\n        '404':\n"),
        "this operation describes no successful response, so the client returns nothing of one",
        "'200'",
    ),
    error(
        (
            "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
            "        content:\n          ⟦aplication/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
        ),
        "`aplication/json` is not a media type; did you mean `application/json`?",
        "write `application/json`",
    ),
    error(
        (
            "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
            "        content:\n          ⟦application/jsom:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
        ),
        "`application/jsom` is not a media type; did you mean `application/json`?",
        "write `application/json`",
    ),
    warning(
        ("  - account: []", "  - ⟦account: [read]"),
        "`account` is not an OAuth scheme, so its scopes are ignored",
        "write `account: []`",
    ),
    warning(
        ("      operationId: getPet\n      tags: [pets]", "      operationId: getPet\n      tags: [⟦pet]"),
        "the tag `pet` is not among the document's `tags`, which the client does not use; did you mean `pets`?",
        "- name: pet",
    ),
    warning(
        ("    description: All about pets.\n", "    description: All about pets.\n  - name: ⟦pets\n"),
        "the tag `pets` is declared twice; the client does not use tags",
        "remove one of the two",
    ),
    warning(
        (
            "  /pets:\n",
            "  ⟦/pets/{name}:\n    delete:\n      operationId: removePet\n      parameters: [{name: name, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Gone.}}\n  /pets:\n",
        ),
        "this path differs from `/pets/{id}` only in the names of its parameters, so both have the same URLs",
        "one path",
    ),
    warning(
        (
            "        - name: limit\n          in: query\n",
            "        - name: ⟦authorization\n          in: header\n          schema: {type: string}\n        - name: limit\n          in: query\n",
        ),
        "OpenAPI ignores a parameter for the header `Authorization`, and so does the client",
        "describe a security scheme",
    ),
    warning(
        (
            "      operationId: getPet\n",
            "      operationId: getPet\n      ⟦requestBody: {content: {application/json: {schema: {type: string}}}}\n",
        ),
        "the body of a GET request has no meaning in HTTP; the client sends it, but servers may ignore it",
        "POST",
    ),
    error(
        ("      operationId: getPet\n", "      operationId: getPet\n      ⟦x-rustname: pet\n"),
        "`x-rustname` has no meaning; did you mean `x-rust-name`?",
        "write `x-rust-name`",
    ),
    error(
        (
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
            "      requestBody:\n      ⟦content:\n        application/json:\n          schema:\n            $ref: '#/components/schemas/Pet'\n      responses",
        ),
        "an operation has no key `content`; it belongs to `requestBody`",
        "below `requestBody`",
    ),
    error(
        (
            "      responses:\n        '201':\n          description: The pet was added.\n",
            "      responses:\n      ⟦'201':\n        description: The pet was added.\n",
        ),
        "an operation has no key `201`; it belongs to `responses`",
        "below `responses`",
    ),
    error(
        (
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/Pet'\n      responses",
            "      requestBody:\n        required: true\n      ⟦content:\n        application/json:\n          schema:\n            $ref: '#/components/schemas/Pet'\n      responses",
        ),
        "an operation has no key `content`; it belongs to `requestBody`",
        "below `requestBody`",
    ),
    error(
        ("        - name: limit\n", "        - ⟦nname: limit\n"),
        "a parameter has no key `nname`; did you mean `name`?",
        "",
    ),
    error(
        ("          in: query\n", "          in: ⟦body\n"),
        "`in` of a parameter cannot be `body`",
        "the `requestBody` of the operation",
    ),
    error(
        ("          in: query\n", "          in: ⟦formData\n"),
        "`in` of a parameter cannot be `formData`",
        "application/x-www-form-urlencoded",
    ),
    error(("info:\n", "⟦infos:\n"), "an OpenAPI document has no key `infos`; did you mean `info`?", ""),
    error(
        ("  /pets:\n", "⟦/pets:\n"),
        "an OpenAPI document has no key `/pets`; it belongs to `paths`",
        "below `paths`, with more indentation",
    ),
    error(("  /pets:\n", "  ⟦/pets{:\n"), "`{` in the path `/pets{` is not closed", "write `}`"),
    error(
        ("components:\n  securitySchemes:", "⟦component:\n  securitySchemes:"),
        "an OpenAPI document has no key `component`; did you mean `components`?",
        "",
    ),
    error(
        ("  schemas:\n    Pet:", "  ⟦schema:\n    Pet:"),
        "the `components` object has no key `schema`; did you mean `schemas`?",
        "",
    ),
    error(
        ("https://pets.example/v1", "⟦https://pets example/v1"),
        "the server `https://pets example/v1` cannot be used: it contains a character that is not allowed in URLs",
        "",
    ),
    error(
        ("https://pets.example/v1", "⟦https:/pets.example/v1"),
        "the server `https:/pets.example/v1` cannot be used: a URL begins with `https://`, and a path with a slash",
        "",
    ),
    error(
        ("https://pets.example/v1", "⟦https://pets<.example/v1"),
        "the server `https://pets<.example/v1` cannot be used: its host `pets<.example` contains a character that is not allowed",
        "",
    ),
    error(
        ("  /pets:\n    post:\n", "  /pets/{}:\n    ⟦post:\n"),
        "`{}` in the path `/pets/{}` is not declared",
        "`in: path`",
    ),
    error(
        (
            "        - name: limit\n          in: query\n          schema: {type: integer, minimum: 1, maximum: 50, default: 20}\n",
            "        - ⟦name: limit\n          in: query\n          type: integer\n",
        ),
        "a parameter must have `schema` or `content`",
        "schema: {type: string}",
    ),
    error(
        (
            "              schema:\n                $ref: '#/components/schemas/Pet'\n              example: {id: a, name: Rex, state: here}\n",
            "              ⟦type: string\n",
        ),
        "a media type has no key `type`; it belongs to `schema`",
        "below `schema`",
    ),
    warning(
        (
            "          schema: {type: integer, minimum: 1, maximum: 50, default: 20}\n",
            "          schema: {type: integer}\n          ⟦enum: [1, 2]\n",
        ),
        "a parameter has no key `enum`, so it is ignored; it belongs to `schema`",
        "",
    ),
    warning(
        (
            "  - url: https://pets.example/v1\n",
            "  - url: https://pets.example/v1\n    variables:\n      ⟦stage: {default: test}\n",
        ),
        "the URL does not contain `{stage}`, so this variable is ignored",
        "",
    ),
    warning(
        (
            "  - url: https://pets.example/v1\n",
            "  - url: https://{stage}.pets.example\n    variables:\n      stage: {enum: [test, live], default: ⟦prod}\n",
        ),
        "`enum` does not list the default `prod`, which is used nevertheless",
        "",
    ),
    warning(
        (
            "              example: {id: a, name: Rex, state: here}\n",
            "              example: {id: a, name: Rex, state: here}\n            text/event-stream:\n              schema: {$ref: '#/components/schemas/Pet'}\n        ⟦'203':\n          description: The pet.\n          content:\n            application/x-ndjson:\n              schema: {$ref: '#/components/schemas/Pet'}\n",
        ),
        "no method requests the media type `application/x-ndjson` of this response",
        "the same stream for each status",
    ),
    warning(
        (
            "        - name: limit\n",
            "        - ⟦{name: Limit, in: query, schema: {type: string}}\n        - name: limit\n",
        ),
        "the parameter `Limit` becomes `limit2` in Rust, because `limit` is taken",
        "choose a name with `x-rust-name`",
    ),
    warning(
        (
            "        - name: limit\n",
            "        - ⟦{name: clone, in: query, schema: {type: string}}\n        - name: limit\n",
        ),
        "the setter of `clone` becomes `clone_`, because every struct has a function `clone`",
        "choose a name with `x-rust-name`",
    ),
    warning(
        ("      operationId: addPet\n", "      operationId: ⟦clone\n"),
        "the operation `clone` becomes the method `clone2`, because another method is named `clone`",
        "choose a name with `x-rust-name`",
    ),
    warning(
        ("        - name: limit\n          in: query\n", "        - name: ⟦Page Limit\n          in: header\n"),
        "`Page Limit` cannot be the name of a header, so calls that set this parameter fail",
        "use letters, digits and hyphens",
    ),
    error(
        ("      type: http\n      scheme: basic\n", "      type: ⟦basic\n"),
        "`type` of a security scheme cannot be `basic`",
        "write `type: http` and `scheme: basic`",
    ),
];

#[test]
fn mistakes_in_operations_are_told() {
    check("operations", ROWS);
}
