//! Dates as anybody writes them, and as queries do.
//!
//! `cargo fuzz run -s none date` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_formats::{DateReader, parse_date};
use whosaid_fuzz::options;
use whosaid_query::Query;

fuzz_target!(|input: &str| {
    let _ = parse_date(input);
    for lang in ["en", "de", "fr", "ja", "ar", "ru", "fa"] {
        let _ = DateReader::new().lang(Some(lang)).read(input);
    }
    let _ = DateReader::new().country(Some("US")).address(Some(input)).read(input);
    let _ = Query::parse(&format!("date:{input}"), &options());
});
