//! Makes texts for patterns, formats and limits of lengths.

use std::collections::HashMap;

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};
use serde_json::{Map, Value, json};

use super::parts::{Parts, at_least, at_most};
use super::random::Random;

/// The texts of a schema that allows any.
pub const WORDS: [&str; 10] =
    ["a", "text", "two words", "", "Grüße, 世界 🙂", "\"quoted\" \\ /", "line\nbreak", "0", "null", "1e3"];

/// Makes texts, and remembers those that match a pattern.
#[derive(Default)]
pub struct Texts {
    matching: HashMap<String, Vec<String>>,
}

impl Texts {
    /// Makes a text that matches all parts.
    pub fn text(&mut self, parts: &Parts<'_>, random: &mut Random) -> Option<String> {
        let (least, most) = (at_least(parts, "minLength"), at_most(parts, "maxLength"));
        if parts.all.iter().any(|part| part.get("pattern").is_some()) {
            return self.restricted(parts, random);
        }
        let format = parts.all.iter().find_map(|part| part.get("format")?.as_str());
        let is_base64 = parts.all.iter().any(|part| part.get("contentEncoding").is_some_and(|it| it == "base64"));
        let listed = of_format(if is_base64 { "byte" } else { format.unwrap_or_default() });
        let fits = |text: &&&str| (least..=most).contains(&text.chars().count());
        let fitting: Vec<&str> = listed.iter().filter(fits).copied().collect();
        if !listed.is_empty() {
            return random.pick(&fitting).map(|text| (*text).to_owned()).or_else(|| self.restricted(parts, random));
        }
        let fitting: Vec<&str> = WORDS.iter().filter(fits).copied().collect();
        let length = match random.below(8) {
            0 => least,
            1 if most < 5_000 => most,
            _ => {
                return Some(
                    random
                        .pick(&fitting)
                        .map_or_else(|| letters(least.max(1).min(most), random), |word| (*word).to_owned()),
                );
            }
        };
        Some(letters(length, random))
    }

    /// Chooses a text that a validator accepts.
    fn restricted(&mut self, parts: &Parts<'_>, random: &mut Random) -> Option<String> {
        const KEYS: [&str; 5] = ["pattern", "format", "minLength", "maxLength", "enum"];
        let keywords = parts.all.iter().map(|part| {
            KEYS.iter().filter_map(|key| Some(((*key).to_owned(), part.get(*key)?.clone()))).collect::<Map<_, _>>()
        });
        let schema = json!({ "allOf": keywords.filter(|keywords| !keywords.is_empty()).collect::<Vec<_>>() });
        let key = schema.to_string();
        if !self.matching.contains_key(&key) {
            let mut candidates: Vec<String> = parts.all.iter().copied().flat_map(hints).collect();
            let texts = |key: &'static str| parts.all.iter().filter_map(move |part| part.get(key)?.as_str());
            for pattern in texts("pattern") {
                candidates.extend((0..12).filter_map(|size| generated(pattern, size, random)));
            }
            candidates.extend(texts("format").flat_map(of_format).map(|text| (*text).to_owned()));
            candidates.retain(|text| accepts_text(&schema, text));
            self.matching.insert(key.clone(), candidates);
        }
        random.pick(self.matching.get(&key)?).cloned()
    }

    /// Makes a text that matches a pattern.
    pub fn matching(&mut self, pattern: &str, random: &mut Random) -> Option<String> {
        let schema = json!({ "pattern": pattern });
        self.restricted(&Parts { all: vec![&schema], ..Parts::default() }, random)
    }
}

/// Returns the texts that a schema gives as its default.
fn hints(part: &Value) -> impl Iterator<Item = String> {
    part.get("default").and_then(Value::as_str).map(ToOwned::to_owned).into_iter()
}

fn letters(count: usize, random: &mut Random) -> String {
    (0..count).map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0))).collect()
}

/// Makes a text that matches a pattern, with `size` repetitions at most. Look-around is ignored.
fn generated(pattern: &str, size: u32, random: &mut Random) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(&without_look_around(pattern)).ok()?;
    let mut text = Vec::new();
    write(&hir, size, random, &mut text);
    String::from_utf8(text).ok()
}

