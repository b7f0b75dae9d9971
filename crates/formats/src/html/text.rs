//! From a tree to paragraphs.

use dom_query::{Document, NodeData, NodeRef};

use super::slim::slim;

/// Returns the text of a piece of HTML, such as an entry of a feed, a line a paragraph. Of one that is nested too deeply
/// to be read as such, what stands between its tags.
pub(crate) fn fragment_text(html: &str) -> String {
    if slim(html).is_err() {
        return untagged(html);
    }
    paragraphs(&Document::fragment(html).root())
}

/// Returns what stands between tags, each a line.
fn untagged(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        break_line(&mut text);
        push_folded(
            &mut text,
            part.split_once('>').map_or(part, |(_, behind)| behind),
        );
    }
    text.truncate(text.trim_end().len());
    text
}

/// Returns the text below `root`, a line a paragraph: blocks and line breaks end lines, blanks are folded,
/// and inline elements neither glue words nor split them.
pub(super) fn paragraphs(root: &NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut node = *root;
    loop {
        let (block, skip) = node
            .query(|inner| match &inner.data {
                NodeData::Text { contents } => {
                    push_folded(&mut text, contents);
                    (false, false)
                }
                NodeData::Element(element) => {
                    let name: &str = &element.name.local;
                    (is_block(name), is_silent(name))
                }
                _ => (false, false),
            })
            .unwrap_or((false, true));
        if block {
            break_line(&mut text);
        }
        if let Some(child) = node.first_child().filter(|_| !skip) {
            node = child;
            continue;
        }
        loop {
            if node.id == root.id {
                let end = text.trim_end().len();
                text.truncate(end);
                return text;
            }
            let ends = node.query(|inner| {
                inner
                    .as_element()
                    .is_some_and(|element| is_block(&element.name.local))
            });
            if ends == Some(true) {
                break_line(&mut text);
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return text,
            }
        }
    }
}

fn push_folded(text: &mut String, contents: &str) {
    for char in contents.chars() {
        if !char.is_whitespace() {
            text.push(char);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

fn break_line(text: &mut String) {
    let end = text.trim_end().len();
    text.truncate(end);
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Tells elements that are no part of the text.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
            | "input"
            | "form"
            | "nav"
            | "audio"
            | "video"
            | "canvas"
    )
}

/// Tells elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_paragraph() {
        for (html, text) in [
            (
                "<p>“Yes,” said <b>Jane</b> Roe.<p>No.",
                "“Yes,” said Jane Roe.\nNo.",
            ),
            ("one<br>two<br/><br/>three", "one\ntwo\nthree"),
            ("w<em>ord</em>s <a>a</a> <a>b</a>", "words a b"),
            ("<ul><li>one</li><li><p>two</p></li></ul>", "one\ntwo"),
            ("  a\n b\t c ", "a b c"),
            ("<div>a</div>b<div>c</div>", "a\nb\nc"),
            ("a &amp; b &mdash; c&nbsp;d", "a & b — c d"),
            ("a<script>x</script>b", "ab"),
            ("", ""),
        ] {
            assert_eq!(fragment_text(html), text, "{html}");
        }
    }

    #[test]
    fn a_deep_piece_is_read_between_its_tags() {
        let deep = format!(
            "one{}two <b>three</b>{}four < five",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        assert_eq!(fragment_text(&deep), "one\ntwo\nthree\nfour\nfive");
    }
}
