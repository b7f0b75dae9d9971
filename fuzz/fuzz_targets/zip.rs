//! Zip archives, with their table of contents and read as a stream.
//!
//! `cargo fuzz run -s none zip` from the root.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::read;

fuzz_target!(|input: &[u8]| {
    let archive = [b"PK\x03\x04", input].concat();
    read(&mut Cursor::new(&archive), "a.zip");
});
