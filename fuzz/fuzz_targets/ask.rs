//! Questions of any kind: understood or refused, and answered.
//!
//! `cargo fuzz run -s none ask` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::{archive, options};
use whosaid_query::{Query, Question};

fuzz_target!(|input: &str| {
    let Ok(question) = Question::parse(input, &options()) else {
        return;
    };
    let formal = question.node.to_string();
    assert!(Query::parse(&formal, &options()).is_ok(), "{formal}");
    if input.len() < 300 {
        let _ = archive().answer(&question, &options(), |search| search);
    }
});
