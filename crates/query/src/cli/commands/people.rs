//! `whosaid speakers`, `alias`, `merge` and `split`

use super::super::args::{Alias, Format, Merge, Speakers, Split};
use super::super::corpus;
use super::super::render::Card;
use super::who::{Who, called, named};
use super::{Failure, Messages, Session, Settings, Status, renderer};
use crate::ast::{Node, Text, TextField};
use crate::{Archive, Corrections, FacetCounts, FacetField, FacetValue, Person, Persons, Query};

/// Quotations read for what articles call somebody.
const READ: u64 = 5000;

pub(super) fn speakers(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Speakers,
) -> Result<Status, Failure> {
    let name = args.name.join(" ");
    let name = name.trim();
    let archive = corpus::open(session, settings, &args.corpus.corpus)?;
    let persons = archive.persons()?;
    let (mut counts, warnings, partial) = if name.is_empty() {
        (everybody(&persons), Vec::new(), false)
    } else {
        let found = called(&archive, settings, name)?;
        let warnings = found.warnings().to_vec();
        (
            counts(named(&found, &persons)),
            warnings,
            found.is_partial(),
        )
    };
    if let Some(person) = asked(&persons, &counts, name) {
        let others = counts.values.iter().filter(|of| of.value != person.name);
        let others: Vec<&str> = others.map(|of| of.value.as_str()).take(3).collect();
        if !others.is_empty() {
            let others = format!("the name is also in: {}", others.join(", "));
            Messages::new(session.err, settings).note(&others);
        }
        let profile = archive.profile(&person, READ)?;
        let mut render = renderer(session.out, settings, None);
        render.person(&Card {
            person: &person,
            profile: Some(&profile),
        })?;
        render.finish()?;
        return Ok(Status::of_answer(1, partial));
    }
    if counts.distinct == 0 {
        let mut messages = Messages::new(session.err, settings);
        match warnings.as_slice() {
            [] => messages.note("nobody found"),
            warnings => messages.warnings(warnings),
        }
    }
    if !args.all {
        let rest = counts.values.iter().skip(args.limit);
        counts.other = rest.map(|value| value.count).sum();
        counts.values.truncate(args.limit);
    }
    let mut render = renderer(session.out, settings, None);
    if settings.format == Format::Text {
        render.facet(&counts, &Query::all())?;
    } else {
        for value in &counts.values {
            if let Some(person) = &persons.person_of(&value.value) {
                render.person(&Card {
                    person,
                    profile: None,
                })?;
            }
        }
    }
    render.finish()?;
    Ok(Status::of_answer(counts.distinct, partial))
}

/// Counts the quotations of all persons, indirect speech included.
fn everybody(persons: &Persons) -> FacetCounts {
    let all = (0..persons.len() as u32).filter_map(|person| {
        Some(FacetValue {
            value: persons.shown_by(person)?.to_owned(),
            count: persons.count(person),
            selected: false,
        })
    });
    counts(all.collect())
}

fn counts(values: Vec<FacetValue>) -> FacetCounts {
    FacetCounts {
        field: FacetField::Speaker,
        distinct: values.len() as u64,
        values,
        other: 0,
        missing: 0,
    }
}

pub(super) fn alias(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Alias,
) -> Result<Status, Failure> {
    let archive = Archive::open(settings.archive()?)?;
    let persons = archive.persons()?;
    let _lock = archive.lock_corrections()?;
    let mut corrections = archive.corrections()?;
    let who = Who {
        archive: &archive,
        settings,
        persons: &persons,
        corrections: &corrections,
    };
    let person = match who.shown(&args.person) {
        Some(shown) => who.tell(session, &args.person, shown),
        None => who.only(session, &args.person, &[])?,
    };
    if args.remove {
        for name in &args.names {
            let given = corrections.iter().any(|entry| {
                entry.person.is_some() && entry.names.iter().any(|given| given == name)
            });
            let whose = corrections.person_of(name);
            if !given || whose != Some(corrections.person_of(&person).unwrap_or(&person)) {
                return Err(Failure::Usage(format!(
                    "no correction gives \"{name}\" to \"{person}\"; what is joined by itself is parted with split"
                )));
            }
        }
        corrections.take_back(&args.names)?;
    } else {
        for name in &args.names {
            if persons.alias(name).is_none() && !is_source(&archive, settings, name)? {
                Messages::new(session.err, settings).note(&format!(
                    "nobody is called \"{name}\" in this archive yet; searches for it will find {person}"
                ));
            }
        }
        corrections.alias(&person, &args.names)?;
    }
    let mut concerned = vec![person.as_str()];
    if args.remove {
        concerned.extend(args.names.iter().map(String::as_str));
    }
    write(session, settings, &archive, &corrections, &concerned)
}

