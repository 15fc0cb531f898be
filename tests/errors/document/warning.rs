#![deny(deprecated)]

frontline::frontline_api!("errors/document/warning.yaml");

fn main() {}
