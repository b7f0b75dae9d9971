//! Who wrote it: persons, as printed.

use serde_json::{Map, Value};

use super::gather::{Gathered, Spot};
use super::json_ld;
use super::names::{NOBODY, Trust, before_date, extend, is_label, people, without_label};
use super::words::words;

/// Returns the authors, joined with `; `.
pub(super) fn choose(
    gathered: &Gathered,
    objects: &[Map<String, Value>],
    site: Option<&str>,
) -> Option<String> {
    let site = site.map(words).unwrap_or_default();
    let names = names(gathered, objects, &site);
    (!names.is_empty()).then(|| names.join("; "))
}

fn names(gathered: &Gathered, objects: &[Map<String, Value>], site: &[String]) -> Vec<String> {
    let stated = from_json(objects);
    let (doubt, marked) = from_bylines(gathered, site);
    // Systems state the account that published, or the first of several, where the byline names all.
    let persons = stated.iter().any(|name| !is_account(name, site));
    if persons {
        let all = marked.len() > stated.len()
            && doubt <= 3
            && stated
                .iter()
                .all(|name| marked.iter().any(|other| words(other) == words(name)));
        return if all {
            marked
        } else {
            stated
                .into_iter()
                .map(|name| spelled(name, &marked))
                .collect()
        };
    }
    if doubt <= 2 && !marked.is_empty() {
        let known: Vec<String> = METAS
            .iter()
            .flat_map(|name| gathered.metas(name))
            .flat_map(|content| people(content, Trust::Open, site))
            .collect();
        return marked
            .into_iter()
            .map(|name| without_office(name, &known))
            .collect();
    }
    for name in METAS {
        let mut names = Vec::new();
        for content in gathered.metas(name) {
            extend(&mut names, people(content, Trust::Open, site));
        }
        if !names.is_empty() {
            return names;
        }
    }
    let label = gathered
        .meta("twitter:label1")
        .unwrap_or_default()
        .to_lowercase();
    let written = [
        "writ",
        "verfasst",
        "geschrieben",
        "écrit",
        "escrito",
        "author",
        "autor",
        "par",
    ];
    if written.iter().any(|word| label.contains(word)) {
        let names = gathered
            .meta("twitter:data1")
            .map(|content| people(content, Trust::Marked, site));
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            return names;
        }
    }
    [marked, from_lines(gathered, site), stated]
        .into_iter()
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// Returns a stated name as the byline spells it: `janeroe` is the account of `Jane Roe`.
fn spelled(name: String, marked: &[String]) -> String {
    if name.contains(' ') {
        return name;
    }
    let joined = |name: &str| words(name).concat();
    let same = marked
        .iter()
        .find(|other| other.contains(' ') && joined(other) == joined(&name));
    same.cloned().unwrap_or(name)
}

/// Returns the name of a byline without the office behind it, where a field for machines has it so: `Jane Roe
/// Political Editor`.
fn without_office(name: String, known: &[String]) -> String {
    let own = words(&name);
    let start = known
        .iter()
        .find(|known| words(known).len() < own.len() && own.starts_with(&words(known)));
    start.cloned().unwrap_or(name)
}

/// Meta elements that name authors, surest first.
const METAS: [&str; 12] = [
    "parsely-author",
    "sailthru.author",
    "author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "cxenseparse:author",
    "article:author",
    "og:article:author",
    "article.author",
    "author_name",
];

/// Tells whether a stated author is the outlet itself or an account that nobody is called by.
fn is_account(name: &str, site: &[String]) -> bool {
    let folded = words(name);
    folded.iter().any(|word| NOBODY.contains(&word.as_str()))
        || !site.is_empty()
            && (folded == site
                || folded.iter().all(|word| site.contains(word))
                || site.iter().all(|word| folded.contains(word)))
}

