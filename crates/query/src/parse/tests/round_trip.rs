//! A printed tree parses to itself, whatever it is made of; any text is survived.

use proptest::prelude::*;

use super::super::*;
use super::today;
use crate::ast::{DateField, Number, NumberField, NumberRange, Text, TextField};
use crate::date::{Bound, Comparison, DateRange, Period, Point};

fn word() -> impl Strategy<Value = String> {
    "[a-zé]([a-z0-9.]{0,3}[a-z0-9])?(['’][a-z]{1,2})?(-[a-z]{2})?%?"
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        word().prop_map(Text::Word),
        word().prop_map(Text::Prefix),
        // An apostrophe opens a phrase when another one follows, in the next word maybe.
        "[a-c'’#‘]{1,5}".prop_map(Text::word),
        "[a-c'’#]{1,5}".prop_map(Text::beginning),
        (word(), 1..=2u8).prop_map(|(word, distance)| Text::Fuzzy(word, distance)),
        whole_text(),
        (".{1,12}", 0..4u32).prop_map(|(words, slop)| Text::Phrase {
            words: format!("x{words}"),
            slop,
            prefix: false
        }),
        "[a-z\"\\\\ ]{1,8}".prop_map(|words| Text::Phrase {
            words: format!("x{words}"),
            slop: 0,
            prefix: true
        }),
    ]
}

/// What a name in full may be.
fn whole_text() -> impl Strategy<Value = Text> {
    prop_oneof![
        word().prop_map(Text::Word),
        "[A-Zé][a-z\"\\\\’ ]{0,8}".prop_map(Text::phrase),
    ]
}

fn number(decimals: u8) -> impl Strategy<Value = Number> {
    let most = if decimals == 0 {
        900
    } else {
        10u32.pow(u32::from(decimals))
    };
    (0..=most).prop_map(move |value| {
        let scale = if decimals == 0 { 1.0 } else { f64::from(most) };
        let text = format!("{:.*}", usize::from(decimals), f64::from(value) / scale);
        Number::parse(&text).unwrap()
    })
}

fn numbers(decimals: u8) -> impl Strategy<Value = NumberRange> {
    let pair = (number(decimals), number(decimals))
        .prop_map(|(a, b)| if a.value <= b.value { (a, b) } else { (b, a) });
    prop_oneof![
        number(decimals).prop_map(NumberRange::Is),
        pair.prop_map(|(from, to)| NumberRange::Between(Some(from), Some(to))),
        number(decimals).prop_map(|from| NumberRange::Between(Some(from), None)),
        number(decimals).prop_map(|to| NumberRange::Between(None, Some(to))),
        (comparison(), number(decimals))
            .prop_map(|(comparison, number)| NumberRange::Compare(comparison, number)),
    ]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    proptest::sample::select(vec![
        Comparison::AtLeast,
        Comparison::Above,
        Comparison::AtMost,
        Comparison::Below,
    ])
}

fn bound() -> impl Strategy<Value = Bound> {
    let unit =
        proptest::sample::select(vec![Period::Day, Period::Week, Period::Month, Period::Year]);
    prop_oneof![
        point().prop_map(Bound::Point),
        (0..900u32, unit).prop_map(|(count, unit)| Bound::Ago(count, unit)),
    ]
}

