//! Expands a file: the tokens have to be valid Rust, and each message has to name a place in the document.
#![no_main]

use frontline_fuzz::{allow_caught_panics, file, mutate, pipeline};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use quote::quote;

fuzz_target!(init: allow_caught_panics(), |data: &[u8]| {
    let options = match data.len() % 4 {
        0 => quote! {},
        1 => quote! { unsupported = skip, test_examples = true },
        2 => quote! { mistakes = warn, unsupported = skip },
        _ => quote! { warnings = deny },
    };
    if let Err(failure) = pipeline::tell(&file(data), &options) {
        panic!("{failure}");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::in_place(data, size, max_size, seed).unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});
