//! Tests that inspect the tokens of an expansion.
//!
//! Uses the generator as a whole, and none of its modules.

mod growth;
mod headers;
mod mistakes;
mod scale;
mod servers;

use std::{env, fs, process};

use proc_macro2::TokenStream;
use quote::quote;

/// Returns the expansion of a document. `name` has to be unique among all calls.
pub fn expansion(name: &str, text: &str) -> String {
    expansion_with(name, text, &TokenStream::new())
}

/// Version of [`expansion`] with options of the macro.
pub fn expansion_with(name: &str, text: &str, options: &TokenStream) -> String {
    let path = env::temp_dir().join(format!("frontline-{name}-{}.yaml", process::id()));
    fs::write(&path, text).unwrap();
    let literal = path.to_string_lossy().into_owned();
    let expansion = crate::generator::expand(quote! { #literal, #options }, true).to_string();
    fs::remove_file(path).unwrap();
    expansion
}

#[test]
fn defaults_and_ignored_headers_are_documented() {
    let expansion = expansion(
        "defaults",
        "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets/{kind}:
    get:
      operationId: listPets
      parameters:
        - {name: kind, in: path, required: true, schema: {type: string, default: any}}
        - {name: limit, in: query, description: How many., schema: {type: integer, default: 50}}
        - {name: order, in: query, schema: {$ref: '#/components/schemas/Order'}}
        - {name: authorization, in: header, schema: {type: string}}
        - {$ref: '#/components/parameters/Accept'}
      responses: {'200': {description: None.}}
components:
  parameters:
    Accept: {name: Accept, in: header, required: true, schema: {type: string}}
  schemas:
    Order: {type: string, enum: [up, down], default: up}
    Pet:
      type: object
      properties:
        tags: {type: array, items: {type: string}, default: [tame]}
        note: {type: string, nullable: true, default: null, description: Of any kind.}
        order: {$ref: '#/components/schemas/Order'}
",
    );
    assert!(!expansion.contains("compile_error"));
    for docs in [
        r#"# [doc = " Header parameters that are ignored, as OpenAPI requires: `authorization`, `Accept`."]"#,
        r#"# [doc = " - `kind`: Default: `any`."]"#,
        r#"# [doc = " How many."] # [doc = ""] # [doc = " Default: `50`."] # [must_use]"#,
        r#"# [doc = " Default: `[\"tame\"]`."] pub tags"#,
        r#"# [doc = " Of any kind."] pub note"#,
    ] {
        assert!(expansion.contains(docs), "{docs}\n{expansion}");
    }
    // On the enum, and everywhere that the enum is used: on fields, and on the setter of the query parameter.
    assert_eq!(expansion.matches("Default: `up`.").count(), 4);
}

#[test]
fn only_names_are_generated_beside_errors() {
    let expansion = expansion(
        "outline",
        "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    post:
      operationId: addPet
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: None.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: strng}, state: {$ref: '#/components/schemas/State'}}}
    State: {type: string, enum: [here, gone]}
",
    );
    assert_eq!(expansion.matches("compile_error").count(), 1);
    for name in ["Client", "BlockingClient", "Pet", "State", "AddPetParams"] {
        assert!(expansion.contains(&format!("pub type {name} = ")), "{name}\n{expansion}");
    }
    assert!(!expansion.contains(" fn ") && !expansion.contains(" impl "), "{expansion}");
}

#[test]
fn the_profile_follows_from_the_servers_of_operations() {
    let profile = |name, servers: &str| {
        let document = format!(
            "openapi: 3.0.3
info: {{title: Pets, version: 1.0.0}}
paths:
  /pets:
    get:
      operationId: listPets
      servers: {servers}
      responses: {{'204': {{description: None.}}}}
"
        );
        let expansion = expansion(name, &document);
        let (_, profile) = expansion.split_once("type Profile = :: frontline :: private :: ").unwrap();
        profile.split(' ').next().unwrap().to_owned()
    };
    assert_eq!(profile("standard", "[{url: https://pets.example}]"), "Standard");
    assert_eq!(profile("twilio", "[{url: https://pets.twilio.com}]"), "Twilio");
    let variable = "[{url: 'https://{host}/v1', variables: {host: {default: pets.twilio.com}}}]";
    assert_eq!(profile("variable", variable), "Twilio");
}
