//! `whosaid verify`, `compact` and `forget`

use std::path::PathBuf;

use serde_json::json;
use whosaid_indexer::{IndexOptions, SourceState};
use whosaid_quotes::Annotator;

use super::super::args::{Forget, Verify};
use super::super::numbers::{count, size};
use super::super::progress::Telling;
use super::{Failure, Messages, Session, Settings, Status, renderer};
use crate::{Archive, verify as look_over};

pub(super) fn verify(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Verify,
) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let found = look_over(&archive, &settings.cancel)?;
    let mut render = renderer(session.out, settings, None);
    for fault in &found.faults {
        render.item(
            "fault",
            &[
                ("place", json!(fault.place)),
                ("kind", json!(fault.kind)),
                ("message", json!(fault.message)),
            ],
        )?;
    }
    let mut sources = [0_u64; 4];
    if args.sources && found.is_sound() {
        let mut failed = Ok(());
        whosaid_indexer::check_sources(&archive, |source| {
            let (place, word) = match source.state {
                SourceState::Same => (0, "same"),
                SourceState::Changed => (1, "changed"),
                SourceState::Missing => (2, "missing"),
                _ => (3, "unreadable"),
            };
            if let Some(number) = sources.get_mut(place) {
                *number = number.saturating_add(1);
            }
            if place > 0 && failed.is_ok() {
                failed = render.item(
                    "source",
                    &[
                        ("path", json!(source.path)),
                        ("state", json!(word)),
                        ("reason", json!(source.reason)),
                    ],
                );
            }
        })?;
        failed?;
    }
    let mut facts = vec![
        ("sound", json!(found.is_sound() && !found.partial)),
        ("files", json!(found.files)),
        ("bytes", json!(found.bytes)),
        ("articles", json!(found.articles)),
        ("quotations", json!(found.quotations)),
        ("faults", json!(found.faulty)),
        ("partial", json!(found.partial)),
    ];
    if args.sources {
        for (name, count) in [
            "sources_same",
            "sources_changed",
            "sources_missing",
            "sources_unreadable",
        ]
        .into_iter()
        .zip(sources)
        {
            facts.push((name, json!(count)));
        }
    }
    render.facts("verification", &facts)?;
    render.finish()?;
    drop(render);
    let mut messages = Messages::new(session.err, settings);
    if found.faulty > 0 {
        let faults = count(found.faulty, "fault");
        messages.note(&format!(
            "{faults} in {}: make the archive anew with whosaid index",
            archive.display()
        ));
        return Ok(Status::Failed);
    }
    Ok(if settings.cancel.is_cancelled() {
        Status::Interrupted
    } else if found.partial || sources[1..].iter().any(|count| *count > 0) {
        Status::Partial
    } else {
        Status::Done
    })
}

pub(super) fn compact(session: &mut Session<'_>, settings: &Settings) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let compacted = whosaid_indexer::compact(&archive, &IndexOptions::new())?;
    let mut messages = Messages::new(session.err, settings);
    messages.note(&format!(
        "{} before, {} now",
        size(compacted.bytes_before),
        size(compacted.bytes_after)
    ));
    let mut render = renderer(session.out, settings, None);
    render.facts(
        "compacted",
        &[
            ("bytes_before", json!(compacted.bytes_before)),
            ("bytes_after", json!(compacted.bytes_after)),
            ("segments_before", json!(compacted.segments_before)),
            ("segments_after", json!(compacted.segments_after)),
        ],
    )?;
    render.finish()?;
    Ok(Status::Done)
}

pub(super) fn forget(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Forget,
) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let mut paths = Vec::new();
    let mut articles = Vec::new();
    // All names are looked up before anything is changed.
    for what in &args.what {
        match what.to_str().filter(|name| name.starts_with("a:")) {
            Some(id) => articles.push(Archive::open(&archive)?.article_by_prefix(id)?.id()),
            None => paths.push(PathBuf::from(what)),
        }
    }
    let options = IndexOptions::new();
    let mut forgotten = 0_u64;
    let mut files = 0;
    if !articles.is_empty() {
        forgotten = whosaid_indexer::forget_articles(&archive, &articles, &options)?;
    }
    if !paths.is_empty() {
        let telling = Telling::new(settings, session.err, None)?;
        let report =
            whosaid_indexer::forget(&archive, &paths, &Annotator::new(), &options, &telling);
        drop(telling.pause()?);
        let report = report?;
        files = report.files_removed;
        forgotten = forgotten.saturating_add(report.removed);
    }
    let mut render = renderer(session.out, settings, None);
    render.facts(
        "forgotten",
        &[("files", json!(files)), ("articles", json!(forgotten))],
    )?;
    render.finish()?;
    Ok(if files == 0 && forgotten == 0 {
        Status::Nothing
    } else {
        Status::Done
    })
}
