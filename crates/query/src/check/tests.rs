use tempfile::TempDir;

use super::*;
use crate::testing::{Story, build};

/// Invented stories: a wire story and its copy, two people of whom one repeats the other, a stock phrase of three.
const STORIES: &[Story<'_>] = &[
    (
        "Harbour budget",
        "2025-03-04",
        &[
            (
                "Jane Roe",
                "Roe",
                "harbour minister",
                "We will not raise the harbour dues this year, and we will not sell the ferries",
            ),
            ("Jane Roe", "she", "", "Forty boats will sail before June."),
            (
                "Ade Bello",
                "Bello",
                "mayor",
                "The minister is right, and I told her so in March",
            ),
        ],
    ),
    (
        "Harbour budget",
        "2025-03-05",
        &[
            (
                "Jane Roe",
                "Jane Roe",
                "",
                "We will not raise the harbour dues this year, and we will not sell the ferries",
            ),
            ("", "he", "", "Nobody asked the fishermen about any of this"),
        ],
    ),
    (
        "Strike at the docks",
        "2025-04-01",
        &[
            (
                "Omar Lindqvist-Sá",
                "Lindqvist-Sá",
                "union leader",
                "We will win",
            ),
            ("Omar Lindqvist-Sá", "he", "", "but not this year"),
            (
                "Omar Lindqvist-Sá",
                "Lindqvist-Sá",
                "",
                "They offered us $5 million, I never asked for more than 12 percent of it.",
            ),
            (
                "a spokesman",
                "a spokesman",
                "",
                "The company regrets every hour of delay at the northern docks",
            ),
        ],
    ),
    (
        "Three cities",
        "2025-05-09",
        &[
            ("Ade Bello", "Bello", "", "No comment"),
            ("Mira Castellan", "Castellan", "judge", "No comment"),
            (
                "Mira Castellan",
                "Castellan",
                "",
                "I support the new bridge, but only if the costs of the bridge fall below 80 million",
            ),
            (
                "Mira Castellan",
                "she",
                "",
                "Whoever read the report knows it. The river does not wait for a court. Nor will the engineers.",
            ),
        ],
    ),
    (
        "Rain",
        "2025-06-01",
        &[(
            "Ade Bello",
            "Bello",
            "",
            "It rained on the old town for a week, and the cellars were full of water",
        )],
    ),
];

fn archive() -> (TempDir, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), STORIES, true);
    (dir, archive)
}

/// Checks a text with one quotation; the reasons are in the order of their names in the type.
fn check(archive: &Archive, text: &str, verdict: Verdict, reasons: &[Reason]) -> Checked {
    let mut check = archive.check(text, &CheckOptions::new()).unwrap();
    assert_eq!(check.quotations.len(), 1, "{text}");
    let found = check.quotations.remove(0);
    assert_eq!(
        (found.verdict, found.reasons.as_slice()),
        (verdict, reasons),
        "{text}: {:?}",
        brief(&found)
    );
    found
}

/// What a failing test shows.
fn brief(found: &Checked) -> Vec<(f32, &str)> {
    let matches = found.matches.iter();
    matches
        .map(|found| (found.likeness, found.quote.as_str()))
        .collect()
}

#[test]
fn the_words_stand_there() {
    let (_dir, archive) = archive();
    for text in [
        "“We will not raise the harbour dues this year, and we will not sell the ferries,” said Jane Roe.",
        "we will NOT raise the harbor dues"
            .replace("harbor", "harbour")
            .as_str(),
        "Jane Roe: we will not sell the ferries",
        "\"We will not sell the ferries\" — Roe",
        "Harbour Minister Jane Roe told reporters: «We will not raise the harbour dues this year»",
        "40 boats will sail",
        "“[W]e will not raise the harbour dues this year…”",
        "'We will not sell the ferries', the minister said",
        "Nobody asked the fishermen",
        "They offered us $5 million, I never asked for more than twelve per cent of it",
        "“We will win”, said Lindqvist-Sa",
        "No comment, said Castellan",
        "the company regrets every hour of delay",
    ] {
        check(&archive, text, Verdict::Exact, &[]);
    }
    let found = check(
        &archive,
        "we will not sell the ferries",
        Verdict::Exact,
        &[],
    );
    assert_eq!(found.total, 2);
    assert_eq!(found.matches[0].hits[0].speaker_name(), "Jane Roe");
    assert_eq!(
        found.matches[0].hits[0].article().title.as_deref(),
        Some("Harbour budget")
    );
    let shown: Vec<&str> = found.matches[0].hits[0]
        .matches()
        .iter()
        .filter_map(|span| span.of(found.matches[0].hits[0].quote()))
        .collect();
    assert_eq!(shown, ["we will not sell the ferries"]);
}

