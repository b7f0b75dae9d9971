//! Sorts of characters, asked of so many that what is common is told first.

/// Tells whether a character is a letter or a digit. Of those outside ASCII, marks and dashes are the commonest in news,
/// and what Unicode says of a character takes a search.
#[inline]
pub(crate) fn is_alphanumeric(char: char) -> bool {
    if char.is_ascii() {
        char.is_ascii_alphanumeric()
    } else {
        !is_general_punctuation(char) && char.is_alphanumeric()
    }
}

/// The same for letters alone.
#[inline]
pub(crate) fn is_alphabetic(char: char) -> bool {
    !is_general_punctuation(char) && char.is_alphabetic()
}

/// Curly marks, dashes, dots and blanks: a block of Unicode without a letter.
fn is_general_punctuation(char: char) -> bool {
    ('\u{2000}'..='\u{206f}').contains(&char)
}

/// The marks that are written for an apostrophe; accents are where they stand between letters.
pub(crate) const APOSTROPHES: [char; 4] = ['\'', '’', '`', '´'];

/// A word without the marks around it.
#[inline]
pub(crate) fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !is_alphanumeric(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_first_is_what_unicode_says() {
        for char in '\0'..='\u{ffff}' {
            assert_eq!(is_alphanumeric(char), char.is_alphanumeric(), "{char:?}");
            assert_eq!(is_alphabetic(char), char.is_alphabetic(), "{char:?}");
        }
    }

    #[test]
    fn marks_fall_off() {
        for (word, expected) in [("“Roe’s,”", "Roe’s"), ("…", ""), ("(été)", "été")] {
            assert_eq!(bare(word), expected);
        }
    }
}
