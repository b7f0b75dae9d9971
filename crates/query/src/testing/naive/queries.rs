//! Generated queries: every kind of clause, put together in every way.

use proptest::prelude::*;
use proptest::sample::select;

use super::corpus::{SOURCES, SPEAKERS, day, running};
use super::words::VOCABULARY;
use crate::ast::{DateField, Node, Number, NumberField, NumberRange, Text, TextField};
use crate::date::{Bound, Comparison, DateRange, Period, Point};

fn word() -> impl Strategy<Value = &'static str> {
    select(
        VOCABULARY
            .iter()
            .map(|(written, _)| *written)
            .collect::<Vec<_>>(),
    )
}

fn phrase(slop: u32) -> impl Strategy<Value = Text> {
    running(3).prop_map(move |words| Text::Phrase {
        words: words.replace(',', ""),
        slop,
        prefix: false,
    })
}

/// A begun word of letters only.
fn begun() -> impl Strategy<Value = String> {
    (word(), 2..9usize).prop_filter_map("no letters", |(word, length)| {
        let begun: String = word.chars().take(length).collect();
        begun
            .chars()
            .all(|char| char.is_ascii_alphabetic())
            .then_some(begun)
    })
}

fn begun_phrase() -> impl Strategy<Value = Text> {
    (running(2), begun()).prop_map(|(before, begun)| Text::Phrase {
        words: format!("{} {begun}", before.replace(',', "")),
        slop: 0,
        prefix: true,
    })
}

/// One of the words whose letters are their base, with a letter wrong.
fn fuzzy() -> impl Strategy<Value = Text> {
    let bases = vec![
        "talk",
        "plan",
        "government",
        "percent",
        "term",
        "trump",
        "business",
    ];
    (select(bases), 0..4usize, 1..=2u8, 0..10usize).prop_map(|(base, edit, distance, at)| {
        let mut word: Vec<char> = base.chars().collect();
        let at = at % word.len();
        match edit {
            0 => drop(word.remove(at)),
            1 => word.insert(at, 'x'),
            2 => word[at] = 'x',
            _ if at > 0 => word.swap(at - 1, at),
            _ => {}
        }
        Text::Fuzzy(word.into_iter().collect(), distance)
    })
}

/// Words that need not stand exactly so.
fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        4 => word().prop_map(Text::word),
        3 => phrase(0),
        2 => (1..4u32).prop_flat_map(phrase),
        2 => begun().prop_map(Text::Prefix),
        1 => begun_phrase(),
        1 => fuzzy(),
    ]
}

fn exact() -> impl Strategy<Value = Text> {
    // A phrase of nothing but a mark is not looked up letter for letter.
    let lettered = |text: &Text| text.words().chars().any(char::is_alphanumeric);
    prop_oneof![
        3 => word().prop_map(Text::word),
        2 => phrase(0),
        1 => (1..4u32).prop_flat_map(phrase),
        1 => begun().prop_map(Text::Prefix),
        1 => begun_phrase(),
    ]
    .prop_filter("no letters", lettered)
}

fn name(names: Vec<String>) -> impl Strategy<Value = (bool, Text)> {
    let parts = names.clone();
    prop_oneof![
        select(names.clone()).prop_map(|name| (false, Text::phrase(name))),
        select(names).prop_map(|name| (true, Text::phrase(name))),
        (select(parts), any::<bool>()).prop_map(|(name, last)| {
            let mut words = name.split(' ');
            let word = if last {
                words.next_back()
            } else {
                words.next()
            };
            (false, Text::word(word.unwrap()))
        }),
    ]
}

fn number(decimals: u8, most: u32) -> impl Strategy<Value = Number> {
    (0..=most).prop_map(move |value| {
        let value = f64::from(value) / 10f64.powi(i32::from(decimals));
        Number { value, decimals }
    })
}

fn range(decimals: u8, most: u32) -> impl Strategy<Value = NumberRange> {
    let number = || number(decimals, most);
    prop_oneof![
        number().prop_map(NumberRange::Is),
        (number(), number()).prop_map(|(a, b)| {
            let (from, to) = if a.value <= b.value { (a, b) } else { (b, a) };
            NumberRange::Between(Some(from), Some(to))
        }),
        number().prop_map(|from| NumberRange::Between(Some(from), None)),
        number().prop_map(|to| NumberRange::Between(None, Some(to))),
        (comparison(), number())
            .prop_map(|(comparison, number)| NumberRange::Compare(comparison, number)),
    ]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    select(vec![
        Comparison::AtLeast,
        Comparison::Above,
        Comparison::AtMost,
        Comparison::Below,
    ])
}

