//! `whosaid search`

use std::time::Instant;

use super::super::args::{self, Format, Search};
use super::super::corpus;
use super::super::numbers::{coverage, grouped};
use super::super::offsets::Offsets;
use super::super::place::Places;
use super::super::progress::Listing;
use super::super::records::Passage;
use super::super::render::{Render, Summary};
use super::{Failure, Messages, Session, Settings, Status, nothing_found, query, renderer, words};
use crate::search::listed;
use crate::{
    Archive, ArticleHit, Error, Found, Hit, Query, SearchBuilder, Sort, Stream, Unit, Warning,
};

/// Times that a page is filled up at most, for archives in which everything was said before.
const ROUNDS: usize = 4;

pub(super) fn search(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Search,
) -> Result<Status, Failure> {
    let text = words("query", &args.query)?;
    let query = query(session, settings, &args.query)?;
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let mut search = settings
        .limit(archive.search(&query))
        .copies(settings.marks_copies(args.copies))
        .count_articles(!settings.is_text())
        .sort(match args.sort {
            args::Sort::Relevance => Sort::Relevance,
            args::Sort::Date => Sort::Date,
            args::Sort::DateDescending => Sort::DateDescending,
            args::Sort::Confidence => Sort::Confidence,
        });
    if let Some(confidence) = args.min_confidence {
        search = search.min_confidence(confidence);
    }
    if let Some(cursor) = &args.after {
        search = search.after(cursor.clone());
    }
    let asked = Asked {
        text: &text,
        query: &query,
        archive: &archive,
        unit: match args.unit {
            args::Unit::Quotations => Unit::Quotations,
            args::Unit::Articles => Unit::Articles,
        },
        offsets: args.offsets,
    };
    let hit = |render: &mut dyn Render, hit: &Hit| match args.context {
        Some(sentences) => {
            let around = archive.context(hit, sentences)?;
            Ok(render.hit_in(hit, &Passage::new(&around))?)
        }
        None => Ok(render.hit(hit)?),
    };
    let article = |render: &mut dyn Render, hit: &ArticleHit| Ok(render.article_hit(hit)?);
    match (args.unit, args.all) {
        (args::Unit::Quotations, true) => all(session, settings, asked, || search.hits(), &hit),
        (args::Unit::Articles, true) => {
            all(session, settings, asked, || search.article_hits(), &article)
        }
        (args::Unit::Quotations, false) => list(
            session,
            settings,
            asked,
            &search,
            args.limit,
            (&hit, &article),
        ),
        (args::Unit::Articles, false) => {
            let search = search.unit(Unit::Articles);
            list(
                session,
                settings,
                asked,
                &search,
                args.limit,
                (&hit, &article),
            )
        }
    }
}

/// Prints one of what was found.
type Print<'a, T> = dyn Fn(&mut dyn Render, &T) -> Result<(), Failure> + 'a;

/// What was asked, and of what.
#[derive(Clone, Copy)]
struct Asked<'a> {
    text: &'a str,
    query: &'a Query,
    archive: &'a Archive,
    unit: Unit,
    offsets: Offsets,
}

impl Asked<'_> {
    /// Says how the query was read, and what the asker should know.
    fn tell(
        self,
        session: &mut Session<'_>,
        settings: &Settings,
        names: &[(String, Vec<(String, u64)>)],
        warnings: &[Warning],
        total: u64,
    ) -> Result<(), Failure> {
        super::explain(session, settings, self.archive, self.query, names)?;
        let mut messages = Messages::new(session.err, settings);
        let coverage = coverage(&self.archive.holdings()?, self.query);
        messages.read_as(&self.query.to_string(), &coverage);
        messages.warnings(warnings);
        if total == 0 {
            let (archive, query) = (self.archive, self.query);
            nothing_found(&mut messages, archive, query, settings, self.unit)?;
        }
        Ok(())
    }
}

