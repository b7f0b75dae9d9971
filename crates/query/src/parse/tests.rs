use proptest::prelude::*;

use super::*;
use crate::ast::{DateField, NumberField, Text, TextField};
use crate::date::{Bound, Comparison, DateRange, Period, Point};

fn today() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 3, 4)
}

/// The text parses without fault and prints as `expected`.
fn check(text: &str, expected: &str) {
    let (node, problems) = parse(text, today());
    assert_eq!(problems, [], "{text}");
    assert_eq!(node.to_string(), expected, "{text}");
    assert_eq!(parse(expected, today()), (node, Vec::new()));
}

/// The text has one fault, marked `«so»`, with this message and these suggestions.
fn fault(marked: &str, kind: ProblemKind, message: &str, suggestions: &[&str]) {
    let start = marked.find('⟦').unwrap();
    let end = marked.find('⟧').unwrap() - '⟦'.len_utf8();
    let text = marked.replace(['⟦', '⟧'], "");
    let (_, problems) = parse(&text, today());
    assert_eq!(problems.len(), 1, "{text}: {problems:?}");
    let problem = &problems[0];
    assert_eq!(
        (problem.kind, problem.message.as_str(), problem.span),
        (kind, message, Span::new(start, end)),
        "{text}"
    );
    assert_eq!(problem.suggestions, suggestions, "{text}");
}

#[test]
fn words_and_operators() {
    check("one percent", "one percent");
    check("one AND percent", "one percent");
    check("a OR b c", "a OR b c");
    check("(a OR b) c", "(a OR b) c");
    check("((a b) c)", "a b c");
    check("a (b OR (c OR d))", "a (b OR c OR d)");
    check("-a +b NOT (c d)", "NOT a b NOT (c d)");
    check("and not near or", "and not near or");
    check("*", "*");
    check(
        "don’t O'Brien voters' 1% U.S. Dong-young ’90s",
        "don’t O'Brien voters' 1% U.S. Dong-young ’90s",
    );
    check("a^2 (b c)^0.5", "a^2 (b c)^0.5");
    check("NOT a^2", "NOT a^2");
}

