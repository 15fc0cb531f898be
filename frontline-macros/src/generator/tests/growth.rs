//! Tests that the time of an expansion is proportional to the size of the document.

use std::fmt::Write;
use std::time::{Duration, Instant};
use std::{env, fs, process};

use quote::quote;

use super::{expansion, expansion_with};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n";

/// What a short expansion may take longer than expected, because other processes use the processor's caches.
const TOLERANCE: Duration = Duration::from_millis(500);

/// Asserts that a document of four times the size takes at most eight times as long. A time that grew with the square
/// of the size would be sixteen times as long. A document gets three attempts.
fn assert_linear(name: &str, size: usize, document: impl Fn(usize) -> String) {
    assert_time_is_linear(name, size, document, |text| expansion(name, text));
}

/// Version of [`assert_linear`] for other work with a document.
fn assert_time_is_linear(name: &str, size: usize, document: impl Fn(usize) -> String, work: impl Fn(&str) -> String) {
    let time = |size: usize| {
        let text = document(size);
        let start = Instant::now();
        let before = processor_time(start);
        work(&text);
        processor_time(start).saturating_sub(before)
    };
    let measure = || (time(size), time(4 * size));
    let is_linear = |(small, large): (Duration, Duration)| {
        println!("{name}: {size} takes {small:?}, {} takes {large:?}", 4 * size);
        large < 8 * small + TOLERANCE
    };
    assert!((0..3).any(|_| is_linear(measure())), "{name}");
}

/// Returns the processor time of this thread if the system reports it. Unlike the time since `start`, it does not
/// depend on other processes.
fn processor_time(start: Instant) -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|time| time.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Returns a document with `count` schemas.
fn schemas(count: usize, schema: impl Fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for number in 0..count {
        writeln!(text, "    {}", schema(number)).unwrap();
    }
    text
}

/// Converts YAML to JSON in a single line.
fn one_line(yaml: &str) -> String {
    serde_yaml::from_str::<serde_json::Value>(yaml).unwrap().to_string()
}

fn described(description: &str) -> String {
    format!("{HEAD}components:\n  schemas:\n    A: {{type: string, description: 'x {description}'}}\n")
}

#[test]
fn markup_that_is_never_closed() {
    for (name, markup) in [
        ("code-and-brackets", "`[<"),
        ("backticks", "`"),
        ("brackets", "["),
        ("links", "[](https://"),
        ("autolinks", "<https://"),
        ("urls", "https://,("),
    ] {
        assert_linear(name, 20_000, |count| described(&markup.repeat(count)));
    }
}

#[test]
fn clashing_names() {
    // `A-`, `A--` and so on.
    let name = |number: usize| format!("'A{:-<1$}': {{type: string}}", "", number % 50 + 1);
    let name = |number: usize| name(number).replacen('A', &format!("A{}", "_".repeat(number / 50 + 1)), 1);
    assert_linear("clashes", 2_000, |count| schemas(count, name));
}

#[test]
fn errors() {
    let mistyped = |count| schemas(count, |number| format!("A{number}: {{type: strng}}"));
    assert_linear("types", 2_000, mistyped);
    assert_linear("types-in-json", 2_000, |count| one_line(&mistyped(count)));
}

#[test]
fn two_warnings_in_a_long_line() {
    let with_warnings = |count| {
        let end = "\n    Y: {type: string, colour: red}\n    Z: {type: string, colour: red}\n";
        let description = "ä".repeat(300);
        let text = schemas(count, |number| format!("A{number}: {{type: string, description: '{description}'}}"));
        one_line(&(text + end))
    };
    assert_linear("warnings", 2_000, with_warnings);
}

#[test]
fn dangling_references() {
    let dangling = |number| format!("A{number}: {{$ref: '#/components/schemas/B{number}'}}");
    assert_linear("dangling", 1_000, |count| schemas(count, dangling));
}

#[test]
fn misspelled_required_properties() {
    let list =
        |letter, count| (0..count).map(|number| format!("{letter}{number}: {{}}")).collect::<Vec<_>>().join(", ");
    let required = |count| (0..count).map(|number| format!("b{number}")).collect::<Vec<_>>().join(", ");
    let schema = |count| format!("A: {{properties: {{{}}}, required: [{}]}}", list('a', count), required(count));
    assert_linear("required", 500, |count| schemas(1, |_| schema(count)));
}

#[test]
fn members_of_all_of() {
    // Each schema has all earlier ones as members, so the number of members is about half of `size`.
    let schema = |number: usize| {
        let members = (0..number).map(|parent| format!("{{$ref: '#/components/schemas/A{parent}'}}"));
        let members: Vec<String> = members.chain(["{properties: {p: {type: string}}}".to_owned()]).collect();
        format!("A{number}: {{allOf: [{}]}}", members.join(", "))
    };
    assert_linear("members", 6_400, |size| schemas(size.isqrt(), schema));
}

#[test]
fn properties_that_many_schemas_describe() {
    // Each schema has 39 members, and each of these describes the same properties differently.
    let base = |number: usize| {
        format!("{{properties: {{p: {{properties: {{q{number}: {{type: string}}}}}}, n: {{minimum: {number}}}}}}}")
    };
    let schema = |number: usize| match number {
        0..40 => format!("A{number}: {}", base(number)),
        _ => {
            let members = (0..39).map(|parent| format!("{{$ref: '#/components/schemas/A{parent}'}}"));
            format!("A{number}: {{allOf: [{}]}}", members.collect::<Vec<_>>().join(", "))
        }
    };
    assert_linear("described", 150, |size| schemas(size, schema));
}

#[test]
fn comparisons_with_a_released_document() {
    let members = |count: usize| (0..count).map(|number| format!("{{$ref: '#/components/schemas/A{number}'}}"));
    let list = |count: usize| members(count).collect::<Vec<_>>().join(", ");
    let all = |count| {
        let values: Vec<String> = (0..count).map(|number| format!("A{number}")).collect();
        let properties: Vec<String> = values.iter().map(|value| format!("{value}: {{type: string}}")).collect();
        let one = |number| format!("A{number}: {{type: object, properties: {{v{number}: {{type: string}}}}}}");
        let mut text = schemas(count, one);
        writeln!(text, "    Values: {{type: string, enum: [{}]}}", values.join(", ")).unwrap();
        writeln!(text, "    Union: {{oneOf: [{}]}}", list(count)).unwrap();
        writeln!(text, "    Object: {{type: object, properties: {{{}}}}}", properties.join(", ")).unwrap();
        text
    };
    for (name, changed) in [("other-names", "B"), ("same-names", "A")] {
        assert_time_is_linear(name, 150, all, |text| {
            let path = env::temp_dir().join(format!("frontline-released-{name}-{}.yaml", process::id()));
            fs::write(&path, text.replace('A', changed)).unwrap();
            let released = path.to_string_lossy().into_owned();
            let expansion = expansion_with(name, text, &quote! { baseline = #released, warnings = all });
            fs::remove_file(path).unwrap();
            assert_eq!(expansion.contains("next version: "), changed == "B");
            expansion
        });
    }
}