fn point() -> impl Strategy<Value = Point> {
    let period = || {
        select(vec![
            Period::Day,
            Period::Week,
            Period::Month,
            Period::Quarter,
            Period::Year,
        ])
    };
    prop_oneof![
        (2024..2026i32).prop_map(Point::Year),
        (2024..2026i32, 1..13u32).prop_map(|(year, month)| Point::Month(year, month)),
        day().prop_map(Point::Day),
        (2024..2026i32, 1..53u32).prop_map(|(year, week)| Point::Week(year, week)),
        (2024..2026i32, 1..5u32).prop_map(|(year, quarter)| Point::Quarter(year, quarter)),
        Just(Point::Today),
        Just(Point::Yesterday),
        period().prop_map(Point::This),
        period().prop_map(Point::Last),
    ]
}

fn bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        2 => point().prop_map(Bound::Point),
        1 => (0..400u32).prop_map(|days| Bound::Ago(days, Period::Day)),
        1 => (0..60u32).prop_map(|weeks| Bound::Ago(weeks, Period::Week)),
        1 => (0..14u32).prop_map(|months| Bound::Ago(months, Period::Month)),
        1 => (0..3u32).prop_map(|years| Bound::Ago(years, Period::Year)),
    ]
}

fn days() -> impl Strategy<Value = DateRange> {
    let between = (bound(), bound()).prop_filter_map("ends before it begins", |(from, to)| {
        let range = DateRange::Between(Some(from), Some(to));
        let (first, last) = range.resolve(Some(super::TODAY))?;
        (first <= last).then_some(range)
    });
    prop_oneof![
        point().prop_map(DateRange::Within),
        between,
        bound().prop_map(|from| DateRange::Between(Some(from), None)),
        bound().prop_map(|to| DateRange::Between(None, Some(to))),
        (comparison(), point())
            .prop_map(|(comparison, point)| DateRange::Compare(comparison, point)),
    ]
}

fn words_field() -> impl Strategy<Value = TextField> {
    select(vec![
        TextField::Said,
        TextField::Said,
        TextField::About,
        TextField::Text,
        TextField::Title,
    ])
}

fn near() -> impl Strategy<Value = Node> {
    (text(), text(), 1..6u32, any::<bool>()).prop_map(|(left, right, distance, ordered)| {
        Node::Near {
            left,
            right,
            distance,
            ordered,
        }
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let of = |field: TextField, (exact, text): (bool, Text)| Node::Text {
        field: Some(field),
        exact,
        text,
    };
    let speakers: Vec<String> = SPEAKERS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    let offices = vec!["minister".to_owned(), "mayor".to_owned()];
    let sources: Vec<String> = SOURCES.iter().map(|source| (*source).to_owned()).collect();
    let authors = vec!["Ann Lee".to_owned(), "Bo Lind".to_owned()];
    prop_oneof![
        1 => Just(Node::All),
        6 => text().prop_map(|text| Node::Text { field: None, exact: false, text }),
        6 => (words_field(), text()).prop_map(move |(field, text)| of(field, (false, text))),
        4 => (words_field(), exact()).prop_map(move |(field, text)| of(field, (true, text))),
        3 => near(),
        3 => name(speakers).prop_map(move |asked| of(TextField::Speaker, asked)),
        1 => select(offices).prop_map(move |word| of(TextField::Speaker, (false, Text::word(word)))),
        1 => name(sources).prop_map(move |asked| of(TextField::Source, asked)),
        1 => name(authors).prop_map(move |asked| of(TextField::Author, asked)),
        1 => (select(vec!["en", "fr", "EN"]), any::<bool>())
            .prop_map(move |(lang, exact)| of(TextField::Lang, (exact, Text::word(lang)))),
        1 => select(vec!["direct", "mixed", "indirect"])
            .prop_map(move |kind| of(TextField::Kind, (false, Text::word(kind)))),
        5 => (any::<bool>(), days()).prop_map(|(added, range)| Node::Date {
            field: if added { DateField::Added } else { DateField::Date },
            range,
        }),
        1 => range(0, 9).prop_map(|range| Node::Number { field: NumberField::Words, range }),
        1 => (1..4u8)
            .prop_flat_map(|decimals| range(decimals, 10u32.pow(u32::from(decimals))))
            .prop_map(|range| Node::Number { field: NumberField::Confidence, range }),
    ]
}

/// A query, up to four operators deep.
pub(super) fn query() -> impl Strategy<Value = Node> {
    let bare = prop_oneof![
        text().prop_map(|text| Node::Text {
            field: None,
            exact: false,
            text
        }),
        near(),
    ];
    let bare = bare.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::all_of),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::any_of),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    });
    let group = (words_field(), bare).prop_map(|(field, inner)| Node::Group {
        field,
        inner: Box::new(inner),
    });
    prop_oneof![4 => leaf(), 1 => group].prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::all_of),
            3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::any_of),
            2 => inner.clone().prop_map(|node| Node::Not(Box::new(node))),
            1 => (inner, 1..5u32).prop_map(|(node, weight)| Node::Boost(Box::new(node), weight as f32)),
        ]
    })
}
