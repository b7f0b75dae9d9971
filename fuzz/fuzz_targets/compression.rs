//! Compressed streams of every kind: the first byte tells which.
//!
//! `cargo fuzz run -s none compression` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::read;

const STARTS: [&[u8]; 6] = [
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"\xfd7zXZ\0",
    b"\x04\x22\x4d\x18",
    b"\x5d\x2a\x4d\x18",
];

fuzz_target!(|input: &[u8]| {
    let Some((which, rest)) = input.split_first() else {
        return;
    };
    match STARTS.get(usize::from(*which)) {
        Some(start) => read(&mut &*[start, rest].concat(), "a"),
        None => read(&mut &*input, "a"),
    }
});