pub(super) fn merge(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Merge,
) -> Result<Status, Failure> {
    let archive = Archive::open(settings.archive()?)?;
    let persons = archive.persons()?;
    let _lock = archive.lock_corrections()?;
    let mut corrections = archive.corrections()?;
    let who = Who {
        archive: &archive,
        settings,
        persons: &persons,
        corrections: &corrections,
    };
    let mut names = Vec::new();
    for name in &args.names {
        names.push(if who.is_known(name) {
            name.clone()
        } else {
            who.only(session, name, &[])?
        });
    }
    // It may be a name that the archive does not have, and its words be in those that are merged.
    let person = if who.is_full(&args.person) {
        args.person.clone()
    } else if who.fitting(&args.person, &names)?.is_empty() {
        let new = who.new_name(&args.person, &names);
        Messages::new(session.err, settings).note(&new);
        args.person.clone()
    } else {
        who.only(session, &args.person, &names)?
    };
    corrections.merge(&person, &names)?;
    write(session, settings, &archive, &corrections, &[&person])
}

pub(super) fn split(
    session: &mut Session<'_>,
    settings: &Settings,
    args: &Split,
) -> Result<Status, Failure> {
    let archive = Archive::open(settings.archive()?)?;
    let persons = archive.persons()?;
    let _lock = archive.lock_corrections()?;
    let before = archive.corrections()?;
    let who = Who {
        archive: &archive,
        settings,
        persons: &persons,
        corrections: &before,
    };
    if let Some(name) = args.names.iter().find(|name| !who.is_known(name)) {
        return Err(who.unknown(name));
    }
    let mut corrections = before.clone();
    corrections.take_back(&args.names)?;
    // What was joined by correction alone is parted without one.
    if is_one(&archive.persons_with(&corrections)?, &args.names) {
        corrections.split(&args.names)?;
    }
    if corrections == before {
        let note = match args.names.as_slice() {
            [only] => format!("\"{only}\" is nobody else's name"),
            _ => "they are different people already".to_owned(),
        };
        Messages::new(session.err, settings).note(&note);
        return Ok(Status::Done);
    }
    let concerned: Vec<&str> = args.names.iter().map(String::as_str).collect();
    write(session, settings, &archive, &corrections, &concerned)
}

/// Tells whether two of the names are one person's, or a single one is not the only name of its person.
fn is_one(persons: &Persons, names: &[String]) -> bool {
    let bearers = names.iter().filter_map(|name| persons.alias(name));
    let mut bearers: Vec<&str> = bearers.map(|(shown, _)| shown).collect();
    if let [only] = bearers.as_slice() {
        return persons
            .person_of(only)
            .is_some_and(|person| person.names.len() > 1);
    }
    bearers.sort_unstable();
    bearers.array_windows().any(|[one, two]| one == two)
}

/// Writes the corrections, and prints whom they concern as they are now.
fn write(
    session: &mut Session<'_>,
    settings: &Settings,
    archive: &Archive,
    corrections: &Corrections,
    concerned: &[&str],
) -> Result<Status, Failure> {
    archive.correct(corrections)?;
    let persons = archive.persons()?;
    let mut shown: Vec<Person> = Vec::new();
    for name in concerned {
        let person = persons.person_of(name);
        shown.extend(person.filter(|person| shown.iter().all(|other| other.name != person.name)));
    }
    let mut render = renderer(session.out, settings, None);
    for person in &shown {
        render.person(&Card {
            person,
            profile: None,
        })?;
    }
    render.finish()?;
    Ok(Status::Done)
}

/// The one person who is meant by a name: who bears it exactly, or alone of all that were found has a name.
fn asked(persons: &Persons, found: &FacetCounts, name: &str) -> Option<Person> {
    if name.is_empty() {
        return None;
    }
    let mut named = found
        .values
        .iter()
        .filter_map(|of| Some(persons.alias(&of.value)?.0));
    let exact = persons.person_of(name);
    let first = exact.or_else(|| persons.person_of(named.clone().next()?))?;
    let is_exact = first.names.iter().any(|alias| alias.name == name);
    let is_alone = named.all(|other| other == first.name);
    (is_exact || is_alone).then_some(first)
}

/// Tells whether a source without a name is called so.
fn is_source(archive: &Archive, settings: &Settings, name: &str) -> Result<bool, Failure> {
    let node = Node::Text {
        field: Some(TextField::Speaker),
        exact: true,
        text: Text::phrase(name),
    };
    let query = Query::new(node, &settings.options());
    Ok(archive.search(&query).limit(0).run()?.total() > 0)
}
