use super::*;

mod faults;
mod round_trip;

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

/// Every alternative of every production, and what it is read as; `EBNF` in the module's front has them in this order.
#[test]
fn every_production_is_read() {
    let two = "a OR b";
    for (text, tree) in [
        // or, and
        ("a OR b OR c", "a OR b OR c"),
        ("a AND b AND c", "a b c"),
        ("a b AND c OR d", "a b c OR d"),
        // unary
        ("NOT a", "NOT a"),
        ("-a", "NOT a"),
        ("+a", "a"),
        ("- a", "NOT a"),
        ("NOT (a OR b)", "NOT (a OR b)"),
        ("a -\"b c\"", "a NOT \"b c\""),
        // boosted
        ("a^2", "a^2"),
        ("\"a b\"^0.5", "\"a b\"^0.5"),
        ("said:a^3", "said:a^3"),
        ("(a b)^1.5", "(a b)^1.5"),
        ("(a^.5)", "a^0.5"),
        ("said:(a OR b)^2", "said:(a OR b)^2"),
        ("date:2025^2", "date:2025^2"),
        ("a NEAR b^2", "a NEAR/10 b^2"),
        // primary
        ("(a)", "a"),
        ("*", "*"),
        ("(a OR b)", two),
        // near
        ("a NEAR b", "a NEAR/10 b"),
        ("a NEAR/3 b", "a NEAR/3 b"),
        ("a ADJ b", "a ADJ/10 b"),
        ("a ADJ/3 b", "a ADJ/3 b"),
        ("“a b” NEAR/3 c*", "\"a b\" NEAR/3 c*"),
        ("a~1 ADJ/3 \"b c\"~2", "a~1 ADJ/3 \"b c\"~2"),
        // filter
        ("speaker:a", "speaker:a"),
        ("said:=a", "said:=a"),
        ("about:\"a b\"", "about:\"a b\""),
        ("text:(a OR b)", "text:(a OR b)"),
        ("title:a*", "title:a*"),
        ("source:a", "source:a"),
        ("author:=\"a b\"", "author:=\"a b\""),
        ("kind:(direct OR mixed)", "kind:(direct OR mixed)"),
        ("lang:=en", "lang:=en"),
        ("id:a:7f", "id:\"a:7f\""),
        ("id:7f", "id:7f"),
        ("Said:A", "said:A"),
        ("said:(a NEAR b)", "said:(a NEAR/10 b)"),
        ("said:(title:a b)", "said:(title:a b)"),
        ("date:2025", "date:2025"),
        ("added:2025", "added:2025"),
        ("confidence:0.5", "confidence:0.5"),
        ("words:12", "words:12"),
        // text, phrase
        ("a~", "a~1"),
        ("a~1", "a~1"),
        ("a~2", "a~2"),
        ("a*", "a*"),
        ("said:=a*", "said:=a*"),
        ("\"a b\"~12", "\"a b\"~12"),
        ("\"a b\"*", "\"a b\"*"),
        ("\"a\\\"b\"", "\"a\\\"b\""),
        // dates
        ("date:2025-1-5", "date:2025-01-05"),
        ("date:2025-w1", "date:2025-W01"),
        ("date:2025-q1", "date:2025-Q1"),
        ("date:2025..", "date:2025.."),
        ("date:2025..2026", "date:2025..2026"),
        ("date:2025-10-01..yesterday", "date:2025-10-01..yesterday"),
        ("date:2025..3d", "date:2025..3d"),
        ("date:..2025", "date:..2025"),
        ("date:..3w", "date:..3w"),
        ("date:3w..", "date:3w.."),
        ("date:2y..3m", "date:2y..3m"),
        ("date:>2025", "date:>2025"),
        ("date:>=2025", "date:>=2025"),
        ("date:<2025", "date:<2025"),
        ("date:<=last-week", "date:<=last-week"),
        ("date:TODAY", "date:today"),
        ("date:this-day", "date:this-day"),
        ("date:this-week", "date:this-week"),
        ("date:this-month", "date:this-month"),
        ("date:this-quarter", "date:this-quarter"),
        ("date:this-year", "date:this-year"),
        ("date:last-day", "date:last-day"),
        ("date:last-month", "date:last-month"),
        ("date:last-quarter", "date:last-quarter"),
        ("date:last-year", "date:last-year"),
        ("date:“5 Oct 2025”..", "date:2025-10-05.."),
        ("date:>=\"October 2025\"", "date:>=2025-10"),
        // numbers
        ("words:3..", "words:3.."),
        ("words:3..5", "words:3..5"),
        ("words:..5", "words:..5"),
        ("words:>3", "words:>3"),
        ("words:>=3", "words:>=3"),
        ("words:<3", "words:<3"),
        ("words:<=3", "words:<=3"),
        ("confidence:0.25..0.75", "confidence:0.25..0.75"),
    ] {
        check(text, tree);
    }
}
