//! The dates that the parts of a page state.

use serde_json::{Map, Value};
use whosaid_model::DateOrigin;

use super::address::Address;
use super::gather::{Gathered, Spot};
use super::json_ld;
use crate::{DateReader, StatedDate};

/// What a date on a page was found in, most trusted first; the table in `docs/formats.md` has the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Source {
    JsonLd,
    MetaPublished,
    MetaDate,
    ItempropPublished,
    TimePublished,
    UrlDay,
    Time,
    StampPublished,
    Stamp,
    Line,
    JsonLdCreated,
    JsonLdModified,
    MetaModified,
    UrlMonth,
}

impl Source {
    /// Tells whether its place on the page matters.
    pub(super) fn is_placed(self) -> bool {
        matches!(
            self,
            Self::ItempropPublished
                | Self::TimePublished
                | Self::StampPublished
                | Self::Time
                | Self::Stamp
                | Self::Line
        )
    }

    pub(super) fn origin(self) -> DateOrigin {
        match self {
            Self::JsonLd | Self::JsonLdCreated | Self::JsonLdModified => DateOrigin::JsonLd,
            Self::MetaPublished | Self::MetaDate | Self::MetaModified => DateOrigin::Meta,
            Self::ItempropPublished | Self::TimePublished | Self::Time => DateOrigin::Markup,
            Self::UrlDay | Self::UrlMonth => DateOrigin::Url,
            Self::StampPublished | Self::Stamp | Self::Line => DateOrigin::Page,
        }
    }
}

/// A date that a part of the page states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) source: Source,
    pub(super) stated: StatedDate,
    /// What it was read from, where it is shown.
    pub(super) text: &'a str,
    /// The key or the classes it was found under.
    pub(super) hints: &'a str,
    /// Nodes from the headline on, negative before it.
    pub(super) distance: isize,
    pub(super) aside: bool,
}

impl<'a> Candidate<'a> {
    fn new(source: Source, stated: StatedDate, hints: &'a str) -> Self {
        Self {
            source,
            stated,
            text: "",
            hints,
            distance: 0,
            aside: false,
        }
    }

    fn placed(source: Source, stated: StatedDate, spot: &'a Spot, headline: usize) -> Self {
        Self {
            source,
            stated,
            text: &spot.text,
            hints: &spot.hints,
            distance: spot.behind(headline),
            aside: spot.aside,
        }
    }
}

const META_PUBLISHED: [&str; 30] = [
    "article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "rnews:datepublished",
    "bt:pubdate",
    "published",
    "article.published",
    "ptime",
];
const META_DATE: [&str; 14] = [
    "dc.date",
    "date",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "article:created_time",
    "article.created",
    "displaydate",
    "timestamp",
    "prism.publicationdate",
    "creation_date",
    "news_date",
    "og:pubdate",
    "datum",
];
const META_MODIFIED: [&str; 10] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "lastmod",
    "modified",
    "revised",
];

/// Returns every date that the page states about anything, with what it was found in.
pub(super) fn candidates<'a>(
    gathered: &'a Gathered,
    objects: &'a [Map<String, Value>],
    address: Address<'_>,
    reader: &DateReader<'_>,
) -> Vec<Candidate<'a>> {
    let mut all = Vec::new();
    coded(gathered, objects, reader, &mut all);
    let headline = gathered.headline();
    for spot in &gathered.stamps {
        if let Some(stated) = stamp(spot, reader) {
            all.push(Candidate::placed(
                kind_of_stamp(spot),
                stated,
                spot,
                headline,
            ));
        }
    }
    for spot in &gathered.lines {
        if let Some(stated) = reader.find(&spot.text) {
            all.push(Candidate::placed(Source::Line, stated, spot, headline));
        }
    }
    if let Some((stated, day)) = address.date(reader) {
        let source = if day {
            Source::UrlDay
        } else {
            Source::UrlMonth
        };
        all.push(Candidate::new(source, stated, ""));
    }
    all
}

/// The dates in fields that are made for them.
fn coded<'a>(
    gathered: &'a Gathered,
    objects: &'a [Map<String, Value>],
    reader: &DateReader<'_>,
    all: &mut Vec<Candidate<'a>>,
) {
    if let Some(article) = json_ld::article(objects) {
        for (key, source) in [
            ("datePublished", Source::JsonLd),
            ("dateCreated", Source::JsonLdCreated),
            ("dateModified", Source::JsonLdModified),
        ] {
            let text = article.get(key).and_then(Value::as_str);
            if let Some(stated) = text.and_then(|text| reader.read(text)) {
                all.push(Candidate::new(source, stated, key));
            }
        }
    }
    for (names, source) in [
        (&META_PUBLISHED[..], Source::MetaPublished),
        (&META_DATE, Source::MetaDate),
        (&META_MODIFIED, Source::MetaModified),
    ] {
        for name in names {
            for content in gathered.metas(name) {
                if let Some(stated) = reader.read(content) {
                    all.push(Candidate::new(source, stated, name));
                }
            }
        }
    }
}

/// What an element with a date is, by its own marks.
fn kind_of_stamp(spot: &Spot) -> Source {
    let own = spot.own_hints();
    let published = ["publish", "pubdate", "posted"]
        .iter()
        .any(|word| own.contains(word));
    match (spot.tag == "time", published) {
        _ if own.contains("datepublished") => Source::ItempropPublished,
        (true, true) => Source::TimePublished,
        (true, false) => Source::Time,
        (false, true) => Source::StampPublished,
        (false, false) => Source::Stamp,
    }
}

/// Reads the date of an element: its attribute, unless what it shows is another.
fn stamp(spot: &Spot, reader: &DateReader<'_>) -> Option<StatedDate> {
    let shown = reader.read(&spot.text).or_else(|| reader.find(&spot.text));
    let coded = spot.value.as_deref().and_then(|value| reader.read(value));
    match (coded, shown) {
        // Templates fill `datetime` with the day of a change, or with today.
        (Some(coded), Some(shown))
            if shown.alternative.is_none()
                && coded
                    .date
                    .signed_duration_since(shown.date)
                    .num_days()
                    .unsigned_abs()
                    > 1 =>
        {
            Some(shown)
        }
        (coded, shown) => coded.or(shown),
    }
}
