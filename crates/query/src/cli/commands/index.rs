//! `whosaid index` and `whosaid watch`

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use whosaid_indexer::{IndexOptions, Input, Report};
use whosaid_quotes::Annotator;

use super::super::args::{Index, Reading, Watch};
use super::super::numbers::{count, size};
use super::super::progress::Telling;
use super::super::render::Render;
use super::super::settings::reading;
use super::{Failure, Messages, Session, Settings, Status, renderer};

/// Rejects named on standard error; `--rejects` has all.
const NAMED: usize = 20;

/// How long a file must be left alone before it is read: a download takes breaths.
const QUIET: Duration = Duration::from_millis(500);

pub(super) fn index(
    session: &mut Session<'_>,
    settings: &Settings,
    args: Index,
) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let inputs: Vec<Input> = args.paths.iter().map(|path| input(session, path)).collect();
    let rejects = args.reading.rejects.clone();
    let options = options(settings, args.reading)
        .prune(args.prune)
        .dry_run(args.dry_run);
    let telling = Telling::new(settings, session.err, rejects.as_deref())?;
    let report = whosaid_indexer::index(&archive, &inputs, &Annotator::new(), &options, &telling);
    let took = telling.took();
    let mut err = telling.pause()?;
    let report = report?;
    let mut messages = Messages::new(&mut **err, settings);
    tell(&mut messages, settings, &report, took);
    if settings.verbose {
        messages.note(&format!("archive  {}", archive.display()));
    }
    let mut render = renderer(session.out, settings, None);
    render.report(&report, took)?;
    render.finish()?;
    Ok(if report.cancelled {
        Status::Interrupted
    } else if report.rejected() > 0 {
        Status::Partial
    } else if report.files == 0 && report.files_unchanged == 0 && report.files_removed == 0 {
        Status::Nothing
    } else {
        Status::Done
    })
}

pub(super) fn watch(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Watch,
) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let rejects = args.reading.rejects.clone();
    let prune = args.prune;
    let options = || options(settings, args.reading.clone()).prune(prune);
    let telling = Telling::new(settings, session.err, rejects.as_deref())?;
    let mut render = renderer(session.out, settings, None);
    let mut ended = Ok(());
    let mut first = true;
    let mut sink = |report: Report| {
        // An event may turn out to be about nothing: then only the bar goes.
        ended = if first || report.files > 0 || report.files_removed > 0 {
            show(&telling, render.as_mut(), settings, &report)
        } else {
            telling.pause().map(drop)
        };
        if std::mem::take(&mut first) && ended.is_ok() && !report.cancelled {
            ended = telling.pause().map(|mut err| {
                let mut messages = Messages::new(&mut **err, settings);
                messages.note("watching; Ctrl-C ends it");
            });
        }
        match ended {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let annotator = Annotator::new();
    let (paths, quiet) = (&args.paths, QUIET);
    whosaid_indexer::watch(
        &archive, paths, &annotator, &options, quiet, &telling, &mut sink,
    )?;
    ended?;
    render.finish()?;
    Ok(if settings.cancel.is_cancelled() {
        Status::Interrupted
    } else {
        Status::Done
    })
}

/// Tells of one of several runs.
fn show(
    telling: &Telling<'_>,
    render: &mut dyn Render,
    settings: &Settings,
    report: &Report,
) -> Result<(), Failure> {
    let took = telling.took();
    let mut err = telling.pause()?;
    tell(
        &mut Messages::new(&mut **err, settings),
        settings,
        report,
        took,
    );
    Ok(render.report(report, took)?)
}

fn options(settings: &Settings, args: Reading) -> IndexOptions {
    IndexOptions::new()
        .jobs(args.jobs.map(usize::from))
        .memory_bytes((args.memory as usize).saturating_mul(1 << 20))
        .read(reading().time_limit(Duration::from_secs(args.max_seconds.into())))
        .source(args.source)
        .map(args.map.unwrap_or_default())
        .quotations(!args.no_quotations)
        .today(Some(settings.today()))
}

/// Says what the user should know of a run besides its counts.
fn tell(messages: &mut Messages<'_>, settings: &Settings, report: &Report, took: Duration) {
    for warning in report.warnings.iter().take(NAMED) {
        messages.warn(&warning.to_string());
    }
    let more = report.warned.saturating_sub(NAMED as u64);
    if more > 0 {
        messages.warn(&format!("{more} more such warnings"));
    }
    for reject in report.rejects.iter().take(NAMED) {
        messages.reject(&reject.to_string());
    }
    let more = report.rejected().saturating_sub(NAMED as u64);
    if more > 0 {
        messages.reject(&format!(
            "{more} more could not be read; --rejects FILE lists all"
        ));
    }
    if report.rejected_before > 0 {
        messages.note(&format!(
            "{} of unchanged files could not be read before, and will not be until the files change",
            count(report.rejected_before, "record")
        ));
    }
    if report.cancelled {
        messages.note("stopped; what was done is kept, and the next run goes on from there");
    }
    if settings.progress && report.bytes > 0 {
        let seconds = took.as_secs_f64().max(0.001);
        let rate = size((report.bytes as f64 / seconds) as u64);
        messages.note(&format!(
            "{} read in {seconds:.1} s, {rate}/s",
            size(report.bytes)
        ));
    }
}

/// A path, or standard input for `-`.
pub(super) fn input(session: &mut Session<'_>, path: &Path) -> Input {
    if path.as_os_str() == "-" {
        return match session.stdin.take() {
            Some(stdin) => Input::stdin(stdin),
            None => Input::stdin(std::io::empty()),
        };
    }
    Input::from(path)
}
