//! What the fuzz targets share: the generator, and documents made of documents.

use std::path::PathBuf;
use std::{env, fs, panic, process};

#[path = "../../../frontline-macros/src/generator/mod.rs"]
pub mod generator;
pub mod mutate;
#[path = "../../src/pipeline.rs"]
pub mod pipeline;

/// libFuzzer takes each panic for a crash, also those of the parser of marks, which are caught.
pub fn allow_caught_panics() {
    let abort = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|location| location.file().contains("libyaml-safer")) {
            abort(panic);
        }
    }));
}

/// A file that holds `data`, in the notation that it seems to be in.
pub fn file(data: &[u8]) -> PathBuf {
    let extension = if data.first() == Some(&b'{') { "json" } else { "yaml" };
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { env::temp_dir() };
    let path = folder.join(format!("frontline-fuzz-{}.{extension}", process::id()));
    fs::write(&path, data).expect("the document is written");
    path
}
