//! The contract as Rust: one module per imported interface, one trait per exported one.
#![allow(missing_docs, clippy::all)]

wit_bindgen::generate!({
    path: "../../wit",
    world: "plugin",
});
