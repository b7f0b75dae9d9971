//! Names as people ask for them, and the speakers of the archive they fit.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tantivy::columnar::StrColumn;
use tantivy::query::{Query, TermQuery};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocId, Score, Searcher, SegmentReader, Term};
use whosaid_model::SpeakerKind;

use crate::ast::{Node, Text, TextField};
use crate::columns::Columns;
use crate::error::Error;
use crate::marks;
use crate::near::Form;
use crate::persons::Persons;
use crate::rows::Bits;
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

/// What may stand before a name in a query that articles do not have there.
const OFFICES: &[&str] = &[
    "the",
    "former",
    "ex",
    "late",
    "us",
    "uk",
    "eu",
    "president",
    "vice",
    "prime",
    "minister",
    "premier",
    "chancellor",
    "secretary",
    "speaker",
    "senator",
    "sen",
    "congressman",
    "congresswoman",
    "representative",
    "rep",
    "governor",
    "gov",
    "mayor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "captain",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "lord",
    "lady",
    "professor",
    "prof",
    "rev",
    "chairman",
    "chairwoman",
    "chief",
    "foreign",
    "defense",
    "defence",
    "finance",
];

/// What stands before the name of another, or for one who has none.
const DESCRIBED: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "representative",
    "official",
    "officials",
    "aide",
    "adviser",
    "advisor",
    "lawyer",
    "attorney",
    "director",
    "head",
    "leader",
    "member",
    "candidate",
    "ambassador",
    "deputy",
    "commissioner",
    "coach",
    "expert",
    "source",
    "sources",
];

/// Tells whether a word is that of an office or a role, and no name.
pub(crate) fn is_office(word: &str) -> bool {
    OFFICES.contains(&word) || DESCRIBED.contains(&word) || HONORIFICS.contains(&word)
}

/// What stands before a comma that leads to an office: `Ada Bello, the housing minister`, `Ada Bello, Housing Minister`.
pub(crate) fn before_office(name: &str) -> Option<&str> {
    let (name, office) = name.split_once(',')?;
    let office = office.trim_start();
    let tells = |word: &str| is_office(&word.trim_matches(',').to_lowercase());
    let is_office = office.starts_with(char::is_lowercase)
        || (name.contains(' ') && office.split_whitespace().any(tells));
    (is_office && name.contains(char::is_alphanumeric)).then_some(name)
}

/// Shortens a name that nobody in the archive bears to what somebody may: without the first office before it, then
/// without initials between the names, `Donald J. Trump`; an initial before them becomes a beginning, `J. Roe`.
/// `None` when there is nothing to take away.
pub(crate) fn shorter(forms: &[Form]) -> Option<Vec<Form>> {
    let is_initial = |form: &Form| matches!(form, Form::Is(word) if word.chars().count() == 1);
    let (first, rest) = forms.split_first()?;
    let (last, middle) = rest.split_last()?;
    if matches!(first, Form::Is(word) if OFFICES.contains(&word.as_str())) {
        return Some(rest.to_vec());
    }
    if middle.iter().any(is_initial) {
        let middle = middle.iter().filter(|form| !is_initial(form));
        let names = std::iter::once(first).chain(middle).chain([last]);
        return Some(names.cloned().collect());
    }
    match first {
        Form::Is(letter) if is_initial(first) => {
            let first = Form::Starts(letter.clone());
            Some(std::iter::once(first).chain(rest.iter().cloned()).collect())
        }
        _ => None,
    }
}

/// Names shown that are like one that nobody bears.
pub(crate) const NEAR: usize = 3;

/// Says that nobody is called so, but an outlet is.
pub(crate) fn is_outlet(name: &str) -> Warning {
    let message = format!("nobody in this archive is called \"{name}\", but an outlet is");
    let mut warning = Warning::new(WarningKind::UnknownSpeaker, message);
    warning
        .suggestions
        .push(Node::text(TextField::Source, Text::phrase(name)).to_string());
    warning
}

/// Says that nobody is called so, with names that are like it.
pub(crate) fn unknown_speaker(name: &str, persons: &Persons) -> Warning {
    let message = format!("nobody in this archive is called \"{name}\"");
    let mut warning = Warning::new(WarningKind::UnknownSpeaker, message);
    let near = persons.near(name, NEAR).into_iter();
    warning.suggestions = near.map(str::to_owned).collect();
    warning
}

