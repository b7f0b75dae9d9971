//! Tar archives whose headers have the right checksums.
//!
//! `cargo fuzz run -s none tar` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::read;

/// Sets the checksums of the headers, where a reader would look for them.
fn sum(archive: &mut [u8]) {
    let mut at = 0;
    while let Some(header) = archive.get_mut(at..at + 512) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        let digits = header[124..136].iter().copied();
        let digits = digits.filter(|byte| (b'0'..b'8').contains(byte));
        let size = digits.fold(0, |size, digit| size * 8 + usize::from(digit - b'0'));
        at += 512 + size.next_multiple_of(512);
    }
}

fuzz_target!(|input: &[u8]| {
    let mut archive = input.to_vec();
    sum(&mut archive);
    read(&mut &*archive, "a.tar");
});