/// Removes look-around, which `regex_syntax` does not know. The validator refuses the texts that it rules out.
fn without_look_around(pattern: &str) -> String {
    let mut rest = pattern.to_owned();
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="].iter().filter_map(|start| rest.find(start)).min() {
        let mut depth = 0;
        let mut is_escaped = false;
        let end = rest[start..].char_indices().find(|(_, c)| {
            let counts = !is_escaped;
            is_escaped = counts && *c == '\\';
            depth += i32::from(counts && *c == '(') - i32::from(counts && *c == ')');
            depth == 0
        });
        let Some((length, _)) = end else { break };
        rest.replace_range(start..=start + length, "");
    }
    rest
}

fn write(hir: &Hir, size: u32, random: &mut Random, text: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
        HirKind::Literal(literal) => text.extend_from_slice(&literal.0),
        HirKind::Class(Class::Unicode(class)) => {
            // The first ranges are those of ASCII, except for negated classes, which begin with control characters.
            let readable: Vec<_> =
                class.ranges().iter().filter(|range| range.end() >= ' ' && range.start() <= '~').collect();
            let Some(range) = random.pick(&readable) else {
                text.extend(
                    class.ranges().first().map(ClassUnicodeRange::start).into_iter().collect::<String>().bytes(),
                );
                return;
            };
            let (start, end) = (range.start().max(' ') as u32, range.end().min('~') as u32);
            let chosen = start + u32::try_from(random.below((end - start + 1) as usize)).unwrap_or(0);
            text.extend(char::from_u32(chosen).into_iter().collect::<String>().bytes());
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(size)).min(2_000);
            let count = repetition.min
                + u32::try_from(random.below((most.saturating_sub(repetition.min) + 1) as usize)).unwrap_or(0);
            (0..count).for_each(|_| write(&repetition.sub, size, random, text));
        }
        HirKind::Capture(capture) => write(&capture.sub, size, random, text),
        HirKind::Concat(all) => all.iter().for_each(|hir| write(hir, size, random, text)),
        HirKind::Alternation(any) => {
            if let Some(hir) = random.pick(any) {
                write(hir, size, random, text);
            }
        }
    }
}

/// Returns texts of a format, or nothing if any text will do.
fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "date" => &["2024-02-29", "1999-12-31", "2020-01-01"],
        "date-time" => &[
            "2024-02-29T23:59:59Z",
            "2015-07-30T20:00:00.123Z",
            "1999-12-31T23:59:59.999999+05:30",
            "2020-01-01T00:00:00-08:00",
            "2020-01-01T12:00:00.120Z",
            "1970-01-01T00:00:00.000Z",
        ],
        "date-time-rfc-2822" | "rfc2822" => &["Tue, 07 Jul 2015 20:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0100"],
        "time" => &["12:30:00Z", "23:59:59.5+01:00"],
        "duration" => &["P1DT2H", "PT0.5S", "P3W"],
        "email" | "idn-email" => &["a@example.com", "first.last+tag@example.org"],
        "hostname" | "idn-hostname" => &["example.com", "a-b.example.org"],
        "ipv4" => &["127.0.0.1", "255.255.255.255"],
        "ipv6" => &["::1", "2001:db8::8a2e:370:7334"],
        "ip" => &["127.0.0.1", "::1"],
        "uri" | "url" | "iri" => &["https://example.com/a?b=c#d", "urn:isbn:0451450523", "mailto:a@example.com"],
        "uri-reference" | "iri-reference" => &["/a/b", "https://example.com/", "../c?d"],
        "uri-template" => &["/users/{id}", "https://example.com/{a}"],
        "json-pointer" => &["", "/a/b~1c"],
        "relative-json-pointer" => &["1/a"],
        "regex" => &["^a+$", "[0-9]"],
        "uuid" | "guid" => &[
            "123e4567-e89b-12d3-a456-426614174000",
            "00000000-0000-0000-0000-000000000000",
            "C56A4180-65AA-42EC-A945-5FD21DEC0538",
        ],
        "byte" | "base64" => &["SGVsbG8=", "", "AAECAwQ=", "+/+/"],
        "base64url" => &["SGVsbG8", "-_-_"],
        "int32" | "int64" | "uint32" | "uint64" | "integer" => &["0", "12", "-7", "678195"],
        "decimal" | "number" | "float" | "double" => &["12.50", "0", "-3.1"],
        _ => &[],
    }
}

/// Returns whether a text matches the keywords of a schema that restrict texts.
fn accepts_text(schema: &Value, text: &str) -> bool {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.build(schema).is_ok_and(|validator| validator.is_valid(&text.into()))
}
