//! Characters of the analyzer: what belongs to a word, and how it is written the same however it was spelled.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Tells whether `char` belongs to a word.
pub(crate) fn is_word(char: char) -> bool {
    (char.is_alphanumeric() || is_combining_mark(char)) && !is_apostrophe(char)
}

/// Tells whether `char` may stand inside a word without being part of it: soft hyphens and joiners.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Tells whether `char` is an apostrophe when letters stand on both sides.
pub(crate) fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// Tells whether `char` is written without blanks between words, so that it is a word of its own.
pub(crate) fn is_cjk(char: char) -> bool {
    matches!(
        char,
        '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{323af}'
    ) && char.is_alphanumeric()
}

/// Tells whether `char` means percent.
pub(crate) fn is_percent(char: char) -> bool {
    matches!(char, '%' | '％' | '٪' | '﹪')
}

/// Appends `word` without case, accents and invisible characters, and with straight apostrophes.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    for char in word.nfkd() {
        if is_accent(char) || is_invisible(char) {
            continue;
        }
        if is_apostrophe(char) {
            folded.push('\'');
            continue;
        }
        for lower in char.to_lowercase() {
            match latin(lower) {
                Some(spelled) => folded.push_str(spelled),
                None if is_accent(lower) => {}
                None => folded.push(lower),
            }
        }
    }
}

/// Appends a character that is a word of its own, in its common width and form.
pub(crate) fn fold_cjk_into(char: char, folded: &mut String) {
    folded.extend(std::iter::once(char).nfkc());
}

/// Marks that change no letter of Latin, Greek, Cyrillic, Hebrew or Arabic news. Vowel signs of Indic scripts
/// are marks too, but make another word.
fn is_accent(char: char) -> bool {
    matches!(
        char,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20f0}'
    )
}

/// Letters that Unicode does not take apart but news agencies do.
fn latin(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_together() {
        for (word, expected) in [
            ("Café", "cafe"),
            ("CAFE\u{301}", "cafe"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Ørsted", "orsted"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("don’t", "don't"),
            ("co\u{ad}operate", "cooperate"),
            ("ｆｕｌｌ", "full"),
            ("हिन्दी", "हिन्दी"),
            ("Зелёный", "зеленыи"),
        ] {
            let mut folded = String::new();
            fold_into(word, &mut folded);
            assert_eq!(folded, expected);
        }
    }

    #[test]
    fn characters_without_blanks_are_words() {
        assert!("漢字かなカナ한글々".chars().all(is_cjk));
        assert!(!"、。「」・".chars().any(is_cjk));
        let mut folded = String::new();
        fold_cjk_into('ｶ', &mut folded);
        assert_eq!(folded, "カ");
    }
}
