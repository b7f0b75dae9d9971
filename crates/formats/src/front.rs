//! Front matter: fields above a text, between `---` or `+++`, or as lines such as `Title: …`.

use serde_json::Value;

use crate::Field;
use crate::fields::Draft;
use crate::json::text_of;
use crate::names::{Usual, usual};
use crate::wire::byline;

/// Bytes of front matter, at most.
const LONGEST: usize = 64 << 10;

/// Names of lines above a text: fewer than columns have, for a speaker may be called `Reporter:`.
const NAMES: [&str; 19] = [
    "title",
    "headline",
    "date",
    "published",
    "updated",
    "author",
    "authors",
    "byline",
    "by",
    "source",
    "publisher",
    "publication",
    "url",
    "link",
    "lang",
    "language",
    "id",
    "tags",
    "category",
];

/// Takes the front matter off a text: what it says, and the text below it.
pub(crate) fn front(text: &str) -> Option<(Draft, &str)> {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let (first, rest) = start.split_once('\n')?;
    let (draft, body) = match first.trim_end() {
        "---" => {
            let (matter, body) = until(rest, &["---", "..."])?;
            (yaml(matter)?, body)
        }
        "+++" => {
            let (matter, body) = until(rest, &["+++"])?;
            (toml(matter)?, body)
        }
        _ => named_lines(start)?,
    };
    Some((draft, body))
}

/// Splits a text at the first line that is one of `ends`.
fn until<'a>(text: &'a str, ends: &[&str]) -> Option<(&'a str, &'a str)> {
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let (above, below) = text.split_at_checked(at)?;
        if ends.contains(&line.trim_end()) {
            return Some((above, below.strip_prefix(line)?));
        }
        at = at.saturating_add(line.len());
        if at > LONGEST {
            return None;
        }
    }
    None
}

fn yaml(matter: &str) -> Option<Draft> {
    let object = serde_saphyr::from_str::<serde_json::Map<String, Value>>(matter);
    // `title: Talks: no end` is no YAML, and usual.
    let object = object
        .ok()
        .or_else(|| loose(matter))
        .filter(|object| !object.is_empty())?;
    Some(draft(
        object.iter().map(|(key, value)| (&**key, value.clone())),
    ))
}

fn toml(matter: &str) -> Option<Draft> {
    let table: toml::Table = matter.parse().ok()?;
    Some(draft(table.iter().map(|(key, value)| {
        let value = match value {
            toml::Value::Datetime(at) => Value::String(at.to_string()),
            value => serde_json::to_value(value).unwrap_or_default(),
        };
        (&**key, value)
    })))
}

fn draft<'a>(values: impl Iterator<Item = (&'a str, Value)>) -> Draft {
    let mut draft = Draft::default();
    for (key, value) in values {
        // The text is below: a description is none.
        let Some(usual) = usual(key).filter(|usual| usual.field != Field::Text) else {
            continue;
        };
        if let Some((text, _)) = text_of(&value, usual) {
            draft.offer(
                Usual {
                    html: false,
                    ..usual
                },
                text,
            );
        }
    }
    draft
}

/// Reads the lines of what is no YAML; those that are indented belong to values that are not read.
fn loose(matter: &str) -> Option<serde_json::Map<String, Value>> {
    let mut object = serde_json::Map::new();
    for line in matter.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        let bare = value
            .strip_prefix(['"', '\''])
            .and_then(|inner| inner.strip_suffix(['"', '\'']))
            .unwrap_or(value);
        object.insert(key.trim().to_owned(), Value::String(bare.to_owned()));
    }
    Some(object)
}

/// Lines above a text that are known by name, from which on others among them are theirs too: `Section: Weather`.
const SURE: usize = 2;

/// Reads lines such as `Title: …` above a blank line; among them a byline without a name, `By Lena Mott`, and lines of
/// other names are passed over.
fn named_lines(text: &str) -> Option<(Draft, &str)> {
    let mut rest = text;
    let mut values = Vec::new();
    let mut lines = 0_usize;
    while let Some((line, body)) = rest.split_once('\n') {
        rest = body;
        if line.trim().is_empty() {
            let mut fields = draft(values.into_iter());
            let author = &mut fields.fields.author;
            *author = author.as_deref().and_then(byline::author);
            return (!body.trim().is_empty() && fields != Draft::default())
                .then_some((fields, body));
        }
        lines = lines.saturating_add(1);
        let named = line
            .split_once(':')
            .map(|(key, value)| (key.trim_end(), value.trim()));
        let is_known = |key: &str| NAMES.iter().any(|name| key.eq_ignore_ascii_case(name));
        let (key, value) = match named {
            Some((key, value)) if is_known(key) && !value.is_empty() => (key, value),
            _ if lines > NAMES.len() || values.is_empty() => return None,
            None if is_byline(line) => ("byline", line.trim()),
            Some((key, _)) if values.len() >= SURE && is_name(key) => continue,
            _ => return None,
        };
        // `Date: 2025-10-25 Talks Are Off` is a title with its date.
        if values.is_empty()
            && crate::title::header(line).is_some_and(|(_, title)| !title.is_empty())
        {
            return None;
        }
        values.push((key, Value::String(value.to_owned())));
    }
    None
}

