//! Edits that break a document.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Case;

/// Texts that are not valid Rust names, or that would end the literal or comment that contains them.
const HOSTILE: [&str; 12] =
    ["", "self", "r#", "a b", "*/", "\"#", "\\", "{}", "\u{0}", "\u{202e}\u{1f980}", "1", "../.."];

/// Returns the document at `path`, broken by each edit.
pub fn of(path: &Path) -> Vec<Case> {
    let bytes: Arc<[u8]> = fs::read(path).unwrap().into();
    let extension = if path.extension().is_some_and(|extension| extension == "json") { "json" } else { "yaml" };
    let mut cases = lines(&bytes, extension);
    if let Ok(root) = serde_yaml::from_slice::<Value>(&bytes) {
        cases.extend(trees(&Arc::new(root)));
    }
    let document = path.file_name().unwrap().to_string_lossy();
    for case in &mut cases {
        case.name = format!("{document}, {}", case.name);
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
        Case { name, extension, text: Box::new(|| text.into_bytes()) }
    };
    texts.into_iter().map(case).collect()
}

/// Edits lines: the parser has to report these mistakes.
fn lines(bytes: &Arc<[u8]>, extension: &'static str) -> Vec<Case> {
    /// Returns the replacement of a line.
    type Edit = fn(&[u8]) -> Vec<u8>;
    const EDITS: [(&str, Edit); 7] = [
        ("gone", |_| Vec::new()),
        ("twice", |line| line.repeat(2)),
        ("further in", |line| [b" ", line].concat()),
        ("behind a tab", |line| [b"\t", line].concat()),
        (LAST, |line| line[..line.len() / 2].to_vec()),
        ("with NUL", |line| [&line[..line.len() / 2], b"\0", &line[line.len() / 2..]].concat()),
        ("not UTF-8", |line| [&line[..line.len() / 2], b"\xff", &line[line.len() / 2..]].concat()),
    ];
    /// The name of the edit that also removes all following lines.
    const LAST: &str = "the last";
    let mut cases = Vec::new();
    let mut start = 0;
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let end = start + line.len();
        for (name, edit) in EDITS {
            let bytes = Arc::clone(bytes);
            let rest = if name == LAST { bytes.len() } else { end };
            let text = move || [&bytes[..start], &*edit(&bytes[start..end]), &bytes[rest..]].concat();
            cases.push(Case { name: format!("line {}: {name}", index + 1), extension, text: Box::new(text) });
        }
        start = end;
    }
    cases
}

/// Edits values: the later stages have to report these mistakes.
fn trees(root: &Arc<Value>) -> Vec<Case> {
    let mut pointers = Vec::new();
    walk(root, String::new(), &mut pointers);
    let mut cases: Vec<Case> = Vec::new();
    let mut push = |name: String, edit: Box<dyn FnOnce(&mut Value) + Send>| {
        let extension = if cases.len().is_multiple_of(2) { "json" } else { "yaml" };
        let root = Arc::clone(root);
        let text = move || {
            let mut tree = Value::clone(&root);
            edit(&mut tree);
            match extension {
                "json" => serde_json::to_vec_pretty(&tree).unwrap(),
                _ => serde_yaml::to_string(&tree).unwrap().into_bytes(),
            }
        };
        cases.push(Case { name, extension, text: Box::new(text) });
    };
    for (index, pointer) in pointers.iter().enumerate() {
        let hostile = HOSTILE[index % HOSTILE.len()];
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        let value = root.pointer(pointer).unwrap();
        let mut put = |edit: &str, new: Value| {
            let at = pointer.clone();
            push(format!("{pointer}: {edit}"), Box::new(move |tree| *tree.pointer_mut(&at).unwrap() = new));
        };
        put("null", Value::Null);
        put("of another type", other_type(value));
        put("a hostile text", json!(hostile));
        put("a reference to itself", json!({ "$ref": format!("#{pointer}") }));
        put("a reference to what holds it", json!({ "$ref": format!("#{parent}") }));
        put("empty", if value.is_array() { json!([]) } else { json!({}) });
        let mut put_name = |edit: &str, name: Option<String>| {
            let (parent, key) = (parent.to_owned(), key.clone());
            if can_be_renamed(root.pointer(&parent).unwrap(), name.as_deref()) {
                let edit_tree =
                    move |tree: &mut Value| rename(tree.pointer_mut(&parent).unwrap(), &key, name.as_deref());
                push(format!("{pointer}: {edit}"), Box::new(edit_tree));
            }
        };
        put_name("gone", None);
        put_name("mistyped", Some(mistyped(&key)));
        put_name("with a hostile name", Some(hostile.to_owned()));
    }
    cases
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

/// Whether [`rename`] can be applied.
fn can_be_renamed(parent: &Value, name: Option<&str>) -> bool {
    match (parent, name) {
        (Value::Object(entries), Some(name)) => !entries.contains_key(name),
        (Value::Object(_) | Value::Array(_), None) => true,
        _ => false,
    }
}

/// Renames a key. Without a new name, removes the entry or the item.
fn rename(parent: &mut Value, key: &str, name: Option<&str>) {
    match parent {
        Value::Object(entries) => {
            for (known, value) in std::mem::take(entries) {
                if known != key {
                    entries.insert(known, value);
                } else if let Some(name) = name {
                    entries.insert(name.to_owned(), value);
                }
            }
        }
        Value::Array(items) => drop(items.remove(key.parse().unwrap())),
        _ => {}
    }
}
