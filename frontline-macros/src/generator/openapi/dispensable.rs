//! Keys that are not worth an object.

/// Keys that an object can do without: a value that they do not allow costs only the key.
const DISPENSABLE: [&str; 25] = [
    "title",
    "summary",
    "description",
    "termsOfService",
    "version",
    "contact",
    "license",
    "operationId",
    "externalDocs",
    "xml",
    "default",
    "example",
    "examples",
    "deprecated",
    "required",
    "pattern",
    "minLength",
    "maxLength",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "bearerFormat",
    "flows",
    "openIdConnectUrl",
];

pub fn is_dispensable(key: &str) -> bool {
    DISPENSABLE.contains(&key)
}
