//! What the tests of several modules ask of an annotated text.

use whosaid_model::Quotation;

use crate::Annotator;

/// Expects exactly these quotations in marks, and whom each is given to.
#[track_caller]
pub(crate) fn check_marked(text: &str, expected: &[(&str, &str)]) {
    let annotated = Annotator::new().marked_only(true).annotate(None, text);
    assert_eq!(attributed(text, annotated.iter()), expected, "in {text}");
}

/// Returns the words of each quotation and the name it is given to, empty where it is given to nobody.
pub(crate) fn attributed<'a>(
    text: &'a str,
    quotations: impl Iterator<Item = &'a Quotation>,
) -> Vec<(&'a str, &'a str)> {
    quotations
        .map(|quotation| {
            let speaker = quotation
                .attribution
                .as_ref()
                .map(|attribution| &attribution.speaker);
            (
                quotation.span.of(text).unwrap(),
                speaker.map_or("", |speaker| speaker.name.as_str()),
            )
        })
        .collect()
}
