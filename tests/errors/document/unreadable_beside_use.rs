#![deny(unused_imports)]

mod api {
    frontline::frontline_api!("errors/document/unclosed_quote.yaml");
}

// All that such code can be told is that the document cannot be read.
pub use api::{Client, types::*};

pub struct App(pub Client);

fn main() {}
