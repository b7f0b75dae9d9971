//! What holds of every text, however broken: nothing fails, spans fit, and the answer is always the same.

use proptest::prelude::*;
use whosaid_model::{Quotation, QuotationKind, Span};
use whosaid_quotes::Annotator;

/// Pieces of news: words that matter to the extractor, in every style of marks.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "“",
    "”",
    "\"",
    "\"",
    "‘",
    "’",
    "'",
    "'",
    "''",
    "``",
    "„",
    "‚",
    "«",
    "»",
    "‹",
    "›",
    "「",
    "」",
    "『",
    "』",
    "—",
    " — ",
    "– ",
    "-",
    ",",
    ".",
    ". ",
    "?",
    "!",
    "…",
    ":",
    ": ",
    ";",
    "(",
    ")",
    "[",
    "]",
    "*",
    "&",
    "@",
    "@roe",
    "Q: ",
    "A: ",
    "KENT: ",
    "Mr. Osei: ",
    "Kent: ",
    "Ilona Varga",
    "Varga",
    "Roe",
    "Chung Dong-young",
    "al-Masri",
    "van der Roe",
    "O’Neill",
    "D'Arcy",
    "J. R. ",
    "Jr.",
    "Sr.",
    "Dr. ",
    "Mrs. ",
    "Sen. ",
    "the ",
    "The ",
    "a ",
    "minister",
    "spokesman",
    "residents",
    "Ministry of ",
    "Harbour Union",
    "South Korea",
    "his ",
    "her ",
    "he ",
    "She ",
    "who ",
    "they ",
    "it ",
    "I ",
    "said",
    " said ",
    "added",
    "told reporters",
    "according to ",
    "never ",
    "asked",
    "that ",
    "and ",
    "of ",
    "for ",
    "Monday",
    "U.S. ",
    "6'2\"",
    "’90s",
    "rock 'n' roll",
    "58-year-old ",
    "1.5 percent",
    "https://example.org/a'b",
    "words",
    "go home",
    "We are done",
    "ÉCOLE",
    "é",
    "ß",
    "İ",
    "ǅ",
    "日本",
    "。",
    "、",
    "\u{301}",
    "𝒜",
    "👩‍👩‍👧",
    "\0",
    "ﬁ",
    "K",
    "½",
    "Ⅷ",
];

/// Any text of all of Unicode, pieces of news in any order, or both mixed.
fn text() -> impl Strategy<Value = String> {
    let pieces = || prop::sample::select(PIECES).prop_map(str::to_owned);
    let mixed = prop_oneof![8 => pieces(), 1 => any::<char>().prop_map(String::from)];
    prop_oneof![
        1 => any::<String>(),
        1 => prop::collection::vec(any::<char>(), 0..80).prop_map(String::from_iter),
        2 => prop::collection::vec(pieces(), 0..120).prop_map(|pieces| pieces.concat()),
        2 => prop::collection::vec(mixed, 0..80).prop_map(|pieces| pieces.concat()),
        // Lines that begin as turns, dialogue or reopened marks do.
        2 => prop::collection::vec(
            (prop::sample::select(&["“", "— ", "KENT: ", "Q: ", "A: ", "'", "\"", ""][..]), prop::collection::vec(pieces(), 0..12)),
            0..12,
        )
        .prop_map(|lines| {
            let lines = lines.into_iter();
            lines.flat_map(|(lead, pieces)| [lead.to_owned(), pieces.concat(), "\n".to_owned()]).collect()
        }),
    ]
}

fn lies_in(text: &str, span: Span) -> bool {
    span.start <= span.end && span.of(text).is_some()
}

fn is_marked(quotation: &Quotation) -> bool {
    quotation.kind != QuotationKind::Indirect
}

/// Shares a part with the other without holding it or being held by it.
fn crosses(one: Span, two: Span) -> bool {
    one.overlaps(two) && !one.contains(two) && !two.contains(one)
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(text in text()) {
        for quotation in Annotator::new().annotate(None, &text) {
            prop_assert!(lies_in(&text, quotation.span), "{quotation:?}");
            prop_assert!(!quotation.span.is_empty(), "{quotation:?}");
            prop_assert!((0.0..=1.0).contains(&quotation.confidence), "{quotation:?}");
            if let Some(attribution) = &quotation.attribution {
                prop_assert!(lies_in(&text, attribution.mention), "{quotation:?}");
                prop_assert!(attribution.cue.is_none_or(|cue| lies_in(&text, cue)), "{quotation:?}");
                prop_assert!(!attribution.others.contains(&attribution.speaker.name), "{quotation:?}");
            }
        }
    }

    #[test]
    fn quotations_are_in_order_and_nested_ones_inside(text in text()) {
        let found = Annotator::new().annotate(None, &text);
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.start <= pair[1].span.start, "{pair:?}");
        }
        for (at, quotation) in found.iter().enumerate() {
            if let Some(outer) = quotation.inside {
                prop_assert!(outer < at, "{quotation:?}");
                prop_assert!(found[outer].span.contains(quotation.span), "{quotation:?} in {:?}", found[outer]);
            }
        }
    }

    #[test]
    fn the_same_text_gives_the_same_quotations(text in text(), title in prop::option::of(text())) {
        let annotator = Annotator::new();
        let once = annotator.annotate(title.as_deref(), &text);
        let again = annotator.annotate(title.as_deref(), &text);
        let elsewhere = std::thread::scope(|scope| {
            let annotator = annotator.clone();
            let (title, text) = (title.as_deref(), text.as_str());
            scope.spawn(move || annotator.annotate(title, text)).join()
        });
        prop_assert_eq!(format!("{once:?}"), format!("{again:?}"));
        prop_assert_eq!(Some(format!("{once:?}")), elsewhere.ok().map(|found| format!("{found:?}")));
    }

    #[test]
    fn a_title_moves_no_mark(text in text(), title in text()) {
        // It may tip the scales whether marked words are speech, but the words stay those between the marks.
        let (with, without) = (Annotator::new().annotate(Some(&title), &text), Annotator::new().annotate(None, &text));
        for one in with.iter().filter(|quotation| is_marked(quotation)) {
            for two in without.iter().filter(|quotation| is_marked(quotation)) {
                prop_assert!(!crosses(one.span, two.span), "{one:?} and {two:?}");
            }
        }
    }
}
