//! What the words of a description and around it say of whom it may mean.

use crate::lexicon::Classes;
use crate::mention::{Gender, Mention};
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};

/// Tells whether what somebody is of is a field: the professor of early history.
pub(super) fn is_of_field(text: &str, stream: &Stream, mention: &Mention) -> bool {
    let of = (mention.last as usize).plus(1);
    let field = stream.items.get(of.plus(1));
    matches!(
        stream.word(text, mention.name_first as usize),
        "professor" | "lecturer"
    ) && mention.name_first == mention.first.plus(1)
        && stream.is(text, of, "of")
        && field.is_some_and(|item| item.is_lower() && !item.has(Classes::DETERMINER))
}

/// Tells whether a description says what somebody is who was told of: he wanted to be a painter, she became a doctor.
pub(super) fn is_predicate(text: &str, stream: &Stream, mention: &Mention) -> bool {
    let word = |back: u32| stream.word(text, (mention.first as usize).wrapping_sub(back as usize));
    match word(1) {
        "be" | "become" | "became" | "becoming" | "being" => true,
        "is" | "was" => matches!(word(2), "he" | "she" | "He" | "She" | "who"),
        _ => false,
    }
}

/// Tells whether a word for a thing is one for somebody where he speaks: the prop said, the world number six, the top seed.
pub(super) fn is_player(text: &str, stream: &Stream, mention: &Mention) -> bool {
    let word = |at: u32| stream.word(text, at as usize);
    let before = (mention.name_first > mention.first).then(|| word(mention.name_first.less(1)));
    let last = word(mention.name_last);
    let player = matches!(
        (before, last),
        (_, "prop" | "lock" | "centre" | "seed" | "half") | (Some("number"), _)
    );
    mention.definite && (player || gender_of_parent(last) != Gender::Unknown)
}

/// The gender that the mother-of-nine has, or the father-of-two.
pub(super) fn gender_of_parent(word: &str) -> Gender {
    match word.split_once("-of-") {
        Some(("mother" | "grandmother", _)) => Gender::Female,
        Some(("father" | "grandfather", _)) => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// Tells whether two descriptions have the same words.
pub(super) fn is_same_office(text: &str, stream: &Stream, one: &Mention, two: &Mention) -> bool {
    let words = |mention: &Mention| {
        let items = stream
            .items
            .cut(mention.first as usize..=mention.last as usize)
            .iter();
        items.filter_map(|item| item.span().of(text))
    };
    let pairs = words(one).zip(words(two));
    one.last.less(one.first) == two.last.less(two.first)
        && pairs.into_iter().all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Tells whether a description is the label of a turn, which somebody without a name speaks: THE CHAIRMAN: Which one?
pub(super) fn labels(stream: &Stream, mention: &Mention) -> bool {
    let next = stream.items.get((mention.last as usize).plus(1));
    next.is_some_and(|next| next.is_punct(b':'))
        && stream
            .paragraph(stream.items.at(mention.first).paragraph)
            .start
            == mention.first as usize
}

/// Tells whether a word for people means several.
pub(super) fn is_collective(head: &str) -> bool {
    matches!(
        head,
        "family" | "couple" | "pair" | "duo" | "trio" | "household" | "crowd" | "jury"
    )
}
