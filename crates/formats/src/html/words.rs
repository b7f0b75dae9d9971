//! Words of classes, identifiers and roles, by which pages name their parts.

use rustc_hash::FxHashMap;

/// Words with their numbers.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<Box<str>, u16>,
}

impl Vocabulary {
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let numbers = words.zip(0..).map(|(word, number)| (word.into(), number));
        Self {
            numbers: numbers.collect(),
        }
    }

    pub(super) fn find(&self, word: &str) -> Option<u16> {
        self.numbers.get(word).copied()
    }
}

/// Letters of a word, at most; longer ones are hashes and not words.
const LONGEST: usize = 16;

/// Names of one attribute, at most; pages that style by utility classes have hundreds.
const MOST: usize = 48;

/// Hands the words of an attribute to `sink` in small letters, if it is one that names parts: `article-body`
/// and `articleBody` are two words each. Digits end a word.
pub(super) fn for_each_word(name: &str, value: &str, mut sink: impl FnMut(&str)) {
    let names_parts = matches!(name, "class" | "id" | "role" | "itemprop" | "property")
        || name.strip_prefix("data-").is_some_and(|rest| {
            matches!(
                rest,
                "testid"
                    | "component"
                    | "type"
                    | "module"
                    | "area"
                    | "name"
                    | "block"
                    | "qa"
                    | "test"
                    | "component-name"
                    | "block-type"
                    | "element"
            )
        });
    if !names_parts {
        return;
    }
    // Publishing systems write what a story is about into its class.
    let is_topic = |name: &str| name.starts_with("category-") || name.starts_with("tag-");
    let names = value.split_ascii_whitespace();
    for name in names.filter(|name| !is_topic(name)).take(MOST) {
        for_each_part(name, &mut sink);
    }
}

fn for_each_part(name: &str, sink: &mut impl FnMut(&str)) {
    let mut word = [0; LONGEST];
    let mut length = 0_usize;
    let mut lower = false;
    for byte in name.bytes().chain(Some(b' ')) {
        let ends = !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() && lower;
        if ends && length > 0 {
            if length >= 3
                && let Some(word) = word.get(..length)
                && let Ok(word) = std::str::from_utf8(word)
            {
                sink(word);
            }
            length = 0;
        }
        lower = byte.is_ascii_lowercase();
        if byte.is_ascii_alphabetic() {
            if let Some(place) = word.get_mut(length) {
                *place = byte.to_ascii_lowercase();
            }
            length = length.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, value: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(name, value, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(
            words("class", "article-body__text articleBody c-42 HEAD"),
            ["article", "body", "text", "article", "body", "head"]
        );
        assert_eq!(words("data-testid", "relatedLinks"), ["related", "links"]);
        assert_eq!(words("href", "article"), [""; 0]);
        assert_eq!(words("id", "abcdefghijklmnopqrstuvwxyz"), [""; 0]);
    }
}
