//! Generated stories, and the archive of them.

use std::path::Path;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use whosaid_model::{
    Article, ArticleId, Attribution, DateOrigin, DatePrecision, Place, Published, Quotation,
    QuotationKind, Resolution, Span, Speaker, SpeakerKind,
};
use whosaid_schema::{ArticleNotes, FileId, Schema};

use super::words::VOCABULARY;
use crate::Archive;

pub(super) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 11, 2).unwrap();

/// Names, offices and mentions of speakers; no two share a word.
pub(super) const SPEAKERS: [(&str, &str, &str); 3] = [
    ("Jane Roe", "Roe", "harbour minister"),
    ("Ade Bello", "Ade Bello", "mayor"),
    ("Kim Tanaka", "Tanaka", ""),
];

pub(super) const SOURCES: [&str; 3] = ["Daily Example", "The Harbour Post", "Daily Post"];

#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) id: u64,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) source: String,
    pub(super) author: Option<String>,
    pub(super) lang: String,
    /// The first and the last day that the date may mean.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    published: Option<Published>,
    pub(super) added: Option<NaiveDate>,
    pub(super) said: Vec<Said>,
}

#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) words: String,
    pub(super) name: &'static str,
    pub(super) mention: &'static str,
    pub(super) office: &'static str,
    pub(super) kind: QuotationKind,
    /// In thousandths.
    pub(super) confidence: u32,
    pub(super) start: usize,
}

/// Words of the vocabulary, with blanks and commas.
pub(super) fn running(most: usize) -> impl Strategy<Value = String> {
    let word = select(
        VOCABULARY
            .iter()
            .map(|(written, _)| *written)
            .collect::<Vec<_>>(),
    );
    proptest::collection::vec((word, select(vec![" ", " ", " ", ", "])), 1..=most).prop_map(
        |words| {
            let mut text = String::new();
            for (index, (word, blank)) in words.iter().enumerate() {
                if index > 0 {
                    text.push_str(blank);
                }
                text.push_str(word);
            }
            text
        },
    )
}

/// Days on which stories are published: some months around the day of the question.
pub(super) fn day() -> impl Strategy<Value = NaiveDate> {
    (0..500u64)
        .prop_map(|days| NaiveDate::from_ymd_opt(2024, 9, 1).unwrap() + chrono::Days::new(days))
}

fn published() -> impl Strategy<Value = Option<(Published, NaiveDate, NaiveDate)>> {
    prop_oneof![
        1 => Just(None),
        5 => day().prop_map(|day| Some((Published::day(day, DateOrigin::Header), day, day))),
        2 => (2024..2026i32, 1..13u32).prop_map(|(year, month)| {
            let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
            let last = first + chrono::Months::new(1) - chrono::Days::new(1);
            let published = Published {
                precision: DatePrecision::Month,
                ..Published::day(first, DateOrigin::Header)
            };
            Some((published, first, last))
        }),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    let kinds = vec![
        QuotationKind::Direct,
        QuotationKind::Mixed,
        QuotationKind::Indirect,
    ];
    (
        running(7),
        select(SPEAKERS.to_vec()),
        select(kinds),
        0..=1000u32,
    )
        .prop_map(|(words, (name, mention, office), kind, confidence)| Said {
            words,
            name,
            mention,
            office,
            kind,
            confidence,
            start: 0,
        })
}

fn story() -> impl Strategy<Value = Story> {
    (
        running(4),
        running(6),
        select(SOURCES.to_vec()),
        select(vec![None, Some("Ann Lee"), Some("Bo Lind")]),
        select(vec!["en", "en-GB", "fr"]),
        published(),
        proptest::option::of(day()),
        proptest::collection::vec(said(), 0..4),
    )
        .prop_map(
            |(title, lead, source, author, lang, published, added, mut said)| {
                let mut text = lead;
                for said in &mut said {
                    text.push_str(". ");
                    said.start = text.len();
                    text.push_str(&said.words);
                }
                Story {
                    id: 0,
                    title,
                    text,
                    source: source.to_owned(),
                    author: author.map(ToOwned::to_owned),
                    lang: lang.to_owned(),
                    days: published.as_ref().map(|(_, first, last)| (*first, *last)),
                    published: published.map(|(published, ..)| published),
                    added,
                    said,
                }
            },
        )
}

pub(super) fn stories() -> impl Strategy<Value = Vec<Story>> {
    proptest::collection::vec(story(), 1..9).prop_map(|mut stories| {
        for (story, id) in stories.iter_mut().zip(1..) {
            story.id = id;
        }
        stories
    })
}

/// Writes the archive, some stories a segment.
pub(super) fn build(dir: &Path, stories: &[Story]) -> Archive {
    let schema = Schema::new();
    let index = schema.create(dir).unwrap();
    let mut writer = crate::testing::writer(&index);
    for story in stories {
        let article = Article {
            place: Place {
                path: format!("{}.txt", story.id),
                record: None,
            },
            title: Some(story.title.clone()),
            source: Some(story.source.clone()),
            author: story.author.clone(),
            lang: Some(story.lang.clone()),
            published: story.published.clone(),
            text: story.text.clone(),
            ..Article::default()
        };
        let quotations: Vec<Quotation> = story.said.iter().map(quotation).collect();
        let notes = ArticleNotes {
            id: ArticleId(story.id),
            file: FileId(story.id),
            quotations: quotations.len() as u64,
            added: story.added,
            ..ArticleNotes::default()
        };
        writer
            .add_document(schema.encode_article(&article, &notes))
            .unwrap();
        for document in schema.encode_quotations(&article, &notes, &quotations) {
            writer.add_document(document).unwrap();
        }
        if story.id % 3 == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    drop(writer);
    Archive::open(dir).unwrap()
}

fn quotation(said: &Said) -> Quotation {
    Quotation {
        span: Span::new(said.start, said.start + said.words.len()),
        kind: said.kind,
        attribution: Some(Attribution {
            speaker: Speaker {
                name: said.name.to_owned(),
                title: Some(said.office.to_owned()).filter(|office| !office.is_empty()),
                kind: SpeakerKind::Person,
            },
            // No mention is in the text: the name stands for it.
            mention: Span::new(0, 0),
            cue: None,
            how: Resolution::Pronoun,
            others: Vec::new(),
        }),
        confidence: said.confidence as f32 / 1000.0,
        denied: false,
        inside: None,
    }
}
