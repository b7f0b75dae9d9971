//! What the tests of several modules ask of an annotated text.

use whosaid_model::Quotation;

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
