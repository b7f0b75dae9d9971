//! Any string through the whole chain: nothing panics, spans fit, inner quotations lie in their outer ones.
//!
//! `cargo fuzz run -s none extract` from the root. What stands before a byte 1 is the title.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_quotes::Annotator;

fuzz_target!(|input: &str| {
    let (title, text) = match input.split_once('\u{1}') {
        Some((title, text)) => (Some(title), text),
        None => (None, input),
    };
    let found = Annotator::new().annotate(title, text);
    let mut start = 0;
    for quotation in &found {
        assert!(
            quotation
                .span
                .of(text)
                .is_some_and(|words| !words.is_empty())
        );
        assert!(start <= quotation.span.start);
        assert!((0.0..=1.0).contains(&quotation.confidence));
        start = quotation.span.start;
        if let Some(outer) = quotation.inside {
            assert!(found[outer].span.contains(quotation.span));
        }
        if let Some(attribution) = &quotation.attribution {
            assert!(attribution.mention.of(text).is_some());
            assert!(attribution.cue.is_none_or(|cue| cue.of(text).is_some()));
        }
    }
});
