use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Index;
use whosaid_quotes::Annotator;
use whosaid_schema::{ErrorKind, Schema};

use crate::error::Cause;
use crate::existing::Existing;
use crate::feed::{Feed, Files, next_batch};
use crate::pipeline::Pipeline;
use crate::places::Places;
use crate::plan::Plan;
use crate::report::Count;
use crate::walk::{Root, roots};
use crate::writer::Writer;
use crate::{Error, Event, IndexOptions, Input, Progress, ReadOptions, Report};

/// Brings an archive up to date with the inputs, and makes it when there is none.
///
/// Files that are as they were are left alone; new ones are added; of changed ones the old articles go and the
/// new ones come. When nothing changed, nothing is written.
///
/// # Errors
/// When an input is missing, another process writes to the archive, or the archive cannot be used. Then the
/// archive is as it was at its last commit.
pub fn index(
    archive: &Path,
    inputs: &[Input],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    run(
        archive,
        inputs,
        annotator,
        options,
        progress,
        Missing::Refused,
    )
}

/// What to do when an input is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// It is a mistake, unless something of it is forgotten.
    Refused,
    /// It has gone.
    Fine,
}

pub(crate) fn run(
    archive: &Path,
    inputs: &[Input],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
    missing: Missing,
) -> Result<Report, Error> {
    let roots = roots(inputs, options.prune || missing == Missing::Fine)?;
    bring(archive, &roots, annotator, options, progress, missing)
}

/// Brings an archive up to date with inputs that were looked up.
pub(crate) fn bring(
    archive: &Path,
    roots: &[Root],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
    missing: Missing,
) -> Result<Report, Error> {
    let brought = update(archive, roots, annotator, options, progress, missing);
    brought.map_err(|error| error.at(archive))
}

fn update(
    archive: &Path,
    roots: &[Root],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
    missing: Missing,
) -> Result<Report, Error> {
    let schema = options.schema();
    let jobs = options
        .jobs
        .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
        .max(1);
    let index = open(&schema, archive, options)?;
    let writer = match &index {
        Some(index) if !options.dry_run => Writer::open(index, &schema, archive, options, jobs)?,
        _ => Writer::dry(&schema, archive),
    };
    let existing = index.as_ref().map(|index| Existing::open(index, &schema));
    let existing = existing.transpose().map_err(whosaid_schema::Error::from)?;
    // An archive may lie inside of a folder that is indexed.
    let except = fs::canonicalize(archive).ok();
    let mut report = Report {
        dry_run: options.dry_run,
        without_quotations: !options.quotations,
        ..Report::default()
    };
    let mut plan = Plan::make(
        roots,
        except.as_deref(),
        existing.as_ref(),
        &writer,
        progress,
        &mut report,
    )?;
    if let Some(existing) = existing.as_ref().filter(|_| options.prune && plan.complete) {
        plan.prune(roots, existing)?;
        report.files_removed = plan.gone.len() as u64;
    }
    if missing == Missing::Refused {
        refuse_missing(roots, &report)?;
    }
    progress.event(Event::Planned {
        files: plan.files,
        bytes: plan.bytes,
        unchanged: report.files_unchanged,
    });
    tracing::debug!(files = plan.files, bytes = plan.bytes, jobs, "planned");
    let pool = pool(jobs)?;
    // The reader's thread borrows the sets that say which files are due.
    let seen = std::mem::take(&mut plan.seen);
    let unchanged = std::mem::take(&mut plan.unchanged);
    let mut pipeline = Pipeline {
        schema: &schema,
        index: index.as_ref(),
        existing,
        writer,
        annotator: options.quotations.then_some(annotator),
        progress,
        pool: &pool,
        today: options.today,
        commit_bytes: if options.dry_run {
            u64::MAX
        } else {
            options.commit_bytes
        },
        plan,
        unchanged: &unchanged,
        report,
        written: FxHashSet::default(),
        succeeded: FxHashSet::default(),
        places: Places::new(archive),
        done: FxHashSet::default(),
        recent: FxHashMap::default(),
        forgotten: BTreeMap::new(),
        looked_up: FxHashSet::default(),
        overtaken: 0,
        speakers: FxHashSet::default(),
        committed: 0,
        clock: options.read.clock.as_deref().filter(|_| !options.dry_run),
        commit_after: options.commit_after,
        commit_due: Duration::MAX,
        restoring: false,
        open: None,
    };
    let read = Arc::new(options.read.clone());
    let files = Files::Planned {
        roots,
        except: except.as_deref(),
        seen: &seen,
        unchanged: &unchanged,
    };
    let worked = ingest(&mut pipeline, files, &read).and_then(|()| {
        pipeline.forget_gone();
        pipeline.restore(&read)
    });
    worked.map_err(|error| pipeline.writer.reason_of(error))?;
    progress.event(Event::Committing);
    let (report, writer) = finish(pipeline);
    writer.finish(!report.cancelled)?;
    tracing::debug!(
        articles = report.articles,
        quotations = report.quotations,
        "committed"
    );
    Ok(report)
}

/// Opens the archive, and makes it if there is none; a dry run makes nothing.
fn open(schema: &Schema, archive: &Path, options: &IndexOptions) -> Result<Option<Index>, Error> {
    if !options.dry_run {
        return Ok(Some(schema.create(archive)?));
    }
    match schema.open(archive) {
        Err(error) if error.kind() == ErrorKind::Missing => Ok(None),
        index => Ok(Some(index?)),
    }
}

/// Starts the threads that work on articles.
fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("whosaid-{number}"))
        .build()
        .map_err(|error| Cause::Threads(error.to_string()).into())
}

/// An input that is gone is no error when something of it was forgotten.
fn refuse_missing(roots: &[Root], report: &Report) -> Result<(), Error> {
    for root in roots {
        if let Root::Gone { shown, .. } = root
            && report.files_removed == 0
        {
            return Err(Cause::MissingInput(shown.clone()).into());
        }
    }
    Ok(())
}

/// Reads files on a thread of their own and works on what comes.
pub(crate) fn ingest(
    pipeline: &mut Pipeline<'_>,
    files: Files<'_>,
    read: &Arc<ReadOptions>,
) -> Result<(), Error> {
    let progress = pipeline.progress;
    pipeline.wait_for_commit();
    thread::scope(|scope| {
        let (feed, items) = Feed::new(progress, Arc::clone(read));
        scope.spawn(move || feed.run(files));
        while let Some(batch) = next_batch(&items) {
            pipeline.work(batch)?;
        }
        pipeline.leave();
        Ok(())
    })
}

/// Counts what is only known at the end.
fn finish(pipeline: Pipeline<'_>) -> (Report, Writer) {
    let mut report = pipeline.report;
    report.speakers = pipeline.speakers.len() as u64;
    let (retired, written) = (&pipeline.plan.retired, &pipeline.written);
    let gone = retired.keys().filter(|id| !written.contains(id)).count() as u64;
    // Files that could not be opened, or were not reached, keep what they have.
    let held: u64 = pipeline.plan.changed.values().sum();
    report.unchanged.raise(held);
    report.removed = gone
        .saturating_add(pipeline.overtaken)
        .saturating_sub(report.replaced.saturating_add(held));
    report.cancelled = pipeline.progress.cancelled();
    (report, pipeline.writer)
}
