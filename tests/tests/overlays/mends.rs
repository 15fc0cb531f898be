//! Overlays that mend documents.

use std::path::Path;

use frontline_tests::pipeline;
use quote::quote;

use super::{overlay, tell, write};

#[test]
fn an_overlay_mends_a_document_that_is_refused() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let document = workspace.join("../shared/specs/vendor/camara_qod.yaml");
    if !document.is_file() {
        return;
    }
    let overlay = workspace.join("tests/overlays/camara_qod.yaml");
    let overlay = overlay.to_string_lossy();
    assert!(!pipeline::tell(&document, &quote! {}).unwrap().errors.is_empty());
    let told = pipeline::tell(&document, &quote! { overlay = #overlay }).unwrap();
    assert!(told.errors.is_empty(), "{told:#?}");
    let types = pipeline::types(&document, &quote! { overlay = #overlay }).unwrap();
    assert!(types.contains(&"ErrorInfo".to_owned()) && types.contains(&"Device".to_owned()), "{types:?}");
}

// The document of OpenAI has these mistakes.
#[test]
fn misspelled_keywords_are_mended_wherever_they_are() {
    let pair = "{type: array, items: {type: number}, min_items: 2, max_items: 2}";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Shapes, version: 1.0.0}}\npaths: {{}}\ncomponents:\n  schemas:\n    Point: {pair}\n    \
         Line: {{type: object, properties: {{from: {pair}, to: {{type: array, nullable: true, items: {pair}}}}}}}\n"
    );
    let actions = "  - {target: '$..[?@.min_items]', update: {minItems: 2, maxItems: 2}}
  - {target: '$..[\"min_items\", \"max_items\"]', remove: true}\n";
    let told = |folder, actions| tell(folder, &[("api.yaml", &document), ("o.yaml", &overlay(actions))]);
    let before = told("misspelled", "  - {target: $.info, update: {title: Forms}}\n");
    assert_eq!(before.errors.len(), 6, "{before:?}");
    let after = told("mended", actions);
    assert!(after.errors.is_empty() && after.warnings.is_empty(), "{after:?}");
}

// The document of OpenAI has these mistakes, too.
#[test]
fn an_overlay_mends_each_mistake_that_is_told() {
    let document = "openapi: 3.1.0
info: {title: Speech, version: 1.0.0}
tags: [{name: speech}]
paths:
  /speech:
    post:
      operationId: speak
      tags: [speech, voices]
      responses: {'204': {description: Done.}}
components:
  schemas:
    Session:
      $recursiveAnchor: true
      type: object
      required: [id, status, id, status, call]
      properties:
        id: {type: string, minItems: 1}
        status: {type: string, nullable: true, default: []}
      example: {id: a, status: 1}
    Line: {type: array, items: {type: number}, min_items: 2}
";
    let actions = "  - {target: $, update: {tags: [{name: voices}]}}
  - {target: '$..required[2:]', remove: true}
  - {target: '$..[?@.type == \"string\" && @.minItems].minItems', remove: true}
  - {target: '$..[?@.default == $.none || @.nullable].default', remove: true}
  - {target: '$..[?@.nullable].type', remove: true}
  - {target: '$..[?@.nullable]', update: {type: [string, \"null\"]}}
  - {target: '$..nullable', remove: true}
  - {target: $.components.schemas.Session.example.status, update: done}
  - {target: '$..[?@.min_items == 2]', update: {minItems: 2}}
  - {target: '$..min_items', remove: true}\n";
    let before = pipeline::tell(&write("before", &[("api.yaml", document)]).join("api.yaml"), &quote! {}).unwrap();
    assert!(before.errors.is_empty() && before.warnings.len() == 9, "{before:#?}");
    let after = tell("speech", &[("api.yaml", document), ("o.yaml", &overlay(actions))]);
    assert!(after.errors.is_empty() && after.warnings.is_empty(), "{after:#?}");
}