#[test]
fn one_word_makes_another_quotation() {
    use Reason::{Negation, Number};
    let (_dir, archive) = archive();
    for (text, reasons) in [
        ("We will raise the harbour dues this year", &[Negation][..]),
        (
            "We will raise the harbour dues this year, and we will sell the ferries",
            &[Negation],
        ),
        ("I asked for more than 12 percent of it", &[Negation]),
        ("We will win this year", &[Negation, Reason::Joined]),
        ("The river does wait for a court", &[Negation]),
        ("Fifty boats will sail before June", &[Number]),
        ("They offered us $50 million", &[Number]),
        ("They offered us €5 million", &[Number]),
        ("I never asked for more than 1.2 percent of it", &[Number]),
        ("We will not raise the harbour due this year", &[]),
        ("We will never raise the harbour dues this year", &[]),
        ("The minister is wrong, and I told her so in March", &[]),
        ("The minister is right, and I told him so in May", &[]),
        ("I support the new bridge without conditions", &[Negation]),
        (
            "I support the new bridge if the costs of the bridge fall",
            &[],
        ),
        (
            "We will not raise the harbour dues and we will not sell the ferries",
            &[],
        ),
    ] {
        let found = check(&archive, text, Verdict::Altered, reasons);
        assert!(
            found.matches[0].pieces.iter().any(|diff| !diff.is_same()),
            "{text}"
        );
    }
}

#[test]
fn parts_and_edited_words() {
    use Reason::{Brackets, Ellipsis, Part};
    let (_dir, archive) = archive();
    for (text, reasons) in [
        (
            "We will not raise the harbour dues … and we will not sell the ferries",
            &[Ellipsis][..],
        ),
        ("We will not raise [any] dues this year", &[Brackets]),
        ("[The government] will not sell the ferries", &[Brackets]),
        (
            "Whoever read the report knows it. [...] Nor will the engineers.",
            &[Ellipsis],
        ),
        (
            "We will not sell the ferries. That is a promise to every town.",
            &[Part],
        ),
        (
            "Forty boats will sail before June and eighty come home",
            &[Part],
        ),
    ] {
        check(&archive, text, Verdict::Partial, reasons);
    }
    // What denies is put in, though behind the end of what the archive has.
    for text in [
        "We will not sell the ferries. That is no promise to every town.",
        "We will not sell the ferries without a promise to every town.",
    ] {
        let found = archive.check(text, &CheckOptions::new()).unwrap();
        let reasons = &found.quotations[0].reasons;
        assert_eq!(found.quotations[0].verdict, Verdict::Partial, "{text}");
        let denied = reasons.contains(&Reason::Negation);
        assert_eq!(denied, text.contains("without"), "{text}");
    }
    // Nothing of what the archive has is left out between two quotations that follow each other.
    for text in [
        "“We will not sell the ferries,” said Roe, “Forty boats will sail”",
        "We will not sell the ferries … Forty boats will sail before June",
    ] {
        check(&archive, text, Verdict::Exact, &[Reason::Joined]);
    }
}