/// Prints everything, as it is found.
fn all<T>(
    session: &mut Session<'_>,
    settings: &Settings,
    asked: Asked<'_>,
    stream: impl FnOnce() -> Result<Stream<T>, Error>,
    print: &Print<'_, T>,
) -> Result<Status, Failure> {
    let started = Instant::now();
    let mut hits = stream()?;
    let total = hits.total();
    asked.tell(session, settings, hits.names(), hits.warnings(), total)?;
    let places = Places::new(asked.archive, &session.here).counted_in(asked.offsets);
    let mut render = renderer(session.out, settings, Some(places));
    let listing = Listing::new(settings, total);
    for hit in &mut hits {
        print(render.as_mut(), &hit?)?;
        listing.advance();
    }
    drop(listing);
    for warning in hits.warnings() {
        render.warning(warning)?;
    }
    let partial = hits.is_partial();
    render.summary(&Summary {
        input: asked.text,
        parsed: &asked.query.to_string(),
        total,
        articles: hits.articles().unwrap_or(0),
        speakers: None,
        partial,
        next: None,
        ms: started.elapsed().as_millis() as u64,
    })?;
    render.finish()?;
    drop(render);
    if partial {
        Messages::new(session.err, settings).stopped();
    }
    Ok(Status::of_answer(total, partial))
}

/// Prints the first hits after a place.
fn list(
    session: &mut Session<'_>,
    settings: &Settings,
    asked: Asked<'_>,
    search: &SearchBuilder<'_>,
    limit: usize,
    (hit, article): (&Print<'_, Hit>, &Print<'_, ArticleHit>),
) -> Result<Status, Failure> {
    let started = Instant::now();
    let found = page(search, limit, settings)?;
    let ms = started.elapsed().as_millis() as u64;
    let (total, partial) = (found.total(), found.is_partial());
    asked.tell(session, settings, found.names(), found.warnings(), total)?;
    {
        let mut messages = Messages::new(session.err, settings);
        if partial {
            messages.stopped();
        }
        let (copies, quotations) = folded(&found);
        messages.folded(copies, quotations);
        if let Some(next) = found.next() {
            messages.note(&format!(
                "{} of {} shown; --all shows all, what follows is after\n  --after {next}",
                grouped(
                    (listed(&found)
                        .saturating_sub(copies)
                        .saturating_sub(quotations)) as u64
                ),
                grouped(total)
            ));
        }
    }
    let places = Places::new(asked.archive, &session.here).counted_in(asked.offsets);
    let mut render = renderer(session.out, settings, Some(places));
    for found in found.hits() {
        hit(render.as_mut(), found)?;
    }
    for found in found.article_hits() {
        article(render.as_mut(), found)?;
    }
    for warning in found.warnings() {
        render.warning(warning)?;
    }
    render.summary(&Summary {
        input: asked.text,
        parsed: &asked.query.to_string(),
        total,
        articles: found.articles().unwrap_or(0),
        speakers: None,
        partial,
        next: found.next(),
        ms,
    })?;
    render.finish()?;
    Ok(Status::of_answer(total, partial))
}

/// Runs the search; for a reader, for whom wordings and copies are folded, the page is filled up with what comes
/// after it.
fn page(
    search: &SearchBuilder<'_>,
    limit: usize,
    settings: &Settings,
) -> Result<Found, crate::Error> {
    if settings.format != Format::Text {
        return search.clone().limit(limit).run();
    }
    let mut room = limit;
    // What is folded is found out as it is read.
    let mut list = search.clone().limit(limit.saturating_mul(4)).walk()?;
    for _ in 0..ROUNDS {
        list.read(room)?;
        let (copies, quotations) = folded(&list.found);
        let unfolded = listed(&list.found)
            .saturating_sub(copies)
            .saturating_sub(quotations);
        let missing = limit.saturating_sub(unfolded);
        if missing == 0 || list.found.next().is_none() || list.found.is_partial() {
            return Ok(list.found);
        }
        room = room.saturating_add(missing);
    }
    list.read(room)?;
    Ok(list.found)
}

/// Counts what is folded on the page: copies of articles, and other quotations of an utterance.
fn folded(found: &Found) -> (usize, usize) {
    let articles = found.article_hits().iter().map(ArticleHit::copy_of);
    let quotations = found.hits().len().saturating_sub(found.utterances().len());
    (articles.flatten().count(), quotations)
}