/// A name of the archive, by its place among all names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) place: usize,
    pub(crate) person: bool,
    pub(crate) count: u64,
}

/// Quotations of a name from which on they are counted by the list that the index has of them.
const MANY: u64 = 128;

/// Counts the speakers of the quotations that match, in the order of their names.
pub(crate) fn names(
    columns: &Columns,
    persons: &Persons,
    searcher: &Searcher,
    query: &dyn Query,
    limits: &Limits,
) -> Result<Vec<Named>, Error> {
    let total = RefCell::new(BTreeMap::<usize, (bool, u64)>::new());
    let close = |segment: SegmentNames| {
        let mut total = total.borrow_mut();
        for ((person, count), number) in segment.counts.into_iter().zip(0..) {
            if count == 0 {
                continue;
            }
            if let Some(place) = persons.name_numbered(segment.segment, number) {
                let entry = total.entry(place).or_default();
                entry.0 |= person;
                entry.1 = entry.1.saturating_add(count);
            }
        }
        Ok(())
    };
    let open = |segment, reader: &SegmentReader| SegmentNames::open(columns, segment, reader);
    let is_whole = !searcher
        .segment_readers()
        .iter()
        .any(SegmentReader::has_deletes);
    let counted = match query.downcast_ref::<TermQuery>() {
        Some(query) if is_whole => {
            let readers = (0..).zip(searcher.segment_readers());
            readers.into_iter().try_for_each(|(segment, reader)| {
                if limits.reached() {
                    return Ok(());
                }
                let mut names = open(segment, reader)?;
                names.count_all(persons, reader, query.term())?;
                close(names)
            })
        }
        _ => scan(searcher, query, None, limits, open, close).map(|_| ()),
    };
    counted.map_err(Error::engine)?;
    let names = total.into_inner().into_iter();
    Ok(names
        .map(|(place, (person, count))| Named {
            place,
            person,
            count,
        })
        .collect())
}

struct SegmentNames {
    segment: u32,
    names: Option<StrColumn>,
    kinds: Option<StrColumn>,
    person: Option<u64>,
    /// For each name, by its number in the segment: whether a person is meant, and the number of quotations.
    counts: Vec<(bool, u64)>,
}

impl SegmentNames {
    fn open(columns: &Columns, segment: u32, reader: &SegmentReader) -> tantivy::Result<Self> {
        let names = columns.str(reader, "speaker_name")?;
        let kinds = columns.str(reader, "speaker_kind")?;
        let person = match &kinds {
            Some(kinds) => kinds.dictionary().term_ord(SpeakerKind::Person.as_str())?,
            None => None,
        };
        let number = names.as_ref().map_or(0, |names| names.num_terms());
        Ok(Self {
            segment,
            names,
            kinds,
            person,
            counts: vec![(false, 0); number],
        })
    }

    /// Counts the speakers of all quotations that have a term, where none is deleted. Most are of few who are quoted
    /// often: theirs are found by the lists that the index has of them, and not looked at one by one.
    fn count_all(
        &mut self,
        persons: &Persons,
        reader: &SegmentReader,
        term: &Term,
    ) -> tantivy::Result<()> {
        let field = reader.schema().get_field("speaker_name")?;
        let mut left = Bits::with_term(reader, term)?;
        let mut from = 0;
        while let Some(doc) = left.next(from) {
            from = doc.saturating_add(1);
            let number = self.names.as_ref().and_then(|of| of.ords().first(doc));
            let place = number.and_then(|of| persons.name_numbered(self.segment, of));
            let frequent = place.filter(|place| persons.quotations_at(*place) >= MANY);
            let Some(name) = frequent.and_then(|place| persons.name_at(place)) else {
                self.count(doc, number);
                continue;
            };
            let name = Term::from_field_text(field, name);
            left.take(reader, &name, |doc| self.count(doc, number))?;
        }
        Ok(())
    }

    /// Counts a quotation under the name that has a number.
    fn count(&mut self, doc: DocId, number: Option<u64>) {
        let Some(entry) = number.and_then(|number| self.counts.get_mut(number as usize)) else {
            return;
        };
        if !entry.0 {
            let kinds = self.kinds.as_ref();
            let kind = kinds.and_then(|kinds| kinds.ords().first(doc));
            entry.0 = kind.is_some() && kind == self.person;
        }
        entry.1 = entry.1.saturating_add(1);
    }
}

