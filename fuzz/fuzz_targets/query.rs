//! Queries of any kind: read, printed so that they read the same, asked of an archive.
//!
//! `cargo fuzz run -s none query` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_fuzz::{archive, options};
use whosaid_query::{Cancel, Facet, Query, Unit};

fuzz_target!(|input: &str| {
    let query = match Query::parse(input, &options()) {
        Ok(query) => query,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            for problem in error.problems() {
                assert!(problem.span.of(input).is_some(), "{problem:?}");
            }
            return;
        }
    };
    let printed = query.to_string();
    let again = Query::parse(&printed, &options()).unwrap_or_else(|error| panic!("{printed}: {error}"));
    assert_eq!(again.node(), query.node(), "{printed}");
    if input.len() > 400 {
        return;
    }
    for unit in [Unit::Quotations, Unit::Articles] {
        let search = archive().search(&query).unit(unit).limit(3).cancel(Cancel::new());
        // It may ask for what an archive does not keep.
        if let Ok(found) = search.facet(Facet::speaker()).run() {
            assert!(found.hits().len() as u64 <= found.total().max(3));
        }
    }
});
