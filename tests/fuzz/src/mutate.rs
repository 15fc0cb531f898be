//! Mutates documents as value trees. A fuzzer that only changes bytes seldom gets past the parser.

use serde_json::{Map, Value, json};

/// Words of OpenAPI, one per line, in quotes.
const DICTIONARY: &str = include_str!("../openapi.dict");

/// Mutates a document in libFuzzer's buffer, for three of four seeds. Returns the new size, or `None` if libFuzzer's
/// own mutator has to be used.
pub fn in_place(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> Option<usize> {
    let new = mutate(&data[..size], seed).filter(|new| seed % 4 != 0 && new.len() <= max_size)?;
    data[..new.len()].copy_from_slice(&new);
    Some(new.len())
}

/// Moves, removes, wraps, or renames a few values of a document. Returns JSON, or `None` if `data` is not a document.
fn mutate(data: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut root: Value = serde_yaml::from_slice(data).ok()?;
    let mut dice = Dice(u64::from(seed) << 1 | 1);
    for _ in 0..=dice.below(3) {
        edit(&mut root, &mut dice)?;
    }
    serde_json::to_vec(&root).ok()
}

/// A random number generator (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % count.max(1)
    }

    fn word(&mut self) -> String {
        let words: Vec<&str> = DICTIONARY.lines().map(|line| line.trim_matches('"')).collect();
        words[self.below(words.len())].to_owned()
    }
}

fn edit(root: &mut Value, dice: &mut Dice) -> Option<()> {
    let mut pointers = Vec::new();
    collect(root, String::new(), &mut pointers);
    let pointer = pointers[dice.below(pointers.len())].clone();
    let other = pointers[dice.below(pointers.len())].clone();
    let value = root.pointer(&pointer)?.clone();
    let new = match dice.below(9) {
        0 => root.pointer(&other)?.clone(),
        1 => json!({ "$ref": format!("#{other}") }),
        2 => json!({ dice.word(): value }),
        3 => json!([value]),
        4 => scalar(dice),
        5 => with(value, dice.word(), root.pointer(&other)?.clone()),
        6 => with(value, dice.word(), scalar(dice)),
        7 => renamed(value, dice),
        _ => without(value, dice),
    };
    *root.pointer_mut(&pointer)? = new;
    Some(())
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                collect(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), pointers);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

fn scalar(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(dice.below(3)),
        4 => json!(-1.5e300),
        5 => json!(""),
        _ => json!(dice.word()),
    }
}

fn with(mut value: Value, key: String, new: Value) -> Value {
    match &mut value {
        Value::Object(entries) => drop(entries.insert(key, new)),
        Value::Array(items) => items.push(new),
        _ => value = new,
    }
    value
}

fn renamed(value: Value, dice: &mut Dice) -> Value {
    let Value::Object(entries) = value else { return value };
    let chosen = dice.below(entries.len());
    let rename = |(index, (key, value))| (if index == chosen { dice.word() } else { key }, value);
    entries.into_iter().enumerate().map(rename).collect::<Map<_, _>>().into()
}

fn without(mut value: Value, dice: &mut Dice) -> Value {
    match &mut value {
        Value::Object(entries) if !entries.is_empty() => {
            let key = entries.keys().nth(dice.below(entries.len())).cloned();
            key.and_then(|key| entries.shift_remove(&key));
        }
        Value::Array(items) if !items.is_empty() => drop(items.remove(dice.below(items.len()))),
        _ => value = Value::Null,
    }
    value
}
