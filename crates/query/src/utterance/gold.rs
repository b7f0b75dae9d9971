//! How often the judgement is right on the pairs of `data/gold/utterances`.

use std::collections::BTreeMap;
use std::path::Path;

use whosaid_schema::day_number;

use super::relation::{Circumstances, Likeness, Speakers, days_apart};
use super::words::Worded;

struct Said {
    worded: Worded,
    speaker: Option<String>,
    days: Option<(i64, i64)>,
}

/// One pair, as judged by hand.
struct Pair {
    same: bool,
    class: String,
    one: Said,
    other: Said,
    one_article: bool,
    line: String,
}

fn said(speaker: &str, date: &str, text: &str) -> Said {
    Said {
        worded: Worded::of(text, speaker.starts_with('!')),
        speaker: Some(speaker.trim_start_matches('!').to_owned()).filter(|name| name != "-"),
        days: date
            .parse()
            .ok()
            .map(|day| (day_number(day), day_number(day))),
    }
}

fn is_same(one: &Said, other: &Said, one_article: bool) -> bool {
    let around = Circumstances {
        speakers: match (&one.speaker, &other.speaker) {
            (Some(one), Some(other)) if one == other => Speakers::Same,
            (Some(_), Some(_)) => Speakers::Different,
            _ => Speakers::Unknown,
        },
        apart: days_apart(one.days, other.days),
        one_article,
    };
    Likeness::of(&one.worded, &other.worded).is_same_utterance(around)
}

fn pairs(name: &str) -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/gold/utterances");
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let lines = text.lines().skip(1);
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [
                verdict,
                class,
                speaker,
                date,
                words,
                other_speaker,
                other_date,
                other_words,
            ] = fields[..]
            else {
                panic!("{line}");
            };
            assert!(matches!(verdict, "same" | "other"), "{line}");
            // `=` stands for the same article.
            let one_article = other_date == "=";
            let other_date = if one_article { date } else { other_date };
            Pair {
                same: verdict == "same",
                class: class.to_owned(),
                one: said(speaker, date, words),
                other: said(other_speaker, other_date, other_words),
                one_article,
                line: format!("{words} / {other_words}"),
            }
        })
        .collect()
}

/// Checks that precision and recall of “the same” reach the floors, in hundredths.
#[expect(
    clippy::print_stdout,
    reason = "the figures are what one runs this for"
)]
fn check(name: &str, precision: usize, recall: usize) {
    let (mut hits, mut found, mut wanted) = (0, 0, 0);
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for pair in pairs(name) {
        let same = is_same(&pair.one, &pair.other, pair.one_article);
        let turned = is_same(&pair.other, &pair.one, pair.one_article);
        assert_eq!(same, turned, "{}", pair.line);
        hits += usize::from(same && pair.same);
        found += usize::from(same);
        wanted += usize::from(pair.same);
        let class = classes.entry(pair.class).or_default();
        class.1 += 1;
        if same == pair.same {
            class.0 += 1;
        } else {
            println!("{name}: judged {}, found {same}: {}", pair.same, pair.line);
        }
    }
    println!(
        "{name}: precision {hits}/{found}, recall {hits}/{wanted}, right by class {classes:?}"
    );
    assert!(
        hits * 100 >= precision * found,
        "{name}: precision {hits}/{found}"
    );
    assert!(
        hits * 100 >= recall * wanted,
        "{name}: recall {hits}/{wanted}"
    );
}

#[test]
fn pairs_the_thresholds_were_set_on() {
    check("tune.tsv", 98, 94);
}

#[test]
fn pairs_kept_aside() {
    check("blind.tsv", 96, 93);
}
