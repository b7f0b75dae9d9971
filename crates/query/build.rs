//! Links the command at a fixed address where that can be done.
//!
//! Its tables of time zones, names of months and entities of HTML hold 87,000 addresses. Of a program that may lie
//! anywhere the system's loader writes each of them anew at every start, in 500 pages of memory of its own: two
//! milliseconds, as much as all the rest of a start. Heap, stack and libraries still lie where the system puts them.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| var(name).is_ok_and(|of| of == value);
    let features = var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    let is_gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_gnu && !is_static && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bin=whosaid=-no-pie");
    }
}
