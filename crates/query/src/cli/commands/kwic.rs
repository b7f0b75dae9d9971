//! `whosaid kwic`

use std::time::Instant;

use super::super::args::{Kwic, KwicSort};
use super::super::corpus;
use super::super::numbers::{count, coverage, grouped};
use super::super::render::Summary;
use super::{Failure, Messages, Session, Settings, Status, nothing_found, query, renderer, words};
use crate::ContextSort;

/// Characters on either side in records.
const WIDTH: usize = 40;

/// Characters on either side that a terminal may have room for.
const WIDEST: usize = 400;

pub(super) fn kwic(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Kwic,
) -> Result<Status, Failure> {
    let text = words("query", &args.query)?;
    let query = query(session, settings, &args.query)?;
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let started = Instant::now();
    let limit = if args.all { usize::MAX } else { args.limit };
    let mut search = settings.limit(archive.search(&query)).limit(limit);
    if let Some(confidence) = args.min_confidence {
        search = search.min_confidence(confidence);
    }
    let sort = match args.sort {
        KwicSort::Right => ContextSort::Right,
        KwicSort::Left => ContextSort::Left,
        KwicSort::Date => ContextSort::Date,
    };
    let width = args.width.map(usize::from);
    let fits = if settings.is_text() { WIDEST } else { WIDTH };
    let found = search.concordance(sort, width.unwrap_or(fits))?;
    super::explain(session, settings, &archive, &query, &found.names)?;
    {
        let mut messages = Messages::new(session.err, settings);
        messages.read_as(&query.to_string(), &coverage(&archive.holdings()?, &query));
        messages.warnings(&found.warnings);
        if found.partial {
            messages.stopped();
        }
        let shown = found.lines.len() as u64;
        if found.places == 0 {
            nothing_found(
                &mut messages,
                &archive,
                &query,
                settings,
                crate::Unit::Quotations,
            )?;
        } else if shown < found.places {
            let places = count(found.places, "place");
            messages.note(&format!(
                "{} of {places} shown; --all shows all",
                grouped(shown)
            ));
        }
    }
    let mut render = renderer(session.out, settings, None);
    render.kwic(&found.lines, width)?;
    for warning in &found.warnings {
        render.warning(warning)?;
    }
    render.summary(&Summary {
        input: &text,
        parsed: &query.to_string(),
        total: found.places,
        articles: found.articles,
        speakers: None,
        partial: found.partial,
        next: None,
        ms: started.elapsed().as_millis() as u64,
    })?;
    render.finish()?;
    Ok(Status::of_answer(found.places, found.partial))
}
