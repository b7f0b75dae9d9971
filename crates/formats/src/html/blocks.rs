//! A page as a list of blocks: the lines a reader sees, each with the elements it stands in.

use std::ops::Range;

use dom_query::{Element as DomElement, NodeData, NodeRef};

use super::lexicon::part;
use super::numbers::{add, or_none};
use super::tag::Tag;
use super::words::{Vocabulary, for_each_word};

/// An element of the page.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    /// Its parent among the elements; the first element is its own.
    pub(super) parent: u32,
    pub(super) depth: u32,
    /// Its style or attributes keep it from being shown.
    pub(super) hidden: bool,
    /// The known words of its class, identifier and role.
    pub(super) words: Range<u32>,
    /// The parts of a page that its words name, a bit a part.
    pub(super) parts: u32,
    /// A number that elements share which are written alike: tag and class.
    pub(super) kind: u64,
}

/// A line of the page: text between two borders of blocks.
#[derive(Debug)]
pub(super) struct Block {
    /// The innermost element that holds all of it.
    pub(super) element: u32,
    /// Its bytes in the page's text.
    pub(super) text: Range<usize>,
    /// Code points, and how many of them stand in links or in bold.
    pub(super) chars: u32,
    pub(super) linked: u32,
    pub(super) bold: u32,
    pub(super) links: u32,
    /// A line break, not the border of a block, parts it from the line before.
    pub(super) after_break: bool,
}

impl Block {
    /// Tells whether most of it stands in links.
    pub(super) fn is_linked(&self) -> bool {
        self.linked.saturating_mul(2) > self.chars
    }
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) elements: Vec<Element>,
    pub(super) blocks: Vec<Block>,
    pub(super) words: Vec<u16>,
}

impl Page {
    /// Reads what stands below `root`.
    pub(super) fn read(root: &NodeRef<'_>, vocabulary: &Vocabulary) -> Self {
        let mut reader = Reader {
            page: Self::default(),
            vocabulary,
            open: None,
            linked: 0,
            bold: 0,
            blank: false,
            broken: false,
        };
        reader.read(root);
        reader.close(false);
        reader.page
    }

    pub(super) fn text_of(&self, block: &Block) -> &str {
        self.text.get(block.text.clone()).unwrap_or_default()
    }

    pub(super) fn element(&self, number: u32) -> Option<&Element> {
        self.elements.get(number as usize)
    }

    pub(super) fn tag(&self, element: u32) -> Tag {
        self.element(element)
            .map_or(Tag::Inline, |element| element.tag)
    }

    pub(super) fn kind(&self, element: u32) -> u64 {
        self.element(element).map_or(0, |element| element.kind)
    }

    /// Returns the known words of an element.
    pub(super) fn words_of(&self, element: &Element) -> &[u16] {
        let words = element.words.start as usize..element.words.end as usize;
        self.words.get(words).unwrap_or_default()
    }

    /// Walks from an element to the outermost one.
    pub(super) fn ancestors(&self, element: u32) -> impl Iterator<Item = (u32, &Element)> {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            let element = self.element(at)?;
            next = (element.parent != at).then_some(element.parent);
            Some((at, element))
        })
    }
}

struct Reader<'a> {
    page: Page,
    vocabulary: &'a Vocabulary,
    open: Option<Block>,
    /// How many open elements are links, or bold.
    linked: u32,
    bold: u32,
    /// A blank is due before the next character.
    blank: bool,
    /// The last line ended with a line break.
    broken: bool,
}

