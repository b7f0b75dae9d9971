//! Characters of the analyzer: what belongs to a word, and how it is written the same however it was spelled.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Tells whether `char` belongs to a word.
pub(crate) fn is_word(char: char) -> bool {
    (char.is_alphanumeric() || is_combining_mark(char)) && !is_apostrophe(char)
}

/// Tells whether `char` may stand inside a word without being part of it: soft hyphens and joiners, and the marks
/// of Hebrew abbreviations.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}' | '\u{5f3}' | '\u{5f4}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Tells whether `char` is a hyphen.
pub(crate) fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '‐' | '‑')
}

/// Tells whether `char` is an apostrophe when letters stand on both sides: accents without a letter are typed for it
/// too, `don´t`.
pub(crate) fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | '‘' | '‛' | 'ʼ' | '＇' | '´' | '`')
}

/// Tells whether `char` is written without blanks between words, so that it is a word of its own: Chinese, Japanese,
/// Korean, and the letters of Thai, Lao, Burmese and Khmer.
pub(crate) fn stands_alone(char: char) -> bool {
    char > '\u{dff}'
        && matches!(
            char,
            '\u{e00}'..='\u{eff}'
                | '\u{1000}'..='\u{109f}'
                | '\u{1780}'..='\u{17ff}'
                | '\u{3005}'..='\u{3007}'
                | '\u{3041}'..='\u{30ff}'
                | '\u{3400}'..='\u{4dbf}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{f900}'..='\u{faff}'
                | '\u{ff66}'..='\u{ff9f}'
                | '\u{20000}'..='\u{323af}'
        )
        && char.is_alphanumeric()
}

/// Tells whether `char` belongs to the letter before it, which [stands alone](stands_alone): vowel signs, tones,
/// and the marks of voice in Japanese.
pub(crate) fn continues_cluster(char: char) -> bool {
    is_combining_mark(char) || matches!(char, '\u{ff9e}' | '\u{ff9f}')
}

/// Tells whether `char` means percent.
pub(crate) fn is_percent(char: char) -> bool {
    matches!(char, '%' | '％' | '٪' | '﹪')
}

/// Appends `word` without case, accents, hyphens and invisible characters, with straight apostrophes and European
/// figures.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    // An accent without a letter would come apart into a blank and an accent.
    let written = word
        .chars()
        .map(|char| if is_apostrophe(char) { '\'' } else { char });
    for char in written.nfkd() {
        if is_accent(char) || is_invisible(char) || is_hyphen(char) {
            continue;
        }
        for lower in char.to_lowercase() {
            match spelled(lower) {
                Some(spelled) => folded.push_str(spelled),
                None if is_accent(lower) => {}
                None => folded.push(figure(lower)),
            }
        }
    }
}

/// Appends a character that is a word of its own, with its marks, in their common width and form.
pub(crate) fn fold_cluster_into(cluster: &str, folded: &mut String) {
    folded.extend(cluster.nfkc());
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

/// Letters that Unicode does not take apart but news agencies do, and those that Arabic and Persian keyboards tell
/// apart and readers do not.
fn spelled(char: char) -> Option<&'static str> {
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
        'ة' => "ه",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ٱ' => "ا",
        _ => return None,
    })
}

/// Figures of Arabic, Persian and the scripts of India as European ones.
fn figure(char: char) -> char {
    const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}'];
    let mut values = ZEROS
        .iter()
        .map(|&zero| (char as u32).wrapping_sub(zero as u32));
    let value = values.find(|&value| value < 10);
    value
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(char)
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
            ("مدرسة", "مدرسه"),
            ("إلى", "الي"),
            ("ایران", "ايران"),
            ("١٢٣", "123"),
            ("צה״ל", "צהל"),
        ] {
            let mut folded = String::new();
            fold_into(word, &mut folded);
            assert_eq!(folded, expected);
        }
    }

    #[test]
    fn characters_without_blanks_are_words() {
        assert!(
            "漢字かなカナ한글々ไทยລາວខ្មែ"
                .chars()
                .all(|char| stands_alone(char) || continues_cluster(char))
        );
        assert!(!"、。「」・दाلا".chars().any(stands_alone));
        for (cluster, expected) in [("ｶ", "カ"), ("ｶﾞ", "ガ"), ("か\u{3099}", "が"), ("ที่", "ที่")]
        {
            let mut folded = String::new();
            fold_cluster_into(cluster, &mut folded);
            assert_eq!(folded, expected);
        }
    }
}
