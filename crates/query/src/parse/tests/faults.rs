//! What is wrong with a query: each fault with its place and a way out.

use super::super::*;
use super::today;

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
        &["(a) b"],
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
#[expect(clippy::too_many_lines, reason = "cases as data")]
fn further_faults() {
    use ProblemKind as K;
    for (marked, kind, message, suggestions) in [
        (
            "a ⟦()⟧",
            K::Empty,
            "nothing between the parentheses",
            &["(ferry OR boat)"][..],
        ),
        (
            "date:2025 said:⟦( )⟧",
            K::Empty,
            "nothing between the parentheses",
            &["(ferry OR boat)"],
        ),
        (
            "⟦(⟧",
            K::Parenthesis,
            "a parenthesis that nothing closes",
            &["(ferry OR boat)"],
        ),
        (
            "a ⟦OR⟧",
            K::MissingOperand,
            "OR wants something on both sides",
            &["\"or\""],
        ),
        (
            "a ⟦AND⟧ OR b",
            K::MissingOperand,
            "AND wants something on both sides",
            &["\"and\""],
        ),
        ("⟦-⟧", K::MissingOperand, "nothing follows -", &["-word"]),
        (
            "a ⟦NOT⟧ OR b",
            K::MissingOperand,
            "nothing follows NOT",
            &["\"not\""],
        ),
        (
            "⟦NEAR⟧ b",
            K::MissingOperand,
            "NEAR wants something on both sides",
            &["\"near\""],
        ),
        (
            "a ⟦NEAR/2⟧",
            K::MissingOperand,
            "NEAR stands between two words or phrases",
            &["\"fond memories\" NEAR/5 summit"],
        ),
        (
            "a ⟦ADJ⟧ (b OR c)",
            K::MissingOperand,
            "ADJ stands between two words or phrases",
            &["\"fond memories\" ADJ/5 summit"],
        ),
        (
            "a ⟦NEAR/0⟧ b",
            K::BadNumber,
            "NEAR/0: the distance is a number of words from 1",
            &["NEAR/5"],
        ),
        (
            "a ⟦ADJ/99999⟧ b",
            K::BadNumber,
            "ADJ/99999: the distance is a number of words from 1",
            &["ADJ/5"],
        ),
        (
            "a NEAR b ⟦NEAR⟧ c",
            K::Unexpected,
            "NEAR joins two texts, not three",
            &["(a NEAR b) (b NEAR c)"],
        ),
        (
            "said:a ⟦NEAR/3⟧ b",
            K::Unexpected,
            "NEAR/3 stands inside the field's parentheses",
            &["said:(a NEAR/3 b)"],
        ),
        (
            "a⟦^0⟧",
            K::BadNumber,
            "after ^ stands a weight above 0, at most 1000, not \"0\"",
            &["^2"],
        ),
        (
            "a⟦^1001⟧",
            K::BadNumber,
            "after ^ stands a weight above 0, at most 1000, not \"1001\"",
            &["^2"],
        ),
        (
            "(a⟦^1e9⟧)",
            K::BadNumber,
            "after ^ stands a weight above 0, at most 1000, not \"1e9\"",
            &["^2"],
        ),
        (
            "a⟦^⟧ b",
            K::BadNumber,
            "after ^ stands a weight above 0, at most 1000",
            &["^2"],
        ),
        (
            "⟦^⟧",
            K::Unexpected,
            "\"^\" cannot stand here",
            &["\"one ^ two\""],
        ),
        (
            "⟦said:*⟧",
            K::Unexpected,
            "said: wants a word before the *, which alone finds everything",
            &["said:\"one percent\"", "*"],
        ),
        (
            "a (⟦speaker:*⟧)",
            K::Unexpected,
            "speaker: wants a word before the *, which alone finds everything",
            &["speaker:\"Jane Roe\"", "*"],
        ),
        (
            "a NEAR ⟦*⟧",
            K::Unexpected,
            "\"*\" cannot stand here",
            &["word*"],
        ),
        (
            "said:a ⟦:⟧",
            K::Unexpected,
            "\":\" cannot stand here",
            &["\"one : two\""],
        ),
        (
            "said:⟦*ment⟧",
            K::Unexpected,
            "a word's end may be left open, not its beginning",
            &["ment*"],
        ),
        (
            "⟦gov*ment⟧",
            K::Unexpected,
            "a word's end may be left open, not its middle",
            &["gov*"],
        ),
        (
            "\"jane roe\"⟦~⟧",
            K::BadNumber,
            "after a phrase ~ wants the number of words that may stand between",
            &["~3"],
        ),
        (
            "\"jane roe\"⟦~99999⟧",
            K::BadNumber,
            "after a phrase ~ wants the number of words that may stand between",
            &["~3"],
        ),
        (
            "⟦jane~5⟧",
            K::BadNumber,
            "at most two letters of a word may be wrong",
            &["jane~2"],
        ),
        (
            "⟦“⟧one percent",
            K::UnclosedMark,
            "nothing closes the quotation mark “",
            &["“one percent”"],
        ),
        (
            "⟦‘⟧one",
            K::UnclosedMark,
            "nothing closes the quotation mark ‘",
            &["\"one\""],
        ),
        (
            "⟦\"⟧",
            K::UnclosedMark,
            "nothing closes the quotation mark \"",
            &["\"\""],
        ),
        (
            "⟦date:(2025 OR 2026)⟧",
            K::Unexpected,
            "date: takes a value or a range, no parentheses",
            &["date:2025-10..2025-12", "(date:… OR date:…)"],
        ),
        (
            "⟦words:(5)⟧ a",
            K::Unexpected,
            "words: takes a value or a range, no parentheses",
            &["words:5..20", "(words:… OR words:…)"],
        ),
        (
            "date:⟦⟧ a",
            K::BadDate,
            "no date after the colon",
            &["date:2025-10", "date:last-week"],
        ),
        (
            "date:⟦2025-00⟧",
            K::BadDate,
            "month 0 in \"2025-00\"",
            &["date:2025-01", "date:2025"],
        ),
        (
            "date:⟦2025-Q5⟧",
            K::BadDate,
            "quarter 5 in \"2025-q5\"",
            &["date:2025-Q4"],
        ),
        (
            "date:⟦2025-W54⟧",
            K::BadDate,
            "2025 has no week 54",
            &["date:2025-W52"],
        ),
        (
            "date:⟦..⟧",
            K::BadDate,
            "a range needs at least one end",
            &["date:2025-10.."],
        ),
        (
            "date:⟦3000y..⟧ a",
            K::BadDate,
            "\"3000y..\" is beyond the calendar",
            &["date:2025", "date:10y.."],
        ),
        (
            "date:⟦\"in due course\"⟧",
            K::BadDate,
            "cannot read \"in due course\" as a date",
            &[
                "date:2025-10-25",
                "date:\"25 October 2025\"",
                "date:\"last week\"",
            ],
        ),
        (
            "words:⟦1.5⟧",
            K::BadNumber,
            "a number of words is a whole number, not \"1.5\"",
            &["words:5..20"],
        ),
        (
            "words:⟦99999999999⟧",
            K::BadNumber,
            "a number of words is a whole number, not \"99999999999\"",
            &["words:5..20"],
        ),
        (
            "words:⟦⟧",
            K::BadNumber,
            "nothing after \"words:\"",
            &["words:5..20"],
        ),
        (
            "words:⟦9..3⟧",
            K::BadNumber,
            "the range 9..3 ends before it begins",
            &["words:3..9"],
        ),
        (
            "confidence:⟦1.5⟧",
            K::BadNumber,
            "a confidence is a number from 0 to 1, not \"1.5\"",
            &["confidence:>=0.8"],
        ),
        (
            "confidence:⟦high⟧",
            K::BadNumber,
            "a confidence is a number from 0 to 1, not \"high\"",
            &["confidence:>=0.8"],
        ),
        (
            "id:⟦q:xyz⟧",
            K::BadValue,
            "\"q:xyz\" is no identifier; they look like q:7f3a or a:91c0",
            &["id:q:7f3a"],
        ),
        (
            "lang:⟦en*⟧",
            K::BadValue,
            "lang: takes one word",
            &["lang:en"],
        ),
        (
            "kind:⟦dir*⟧",
            K::BadValue,
            "kind: takes one word",
            &["kind:direct", "kind:mixed", "kind:indirect"],
        ),
        (
            "kind:⟦(direct OR mixd)⟧",
            K::BadValue,
            "a quotation is direct, mixed or indirect, not \"mixd\"",
            &["kind:mixed"],
        ),
        (
            "speaker:⟦(Jane NEAR Roe)⟧",
            K::Unexpected,
            "speaker: knows no NEAR and no ADJ",
            &["speaker:\"Jane Roe\""],
        ),
        (
            "id:⟦(7f OR zz)⟧",
            K::BadValue,
            "\"zz\" is no identifier; they look like q:7f3a or a:91c0",
            &["id:q:7f3a"],
        ),
        (
            "speaker:=⟦Tr*⟧",
            K::BadValue,
            "speaker:= wants the whole name",
            &["speaker:=\"Tr\"", "speaker:Tr*"],
        ),
        (
            "⟦said:⟧",
            K::Empty,
            "nothing after \"said:\"",
            &["said:\"one percent\""],
        ),
        (
            "said:⟦\"\"⟧",
            K::Empty,
            "nothing after \"said:\"",
            &["said:\"one percent\""],
        ),
        (
            "⟦who⟧:Trump",
            K::UnknownField,
            "no field \"who\"",
            &["speaker:"],
        ),
        (
            "⟦dat⟧:2025",
            K::UnknownField,
            "no field \"dat\"",
            &["date:"],
        ),
    ] {
        fault(marked, kind, message, suggestions);
    }
}