impl Reader<'_> {
    fn read(&mut self, root: &NodeRef<'_>) {
        let mut node = *root;
        let mut parent = 0;
        loop {
            let entered = self.enter(&node, parent);
            if let Some(element) = entered {
                if let Some(child) = node.first_child() {
                    parent = element;
                    node = child;
                    continue;
                }
                self.leave(element);
            }
            loop {
                if node.id == root.id {
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(up) = node.parent() else { return };
                node = up;
                self.leave(parent);
                parent = self.page.element(parent).map_or(0, |left| left.parent);
            }
        }
    }

    /// Takes a node in; returns its element if it has children to be read.
    fn enter(&mut self, node: &NodeRef<'_>, parent: u32) -> Option<u32> {
        node.query(|inner| match &inner.data {
            NodeData::Text { contents } => {
                self.push(contents, parent);
                None
            }
            NodeData::Element(element) => {
                let tag = Tag::of(&element.name.local);
                match tag {
                    Tag::Silent => None,
                    Tag::Br | Tag::Hr => {
                        self.close(tag == Tag::Br);
                        None
                    }
                    _ => Some(self.open_element(tag, Some(element), parent)),
                }
            }
            NodeData::Document | NodeData::Fragment => {
                Some(self.open_element(Tag::Block, None, parent))
            }
            _ => None,
        })
        .flatten()
    }

    fn open_element(&mut self, tag: Tag, element: Option<&DomElement>, parent: u32) -> u32 {
        if tag.is_block() {
            self.close(false);
        }
        add(&mut self.linked, u32::from(tag == Tag::A));
        add(&mut self.bold, u32::from(tag == Tag::Bold));
        let first = self.page.words.len() as u32;
        let above = self.page.elements.get(parent as usize);
        let mut hidden = above.is_some_and(|above| above.hidden);
        let mut kind = tag as u64;
        let mut parts = 0;
        if let Some(element) = element {
            for attribute in &element.attrs {
                let name: &str = &attribute.name.local;
                hidden |= is_hiding(name, &attribute.value);
                if name == "class" {
                    kind ^= hash(
                        attribute
                            .value
                            .split_ascii_whitespace()
                            .next()
                            .unwrap_or(""),
                    );
                }
                for_each_word(name, &attribute.value, |word| {
                    parts |= part(word).map_or(0, |part| 1 << part);
                    if let Some(word) = self.vocabulary.find(word) {
                        self.page.words.push(word);
                    }
                });
            }
        }
        let depth = above.map(|above| above.depth);
        let number = self.page.elements.len() as u32;
        self.page.elements.push(Element {
            tag,
            parent,
            depth: or_none(depth),
            hidden,
            words: first..self.page.words.len() as u32,
            parts,
            kind,
        });
        number
    }

    fn leave(&mut self, element: u32) {
        let tag = self.page.tag(element);
        self.linked = self.linked.saturating_sub(u32::from(tag == Tag::A));
        self.bold = self.bold.saturating_sub(u32::from(tag == Tag::Bold));
        if tag.is_block() {
            self.close(false);
        }
    }

    /// Adds text to the open line, with its blanks folded; soft hyphens and the like are left out.
    fn push(&mut self, contents: &str, element: u32) {
        let mut chars = 0;
        for char in contents.chars() {
            if char.is_whitespace() {
                self.blank = true;
                continue;
            }
            if matches!(char, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}') || char.is_control()
            {
                continue;
            }
            if chars == 0 {
                self.open_line(element);
            }
            let text = &mut self.page.text;
            if self.blank
                && self
                    .open
                    .as_ref()
                    .is_some_and(|block| text.len() > block.text.start)
            {
                text.push(' ');
                add(&mut chars, 1);
            }
            self.blank = false;
            text.push(char);
            add(&mut chars, 1);
        }
        if let Some(block) = self.open.as_mut() {
            add(&mut block.chars, chars);
            if self.linked > 0 {
                add(&mut block.linked, chars);
                add(&mut block.links, u32::from(chars > 0));
            }
            if self.bold > 0 {
                add(&mut block.bold, chars);
            }
        }
    }

    /// Makes sure that a line is open, and that its element holds `element`.
    fn open_line(&mut self, element: u32) {
        if let Some(block) = &mut self.open {
            let (mut a, mut b) = (block.element, element);
            while a != b
                && let Some(one) = self.page.element(a)
                && let Some(other) = self.page.element(b)
            {
                if one.depth >= other.depth {
                    a = one.parent;
                } else {
                    b = other.parent;
                }
            }
            block.element = a;
        } else {
            let start = self.page.text.len();
            self.open = Some(Block {
                element,
                text: start..start,
                chars: 0,
                linked: 0,
                bold: 0,
                links: 0,
                after_break: self.broken,
            });
        }
    }

    fn close(&mut self, broken: bool) {
        self.blank = false;
        if let Some(mut block) = self.open.take() {
            block.text.end = self.page.text.len();
            self.page.blocks.push(block);
            self.broken = broken;
        } else {
            self.broken &= broken;
        }
    }
}

/// Tells whether an attribute keeps an element from being shown.
fn is_hiding(name: &str, value: &str) -> bool {
    match name {
        "hidden" => true,
        "aria-hidden" => value == "true",
        "style" => {
            let value: String = value
                .chars()
                .take(300)
                .filter(|char| !char.is_whitespace())
                .collect();
            value.contains("display:none") || value.contains("visibility:hidden")
        }
        _ => false,
    }
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
