//! Whom a short name means: `Varga`, `Mr. Kim`, `the elder Whitlock`.

use compact_str::CompactString;

use super::name::{Name, capitalise, fold};
use super::{Kinship, Person, Persons};
use crate::lexicon::Classes;
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::stream::{Item, Kind, Shape, Stream};
use crate::total::{Steps, Total};

/// What a pronoun of one gender counts for or against a bearer of a family name.
const HINT: f32 = 1.5;

/// A short name and what its surroundings say of its bearer.
struct Short<'a> {
    name: &'a Name,
    /// The word that is compared.
    word: &'a str,
    mention: &'a Mention,
    item: &'a Item,
    /// The gender of the next pronoun of the sentence.
    hint: Gender,
    /// Stands after `Mr.` and its like.
    formal: bool,
    /// The office before it: Chairman Park.
    office: Option<CompactString>,
    /// The elder or the younger is asked for.
    kinship: Option<bool>,
    /// The paragraph in which each person was last named before here.
    seen: &'a [Option<u32>],
}

impl Persons {
    /// Finds the person a short name belongs to; a name that fits nobody founds a person of its own.
    ///
    /// `hint` is the gender of the next pronoun of the sentence; `seen` holds the paragraph in which each person was
    /// last named before here.
    pub(super) fn join_short(
        &mut self,
        text: &str,
        stream: &Stream,
        mention: &mut Mention,
        hint: Gender,
        seen: &[Option<u32>],
    ) {
        let name = Name::read(text, stream, mention);
        let Some(word) = name.words.last() else {
            return;
        };
        let item = stream.items.at(mention.name_last);
        let fits = self.named(word);
        // Of a name that is nobody's yet nothing more is asked.
        let best = if fits.is_empty() {
            None
        } else {
            let short = Short {
                name: &name,
                word,
                mention,
                item,
                hint,
                formal: is_formal(text, stream, mention),
                office: office_before(text, stream, mention),
                kinship: kinship_before(text, stream, mention),
                seen,
            };
            fits.iter()
                .map(|&index| (index, self.weigh(index, fits, &short)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
                .filter(|best| best.1 > 0.5)
        };
        let variant = || self.variant(stream, mention, word);
        let index = if let Some((index, _)) = best {
            index
        } else if let Some(index) = fits.is_empty().then(variant).flatten() {
            self.learn_word(word, index);
            index
        } else {
            // A sentence opener, a thing, a team: only what looks like a name founds a person.
            let bare_opener = mention.kind == MentionKind::Unsure && !mention.titled;
            let unsure = bare_opener || item.has(Classes::WORD_TOO) && !mention.titled;
            let display = Name::display(text, stream, mention);
            let display = if item.kind == Kind::Word(Shape::Upper) {
                capitalise(&display)
            } else {
                display
            };
            self.found_short(&name, word, display, mention.first, unsure)
        };
        let Some(person) = self.list.get_mut(index as usize) else {
            return;
        };
        let full = person.is_full();
        let given = person.words.first() == Some(word);
        person.count = person.count.plus(1);
        person.first = person.first.min(mention.first);
        if mention.titled {
            person.learn_gender(mention.gender, 3);
        } else if !full || given {
            // Clinton is a given name elsewhere: as a family name it tells nothing.
            person.learn_gender(mention.gender, 1);
        }
        mention.person = Some(index);
        if full && mention.kind == MentionKind::Unsure {
            mention.kind = MentionKind::ShortName;
        }
    }

    /// Finds the only one named in full whose family name a single name spells with one letter more, less or other: Jean
    /// Perrault came. “Never,” said Mr Perault.
    fn variant(&self, stream: &Stream, mention: &Mention, word: &str) -> Option<u32> {
        let item = stream.items.at(mention.name_last);
        let speaks = |at: usize| {
            let verb = Classes::STRONG.or(Classes::AUXILIARY);
            stream.items.get(at).is_some_and(|item| item.has(verb))
        };
        let acts = || {
            speaks((mention.last as usize).plus(1))
                || (mention.first as usize).checked_sub(1).is_some_and(speaks)
        };
        let plain = mention.titled
            || item.word.classes.0 == 0 && acts()
            || mention.kind == MentionKind::ShortName && acts();
        if !plain || mention.name_first != mention.name_last || word.len() < SPELT - 1 {
            return None;
        }
        let fits = |(_, person): &(usize, &Person)| {
            person.is_full()
                && is_variant(person.family(), word)
                && person.gender.agrees(mention.gender)
        };
        let mut bearers = self.list.iter().enumerate().take(FAR).filter(fits);
        let bearer = bearers.next().map(|(index, _)| index as u32);
        bearer.filter(|_| bearers.next().is_none())
    }

    /// Counts mentions by given name, where several share a family name.
    pub(super) fn count_given(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        let shared = self.list.iter().any(|person| {
            let bearers = self.named(person.family()).iter().filter(|&&index| {
                let other = self.list.at(index);
                other.is_full() && other.family() == person.family()
            });
            bearers.count() > 1
        });
        if !shared {
            return;
        }
        for mention in mentions {
            let short = mention.person.is_none()
                && mention.kind == MentionKind::ShortName
                && mention.name_first == mention.name_last;
            if !short {
                continue;
            }
            let item = stream.items.at(mention.name_first);
            let Some(word) = item.span().of(text).map(fold) else {
                continue;
            };
            if let &[index] = self.named(&word) {
                self.list.change(index, |person| {
                    let given = person.is_full() && *person.words.head() == word;
                    person.by_given = person.by_given.plus(u32::from(given));
                });
            }
        }
    }

    /// How much speaks for person `index` of those a short name `fits`.
    ///
    /// Papers introduce somebody and go on with the surname; the one named lately and the one the article is about
    /// are both likely, and an honorific excludes.
    fn weigh(&self, index: u32, fits: &[u32], short: &Short<'_>) -> f32 {
        let Short {
            name,
            word,
            mention,
            item,
            kinship,
            ref office,
            ..
        } = *short;
        let person = self.list.at(index);
        let clash = mention.titled && !person.gender.agrees(mention.gender);
        let suffixes = (name.suffix, person.suffix);
        let other_suffix = matches!(suffixes, (Some(mine), Some(theirs)) if mine != theirs);
        if clash || other_suffix || kinship.is_some_and(|elder| person.is_elder() == Some(!elder)) {
            return f32::NEG_INFINITY;
        }
        let family = person.family() == word || person.words.len() == 1;
        let given = person.words.first().is_some_and(|first| first == word);
        let family_first = given && item.has(Classes::FAMILY_FIRST);
        let seen = short.seen.get(index as usize).copied().flatten();
        // Her husband, Karl Brandt, disagrees. “No,” Brandt said: he has just been named.
        let follows = person.kinship == Kinship::Follows && seen != Some(item.paragraph);
        let place = if family && (person.kinship == Kinship::Shares || follows) {
            2.0
        } else if family {
            3.0
        } else if family_first {
            2.8
        } else if short.formal {
            // Mr. Kim is no Kim by given name; Sir Alastair is one.
            -1.0
        } else if given {
            2.0
        } else {
            0.0
        };
        // Whom the article calls by the given name is not meant by the family name.
        let count = if family {
            person.count.saturating_sub(person.by_given)
        } else {
            person.count
        };
        let recent = seen.map_or(0.0, |paragraph| {
            1.0 / (1.0 + item.paragraph.less(paragraph) as f32)
        });
        let one = |holds: bool| f32::from(u8::from(holds));
        let agrees =
            mention.titled && mention.gender != Gender::Unknown && person.gender == mention.gender;
        let held = office
            .as_ref()
            .is_some_and(|office| person.roles.contains(office));
        // Clinton shared her anxiety: the wife, not the husband.
        let hinted = match (short.hint, person.gender) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => 0.0,
            _ if !family => 0.0,
            (hint, gender) if hint == gender => HINT,
            _ => -HINT,
        };
        // Without a word on who is older, the one the article came to first is.
        let earlier = || {
            !fits
                .iter()
                .any(|&other| self.list.at(other).first < person.first)
        };
        let elder = kinship.map_or(0.0, |elder| match person.is_elder() {
            Some(known) => one(elder == known),
            None => 0.7 * one(elder == earlier()),
        });
        place
            + recent
            + one(agrees)
            + 2.5 * one(held)
            + hinted
            + 3.0 * elder
            + 2.0 * one(name.suffix.is_some() && name.suffix == person.suffix)
            + 1.2 * (1.0 + count as f32).ln()
            + 0.4 * one(person.in_title)
    }

    /// Founds a person known by one name only.
    pub(super) fn found_short(
        &mut self,
        name: &Name,
        word: &CompactString,
        display: String,
        first: u32,
        unsure: bool,
    ) -> u32 {
        self.list.push(Person {
            name: display,
            words: name.words.clone(),
            first,
            unsure,
            ..Person::default()
        });
        let index = (self.list.len() as u32).less(1);
        self.learn_word(word, index);
        index
    }
}

/// Letters that one of two spellings of a name has at least.
const SPELT: usize = 6;

/// Tells whether two names of six letters or more begin alike and differ in one letter. Clintons are several.
fn is_variant(one: &str, two: &str) -> bool {
    let (long, short) = if one.len() >= two.len() {
        (one.as_bytes(), two.as_bytes())
    } else {
        (two.as_bytes(), one.as_bytes())
    };
    let same = |(a, b): &(&u8, &u8)| a == b;
    let head = long.iter().zip(short).take_while(same).count();
    let tail = |skipped: usize| {
        let rest = long.iter().rev().zip(short.iter().rev());
        rest.take(short.len().less(head).less(skipped))
            .all(|pair| same(&pair))
    };
    let pair = |of: &[u8]| (of.get(head).copied(), of.get(head.plus(1)).copied());
    let swapped = pair(long) == (pair(short).1, pair(short).0);
    let plural = long.len() > short.len() && long.last() == Some(&b's') && head == short.len();
    long.len() >= SPELT
        && head > 1
        && !plural
        && match long.len().less(short.len()) {
            0 => short.len() > head && (tail(1) || swapped && tail(2)),
            1 => tail(0),
            _ => false,
        }
}

/// The office that stands before a name, folded.
pub(super) fn office_before(
    text: &str,
    stream: &Stream,
    mention: &Mention,
) -> Option<CompactString> {
    let before = mention.name_first.checked_sub(1)?;
    let item = stream.items.at(before);
    if mention.first > before || !item.has(Classes::OFFICE) {
        return None;
    }
    item.span().of(text).map(fold)
}

/// Tells whether a short name stands after `Mr.` and its like, which go with family names only.
fn is_formal(text: &str, stream: &Stream, mention: &Mention) -> bool {
    mention.titled && {
        let title = stream.word(text, mention.first as usize);
        let is = |form: &&str| title.trim_end_matches('.').eq_ignore_ascii_case(form);
        ["mr", "mrs", "ms", "miss"].iter().any(is)
    }
}

/// Reads `the elder Whitlock` and `the younger Kim`: whether the elder is meant.
fn kinship_before(text: &str, stream: &Stream, mention: &Mention) -> Option<bool> {
    // Mr McIlwaine senior allowed
    match stream.bytes(text, (mention.last as usize).plus(1)) {
        b"senior" => return Some(true),
        b"junior" => return Some(false),
        _ => {}
    }
    // the younger Mr McIlwaine: before the title, too.
    [mention.name_first, mention.first]
        .into_iter()
        .find_map(
            |first| match stream.bytes(text, (first as usize).wrapping_sub(1)) {
                b"elder" | b"older" => Some(true),
                b"younger" => Some(false),
                _ => None,
            },
        )
}
