//! Letters, alone or in a mailbox.
//!
//! `cargo fuzz run -s none mail` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::read;

fuzz_target!(|input: &[u8]| {
    let name = match input.starts_with(b"From ") {
        true => "a.mbox",
        false => "a.eml",
    };
    read(&mut &*input, name);
});
