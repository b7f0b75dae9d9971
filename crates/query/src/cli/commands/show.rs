//! `whosaid show`

use super::super::args::Show;
use super::super::corpus;
use super::super::place::Places;
use super::super::records::Passage;
use super::{Failure, Session, Settings, Status, renderer};

pub(super) fn show(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Show,
) -> Result<Status, Failure> {
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let mut places = Places::new(&archive, &session.here);
    if args.id.trim_start().starts_with("a:") {
        let article = archive.article_by_prefix(&args.id)?;
        let mut render = renderer(session.out, settings, Some(places));
        render.article(&article)?;
        render.finish()?;
        return Ok(Status::Done);
    }
    let hit = archive.quotation(&args.id)?;
    let article = archive.article(hit.article_id())?.unwrap_or_default();
    let text = article.text.as_str();
    let start = text
        .get(..hit.span().start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = text
        .get(hit.span().end..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |at| hit.span().end + at);
    let line = places.line(&hit);
    let passage = Passage {
        text: text.get(start..end).unwrap_or_default(),
        span: [start, end],
        line,
    };
    let mut render = renderer(session.out, settings, Some(places));
    render.passage(&hit, &passage)?;
    render.finish()?;
    Ok(Status::Done)
}