/// `said:*` said to try `"*"`, which is how it named what was wrong.
#[test]
fn what_is_suggested_is_not_what_was_typed() {
    let fields = [
        "",
        "said:",
        "speaker:=",
        "source:",
        "kind:",
        "id:",
        "date:",
        "words:",
        "a NEAR ",
        "-",
        "who:",
    ];
    for field in fields {
        for sign in [
            "*", "^", "~", ":", ")", "(", "\"*\"", "\"", "=", "*^", "^*", "**",
        ] {
            let text = format!("{field}{sign}");
            for problem in parse(&text, today()).1 {
                let typed = problem.span.of(&text).unwrap();
                let same = |suggestion: &String| {
                    [typed, text.as_str(), &crate::marks::quoted(typed)]
                        .contains(&suggestion.as_str())
                };
                assert!(!problem.suggestions.iter().any(same), "{text}: {problem:?}");
            }
        }
    }
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
fn without_today_a_relative_date_is_a_fault() {
    for (text, span) in [("date:today", 5..10), ("a date:7d..", 7..11)] {
        let (_, problems) = parse(text, None);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].kind, ProblemKind::NoToday);
        assert_eq!(problems[0].span, Span::new(span.start, span.end));
        assert_eq!(problems[0].suggestions, ["date:2025-10"]);
    }
}

