//! Tests of deep and wide documents, on the small stack of a test thread.

use std::fmt::Write;

use super::expansion;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n";

/// Returns the expansion of a document with `count` schemas. `schema` writes each of them, and gets the number of the
/// next.
fn expand(name: &str, count: usize, schema: impl Fn(usize) -> String) -> String {
    let mut text = HEAD.to_owned();
    for number in 0..count {
        writeln!(text, "    A{number}: {}", schema(number + 1)).unwrap();
    }
    expansion(name, &text)
}

#[test]
fn a_long_chain_of_references_is_followed() {
    let expansion = expand("chain", 5_000, |next| match next {
        5_000 => "{type: string}".to_owned(),
        _ => format!("{{$ref: '#/components/schemas/A{next}'}}"),
    });
    assert!(!expansion.contains("compile_error"));
    assert!(expansion.contains("pub type A4999 = :: std :: string :: String"));
}

#[test]
fn a_circle_of_references_is_one_error() {
    let expansion = expand("circle", 5_000, |next| format!("{{$ref: '#/components/schemas/A{}'}}", next % 5_000));
    assert_eq!(expansion.matches("compile_error").count(), 1);
    assert!(expansion.contains("`A0` refers only to itself"));
}

#[test]
fn references_through_themselves_are_not_defined() {
    let expansion = expand("through", 300, |next| format!("{{$ref: '#/components/schemas/A{}/a'}}", next % 300));
    assert!(expansion.contains("`#/components/schemas/A1/a` is not defined"));
    let expansion = expand("itself", 1, |_| "{$ref: '#/components/schemas/A0/a/b'}".to_owned());
    assert_eq!(expansion.matches("compile_error").count(), 1);
    assert!(expansion.contains("`#/components/schemas/A0/a/b` is not defined"), "{expansion}");
}

/// Returns the expansion of 600 objects. Each contains the next in the way that `held` writes, and the last contains
/// the first.
fn chain(name: &str, held: impl Fn(&str) -> String) -> String {
    let expansion = expand(name, 600, |next| {
        let held = held(&format!("{{$ref: '#/components/schemas/A{}'}}", next % 600));
        format!("{{type: object, properties: {{a: {held}}}}}")
    });
    assert!(!expansion.contains("compile_error"));
    expansion
}

#[test]
fn a_deep_chain_of_objects_is_cut() {
    let expansion = chain("objects", str::to_owned);
    // Each struct and each `Option` is a level, so 55 structs fit. The reference from the last struct to the first is
    // also cut.
    let cuts = 600 / 55 + 1;
    let field = "pub a : :: core :: option :: Option < :: frontline :: private :: serde_json :: Value >";
    assert_eq!(expansion.matches(field).count(), cuts);
    assert!(expansion.contains("this schema is nested too deeply for rustc"));
    assert!(expansion.contains(&format!("{} more warnings like this", cuts - 1)), "{expansion}");
}

#[test]
fn a_deep_chain_of_lists_is_cut() {
    let expansion = chain("lists", |next| format!("{{type: array, items: {next}}}"));
    assert!(expansion.contains("Vec < :: frontline :: private :: serde_json :: Value"));
}

#[test]
fn a_chain_of_all_of_is_merged() {
    let expansion = expand("all-of", 60, |next| {
        let own = format!("{{type: object, properties: {{p{next}: {{type: string}}}}}}");
        match next {
            1 => own,
            _ => format!("{{allOf: [{{$ref: '#/components/schemas/A{}'}}, {own}]}}", next - 2),
        }
    });
    assert!(!expansion.contains("compile_error"));
    assert_eq!(expansion.matches("pub p1 :").count(), 60);
    assert_eq!(expansion.matches("pub p60 :").count(), 1);
}

#[test]
fn a_list_that_contains_itself_is_accepted() {
    let expansion = expand("list", 1, |_| {
        "{type: array, items: {$ref: '#/components/schemas/A0'}}\n    Part: {type: object, properties: {a: {$ref: \
         '#/components/schemas/A0'}}}\n  requestBodies:\n    Body: {content: {multipart/form-data: {schema: {$ref: \
         '#/components/schemas/Part'}}}}"
            .to_owned()
    });
    assert!(!expansion.contains("compile_error"), "{expansion}");
}

#[test]
fn long_chains_of_schemas_are_errors() {
    let next = |next| format!("{{$ref: '#/components/schemas/A{next}'}}");
    let inner = "{properties: {p: {type: string}}}";
    let kinds: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("all-of-chain", &|number| format!("{{allOf: [{}, {inner}]}}", next(number))),
        ("only-all-of-chain", &|number| format!("{{allOf: [{}]}}", next(number))),
        ("one-of-chain", &|number| format!("{{oneOf: [{}, {{type: string}}]}}", next(number))),
        ("any-of-chain", &|number| format!("{{anyOf: [{}, {inner}]}}", next(number))),
    ];
    for (name, schema) in kinds {
        let schema = |number| if number == 5_000 { inner.to_owned() } else { schema(number) };
        assert!(expand(name, 5_000, schema).contains("more than 100 schemas contain or extend each other"), "{name}");
    }
}

#[test]
fn long_chains_outside_of_components_are_errors() {
    for (name, before, after) in
        [("properties", "{properties: {p: ", "}}"), ("items", "{type: array, items: ", "}"), ("references", "", "")]
    {
        let chain: String = (1..5_000).fold(String::new(), |mut text, next| {
            writeln!(text, "    D{}: {before}{{$ref: '#/components/x-d/D{next}'}}{after}", next - 1).unwrap();
            text
        });
        let expansion = expand(name, 1, |_| {
            format!(
                "{{properties: {{x: {{$ref: '#/components/x-d/D0'}}}}}}\n  x-d:\n{chain}    D4999: {{type: string}}"
            )
        });
        assert!(expansion.contains("more than 100 schemas"), "{name}\n{expansion}");
    }
}

#[test]
fn schemas_in_a_circle_allow_null_if_one_of_them_does() {
    let expansion = expand("null", 3, |next| match next {
        1 => "{required: [x, y], properties: {x: {$ref: '#/components/schemas/A1'}, y: {$ref: \
              '#/components/schemas/A2'}}}"
            .to_owned(),
        2 => "{anyOf: [{$ref: '#/components/schemas/A2'}, {type: integer}]}".to_owned(),
        _ => "{anyOf: [{$ref: '#/components/schemas/A1'}, {type: string, nullable: true}]}".to_owned(),
    });
    for field in ["pub x : :: core :: option :: Option <", "pub y : :: core :: option :: Option <"] {
        assert!(expansion.contains(field), "{expansion}");
    }
}
