//! Articles whose quotations were marked by hand, in two formats.

use serde_json::Value;
use whosaid_model::Span;

use super::slices::{self, Slices};

/// An article and its marked quotations.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Its name in the set.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its body.
    pub text: String,
    /// Its quotations in marks, or turns of a transcript.
    pub quotes: Vec<GoldQuote>,
    /// Reported speech without marks.
    pub indirect: Vec<GoldQuote>,
    /// All indirect speech of the article is marked.
    pub marks_indirect: bool,
}

/// One marked quotation.
#[derive(Clone, Debug, Default)]
pub struct GoldQuote {
    /// The words, as bytes of the text; several spans when the words are interrupted.
    pub content: Vec<Span>,
    /// Where the source stands.
    pub source: Vec<Span>,
    /// Where the cue stands.
    pub cue: Vec<Span>,
    /// What sort of source it is.
    pub kind: GoldKind,
    /// All names that are right, the fullest first; of a description its words.
    pub names: Vec<String>,
    /// Stands within another quotation.
    pub nested: bool,
    /// The hard slices it belongs to, where the set tells.
    pub slices: Slices,
}

/// What sort of source a gold quotation has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum GoldKind {
    /// A named person.
    Person,
    /// A named body.
    Organization,
    /// Somebody without a name.
    Descriptive,
    /// Speech whose speaker is not settled.
    #[default]
    Unresolved,
    /// Words in marks that are no speech.
    NotSpeech,
}

/// Reads one line of the `PolNeAR` yardstick; offsets there are code points.
pub fn read_polnear(line: &str) -> Option<Gold> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = value["text"].as_str()?.to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans = |value: &Value| -> Vec<Span> {
        let list = value.as_array().map_or(&[][..], Vec::as_slice);
        let span = |pair: &Value| {
            let at = |index: usize| {
                pair[index]
                    .as_u64()
                    .and_then(|at| bytes.get(at as usize).copied())
            };
            Some(Span::new(at(0)?, at(1)?))
        };
        if list.first().is_some_and(Value::is_array) {
            list.iter().filter_map(span).collect()
        } else {
            span(value).into_iter().collect()
        }
    };
    let quotes = |key: &str| -> Vec<GoldQuote> {
        value[key]
            .as_array()
            .into_iter()
            .flatten()
            .map(|quote| GoldQuote {
                content: spans(&quote["content"]),
                source: spans(&quote["source"]),
                cue: spans(&quote["cue"]),
                kind: match quote["speaker_type"].as_str() {
                    Some("person") => GoldKind::Person,
                    Some("organization") => GoldKind::Organization,
                    Some("descriptive") => GoldKind::Descriptive,
                    _ => GoldKind::Unresolved,
                },
                names: quote["speaker"]
                    .as_str()
                    .into_iter()
                    .chain(
                        quote["aliases"]
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Value::as_str),
                    )
                    .chain(
                        quote["co_speakers"]
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Value::as_str),
                    )
                    .map(str::to_owned)
                    .collect(),
                nested: false,
                slices: slices::of(quote),
            })
            .collect()
    };
    Some(Gold {
        id: value["id"].as_str()?.to_owned(),
        title: value["title"].as_str().map(str::to_owned),
        quotes: quotes("quotes"),
        indirect: quotes("indirect"),
        marks_indirect: true,
        text,
    })
}

/// Reads an article of `data/gold`, whose words are marked in place; the format is told in its README.
pub fn read_marked(id: &str, file: &str) -> Option<Gold> {
    let (head, rest) = file.split_once("\n\n")?;
    let (body, keys) = rest.rsplit_once("\n%%\n")?;
    let field = |name: &str| {
        head.lines().find_map(|line| {
            line.strip_prefix("% ")?
                .strip_prefix(name)?
                .strip_prefix(": ")
        })
    };
    let mut gold = Gold {
        id: id.to_owned(),
        title: field("title").map(str::to_owned),
        marks_indirect: field("about").is_some_and(|about| about.contains("indirect")),
        ..Gold::default()
    };
    let mut open: Vec<(bool, Vec<u32>, usize)> = Vec::new();
    let mut marked: Vec<(u32, bool, Span)> = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        gold.text.push_str(&rest[..at]);
        let closes = rest[at..].starts_with('⟧');
        rest = &rest[at + '⟦'.len_utf8()..];
        if closes {
            let (mention, numbers, start) = open.pop()?;
            marked.extend(
                numbers
                    .into_iter()
                    .map(|number| (number, mention, Span::new(start, gold.text.len()))),
            );
        } else {
            let (tag, after) = rest.split_once('|')?;
            let numbers = tag
                .trim_start_matches('@')
                .split(',')
                .filter_map(|number| number.parse().ok())
                .collect();
            open.push((tag.starts_with('@'), numbers, gold.text.len()));
            rest = after;
        }
    }
    gold.text.push_str(rest);
    for line in keys.lines().filter(|line| !line.trim().is_empty()) {
        let (number, key) = line.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        let (indirect, key) = key
            .strip_prefix("indirect ")
            .map_or((false, key), |key| (true, key));
        let key = key.strip_prefix("denied ").unwrap_or(key);
        let (kind, name) = key.split_once(' ').unwrap_or((key, ""));
        let of = |mention: bool| {
            marked
                .iter()
                .filter(move |mark| mark.0 == number && mark.1 == mention)
        };
        let content: Vec<Span> = of(false).map(|mark| mark.2).collect();
        let quote = GoldQuote {
            nested: false,
            content,
            source: of(true).map(|mark| mark.2).collect(),
            cue: Vec::new(),
            kind: match kind {
                "person" => GoldKind::Person,
                "organization" => GoldKind::Organization,
                "descriptive" => GoldKind::Descriptive,
                "unknown" => GoldKind::Unresolved,
                "not-speech" => GoldKind::NotSpeech,
                _ => return None,
            },
            names: name
                .split(" + ")
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            slices: Slices::default(),
        };
        if indirect {
            gold.indirect.push(quote);
        } else {
            gold.quotes.push(quote);
        }
    }
    gold.quotes
        .sort_by_key(|quote| quote.content.first().map(|span| (span.start, span.end)));
    // What stands within reported speech alone, whose words have no marks, is inside nothing that is found.
    let spans: Vec<Span> = gold
        .quotes
        .iter()
        .filter_map(|quote| quote.content.first().copied())
        .collect();
    for quote in &mut gold.quotes {
        quote.nested = quote.content.first().is_some_and(|own| {
            let encloses =
                |other: &Span| other != own && other.start <= own.start && own.end <= other.end;
            spans.iter().any(encloses)
        });
    }
    Some(gold)
}
