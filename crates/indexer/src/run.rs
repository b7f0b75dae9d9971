use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};
use whosaid_model::reason;
use whosaid_quotes::Annotator;
use whosaid_schema::{FileId, Schema, StoredFile};

use crate::error::Cause;
use crate::existing::Existing;
use crate::feed::{Feed, Files, next_batch};
use crate::pipeline::Pipeline;
use crate::plan::Plan;
use crate::walk::{Found, FoundFile, From, Root, roots};
use crate::writer::Writer;
use crate::{Error, Event, IndexOptions, Input, Progress, ReadOptions, Reject, RejectKind, Report};

/// Brings an archive up to date with the inputs, and makes it when there is none.
///
/// Files that are as they were are left alone; new ones are added; of changed ones the old articles go and the
/// new ones come. All of it becomes visible in one commit. When nothing changed, nothing is written.
///
/// # Errors
/// When an input is missing, another process writes to the archive, or the archive cannot be used. Then the
/// archive is as it was.
pub fn index(
    archive: &Path,
    inputs: &[Input],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    let roots = roots(inputs, options.prune)?;
    let schema = Schema::new();
    let jobs = options
        .jobs
        .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
        .max(1);
    let index = if options.dry_run {
        match schema.open(archive) {
            Err(error) if error.kind() == whosaid_schema::ErrorKind::Missing => None,
            index => Some(index?),
        }
    } else {
        Some(schema.create(archive)?)
    };
    let writer = match &index {
        Some(index) if !options.dry_run => Writer::open(index, &schema, archive, options, jobs)?,
        _ => Writer::dry(&schema, archive),
    };
    let existing = match &index {
        Some(index) => {
            let existing = Existing::open(index, &schema);
            Some(existing.map_err(whosaid_schema::Error::from)?)
        }
        None => None,
    };
    let existing = existing.as_ref();
    // An archive may lie inside of a folder that is indexed.
    let except = fs::canonicalize(archive).ok();
    let mut report = Report {
        dry_run: options.dry_run,
        ..Report::default()
    };
    let mut plan = Plan::make(
        &roots,
        except.as_deref(),
        existing,
        &writer,
        progress,
        &mut report,
    )?;
    if let Some(existing) = existing.filter(|_| options.prune && plan.complete) {
        plan.prune(&roots, existing, &writer, &mut report)?;
    }
    refuse_missing(&roots, &report)?;
    progress.event(Event::Planned {
        files: plan.files,
        bytes: plan.bytes,
        unchanged: report.files_unchanged,
    });
    tracing::debug!(files = plan.files, bytes = plan.bytes, jobs, "planned");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|number| format!("whosaid-{number}"))
        .build()
        .map_err(|error| Cause::Threads(error.to_string()))?;
    let mut pipeline = Pipeline {
        schema: &schema,
        existing,
        writer: &writer,
        annotator,
        progress,
        pool: &pool,
        plan,
        report,
        written: FxHashSet::default(),
        done: FxHashSet::default(),
        speakers: FxHashSet::default(),
        open: None,
    };
    let read = Arc::new(options.read.clone());
    // The reader's thread borrows the sets that say which files are due; nothing else needs them.
    let seen = std::mem::take(&mut pipeline.plan.seen);
    let unchanged = std::mem::take(&mut pipeline.plan.unchanged);
    let files = Files::Planned {
        roots: &roots,
        except: except.as_deref(),
        seen: &seen,
        unchanged: &unchanged,
    };
    ingest(&mut pipeline, files, &read)?;
    if let Some(existing) = existing {
        restore(&mut pipeline, existing, &unchanged, &read)?;
    }
    let report = finish(pipeline);
    progress.event(Event::Committing);
    writer.commit(!report.cancelled)?;
    tracing::debug!(
        articles = report.articles,
        quotations = report.quotations,
        "committed"
    );
    Ok(report)
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
fn ingest(
    pipeline: &mut Pipeline<'_>,
    files: Files<'_>,
    read: &Arc<ReadOptions>,
) -> Result<(), Error> {
    let progress = pipeline.progress;
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

/// Reads the files again that hold another copy of an article that is gone, until no copy is left out.
fn restore(
    pipeline: &mut Pipeline<'_>,
    existing: &Existing,
    unchanged: &FxHashSet<FileId>,
    read: &Arc<ReadOptions>,
) -> Result<(), Error> {
    let mut looked_up = FxHashSet::default();
    loop {
        let mut holders: FxHashMap<FileId, StoredFile> = FxHashMap::default();
        let mut lost: Vec<_> = pipeline
            .plan
            .retired
            .difference(&pipeline.written)
            .copied()
            .collect();
        lost.retain(|id| looked_up.insert(*id));
        for id in lost {
            existing.holders(id, |file| {
                let id = FileId::of(file.path.as_bytes());
                if !pipeline.done.contains(&id) {
                    holders.insert(id, file);
                }
            })?;
        }
        let mut holders: Vec<_> = holders.into_iter().collect();
        holders.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        if pipeline.progress.cancelled() {
            for (id, _) in &holders {
                pipeline.writer.forget_file(*id);
            }
            return Ok(());
        }
        let mut files = Vec::new();
        for (id, file) in holders {
            pipeline.done.insert(id);
            match fs::metadata(&file.path) {
                Ok(metadata) => {
                    let articles = pipeline.plan.retire(id, existing)?;
                    pipeline.plan.changed.insert(id, articles);
                    if unchanged.contains(&id) {
                        pipeline.report.files_unchanged -= 1;
                        pipeline.report.unchanged -= file.articles;
                    }
                    files.push(Found {
                        from: From::File(FoundFile::new(file.path.into(), &metadata)),
                        shown: file.shown,
                    });
                }
                Err(error) => pipeline.report.reject(Reject {
                    path: file.shown,
                    record: None,
                    offset: None,
                    reason: reason(&error),
                    kind: RejectKind::Unreadable,
                }),
            }
        }
        if files.is_empty() {
            return Ok(());
        }
        ingest(pipeline, Files::Listed(files), read)?;
    }
}

fn finish(pipeline: Pipeline<'_>) -> Report {
    let mut report = pipeline.report;
    report.speakers = pipeline.speakers.len() as u64;
    let gone = pipeline.plan.retired.difference(&pipeline.written).count() as u64;
    // Files that could not be opened, or were not reached, keep what they have.
    let held: u64 = pipeline.plan.changed.values().sum();
    report.unchanged += held;
    report.removed = gone.saturating_sub(report.replaced + held);
    report.cancelled = pipeline.progress.cancelled();
    report
}
