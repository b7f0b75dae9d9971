//! `whosaid show`

use super::super::args::Show;
use super::super::cite::{article_citation, citation};
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
    let mut places = Places::new(&archive, &session.here).counted_in(args.offsets);
    if args.id.trim_start().starts_with("a:") {
        let article = archive.article_by_prefix(&args.id)?;
        let mut render = renderer(session.out, settings, Some(places));
        if args.cite {
            render.article_citation(&article, &article_citation(&article))?;
        } else {
            render.article(&article)?;
        }
        render.finish()?;
        return Ok(Status::Done);
    }
    let hit = archive.quotation(&args.id)?;
    let line = places.line(&hit);
    let stretch = places.stretch(&hit)?;
    let mut render = renderer(session.out, settings, Some(places));
    if args.cite {
        render.citation(&hit, &citation(&hit, line, &stretch))?;
    } else {
        let around = match args.context {
            Some(sentences) => archive.context(&hit, sentences)?,
            None => archive.paragraph(&hit)?,
        };
        let passage = Passage {
            line,
            ..Passage::new(&around)
        };
        render.passage(&hit, &passage)?;
    }
    render.finish()?;
    Ok(Status::Done)
}
