//! `whosaid status`, `export`, `completions` and `man`

use std::ops::ControlFlow;
use std::path::Path;

use clap::CommandFactory;
use serde::Serialize;

use super::super::args::{Arguments, Export};
use super::super::progress::Listing;
use super::super::records::{Converted, Extracted, record};
use super::super::render::Upkeep;
use super::{Failure, Session, Settings, Status, renderer};
use crate::Archive;

pub(super) fn status(session: &mut Session<'_>, settings: &Settings) -> Result<Status, Failure> {
    let archive = Archive::open(settings.archive()?)?;
    let holdings = archive.holdings()?;
    let path = archive
        .path()
        .canonicalize()
        .unwrap_or_else(|_| archive.path().to_owned());
    let mut render = renderer(session.out, settings, None);
    render.upkeep(&Upkeep {
        path: &path.to_string_lossy(),
        holdings: &holdings,
        speakers: archive.count_speakers()?,
        bytes: size(archive.path()),
    })?;
    render.finish()?;
    Ok(Status::Done)
}

/// Bytes of the files in the archive's folder.
fn size(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok());
    files.fold(0, |sum, file| sum.saturating_add(file.len()))
}

pub(super) fn export(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Export,
) -> Result<Status, Failure> {
    #[derive(Serialize)]
    struct Body<'a> {
        article: String,
        #[serde(flatten)]
        converted: Converted<'a>,
        quotes: Vec<Extracted<'a>>,
    }
    settings.json_lines_only("export")?;
    let archive = Archive::open(settings.archive()?)?;
    let mut failed = None;
    let mut total = 0_u64;
    let listing = Listing::new(settings, archive.holdings()?.articles);
    archive.for_each_article(|id, article, quotations| {
        total = total.saturating_add(1);
        listing.advance();
        let points = args.offsets.points(&article.text);
        let body = Body {
            article: id.to_string(),
            converted: Converted::new(&article),
            quotes: Extracted::all(&article.text, &quotations, points.as_ref(), true),
        };
        let written = serde_json::to_writer(&mut *session.out, &record("article", body))
            .map_err(std::io::Error::from)
            .and_then(|()| session.out.write_all(b"\n"));
        match written {
            Ok(()) if settings.cancel.is_cancelled() => ControlFlow::Break(()),
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    drop(listing);
    if let Some(error) = failed {
        return Err(error.into());
    }
    session.out.flush()?;
    Ok(Status::of_answer(total, false))
}

pub(super) fn completions(
    session: &mut Session<'_>,
    shell: clap_complete::Shell,
) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "whosaid", &mut script);
    session.out.write_all(&script)?;
    Ok(Status::Done)
}

pub(super) fn man(
    session: &mut Session<'_>,
    of: Option<&str>,
    folder: Option<&Path>,
) -> Result<Status, Failure> {
    let mut command = Arguments::command();
    if let Some(folder) = folder {
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder));
        return written
            .map(|()| Status::Done)
            .map_err(|source| Failure::Io {
                what: format!("cannot write {}", folder.display()),
                source,
            });
    }
    command.build();
    let command = match of {
        None => command,
        Some(name) => command
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Failure::Usage(format!("no command \"{name}\"")))?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    session.out.write_all(&page)?;
    Ok(Status::Done)
}
