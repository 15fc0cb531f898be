//! Code that the fuzz targets share: the generator, and a mutator for documents.

use std::path::PathBuf;
use std::{env, fs, panic, process};

#[path = "../../../frontline-macros/src/generator/mod.rs"]
pub mod generator;
pub mod mutate;
#[path = "../../src/pipeline.rs"]
pub mod pipeline;

/// Lets panics of libyaml-safer pass: the generator catches them, but libFuzzer would report them as crashes.
pub fn allow_caught_panics() {
    let abort = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|location| location.file().contains("libyaml-safer")) {
            abort(panic);
        }
    }));
}

/// Writes `data` to a file, whose extension is `json` or `yaml` depending on the first byte.
pub fn file(data: &[u8]) -> PathBuf {
    let extension = if data.first() == Some(&b'{') { "json" } else { "yaml" };
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { env::temp_dir() };
    let path = folder.join(format!("frontline-fuzz-{}.{extension}", process::id()));
    fs::write(&path, data).expect("the file can be written");
    path
}
