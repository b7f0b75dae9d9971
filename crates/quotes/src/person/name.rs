//! Names as words: read off a mention, folded for comparison, written with capitals.

use compact_str::CompactString;
use smallvec::SmallVec;

use crate::chars::APOSTROPHES;
use crate::forms::plain_capitals;
use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::stream::{Item, Kind, Shape, Stream};
use crate::total::{Cut, Steps, Total};

/// The words of a name, folded for comparison; nearly all names have four or fewer.
pub(crate) type Words = SmallVec<[CompactString; 4]>;

/// The words of a mention's bare name.
pub(super) struct Name {
    /// The first word is a given or family name some list has.
    pub(super) listed: bool,
    /// The first word is a particle elsewhere: Van Roe.
    pub(super) particle: bool,
    pub(super) words: Words,
    /// What tells father and son apart: `jr`.
    pub(super) suffix: Option<&'static str>,
}

/// What an item is to the name it stands in.
enum Part {
    Word,
    /// Van, bin: written, but not compared.
    Particle,
    Suffix(&'static str),
    /// KC and MP are no part of the name.
    Nothing,
}

impl Name {
    pub(super) fn read(text: &str, stream: &Stream, mention: &Mention) -> Name {
        let first = stream.items.at(mention.name_first);
        let listed = first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            || first.kind == Kind::Word(Shape::Initial);
        let mut name = Name {
            listed,
            particle: first.has(Classes::PARTICLE),
            words: Words::new(),
            suffix: None,
        };
        // Most names that are read are one word, and most others plain ones.
        let single = mention.name_first == mention.name_last
            && first.is_word()
            && !first.has(Classes::PARTICLE);
        let items = items_of(stream, mention);
        if single || is_plain(items) {
            plain_words(text, items).for_each(|word| name.words.push(fold(without_article(word))));
            return name;
        }
        for (part, word) in parts(text, stream, mention) {
            match part {
                Part::Word => name.words.push(fold(without_article(word))),
                Part::Suffix(suffix) => name.suffix = Some(suffix),
                Part::Particle | Part::Nothing => {}
            }
        }
        name
    }

    /// Returns the bare name as written, with single blanks, without nicknames.
    pub(super) fn display(text: &str, stream: &Stream, mention: &Mention) -> String {
        let (first, last) = (mention.name_first as usize, mention.name_last as usize);
        let length = stream.items.at(last).end.less(stream.items.at(first).start);
        let mut display = String::with_capacity(length as usize);
        let mut add = |word: &str| {
            if !display.is_empty() {
                display.push(' ');
            }
            display.push_str(word);
        };
        let items = items_of(stream, mention);
        if is_plain(items) {
            plain_words(text, items).for_each(add);
        } else {
            parts(text, stream, mention)
                .filter(|(part, _)| !matches!(part, Part::Nothing))
                .for_each(|(_, word)| add(word));
        }
        display
    }
}

/// The items of a bare name.
fn items_of<'s>(stream: &'s Stream, mention: &Mention) -> &'s [Item] {
    stream
        .items
        .cut(mention.name_first as usize..=mention.name_last as usize)
}

/// Tells whether items are all words of the name: none a particle, none a suffix.
fn is_plain(items: &[Item]) -> bool {
    let odd = Classes::PARTICLE.or(Classes::SUFFIX);
    items.iter().all(|item| item.is_word() && !item.has(odd))
}

/// The words of such a name in order.
fn plain_words<'a>(text: &'a str, items: &'a [Item]) -> impl Iterator<Item = &'a str> {
    items
        .iter()
        .filter_map(|item| item.span().of(text))
        .map(without_honour)
}