/// `By Lena Mott`: a few words, the second of which begins large.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|by| by.eq_ignore_ascii_case("by"));
    let name = words.next().and_then(|name| name.chars().next());
    by && name.is_some_and(char::is_uppercase) && words.count() < 6
}

/// Tells whether a line may be named so: one to three words of letters.
fn is_name(key: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|char| char.is_alphabetic() || char == '-');
    !key.is_empty() && key.split(' ').count() <= 3 && key.split(' ').all(is_word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_kind_of_front_matter_says_the_same() {
        for text in [
            "---\ntitle: \"Talks: no end\"\ndate: 2025-10-25\nauthor:\n  - Jane Roe\n  - Ann Poe\ntags: [a, b]\ndescription: no\n---\nBody.\n",
            "---\r\ntitle: Talks: no end\r\nauthors: Jane Roe, Ann Poe\r\npublished: '2025-10-25'\r\ntags:\r\n  - a\r\n---\r\nBody.\n",
            "\u{feff}+++\ntitle = 'Talks: no end'\ndate = 2025-10-25\nauthor = ['Jane Roe', 'Ann Poe']\n[params]\nx = 1\n+++\nBody.\n",
            "Title: Talks: no end\nAuthor: Jane Roe, Ann Poe\nDate: 2025-10-25\nTags: a, b\n\nBody.\n",
        ] {
            let (draft, body) = front(text).unwrap();
            assert_eq!(body, "Body.\n", "{text}");
            assert_eq!(
                draft.fields.title.as_deref(),
                Some("Talks: no end"),
                "{text}"
            );
            assert_eq!(
                draft.fields.author.as_deref(),
                Some("Jane Roe, Ann Poe"),
                "{text}"
            );
            assert_eq!(draft.fields.date.as_deref(), Some("2025-10-25"), "{text}");
            assert_eq!(draft.fields.text, None);
        }
    }

    #[test]
    fn lines_that_are_not_known_are_passed_over() {
        for above in [
            "Title: Storm\nDate: 2025-03-04\nSource: The Courier\nBy Lena Mott\n",
            "Title: Storm\nBy: Lena Mott\nSource: The Courier\nPage: 4\nWord count: 80\n",
            "Title: Storm\nSource: The Courier\nSection: Weather\nByline: By Lena Mott\n",
        ] {
            let text = format!("{above}\nBody.\n");
            let (draft, body) = front(&text).unwrap();
            assert_eq!(body, "Body.\n", "{above}");
            let fields = draft.fields;
            let read = [fields.title, fields.source, fields.author];
            let read = read
                .each_ref()
                .map(|value| value.as_deref().unwrap_or("nothing"));
            assert_eq!(read, ["Storm", "The Courier", "Lena Mott"], "{above}");
        }
    }

    #[test]
    fn what_is_no_front_matter_stays() {
        for text in [
            "---\nA line above a rule.\n---\nMore.\n",
            "---\ntitle: never closed\n",
            "Reporter: Why?\n\nRoe: No.\n",
            "Title: Talks\nReporter: Why?\n\nRoe: No.\n",
            "By Jane Roe\nTitle: Talks\n\nBody.\n",
            "Source: the ministry\nThe mayor said no.\n",
            "Date: 2025-10-25 Talks Are Off\n\nBody.\n",
            "Title: alone\n\n",
            "The mayor said: no.\n\nMore.\n",
            "",
        ] {
            assert!(front(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_bomb_of_aliases_is_not_expanded() {
        let mut matter = "a: &a [x, x]\n".to_owned();
        for (name, inner) in ('b'..='z').zip('a'..) {
            let line = format!("{name}: &{name} [*{inner}, *{inner}, *{inner}, *{inner}]\n");
            matter.push_str(&line);
        }
        let _ = front(&format!("---\n{matter}---\nBody.\n"));
    }

    proptest! {
        #[test]
        fn the_body_is_the_end_of_the_text(text in "(---\n|\\+\\+\\+\n|title: |date = |Title: |[\\[\\]{}&*:=\"'-]|\\PC|\n){0,30}") {
            if let Some((_, body)) = front(&text) {
                prop_assert!(text.ends_with(body));
            }
        }
    }
}
