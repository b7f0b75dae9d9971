//! Comparing what different parts of a page say.

use unicode_normalization::UnicodeNormalization;

/// The words of a text, in small letters, without marks; soft hyphens join.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|char| *char != '\u{ad}')
        .collect();
    folded
        .split(|char: char| !char.is_alphanumeric() && !matches!(char, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e47}'..='\u{e4e}'))
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// How much two lists of words have in common: the words of both over the words of either.
pub(super) fn likeness(one: &[String], other: &[String]) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let both = one.iter().filter(|word| other.contains(word)).count() as f32;
    both / (one.len() as f32 + other.len() as f32 - both)
}

/// Folds blanks, resolves what is escaped twice, and takes out characters that are not seen.
pub(super) fn tidy(text: &str) -> String {
    let text = if text.contains('&') {
        unescaped(text)
    } else {
        text.to_owned()
    };
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.extend(word.chars().filter(|char| {
            !matches!(char, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}') && !char.is_control()
        }));
    }
    tidy
}

/// Resolves the references that pages escape once too often: `&amp;`, `&#8222;`, `&quot;`.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let named = behind.split_once(';').filter(|(name, _)| name.len() <= 8);
        let read = named.and_then(|(name, behind)| Some((reference(name)?, behind)));
        let (char, behind) = read.unwrap_or(('&', behind));
        out.push(char);
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|char| !char.is_control());
    }
    Some(match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        _ => return None,
    })
}
