//! Tests of headers that documents cannot set.

use super::expansion;

#[test]
fn header_parameters_that_frame_the_message_are_ignored_with_a_warning() {
    for (number, name) in ["Connection", "content-length", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade"]
        .into_iter()
        .enumerate()
    {
        let document = format!(
            "openapi: 3.0.3
info: {{title: Pets, version: 1.0.0}}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{{name: {name}, in: header, required: true, schema: {{type: string}}}}]
      responses: {{'204': {{description: None.}}}}
"
        );
        let expansion = expansion(&format!("framing-{number}"), &document);
        assert!(!expansion.contains(". header ("), "{name}: {expansion}");
        let warning = format!("the HTTP client sets the header `{name}` itself, so the parameter is ignored");
        assert!(expansion.contains(&warning), "{name}: {expansion}");
    }
}
