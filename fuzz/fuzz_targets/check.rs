//! Pasted texts of any kind: each quotation gets a verdict, and its place lies in the text.
//!
//! `cargo fuzz run -s none check` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::archive;
use whosaid_query::CheckOptions;

fuzz_target!(|input: &str| {
    if input.len() > 2000 {
        return;
    }
    if let Ok(check) = archive().check(input, &CheckOptions::new()) {
        for checked in &check.quotations {
            assert!(checked.span.of(input).is_some(), "{checked:?}");
        }
    }
});
