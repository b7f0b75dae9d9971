//! How well the best comes first: judged queries over the sample, with floors that a change must not break.
//!
//! The figures are printed (`cargo test --test main ranking -- --nocapture`). A commit that raises one raises its
//! floor.

use std::fmt::Write as _;
use std::path::Path;

use whosaid_query::{Options, Query};

use crate::support::World;

/// Places of a list that are looked at.
const PLACES: usize = 10;

/// A query, and what a reader makes of quotations that begin, or go on, so.
struct Judged {
    query: String,
    grades: Vec<(u32, String)>,
}

impl Judged {
    /// The grade of a quotation: the highest of those that fit.
    fn grade(&self, quote: &str) -> u32 {
        let fits = self
            .grades
            .iter()
            .filter(|(_, words)| quote.contains(words));
        fits.map(|(grade, _)| *grade).max().unwrap_or(0)
    }
}

fn judged() -> Vec<Judged> {
    let text = std::fs::read_to_string("data/gold/ranking.tsv").unwrap();
    let mut judged: Vec<Judged> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('\t') {
            Some((grade, words)) => {
                let grades = &mut judged.last_mut().unwrap().grades;
                grades.push((grade.parse().unwrap(), words.to_owned()));
            }
            None => judged.push(Judged {
                query: line.to_owned(),
                grades: Vec::new(),
            }),
        }
    }
    judged
}

/// Gain of a list of grades: two to the grade, less one, over the logarithm of the place (Burges et al., 2005).
fn gain(grades: &[u32]) -> f64 {
    let places = grades.iter().take(PLACES).zip(2u32..);
    places
        .map(|(grade, place)| (f64::from(2u32.pow(*grade)) - 1.0) / f64::from(place).log2())
        .sum()
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the figures are what one runs this for"
)]
fn the_best_comes_first() {
    let sample = Path::new("data/sample/news").canonicalize().unwrap();
    let world = World::of(&[&sample]);
    let archive = world.archive();
    let all = Query::all();
    let all = archive.search(&all).limit(usize::MAX).run().unwrap();
    let quotes: Vec<&str> = all.hits().iter().map(whosaid_query::Hit::quote).collect();
    let judged = judged();
    assert!(judged.len() >= 30);
    let (mut ndcg, mut mrr, mut lines) = (0.0, 0.0, String::new());
    for judged in &judged {
        for (_, words) in &judged.grades {
            let stands = quotes.iter().any(|quote| quote.contains(words));
            assert!(stands, "{}: no quotation has {words:?}", judged.query);
        }
        let query = Query::parse(&judged.query, &Options::new()).unwrap();
        let found = archive.search(&query).limit(PLACES).run().unwrap();
        let found: Vec<u32> = found
            .hits()
            .iter()
            .map(|hit| judged.grade(hit.quote()))
            .collect();
        let mut ideal: Vec<u32> = quotes.iter().map(|quote| judged.grade(quote)).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let this = gain(&found) / gain(&ideal);
        let first = found.iter().position(|grade| *grade >= 2);
        let reciprocal = first.map_or(0.0, |at| 1.0 / (at + 1) as f64);
        ndcg += this;
        mrr += reciprocal;
        let _ = writeln!(
            lines,
            "{this:.3} {reciprocal:.3} {} {found:?}",
            judged.query
        );
    }
    let count = judged.len() as f64;
    let (ndcg, mrr) = (ndcg / count, mrr / count);
    println!("{lines}{count} queries: nDCG@10 {ndcg:.3}, MRR {mrr:.3}");
    assert!(ndcg >= 0.93, "nDCG@10 {ndcg:.3}\n{lines}");
    assert!(mrr >= 0.98, "MRR {mrr:.3}\n{lines}");
}
