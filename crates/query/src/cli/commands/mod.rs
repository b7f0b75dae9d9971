//! What each command does.

mod aggregate;
mod ask;
mod check;
mod extract;
mod index;
mod keep;
mod kwic;
mod people;
mod search;
mod show;
mod upkeep;
mod variants;
mod who;

use super::args::Command;
use super::messages::Messages;
use super::render_text::names_of;
use super::settings::Settings;
use super::status::{Failure, Status};
use super::{Session, renderer};
use crate::ast::{Node, Text, TextField};
use crate::{Archive, Error, Query, Unit};

/// Runs one command.
pub(super) fn run(
    session: &mut Session<'_>,
    settings: &Settings,
    command: Command,
) -> Result<Status, Failure> {
    match command {
        Command::Index(args) => index::index(session, settings, args),
        Command::Watch(args) => index::watch(session, settings, &args),
        Command::Ask(args) => ask::ask(session, settings, &args),
        Command::Check(args) => check::check(session, settings, &args),
        Command::Search(args) => search::search(session, settings, &args),
        Command::Kwic(args) => kwic::kwic(session, settings, &args),
        Command::Show(args) => show::show(session, settings, &args),
        Command::Variants(args) => variants::variants(session, settings, &args),
        Command::Facet(args) => aggregate::facet(session, settings, &args),
        Command::Timeline(args) => aggregate::timeline(session, settings, &args),
        Command::Speakers(args) => people::speakers(session, settings, &args),
        Command::Alias(args) => people::alias(session, settings, &args),
        Command::Merge(args) => people::merge(session, settings, &args),
        Command::Split(args) => people::split(session, settings, &args),
        Command::Extract(args) => extract::extract(session, settings, &args),
        Command::Convert(args) => extract::convert(session, settings, &args),
        Command::Export(args) => upkeep::export(session, settings, &args),
        Command::Status => upkeep::status(session, settings),
        Command::Verify(args) => keep::verify(session, settings, &args),
        Command::Compact => keep::compact(session, settings),
        Command::Forget(args) => keep::forget(session, settings, &args),
        Command::Completions { shell } => upkeep::completions(session, shell),
        Command::Man { command, out } => upkeep::man(session, command.as_deref(), out.as_deref()),
    }
}

/// Joins the words of a question or query. Without any, `--corpus` has taken them for files.
fn words(what: &str, words: &[String]) -> Result<String, Failure> {
    if words.is_empty() {
        return Err(Failure::Usage(format!(
            "no {what}: --corpus takes all that follows it; put the {what} first"
        )));
    }
    Ok(words.join(" "))
}

/// Reads the words of a query as one text; faults are shown under it.
fn query(
    session: &mut Session<'_>,
    settings: &Settings,
    words: &[String],
) -> Result<Query, Failure> {
    let text = words.join(" ");
    if text.trim().is_empty() {
        return Ok(Query::new(crate::ast::Node::All, &settings.options()));
    }
    match Query::parse(&text, &settings.options()) {
        Ok(query) => Ok(query),
        Err(error) => {
            let faults: Vec<_> = error
                .problems()
                .iter()
                .filter(|problem| !problem.is_warning())
                .cloned()
                .collect();
            Messages::new(session.err, settings).carets(&text, &faults);
            Err(error.into())
        }
    }
}

/// Names that an explanation lists at most.
const LISTED: usize = 12;

/// Says how the query was read, when asked to.
fn explain(
    session: &mut Session<'_>,
    settings: &Settings,
    archive: &Archive,
    query: &Query,
    names: &[(String, Vec<(String, u64)>)],
) -> Result<(), Error> {
    if !settings.explain {
        return Ok(());
    }
    let mut messages = Messages::new(session.err, settings);
    messages.note(&format!("tree     {:?}", query.node()));
    query.node().walk(&mut |node| {
        if let crate::ast::Node::Date { field, range } = node
            && let Some((first, last)) = range.resolve(Some(settings.today()))
        {
            let day =
                |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            messages.note(&format!(
                "days     {field}:{range} is {}..{}{}",
                day(first),
                day(last),
                if range.is_relative() {
                    format!(", today being {}", settings.day())
                } else {
                    String::new()
                }
            ));
        }
    });
    if names.is_empty() {
        return Ok(());
    }
    let persons = archive.persons()?;
    for (asked, names) in names {
        let mut listed: Vec<String> = names
            .iter()
            .take(LISTED)
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        if listed.is_empty() {
            listed.push("nobody's name, but part of a description or an office".to_owned());
        }
        if let more @ 1.. = names.len().saturating_sub(LISTED) {
            listed.push(format!("and {more} more"));
        }
        messages.note(&format!("names    {asked} is {}", listed.join(", ")));
        for (name, _) in names.iter().take(LISTED) {
            if let Some(person) = persons.person_of(name).filter(|of| of.names.len() > 1) {
                let names = names_of(&person).join(", ");
                messages.note(&format!("         {} is written {names}", person.name));
            }
        }
    }
    Ok(())
}

/// Parts of a query of which each is told how much there would be without it, at most.
const PARTS_TOLD: usize = 20;

/// Says that nothing was found, and how much would be without each part of the query.
fn nothing_found(
    messages: &mut Messages<'_>,
    archive: &Archive,
    query: &Query,
    settings: &Settings,
    unit: Unit,
) -> Result<(), Error> {
    messages.note("nothing found");
    if archive.holdings()?.articles == 0 {
        messages.note("the archive is empty; fill it with: whosaid index PATH…");
        return Ok(());
    }
    let count = |node: Node| -> Result<u64, Error> {
        let query = Query::new(node, &settings.options());
        let search = settings.limit(archive.search(&query));
        Ok(search.unit(unit).limit(0).run()?.total())
    };
    if let Some(loose) = query.node().in_any_order() {
        let shown = loose.to_string();
        match count(loose)? {
            0 => {}
            found => messages.note(&format!(
                "  {found:>6}  with the words in any order: {shown}"
            )),
        }
    }
    if unit == Unit::Quotations && !query.includes_indirect() {
        let indirect = Node::text(TextField::Kind, Text::word("indirect"));
        let node = Node::all_of([query.node().clone(), indirect]);
        let shown = node.to_string();
        match count(node)? {
            0 => {}
            found => messages.note(&format!("  {found:>6}  in indirect speech: {shown}")),
        }
    }
    let Node::And(parts) = query.node() else {
        return Ok(());
    };
    // Each is a search of its own over all the others.
    if parts.len() > PARTS_TOLD {
        return Ok(());
    }
    for index in 0..parts.len() {
        let mut rest = parts.clone();
        let part = match rest.remove(index) {
            part @ Node::Or(_) => format!("({part})"),
            part => part.to_string(),
        };
        let found = count(Node::all_of(rest))?;
        messages.note(&format!("  {found:>6}  without {part}"));
    }
    Ok(())
}
