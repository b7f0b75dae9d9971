//! `whosaid variants`

use std::collections::BTreeSet;
use std::time::Instant;

use super::super::args::{Format, Variants};
use super::super::corpus;
use super::super::numbers::grouped;
use super::super::place::Places;
use super::super::render::Summary;
use super::{Failure, Messages, Session, Settings, Status, renderer};

pub(super) fn variants(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Variants,
) -> Result<Status, Failure> {
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let started = Instant::now();
    let mut variants = archive.variants(&args.id)?;
    let ms = started.elapsed().as_millis() as u64;
    let total = variants.list.len() as u64;
    let articles: BTreeSet<_> = variants
        .list
        .iter()
        .map(|variant| variant.hit.article_id())
        .collect();
    let copies = if settings.format == Format::Text && !args.copies {
        let before = variants.list.len();
        variants
            .list
            .retain(|variant| variant.hit.copy_of().is_none());
        before.saturating_sub(variants.list.len())
    } else {
        0
    };
    let listed = variants.list.len();
    if !args.all {
        variants.list.truncate(args.limit);
    }
    {
        let mut messages = Messages::new(session.err, settings);
        messages.folded(copies, 0);
        if variants.list.len() < listed {
            messages.note(&format!(
                "{} of {} shown; --all shows all",
                grouped(variants.list.len() as u64),
                grouped(listed as u64)
            ));
        }
    }
    let places = Places::new(&archive, &session.here).counted_in(args.offsets);
    let mut render = renderer(session.out, settings, Some(places));
    render.variants(&variants)?;
    render.summary(&Summary {
        input: &args.id,
        parsed: &format!("id:{}", args.id.trim()),
        total,
        articles: articles.len() as u64,
        speakers: None,
        partial: false,
        next: None,
        ms,
    })?;
    render.finish()?;
    Ok(Status::Done)
}
