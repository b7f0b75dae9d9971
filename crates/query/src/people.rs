//! Names as people ask for them, and the speakers of the archive they fit.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::Query;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocId, Score, Searcher};
use whosaid_model::SpeakerKind;

use crate::error::Error;
use crate::marks;
use crate::near::Form;
use crate::scan::{Limits, scan};
use crate::warning::{Warning, WarningKind};
use crate::words;

/// Forms of address that are no part of a name.
const HONORIFICS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "dame",
];

/// Drops forms of address, unless nothing else is left.
pub(crate) fn drop_honorifics(forms: &mut Vec<Form>) {
    let is_honorific =
        |form: &Form| matches!(form, Form::Is(word) if HONORIFICS.contains(&word.as_str()));
    if !forms.iter().all(is_honorific) {
        forms.retain(|form| !is_honorific(form));
    }
}

/// A speaker of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) person: bool,
    pub(crate) count: u64,
}

/// Counts the speakers of the quotations that match.
pub(crate) fn names(
    searcher: &Searcher,
    query: &dyn Query,
    limits: &Limits,
) -> Result<Vec<Named>, Error> {
    let total = std::cell::RefCell::new(BTreeMap::<String, (bool, u64)>::new());
    scan(
        searcher,
        query,
        None,
        limits,
        |_, reader| {
            let names = reader.fast_fields().str("speaker_name")?;
            let kinds = reader.fast_fields().str("speaker_kind")?;
            let person = match &kinds {
                Some(kinds) => kinds.dictionary().term_ord(SpeakerKind::Person.as_str())?,
                None => None,
            };
            Ok(SegmentNames {
                names,
                kinds,
                person,
                counts: BTreeMap::new(),
            })
        },
        |segment| {
            let Some(names) = &segment.names else {
                return Ok(());
            };
            let mut name = String::new();
            for (ord, (person, count)) in segment.counts {
                name.clear();
                names.ord_to_str(ord, &mut name)?;
                let mut total = total.borrow_mut();
                let entry = total.entry(name.clone()).or_default();
                entry.0 |= person;
                entry.1 += count;
            }
            Ok(())
        },
    )
    .map_err(Error::engine)?;
    let names = total.into_inner().into_iter();
    Ok(names
        .map(|(name, (person, count))| Named {
            name,
            person,
            count,
        })
        .collect())
}

struct SegmentNames {
    names: Option<tantivy::columnar::StrColumn>,
    kinds: Option<tantivy::columnar::StrColumn>,
    person: Option<u64>,
    counts: BTreeMap<u64, (bool, u64)>,
}

impl crate::scan::Visit for SegmentNames {
    fn visit(&mut self, doc: DocId, _: Score) -> tantivy::Result<()> {
        if let Some(ord) = self
            .names
            .as_ref()
            .and_then(|names| names.ords().first(doc))
        {
            let kind = self
                .kinds
                .as_ref()
                .and_then(|kinds| kinds.ords().first(doc));
            let entry = self.counts.entry(ord).or_default();
            entry.0 |= kind.is_some() && kind == self.person;
            entry.1 += 1;
        }
        Ok(())
    }
}

/// A name in a query, and whom it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamesAsked {
    /// The name as asked for.
    pub(crate) asked: String,
    /// The speakers whose name holds a word of it, with the number of their quotations; most first.
    pub(crate) names: Vec<(String, u64)>,
    /// The names hold all words of it, and who is only described by them is not meant.
    pub(crate) is_whole: bool,
    /// Different persons among them.
    people: Vec<(String, u64)>,
}

impl NamesAsked {
    /// `found` are the speakers of all quotations whose name, mention or title holds all the words.
    pub(crate) fn new(
        asked: &str,
        forms: &[Form],
        found: Vec<Named>,
        analyzer: &mut TextAnalyzer,
    ) -> Self {
        let described: u64 = found.iter().map(|named| named.count).sum();
        let mut found: Vec<(BTreeSet<String>, Named)> = found
            .into_iter()
            .map(|named| {
                let tokens = words::tokens(analyzer, &named.name);
                (tokens.into_iter().map(|token| token.text).collect(), named)
            })
            .filter(|(words, _): &(BTreeSet<String>, Named)| {
                forms
                    .iter()
                    .any(|form| words.iter().any(|word| form.matches(word)))
            })
            .collect();
        // Who bears the whole name is meant, not who bears a part of it and is described by the rest:
        // `Donald Trump` is not Melania Trump, the wife of Donald Trump.
        let whole = |words: &BTreeSet<String>| {
            forms
                .iter()
                .all(|form| words.iter().any(|word| form.matches(word)))
        };
        // So with one word that is a name in a quarter of its uses: `Trump` is not Trump's lawyer. But `judge` is
        // all judges, even where a Mike Judge speaks too.
        let persons = found.iter().filter(|(_, named)| named.person);
        let borne: u64 = persons.map(|(_, named)| named.count).sum();
        let is_whole = found.iter().any(|(words, _)| whole(words))
            && (forms.len() > 1 || 4 * borne >= described);
        if is_whole {
            found.retain(|(words, _)| whole(words));
        }
        found.sort_by(|(_, a), (_, b)| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let list = |(_, named): &(BTreeSet<String>, Named)| (named.name.clone(), named.count);
        // `Trump` alone, in an article that never gives the full name, is no other person than Donald Trump.
        let people = found
            .iter()
            .filter(|(words, named)| {
                named.person
                    && !found.iter().any(|(others, other)| {
                        other.person && words.len() < others.len() && words.is_subset(others)
                    })
            })
            .map(list)
            .collect();
        Self {
            is_whole,
            asked: asked.to_owned(),
            names: found.iter().map(list).collect(),
            people,
        }
    }

    /// Says that the name fits several people, and who they are.
    pub(crate) fn warning(&self) -> Option<Warning> {
        if self.people.len() < 2 {
            return None;
        }
        let shown: Vec<String> = self
            .people
            .iter()
            .take(5)
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        let more = self.people.len().saturating_sub(shown.len());
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let mut warning = Warning::new(
            WarningKind::AmbiguousName,
            format!(
                "\"{}\" fits {} people, all are searched: {}{more}",
                self.asked,
                self.people.len(),
                shown.join(", ")
            ),
        );
        warning.suggestions = self
            .people
            .iter()
            .take(2)
            .map(|(name, _)| format!("speaker:={}", marks::quoted(name)))
            .collect();
        Some(warning)
    }
}
