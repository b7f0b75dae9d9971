//! `whosaid check`

use std::io::Read;
use std::time::Instant;

use super::super::args::Check;
use super::super::corpus;
use super::super::numbers::coverage;
use super::super::place::Places;
use super::super::render::Checking;
use super::{Failure, Messages, Session, Settings, Status, renderer, words};
use crate::ast::Node;
use crate::{CheckOptions, Checked, Query, Verdict};

/// Bytes of a text that is checked, at most: a long article has a hundredth of it.
const LONGEST: u64 = 1 << 20;

pub(super) fn check(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Check,
) -> Result<Status, Failure> {
    let text = match args.text.as_slice() {
        [dash] if dash == "-" => standard_input(session)?,
        text => words("text", text)?,
    };
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let started = Instant::now();
    let mut options = CheckOptions::new()
        .limit(args.limit)
        .cancel(settings.cancel.clone());
    if let Some(deadline) = settings.deadline() {
        options = options.deadline(deadline);
    }
    let check = archive.check(&text, &options)?;
    let ms = started.elapsed().as_millis() as u64;
    {
        let mut messages = Messages::new(session.err, settings);
        let all = Query::new(Node::All, &settings.options());
        messages.note(&format!("searched {}", coverage(&check.searched, &all)));
        messages.warnings(&check.warnings);
        if check.partial {
            messages.warn("stopped before all was seen; there may be more");
        }
        if settings.explain {
            for checked in &check.quotations {
                let speaker = checked.speaker.as_deref().unwrap_or("nobody named");
                let likeness = checked.matches.first().map_or(0.0, |found| found.likeness);
                messages.note(&format!(
                    "bytes    {}..{} by {speaker}: {} of 1 alike",
                    checked.span.start,
                    checked.span.end,
                    super::super::records::thousandths(likeness)
                ));
            }
        }
    }
    let places = Places::new(&archive, &session.here).counted_in(args.offsets);
    let mut render = renderer(session.out, settings, Some(places));
    render.check(&Checking {
        input: &text,
        check: &check,
        ms,
    })?;
    render.finish()?;
    let mut checked = check.quotations.iter();
    let found = if args.strict {
        checked.all(Checked::stands)
    } else {
        checked.any(|checked| checked.verdict != Verdict::NotFound)
    };
    Ok(Status::of_answer(u64::from(found), check.partial))
}

fn standard_input(session: &mut Session<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    if let Some(stdin) = session.stdin.take() {
        let read = stdin.take(LONGEST + 1).read_to_end(&mut bytes);
        read.map_err(|source| Failure::Io {
            what: "cannot read standard input".to_owned(),
            source,
        })?;
    }
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::Usage(
            "standard input is larger than 1 MB; check one article at a time".to_owned(),
        ));
    }
    String::from_utf8(bytes).map_err(|_| Failure::Usage("standard input is not UTF-8".to_owned()))
}
