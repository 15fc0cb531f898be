//! The files of `frontline` and `frontline-macros` have no circular dependencies, and are short.

use std::path::{Path, PathBuf};

use frontline_tests::rooms::{self, Sources};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &str) -> Sources {
    let sources = rooms::sources(&workspace().join(folder)).unwrap();
    assert!(sources.len() > 10, "{folder} has too few files");
    sources
}

fn has_no_circle(folder: &str) {
    let circles = rooms::circles(&sources(folder)).unwrap();
    assert!(circles.is_empty(), "{} circles in {folder}\n{}", circles.len(), circles.join("\n"));
}

#[test]
fn the_runtime_has_no_circle() {
    has_no_circle("frontline/src");
}

#[test]
fn the_generator_has_no_circle() {
    has_no_circle("frontline-macros/src");
}

#[test]
fn folders_name_what_they_use() {
    for folder in ["frontline/src", "frontline-macros/src"] {
        let told = rooms::unnamed(&sources(folder)).unwrap();
        assert!(told.is_empty(), "in {folder}:\n{}", told.join("\n"));
    }
}

#[test]
fn files_are_short_and_folders_are_documented() {
    for folder in ["frontline/src", "frontline-macros/src", "tests"] {
        let told = rooms::unkempt(&sources(folder));
        assert!(told.is_empty(), "in {folder}:\n{}", told.join("\n"));
    }
}

/// The circles of a crate that consists of these files.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    rooms::circles(&crate_of(files)).unwrap()
}

fn crate_of(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_circle_is_reported_with_each_of_its_edges() {
    let told = told(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use std::fmt;\n\nuse crate::b::B;\npub struct A;"),
        ("b.rs", "pub struct B;\nfn f() { crate::c::g(); }"),
        ("c.rs", "pub fn g() -> super::a::A { todo!() }"),
        ("d.rs", "use crate::a::A;"),
    ]);
    let circle = "a circle of files:\n  a.rs:3: `crate::b::B` is in b.rs\n  b.rs:2: `crate::c::g` is in c.rs\n  \
                  c.rs:1: `super::a::A` is in a.rs";
    assert_eq!(told, [circle]);
}

#[test]
fn dependencies_in_one_direction_are_no_circle() {
    let told = told(&[
        ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
        ("a.rs", "use crate::B; pub struct A;"),
        ("b.rs", "use std::a::X; pub struct B;"),
    ]);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_re_export_leads_to_the_file_that_defines_the_item() {
    let told = told(&[
        ("lib.rs", "mod error; mod retry; pub use error::*; mod types { pub use super::retry::Retry; }"),
        ("error/mod.rs", "mod kind; mod text; pub use kind::{Kind as ErrorKind, self}; pub use text::Text;"),
        ("error/kind.rs", "use crate::types::Retry; pub enum Kind { A }"),
        ("error/text.rs", "pub struct Text; fn f() -> super::ErrorKind { super::kind::Kind::A }"),
        ("retry.rs", "use crate::ErrorKind; pub struct Retry;"),
    ]);
    let files = "a circle of files:\n  error/kind.rs:1: `crate::types::Retry` is in retry.rs\n  retry.rs:1: \
                 `crate::ErrorKind` is in error/kind.rs";
    assert_eq!(told, [files]);
}

#[test]
fn re_exports_that_are_used_and_globs_are_dependencies() {
    let used = told(&[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod x; pub(crate) use x::go; pub struct S; fn f() { go() }"),
        ("a/x.rs", "pub fn go() -> super::S { super::S }"),
    ]);
    assert_eq!(used, ["a circle of files:\n  a.rs:1: `self::go` is in a/x.rs\n  a/x.rs:1: `super::S` is in a.rs"]);
    let globs = told(&[
        ("lib.rs", "extern crate self as me; mod a; mod b; pub use a::A; pub use b::B;"),
        ("a.rs", "use crate::*; pub struct A;"),
        ("b.rs", "pub struct B; fn f() -> me::A { me::A }"),
    ]);
    assert_eq!(globs.len(), 1, "{globs:?}");
}

#[test]
fn test_code_and_macro_tokens_are_ignored() {
    let told = told(&[
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod tests;"),
        ("a.rs", "pub struct A; macro_rules! m { () => { $crate::b::B } } fn f() { quote!(crate::b::B) }"),
        (
            "b.rs",
            "pub struct B; pub(crate) use crate::a::A;
             #[cfg(all(test, unix))] mod tests { use crate::c::C; }
             #[cfg(test)] use crate::c::C;
             impl B { #[cfg(test)] fn f() { crate::c::f() } }",
        ),
    ]);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn an_unknown_item_belongs_to_the_deepest_module_of_its_path() {
    let told = told(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b; fn f() { b::made_by_a_macro(); }"),
        ("b.rs", "use crate::a::{self, f}; made! {}"),
    ]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("b.rs:1: `crate::a` is in a.rs"), "{told:?}");
}

#[test]
fn a_circle_of_folders_is_reported_without_a_circle_of_files() {
    let told = told(&[
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod x; mod y; pub use x::X; pub use y::Y;"),
        ("a/x.rs", "use crate::b::B; pub struct X;"),
        ("a/y.rs", "pub struct Y;"),
        ("b.rs", "mod z; pub use z::Z; pub struct B;"),
        ("b/z.rs", "use crate::a::Y; pub struct Z;"),
    ]);
    let rooms = "a circle of entries of `src/`:\n  a/x.rs:1: `crate::b::B` is in b.rs\n  b/z.rs:1: `crate::a::Y` is in \
                 a/y.rs";
    assert_eq!(told, [rooms]);
}

#[test]
fn all_files_of_a_conditional_module_are_read() {
    let told = told(&[
        ("lib.rs", "mod tls;"),
        (
            "tls.rs",
            "#[cfg_attr(unix, path = \"tls/a.rs\")] #[cfg_attr(windows, path = \"tls/b.rs\")] mod backend; \
                    pub struct Trust; fn f() { backend::set() }",
        ),
        ("tls/a.rs", "pub fn set() {}"),
        ("tls/b.rs", "use super::Trust; pub fn set() {}"),
    ]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("tls/b.rs:1: `super::Trust` is in tls.rs"), "{told:?}");
}

#[test]
fn missing_files_and_syntax_errors_are_reported() {
    assert_eq!(rooms::circles(&crate_of(&[("lib.rs", "mod a;")])).unwrap_err(), "there is no file a.rs");
    assert!(rooms::circles(&crate_of(&[("lib.rs", "mod;")])).unwrap_err().starts_with("lib.rs: "));
}

#[test]
fn a_dependency_that_the_header_does_not_name_is_reported() {
    let told = rooms::unnamed(&crate_of(&[
        ("lib.rs", "mod a; mod b; mod c; pub use c::C;"),
        ("a/mod.rs", "//! Uses `b`.\nmod x;"),
        ("a/x.rs", "use crate::b::B;\nuse crate::C;"),
        ("b.rs", "pub struct B;"),
        ("c.rs", "pub struct C;"),
    ]));
    assert_eq!(told.unwrap(), ["a/mod.rs does not name `c`, which a/x.rs:2 uses"]);
}

#[test]
fn long_files_and_undocumented_folders_are_reported() {
    let long = "\n".repeat(rooms::LINES + 1);
    let told = rooms::unkempt(&crate_of(&[("a.rs", &long), ("b/mod.rs", "mod c;"), ("b/c.rs", "")]));
    assert_eq!(told, ["a.rs has 301 lines, more than 300", "b/mod.rs does not begin with `//!`"]);
}
