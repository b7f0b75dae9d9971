//! What of a page's source is parsed at all.
//!
//! Half of a page is scripts, styles and comments, of which nothing is wanted but JSON-LD; leaving them out
//! halves the time of parsing. On the way the cost of the rest is bounded: the tree builder of HTML walks the
//! open elements at every tag, and opens formatting elements again in every paragraph, so that time and memory
//! would grow with the square of a hostile page.

use memchr::{memchr, memmem};

/// Attributes of an element, at most.
const MOST_ATTRIBUTES: u32 = 2_000;

/// Open elements, at most. Browsers stop at 512.
const DEEPEST: u64 = 2_000;

/// Open elements, summed over all tags, at most.
const MOST_OPEN: u64 = 200_000_000;

/// Open formatting elements, summed over all tags, at most: so many elements may be opened again.
const MOST_REOPENED: u64 = 1_000_000;

/// Returns a page without scripts, styles and comments.
///
/// # Errors
/// When the page would cost too much; tells why.
pub(super) fn slim(html: &str) -> Result<String, &'static str> {
    let mut slim = Slim {
        html,
        out: String::with_capacity(html.len()),
        kept: 0,
        open: Open::default(),
    };
    let mut at = 0;
    while let Some(found) = memchr(b'<', &html.as_bytes()[at..]) {
        at = slim.markup(at + found)?;
    }
    slim.keep(html.len());
    Ok(slim.out)
}

struct Slim<'a> {
    html: &'a str,
    out: String,
    /// What stands before is dealt with.
    kept: usize,
    open: Open,
}

impl Slim<'_> {
    fn keep(&mut self, end: usize) {
        self.out.push_str(&self.html[self.kept..end]);
        self.kept = end;
    }

    fn leave_out(&mut self, start: usize, end: usize) -> usize {
        self.keep(start);
        self.kept = end;
        end
    }

    /// Reads what starts with `<`; returns where it ends.
    fn markup(&mut self, start: usize) -> Result<usize, &'static str> {
        let bytes = self.html.as_bytes();
        let rest = &bytes[start + 1..];
        let (ends, name) = match rest.first() {
            Some(b'/') => (true, &rest[1..]),
            Some(b'!') if rest.starts_with(b"!--") => {
                let end = start + 4 + comment_end(&rest[3..]);
                return Ok(self.leave_out(start, end));
            }
            _ => (false, rest),
        };
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            return Ok(start + 1);
        }
        let length = name
            .iter()
            .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>'))
            .unwrap_or(name.len());
        let (name, after) = name.split_at(length);
        let Some(tag) = tag_end(after)? else {
            return Ok(bytes.len());
        };
        let end = bytes.len() - after.len() + tag;
        let mut lower = [0; 12];
        let name = match lower.get_mut(..name.len()) {
            Some(lower) => {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                &*lower
            }
            None => b"custom",
        };
        self.open.count(name, ends)?;
        if ends || !matches!(name, b"script" | b"style") {
            return Ok(end);
        }
        let content = &bytes[end..];
        let length = raw_end(content, name);
        let wanted = name == b"script" && is_json_ld(&after[..tag]);
        Ok(if wanted {
            end + length
        } else {
            self.leave_out(end, end + length)
        })
    }
}

/// Returns how long a comment is, with its end, from behind its `<!--`.
fn comment_end(rest: &[u8]) -> usize {
    if rest.starts_with(b">") {
        return 1;
    }
    if rest.starts_with(b"->") {
        return 2;
    }
    let mut from = 0;
    while let Some(found) = memmem::find(&rest[from..], b"--") {
        let end = from + found + 2;
        match &rest[end..] {
            [b'>', ..] => return end + 1,
            [b'!', b'>', ..] => return end + 2,
            _ => from = end - 1,
        }
    }
    rest.len()
}

/// Returns how long a tag is behind its name, with its end; `None` when it does not end.
fn tag_end(rest: &[u8]) -> Result<Option<usize>, &'static str> {
    let mut attributes = 0;
    let mut at = 0;
    let mut blank = true;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'>' => return Ok(Some(at + 1)),
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' => blank = true,
            b'=' => {
                let value = &rest[at + 1..];
                let start = value.len() - value.trim_ascii_start().len();
                match value.get(start) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let inside = &value[start + 1..];
                        let Some(length) = memchr(*quote, inside) else {
                            return Ok(None);
                        };
                        at += 1 + start + 1 + length;
                        blank = true;
                    }
                    _ => at += start,
                }
            }
            _ if blank => {
                blank = false;
                attributes += 1;
                if attributes > MOST_ATTRIBUTES {
                    return Err("an element of more than 2000 attributes");
                }
            }
            _ => {}
        }
        at += 1;
    }
    Ok(None)
}