/// The words of a bare name in order.
fn parts<'a>(
    text: &'a str,
    stream: &'a Stream,
    mention: &Mention,
) -> impl Iterator<Item = (Part, &'a str)> {
    let items = items_of(stream, mention);
    // T. V. Roe, Norhayati binti Md Isa: a suffix has no name behind it. Ramiro Tello Ix: a numeral has capitals only.
    let is_suffix = move |item: &Item| {
        let numeral = || matches!(item.span().of(text), Some("Ii" | "Iv" | "Vi" | "Ix" | "Xi"));
        item.has(Classes::SUFFIX)
            && item.is_capital()
            && !(item.kind == Kind::Word(Shape::Capital) && numeral())
    };
    let named = |item: &Item| (item.is_word() || item.kind == Kind::Number) && !is_suffix(item);
    let last = items.iter().rposition(named).unwrap_or(0);
    let mut words = 0_usize;
    items.iter().enumerate().filter_map(move |(at, item)| {
        // 70 Keys, Radio 2
        let written = item.is_word() || item.kind == Kind::Number;
        let word = item.span().of(text).filter(|_| written)?;
        // Ai Jun: a given name, where Jun. stands for junior elsewhere.
        let given = words == 1 && item.has(Classes::ANY_GIVEN);
        if words > 0 && at > last && is_suffix(item) && !given {
            return Some((suffix(word).map_or(Part::Nothing, Part::Suffix), word));
        }
        // Van der Roe at the start of a sentence, but Van Roe: a given name elsewhere.
        let goes_on = || {
            let next = items.get(at.plus(1));
            next.is_some_and(|next| next.is_lower() && next.has(Classes::PARTICLE))
        };
        let opens = words == 0
            && item.has(Classes::PARTICLE)
            && (!item.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST)) || goes_on());
        if item.has(Classes::PARTICLE) && item.is_lower() || opens {
            return Some((Part::Particle, word));
        }
        words = words.plus(1);
        Some((Part::Word, without_honour(word)))
    })
}

/// A word of a name without the honour that is written to it: Gandhi-ji. Min-ji is a name itself.
fn without_honour(word: &str) -> &str {
    let bare = word.strip_suffix("-ji").or(word.strip_suffix("-Ji"));
    bare.filter(|bare| bare.len() >= 6).unwrap_or(word)
}

/// A word of a name without the article that is written to it: Nayef al-Fayyad is later Fayyad, Al-Fayyad, el-Fayyad.
fn without_article(word: &str) -> &str {
    let article = word.as_bytes().get(2) == Some(&b'-');
    let bare = word
        .get(3..)
        .filter(|bare| article && bare.len() > 2 && bare.starts_with(char::is_uppercase));
    let known = |article: &str| {
        matches!(
            article,
            "al" | "Al" | "el" | "El" | "ul" | "ar" | "as" | "at" | "ad" | "an" | "az"
        )
    };
    bare.filter(|_| known(word.cut(..2))).unwrap_or(word)
}

/// What tells father and son apart, in one spelling.
fn suffix(word: &str) -> Option<&'static str> {
    Some(match fold(word).as_str() {
        "jr" | "jnr" => "jr",
        "sr" | "snr" => "sr",
        "ii" => "ii",
        "iii" => "iii",
        "iv" => "iv",
        _ => return None,
    })
}

/// Folds a name's word for comparison: lower case, straight apostrophes, no dots, no common diacritics.
pub(crate) fn fold(word: &str) -> CompactString {
    // Most have one capital or none.
    if let Some(capitals) = plain_capitals(word.as_bytes()) {
        let mut folded = CompactString::new(word);
        if let Some(first) = folded.get_mut(..capitals) {
            first.make_ascii_lowercase();
        }
        return folded;
    }
    if word.is_ascii() && !word.contains(['.', '`']) {
        return word.to_ascii_lowercase().into();
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .filter(|&char| char != '.' && !('\u{300}'..'\u{370}').contains(&char))
        .map(|char| match char {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' | 'ĉ' => 'c',
            'ď' | 'đ' => 'd',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' | 'ģ' => 'g',
            'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
            'ł' | 'ľ' | 'ļ' => 'l',
            'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ţ' | 'ț' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            '’' | '`' | '´' => '\'',
            other => other,
        })
        .collect()
}

/// Writes a name in capitals with initial capitals only: `CHUNG DONG-YOUNG` → `Chung Dong-young`.
pub(crate) fn capitalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for char in name.chars() {
        if start {
            out.push(char);
        } else {
            out.extend(char.to_lowercase());
        }
        start = char.is_whitespace() || char == '.' || APOSTROPHES.contains(&char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(folded: &[(&str, &str)], capitalised: &[(&str, &str)]) {
        for &(word, expected) in folded {
            assert_eq!(fold(word), expected);
        }
        for &(name, expected) in capitalised {
            assert_eq!(capitalise(name), expected);
        }
    }

    #[test]
    fn words_fold_and_capitals_shrink() {
        check(
            &[
                ("Saldaña", "saldana"),
                ("O’Neill", "o'neill"),
                ("O`Neill", "o'neill"),
                ("O´Neill", "o'neill"),
                ("J.R.", "jr"),
                ("Łukasz", "lukasz"),
                ("José", "jose"),
            ],
            &[
                ("CHUNG DONG-YOUNG", "Chung Dong-young"),
                ("O’NEILL", "O’Neill"),
                ("J.R. ROE", "J.R. Roe"),
            ],
        );
    }
}
