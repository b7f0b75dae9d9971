//! Measures `Archive::check`: quotations of the archive as they are and with changes, and quotations of others.
//!
//! ```text
//! check_scores ARCHIVE KNOWN.jsonl OTHER.jsonl
//! ```
//!
//! KNOWN and OTHER are what `whosaid extract` prints of the archive's articles and of articles that it does not have.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops where it cannot go on"
)]

use std::collections::BTreeMap;

use whosaid_query::{Archive, CheckOptions};

/// Quotations of each length that are checked, at most.
const CASES: usize = 400;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [archive, known, other] = args.as_slice() else {
        println!("usage: check_scores ARCHIVE KNOWN.jsonl OTHER.jsonl");
        return;
    };
    let archive = Archive::open(archive).unwrap();
    let (known, other) = (quotations(known), quotations(other));
    let pool: Vec<&str> = known
        .iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| word.len() > 4)
        .collect();
    for (least, most) in [(4, 7), (8, 15), (16, 40)] {
        println!("{least} to {most} words");
        let mut random = Random(7);
        let mut picked = pick(&known, least, most, &mut random);
        score(&archive, "as they are", &picked);
        for text in &mut picked {
            *text = text.split(' ').skip(1).collect::<Vec<_>>().join(" ");
        }
        score(&archive, "without the first word", &picked);
        for (name, count) in [("one word replaced", 1), ("two words replaced", 2)] {
            let picked = pick(&known, least, most, &mut Random(7));
            let mut change = |text: &String| {
                let mut words: Vec<&str> = text.split(' ').collect();
                for _ in 0..count {
                    let (at, with) = (random.below(words.len()), pool[random.below(pool.len())]);
                    words[at] = with;
                }
                words.join(" ")
            };
            let changed: Vec<String> = picked.iter().map(&mut change).collect();
            score(&archive, name, &changed);
        }
        let picked = pick(&known, least, most, &mut Random(7));
        let denied: Vec<String> = picked.iter().filter_map(|text| deny(text)).collect();
        score(&archive, "“not” put in or dropped", &denied);
        score(
            &archive,
            "quotations of others",
            &pick(&other, least, most, &mut Random(7)),
        );
    }
}

/// A generator of Marsaglia's family, so that a measurement can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// The quotations in marks, without what an editor may have put in them.
fn quotations(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    for line in text.lines() {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        for quote in article["quotes"].as_array().into_iter().flatten() {
            let text = quote["text"].as_str().unwrap();
            if quote["kind"] != "indirect"
                && !text.contains(['[', '…', '“', '"'])
                && !text.contains("...")
            {
                found.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found
}

fn pick(texts: &[String], least: usize, most: usize, random: &mut Random) -> Vec<String> {
    let fits = |text: &&String| (least..=most).contains(&text.split(' ').count());
    let mut fitting: Vec<String> = texts.iter().filter(fits).cloned().collect();
    for at in (1..fitting.len()).rev() {
        fitting.swap(at, random.below(at + 1));
    }
    fitting.truncate(CASES);
    fitting
}

fn deny(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text.split(' ').collect();
    if let Some(at) = words
        .iter()
        .position(|word| matches!(*word, "not" | "never" | "no"))
    {
        words.remove(at);
    } else {
        let verbs = [
            "is", "are", "was", "were", "will", "can", "have", "should", "would", "has", "did",
        ];
        let at = words.iter().position(|word| verbs.contains(word))?;
        words.insert(at + 1, "not");
    }
    Some(words.join(" "))
}

fn score(archive: &Archive, name: &str, texts: &[String]) {
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut warned, mut likeness) = (0, Vec::new());
    for text in texts {
        let check = archive
            .check(&format!("“{text}”"), &CheckOptions::new())
            .unwrap();
        let checked = &check.quotations[0];
        *verdicts.entry(checked.verdict.as_str()).or_default() += 1;
        warned += usize::from(
            checked
                .reasons
                .iter()
                .any(|reason| reason.as_str().starts_with("nega")),
        );
        likeness.push(checked.matches.first().map_or(0.0, |found| found.likeness));
    }
    likeness.sort_by(f32::total_cmp);
    let share = |count: usize| 100.0 * count as f64 / texts.len().max(1) as f64;
    let verdicts: Vec<String> = verdicts
        .iter()
        .map(|(name, count)| format!("{name} {:.1} %", share(*count)))
        .collect();
    let at = |share: usize| {
        likeness
            .get(likeness.len() * share / 100)
            .copied()
            .unwrap_or(0.0)
    };
    println!(
        "  {name:24} n={:<4} {}; negation told {:.1} %; likeness {:.2} at 5 %, {:.2} at 50 %, {:.2} at 95 %",
        texts.len(),
        verdicts.join(", "),
        share(warned),
        at(5),
        at(50),
        at(95),
    );
}
