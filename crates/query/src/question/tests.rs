use super::*;

/// Those of the archive that is asked.
fn outlets() -> Outlets {
    Outlets::of(["The Pacific Ledger", "Time", "Le Phare d’Été", "Gazette"].into_iter())
}

fn compiled(question: &str) -> Option<(String, String)> {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4);
    let question = read(question, today, &outlets()).ok()?;
    let intent = serde_json::to_value(question.intent).unwrap();
    let per = question.per.map(|per| format!(" per {}", per.as_str()));
    Some((
        intent.as_str().unwrap().to_owned() + per.as_deref().unwrap_or_default(),
        question.node.to_string(),
    ))
}

/// The table of questions, line by line.
fn table() -> impl Iterator<Item = (&'static str, Option<(String, String)>)> {
    let lines = include_str!("questions.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let (question, read) = line.rsplit_once("=>").unwrap();
        let read = read.trim();
        let read = (!read.is_empty()).then(|| {
            let (intent, query) = read.split_once(" | ").unwrap();
            (intent.to_owned(), query.to_owned())
        });
        (question.trim(), read)
    })
}

#[test]
fn questions_are_read_as_the_table_says() {
    let wrong: Vec<String> = table()
        .filter(|(question, expected)| compiled(question) != *expected)
        .map(|(question, expected)| {
            format!(
                "{question}\n   read  {:?}\n   want  {expected:?}",
                compiled(question)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (read, refused): (Vec<_>, Vec<_>) = table().partition(|(_, expected)| expected.is_some());
    assert!(
        read.len() >= 80 && refused.len() >= 20,
        "{} {}",
        read.len(),
        refused.len()
    );
}

#[test]
fn the_query_parses_to_the_same_query() {
    for (question, expected) in table() {
        let Some((_, query)) = expected else { continue };
        let (node, problems) = crate::parse::parse(&query, NaiveDate::from_ymd_opt(2026, 3, 4));
        assert_eq!((node.to_string(), problems.len()), (query, 0), "{question}");
    }
}

/// The message about a date at fault, the words at fault and what to write instead.
fn fault(question: &str) -> Option<(String, String, String)> {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4);
    let Err(Cause::Query { problems }) = read(question, today, &outlets()) else {
        return None;
    };
    let problem = problems.first()?;
    let words = problem.span.of(question)?;
    Some((
        problem.message.clone(),
        words.to_owned(),
        problem.suggestions.join(" "),
    ))
}

#[test]
fn dates_that_cannot_be_are_named() {
    for (question, message, words, instead) in [
        (
            "who said \"one percent\" on 30 February 2026",
            "no day 30 in 2026-02",
            "30 February 2026",
            "2026-02-28",
        ),
        (
            "who said “one percent” since 2025-13?",
            "month 13 in \"2025-13\"",
            "2025-13",
            "2025-12 2025",
        ),
        (
            "who said one percent on February 30",
            "no day 30 in 2026-02",
            "February 30",
            "2026-02-28",
        ),
        (
            "on 31 June 2025, what did Kim say",
            "no day 31 in 2025-06",
            "31 June 2025",
            "2025-06-30",
        ),
        (
            "please tell me what Kim said on the 31st of June 2025 about boats",
            "no day 31 in 2025-06",
            "the 31st of June 2025",
            "2025-06-30",
        ),
        (
            "who said \"a\" from 2025-01 to 2025-14",
            "month 14 in \"2025-14\"",
            "2025-14",
            "2025-12 2025",
        ),
        (
            "what did Trump say on 3/4/2026",
            "\"3/4/2026\" may be 2026-04-03 or 2026-03-04",
            "3/4/2026",
            "2026-04-03 2026-03-04",
        ),
        (
            "what did Trump say on 3/4/26",
            "the year of \"3/4/26\" needs four figures",
            "3/4/26",
            "2026-04-03 2026-03-04",
        ),
        (
            "what did Trump say before 31/2/2026",
            "no day 31 in 2026-02",
            "31/2/2026",
            "2026-02-28",
        ),
    ] {
        let expected = (message.to_owned(), words.to_owned(), instead.to_owned());
        assert_eq!(fault(question), Some(expected), "{question}");
    }
    for question in [
        "who said \"31 June 2025\"",
        "what did Roe say about the 2024-25 budget",
        "what did Roe say about cuts in 2024-25",
        "what did Trump say on 25/12/2025",
        "what did Trump say on 4/4/2026",
        "who won on Monday",
    ] {
        assert_eq!(fault(question), None, "{question}");
    }
}

#[test]
fn relative_dates_need_to_know_the_day() {
    for question in [
        "who said \"a\" last week",
        "who said \"a\" in the last 30 days",
    ] {
        let read = read(question, None, &Outlets::default());
        assert!(
            read.ok()
                .is_none_or(|read| !read.node.to_string().contains("date:30d")),
            "{question}"
        );
    }
}

/// An apostrophe that one word ends with closed what the one before it seemed to open.
#[test]
fn apostrophes_of_two_words_make_no_phrase() {
    for question in [
        "what did Roe say about b7''# out b7''#",
        "Roe on the '90s and rock'n'",
    ] {
        let read = read(question, None, &Outlets::default()).unwrap();
        let (node, problems) = crate::parse::parse(&read.node.to_string(), None);
        assert_eq!((node, problems.len()), (read.node, 0), "{question}");
    }
}

proptest::proptest! {
    #[test]
    fn no_question_panics(question in ".{0,60}") {
        let _ = compiled(&question);
    }

    #[test]
    fn no_words_in_any_order_panic(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "who", "what", "when", "how", "often", "did", "said", "say", "first", "last", "about", "on", "by", "by",
            "nobody", "nothing", "but", "not", "else", "most", "recently", "time", "use", "of", "mention", "31", "June",
            "2025-13", "3/4/2026", "Roe,", "Tak,", "please", "will",
            "from", "to", "between", "Q1", "Ada", "Bello,", "the", "mayor,", "(the", "mayor)", "5", "anything", "where", "who",
            "quotes", "Roe", "it", "that", "or", "and", "since", "2025", "\"a b\"", "“", "in", "the", "was", "-", ":",
        ]), 0..9)) {
        let _ = compiled(&words.join(" "));
    }
}