#[test]
fn what_is_cut_off_may_deny() {
    use Reason::{Ellipsis, NegatedBefore, Negation};
    let (_dir, archive) = archive();
    for (text, verdict, reasons) in [
        (
            "raise the harbour dues this year",
            Verdict::Exact,
            &[NegatedBefore][..],
        ),
        ("sell the ferries", Verdict::Exact, &[NegatedBefore]),
        ("wait for a court", Verdict::Exact, &[NegatedBefore]),
        (
            "the harbour dues this year",
            Verdict::Exact,
            &[NegatedBefore],
        ),
        ("dues this year", Verdict::Exact, &[]),
        ("will not sell the ferries", Verdict::Exact, &[]),
        (
            "We will … raise the harbour dues this year",
            Verdict::Partial,
            &[Negation, Ellipsis],
        ),
        (
            "We will [soon] raise the harbour dues",
            Verdict::Partial,
            &[Negation, Reason::Brackets],
        ),
    ] {
        check(&archive, text, verdict, reasons);
    }
}

#[test]
fn somebody_else_said_it() {
    use Reason::{UnknownSpeaker, Unnamed};
    let (_dir, archive) = archive();
    let other = |text, reasons: &[Reason]| check(&archive, text, Verdict::OtherSpeaker, reasons);
    let found = other("“We will not sell the ferries,” said Ade Bello.", &[]);
    assert_eq!(found.matches[0].same_speaker, Some(false));
    other(
        "“We will not sell the ferries,” said Ursula Nobody.",
        &[UnknownSpeaker],
    );
    other(
        "Bello: “We will not … sell the ferries”"
            .replace("not …", "not raise …")
            .as_str(),
        &[Reason::Negation, Reason::Ellipsis],
    );
    check(
        &archive,
        "Bello: “Nobody asked the fishermen”",
        Verdict::Exact,
        &[Unnamed],
    );
    check(
        &archive,
        "Bello: “The company regrets every hour”",
        Verdict::Exact,
        &[Unnamed],
    );
    let found = check(
        &archive,
        "“No comment,” said Judge Mira Castellan",
        Verdict::Exact,
        &[],
    );
    assert_eq!((found.total, found.matches.len()), (1, 1));
    check(
        &archive,
        "Bello: “We will raise the harbour dues this year”",
        Verdict::Altered,
        &[Reason::Negation, Reason::OtherSpeaker],
    );
}

#[test]
fn who_is_said_to_have_said_it() {
    use Reason::UnreadSpeaker;
    let (_dir, archive) = archive();
    for text in [
        "“Forty boats will sail” of the fleet, said Bello.",
        "“Forty boats” of Roe, said Bello",
        "“Forty boats will sail,” said Bello of Roe and Castellan.",
        "Bello called the plan of Roe “forty boats”",
        "Bello described Roe’s fleet as “forty boats”",
        "As Bello put it, “forty boats will sail”",
        "In the words of Bello, “forty boats will sail”",
        "“Forty boats will sail!” exclaimed Bello",
        "Roe was told by Bello: “Forty boats will sail”",
        "“Forty boats will sail”: Bello on Roe",
    ] {
        let found = check(&archive, text, Verdict::OtherSpeaker, &[]);
        assert_eq!(found.speaker.as_deref(), Some("Bello"), "{text}");
    }
    // Somebody is named, and whether as the speaker is not clear.
    for text in [
        "For Bello it is “forty boats”",
        "“Forty boats will sail,” a spokesman for Bello said.",
        "“Forty boats will sail,” said Bello and Castellan.",
        "Bello’s “forty boats”",
    ] {
        let found = check(&archive, text, Verdict::Exact, &[UnreadSpeaker]);
        assert_eq!(found.speaker, None, "{text}");
    }
    // Nobody is.
    for text in [
        "“Forty boats will sail,” officials said.",
        "“Forty boats will sail,” she said on Friday.",
        "Yet it was “forty boats” in June",
        "“forty boats will sail,” roe said",
    ] {
        check(&archive, text, Verdict::Exact, &[]);
    }
    let found = check(
        &archive,
        "\"forty boats will sail\", bello said",
        Verdict::OtherSpeaker,
        &[],
    );
    assert_eq!(found.speaker.as_deref(), Some("bello"));
}

