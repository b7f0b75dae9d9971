//! `whosaid facet` and `timeline`

use std::time::Instant;

use super::super::args;
use super::super::corpus;
use super::super::numbers::coverage;
use super::super::render::Summary;
use super::super::svg;
use super::{Failure, Messages, Session, Settings, Status, query, renderer};
use crate::{Archive, Facet, Found, Interval, Query, SearchBuilder, Unit};

pub(super) fn facet(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &args::Facet,
) -> Result<Status, Failure> {
    let query = query(session, settings, &args.query)?;
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let facet = match args.field {
        args::FacetField::Speaker => Facet::speaker(),
        args::FacetField::Source => Facet::source(),
        args::FacetField::Kind => Facet::kind(),
        args::FacetField::Lang => Facet::lang(),
        args::FacetField::Author => Facet::author(),
        args::FacetField::Date => Facet::date(interval(args.by)),
    };
    let all = args.all || args.field == args::FacetField::Date;
    let facet = if all { facet } else { facet.top(args.limit) };
    let facet = args.select.iter().fold(facet, Facet::select);
    let text = args.query.join(" ");
    let (_, status) = count(session, settings, &archive, &query, &text, |search| {
        search.facet(facet)
    })?;
    Ok(status)
}

pub(super) fn timeline(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &args::Timeline,
) -> Result<Status, Failure> {
    let query = query(session, settings, &args.query)?;
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let text = args.query.join(" ");
    let (found, status) = count(session, settings, &archive, &query, &text, |search| {
        search.timeline(interval(args.by))
    })?;
    if let (Some(path), Some(timeline)) = (&args.svg, found.timeline()) {
        let searched = coverage(&archive.holdings()?, &query);
        svg::write(path, &svg::chart(timeline, &query.to_string(), &searched))?;
    }
    Ok(status)
}

fn interval(by: args::Period) -> Interval {
    match by {
        args::Period::Day => Interval::Day,
        args::Period::Week => Interval::Week,
        args::Period::Month => Interval::Month,
        args::Period::Quarter => Interval::Quarter,
        args::Period::Year => Interval::Year,
    }
}

/// Counts all matches and prints the counts.
fn count(
    session: &mut Session<'_>,
    settings: &Settings,
    archive: &Archive,
    query: &Query,
    text: &str,
    what: impl for<'a> FnOnce(SearchBuilder<'a>) -> SearchBuilder<'a>,
) -> Result<(Found, Status), Failure> {
    let started = Instant::now();
    let found: Found = what(
        settings
            .limit(archive.search(query))
            .limit(0)
            .count_articles(true),
    )
    .run()?;
    let ms = started.elapsed().as_millis() as u64;
    super::explain(session, settings, archive, query, found.names())?;
    {
        let mut messages = Messages::new(session.err, settings);
        messages.read_as(&query.to_string(), &coverage(&archive.holdings()?, query));
        messages.warnings(found.warnings());
        if found.total() == 0 {
            super::nothing_found(&mut messages, archive, query, settings, Unit::Quotations)?;
        }
    }
    let mut render = renderer(session.out, settings, None);
    for counts in found.facets() {
        render.facet(counts, query)?;
    }
    if let Some(timeline) = found.timeline() {
        render.timeline(timeline)?;
    }
    for warning in found.warnings() {
        render.warning(warning)?;
    }
    render.summary(&Summary {
        input: text,
        parsed: &query.to_string(),
        total: found.total(),
        articles: found.articles().unwrap_or(0),
        speakers: None,
        partial: found.is_partial(),
        next: None,
        ms,
    })?;
    render.finish()?;
    let status = Status::of_answer(found.total(), found.is_partial());
    Ok((found, status))
}
