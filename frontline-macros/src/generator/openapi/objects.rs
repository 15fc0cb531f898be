//! The objects of OpenAPI. For each openapiv3 type: its keys, and the shape of each value.

use openapiv3::{
    Components, Encoding, Info, MediaType, Operation, Parameter, PathItem, RequestBody, Response, Schema,
    SecurityScheme, Server, ServerVariable,
};
use serde_json::{Map, Value};

use super::normalize;
use super::object::{Keys, Object};
use super::shape::Shape;
use super::words::CONTENT;
use crate::generator::problems::Place;

use Shape::{Any, Content, Count, Flag, Link, LinkMap, LinkOrFlag, Links, List, Number, Text, Texts, Unused};

impl Object for Info {
    const NAME: &'static str = "the `info` object";
    const KEYS: Keys = &[
        ("title", Text),
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Unused),
        ("license", Unused),
        ("version", Text),
    ];

    /// openapiv3 requires both keys, but a client does not need them.
    fn normalize(info: &mut Map<String, Value>, _: &Place) {
        for key in ["title", "version"] {
            info.entry(key).or_insert_with(|| Value::String(String::new()));
        }
    }
}

impl Object for Server {
    const NAME: &'static str = "a server";
    const KEYS: Keys = &[("url", Text), ("description", Text), ("name", Unused), ("variables", Unused)];
    const REQUIRED: &'static [&'static str] = &["url"];
}

impl Object for ServerVariable {
    const NAME: &'static str = "a server variable";
    const KEYS: Keys = &[("default", Text), ("enum", Unused), ("description", Text)];
    const REQUIRED: &'static [&'static str] = &["default"];
}

impl Object for Components {
    const NAME: &'static str = "the `components` object";
    const KEYS: Keys = &[
        ("schemas", LinkMap),
        ("responses", LinkMap),
        ("parameters", LinkMap),
        ("examples", Unused),
        ("requestBodies", LinkMap),
        ("headers", LinkMap),
        ("securitySchemes", LinkMap),
        ("links", Unused),
        ("callbacks", Unused),
        ("pathItems", Unused),
    ];
}

/// Some keys of `responses`.
const STATUSES: Keys = &[
    ("200", Link),
    ("201", Link),
    ("202", Link),
    ("204", Link),
    ("400", Link),
    ("401", Link),
    ("403", Link),
    ("404", Link),
    ("500", Link),
    ("default", Link),
];

impl Object for PathItem {
    const NAME: &'static str = "a path item";
    const COMPONENTS: Option<&'static str> = Some("pathItems");
    const KEYS: Keys = &[
        ("$ref", Unused),
        ("summary", Text),
        ("description", Text),
        ("servers", Unused),
        ("parameters", Links),
        ("get", Unused),
        ("put", Unused),
        ("post", Unused),
        ("delete", Unused),
        ("options", Unused),
        ("head", Unused),
        ("patch", Unused),
        ("trace", Unused),
    ];
}

impl Object for Operation {
    const NAME: &'static str = "an operation";
    const KEYS: Keys = &[
        ("tags", Unused),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Unused),
        ("operationId", Text),
        ("parameters", Links),
        ("requestBody", Link),
        ("responses", LinkMap),
        ("callbacks", Unused),
        ("deprecated", Flag),
        ("security", Unused),
        ("servers", Unused),
    ];

    const INNER: &'static [(&'static str, Keys)] = &[("requestBody", RequestBody::KEYS), ("responses", STATUSES)];

    /// openapiv3 requires `responses`, but a client does not need them.
    fn normalize(operation: &mut Map<String, Value>, _: &Place) {
        operation.entry("responses").or_insert_with(|| Value::Object(Map::new()));
    }
}

impl Object for Parameter {
    const NAME: &'static str = "a parameter";
    const COMPONENTS: Option<&'static str> = Some("parameters");
    const KEYS: Keys = &[
        ("name", Text),
        ("in", Text),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Link),
        ("content", Content),
        ("example", Unused),
        ("examples", Unused),
    ];
    const REQUIRED: &'static [&'static str] = &["name", "in"];
    const INNER: &'static [(&'static str, Keys)] = &[("schema", Schema::KEYS)];
    const WORDS: &'static [(&'static str, &'static [&'static str])] = &[("in", &["path", "query", "header", "cookie"])];
}

impl Object for RequestBody {
    const NAME: &'static str = "a request body";
    const COMPONENTS: Option<&'static str> = Some("requestBodies");
    const KEYS: Keys = &[("description", Text), ("content", Content), ("required", Flag)];
    const REQUIRED: &'static [&'static str] = &["content"];
    const INNER: &'static [(&'static str, Keys)] = &[("content", CONTENT)];
}

