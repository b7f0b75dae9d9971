//! Tells header and title lines of plain text from leads.

use crate::StatedDate;
use crate::date::date_prefix;
use crate::date::dateline::dateline_end;

/// Characters of a title, at most; real headlines rarely pass 110.
const LONGEST: usize = 140;

/// Reads a first line such as `date 2025-10-25 Title`: the date, and the title without it.
pub(crate) fn header(line: &str) -> Option<(StatedDate, &str)> {
    let line = line.trim();
    let (label, rest) = match line.split_at_checked(4) {
        Some((label, rest)) if label.eq_ignore_ascii_case("date") => (true, rest),
        _ => (false, line),
    };
    let dated = rest.trim_start_matches([':', '=', ' ', '\t', '\u{a0}']);
    // `date` must be a word of its own; without the label only an unmistakable date will do.
    if label && dated.len() == rest.len() {
        return None;
    }
    let iso = || dated.as_bytes().get(4) == Some(&b'-');
    if !label && !iso() {
        return None;
    }
    let (date, length) = date_prefix(dated)?;
    let title = skip_time(dated.get(length..)?)
        .trim_start_matches([' ', '\t', '\u{a0}', '-', '–', '—', '|', ':', ','])
        .trim_end();
    Some((date, title))
}

/// Skips a time of day behind a date: `T10:20:30Z`, ` 10:20`.
fn skip_time(text: &str) -> &str {
    let rest = text.trim_start_matches(['T', ' ']);
    let clock = rest
        .trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, ':' | '.' | '+'));
    if !rest
        .strip_suffix(clock)
        .is_some_and(|time| time.contains(':'))
    {
        return text;
    }
    clock.strip_prefix('Z').unwrap_or(clock)
}

/// Tells whether a first line is a title: short, no sentence, and followed by text.
pub(crate) fn is_title(line: &str, rest: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || rest.trim().is_empty() || line.chars().count() > LONGEST {
        return false;
    }
    let closing = |char: char| matches!(char, '”' | '"' | '’' | '\'' | ')' | ']' | '»' | '」');
    let end = line.trim_end_matches(closing);
    let sentence = end.ends_with(['.', ',', ';', ':', '。', '…']) && !is_initials(end);
    if sentence || dateline_end(line).is_some() || !line.chars().any(char::is_alphabetic) {
        return false;
    }
    // A sentence that is wrapped goes on in small letters on the very next line.
    !rest.starts_with(|char: char| char.is_lowercase())
}

/// Tells whether the last word is an abbreviation such as `U.S.` or `Jr.`, which ends headlines too.
fn is_initials(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or(text);
    let mut inner = word.chars();
    inner.next_back();
    let inner = inner.as_str();
    matches!(word, "Jr." | "Sr." | "Inc." | "Co." | "Corp." | "Ltd.")
        || inner.contains('.') && inner.split('.').all(|part| part.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_need_a_date() {
        for (line, expected) in [
            ("date 2025-10-25 X", Some("X")),
            ("DATE: October 25, 2025 — X", Some("X")),
            ("date 2025-10-25T10:20:30Z X", Some("X")),
            ("date 2025-10-25 10:20 X", Some("X")),
            ("2025-10-25: X", Some("X")),
            ("date 2025 X", None),
            ("dated 2025-10-25 X", None),
            ("date2025-10-25 X", None),
            ("25 October 2025 X", None),
            ("2025 X", None),
            ("Date night in Paris", None),
        ] {
            assert_eq!(header(line).map(|(_, title)| title), expected, "{line}");
        }
    }

    #[test]
    fn abbreviations_may_end_a_title() {
        assert!(is_title("Korea Looks to the U.S.", "Text."));
        assert!(is_title("Roe v. Doe Jr.", "Text."));
        assert!(!is_title("That is all.", "Text."));
        assert!(!is_title("A Title", " \n"));
        assert!(!is_title("***", "Text."));
    }
}
