//! `whosaid search`

use std::ops::ControlFlow;
use std::time::Instant;

use super::super::args::{self, Format, Search};
use super::super::corpus;
use super::super::numbers::{coverage, grouped};
use super::super::place::Places;
use super::super::render::Summary;
use super::{Failure, Messages, Session, Settings, Status, query, renderer, without_each, words};
use crate::{ArticleHit, Found, SearchBuilder, Sort, Unit};

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
    let started = Instant::now();
    let unit = match args.unit {
        args::Unit::Quotations => Unit::Quotations,
        args::Unit::Articles => Unit::Articles,
    };
    let stream = args.all && unit == Unit::Quotations;
    let mut search = settings
        .limit(archive.search(&query))
        .unit(unit)
        .copies(settings.marks_copies(args.copies))
        .sort(match args.sort {
            args::Sort::Relevance => Sort::Relevance,
            args::Sort::Date => Sort::Date,
            args::Sort::DateDescending => Sort::DateDescending,
            args::Sort::Confidence => Sort::Confidence,
        });
    if let Some(confidence) = args.min_confidence {
        search = search.min_confidence(confidence);
    }
    let limit = if stream {
        0
    } else if args.all {
        usize::MAX
    } else {
        args.limit
    };
    let found = page(&search, limit, settings)?;
    let ms = started.elapsed().as_millis() as u64;
    super::explain(session, settings, &archive, &query, found.names())?;
    {
        let mut messages = Messages::new(session.err, settings);
        messages.read_as(&query.to_string(), &coverage(&archive.holdings()?, &query));
        messages.warnings(found.warnings());
        if found.is_partial() {
            messages.warn("stopped before all was seen; there may be more");
        }
        let (copies, quotations) = folded(&found);
        messages.folded(copies, quotations);
        if found.total() == 0 {
            messages.note("nothing found");
            for line in without_each(&archive, &query, settings)? {
                messages.note(&line);
            }
        } else if !args.all && found.total() > listed(&found) as u64 {
            messages.note(&format!(
                "{} of {} shown; --all shows all",
                grouped((listed(&found) - copies - quotations) as u64),
                grouped(found.total())
            ));
        }
    }
    let places = Places::new(&archive, &session.here);
    let mut render = renderer(session.out, settings, Some(places));
    let mut partial = found.is_partial();
    if stream {
        let mut failed = None;
        let (_, complete) = search.for_each(|hit| match render.hit(&hit) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        })?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        partial |= !complete;
    }
    for hit in found.hits() {
        render.hit(hit)?;
    }
    for hit in found.article_hits() {
        render.article_hit(hit)?;
    }
    for warning in found.warnings() {
        render.warning(warning)?;
    }
    render.summary(&Summary {
        input: &text,
        parsed: &query.to_string(),
        total: found.total(),
        articles: found.articles(),
        partial,
        ms,
    })?;
    render.finish()?;
    Ok(Status::of_answer(found.total(), partial))
}

/// Runs the search; for a reader, for whom wordings and copies are folded, the page is filled up with what comes
/// after it.
fn page(
    search: &SearchBuilder<'_>,
    limit: usize,
    settings: &Settings,
) -> Result<Found, crate::Error> {
    let mut room = limit;
    for _ in 0..ROUNDS {
        let found = search.clone().limit(room).run()?;
        let (copies, quotations) = folded(&found);
        let missing = limit.saturating_sub(listed(&found) - copies - quotations);
        let whole = missing == 0 || found.total() <= listed(&found) as u64 || found.is_partial();
        if whole || settings.format != Format::Text {
            return Ok(found);
        }
        room += missing;
    }
    search.clone().limit(room).run()
}

/// Counts what is on the page, folded or not.
fn listed(found: &Found) -> usize {
    found.hits().len() + found.article_hits().len()
}

/// Counts what is folded on the page: copies of articles, and other quotations of an utterance.
fn folded(found: &Found) -> (usize, usize) {
    let articles = found.article_hits().iter().map(ArticleHit::copy_of);
    let quotations = found.hits().len() - found.utterances().len();
    (articles.flatten().count(), quotations)
}
