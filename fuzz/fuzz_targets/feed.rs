//! Feeds of any bytes.
//!
//! `cargo fuzz run -s none feed` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| whosaid_fuzz::read(&mut &*bytes, "a.rss"));
