//! Archives of hand-made quotations, and what searching them finds.

mod finds;
mod naive;

use std::path::Path;

use chrono::NaiveDate;
use proptest::prelude::*;
use tempfile::TempDir;
use whosaid_model::{
    Article, ArticleId, Attribution, DateOrigin, DatePrecision, Place, Published, Quotation,
    QuotationKind, Resolution, Span, Speaker, SpeakerKind,
};
use whosaid_schema::{ArticleNotes, FileId, Schema, news_analyzer};

use crate::date::Period;
use crate::hit_reader::HitReader;
use crate::words;
use crate::{Archive, Cancel, Facet, Found, Options, Query, Sort, Unit, WarningKind};

/// Article by article: title, date, then quotations as (speaker, as written, title of the speaker, words).
pub(crate) type Story<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str, &'a str, &'a str)]);

const STORIES: &[Story<'_>] = &[
    (
        "Talks in Seoul",
        "2025-10-25",
        &[
            (
                "Chung Dong-young",
                "Chung",
                "Unification Minister",
                "I don’t want to miss even a one percent chance",
            ),
            (
                "Donald Trump",
                "President Trump",
                "",
                "I’m 100 percent open to it",
            ),
            (
                "Kim Jong Un",
                "Kim",
                "",
                "good personal memories of one old friend",
            ),
        ],
    ),
    (
        "Fond memories",
        "2025-10",
        &[
            (
                "Donald Trump",
                "Trump",
                "President",
                "He knows I’m going there",
            ),
            (
                "Kim Yo Jong",
                "Kim",
                "",
                "We have fond old memories of the summit",
            ),
            ("", "he", "", "One should never say never"),
        ],
    ),
    (
        "An old paper",
        "",
        &[(
            "a senior US official",
            "a senior US official",
            "",
            "Nobody wants 1% of nothing",
        )],
    ),
];

fn article(index: usize, story: &Story<'_>) -> (Article, Vec<Quotation>) {
    let (title, date, quotations) = story;
    let mut text = String::from("It began quietly.");
    let mut found = Vec::new();
    for (name, written, office, said) in *quotations {
        text.push_str("\n“");
        let start = text.len();
        text.push_str(said);
        let span = Span::new(start, text.len());
        text.push_str(",” said ");
        let mention = Span::new(text.len(), text.len() + written.len());
        text.push_str(written);
        let kind = match *name {
            "" => SpeakerKind::Unknown,
            name if name.starts_with("a ") => SpeakerKind::Descriptive,
            _ => SpeakerKind::Person,
        };
        found.push(Quotation {
            span,
            kind: QuotationKind::Direct,
            attribution: Some(Attribution {
                speaker: Speaker {
                    name: (*name).to_owned(),
                    title: Some((*office).to_owned()).filter(|title| !title.is_empty()),
                    kind,
                },
                mention,
                cue: None,
                how: Resolution::Surname,
                others: Vec::new(),
            }),
            confidence: 0.9,
            denied: false,
            inside: None,
        });
    }
    let published = match date.len() {
        0 => None,
        7 => Some(Published {
            precision: DatePrecision::Month,
            ..Published::day(format!("{date}-01").parse().unwrap(), DateOrigin::Header)
        }),
        _ => Some(Published::day(date.parse().unwrap(), DateOrigin::Header)),
    };
    let article = Article {
        place: Place {
            path: format!("{index}.txt"),
            record: None,
        },
        title: Some((*title).to_owned()),
        source: Some(
            if index.is_multiple_of(2) {
                "Daily Example"
            } else {
                "The Harbour Post"
            }
            .to_owned(),
        ),
        lang: Some("en-GB".to_owned()),
        published,
        text,
        ..Article::default()
    };
    (article, found)
}