impl crate::scan::Visit for SegmentNames {
    fn visit(&mut self, doc: DocId, _: Score) -> tantivy::Result<()> {
        let number = self.names.as_ref().and_then(|of| of.ords().first(doc));
        self.count(doc, number);
        Ok(())
    }
}

/// A name in a query, and whom it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamesAsked {
    /// The name as asked for.
    pub(crate) asked: String,
    /// Those of whose names one holds a word of it; most quotations first.
    pub(crate) people: Vec<Asked>,
    /// Their names hold all words of it, and who is only described by them is not meant.
    pub(crate) is_whole: bool,
    /// Nobody is called so, and no office or role.
    pub(crate) is_unknown: bool,
    /// For each of them, whether it is a person that none of the others is too.
    distinct: Vec<bool>,
}

/// Somebody whom a name fits: a person under all their names, or a source that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The name they are shown by.
    pub(crate) shown: String,
    /// All their quotations.
    pub(crate) count: u64,
    /// The names under which the archive has them.
    pub(crate) names: Vec<String>,
    /// The words of each name.
    words: Vec<BTreeSet<String>>,
    /// Those of the quotations that the words of the query led to.
    found: u64,
    is_person: bool,
    /// It is a person or a body with a name, not somebody who is described.
    is_named: bool,
}

impl Asked {
    /// Tells whether one of the names has all the words.
    fn is_whole(&self, forms: &[Form]) -> bool {
        let holds = |form: &Form, words: &BTreeSet<String>| {
            words.iter().any(|word| form.matches(word, true))
        };
        let mut names = self.words.iter();
        names.any(|words| forms.iter().all(|form| holds(form, words)))
    }

    /// Tells whether one of the names has one of the words.
    fn is_part(&self, forms: &[Form]) -> bool {
        let mut words = self.words.iter().flatten();
        words.any(|word| forms.iter().any(|form| form.matches(word, true)))
    }

    /// The words of the name they are shown by.
    fn shown_words(&self) -> Option<&BTreeSet<String>> {
        let mut names = self.names.iter().zip(&self.words);
        let shown = names.find(|(name, _)| **name == self.shown);
        shown.map(|(_, words)| words).or(self.words.first())
    }
}