/// Returns where the content of a script or style ends.
fn raw_end(content: &[u8], name: &[u8]) -> usize {
    let mut from = 0;
    while let Some(found) = memmem::find(&content[from..], b"</") {
        let start = from + found;
        let rest = &content[start + 2..];
        if rest
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
        {
            return start;
        }
        from = start + 2;
    }
    content.len()
}

fn is_json_ld(attributes: &[u8]) -> bool {
    attributes
        .windows(7)
        .any(|seven| seven.eq_ignore_ascii_case(b"ld+json"))
}

/// Elements that are open, as far as names tell.
#[derive(Default)]
struct Open {
    names: rustc_hash::FxHashMap<[u8; 12], u64>,
    all: u64,
    formatting: u64,
    sum: u64,
    reopened: u64,
}

impl Open {
    fn count(&mut self, name: &[u8], ends: bool) -> Result<(), &'static str> {
        // Elements without content, and those that the next of their kind closes.
        let flat: &[&[u8]] = &[
            b"br",
            b"img",
            b"meta",
            b"link",
            b"input",
            b"hr",
            b"source",
            b"wbr",
            b"area",
            b"base",
            b"col",
            b"embed",
            b"param",
            b"track",
            b"p",
            b"li",
            b"dd",
            b"dt",
            b"option",
            b"optgroup",
            b"tr",
            b"td",
            b"th",
            b"tbody",
            b"thead",
            b"tfoot",
            b"html",
            b"head",
            b"body",
            b"path",
            b"use",
            b"rect",
            b"circle",
            b"a",
        ];
        let formatting: &[&[u8]] = &[
            b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike",
            b"strong", b"tt", b"u",
        ];
        self.sum += self.all;
        self.reopened += self.formatting;
        if !flat.contains(&name) {
            let mut key = [0; 12];
            key[..name.len()].copy_from_slice(name);
            let open = self.names.entry(key).or_default();
            let formats = u64::from(formatting.contains(&name));
            if !ends {
                *open += 1;
                self.all += 1;
                self.formatting += formats;
            } else if *open > 0 {
                *open -= 1;
                self.all -= 1;
                self.formatting -= formats;
            }
        }
        if self.all > DEEPEST {
            return Err("elements nested more than 2000 deep");
        }
        if self.sum > MOST_OPEN || self.reopened > MOST_REOPENED {
            return Err("too many elements that are never closed");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_are_left_out() {
        for (html, expected) in [
            ("a<!-- b -->c", "ac"),
            ("a<!-->b<!--->c<!-- --!>d", "abcd"),
            ("a<!-- never closed", "a"),
            ("<script>a < b '</SCRIPT >c", "<script></SCRIPT >c"),
            ("<style media='>'>a</style>b", "<style media='>'></style>b"),
            (
                "<script type='application/ld+json'>{}</script>",
                "<script type='application/ld+json'>{}</script>",
            ),
            ("<p title='<script>'>a</p>", "<p title='<script>'>a</p>"),
            ("1 < 2 <3> </ >", "1 < 2 <3> </ >"),
            ("<scripted>a</scripted>", "<scripted>a</scripted>"),
            ("<a href=x>é</a", "<a href=x>é</a"),
        ] {
            assert_eq!(slim(html).as_deref(), Ok(expected), "{html}");
        }
    }

    #[test]
    fn hostile_pages_are_refused() {
        let many = |piece: &str, count| piece.repeat(count);
        for html in [
            many("<div>", 100_000),
            format!("<p {}>", many("a=1 ", 1_000_000)),
            many("<p><b>", 100_000),
            format!("{}{}", many("<b>", 1_500), many("<p>x", 100_000)),
        ] {
            assert!(slim(&html).is_err(), "{}", &html[..40]);
        }
        for html in [
            many("<p>x", 100_000),
            many("<div><b>x</b></div>", 100_000),
            many("<li><a href=x>x", 10_000),
        ] {
            assert!(slim(&html).is_ok(), "{}", &html[..40]);
        }
    }
}
