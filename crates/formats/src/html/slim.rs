//! What of a page's source is parsed at all.
//!
//! Half of a page is scripts, styles and comments, of which nothing is wanted but JSON-LD; leaving them out
//! halves the time of parsing. On the way the cost of the rest is bounded: the tree builder of HTML walks the
//! open elements at every tag, and opens formatting elements again in every paragraph, so that time and memory
//! would grow with the square of a hostile page.

use memchr::{memchr, memchr_iter, memmem};

use crate::cut::behind;

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
    let mut at = 0_usize;
    while let Some(found) = memchr(b'<', behind(html.as_bytes(), at)) {
        at = slim.markup(at.saturating_add(found))?;
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
        let kept = self.html.get(self.kept..end).unwrap_or_default();
        self.out.push_str(kept);
        self.kept = end;
    }

    fn leave_out(&mut self, start: usize, end: usize) -> usize {
        self.keep(start);
        self.kept = end;
        end
    }

    /// Returns where the rest of the page starts.
    fn start_of(&self, rest: &[u8]) -> usize {
        self.html.len().saturating_sub(rest.len())
    }

    /// Reads what starts with `<`; returns where it ends.
    fn markup(&mut self, start: usize) -> Result<usize, &'static str> {
        let rest = behind(self.html.as_bytes(), start.saturating_add(1));
        let (ends, name) = match rest {
            [b'/', name @ ..] => (true, name),
            [b'!', b'-', b'-', comment @ ..] => {
                let end = self.start_of(behind_comment(comment));
                return Ok(self.leave_out(start, end));
            }
            _ => (false, rest),
        };
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            return Ok(self.start_of(rest));
        }
        let length = name
            .iter()
            .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' | b'>'))
            .unwrap_or(name.len());
        let (name, after) = name.split_at(length);
        let Some((attributes, content)) = split_tag(after)? else {
            return Ok(self.html.len());
        };
        let end = self.start_of(content);
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
        let content_end = self.start_of(behind_raw(content, name));
        let wanted = name == b"script" && is_json_ld(attributes);
        Ok(if wanted {
            content_end
        } else {
            self.leave_out(end, content_end)
        })
    }
}

/// Returns what follows a comment, of which `rest` is what stands behind its `<!--`.
fn behind_comment(rest: &[u8]) -> &[u8] {
    if let [b'>', behind @ ..] | [b'-', b'>', behind @ ..] = rest {
        return behind;
    }
    for end in memchr_iter(b'>', rest) {
        if let Some((comment, [_, behind @ ..])) = rest.split_at_checked(end)
            && (comment.ends_with(b"--") || comment.ends_with(b"--!"))
        {
            return behind;
        }
    }
    &[]
}

/// The rest of a tag, and what follows it.
type Split<'a> = (&'a [u8], &'a [u8]);

/// Splits what stands behind the name of a tag; `None` when the tag does not end.
fn split_tag(tag: &[u8]) -> Result<Option<Split<'_>>, &'static str> {
    let mut attributes = 0_u32;
    let mut blank = true;
    let mut rest = tag;
    while let [byte, next @ ..] = rest {
        rest = next;
        match byte {
            b'>' => return Ok(tag.split_at_checked(tag.len().saturating_sub(rest.len()))),
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'/' => blank = true,
            b'=' => match rest.trim_ascii_start() {
                [quote @ (b'"' | b'\''), inside @ ..] => {
                    let Some(length) = memchr(*quote, inside) else {
                        return Ok(None);
                    };
                    rest = behind(inside, length.saturating_add(1));
                    blank = true;
                }
                value => rest = value,
            },
            _ if blank => {
                blank = false;
                attributes = attributes.saturating_add(1);
                if attributes > MOST_ATTRIBUTES {
                    return Err("an element of more than 2000 attributes");
                }
            }
            _ => {}
        }
    }
    Ok(None)
}

/// Returns what follows the content of a script or style, from its end tag on.
fn behind_raw<'a>(content: &'a [u8], name: &[u8]) -> &'a [u8] {
    for start in memmem::find_iter(content, b"</") {
        let end = behind(content, start);
        if let [_, _, tag @ ..] = end
            && let Some(start) = tag.get(..name.len())
            && start.eq_ignore_ascii_case(name)
        {
            return end;
        }
    }
    &[]
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
        self.sum = self.sum.saturating_add(self.all);
        self.reopened = self.reopened.saturating_add(self.formatting);
        if !flat.contains(&name) {
            let mut key = [0; 12];
            key.iter_mut()
                .zip(name)
                .for_each(|(key, byte)| *key = *byte);
            let open = self.names.entry(key).or_default();
            let formats = u64::from(formatting.contains(&name));
            if !ends {
                *open = open.saturating_add(1);
                self.all = self.all.saturating_add(1);
                self.formatting = self.formatting.saturating_add(formats);
            } else if *open > 0 {
                *open = open.saturating_sub(1);
                self.all = self.all.saturating_sub(1);
                self.formatting = self.formatting.saturating_sub(formats);
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