impl NamesAsked {
    /// `found` are the speakers of all quotations whose name, mention or title holds all the words.
    pub(crate) fn new(
        asked: &str,
        forms: &[Form],
        mut found: Vec<Named>,
        persons: &Persons,
        analyzer: &mut TextAnalyzer,
        limits: &Limits,
    ) -> Self {
        let described: u64 = found.iter().map(|named| named.count).sum();
        found.extend(persons.unheard().map(|place| Named {
            place,
            person: true,
            count: 0,
        }));
        let mut people = whom(found, persons, analyzer, limits);
        people.retain(|asked| asked.is_part(forms));
        // Who bears the whole name is meant, not who bears a part of it and is described by the rest:
        // `Donald Trump` is not Melania Trump, the wife of Donald Trump.
        let whole = |asked: &Asked| asked.is_whole(forms);
        let found_of = |who: &dyn Fn(&Asked) -> bool| -> u64 {
            let who = people.iter().filter(|asked| who(asked));
            who.map(|asked| asked.found).sum()
        };
        let is_quarter = |part: u64, of: u64| part.saturating_mul(4) >= of;
        // `President Trump` is who has the family name and that office, not “a spokesman for President Trump”.
        let last = forms.last();
        let in_office = |asked: &Asked| {
            let has_family = last.is_some_and(|last| asked.is_part(std::slice::from_ref(last)));
            asked.is_person && asked.found > 0 && has_family
        };
        let held = found_of(&|asked| in_office(asked) && !whole(asked));
        let by_office = forms.len() > 1
            && held > 0
            && is_quarter(held, described)
            && !is_quarter(found_of(&|asked| whole(asked) && asked.is_named), held);
        // So with one word that is a name in a quarter of its uses: `Trump` is not Trump's lawyer. But `judge` is
        // all judges, even where a Mike Judge speaks too.
        let borne = found_of(&|asked| asked.is_person);
        let by_name = people.iter().any(whole) && (forms.len() > 1 || is_quarter(borne, described));
        let is_whole = by_office || by_name;
        if by_office {
            // Hardly ever another one of the family is found by the office: “the wife of President Trump”.
            let most = people.iter().filter(|asked| in_office(asked));
            let most = most.map(|asked| asked.found).max().unwrap_or(0);
            people.retain(|asked| in_office(asked) && asked.found.saturating_mul(10) >= most);
        } else if by_name {
            people.retain(whole);
        }
        if is_whole && people.iter().any(|asked| asked.is_named) {
            people.retain(|asked| asked.is_named);
        }
        people.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.shown.cmp(&b.shown)));
        // `Bush` alone, in an article that never gives the full name, is none besides Jeb and George W. Bush.
        let shown = people.iter().filter(|asked| asked.is_person);
        let shown = shown.filter_map(Asked::shown_words);
        let longer: BTreeSet<&String> = shown.filter(|words| words.len() > 1).flatten().collect();
        let is_distinct = |asked: &Asked| {
            let is_part = asked.shown_words().is_some_and(|words| {
                words.len() == 1 && words.iter().all(|word| longer.contains(word))
            });
            asked.is_person && !is_part
        };
        let distinct = people.iter().map(is_distinct).collect();
        Self {
            is_whole,
            is_unknown: people.is_empty() && described == 0,
            asked: asked.to_owned(),
            people,
            distinct,
        }
    }

    /// Those whom the name fits, with the number of their quotations; most first.
    pub(crate) fn names(&self) -> Vec<(String, u64)> {
        let people = self.people.iter();
        people
            .map(|asked| (asked.shown.clone(), asked.count))
            .collect()
    }

    /// Says that the name fits several people, and who they are.
    pub(crate) fn warning(&self) -> Option<Warning> {
        let people = || {
            let people = self.people.iter().zip(&self.distinct);
            people.filter_map(|(asked, distinct)| distinct.then_some(asked))
        };
        let number = people().count();
        if number < 2 {
            return None;
        }
        let shown: Vec<String> = people()
            .take(5)
            .map(|asked| format!("{} ({})", asked.shown, asked.count))
            .collect();
        let more = number.saturating_sub(shown.len());
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let mut warning = Warning::new(
            WarningKind::AmbiguousName,
            format!(
                "\"{}\" fits {number} people, all are searched: {}{more}",
                self.asked,
                shown.join(", ")
            ),
        );
        warning.suggestions = people()
            .take(2)
            .map(|asked| format!("speaker:={}", marks::quoted(&asked.shown)))
            .collect();
        Some(warning)
    }
}

/// Gathers names by whose they are, each person with all names of theirs. Stopped, it gathers fewer; the search that
/// follows says so.
fn whom(
    found: Vec<Named>,
    persons: &Persons,
    analyzer: &mut TextAnalyzer,
    limits: &Limits,
) -> Vec<Asked> {
    let mut people = BTreeMap::<usize, Asked>::new();
    for named in found {
        if limits.reached() {
            break;
        }
        let shown = persons.shown_at(named.place);
        if let Some(asked) = people.get_mut(&shown) {
            asked.found = asked.found.saturating_add(named.count);
            continue;
        }
        let (Some(name), Some(shown_name)) = (persons.name_at(named.place), persons.name_at(shown))
        else {
            continue;
        };
        let person = persons.person_of(name);
        let is_named = person.is_some();
        let (count, is_person) = match &person {
            Some(person) => (person.count, person.kind == SpeakerKind::Person),
            None => (named.count, named.person),
        };
        let names: Vec<String> = match person {
            Some(person) => person.names.into_iter().map(|alias| alias.name).collect(),
            None => vec![name.to_owned()],
        };
        let words = names.iter().map(|name: &String| {
            let tokens = words::tokens(analyzer, name).into_iter();
            tokens.map(|token| token.text).collect()
        });
        let asked = Asked {
            shown: shown_name.to_owned(),
            count,
            words: words.collect(),
            names,
            found: named.count,
            is_person,
            is_named,
        };
        people.insert(shown, asked);
    }
    people.into_values().collect()
}
