//! Reads every object of a document as each kind of OpenAPI object. Nothing may panic.
#![no_main]

use std::hint::black_box;

use frontline_fuzz::generator::document::{Document, source};
use frontline_fuzz::generator::problems::{Errors, Place};
use frontline_fuzz::generator::report;
use frontline_fuzz::{allow_caught_panics, file, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use openapiv3::{
    Components, Encoding, Info, MediaType, Operation, Parameter, PathItem, RequestBody, Response, Schema,
    SecurityScheme, Server, ServerVariable,
};
use proc_macro2::Span;
use serde_json::Value;
use syn::LitStr;

fuzz_target!(init: allow_caught_panics(), |data: &[u8]| {
    let path = file(data);
    let literal = LitStr::new(&path.to_string_lossy(), Span::call_site());
    let Ok(file) = source::read(&literal) else { panic!("the file can be read") };
    let mut errors = Errors::default();
    let document = Document::open(file, Vec::new(), &mut errors);
    let root = Place::root(0);
    if let Some(value) = document.value(&root) {
        each_object(value, &root, &mut |place| {
            macro_rules! read {
                ($($kind:ty)*) => { $(black_box(document.read::<$kind>(place, &mut errors));)* };
            }
            read!(Components Encoding Info MediaType Operation Parameter PathItem RequestBody Response);
            read!(Schema SecurityScheme Server ServerVariable);
        });
    }
    black_box(report::tokens(errors, &document, Span::call_site()));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::in_place(data, size, max_size, seed).unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});

fn each_object(value: &Value, place: &Place, read: &mut impl FnMut(&Place)) {
    read(place);
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| each_object(value, &place.at(key), read)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each_object(item, &place.at(&index.to_string()), read));
        }
        _ => {}
    }
}
