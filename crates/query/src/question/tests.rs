use super::*;

fn compiled(question: &str) -> Option<(Intent, String)> {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4);
    read(question, today).map(|question| (question.intent, question.node.to_string()))
}

fn check(question: &str, intent: Intent, query: &str) {
    let found = compiled(question);
    let expected = Some((intent, query.to_owned()));
    assert_eq!(found, expected, "{question}");
}

#[test]
fn who_said() {
    for question in [
        "who said \"one percent\"",
        "Who said “one percent”?",
        "who said 'one percent'",
        "who said ‘one percent’?",
        "who said one percent",
        "Who said that \"one percent\"",
        "who has said «one percent»",
        "who said one percent?",
        "who used the words \"one percent\"",
        "who said „one percent“",
    ] {
        check(question, Intent::Who, "said:\"one percent\"");
    }
    check(
        "who said I don't want to",
        Intent::Who,
        "said:\"I don't want to\"",
    );
    check(
        "who first said \"one percent\"",
        Intent::WhoFirst,
        "said:\"one percent\"",
    );
    check(
        "who was the first to say 'one percent'",
        Intent::WhoFirst,
        "said:\"one percent\"",
    );
    check(
        "who said \"one percent\" first?",
        Intent::WhoFirst,
        "said:\"one percent\"",
    );
    check("who talked about the budget", Intent::Who, "about:budget");
    check(
        "who said \"slip\" or \"away\"",
        Intent::Who,
        "said:\"slip\" OR said:\"away\"",
    );
}

#[test]
fn what_when_how_often() {
    check("what did Kim say", Intent::What, "speaker:Kim");
    check(
        "What has Lee Jae-myung said about golf?",
        Intent::What,
        "speaker:\"Lee Jae-myung\" about:golf",
    );
    check(
        "what did President Trump say on the Korean war",
        Intent::What,
        "speaker:\"President Trump\" about:\"Korean war\"",
    );
    check(
        "when did Trump say \"very good\"",
        Intent::When,
        "speaker:Trump said:\"very good\"",
    );
    check(
        "when was 'one percent' said by Chung",
        Intent::When,
        "speaker:Chung said:\"one percent\"",
    );
    check(
        "how often did Trump say very good",
        Intent::HowOften,
        "speaker:Trump said:\"very good\"",
    );
    check(
        "how many times has anyone said \"very good\"",
        Intent::HowOften,
        "said:\"very good\"",
    );
    check(
        "did Trump say \"very good\"?",
        Intent::When,
        "speaker:Trump said:\"very good\"",
    );
}

#[test]
fn dates_at_the_end() {
    let who = |tail: &str, date: &str| {
        check(
            &format!("who said \"one percent\" {tail}"),
            Intent::Who,
            &format!("said:\"one percent\" date:{date}"),
        );
        check(
            &format!("who said one percent {tail}?"),
            Intent::Who,
            &format!("said:\"one percent\" date:{date}"),
        );
    };
    who("since October", "2025-10..");
    who("since October 2024", "2024-10..");
    who("since last week", "last-week..");
    who("last week", "last-week");
    who("yesterday", "yesterday");
    who("in 2025", "2025");
    who("on October 25, 2025", "2025-10-25");
    who("before 2025-10", "<2025-10");
    who("after 25 October 2025", ">2025-10-25");
    who("between May and July 2025", "2025-05..2025-07");
    who("from May 2024 to July 2025", "2024-05..2025-07");
    check(
        "what did Kim say about talks since 2025",
        Intent::What,
        "speaker:Kim about:talks date:2025..",
    );
    check(
        "who said in God we trust",
        Intent::Who,
        "said:\"in God we trust\"",
    );
    check(
        "who said \"since October\"",
        Intent::Who,
        "said:\"since October\"",
    );
}

#[test]
fn the_rest_is_refused() {
    for question in [
        "",
        "?",
        "who",
        "who said",
        "who said what",
        "who won",
        "what is one percent",
        "what did say",
        "what about Kim",
        "one percent",
        "when did Trump say",
        "how often",
        "who killed \"one percent\"",
        "who said \"\"",
        "what did Kim say about",
        "who said \"a\" loudly",
    ] {
        assert_eq!(compiled(question), None, "{question}");
    }
}