#[test]
fn phrases_in_any_marks() {
    for text in [
        "\"one percent\"",
        "“one percent”",
        "„one percent“",
        "„one percent”",
        "«one percent»",
        "»one percent«",
        "‹one percent›",
        "「one percent」",
        "‘one percent’",
        "'one percent'",
        "“one percent\"",
    ] {
        check(text, "\"one percent\"");
        check(&format!("said:{text}"), "said:\"one percent\"");
    }
    check("'don't know'", "\"don't know\"");
    check(r#""a \"b\" c""#, r#""a \"b\" c""#);
    check("\"one percent\"~3", "\"one percent\"~3");
    check("\"donald tr\"*", "\"donald tr\"*");
}

#[test]
fn fields() {
    check("speaker:Trump date:2025-10", "speaker:Trump date:2025-10");
    check("SPEAKER:=\"Donald Trump\"", "speaker:=\"Donald Trump\"");
    check("said:(percent OR cent)", "said:(percent OR cent)");
    check(
        "govern* pyongyang~ pyongyang~2",
        "govern* pyongyang~1 pyongyang~2",
    );
    check("id:q:7f3a", "id:\"q:7f3a\"");
    check("kind:indirect lang:en", "kind:indirect lang:en");
    check("confidence:>=0.90 words:5..", "confidence:>=0.90 words:5..");
    check("(speaker:Kim)", "speaker:Kim");
}

#[test]
fn nearness() {
    check("fond NEAR memories", "fond NEAR/10 memories");
    check(
        "\"fond memories\" ADJ/3 Trump x",
        "\"fond memories\" ADJ/3 Trump x",
    );
    check("a OR b NEAR/2 c", "a OR b NEAR/2 c");
    check("said:(a NEAR/2 b)", "said:(a NEAR/2 b)");
}

#[test]
fn dates() {
    for date in [
        "2025",
        "2025-10",
        "2025-10-25",
        "2025-W43",
        "2025-Q4",
        "today",
        "yesterday",
        "last-week",
        "this-year",
        "2025..",
        "..2025-10",
        "7d..",
        "2025-09..2025-10",
        "1y..3m",
        ">=2025",
        "<2025-10",
    ] {
        check(&format!("date:{date}"), &format!("date:{date}"));
    }
    check("date:\"25 October 2025\"", "date:2025-10-25");
    check("date:“last week”", "date:last-week");
    check("date:\"Oct 2025\"..\"Nov 2025\"", "date:2025-10..2025-11");
    check("added:yesterday", "added:yesterday");
    check("(date:2025)", "date:2025");
}

#[test]
#[expect(clippy::too_many_lines, reason = "cases as data")]
fn faults_have_a_place_and_a_way_out() {
    use ProblemKind as K;
    fault(
        "⟦speeker⟧:roe",
        K::UnknownField,
        "no field \"speeker\"",
        &["speaker:"],
    );
    fault(
        "⟦headline⟧:x",
        K::UnknownField,
        "no field \"headline\"",
        &["title:"],
    );
    fault(
        "⟦12⟧:30",
        K::UnknownField,
        "no field \"12\"",
        &["\"12:30\""],
    );
    fault(
        "date:⟦2025-13⟧",
        K::BadDate,
        "month 13 in \"2025-13\"",
        &["date:2025-12", "date:2025"],
    );
    fault(
        "date:⟦2025-02-30⟧ x",
        K::BadDate,
        "no day 30 in 2025-02",
        &["date:2025-02-28"],
    );
    fault(
        "date:⟦25.10.2025⟧",
        K::BadDate,
        "cannot read \"25.10.2025\" as a date",
        &[
            "date:2025-10-25",
            "date:2025-10",
            "date:2025-10-01..2025-10-31",
            "date:\"last week\"",
        ],
    );
    fault(
        "date:⟦2025-11..2025-10⟧",
        K::BadDate,
        "the range 2025-11..2025-10 ends before it begins",
        &["date:2025-10..2025-11"],
    );
    fault(
        "date:⟦7d⟧",
        K::BadDate,
        "\"7d\" is one end of a range; two dots make it one",
        &["date:7d.."],
    );
    fault(
        "said:⟦\"⟧one percent",
        K::UnclosedMark,
        "nothing closes the quotation mark \"",
        &["\"one percent\""],
    );
    fault(
        "⟦(⟧a OR b",
        K::Parenthesis,
        "a parenthesis that nothing closes",
        &["(a OR b)"],
    );
    fault(
        "a⟦)⟧ b",
        K::Parenthesis,
        "a closing parenthesis that nothing opens",
        &[],
    );
    fault(
        "a ⟦OR⟧",
        K::MissingOperand,
        "OR wants something on both sides",
        &["\"or\""],
    );
    fault(
        "⟦AND⟧ a",
        K::MissingOperand,
        "AND wants something on both sides",
        &["\"and\""],
    );
    fault(
        "a ⟦NOT⟧",
        K::MissingOperand,
        "nothing follows NOT",
        &["\"not\""],
    );
    fault(
        "⟦said:⟧ x",
        K::Empty,
        "nothing after \"said:\"",
        &["said:\"one percent\""],
    );
    fault(
        "kind:⟦indirekt⟧",
        K::BadValue,
        "a quotation is direct, mixed or indirect, not \"indirekt\"",
        &["kind:indirect"],
    );
    fault(
        "confidence:⟦2⟧",
        K::BadNumber,
        "a confidence is a number from 0 to 1, not \"2\"",
        &["confidence:>=0.8"],
    );
    fault(
        "⟦a~3⟧",
        K::BadNumber,
        "at most two letters of a word may be wrong",
        &["a~2"],
    );
    fault(
        "⟦*ment⟧",
        K::Unexpected,
        "a word's end may be left open, not its beginning",
        &["ment*"],
    );
    fault(
        "⟦⟧",
        K::Empty,
        "the query is empty",
        &["said:\"one percent\""],
    );
    fault(
        "⟦speaker:Jane⟧ Roe",
        K::SplitName,
        "speaker: takes one word; \"Roe\" is looked for elsewhere",
        &["speaker:\"Jane Roe\""],
    );
}

#[test]
fn every_problem_is_reported() {
    let (node, problems) = parse("speeker:roe date:2025-13 (said:\"x", today());
    let kinds: Vec<_> = problems
        .iter()
        .map(|problem| problem.kind.as_str())
        .collect();
    assert_eq!(
        kinds,
        ["unknown_field", "bad_date", "parenthesis", "unclosed_mark"]
    );
    assert_eq!(node.to_string(), "roe said:\"x\"");
}

#[test]
fn depth_is_bounded() {
    let (_, problems) = parse(&"(".repeat(100_000), today());
    assert_eq!(problems[0].kind, ProblemKind::Parenthesis);
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooDeep)
    );
}

