//! Edits that break a document.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::Case;

/// Texts that are not valid Rust names, or that would end the literal or comment that contains them.
const HOSTILE: [&str; 12] =
    ["", "self", "r#", "a b", "*/", "\"#", "\\", "{}", "\u{0}", "\u{202e}\u{1f980}", "1", "../.."];

/// Returns the document at `path`, broken by each edit.
pub fn of(path: &Path) -> Vec<Case> {
    let bytes = fs::read(path).unwrap();
    let extension = if path.extension().is_some_and(|extension| extension == "json") { "json" } else { "yaml" };
    let document = path.file_name().unwrap().to_string_lossy();
    let case = |edit: &str, extension, text| Case { name: format!("{document}, {edit}"), extension, text };
    let mut cases: Vec<Case> = lines(&bytes).into_iter().map(|(edit, text)| case(&edit, extension, text)).collect();
    if let Ok(root) = serde_yaml::from_slice::<Value>(&bytes) {
        cases.extend(trees(&root).into_iter().map(|(edit, extension, text)| case(&edit, extension, text)));
    }
    cases
}

/// Returns small files that could exhaust memory, and deeply nested ones that could overflow the stack.
pub fn bombs() -> Vec<Case> {
    const DEEP: usize = 10_000;
    const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\n";
    let levels = |first: &str, next: &dyn Fn(usize) -> String| {
        (1..20).fold(format!("x-0: &a0 {first}\n"), |text, level| {
            text + &format!("x-{level}: &a{level} {}\n", next(level - 1))
        })
    };
    let lists = |last| format!("[{}]", vec![format!("*a{last}"); 10].join(", "));
    let schemas = |last| format!("{{properties: {{a: *a{last}, b: *a{last}}}}}");
    let merged = |last| format!("{{<<: [*a{last}, *a{last}], b{last}: *a{last}}}");
    let few = (1..8).fold("    A0: &a0 {type: string}\n".to_owned(), |text, level| {
        text + &format!("    A{level}: &a{level} {}\n", schemas(level - 1))
    });
    let mut texts = vec![
        ("lists of lists".to_owned(), "yaml", levels("[x]", &lists)),
        ("schemas of schemas".to_owned(), "yaml", levels("{type: string}", &schemas)),
        ("merged".to_owned(), "yaml", levels("{a: b}", &merged)),
        ("few schemas of schemas".to_owned(), "yaml", format!("components:\n  schemas:\n{few}")),
        ("an anchor in itself".to_owned(), "yaml", "x-0: &a {a: *a}\n".to_owned()),
        ("an anchor merged into itself".to_owned(), "yaml", "x-0: &a {<<: *a}\n".to_owned()),
    ];
    for (name, open, close) in [
        ("lists", "[", "]"),
        ("properties", "{\"properties\": {\"a\": ", "}}"),
        ("members", "{\"allOf\": [", "]}"),
        ("items", "- ", ""),
        ("lists that are not closed", "[", ""),
    ] {
        let text = format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
        texts.push((format!("deep {name}"), "yaml", format!("components:\n  schemas:\n    Deep:\n      {text}\n")));
        texts.push((format!("deep {name} in JSON"), "json", text));
    }
    let case = |(name, extension, text): (_, &'static str, String)| {
        let text = if extension == "yaml" { format!("{HEAD}{text}") } else { text };
        Case { name, extension, text: text.into_bytes() }
    };
    texts.into_iter().map(case).collect()
}

/// Edits lines: the parser has to report these mistakes.
fn lines(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut texts = Vec::new();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for (index, line) in lines.iter().enumerate() {
        let (before, behind) = (lines[..index].concat(), lines[index + 1..].concat());
        let mut put = |edit: &str, new: Vec<u8>, rest: &[u8]| {
            texts.push((format!("line {}: {edit}", index + 1), [&before, &*new, rest].concat()));
        };
        let half = line.len() / 2;
        put("gone", Vec::new(), &behind);
        put("twice", line.repeat(2), &behind);
        put("further in", [b" ", *line].concat(), &behind);
        put("behind a tab", [b"\t", *line].concat(), &behind);
        put("the last", line[..half].to_vec(), b"");
        put("with NUL", [&line[..half], b"\0", &line[half..]].concat(), &behind);
        put("not UTF-8", [&line[..half], b"\xff", &line[half..]].concat(), &behind);
    }
    texts
}

/// Edits values: the later stages have to report these mistakes.
fn trees(root: &Value) -> Vec<(String, &'static str, Vec<u8>)> {
    let mut pointers = Vec::new();
    walk(root, String::new(), &mut pointers);
    let mut trees = Vec::new();
    // Serialized immediately, because all trees of a document would take too much memory.
    let mut push = |edit: String, tree: &Value| {
        let (extension, text) = match trees.len() % 2 {
            0 => ("json", serde_json::to_vec_pretty(tree).unwrap()),
            _ => ("yaml", serde_yaml::to_string(tree).unwrap().into_bytes()),
        };
        trees.push((edit, extension, text));
    };
    for (index, pointer) in pointers.iter().enumerate() {
        let hostile = HOSTILE[index % HOSTILE.len()];
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        let value = root.pointer(pointer).unwrap();
        let mut put = |edit: &str, new: Value| {
            let mut tree = root.clone();
            *tree.pointer_mut(pointer).unwrap() = new;
            push(format!("{pointer}: {edit}"), &tree);
        };
        put("null", Value::Null);
        put("of another type", other_type(value));
        put("a hostile text", json!(hostile));
        put("a reference to itself", json!({ "$ref": format!("#{pointer}") }));
        put("a reference to what holds it", json!({ "$ref": format!("#{parent}") }));
        put("empty", if value.is_array() { json!([]) } else { json!({}) });
        let mut rename = |edit: &str, name: Option<&str>| {
            let mut tree = root.clone();
            if renamed(tree.pointer_mut(parent).unwrap(), &key, name) {
                push(format!("{pointer}: {edit}"), &tree);
            }
        };
        rename("gone", None);
        rename("mistyped", Some(&mistyped(&key)));
        rename("with a hostile name", Some(hostile));
    }
    trees
}

fn walk(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        walk(child, format!("{pointer}/{key}"), pointers);
    }
    if !pointer.is_empty() {
        pointers.push(pointer);
    }
}

fn other_type(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => json!("true"),
        Value::Number(_) => json!([1]),
        Value::String(_) => json!(-7.5e300),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item.clone()))
            .collect::<Map<_, _>>()
            .into(),
        Value::Object(entries) => entries.values().cloned().collect(),
    }
}

/// Swaps the last two letters, or adds one if they are equal.
fn mistyped(key: &str) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    match letters.as_mut_slice() {
        [.., a, b] if a != b => std::mem::swap(a, b),
        _ => letters.push('x'),
    }
    letters.into_iter().collect()
}

/// Renames a key, or removes an entry or an item. Returns whether that is possible.
fn renamed(parent: &mut Value, key: &str, name: Option<&str>) -> bool {
    match (parent, name) {
        (Value::Object(entries), _) if name.is_some_and(|name| entries.contains_key(name)) => false,
        (Value::Object(entries), _) => {
            let old = std::mem::take(entries);
            for (known, value) in old {
                if known != key {
                    entries.insert(known, value);
                } else if let Some(name) = name {
                    entries.insert(name.to_owned(), value);
                }
            }
            true
        }
        (Value::Array(items), None) => {
            items.remove(key.parse().unwrap());
            true
        }
        _ => false,
    }
}
