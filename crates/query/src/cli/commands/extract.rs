//! `whosaid extract` and `convert`

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use whosaid_indexer::{Input, ReadOptions, Reject, annotate, read_articles};
use whosaid_model::Article;
use whosaid_quotes::Annotator;

use super::super::args::{Convert, Extract};
use super::super::records::{Converted, Extracted, echoed_id, record};
use super::super::settings::reading;
use super::{Failure, Messages, Session, Settings, Status};

/// Articles and bytes annotated at a time: enough for all cores, little enough for memory.
const ARTICLES: usize = 256;
const BYTES: usize = 8 << 20;

pub(super) fn extract(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Extract,
) -> Result<Status, Failure> {
    settings.json_lines_only("extract")?;
    let annotator = Annotator::new().marked_only(!args.indirect);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::Usage(format!("cannot start threads: {error}")))?;
    let line = |article: &Article| line(article, &annotator, args);
    let inputs = inputs(session, &args.paths);
    let options = reading().map(args.map.clone().unwrap_or_default());
    each(session, settings, &inputs, &options, &|articles, out| {
        let lines: Vec<_> = pool.install(|| articles.par_iter().map(line).collect());
        let mut faults = Vec::new();
        for line in lines {
            match line {
                Ok(line) => out.write_all(&line)?,
                Err(fault) => faults.push(fault),
            }
        }
        Ok(faults)
    })
}

pub(super) fn convert(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Convert,
) -> Result<Status, Failure> {
    settings.json_lines_only("convert")?;
    let inputs = inputs(session, &args.paths);
    let options = reading()
        .source(args.source.clone())
        .map(args.map.clone().unwrap_or_default());
    each(session, settings, &inputs, &options, &|articles, out| {
        for article in articles {
            serde_json::to_writer(&mut *out, &Converted::new(article))?;
            out.write_all(b"\n")?;
        }
        Ok(Vec::new())
    })
}

/// The quotations of one article as one line of JSON.
fn line(article: &Article, annotator: &Annotator, args: &Extract) -> Result<Vec<u8>, Reject> {
    #[derive(Serialize)]
    struct Body<'a> {
        id: &'a str,
        quotes: Vec<Extracted<'a>>,
    }
    let quotations = annotate(annotator, article)?;
    let points = args.offsets.points(&article.text);
    let body = Body {
        id: echoed_id(article),
        quotes: Extracted::all(&article.text, &quotations, points.as_ref(), args.indirect),
    };
    let mut line = serde_json::to_vec(&record("article", body)).unwrap_or_default();
    line.push(b'\n');
    Ok(line)
}

fn inputs(session: &mut Session<'_>, paths: &[std::path::PathBuf]) -> Vec<Input> {
    if paths.is_empty() {
        return vec![super::index::input(session, Path::new("-"))];
    }
    paths
        .iter()
        .map(|path| super::index::input(session, path))
        .collect()
}

/// Writes a batch of articles, and returns those that the program failed on.
type WriteBatch<'a> = dyn Fn(&[Article], &mut dyn Write) -> std::io::Result<Vec<Reject>> + 'a;

/// Reads articles in order and writes them in batches; what cannot be read is told and passed over.
fn each(
    session: &mut Session<'_>,
    settings: &Settings,
    inputs: &[Input],
    options: &ReadOptions,
    write: &WriteBatch<'_>,
) -> Result<Status, Failure> {
    let mut batch: Vec<Article> = Vec::new();
    let mut bytes = 0_usize;
    let mut articles = 0_u64;
    let mut rejects: Vec<Reject> = Vec::new();
    let mut rejected = 0_u64;
    let mut left_out: Vec<Reject> = Vec::new();
    let mut not_news = 0_u64;
    let mut failed = None;
    let mut faults = Vec::new();
    let out: &mut dyn Write = session.out;
    let warnings = read_articles(inputs, options, &mut |article| {
        if settings.cancel.is_cancelled() {
            return ControlFlow::Break(());
        }
        match article {
            Ok(article) => {
                articles = articles.saturating_add(1);
                bytes = bytes.saturating_add(article.text.len());
                batch.push(article);
            }
            Err(reject) if !reject.kind.is_fault() => {
                not_news = not_news.saturating_add(1);
                if left_out.len() < 20 {
                    left_out.push(reject);
                }
            }
            Err(reject) => {
                rejected = rejected.saturating_add(1);
                if rejects.len() < 20 {
                    rejects.push(reject);
                }
            }
        }
        if batch.len() >= ARTICLES || bytes >= BYTES {
            bytes = 0;
            match write(&batch, out) {
                Ok(found) => faults.extend(found),
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            batch.clear();
        }
        ControlFlow::Continue(())
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    faults.extend(write(&batch, out)?);
    out.flush()?;
    rejected = rejected.saturating_add(faults.len() as u64);
    rejects.extend(faults);
    let mut messages = Messages::new(session.err, settings);
    for warning in warnings.iter().take(20) {
        messages.warn(&warning.to_string());
    }
    if warnings.len() > 20 {
        messages.warn("more such warnings are not shown");
    }
    for reject in &rejects {
        messages.reject(&reject.to_string());
    }
    let more = rejected.saturating_sub(rejects.len() as u64);
    if more > 0 {
        messages.reject(&format!("{more} more could not be read"));
    }
    // Who gets nothing wants to know why.
    if settings.verbose || articles == 0 {
        for reject in &left_out {
            messages.warn(&format!("{reject}; left out as no news"));
        }
        let more = not_news.saturating_sub(left_out.len() as u64);
        if more > 0 {
            messages.warn(&format!("{more} more left out as no news"));
        }
    }
    Ok(if settings.cancel.is_cancelled() {
        Status::Interrupted
    } else {
        Status::of_answer(articles, rejected > 0)
    })
}