#[test]
fn long_and_deep_queries_are_refused_at_once() {
    let started = std::time::Instant::now();
    let only = |text: &str| {
        let (_, problems) = parse(text, today());
        assert_eq!(problems.len(), 1, "{:?}", problems.get(1));
        problems[0].kind
    };
    assert_eq!(only(&"ferry ".repeat(200_000)), ProblemKind::TooLong);
    assert_eq!(only(&"ferry ".repeat(1025)), ProblemKind::TooLong);
    let (_, problems) = parse(&"ferry ".repeat(1024), None);
    assert_eq!(problems, []);
    let (_, problems) = parse(&format!("\"{}\"", "ferry ".repeat(2000)), None);
    assert_eq!(problems, []);
    assert_eq!(only(&"(".repeat(1 << 20)), ProblemKind::TooLong);
    assert_eq!(only(&"(".repeat(10_000)), ProblemKind::TooDeep);
    let nested = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(only(&nested), ProblemKind::TooDeep);
    assert_eq!(only(&"said:(".repeat(10_000)), ProblemKind::TooDeep);
    assert_eq!(only(&"NOT (".repeat(10_000)), ProblemKind::TooDeep);
    assert_eq!(only(&"date:(".repeat(10_000)), ProblemKind::TooDeep);
    let nested = format!("{}a{}", "(".repeat(48), ")".repeat(48));
    assert_eq!(parse(&nested, today()).1, []);
    // Thousands of faults are found, each once.
    let (_, problems) = parse(&"said: ".repeat(10_000), today());
    assert_eq!(problems.len(), 10_000);
    let (_, problems) = parse(&"OR ".repeat(20_000), today());
    assert!(problems.len() >= 20_000);
    parse(&") ".repeat(30_000), today());
    parse(&"\"".repeat(60_000), today());
    parse(&"a NEAR ".repeat(9_000), today());
    parse(&"(x ".repeat(40), today());
    // In a debug build on a busy machine; a release build takes a hundredth.
    assert!(started.elapsed().as_secs() < 10);
}
