//! Crawls: WARC, or ARC when the input starts so.
//!
//! `cargo fuzz run -s none warc` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::read;

fuzz_target!(|input: &[u8]| {
    if input.starts_with(b"filedesc://") {
        read(&mut &*input, "a.arc");
    } else {
        read(&mut &*[b"WARC/1.", input].concat(), "a.warc");
    }
});
