//! Bylines and datelines.

/// Takes what stands around the names in a byline: `By JANE ROE`, `    By Jane Roe, Wire`.
pub(crate) fn author(byline: &str) -> Option<String> {
    let line = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match line.split_at_checked(3) {
        Some((by, name)) if by.eq_ignore_ascii_case("by ") => name.trim_start(),
        _ => &line,
    };
    let name = name.trim_end_matches([',', ';']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Puts a dateline before a text: in its first line if it ends with a dash, as it was printed, else in a line of
/// its own. One that the text has already is not put there again.
pub(super) fn with_dateline(dateline: &str, text: String) -> String {
    let dateline = dateline.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = dateline.trim_end_matches(['-', '–', '—', ' ']);
    if bare.is_empty() || text.is_empty() || text.trim_start().starts_with(bare) {
        return text;
    }
    let joint = if bare.len() < dateline.len() {
        ' '
    } else {
        '\n'
    };
    format!("{dateline}{joint}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_lose_their_by() {
        for (byline, expected) in [
            ("By JANE ROE", Some("JANE ROE")),
            ("    By Jane Roe,\n Wire", Some("Jane Roe, Wire")),
            ("Byron Roe", Some("Byron Roe")),
            ("By", Some("By")),
            ("é", Some("é")),
            (" ", None),
        ] {
            assert_eq!(author(byline).as_deref(), expected);
        }
    }

    #[test]
    fn datelines_stay_as_printed() {
        for (dateline, text, expected) in [
            (
                "  SALVO, Feb 26 - ",
                "Rain fell.\nMore.",
                "SALVO, Feb 26 - Rain fell.\nMore.",
            ),
            ("SALVO, Feb. 26", "Rain fell.", "SALVO, Feb. 26\nRain fell."),
            (
                "SALVO",
                "SALVO (Wire) — Rain fell.",
                "SALVO (Wire) — Rain fell.",
            ),
            ("", "Rain fell.", "Rain fell."),
            ("SALVO -", "", ""),
        ] {
            assert_eq!(with_dateline(dateline, text.to_owned()), expected);
        }
    }
}
