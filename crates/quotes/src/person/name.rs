//! Names as words: read off a mention, folded for comparison, written with capitals.

use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::stream::{Kind, Shape, Stream};

/// The words of a mention's bare name.
pub(super) struct Name {
    /// The first word is a given or family name some list has.
    pub(super) listed: bool,
    pub(super) display: String,
    pub(super) words: Vec<String>,
    pub(super) suffix: Option<String>,
}

impl Name {
    pub(super) fn read(text: &str, stream: &Stream, mention: &Mention) -> Name {
        let first = &stream.items[mention.name_first as usize];
        let listed = first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            || first.kind == Kind::Word(Shape::Initial);
        let mut name = Name {
            listed,
            display: String::new(),
            words: Vec::new(),
            suffix: None,
        };
        for item in &stream.items[mention.name_first as usize..=mention.name_last as usize] {
            let Some(word) = item.span().of(text).filter(|_| item.is_word()) else {
                continue;
            };
            if item.has(Classes::SUFFIX) && !name.words.is_empty() && item.is_capital() {
                // KC, MP and PhD are no part of the name; Jr. tells father and son apart.
                let folded = fold(word);
                if !matches!(
                    folded.as_str(),
                    "jr" | "sr" | "ii" | "iii" | "iv" | "snr" | "jnr"
                ) {
                    continue;
                }
                name.suffix = Some(match folded.as_str() {
                    "snr" => "sr".to_owned(),
                    "jnr" => "jr".to_owned(),
                    _ => folded,
                });
                name.display.push(' ');
                name.display.push_str(word);
                continue;
            }
            if !name.display.is_empty() {
                name.display.push(' ');
            }
            name.display.push_str(word);
            let opens = name.words.is_empty()
                && item.has(Classes::PARTICLE)
                && !item.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST));
            if !(item.has(Classes::PARTICLE) && item.is_lower() || opens) {
                name.words.push(fold(word));
            }
        }
        name
    }
}

/// Folds a name's word for comparison: lower case, straight apostrophes, no dots, no common diacritics.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.retain(|char| char != '.');
        return folded;
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
            '’' => '\'',
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
        start = char.is_whitespace() || matches!(char, '.' | '\'' | '’');
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