/// Writes an archive whose `segments` differ in nothing but their number.
pub(crate) fn build(dir: &Path, stories: &[Story<'_>], segments: bool) -> Archive {
    let schema = Schema::new();
    let index = schema.create(dir).unwrap();
    let mut writer = writer(&index);
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    for (number, story) in stories.iter().enumerate() {
        let (article, mut quotations) = article(number, story);
        if number == 0 {
            let mut indirect = quotations[0].clone();
            indirect.kind = QuotationKind::Indirect;
            indirect.span = Span::new(0, 17);
            quotations.push(indirect);
        }
        let notes = ArticleNotes {
            id: ArticleId(number as u64 + 1),
            file: FileId(number as u64),
            quotations: quotations.len() as u64,
            added: NaiveDate::from_ymd_opt(2025, 11, 2),
            ..ArticleNotes::default()
        };
        writer
            .add_document(schema.encode_article(&article, &notes))
            .unwrap();
        for document in schema.encode_quotations(&article, &notes, &quotations) {
            writer.add_document(document).unwrap();
        }
        if segments {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    drop(writer);
    Archive::open(dir).unwrap()
}

/// A process that another test is just starting holds the lock under which the index was made, until it runs.
pub(crate) fn writer(index: &tantivy::Index) -> tantivy::IndexWriter {
    for _ in 0..100 {
        if let Ok(writer) = index.writer_with_num_threads(1, 15_000_000) {
            return writer;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    index.writer_with_num_threads(1, 15_000_000).unwrap()
}

fn archive() -> (TempDir, Archive) {
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), STORIES, true);
    (dir, archive)
}

pub(crate) fn options() -> Options {
    Options::new().today(NaiveDate::from_ymd_opt(2025, 11, 2).unwrap())
}

fn search(archive: &Archive, query: &str) -> Found {
    let query = Query::parse(query, &options()).unwrap();
    archive.search(&query).sort(Sort::Date).run().unwrap()
}

/// The beginnings of the quotations found, earliest first, with brackets around what matched.
fn check(archive: &Archive, query: &str, expected: &[&str]) {
    let found = search(archive, query);
    let mut shown: Vec<String> = found
        .hits()
        .iter()
        .map(|hit| {
            let mut text = hit.quote().to_owned();
            for span in hit.matches().iter().rev() {
                text.insert(span.end, ']');
                text.insert(span.start, '[');
            }
            text
        })
        .collect();
    shown.sort();
    let mut expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
    expected.sort();
    assert_eq!(shown, expected, "{query}");
    assert_eq!(found.total(), expected.len() as u64);
}

#[test]
fn words_phrases_and_numbers() {
    let (_dir, archive) = archive();
    let one = "I don’t want to miss even a [one percent] chance";
    let other = "Nobody wants [1%] of nothing";
    for query in [
        "said:\"one percent\"",
        "said:“one per cent”",
        "said:1%",
        "said:'1 percent'",
        "about:\"one percent\"",
    ] {
        check(&archive, query, &[one, other]);
    }
    check(
        &archive,
        "said:\"one percent chance\"",
        &["I don’t want to miss even a [one percent chance]"],
    );
    check(&archive, "said:\"one memories\"", &[]);
    check(
        &archive,
        "said:\"memories friend\"~3",
        &["good personal [memories] of one old [friend]"],
    );
    check(&archive, "said:\"memories friend\"~2", &[]);
    check(
        &archive,
        "said:\"fond memories\"~1",
        &["We have [fond] old [memories] of the summit"],
    );
    check(
        &archive,
        "said:(summit NEAR/3 memories)",
        &["We have fond old [memories] of the [summit]"],
    );
    check(&archive, "said:(summit ADJ/3 memories)", &[]);
    check(
        &archive,
        "memories ADJ/3 summit",
        &["We have fond old [memories] of the [summit]"],
    );
    check(
        &archive,
        "said:chan*",
        &["I don’t want to miss even a one percent [chance]"],
    );
    check(
        &archive,
        "said:\"fond old mem\"*",
        &["We have [fond old memories] of the summit"],
    );
    check(
        &archive,
        "said:memmories~1 said:sumit~1",
        &["We have fond old [memories] of the [summit]"],
    );
    check(
        &archive,
        "said:=\"one percent\"",
        &["I don’t want to miss even a [one percent] chance"],
    );
    check(&archive, "said:=One", &["[One] should never say never"]);
}

#[test]
fn boolean() {
    let (_dir, archive) = archive();
    check(
        &archive,
        "said:open OR said:knows",
        &["I’m 100 percent [open] to it", "He [knows] I’m going there"],
    );
    check(
        &archive,
        "said:memories -said:summit",
        &["good personal [memories] of one old friend"],
    );
    check(
        &archive,
        "said:memories NOT (said:summit OR said:friend)",
        &[],
    );
    check(
        &archive,
        "speaker:Trump NOT said:open",
        &["He knows I’m going there"],
    );
    check(
        &archive,
        "said:(open OR (knows going))",
        &[
            "I’m 100 percent [open] to it",
            "He [knows] I’m [going] there",
        ],
    );
    assert_eq!(search(&archive, "*").total(), 7);
    assert_eq!(search(&archive, "NOT speaker:Trump").total(), 5);
    assert_eq!(search(&archive, "NOT *").total(), 0);
}

#[test]
fn speakers_under_every_form_of_their_name() {
    let (_dir, archive) = archive();
    let both = ["I’m 100 percent open to it", "He knows I’m going there"];
    for name in [
        "Trump",
        "\"Donald Trump\"",
        "\"Mr. Trump\"",
        "\"President Trump\"",
        "=\"Donald Trump\"",
        "trump",
        // As no article has it.
        "\"Donald J. Trump\"",
        "\"D. Trump\"",
        "\"US President Donald J. Trump\"",
        "\"former President Trump\"",
    ] {
        check(&archive, &format!("speaker:{name}"), &both);
    }
    check(&archive, "speaker:=Trump", &[]);
    for name in ["\"Eric Trump\"", "\"E. Trump\"", "\"Judge Bello\""] {
        check(&archive, &format!("speaker:{name}"), &[]);
    }
    let office = [
        ("Donald Trump", "President Trump", "", "I said so"),
        ("Donald Trump", "Trump", "", "I did"),
        ("Kay Poe", "Poe", "adviser of President Trump", "He did"),
        (
            "a spokesman for President Trump",
            "a spokesman for President Trump",
            "",
            "He may have",
        ),
    ];
    let dir = tempfile::tempdir().unwrap();
    let office = build(dir.path(), &[("At work", "2025-10-25", &office)], false);
    for name in ["\"President Trump\"", "Trump"] {
        check(&office, &format!("speaker:{name}"), &["I said so", "I did"]);
    }
    check(
        &office,
        "speaker:\"spokesman for President Trump\"",
        &["He may have"],
    );
    check(&office, "speaker:adviser", &["He did"]);
    let states = [
        ("Jane Roe", "Roe", "", "The government will act"),
        ("Ade Bello", "Bello", "", "Nobody governs alone"),
    ];
    let dir = tempfile::tempdir().unwrap();
    let state = build(dir.path(), &[("State", "2025-10-25", &states)], false);
    check(&state, "said:governm*", &["The [government] will act"]);
    check(
        &state,
        "said:gover*",
        &["The [government] will act", "Nobody [governs] alone"],
    );
    let aside = [
        ("Melania Trump", "she", "wife of Donald Trump", "I care"),
        ("Donald Trump", "he", "", "So do I"),
    ];
    let dir = tempfile::tempdir().unwrap();
    let couple = build(dir.path(), &[("At home", "2025-10-25", &aside)], false);
    check(&couple, "speaker:\"Donald Trump\"", &["So do I"]);
    check(&couple, "speaker:Trump", &["I care", "So do I"]);
    let court = [
        ("Ann Ito", "Ito", "lawyer of Trump", "We object"),
        ("Bo Lund", "Lund", "judge", "Denied"),
        ("Cai Ruiz", "Ruiz", "judge", "So ruled"),
        ("Dee Orr", "Orr", "judge", "Overruled"),
        ("Eve Oz", "Oz", "judge", "Sustained"),
        ("Mike Judge", "Judge", "", "I only watch"),
        ("Donald Trump", "Trump", "", "We will appeal"),
    ];
    let dir = tempfile::tempdir().unwrap();
    let court = build(dir.path(), &[("In court", "2025-10-25", &court)], false);
    check(&court, "speaker:trump", &["We will appeal"]);
    assert_eq!(search(&court, "speaker:judge").total(), 5);
    check(
        &archive,
        "speaker:\"unification minister\"",
        &["I don’t want to miss even a one percent chance"],
    );
    let kim = search(&archive, "speaker:Kim");
    assert_eq!(kim.total(), 2);
    let warning = &kim.warnings()[0];
    assert_eq!(warning.kind, WarningKind::AmbiguousName);
    assert_eq!(
        warning.message,
        "\"Kim\" fits 2 people, all are searched: Kim Jong Un (1), Kim Yo Jong (1)"
    );
    assert_eq!(warning.suggestions[0], "speaker:=\"Kim Jong Un\"");
    assert_eq!(search(&archive, "speaker:Trump").warnings(), []);
}

#[test]
fn filters() {
    let (_dir, archive) = archive();
    assert_eq!(search(&archive, "date:2025-10-25").total(), 3);
    assert_eq!(search(&archive, "date:2025-10").total(), 6);
    assert_eq!(search(&archive, "date:last-month").total(), 6);
    assert_eq!(search(&archive, "date:2025-10-26..").total(), 0);
    assert_eq!(search(&archive, "date:..2024").total(), 0);
    assert_eq!(search(&archive, "NOT date:2025").total(), 1);
    assert_eq!(search(&archive, "source:harbour").total(), 3);
    assert_eq!(search(&archive, "source:=\"Daily Example\"").total(), 4);
    assert_eq!(search(&archive, "source:=\"daily example\"").total(), 0);
    assert_eq!(search(&archive, "lang:en").total(), 7);
    assert_eq!(search(&archive, "lang:=en").total(), 0);
    assert_eq!(search(&archive, "kind:indirect").total(), 1);
    assert_eq!(search(&archive, "confidence:>=0.9").total(), 7);
    assert_eq!(search(&archive, "confidence:<0.9").total(), 0);
    assert_eq!(search(&archive, "words:..5 words:5").total(), 3);
    assert_eq!(search(&archive, "title:talk").total(), 3);
    assert_eq!(search(&archive, "text:quietly title:fond").total(), 3);
    assert_eq!(search(&archive, "id:a:0000000000000003").total(), 1);
    let id = search(&archive, "said:open").hits()[0]
        .short_id()
        .to_owned();
    assert_eq!(search(&archive, &format!("id:{id}")).total(), 1);
    assert_eq!(
        archive.quotation(&id).unwrap().quote(),
        "I’m 100 percent open to it"
    );
    assert_eq!(search(&archive, "added:2025-11-03..").total(), 0);
    assert_eq!(
        search(&archive, "added:2025-11-02 said:open").total(),
        search(&archive, "said:open").total()
    );
}

#[test]
fn articles_are_joined_with_their_quotations() {
    let (_dir, archive) = archive();
    let titles = |query: &str| {
        let query = Query::parse(query, &options()).unwrap();
        let found = archive
            .search(&query)
            .unit(Unit::Articles)
            .sort(Sort::Date)
            .run()
            .unwrap();
        let titles = found.article_hits().iter();
        titles
            .map(|hit| hit.article().title.clone().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("speaker:Trump"), ["Fond memories", "Talks in Seoul"]);
    assert_eq!(titles("speaker:Trump said:open"), ["Talks in Seoul"]);
    assert_eq!(titles("speaker:Kim said:open"), Vec::<String>::new());
    assert_eq!(titles("said:open date:2025-10"), ["Talks in Seoul"]);
    assert_eq!(titles("NOT speaker:Trump"), ["An old paper"]);
    assert_eq!(
        titles("quietly"),
        ["Fond memories", "Talks in Seoul", "An old paper"]
    );
    assert_eq!(titles("text:memories"), ["Fond memories", "Talks in Seoul"]);
}

#[test]
fn counts_are_exact() {
    let (_dir, archive) = archive();
    let query = Query::all();
    let found = archive
        .search(&query)
        .limit(0)
        .count_articles(true)
        .facet(Facet::speaker().top(1))
        .facet(Facet::date(Period::Day))
        .facet(Facet::source())
        .timeline(Period::Month)
        .run()
        .unwrap();
    assert_eq!(
        (found.total(), found.articles(), found.hits().len()),
        (7, Some(3), 0)
    );
    let [speaker, day, source] = found.facets() else {
        panic!("three facets")
    };
    assert_eq!(
        (speaker.values[0].value.as_str(), speaker.values[0].count),
        ("Donald Trump", 2)
    );
    assert_eq!(
        (speaker.other, speaker.missing, speaker.distinct),
        (4, 1, 5)
    );
    assert_eq!(
        (day.values.len(), day.values[0].count, day.missing),
        (1, 3, 4)
    );
    assert_eq!(source.values[0].count, 4);
    let timeline = found.timeline().unwrap();
    assert_eq!(
        (
            timeline.buckets.len(),
            timeline.buckets[0].count,
            timeline.undated
        ),
        (1, 6, 1)
    );
    let holdings = archive.holdings().unwrap();
    assert_eq!((holdings.articles, holdings.quotations), (3, 8));
    assert_eq!(archive.count_speakers().unwrap(), 4);
}

#[test]
fn answers_are_grouped_by_speaker() {
    let (_dir, archive) = archive();
    let answer = archive.ask("who said 'one percent'?", &options()).unwrap();
    let groups: Vec<_> = answer
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.count))
        .collect();
    assert_eq!(
        groups,
        [("Chung Dong-young", 1), ("a senior US official", 1)]
    );
    assert_eq!(answer.query, "said:\"one percent\"");
    let answer = archive.ask("what did Trump say", &options()).unwrap();
    assert_eq!(
        (
            answer.groups[0].count,
            answer.groups[0].outlets,
            answer.groups[0].wordings
        ),
        (2, Some(2), Some(2))
    );
    assert!(archive.ask("who won", &options()).is_err());
}

#[test]
fn a_search_stops_when_told_to() {
    let (_dir, archive) = archive();
    let cancel = Cancel::new();
    cancel.cancel();
    let query = Query::all();
    let found = archive.search(&query).cancel(cancel).run().unwrap();
    assert!(found.is_partial() && found.total() == 0);
}

/// What comes in pages of two, of any order, is the whole list; so is what comes as a stream of small chunks.
#[test]
fn pages_and_streams_give_the_whole_list() {
    let (_dir, archive) = archive();
    for (text, sort) in [
        ("*", Sort::Relevance),
        ("the OR one OR percent", Sort::Relevance),
        ("kind:direct OR kind:indirect", Sort::Date),
        ("*", Sort::DateDescending),
        ("*", Sort::Confidence),
    ] {
        let query = Query::parse(text, &options()).unwrap();
        let search = archive.search(&query).sort(sort);
        let whole = search.clone().limit(100).run().unwrap();
        let list = |hits: &[crate::Hit]| -> Vec<_> {
            hits.iter().map(|hit| (hit.rank(), hit.id())).collect()
        };
        let mut paged = Vec::new();
        let mut next = None;
        loop {
            let page = match next {
                Some(next) => search.clone().after(next),
                None => search.clone(),
            };
            let page = page.limit(2).facet(Facet::kind()).run().unwrap();
            assert_eq!(page.total(), whole.total());
            assert_eq!(
                page.facets()[0]
                    .values
                    .iter()
                    .map(|value| value.count)
                    .sum::<u64>(),
                whole.total()
            );
            paged.extend(list(page.hits()));
            let Some(cursor) = page.next() else { break };
            next = Some(cursor.to_string().parse().unwrap());
        }
        assert_eq!(paged, list(whole.hits()), "{text}");
        for chunk in [1, 2, 3, 100] {
            let stream = crate::Stream::of_chunks(&search, HitReader::hit, chunk).unwrap();
            assert_eq!(
                (stream.total(), stream.articles()),
                (whole.total(), whole.articles())
            );
            let hits: Vec<_> = stream.map(Result::unwrap).collect();
            assert_eq!(list(&hits), list(whole.hits()), "{text}");
        }
    }
    let query = Query::all();
    let articles = archive
        .search(&query)
        .sort(Sort::Date)
        .article_hits()
        .unwrap();
    assert_eq!(articles.total(), 3);
    let ids: Vec<_> = articles.map(|hit| hit.unwrap().id().0).collect();
    assert_eq!(ids, [2, 1, 3]);
}

#[test]
fn a_cursor_is_of_one_search() {
    let (_dir, archive) = archive();
    let query = Query::all();
    let search = archive.search(&query).limit(1);
    let next = search.clone().run().unwrap().next().unwrap().clone();
    let other = Query::parse("said:percent", &options()).unwrap();
    for search in [
        archive.search(&other),
        search.clone().sort(Sort::Date),
        search.clone().unit(Unit::Articles),
        search.clone().min_confidence(0.5),
    ] {
        let error = search.after(next.clone()).run().unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::BadCursor);
    }
    assert!(search.clone().limit(100).run().unwrap().next().is_none());
}

#[test]
fn segments_do_not_change_the_answer() {
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let one = build(one.path(), STORIES, false);
    let many = build(many.path(), STORIES, true);
    for query in [
        "percent OR memories OR one OR the",
        "*",
        "speaker:Kim memories",
        "said:one^3 OR about:memories",
    ] {
        let query = Query::parse(query, &options()).unwrap();
        let list = |archive: &Archive| {
            let found = archive.search(&query).run().unwrap();
            found.hits().iter().map(crate::Hit::id).collect::<Vec<_>>()
        };
        assert_eq!(list(&one), list(&many), "{query}");
    }
}

/// Finds a phrase the slow way: tokens in a row, with at most `slop` others between.
fn naive(text: &str, phrase: &str, slop: u32) -> bool {
    let mut analyzer = news_analyzer();
    let text: Vec<String> = words::tokens(&mut analyzer, text)
        .into_iter()
        .map(|token| token.text)
        .collect();
    let phrase: Vec<String> = words::tokens(&mut analyzer, phrase)
        .into_iter()
        .map(|token| token.text)
        .collect();
    (0..text.len()).any(|start| {
        let mut at = start;
        let mut skipped = 0;
        for (index, word) in phrase.iter().enumerate() {
            let Some(found) = text[at.min(text.len())..]
                .iter()
                .position(|token| token == word)
            else {
                return false;
            };
            if index > 0 || found > 0 {
                skipped += found as u32;
            }
            at += found + 1;
        }
        skipped <= slop
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lowering_finds_what_a_scan_finds(
        texts in proptest::collection::vec("(one|two|percent|talks|trump)( (one|two|percent|talks|trump)){0,7}", 1..12),
        queries in proptest::collection::vec(("(one|two|percent|talks)( (one|percent|trump)){0,2}", 0..3u32), 8),
    ) {
        let quotations: Vec<_> = texts.iter().map(|text| ("Jane Roe", "Roe", "", text.as_str())).collect();
        let stories = [("Title", "2025-10-25", quotations.as_slice())];
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &stories, false);
        for (phrase, slop) in &queries {
            let expected = texts.iter().filter(|text| naive(text, phrase, *slop)).count() as u64;
            let suffix = if *slop > 0 { format!("~{slop}") } else { String::new() };
            let query = format!("said:\"{phrase}\"{suffix}");
            let found = search(&archive, &query);
            prop_assert_eq!(found.total(), expected, "{} in {:?}", query, texts);
            prop_assert!(found.hits().iter().all(|hit| !hit.matches().is_empty()), "{}", query);
            let rest = search(&archive, &format!("NOT {query}")).total();
            prop_assert_eq!(rest, texts.len() as u64 - expected);
        }
    }
}
