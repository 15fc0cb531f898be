//! The places that error messages name, for all notations and for any preceding text.

use std::fs;
use std::path::Path;

use frontline_tests::pipeline::{self, Told};
use quote::quote;

/// Writes the files to a folder and returns the macro's messages about the first one.
fn tell(folder: &str, files: &[(&str, &str)]) -> Told {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("positions").join(folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    pipeline::tell(&folder.join(files[0].0), &quote! {}).unwrap()
}

/// Asserts that the only mistake in `text` is reported at the mark `⟦`, which is removed first.
fn assert_told(name: &str, text: &str) {
    let (before, behind) = text.split_once('⟦').unwrap();
    let line = before.matches('\n').count() + 1;
    let start = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
    let told = tell(name, &[(name, &format!("{before}{behind}"))]);
    let [error] = told.errors.as_slice() else { panic!("{name}: {told:?}") };
    assert!(error.contains(&format!("{name}:{line}:{}\n", start.chars().count() + 1)), "{name}: {error}");
    // The carets are below the mistake.
    let lines: Vec<&str> = error.lines().collect();
    let caret = lines.iter().find_map(|line| line.find('^').map(|bytes| line[..bytes].chars().count())).unwrap();
    let source = lines.iter().find(|shown| shown.trim_start().starts_with(&format!("{line} | "))).unwrap();
    let expected: String = behind.chars().take_while(|character| !character.is_whitespace()).collect();
    let shown: String = source.chars().skip(caret).take(expected.chars().count()).collect();
    assert_eq!(shown, expected, "{name}: {error}");
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n";

fn yaml(rest: &str) -> String {
    format!("{HEAD}components:\n  schemas:\n{rest}")
}

#[test]
fn mistakes_are_located_in_all_notations_of_yaml() {
    for (name, text) in [
        ("plain.yaml", yaml("    A:\n      type: ⟦strng\n")),
        ("key.yaml", yaml("    A:\n      ⟦propertes: {}\n")),
        ("non_ascii.yaml", yaml("    Größe🦀: {description: 'ä', type: ⟦strng}\n")),
        ("behind_a_tab.yaml", yaml("    A:\n      type:\t\t⟦strng\n")),
        ("quoted.yaml", yaml("    A:\n      'type': ⟦\"strng\"\n")),
        ("block_scalar.yaml", yaml("    A:\n      $ref: ⟦>-\n        #/components/schemas/B\n")),
        (
            "behind_a_block_scalar.yaml",
            yaml("    A:\n      description: |\n        type: x\n\n         - {\n      type: ⟦strng\n"),
        ),
        ("in_an_anchor.yaml", yaml("    A: &a\n      type: ⟦strng\n    B: *a\n")),
        ("merged.yaml", format!("x-a: &a\n  type: ⟦strng\n{}", yaml("    A:\n      <<: *a\n      nullable: true\n"))),
        ("flow_that_ends_further_out.yaml", yaml("    A:\n      example: {\n  a: 1\n  }\n      type: ⟦strng\n")),
        ("text_that_goes_on_further_out.yaml", yaml("    A:\n      description: 'a\nb'\n      type: ⟦strng\n")),
        ("separators.yaml", yaml("    A:\n      description: '\u{2028}\u{85}'\n      type: ⟦strng\n")),
        ("comments.yaml", yaml("    A: # one\n      # two\n      type: ⟦strng # three\n")),
    ] {
        assert_told(name, &text);
        assert_told(&format!("crlf_{name}"), &text.replace('\n', "\r\n"));
        assert_told(&format!("mark_{name}"), &format!("\u{feff}{text}"));
    }
    assert_told("first_line.yaml", "\u{feff}openapi: ⟦2.0\ninfo: {}\n");
}

#[test]
fn mistakes_are_located_in_all_notations_of_json() {
    let json = |schema: &str| {
        format!(
            "{{\n\t\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"\\ud83d\\ude00\", \"version\": \"1\"}},\n\
             \t\"paths\": {{}}, \"components\": {{\"schemas\": {{\"A\\/ä\": {schema}}}}}\n}}"
        )
    };
    let long = "x".repeat(2_000);
    for (name, text) in [
        ("value.json", json("{\"type\":⟦\"strng\"}")),
        ("key.json", json("{\"type\": \"object\",\n⟦\"propertes\" : {}}")),
        ("long_key.json", json(&format!("{{\"properties\": {{\"{long}\": {{}}}},\n\"type\": ⟦\"objct\"\n}}"))),
        ("item.json", json("{\"type\": \"object\", \"required\": [\"a\", \"b\"], \"allOf\": [{\"$ref\": ⟦\"#/c\"}]}")),
    ] {
        let text = text.replace("\\/ä", "\\/\\u00e4");
        assert_told(name, &text);
        assert_told(&format!("crlf_{name}"), &text.replace('\n', "\r\n"));
        assert_told(&format!("mark_{name}"), &format!("\u{feff}{text}"));
    }
}

#[test]
fn mistakes_are_located_in_the_file_that_contains_them() {
    let root = yaml("    A: {$ref: 'b.yaml#/B'}\n    C: {$ref: 'b.yaml#/D'}\n    E: {$ref: 'c.json'}\n");
    let told = tell(
        "files",
        &[
            ("root.yaml", &root),
            ("b.yaml", "# b\nB:\n  type: object\n  properties:\n    c: {type: strng}\n    d: {$ref: '#/X'}\n"),
            ("c.json", "{\"type\": \"objct\"}"),
        ],
    );
    let places = ["root.yaml:7:15", "b.yaml:5:15", "b.yaml:6:15", "c.json:1:10"];
    assert_eq!(told.errors.len(), places.len(), "{told:?}");
    for (place, error) in places.iter().zip(&told.errors) {
        assert!(error.contains(&format!("files/{place}\n")), "{error}");
    }
    let told = tell(
        "broken",
        &[("root.yaml", &root), ("b.yaml", "B: {}\nD:\n  - [\n"), ("c.json", "{\"type\": \"string\",}")],
    );
    let places = ["b.yaml:4:1", "c.json:1:19"];
    assert_eq!(told.errors.len(), places.len(), "{told:?}");
    for (place, error) in places.iter().zip(&told.errors) {
        assert!(error.contains(&format!("broken/{place}\n")), "{error}");
    }
}

#[test]
fn twenty_mistakes_are_shown_in_document_order_and_the_rest_is_counted() {
    // Equal errors would be shown together.
    let schemas = (0..33).rev().map(|number| format!("    A{number:02}: {{type: strng{number:02}}}\n"));
    let schemas: Vec<String> = schemas.collect();
    let told = tell("many", &[("many.yaml", &yaml(&schemas.concat()))]);
    assert_eq!(told.errors.len(), 21);
    for (index, error) in told.errors.iter().take(20).enumerate() {
        assert!(error.contains(&format!("many.yaml:{}:17\n", index + 6)), "{error}");
    }
    assert_eq!(
        told.errors[20],
        "13 more errors in this document are not shown; `warnings = all` shows them\n\
         = help: if you cannot change the document, set `mistakes = warn` to do without these parts"
    );
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("positions/many/many.yaml");
    assert_eq!(pipeline::tell(&path, &quote! { warnings = all }).unwrap().errors.len(), 33);
}

#[test]
fn a_mistake_that_several_references_reach_is_reported_once() {
    let schema = |name: &str| {
        format!("    {name}: {{type: object, properties: {{bad: {{$ref: '#/components/schemas/Bad'}}}}}}\n")
    };
    let schemas: String = ["A", "B", "C"].map(schema).concat() + "    Bad: {type: strng}\n";
    let operation = |name: &str| {
        format!(
            "  /{name}:\n    get:\n      operationId: {name}\n      parameters: [{{$ref: '#/components/parameters/P'}}]\n\
             \x20     responses: {{'200': {{$ref: '#/components/responses/R'}}}}\n"
        )
    };
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: 1.0.0}}\npaths:\n{}components:\n  schemas:\n{schemas}\
         \x20 parameters:\n    P: {{name: p, in: qery, schema: {{type: string}}}}\n  responses:\n    R:\n\
         \x20     description: R\n      content: {{application/json: {{schema: {{$ref: '#/components/schemas/Bda'}}}}}}\n",
        ["a", "b", "c"].map(operation).concat()
    );
    let told = tell("once", &[("once.yaml", &text)]);
    let messages: Vec<&str> = told.errors.iter().filter_map(|error| error.lines().next()).collect();
    assert_eq!(
        messages,
        [
            "`type` of a schema cannot be `strng`; did you mean `string`?",
            "`in` of a parameter cannot be `qery`; did you mean `query`?",
            "`#/components/schemas/Bda` is not defined; did you mean `Bad`?",
        ]
    );
}
