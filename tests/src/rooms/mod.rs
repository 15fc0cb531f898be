//! Which file of a crate uses which, and whether they use each other in circles.
//!
//! A file uses another where it names one of its items: in a `use` declaration, or in a path that begins with `crate`,
//! `self`, `super` or a module in scope. A re-export stands for the file that defines the item, so a `mod.rs` that only
//! declares and re-exports its children uses none of them. Code for tests is not looked at, and neither is what
//! `macro_rules!` and `quote!` hold, since the paths there belong to other places.

mod circles;
mod edges;
mod resolve;
mod syntax;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use edges::Edge;
use tree::Tree;

/// The texts of a crate's files by their paths below `src`, with `/` in them.
pub type Sources = BTreeMap<String, String>;

/// The most lines that a file may have.
pub const LINES: usize = 300;

/// These name everything for those outside, and their folder's rooms are not told apart by that.
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
            // Cargo's own folder has what is generated.
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

/// Each circle of a crate, with the file, line and path of each of its edges: first those of files, then those of the
/// folders and files that lie side by side in one folder.
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
        told.extend(circles.map(|circle| show(&format!("what is in `src/{folder}`"), circle)));
    }
    Ok(told)
}

/// The files that are too long, and the `mod.rs` files that do not begin with what the folder is for.
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

/// All folders, of which the crate's own is the empty text.
fn folders(sources: &Sources) -> Vec<&str> {
    let mut folders = vec![""];
    for file in sources.keys() {
        folders.extend(file.match_indices('/').map(|(index, _)| &file[..index]));
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// The edge with the names of its ends, if it leads from one thing in the folder to another.
fn between_rooms<'a>(folder: &str, edge: &'a Edge) -> Option<(&'a str, &'a str, &'a Edge)> {
    if FACADES.contains(&&*edge.from) {
        return None;
    }
    let (from, to) = (room(folder, &edge.from)?, room(folder, &edge.to)?);
    (from != to).then_some((from, to, edge))
}

/// What the file is in the folder: a file, or part of a folder. `a.rs` beside `a/` is the same as `a/mod.rs`.
fn room<'a>(folder: &str, file: &'a str) -> Option<&'a str> {
    if file.strip_suffix(".rs") == Some(folder) {
        return Some("mod");
    }
    let rest = if folder.is_empty() { file } else { file.strip_prefix(folder)?.strip_prefix('/')? };
    rest.split('/').next().map(|name| name.trim_end_matches(".rs"))
}

/// Whether a circle of rooms is one of files, which is told as such.
fn is_of_files(circle: &[&Edge]) -> bool {
    let next = circle.iter().cycle().skip(1);
    circle.iter().zip(next).all(|(edge, next)| edge.to == next.from)
}

fn show(what: &str, circle: &[&Edge]) -> String {
    let edges = circle.iter().map(|edge| format!("\n  {}:{}: `{}` is in {}", edge.from, edge.line, edge.path, edge.to));
    format!("a circle of {what}:{}", edges.collect::<String>())
}