/// The persons that JSON-LD names; bodies are nobody's byline.
fn from_json(objects: &[Map<String, Value>]) -> Vec<String> {
    let mut names = Vec::new();
    let Some(article) = json_ld::article(objects) else {
        return names;
    };
    for key in ["author", "creator"] {
        if let Some(value) = article.get(key) {
            persons(value, objects, 0, &mut names);
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

fn persons(value: &Value, objects: &[Map<String, Value>], depth: usize, names: &mut Vec<String>) {
    if depth > 4 {
        return;
    }
    match value {
        Value::String(text) => extend(names, people(text, Trust::Stated, &[])),
        Value::Array(values) => {
            for value in values.iter().take(40) {
                persons(value, objects, depth.saturating_add(1), names);
            }
        }
        Value::Object(object) => {
            let types = json_ld::types(object);
            if !types.iter().any(|kind| kind == "person")
                && types.iter().any(|kind| {
                    kind.contains("organi")
                        || kind == "corporation"
                        || kind == "brand"
                        || kind == "thing"
                })
            {
                return;
            }
            match object.get("name") {
                Some(Value::String(name)) => extend(names, people(name, Trust::Stated, &[])),
                Some(list @ Value::Array(_)) => {
                    persons(list, objects, depth.saturating_add(1), names);
                }
                _ => {
                    let given = object.get("givenName").and_then(Value::as_str);
                    let family = object.get("familyName").and_then(Value::as_str);
                    if let (Some(given), Some(family)) = (given, family) {
                        extend(
                            names,
                            people(&format!("{given} {family}"), Trust::Stated, &[]),
                        );
                    } else if let Some(id) = object.get("@id").and_then(Value::as_str) {
                        let found = objects.iter().find(|other| {
                            other.get("@id").and_then(Value::as_str) == Some(id)
                                && other.contains_key("name")
                        });
                        if let Some(found) = found {
                            persons(
                                &Value::Object(found.clone()),
                                objects,
                                depth.saturating_add(1),
                                names,
                            );
                        }
                    }
                }
            }
        }
        _ => {}
    }
}

/// Names of classes under which names of others stand, or other things about an author.
const OTHERS: [&str; 7] = [
    "bio", "related", "avatar", "image", "social", "desc", "menu",
];

/// The authors that elements marked as such name: those marked surest and nearest to the headline.
fn from_bylines(gathered: &Gathered, site: &[String]) -> (u32, Vec<String>) {
    let headline = gathered.headline();
    let mut ranked: Vec<(u32, &Spot, Vec<String>)> = Vec::new();
    for spot in &gathered.bylines {
        let own = spot.own_hints();
        let text = spot
            .value
            .as_deref()
            .filter(|_| spot.text.is_empty())
            .unwrap_or(&spot.text);
        if text.chars().count() > 120
            || OTHERS.iter().any(|word| own.contains(word))
            || ["comment", "kommentar"]
                .iter()
                .any(|word| spot.hints.contains(word))
        {
            continue;
        }
        let sure = own.split_whitespace().any(|word| word == "author");
        let few =
            sure && (spot.tag == "a" || spot.tag == "span") && text.split_whitespace().count() <= 4;
        let mut names = people(text, if few { Trust::Marked } else { Trust::Open }, site);
        if names.is_empty()
            && let Some(tail) = behind_date(text)
        {
            names = people(tail, Trust::Open, site);
        }
        if names.is_empty() {
            continue;
        }
        let link = spot.tag == "a";
        let name = own.contains("name");
        let distance = spot.behind(headline);
        let place = match distance {
            -60..=200 => 0,
            201..=1200 => 2,
            _ => 6,
        };
        let marks = match (sure, link, name) {
            (true, true, _) => 0,
            (true, _, _) | (_, _, true) => 1,
            (_, true, _) => 2,
            _ => 3,
        };
        let beside = match (spot.aside, sure) {
            (true, true) => 2,
            (true, false) => 5,
            _ => 0,
        };
        let long = if text.chars().count() > 60 { 2 } else { 0 };
        let accounts = names.iter().all(|name| is_account(name, site));
        let account = if accounts { 3 } else { 0 };
        let doubt: u32 = [place, marks, beside, long, account].into_iter().sum();
        ranked.push((doubt, spot, names));
    }
    let Some(least) = ranked
        .iter()
        .map(|(doubt, ..)| *doubt)
        .min()
        .filter(|doubt| *doubt <= 9)
    else {
        return (u32::MAX, Vec::new());
    };
    let mut names = Vec::new();
    let mut first: Option<&Spot> = None;
    for (doubt, spot, more) in ranked {
        // The others of the same byline stand beside the first.
        let beside = first.is_none_or(|first| {
            spot.order.abs_diff(first.order) <= 24
                && spot.tag == first.tag
                && spot.hints == first.hints
        });
        if doubt == least && beside {
            first = first.or(Some(spot));
            extend(&mut names, more);
        }
    }
    (least, names)
}

/// Returns what stands behind the last `by`: `Posted on September 21, 2020 by Jane Roe`.
fn behind_date(text: &str) -> Option<&str> {
    let tails = [" by ", " von ", " par ", " por "]
        .iter()
        .filter_map(|joint| Some(text.rsplit_once(joint)?.1));
    tails.min_by_key(|tail| tail.len())
}

/// A line such as `By Jane Roe` near the headline, or a label on a line of its own before a name.
fn from_lines(gathered: &Gathered, site: &[String]) -> Vec<String> {
    let headline = gathered.headline();
    let mut label = false;
    for spot in gathered.lines.iter().filter(|spot| !spot.aside) {
        let distance = spot.behind(headline);
        let length = spot.text.chars().count();
        let after_label = std::mem::replace(&mut label, is_label(&spot.text));
        if !(-60..=1000).contains(&distance) || length > 80 {
            continue;
        }
        if after_label && spot.text.split_whitespace().count() <= 4 {
            let names = people(&spot.text, Trust::Marked, site);
            if !names.is_empty() {
                return names;
            }
        }
        if !(-40..=240).contains(&distance) {
            continue;
        }
        let stripped = without_label(&spot.text);
        let inner = [" by ", " von ", " par "]
            .iter()
            .find_map(|joint| Some(spot.text.split_once(joint)?.1));
        let name = if stripped.len() < spot.text.len() {
            Some(stripped)
        } else {
            inner
        };
        let names = name.map_or_else(Vec::new, |name| people(name, Trust::Open, site));
        // In a sentence, `by` is followed by more than names.
        let whole = name.is_some_and(|name| before_date(name).split_whitespace().count() <= 9);
        if !names.is_empty() && whole {
            return names;
        }
    }
    Vec::new()
}