impl Object for MediaType {
    const NAME: &'static str = "a media type";
    const COMPONENTS: Option<&'static str> = Some("mediaTypes");
    const KEYS: Keys =
        &[("schema", Link), ("itemSchema", Link), ("example", Unused), ("examples", Unused), ("encoding", Any)];
    const INNER: &'static [(&'static str, Keys)] = &[("schema", Schema::KEYS)];
}

impl Object for Encoding {
    const NAME: &'static str = "an encoding";
    const KEYS: Keys =
        &[("contentType", Text), ("headers", LinkMap), ("style", Text), ("explode", Flag), ("allowReserved", Flag)];
    const WORDS: &'static [(&'static str, &'static [&'static str])] =
        &[("style", &["form", "spaceDelimited", "pipeDelimited", "deepObject"])];
}

impl Object for Response {
    const NAME: &'static str = "a response";
    const COMPONENTS: Option<&'static str> = Some("responses");
    const KEYS: Keys = &[("description", Text), ("headers", LinkMap), ("content", Content), ("links", Unused)];
    const INNER: &'static [(&'static str, Keys)] = &[("content", CONTENT)];

    /// openapiv3 requires a description. Many documents omit it, and a client does not need it.
    fn normalize(response: &mut Map<String, Value>, _: &Place) {
        response.entry("description").or_insert_with(|| Value::String(String::new()));
    }
}

impl Object for SecurityScheme {
    const NAME: &'static str = "a security scheme";
    const KEYS: Keys = &[
        ("type", Text),
        ("description", Text),
        ("name", Text),
        ("in", Text),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Unused),
        ("openIdConnectUrl", Unused),
    ];
    const REQUIRED: &'static [&'static str] = &["type"];
    const WORDS: &'static [(&'static str, &'static [&'static str])] = &[
        ("type", &["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]),
        ("in", &["query", "header", "cookie"]),
    ];

    /// A mistake in a flow costs no more than its address, which is read elsewhere. openapiv3 does not know `mutualTLS`, so it is
    /// read as an unsupported HTTP scheme.
    fn normalize(scheme: &mut Map<String, Value>, _: &Place) {
        match scheme.get("type").and_then(Value::as_str) {
            Some("oauth2") => scheme.insert("flows".into(), Value::Object(Map::new())),
            Some("openIdConnect") => scheme.insert("openIdConnectUrl".into(), Value::String(String::new())),
            Some("mutualTLS") => {
                scheme.insert("scheme".into(), Value::String("mutualTLS".into()));
                scheme.insert("type".into(), Value::String("http".into()))
            }
            _ => None,
        };
    }
}

impl Object for Schema {
    const NAME: &'static str = "a schema";
    const COMPONENTS: Option<&'static str> = Some("schemas");
    const IS_SCHEMA: bool = true;
    const KEYS: Keys = &[
        ("$ref", Unused),
        ("type", Text),
        ("format", Text),
        ("title", Text),
        ("description", Text),
        ("nullable", Flag),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("deprecated", Flag),
        ("default", Any),
        ("example", Unused),
        ("examples", Unused),
        ("externalDocs", Unused),
        ("xml", Unused),
        ("discriminator", Shape::Map),
        ("enum", List),
        ("const", Any),
        ("contentEncoding", Text),
        ("contentMediaType", Text),
        ("pattern", Text),
        ("minLength", Count),
        ("maxLength", Count),
        ("multipleOf", Number),
        ("minimum", Number),
        ("maximum", Number),
        ("exclusiveMinimum", Flag),
        ("exclusiveMaximum", Flag),
        ("properties", LinkMap),
        ("required", Texts),
        ("additionalProperties", LinkOrFlag),
        ("patternProperties", LinkMap),
        ("unevaluatedProperties", LinkOrFlag),
        ("prefixItems", Links),
        ("unevaluatedItems", LinkOrFlag),
        ("minProperties", Count),
        ("maxProperties", Count),
        ("items", Link),
        ("minItems", Count),
        ("maxItems", Count),
        ("uniqueItems", Flag),
        ("allOf", Links),
        ("oneOf", Links),
        ("anyOf", Links),
        ("not", Unused),
    ];
    const WORDS: &'static [(&'static str, &'static [&'static str])] =
        &[("type", &["string", "number", "integer", "boolean", "object", "array", "null"])];

    const ELSEWHERE: &'static [&'static str] = &[
        "$anchor",
        "$comment",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$recursiveAnchor",
        "$schema",
        "$vocabulary",
        "contains",
        "contentSchema",
        "definitions",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "maxContains",
        "minContains",
        "propertyNames",
        "then",
    ];

    fn normalize(schema: &mut Map<String, Value>, place: &Place) {
        normalize::schema(schema, place);
    }
}
