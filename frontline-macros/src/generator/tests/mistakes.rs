//! `mistakes = warn` and `unsupported = skip`.

use proc_macro2::TokenStream;
use quote::quote;

use super::expansion_with;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\n";

/// Returns the expansion of a document that begins with [`HEAD`].
fn expansion(name: &str, rest: &str, options: &TokenStream) -> String {
    expansion_with(&format!("mistakes-{name}"), &format!("{HEAD}{rest}"), options)
}

#[test]
fn only_parts_of_a_document_can_be_done_without() {
    for (name, text) in [
        ("syntax", "openapi: 3.0.3\ninfo: {title: Pets\npaths: {}\n"),
        ("version", "openapi: 2.0.0\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n"),
        ("list", "- openapi: 3.0.3\n"),
        ("paths", "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: []\n"),
        // Without this key, calls would go without credentials.
        ("security", "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\nsecurty: [{key: []}]\npaths: {}\n"),
    ] {
        let expansion = expansion_with(name, text, &quote! { mistakes = warn, unsupported = skip });
        assert_eq!(expansion.matches("compile_error").count(), 1, "{name}");
        assert!(!expansion.contains("mistakes = warn"), "{name} is no part: {expansion}");
    }
    let options = quote! { mistakes = warn, operations = ["listPets"] };
    assert!(expansion("options", "paths: {}\n", &options).contains("the document has no operation `listPets`"));
}

const OPERATION: &str = "get:
      operationId: listPets
      responses: {'204': {description: Done.}}";

#[test]
fn a_misspelled_security_of_an_operation_leaves_it_out() {
    let rest = format!("paths:\n  /pets:\n    {OPERATION}\n      securty: []\n");
    assert!(!expansion("securty", &rest, &quote! { mistakes = warn }).contains("fn list_pets"));
    let right = rest.replace("securty", "security");
    assert!(expansion("right", &right, &quote! { mistakes = warn }).contains("fn list_pets"));
}

#[test]
fn an_operation_survives_a_response_without_a_usable_media_type() {
    for media in ["json", "''", "größe/x"] {
        let response = format!("{{description: Done., content: {{{media}: {{schema: {{type: object}}}}}}}}");
        let rest = format!("paths:\n  /pets:\n    get: {{operationId: listPets, responses: {{'200': {response}}}}}\n");
        let options = quote! { mistakes = warn, unsupported = skip };
        let expansion = expansion("unusable", &rest, &options);
        assert!(expansion.contains("fn list_pets") && expansion.contains("the body is returned as bytes"), "{media}");
    }
}

#[test]
fn an_operation_says_which_credentials_it_lacks() {
    let says = |name, security: &str| {
        let rest = format!(
            "paths:\n  /pets:\n    {OPERATION}\n      security: {security}\n\
             components: {{securitySchemes: {{key: {{type: http, scheme: bearer}}, odd: {{type: http}}, \
             mutual: {{type: http, scheme: Mutual}}, digest: {{type: http, scheme: digest}}}}}}\n"
        );
        let expansion = expansion(name, &rest, &quote! { mistakes = warn, unsupported = skip });
        assert!(!expansion.contains("compile_error"), "{name}");
        let docs = expansion.split("credentials that it does not define (").nth(1);
        let schemes = docs.and_then(|docs| docs.split(')').next()).map(ToOwned::to_owned);
        expansion.contains("fn list_pets").then_some(schemes)
    };
    assert_eq!(says("undefined", "[{other: []}]"), Some(Some("`other`".into())));
    assert_eq!(says("unreadable", "[{odd: []}]"), Some(Some("`odd`".into())));
    assert_eq!(says("mutual", "[{mutual: []}]"), Some(Some("`mutual`".into())));
    // A key alone is not what the operation requires.
    assert_eq!(says("together", "[{other: [], key: []}]"), Some(Some("`other`".into())));
    assert_eq!(says("optional", "[{other: []}, {}]"), Some(Some("`other`".into())));
    assert_eq!(says("beside", "[{other: []}, {key: []}]"), Some(None));
    assert_eq!(says("open", "[]"), Some(None));
    // It is defined, but not supported.
    assert_eq!(says("unsupported", "[{digest: []}]"), None);
    assert_eq!(says("list", "[key]"), None);
}

#[test]
fn what_is_unsupported_costs_only_the_schema_that_needs_it() {
    let rest = format!(
        "paths:\n  /pets:\n    {OPERATION}\n\
         components:\n  schemas:\n    Pet: {{type: object, properties: {{owner: {{$ref: 'https://pets.example/a.yaml'}}}}}}\n"
    );
    let skipped = expansion("network", &rest, &quote! { unsupported = skip });
    assert!(skipped.contains("fn list_pets") && skipped.contains("pub struct Pet"), "{skipped}");
    assert!(
        skipped.contains("`#/components/schemas/Pet/properties/owner` becomes any JSON value: a reference cannot be")
    );
    let refused = expansion("refused", &rest, &quote! { mistakes = warn });
    assert!(refused.contains("compile_error") && refused.contains("set `unsupported = skip` to do without"));
}

#[test]
fn a_media_type_that_cannot_be_read_is_left_out_beside_others() {
    let content = |more: &str| {
        let rest = format!(
            "paths:\n  /pets:\n    {OPERATION}\n      requestBody:\n        required: true\n        content:\n          \
             application/xml: {{schema: {{$ref: '#/components/schemas/None'}}}}\n{more}\
             components: {{schemas: {{}}}}\n"
        );
        expansion("media", &rest, &quote! { mistakes = warn, unsupported = skip })
    };
    assert!(!content("").contains("fn list_pets"));
    let beside = content("          application/json: {schema: {type: string}}\n");
    assert!(
        beside.contains("fn list_pets") && beside.contains("this media type is left out: `#/components/schemas/None`")
    );
}

#[test]
fn a_tag_that_is_mapped_to_a_missing_file_is_unknown() {
    let rest = "paths: {}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Fish'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: nowhere.yaml#/Dog}}
    Cat: {type: object, properties: {kind: {type: string}}}
    Fish: {type: object, properties: {kind: {type: string}, fins: {type: integer}}}
";
    assert!(expansion("refused-file", rest, &quote! {}).contains("compile_error"));
    let expansion = expansion("file", rest, &quote! { mistakes = warn });
    assert!(expansion.contains("a value with the tag `dog` is `Unknown`"), "{expansion}");
    assert!(expansion.contains("pub enum Pet"), "{expansion}");
}

#[test]
fn the_options_are_named_once_after_the_last_error() {
    let rest = format!(
        "paths:\n  /pets:\n    {OPERATION}\n      requestBody: {{content: {{application/xml: {{}}}}}}\n\
         components:\n  schemas: {{A: {{$ref: '#/components/schemas/B'}}, C: {{type: strng}}}}\n"
    );
    let expansion = expansion("named", &rest, &quote! {});
    let errors: Vec<&str> = expansion.split("compile_error").skip(1).collect();
    let named = errors.iter().map(|error| error.contains("set `mistakes = warn` and `unsupported = skip`"));
    assert_eq!(named.collect::<Vec<_>>(), [false, false, true]);
}
