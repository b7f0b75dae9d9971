//! The joined names as a table of bytes, of which a search looks up the few that it needs: nothing is loaded.
//!
//! All numbers are little-endian. A header; the ends of the segments; where each name begins in the text; the names, in
//! their order; the persons, most quotations first; the names of each person; for each segment the number of each
//! name in its column; the names nobody is quoted under; the text. A name is told by its place among the names, a person
//! by theirs among the persons.

use tantivy::directory::OwnedBytes;
use whosaid_model::SpeakerKind;
use whosaid_schema::{day_number, day_of_number};

use super::{Alias, Person, Why};

/// Stands for no person, and for no name.
const NONE: u32 = u32::MAX;

/// Stands for no day.
const UNDATED: i32 = i32::MIN;

const HEADER: usize = 40;
const NAME: usize = 28;
const PERSON: usize = 40;

/// The table, as far as it is found whole.
#[derive(Clone)]
pub(super) struct Table {
    bytes: OwnedBytes,
    persons: usize,
    names: usize,
    segments: usize,
    unheard: usize,
    starts: usize,
    entries: usize,
    people: usize,
    aliases: usize,
    ords: usize,
    silent: usize,
    text: usize,
}

/// What a table is made of.
#[derive(Default)]
pub(super) struct Content<'a> {
    /// Tells of which names, corrections and rules it is made.
    pub(super) key: u64,
    /// Most quotations first.
    pub(super) persons: Vec<Person>,
    /// The names of sources that are no persons, with the number of their quotations.
    pub(super) others: Vec<(String, u64)>,
    /// The names that are quoted indirectly, in their order, with the number of those quotations.
    pub(super) indirect: Vec<(&'a str, u64)>,
    /// The names of each segment, by their numbers there; without those that nobody alive is quoted under.
    pub(super) segments: Vec<Vec<Option<&'a str>>>,
}

impl Content<'_> {
    /// Writes the table.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut names: Vec<Named<'_>> = Vec::new();
        for (person, place) in self.persons.iter().zip(0..) {
            for alias in &person.names {
                names.push(Named {
                    name: &alias.name,
                    count: alias.count,
                    person: place,
                    alias: Some((names.len(), alias)),
                });
            }
        }
        let mut aliases = vec![NONE; names.len()];
        names.extend(self.others.iter().map(|(name, count)| Named {
            name,
            count: *count,
            person: NONE,
            alias: None,
        }));
        names.sort_unstable_by_key(|named| named.name);
        let mut unheard = Vec::new();
        for (named, place) in names.iter().zip(0..) {
            if let Some((at, _)) = named.alias {
                if let Some(alias) = aliases.get_mut(at) {
                    *alias = place;
                }
                unheard.extend((named.count == 0).then_some(place));
            }
        }

        let mut out = Writer(Vec::new());
        out.u64(self.key);
        let place_of_length = out.0.len();
        out.u64(0);
        for number in [
            self.persons.len(),
            names.len(),
            self.segments.len(),
            unheard.len(),
            self.segments.iter().map(Vec::len).sum(),
            aliases.len(),
        ] {
            out.u32(number as u32);
        }
        let mut end = 0_u32;
        for segment in &self.segments {
            end = end.saturating_add(segment.len() as u32);
            out.u32(end);
        }
        let mut start = 0_u32;
        for named in &names {
            out.u32(start);
            start = start.saturating_add(named.name.len() as u32);
        }
        out.u32(start);
        self.write_names(&names, &mut out);
        let mut end = 0_u32;
        for person in &self.persons {
            let first = end;
            end = end.saturating_add(person.names.len() as u32);
            let mut own = (first..end).zip(&person.names);
            let shown = own.find(|(_, alias)| alias.name == person.name);
            let shown = shown.and_then(|(at, _)| aliases.get(at as usize));
            let day = |day: Option<chrono::NaiveDate>| {
                let number = day.and_then(|day| i32::try_from(day_number(day)).ok());
                number.unwrap_or(UNDATED).cast_unsigned()
            };
            out.u32(first);
            out.u32(end);
            out.u32(shown.copied().unwrap_or(NONE));
            out.u32(u32::from(person.kind == SpeakerKind::Organization));
            out.u64(person.count);
            out.u64(person.indirect);
            out.u32(day(person.first));
            out.u32(day(person.last));
        }
        out.all(aliases);
        for segment in &self.segments {
            // Both are in the order of the names.
            let mut place = 0_usize;
            for name in segment {
                let Some(name) = name else {
                    out.u32(NONE);
                    continue;
                };
                while names.get(place).is_some_and(|named| named.name < *name) {
                    place = place.saturating_add(1);
                }
                out.u32(place as u32);
            }
        }
        out.all(unheard);
        let texts = names.iter().map(|named| named.name.as_bytes());
        texts.for_each(|text| out.0.extend(text));
        out.put_length(place_of_length);
        out.0
    }

    /// Writes what is told of the names, in their order.
    fn write_names(&self, names: &[Named<'_>], out: &mut Writer) {
        let mut indirect = self.indirect.iter().peekable();
        for named in names {
            let alias = named.alias.map(|(_, alias)| alias);
            // Both are in the order of the names.
            while indirect.next_if(|(name, _)| *name < named.name).is_some() {}
            let reported = indirect.next_if(|(name, _)| *name == named.name);
            out.u32(named.person);
            out.u32(alias.map_or(0, |alias| alias.why as u32));
            out.u64(named.count);
            out.u32(alias.map_or(1.0, |alias| alias.share).to_bits());
            out.u64(reported.map_or(0, |(_, count)| *count));
        }
    }
}

