//! From the text of a file to corrections.

use toml_edit::{Document, Item, Table, Value};

use super::{Correction, CorrectionKind, Fault};

/// Reads the entries of a file, in their order.
pub(super) fn entries(text: &str) -> Result<Vec<Correction>, Fault> {
    let lines = Lines::of(text);
    let line = |at: usize| lines.line(at);
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        Fault::new(line(at), message)
    })?;
    let mut entries = Vec::new();
    let root = document.as_table();
    for (key, item) in root {
        let at = line(span_of(root, key, item));
        let kind = CorrectionKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == key)
            .ok_or_else(|| Fault::new(at, unknown(key, &["alias", "merge", "split"])))?;
        let tables = item
            .as_array_of_tables()
            .ok_or_else(|| Fault::new(at, format!("write [[{key}]], and what it says below")))?;
        for table in tables {
            let start = table.span().map_or(0, |span| span.start);
            entries.push((start, entry(kind, table, &lines, line(start))?));
        }
    }
    // The parser gives all entries of a kind together.
    entries.sort_by_key(|(start, _)| *start);
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn entry(
    kind: CorrectionKind,
    table: &Table,
    lines: &Lines,
    start: usize,
) -> Result<Correction, Fault> {
    let mut correction = Correction {
        kind,
        person: None,
        names: Vec::new(),
        line: start,
    };
    for (key, item) in table {
        let at = lines.line(span_of(table, key, item));
        match key {
            "person" if kind != CorrectionKind::Split => {
                correction.person = Some(name(item.as_str(), "person", at)?);
            }
            "names" => {
                let names = item.as_array().ok_or_else(|| {
                    Fault::new(at, "names is a list: names = [\"Jane Roe\", \"J. Roe\"]")
                })?;
                for value in names {
                    let at = value.span().map_or(at, |span| lines.line(span.start));
                    correction
                        .names
                        .push(name(Value::as_str(value), "a name", at)?);
                }
            }
            key => {
                let known: &[&str] = if kind == CorrectionKind::Split {
                    &["names"]
                } else {
                    &["person", "names"]
                };
                return Err(Fault::new(at, unknown(key, known)));
            }
        }
    }
    let missing = |what: &str| {
        let kind = kind.as_str();
        Fault::new(start, format!("this [[{kind}]] has no {what}"))
    };
    if correction.person.is_none() && kind != CorrectionKind::Split {
        return Err(missing("person"));
    }
    if correction.names.is_empty() {
        return Err(missing("names"));
    }
    Ok(correction)
}

fn name(value: Option<&str>, what: &str, line: usize) -> Result<String, Fault> {
    let fault = || {
        Fault::new(
            line,
            format!("{what} is text in quotation marks, and not empty"),
        )
    };
    let name = value.map(str::trim).filter(|name| !name.is_empty());
    name.map(ToOwned::to_owned).ok_or_else(fault)
}

fn unknown(key: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .find(|known| strsim::damerau_levenshtein(key, known) <= 2);
    match near {
        Some(near) => format!("\"{key}\" is unknown here; try {near}"),
        None => format!("\"{key}\" is unknown here; there is {}", known.join(", ")),
    }
}

/// Where a key stands, or else what it holds.
fn span_of(table: &Table, key: &str, item: &Item) -> usize {
    let key = table.key(key).and_then(toml_edit::Key::span);
    key.or_else(|| item.span()).map_or(0, |span| span.start)
}

/// Where lines end. A file of a megabyte has many values, and each is asked for its line.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at).saturating_add(1)
    }
}