/// Ranges of days that do not end before they begin.
fn days() -> impl Strategy<Value = DateRange> {
    let between = (bound(), bound()).prop_filter_map("ends before it begins", |(from, to)| {
        let range = DateRange::Between(Some(from), Some(to));
        let (first, last) = range.resolve(today())?;
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

fn point() -> impl Strategy<Value = Point> {
    let period = prop_oneof![
        Just(Period::Day),
        Just(Period::Week),
        Just(Period::Month),
        Just(Period::Quarter),
        Just(Period::Year)
    ];
    prop_oneof![
        (1000..3000i32).prop_map(Point::Year),
        (1000..3000i32, 1..=12u32).prop_map(|(year, month)| Point::Month(year, month)),
        (1000..3000i32, 1..=52u32).prop_map(|(year, week)| Point::Week(year, week)),
        (1000..3000i32, 1..=4u32).prop_map(|(year, quarter)| Point::Quarter(year, quarter)),
        (0..700_000i32).prop_map(|day| Point::Day(
            NaiveDate::from_num_days_from_ce_opt(day + 400_000).unwrap()
        )),
        period.clone().prop_map(Point::This),
        period.prop_map(Point::Last),
        Just(Point::Today),
        Just(Point::Yesterday),
    ]
}

fn leaf() -> impl Strategy<Value = Node> {
    let words = proptest::sample::select(vec![
        TextField::Said,
        TextField::About,
        TextField::Text,
        TextField::Title,
    ]);
    let names = proptest::sample::select(vec![
        TextField::Speaker,
        TextField::Source,
        TextField::Author,
    ]);
    let of = |field: TextField, exact: bool, text: Text| Node::Text {
        field: Some(field),
        exact,
        text,
    };
    prop_oneof![
        Just(Node::All),
        text().prop_map(|text| Node::Text {
            field: None,
            exact: false,
            text
        }),
        (words, any::<bool>(), text()).prop_map(move |(field, exact, text)| of(field, exact, text)),
        (names.clone(), text()).prop_map(move |(field, text)| of(field, false, text)),
        (names.clone(), whole_text()).prop_map(move |(field, text)| of(field, true, text)),
        (names.clone(), proptest::collection::vec(text(), 1..3)).prop_map(|(field, texts)| {
            let nodes = texts.into_iter().map(|text| Node::Text {
                field: None,
                exact: false,
                text,
            });
            Node::Group {
                field,
                inner: Box::new(Node::any_of(nodes)),
            }
        }),
        (any::<bool>(), whole_text()).prop_map(move |(exact, text)| of(
            TextField::Lang,
            exact,
            text
        )),
        proptest::sample::select(vec!["direct", "mixed", "indirect"]).prop_map(move |kind| of(
            TextField::Kind,
            false,
            Text::word(kind)
        )),
        proptest::sample::subsequence(vec!["direct", "mixed", "indirect"], 1..=3).prop_map(
            |kinds| {
                let kinds = kinds.into_iter().map(|kind| Node::Text {
                    field: None,
                    exact: false,
                    text: Text::word(kind),
                });
                Node::Group {
                    field: TextField::Kind,
                    inner: Box::new(Node::any_of(kinds)),
                }
            }
        ),
        "([qa]:)?[0-9a-f]{1,16}".prop_map(move |id| of(TextField::Id, false, Text::word(id))),
        (text(), text(), 1..20u32, any::<bool>()).prop_map(|(left, right, distance, ordered)| {
            Node::Near {
                left,
                right,
                distance,
                ordered,
            }
        }),
        (any::<bool>(), days()).prop_map(|(added, range)| Node::Date {
            field: if added {
                DateField::Added
            } else {
                DateField::Date
            },
            range
        }),
        numbers(0).prop_map(|range| Node::Number {
            field: NumberField::Words,
            range
        }),
        (1..4u8)
            .prop_flat_map(numbers)
            .prop_map(|range| Node::Number {
                field: NumberField::Confidence,
                range
            }),
    ]
}

fn group_field() -> impl Strategy<Value = TextField> {
    proptest::sample::select(vec![
        TextField::Said,
        TextField::About,
        TextField::Text,
        TextField::Title,
    ])
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::all_of),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::any_of),
            inner.clone().prop_map(|node| Node::Not(Box::new(node))),
            (inner.clone(), 1..400u32)
                .prop_map(|(node, weight)| Node::Boost(Box::new(node), weight as f32 / 8.0)),
            (group_field(), inner).prop_map(|(field, node)| Node::Group {
                field,
                inner: Box::new(node),
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_tree_parses_to_itself(tree in node()) {
        let printed = tree.to_string();
        let (parsed, problems) = parse(&printed, today());
        prop_assert!(problems.iter().all(Problem::is_warning), "{printed}: {problems:?}");
        prop_assert_eq!(parsed, tree, "{}", printed);
    }

    #[test]
    fn any_text_is_survived_and_settles(text in "([a-zA-Z0-9 :()\"“”'’„«»~*^+=<>./-]|AND |OR |NOT |NEAR/2 |said:|date:|id:){0,24}") {
        let (node, problems) = parse(&text, today());
        for problem in &problems {
            prop_assert!(problem.span.of(&text).is_some());
        }
        let printed = node.to_string();
        let (again, problems) = parse(&printed, today());
        prop_assert!(problems.iter().all(Problem::is_warning), "{text} -> {printed}: {problems:?}");
        prop_assert_eq!(again, node);
    }
}
