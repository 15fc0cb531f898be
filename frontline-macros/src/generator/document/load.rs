//! Parses the files of a document.

use serde_json::Value;

use super::source::File;
use crate::generator::problems::Problem;
use crate::generator::text::{SyntaxError, parse, position_of};

/// Parses the file with the index `index`.
pub fn load(file: &File, index: usize) -> Result<Value, Problem> {
    value(file).map_err(|error| {
        let problem = Problem::file(index, error.position, error.message);
        match error.help {
            Some(help) => problem.help(help),
            None => problem,
        }
    })
}

/// Parses a file: JSON if its name ends in `.json`, plain text if it ends in `.md` or `.txt`, otherwise YAML.
fn value(file: &File) -> Result<Value, SyntaxError> {
    if let Some(readable) = file.unreadable {
        return Err(SyntaxError {
            message: "the file is not valid UTF-8 from this byte on; save the file as UTF-8".into(),
            help: None,
            position: position_of(&file.text, readable),
        });
    }
    if file.has_extension(&["md", "txt"]) {
        return Ok(Value::String(file.text.clone()));
    }
    parse(&file.text, file.has_extension(&["json"]))
}
