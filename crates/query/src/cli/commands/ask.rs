//! `whosaid ask`

use std::time::Instant;

use super::super::args::Ask;
use super::super::corpus;
use super::super::numbers::{coverage, often};
use super::super::place::Places;
use super::super::render::Summary;
use super::{Failure, Messages, Session, Settings, Status, nothing_found, renderer, words};
use crate::{Group, Intent, Query, Unit};

pub(super) fn ask(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Ask,
) -> Result<Status, Failure> {
    let text = words("question", &args.question)?;
    let options = settings.options();
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let question = archive.question(&text, &options)?;
    let started = Instant::now();
    let answer = archive.answer(&question, &options, |search| {
        let search = search.limit(args.limit);
        let search = search.copies(settings.marks_copies(args.copies));
        let search = match args.min_confidence {
            Some(confidence) => search.min_confidence(confidence),
            None => search,
        };
        settings.limit(search)
    })?;
    let ms = started.elapsed().as_millis() as u64;
    let query = Query::new(question.node.clone(), &options);
    {
        let mut messages = Messages::new(session.err, settings);
        messages.read_as(&answer.query, &coverage(&archive.holdings()?, &query));
        messages.warnings(&answer.warnings);
        if answer.partial {
            messages.stopped();
        }
        if answer.total > 0 {
            match answer.intent {
                Intent::WhoFirst => messages.note("earliest in this archive first"),
                Intent::Latest => messages.note("latest in this archive first"),
                // Buckets alone do not tell it.
                Intent::HowOften if answer.timeline.is_some() => messages.note(&often(&answer)),
                _ => {}
            }
        }
        let folded = answer.groups.iter().map(Group::folded);
        messages.folded(0, folded.sum());
        if answer.total == 0 {
            nothing_found(&mut messages, &archive, &query, settings, Unit::Quotations)?;
        }
    }
    super::explain(session, settings, &archive, &query, &answer.names)?;
    let places = Places::new(&archive, &session.here).counted_in(args.offsets);
    let mut render = renderer(session.out, settings, Some(places));
    match &answer.timeline {
        Some(timeline) => render.timeline(timeline)?,
        None => render.answer(&answer)?,
    }
    for warning in &answer.warnings {
        render.warning(warning)?;
    }
    render.summary(&Summary {
        input: &text,
        parsed: &answer.query,
        total: answer.total,
        articles: answer.articles,
        speakers: Some(answer.speakers),
        partial: answer.partial,
        next: None,
        ms,
    })?;
    render.finish()?;
    Ok(Status::of_answer(answer.total, answer.partial))
}
