//! What the fuzz targets share: the generator, and documents made of documents.

use std::path::PathBuf;
use std::{env, fs, process};

#[path = "../../../frontline-macros/src/generator/mod.rs"]
pub mod generator;
pub mod mutate;
#[path = "../../src/pipeline.rs"]
pub mod pipeline;

/// A file that holds `data`, in the notation that it seems to be in.
pub fn file(data: &[u8]) -> PathBuf {
    let extension = if data.first() == Some(&b'{') { "json" } else { "yaml" };
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { env::temp_dir() };
    let path = folder.join(format!("frontline-fuzz-{}.{extension}", process::id()));
    fs::write(&path, data).expect("the document is written");
    path
}
