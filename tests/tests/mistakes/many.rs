//! Many mistakes of one kind, and mistakes in parts that are not used.

use quote::quote;

use super::{BASE, tell, tell_with};

/// Returns schemas for arrays without `items`, each in two lines.
fn arrays(count: usize) -> String {
    let arrays: Vec<String> = (0..count).map(|index| format!("    S{index}:\n      type: array\n")).collect();
    arrays.concat()
}

#[test]
fn many_warnings_of_one_kind_are_told_once_with_their_lines() {
    let document = format!("{BASE}{}", arrays(6));
    let first = BASE.lines().count() + 2;
    let told = tell("many", &document);
    let [only] = told.warnings.as_slice() else { panic!("{told:#?}") };
    let lines: Vec<String> = (1..4).map(|index| (first + 2 * index).to_string()).collect();
    let note = format!("= note: 5 more warnings like this, in lines {}, …; `warnings = all`", lines.join(", "));
    assert!(only.contains(&format!("many.yaml:{first}:13")) && only.contains(&note), "{only}");
    let told = tell_with("many", &document, &quote! { warnings = all });
    assert_eq!(told.warnings.len(), 6);
}

#[test]
fn many_warnings_in_one_line_are_told_once() {
    let item = "{type: array}";
    let document =
        format!("{BASE}    S: {{type: object, properties: {{a: {item}, b: {item}, c: {item}, d: {item}}}}}\n");
    let told = tell("line", &document);
    let [only] = told.warnings.as_slice() else { panic!("{told:#?}") };
    assert!(only.contains("= note: 3 more warnings like this, in the same line;"), "{only}");
}

#[test]
fn three_warnings_of_one_kind_are_told_each() {
    assert_eq!(tell("three", &format!("{BASE}{}", arrays(3))).warnings.len(), 3);
}

#[test]
fn mistakes_in_operations_that_are_not_generated_are_not_told() {
    let document = BASE.replace("default: 20", "default: many").replace("[here, gone]", "[here, here]");
    let warnings = |operations| tell_with("selected", &document, &quote! { operations = [#operations] }).warnings;
    let told = warnings("getPet");
    assert_eq!(told.len(), 2, "{told:#?}");
    let told = warnings("addPet");
    assert!(matches!(told.as_slice(), [only] if only.starts_with("`enum` lists `here` twice")), "{told:#?}");
}

#[test]
fn mistakes_in_other_files_are_told_there() {
    let other = "Cat:\n  type: object\n  required: [name, name]\n  properties:\n    name: {type: string}\n";
    tell("other", other);
    let told = tell("main", &BASE.replace("'#/components/schemas/Cat'\n        - ", "'other.yaml#/Cat'\n        - "));
    assert!(told.warnings.iter().any(|text| text.contains("other.yaml:3:20")), "{told:#?}");
}

#[test]
fn an_example_is_compared_with_a_limited_number_of_schemas() {
    let schema = |index| {
        let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
        format!("    S{index}:\n      allOf: [{next}, {next}]\n      example: {{a: 1}}\n")
    };
    let rest = (0..25).map(schema).collect::<Vec<_>>().concat();
    let told =
        tell("levels", &format!("{BASE}{rest}    S25: {{type: object, properties: {{a: {{type: integer}}}}}}\n"));
    assert!(told.errors.is_empty() && told.warnings.is_empty(), "{told:#?}");
}

#[test]
fn a_misspelled_scheme_is_told_with_a_suggestion() {
    let told = tell("scheme", &BASE.replace("scheme: basic", "scheme: bearrer"));
    let message = "the security scheme `account` is not supported: `scheme: bearrer`; did you mean `bearer`?\n";
    assert!(matches!(told.errors.as_slice(), [only] if only.starts_with(message)), "{told:#?}");
}

#[test]
fn many_equal_errors_are_told_once_with_their_lines() {
    let uses: Vec<String> =
        (0..6).map(|index| format!("    S{index}: {{$ref: '#/components/schemas/No'}}\n")).collect();
    let document = format!("{BASE}{}", uses.concat());
    let told = tell("equal", &document);
    let [only] = told.errors.as_slice() else { panic!("{told:#?}") };
    assert!(only.starts_with("`#/components/schemas/No` is not defined\n"), "{only}");
    assert!(only.contains("= note: 5 more errors like this, in lines "), "{only}");
    assert_eq!(tell_with("equal", &document, &quote! { warnings = all }).errors.len(), 6);
}

#[test]
fn the_consequences_of_a_mistake_are_told_together() {
    let document = BASE.replace("  securitySchemes:", "  securitySchema:");
    let told = tell_with("together", &document, &quote! { mistakes = warn });
    let [only] = told.warnings.as_slice() else { panic!("{told:#?}") };
    let message = "requests are sent without `account`, and this part of `components` is ignored: the `components` \
                   object has no key `securitySchema`; did you mean `securitySchemes`?\n";
    assert!(only.starts_with(message), "{only}");
}

#[test]
fn a_client_of_which_nothing_is_left_is_told() {
    let document = BASE.replace("  - account: []", "  - account");
    let told = tell_with("nothing", &document, &quote! { mistakes = warn });
    let [reason, nothing] = told.warnings.as_slice() else { panic!("{told:#?}") };
    assert!(
        reason.contains("the operation `addPet` is left out, and the operation `getPet` is left out: "),
        "{reason}"
    );
    assert!(nothing.starts_with("no operation is left, ") && nothing.contains("nothing.yaml:12:1\n"), "{nothing}");
    // One operation is enough, and so is a document without any.
    let one = document.replace("      operationId: addPet\n", "      operationId: addPet\n      security: []\n");
    assert!(
        !tell_with("one", &one, &quote! { mistakes = warn }).warnings.iter().any(|told| told.contains("no operation"))
    );
    let none = "openapi: 3.0.3\ninfo: {title: Types, version: 1.0.0}\npaths: {}\n";
    assert!(tell_with("none", none, &quote! { mistakes = warn }).warnings.is_empty());
}