/// A name on its way into a table.
struct Named<'a> {
    name: &'a str,
    count: u64,
    person: u32,
    /// What is told of it as a person's, with its place among the names of all persons.
    alias: Option<(usize, &'a Alias)>,
}

struct Writer(Vec<u8>);

impl Writer {
    /// Notes how much there is, where room was left for it.
    fn put_length(&mut self, at: usize) {
        let length = self.0.len() as u64;
        let room = self.0.get_mut(at..).and_then(<[u8]>::first_chunk_mut);
        if let Some(room) = room {
            *room = length.to_le_bytes();
        }
    }

    fn all(&mut self, numbers: Vec<u32>) {
        for number in numbers {
            self.u32(number);
        }
    }

    fn u32(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }
}

impl Table {
    /// Takes the bytes for a table with this key; `None` when they are another one, or not whole.
    pub(super) fn read(bytes: OwnedBytes, key: u64) -> Option<Self> {
        let number = |at| Some(u32_at(&bytes, at)? as usize);
        if u64_at(&bytes, 0)? != key || u64_at(&bytes, 8)? != bytes.len() as u64 {
            return None;
        }
        let (persons, names, segments) = (number(16)?, number(20)?, number(24)?);
        let (unheard, ords, aliases) = (number(28)?, number(32)?, number(36)?);
        let starts = place_of(HEADER, 4, segments)?;
        let entries = place_of(starts, 4, names.checked_add(1)?)?;
        let people = place_of(entries, NAME, names)?;
        let places = place_of(people, PERSON, persons)?;
        let numbers = place_of(places, 4, aliases)?;
        let silent = place_of(numbers, 4, ords)?;
        let text = place_of(silent, 4, unheard)?;
        (text <= bytes.len()).then_some(Self {
            bytes,
            persons,
            names,
            segments,
            unheard,
            starts,
            entries,
            people,
            aliases: places,
            ords: numbers,
            silent,
            text,
        })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of persons.
    pub(super) fn persons(&self) -> usize {
        self.persons
    }

    /// The number of names, those of sources that are no persons included.
    pub(super) fn names(&self) -> usize {
        self.names
    }

    /// A name by its place.
    pub(super) fn name(&self, place: usize) -> Option<&str> {
        let start = self.u32(self.starts, place)? as usize;
        let end = self.u32(self.starts, place.checked_add(1)?)? as usize;
        let text = self.bytes.get(self.text..)?.get(start..end)?;
        std::str::from_utf8(text).ok()
    }

    /// The place of a name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.names);
        while low < high {
            let middle = low.midpoint(high);
            match self.name(middle)?.cmp(name) {
                std::cmp::Ordering::Less => low = middle.saturating_add(1),
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The name that has a number in the column of a segment.
    pub(super) fn numbered(&self, segment: u32, number: u64) -> Option<usize> {
        let segment = segment as usize;
        let start = match segment.checked_sub(1) {
            Some(before) => self.u32(HEADER, before)? as usize,
            None => 0,
        };
        let end = (segment < self.segments).then(|| self.u32(HEADER, segment))?? as usize;
        let at = start.checked_add(usize::try_from(number).ok()?)?;
        let name = (at < end).then(|| self.u32(self.ords, at))??;
        (name != NONE).then_some(name as usize)
    }

    /// The person who has a name.
    pub(super) fn person_of(&self, name: usize) -> Option<usize> {
        let person = u32_at(self.entry(self.entries, NAME, name)?, 0)?;
        (person != NONE).then_some(person as usize)
    }

    /// The name that a person is shown by.
    pub(super) fn shown(&self, person: usize) -> Option<usize> {
        Some(u32_at(self.entry(self.people, PERSON, person)?, 8)? as usize)
    }

    /// The number of quotations of a person.
    pub(super) fn count(&self, person: usize) -> Option<u64> {
        u64_at(self.entry(self.people, PERSON, person)?, 16)
    }

    /// The names of a person, most quotations first.
    pub(super) fn names_of(&self, person: usize) -> impl Iterator<Item = usize> {
        let entry = self.entry(self.people, PERSON, person);
        let bounds = entry.and_then(|entry| u32_at(entry, 0).zip(u32_at(entry, 4)));
        let (first, end) = bounds.unwrap_or_default();
        (first..end).map_while(|alias| Some(self.u32(self.aliases, alias as usize)? as usize))
    }

    /// The number of quotations under a name.
    pub(super) fn quotations(&self, name: usize) -> Option<u64> {
        u64_at(self.entry(self.entries, NAME, name)?, 8)
    }

    /// The number of quotations under a name that are no indirect speech.
    pub(super) fn direct(&self, name: usize) -> Option<u64> {
        let entry = self.entry(self.entries, NAME, name)?;
        Some(u64_at(entry, 8)?.saturating_sub(u64_at(entry, 20)?))
    }

    /// What is told of a name that is a person's.
    pub(super) fn alias(&self, name: usize) -> Option<Alias> {
        let entry = self.entry(self.entries, NAME, name)?;
        Some(Alias {
            name: self.name(name)?.to_owned(),
            count: u64_at(entry, 8)?,
            why: Why::numbered(u32_at(entry, 4)?)?,
            share: f32::from_bits(u32_at(entry, 16)?),
        })
    }

    /// A person by their place.
    pub(super) fn person(&self, person: usize) -> Option<Person> {
        let entry = self.entry(self.people, PERSON, person)?;
        let day = |at| {
            let day = u32_at(entry, at)?.cast_signed();
            (day != UNDATED).then(|| day_of_number(day.into()))?
        };
        Some(Person {
            name: self.name(self.shown(person)?)?.to_owned(),
            kind: match u32_at(entry, 12)? {
                0 => SpeakerKind::Person,
                _ => SpeakerKind::Organization,
            },
            count: u64_at(entry, 16)?,
            indirect: u64_at(entry, 24)?,
            first: day(32),
            last: day(36),
            names: self
                .names_of(person)
                .map_while(|name| self.alias(name))
                .collect(),
        })
    }

    /// The places of the names that only the corrections have.
    pub(super) fn unheard(&self) -> impl Iterator<Item = usize> {
        let places = (0..self.unheard).map_while(|at| self.u32(self.silent, at));
        places.map(|place| place as usize)
    }

    fn u32(&self, start: usize, place: usize) -> Option<u32> {
        u32_at(self.entry(start, 4, place)?, 0)
    }

    /// The bytes of an entry, of those of one size that begin at `start`.
    fn entry(&self, start: usize, size: usize, place: usize) -> Option<&[u8]> {
        let at = place_of(start, size, place)?;
        self.bytes.get(at..at.checked_add(size)?)
    }
}

/// Where an entry begins, of those of one size that begin at `start`.
fn place_of(start: usize, size: usize, place: usize) -> Option<usize> {
    size.checked_mul(place)?.checked_add(start)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
