//! Finds circular dependencies between the files of a crate.
//!
//! A file depends on another one if it names an item of it, either in a `use` declaration or in a path that begins with
//! `crate`, `self`, `super` or the name of a module. Re-exports are followed to the file that defines the item.
//! Declaring and re-exporting a child module is no dependency. Code under `#[cfg(test)]` and the tokens in
//! `macro_rules!` and `quote!` are ignored.

mod circles;
mod edges;
mod resolve;
mod syntax;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use edges::Edge;
use tree::Tree;

/// The text of each file of a crate. The keys are paths relative to `src`, separated by `/`.
pub type Sources = BTreeMap<String, String>;

/// The maximum number of lines of a file.
pub const LINES: usize = 300;

/// Files that re-export items of the whole crate. They are ignored where folders are compared.
const FACADES: [&str; 2] = ["lib.rs", "private.rs"];

/// Reads all `.rs` files below a folder.
///
/// # Errors
///
/// If a file or folder cannot be read.
pub fn sources(folder: &Path) -> io::Result<Sources> {
    let mut sources = Sources::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            // The folder of cargo contains generated code.
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                sources.insert(name, fs::read_to_string(&path)?);
            }
        }
    }
    Ok(sources)
}

/// Describes each circle of files, and each circle of the entries of one folder, with the file, line and path of each
/// dependency.
///
/// # Errors
///
/// If a file is not Rust, or a module has no file.
pub fn circles(sources: &Sources) -> Result<Vec<String>, String> {
    let tree = Tree::new(sources)?;
    let edges = edges::of(&tree);
    let files: Vec<_> = edges.iter().map(|edge| (&*edge.from, &*edge.to, edge)).collect();
    let mut told: Vec<String> = circles::of(&files).iter().map(|circle| show("files", circle)).collect();
    for folder in folders(sources) {
        let rooms: Vec<_> = edges.iter().filter_map(|edge| between_rooms(folder, edge)).collect();
        let circles = circles::of(&rooms);
        let circles = circles.iter().filter(|circle| !is_of_files(circle));
        told.extend(circles.map(|circle| show(&format!("entries of `src/{folder}`"), circle)));
    }
    Ok(told)
}

/// Describes each dependency of a folder on an entry beside it that the header of the folder's `mod.rs` does not name.
///
/// # Errors
///
/// If a file is not Rust, or a module has no file.
pub fn unnamed(sources: &Sources) -> Result<Vec<String>, String> {
    let tree = Tree::new(sources)?;
    let edges = edges::of(&tree);
    let mut told = BTreeSet::new();
    for folder in folders(sources) {
        for (from, to, edge) in edges.iter().filter_map(|edge| between_rooms(folder, edge)) {
            let path = if folder.is_empty() { format!("{from}/mod.rs") } else { format!("{folder}/{from}/mod.rs") };
            let Some(text) = sources.get(&path) else { continue };
            let header: String = text.lines().take_while(|line| line.starts_with("//")).collect();
            if to != "mod" && !header.contains(&format!("`{to}`")) && !header.contains("every room") {
                told.insert(format!("{path} does not name `{to}`, which {}:{} uses", edge.from, edge.line));
            }
        }
    }
    Ok(told.into_iter().collect())
}

/// Describes the files that are too long and the `mod.rs` files without documentation.
#[must_use]
pub fn unkempt(sources: &Sources) -> Vec<String> {
    let mut told = Vec::new();
    for (file, text) in sources {
        let lines = text.lines().count();
        if lines > LINES {
            told.push(format!("{file} has {lines} lines, more than {LINES}"));
        }
        if file.ends_with("/mod.rs") && !text.starts_with("//!") {
            told.push(format!("{file} does not begin with `//!`"));
        }
    }
    told
}

/// All folders. The empty path is `src` itself.
fn folders(sources: &Sources) -> Vec<&str> {
    let mut folders = vec![""];
    for file in sources.keys() {
        folders.extend(file.match_indices('/').map(|(index, _)| &file[..index]));
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// The edge with the entries that it connects, if it connects two entries of the folder.
fn between_rooms<'a>(folder: &str, edge: &'a Edge) -> Option<(&'a str, &'a str, &'a Edge)> {
    if [&edge.from, &edge.to].iter().any(|file| FACADES.contains(&file.as_str())) {
        return None;
    }
    let (from, to) = (room(folder, &edge.from)?, room(folder, &edge.to)?);
    (from != to).then_some((from, to, edge))
}

/// The entry of the folder that is or contains the file. The file `a.rs` next to `a/` is treated as `a/mod.rs`.
fn room<'a>(folder: &str, file: &'a str) -> Option<&'a str> {
    if file.strip_suffix(".rs") == Some(folder) {
        return Some("mod");
    }
    let rest = if folder.is_empty() { file } else { file.strip_prefix(folder)?.strip_prefix('/')? };
    rest.split('/').next().map(|name| name.trim_end_matches(".rs"))
}

/// Whether the circle also is a circle of files, which is reported already.
fn is_of_files(circle: &[&Edge]) -> bool {
    let next = circle.iter().cycle().skip(1);
    circle.iter().zip(next).all(|(edge, next)| edge.to == next.from)
}

fn show(what: &str, circle: &[&Edge]) -> String {
    let edges = circle.iter().map(|edge| format!("\n  {}:{}: `{}` is in {}", edge.from, edge.line, edge.path, edge.to));
    format!("a circle of {what}:{}", edges.collect::<String>())
}
