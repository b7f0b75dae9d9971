//! Quotation marks as people type and paste them: which opens, which closes, where a marked text ends.

/// A text between quotation marks, found at the start of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The words between the marks, escapes resolved.
    pub(crate) inner: String,
    /// Bytes used, marks included.
    pub(crate) len: usize,
    /// The closing mark is there.
    pub(crate) closed: bool,
}

/// Returns the marks that may close what `open` opens.
fn closers(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '＂' => &['＂'],
        '„' => &['“', '”'],
        '“' | '”' => &['”'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '\'' => &['\''],
        _ => &[],
    }
}

/// Tells whether `mark` can open a phrase.
pub(crate) fn opens(mark: char) -> bool {
    !closers(mark).is_empty()
}

/// Tells whether `mark` ends a bare word. Apostrophes do not: they stand inside words.
pub(crate) fn is_double_mark(mark: char) -> bool {
    matches!(
        mark,
        '"' | '＂' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』'
    )
}

/// Tells whether `mark` is an apostrophe, straight or curly.
pub(crate) fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’')
}

/// Reads the marked text at the start of `text`; `None` when no mark opens there.
///
/// A single mark that nothing closes is an apostrophe (`'90s`), not an unclosed phrase.
pub(crate) fn read(text: &str) -> Option<Marked> {
    let mut body = text.chars();
    let open = body.next()?;
    let body = body.as_str();
    let end = match open {
        '"' => return Some(read_straight(body)),
        '\'' | '‘' | '‚' => Some(find_single(body, closers(open))?),
        '“' => {
            let end = body.find('”');
            end.or_else(|| body.find(['"', '“']))
        }
        _ if opens(open) => body.find(closers(open)),
        _ => return None,
    };
    let split = end.and_then(|end| body.split_at_checked(end));
    let (inner, behind) = split.unwrap_or((body, ""));
    let mut behind = behind.chars();
    let closed = behind.next().is_some();
    Some(Marked {
        inner: inner.to_owned(),
        len: text.len().saturating_sub(behind.as_str().len()),
        closed,
    })
}

/// Reads up to a straight mark; a backslash takes the next character as it is.
fn read_straight(body: &str) -> Marked {
    let mut inner = String::new();
    let mut chars = body.chars();
    let mut closed = false;
    while let Some(char) = chars.next() {
        match char {
            '"' => {
                closed = true;
                break;
            }
            '\\' => match chars.next() {
                Some(next @ ('"' | '\\')) => inner.push(next),
                Some(next) => inner.extend(['\\', next]),
                None => inner.push('\\'),
            },
            char => inner.push(char),
        }
    }
    let used = body.len().saturating_sub(chars.as_str().len());
    Marked {
        inner,
        len: '"'.len_utf8().saturating_add(used),
        closed,
    }
}

/// What stands between single marks is looked for so far, in characters: apostrophes are everywhere, and what
/// somebody quotes in a query is short.
const LONGEST: usize = 1000;

/// Finds the single mark that closes: one with no letter after it, for `'don't know'` closes at its end.
fn find_single(body: &str, closers: &[char]) -> Option<usize> {
    let mut chars = body.char_indices().take(LONGEST);
    chars.by_ref().next()?;
    let is_end = |at: usize, mark: char| {
        let behind = body.get(at..).and_then(|rest| rest.strip_prefix(mark));
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    };
    chars
        .find(|&(at, char)| closers.contains(&char) && is_end(at, char))
        .map(|(at, _)| at)
}

/// Writes `text` between straight marks so that [`read`] gives it back.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(2));
    out.push('"');
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            out.push('\\');
        }
        out.push(char);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, inner: &str, rest: &str) {
        let marked = read(text).unwrap();
        assert_eq!((marked.inner.as_str(), &text[marked.len..]), (inner, rest));
        assert!(marked.closed, "{text}");
    }

    #[test]
    fn every_usual_pair_is_read() {
        check("\"one percent\" x", "one percent", " x");
        check("“one percent” x", "one percent", " x");
        check("„one percent“ x", "one percent", " x");
        check("„one percent” x", "one percent", " x");
        check("”one percent” x", "one percent", " x");
        check("«one percent» x", "one percent", " x");
        check("»one percent« x", "one percent", " x");
        check("‹one percent› x", "one percent", " x");
        check("「one percent」 x", "one percent", " x");
        check("‘one percent’ x", "one percent", " x");
        check("‚one percent‘ x", "one percent", " x");
        check("＂one percent＂ x", "one percent", " x");
        check("'one percent' x", "one percent", " x");
    }

    #[test]
    fn an_apostrophe_does_not_close() {
        check("'don't know' x", "don't know", " x");
        check("‘don’t know’ x", "don’t know", " x");
        assert_eq!(read("'90s"), None);
    }

    #[test]
    fn mixed_and_missing_marks_are_survived() {
        check("“one percent\" x", "one percent", " x");
        assert!(!read("\"one").unwrap().closed);
        assert!(!read("“").unwrap().closed);
        assert!(!read("\"\\").unwrap().closed);
    }

    #[test]
    fn written_text_reads_back() {
        for text in ["a \"b\" c", "\\", "\\\"", "a\\n", ""] {
            check(&quoted(text), text, "");
        }
    }
}