fn word() -> impl Strategy<Value = String> {
    "[a-zé]([a-z0-9.]{0,3}[a-z0-9])?(['’][a-z]{1,2})?(-[a-z]{2})?%?"
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        word().prop_map(Text::Word),
        word().prop_map(Text::Prefix),
        (word(), 1..=2u8).prop_map(|(word, distance)| Text::Fuzzy(word, distance)),
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

fn point() -> impl Strategy<Value = Point> {
    let period = prop_oneof![
        Just(Period::Day),
        Just(Period::Week),
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
    ]
}

fn leaf() -> impl Strategy<Value = Node> {
    let field = proptest::sample::select(vec![
        TextField::Speaker,
        TextField::Said,
        TextField::About,
        TextField::Text,
        TextField::Title,
        TextField::Source,
        TextField::Author,
        TextField::Lang,
    ]);
    let number = (0..1000u32, 0..3u8).prop_map(|(value, decimals)| {
        Number::parse(&format!(
            "{:.*}",
            usize::from(decimals),
            f64::from(value) / 1000.0
        ))
        .unwrap()
    });
    prop_oneof![
        Just(Node::All),
        text().prop_map(|text| Node::Text {
            field: None,
            exact: false,
            text
        }),
        (field, any::<bool>(), text()).prop_map(|(field, exact, text)| Node::Text {
            field: Some(field),
            exact,
            text
        }),
        (text(), text(), 1..20u32, any::<bool>()).prop_map(|(left, right, distance, ordered)| {
            Node::Near {
                left,
                right,
                distance,
                ordered,
            }
        }),
        point().prop_map(|point| Node::Date {
            field: DateField::Date,
            range: DateRange::Within(point)
        }),
        point().prop_map(|point| Node::Date {
            field: DateField::Added,
            range: DateRange::Between(None, Some(Bound::Point(point)))
        }),
        point().prop_map(|point| Node::Date {
            field: DateField::Date,
            range: DateRange::Compare(Comparison::AtLeast, point)
        }),
        (1..99u32).prop_map(|days| Node::Date {
            field: DateField::Date,
            range: DateRange::Between(Some(Bound::Ago(days, Period::Week)), None)
        }),
        number.prop_map(|number| Node::Number {
            field: NumberField::Confidence,
            range: NumberRange::Compare(Comparison::Below, number)
        }),
        number_is(),
    ]
}

fn number_is() -> impl Strategy<Value = Node> {
    (0..500u32, 0..500u32).prop_map(|(from, more)| Node::Number {
        field: NumberField::Words,
        range: NumberRange::Between(
            Number::parse(&from.to_string()),
            Number::parse(&(from + more).to_string()),
        ),
    })
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::all_of),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::any_of),
            inner.clone().prop_map(|node| Node::Not(Box::new(node))),
            (inner.clone(), 1..400u32)
                .prop_map(|(node, weight)| Node::Boost(Box::new(node), weight as f32 / 8.0)),
            inner.prop_map(|node| Node::Group {
                field: TextField::Said,
                inner: Box::new(node)
            }),
        ]
    })
}

use crate::ast::{Number, NumberRange};

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
