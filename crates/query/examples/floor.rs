//! What searching costs over what the bare engine takes for the same words in the same index: for each kind of query
//! the medians, and the median of the ratios of rounds in which both take turns.
//!
//! `cargo run --release --example floor -- ARCHIVE` asks of the words of an archive; the engine gives the ten best with
//! their stored fields and the exact count, as a search does, but knows nothing of kinds, persons or utterances.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use serde_json::json;
use tantivy::aggregation::AggregationCollector;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::TokenStream;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};
use whosaid_query::{Archive, Facet, Interval, Options, Query, SearchBuilder, Sort};
use whosaid_schema::{Fields, Schema, day_number, news_analyzer};

/// Rounds, of which the first are not counted.
const ROUNDS: usize = 45;
const WARM: usize = 5;

type Fallible<T> = Result<T, Box<dyn Error>>;

/// One way to ask the engine.
type Bare<'a> = Box<dyn Fn(&Searcher) -> tantivy::Result<u64> + 'a>;

/// A kind of query: its name, its words, what is wanted, and the same of the engine.
type Kind = (&'static str, &'static str, Ask, Bare<'static>);

/// What is wanted besides the words.
type Ask = fn(SearchBuilder<'_>) -> SearchBuilder<'_>;

fn main() -> Fallible<()> {
    let path = std::env::args_os().nth(1);
    let path = path.ok_or("the path of an archive is missing")?;
    let archive = Archive::open(&path)?;
    let schema = Schema::new();
    let index = schema.open(path.as_ref())?;
    let searcher = index.reader()?.searcher();
    let mut out = std::io::stdout();
    writeln!(
        out,
        "| kind | query | found | the engine finds | ms | the engine's | ratio |\n|---|---|--:|--:|--:|--:|--:|"
    )?;
    for (kind, text, ask, bare) in lists(schema.fields())
        .into_iter()
        .chain(walks(schema.fields()))
    {
        let query = Query::parse(text, &Options::new())?;
        let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let (mut found, mut counted) = (0, 0);
        for round in 0..ROUNDS {
            let started = Instant::now();
            found = ask(archive.search(&query).limit(10)).run()?.total();
            let own = started.elapsed().as_secs_f64() * 1000.0;
            let started = Instant::now();
            counted = bare(&searcher)?;
            let engine = started.elapsed().as_secs_f64() * 1000.0;
            if round >= WARM {
                ours.push(own);
                theirs.push(engine);
                ratios.push(own / engine);
            }
        }
        writeln!(
            out,
            "| {kind} | `{text}` | {found} | {counted} | {:.3} | {:.3} | {:.2} |",
            median(&mut ours),
            median(&mut theirs),
            median(&mut ratios)
        )?;
    }
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A word as the index has it.
fn said(fields: Fields, word: &str) -> Term {
    let mut analyzer = news_analyzer();
    let mut tokens = analyzer.token_stream(word);
    let token = tokens.next().map_or(word, |token| &token.text);
    Term::from_field_text(fields.said, token)
}

fn word(fields: Fields, word: &str) -> Box<dyn EngineQuery> {
    let term = said(fields, word);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Queries for the best.
fn lists(fields: Fields) -> Vec<Kind> {
    let said = move |word: &str| said(fields, word);
    let word = move |of: &str| word(fields, of);
    let both = move || vec![(Occur::Must, word("clinton")), (Occur::Must, word("email"))];
    let phrase = move |words: [&str; 2]| PhraseQuery::new(words.map(said).into());
    let as_it_is: Ask = |search| search;
    let first = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).map_or(0, day_number);
    let bound = move |day| std::ops::Bound::Included(Term::from_field_i64(fields.day, day));
    let year = move || -> Box<dyn EngineQuery> {
        Box::new(RangeQuery::new(bound(first), bound(first + 364)))
    };
    let mut slop = phrase(["trump", "taxes"]);
    slop.set_slop(3);
    vec![
        ("word", "said:percent", as_it_is, best(word("percent"))),
        ("rare word", "said:harbour", as_it_is, best(word("harbour"))),
        ("common word", "said:the", as_it_is, best(word("the"))),
        (
            "both words",
            "said:clinton said:email",
            as_it_is,
            best(Box::new(BooleanQuery::new(both()))),
        ),
        (
            "phrase",
            "said:\"one percent\"",
            as_it_is,
            best(Box::new(phrase(["one", "percent"]))),
        ),
        (
            "common phrase",
            "said:\"of the\"",
            as_it_is,
            best(Box::new(phrase(["of", "the"]))),
        ),
        (
            "phrase with slop",
            "said:\"trump taxes\"~3",
            as_it_is,
            best(Box::new(slop)),
        ),
        (
            "beginning",
            "said:clint*",
            as_it_is,
            best(Box::new(FuzzyTermQuery::new_prefix(said("clint"), 0, true))),
        ),
        (
            "misspelled",
            "said:clintn~1",
            as_it_is,
            best(Box::new(FuzzyTermQuery::new(said("clintn"), 1, true))),
        ),
        (
            "both words, a year",
            "said:clinton said:email date:2015",
            as_it_is,
            best(Box::new(BooleanQuery::new(
                both().into_iter().chain([(Occur::Must, year())]).collect(),
            ))),
        ),
    ]
}

/// Queries for counts, and for an order that is not by relevance.
fn walks(fields: Fields) -> Vec<Kind> {
    let word = move |of: &str| word(fields, of);
    vec![
        ("count", "said:percent", |search| search.limit(0), {
            let query = word("percent");
            Box::new(move |searcher| Ok(searcher.search(&query, &Count)? as u64))
        }),
        (
            "latest first",
            "said:percent",
            |search| search.sort(Sort::DateDescending),
            latest(word("percent")),
        ),
        (
            "days",
            "said:percent",
            |search| search.limit(0).facet(Facet::date(Interval::Day)),
            values(word("percent"), "day", 5000),
        ),
        (
            "days of all",
            "*",
            |search| search.limit(0).facet(Facet::date(Interval::Day)),
            values(Box::new(tantivy::query::AllQuery), "day", 5000),
        ),
        (
            "speakers",
            "said:percent",
            |search| search.limit(0).facet(Facet::speaker().top(10)),
            values(word("percent"), "speaker_name", 10),
        ),
        (
            "speakers of all",
            "*",
            |search| search.limit(0).facet(Facet::speaker().top(10)),
            values(Box::new(tantivy::query::AllQuery), "speaker_name", 10),
        ),
    ]
}

/// The ten best with their stored fields, and the count.
fn best(query: Box<dyn EngineQuery>) -> Bare<'static> {
    Box::new(move |searcher| {
        let top = TopDocs::with_limit(10).order_by_score();
        let (top, count) = searcher.search(&query, &(top, Count))?;
        read(searcher, top.into_iter().map(|(_, address)| address))?;
        Ok(count as u64)
    })
}

/// The ten latest with their stored fields, and the count.
fn latest(query: Box<dyn EngineQuery>) -> Bare<'static> {
    Box::new(move |searcher| {
        let top = TopDocs::with_limit(10).order_by_fast_field::<i64>("day", Order::Desc);
        let (top, count) = searcher.search(&query, &(top, Count))?;
        read(searcher, top.into_iter().map(|(_, address)| address))?;
        Ok(count as u64)
    })
}

fn read(searcher: &Searcher, top: impl Iterator<Item = DocAddress>) -> tantivy::Result<()> {
    for address in top {
        std::hint::black_box(searcher.doc::<TantivyDocument>(address)?);
    }
    Ok(())
}

/// The counts of the values of a column.
fn values(query: Box<dyn EngineQuery>, column: &'static str, size: u32) -> Bare<'static> {
    Box::new(move |searcher| {
        let terms = json!({"values": {"terms": {"field": column, "size": size}}});
        let terms = serde_json::from_value(terms)
            .map_err(|error| tantivy::TantivyError::InvalidArgument(error.to_string()))?;
        let found = searcher.search(
            &query,
            &AggregationCollector::from_aggs(
                terms,
                tantivy::aggregation::AggContextParams::default(),
            ),
        )?;
        Ok(found.0.len() as u64)
    })
}