#[test]
fn it_is_not_there() {
    let (_dir, archive) = archive();
    for text in [
        "The moon is made of cheese",
        "We will always love the mountains",
        "comment",
        "“Ferries,” said Zed",
        "I have never met the man in my life",
    ] {
        let found = archive
            .check(text, &CheckOptions::new())
            .unwrap()
            .quotations
            .remove(0);
        let expected = if text == "comment" {
            Verdict::Exact
        } else {
            Verdict::NotFound
        };
        let expected = if text.contains("Zed") {
            Verdict::OtherSpeaker
        } else {
            expected
        };
        assert_eq!(found.verdict, expected, "{text}: {:?}", brief(&found));
    }
    for text in ["", " \n", "“”", "…", "“ ”, ?"] {
        let error = archive.check(text, &CheckOptions::new()).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::NoWords);
    }
}

#[test]
fn several_are_checked_one_by_one() {
    let (_dir, archive) = archive();
    let text = "“Forty boats will sail before June,” said Jane Roe. “We will sell the ferries,” she added.\n\
        Ade Bello: “No comment.” “The moon is made of cheese,” he said.";
    let check = archive.check(text, &CheckOptions::new()).unwrap();
    let verdicts: Vec<&str> = check
        .quotations
        .iter()
        .map(|checked| checked.verdict.as_str())
        .collect();
    assert_eq!(verdicts, ["exact", "altered", "exact", "not_found"]);
    let speakers: Vec<Option<&str>> = check
        .quotations
        .iter()
        .map(|checked| checked.speaker.as_deref())
        .collect();
    assert_eq!(
        speakers,
        [
            Some("Jane Roe"),
            Some("Jane Roe"),
            Some("Ade Bello"),
            Some("Ade Bello")
        ]
    );
    for checked in &check.quotations {
        assert!(checked.span.of(text).unwrap().contains(&checked.text));
    }
    assert_eq!(check.searched.articles, 5);
    assert!(!check.partial);
}

#[test]
fn segments_do_not_matter_and_limits_are_kept() {
    let (dir, other) = (tempfile::tempdir().unwrap(), archive());
    let one = build(dir.path(), STORIES, false);
    let text = "Roe: “We will raise the harbour dues this year” “No comment” “Forty boats”";
    let options = CheckOptions::new();
    let check = one.check(text, &options).unwrap();
    assert_eq!(check, other.1.check(text, &options).unwrap());
    let few = one
        .check("no comment", &CheckOptions::new().limit(1))
        .unwrap()
        .quotations
        .remove(0);
    assert_eq!((few.total, few.matches.len()), (2, 1));
    let cancel = Cancel::new();
    cancel.cancel();
    assert!(
        one.check(text, &CheckOptions::new().cancel(cancel))
            .unwrap()
            .partial
    );
}

#[test]
fn sentences_in_another_order_are_no_other_words() {
    use Reason::{Joined, Reordered};
    let (_dir, archive) = archive();
    let altered = |text, reasons: &[Reason]| check(&archive, text, Verdict::Altered, reasons);
    let found = altered(
        "The river does not wait for a court. Whoever read the report knows it.",
        &[Reordered],
    );
    let shown: Vec<&str> = found.matches[0].hits[0]
        .matches()
        .iter()
        .filter_map(|span| span.of(found.matches[0].hits[0].quote()))
        .collect();
    assert_eq!(
        shown,
        [
            "Whoever read the report knows it",
            "The river does not wait for a court"
        ]
    );
    // No number was changed, though whole sentences stand elsewhere; and what is between them is not shown.
    let found = altered(
        "I never asked for more than 12 percent of it. We will win.",
        &[Joined, Reordered],
    );
    let quotes: Vec<&str> = found.matches[0]
        .hits
        .iter()
        .map(crate::Hit::quote)
        .collect();
    assert_eq!(
        quotes,
        [
            "We will win",
            "They offered us $5 million, I never asked for more than 12 percent of it."
        ]
    );
    altered(
        "Forty boats will sail before June. We will not sell the ferries.",
        &[Joined, Reordered],
    );
    altered(
        "Forty boats will sail before June. Sell the ferries.",
        &[Reason::NegatedBefore, Joined, Reordered],
    );
}
