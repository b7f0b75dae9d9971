//! The tree of a record. Real feeds break the rules of XML every day, so nothing is an error: what cannot be
//! markup is text, ends close what they can, and a record that stops in the middle has what came before.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{partial_escape, resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};

use super::XmlContext;
use super::space::{by_custom, space};

/// Levels of a tree; what lies deeper is read as if it lay here.
const DEPTH: usize = 200;

/// Elements of a tree, at most: tags behind them are left out, and their texts kept.
const ELEMENTS: usize = 200_000;

/// Bytes that are read again, at most, because markup turned out to be none.
const REPAIRS: usize = 64 << 20;

/// Bytes, at most, that entities of the document's own are replaced with.
const EXPANDED: usize = 1 << 20;

/// The elements of a record with their texts. The first is nothing but the place of the others.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// Entities that are declared in it.
    pub(super) entities: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Node {
    space: &'static str,
    /// Without prefix, in small letters.
    name: String,
    /// By their names as written, in small letters.
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
    parent: usize,
    /// How many declarations of namespaces hold where it stands.
    scope: usize,
}

#[derive(Debug)]
enum Content {
    Text(String),
    Element(usize),
}

impl Tree {
    /// Reads a record.
    pub(crate) fn read(text: &str, context: &XmlContext) -> Self {
        let mut builder = Builder {
            nodes: vec![Node::default()],
            open: vec![0],
            deeper: 0,
            spaces: context.spaces.clone(),
            entities: context.entities.clone(),
            expanded: 0,
        };
        builder.read(text);
        Self {
            nodes: builder.nodes,
            entities: builder.entities,
        }
    }

    /// Returns the place above all elements.
    pub(crate) fn top(&self) -> Element<'_> {
        Element {
            tree: self,
            index: 0,
        }
    }

    /// Returns the outermost element.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        self.top().children().next()
    }
}

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    tree: &'a Tree,
    index: usize,
}

impl<'a> Element<'a> {
    #[expect(
        clippy::indexing_slicing,
        reason = "an element is made of an index of its own tree, which never changes"
    )]
    fn node(&self) -> &'a Node {
        &self.tree.nodes[self.index]
    }

    /// Returns its name without prefix, in small letters.
    pub(crate) fn name(&self) -> &'a str {
        &self.node().name
    }

    /// Tells whether it is of this short namespace and name.
    pub(crate) fn is(&self, space: &str, name: &str) -> bool {
        self.node().space == space && self.node().name == name
    }

    /// Returns the element around it.
    pub(crate) fn parent(&self) -> Option<Self> {
        (self.index > 0).then(|| Self {
            index: self.node().parent,
            ..*self
        })
    }

    /// Returns the value of an attribute, by its name as written, in small letters.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut attributes = self.node().attributes.iter();
        attributes.find_map(|(known, value)| (known == name).then_some(&**value))
    }

    /// Returns its attributes, by their names as written, in small letters.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.node()
            .attributes
            .iter()
            .map(|(name, value)| (&**name, &**value))
    }

    /// Iterates over the elements right inside.
    pub(crate) fn children(&self) -> impl Iterator<Item = Self> + use<'a> {
        let tree = self.tree;
        self.node()
            .content
            .iter()
            .filter_map(move |content| match content {
                Content::Element(index) => Some(Self {
                    tree,
                    index: *index,
                }),
                Content::Text(_) => None,
            })
    }

    /// Returns the first element right inside of this namespace and name.
    pub(crate) fn child(&self, space: &str, name: &str) -> Option<Self> {
        self.children().find(|child| child.is(space, name))
    }

    /// Iterates over all elements inside, in their order.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Self> + use<'a> {
        let tree = self.tree;
        // Elements are numbered in their order, so those inside follow, up to the first that is outside.
        let outer = self.index;
        let nodes = tree.nodes.iter().enumerate();
        nodes
            .skip(outer.saturating_add(1))
            .take_while(move |(_, node)| node.parent >= outer)
            .map(move |(index, _)| Self { tree, index })
    }

    /// Returns the first element inside of this name, whatever its namespace.
    pub(crate) fn find(&self, name: &str) -> Option<Self> {
        self.descendants().find(|element| element.name() == name)
    }

    /// Iterates over the texts right inside.
    pub(crate) fn own_texts(&self) -> impl Iterator<Item = &'a str> {
        self.node()
            .content
            .iter()
            .filter_map(|content| match content {
                Content::Text(text) => Some(&**text),
                Content::Element(_) => None,
            })
    }

    /// Returns all texts inside.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.walk(&mut |step| {
            if let Step::Text(part) = step {
                text.push_str(part);
            }
        });
        text
    }

    /// Returns what is inside as HTML: tags without prefix and attributes.
    pub(crate) fn inner_html(&self) -> String {
        let mut html = String::new();
        self.walk(&mut |step| match step {
            Step::Text(text) => html.push_str(&partial_escape(text)),
            Step::Open(element) => {
                html.push('<');
                html.push_str(element.name());
                html.push('>');
            }
            Step::Close(element) => {
                html.push_str("</");
                html.push_str(element.name());
                html.push('>');
            }
        });
        html
    }

    /// Hands what is inside to `visit`, in its order.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(Step<'a>)) {
        let mut open = vec![(*self, 0_usize)];
        while let Some((element, at)) = open.last_mut() {
            let content = element.node().content.get(*at);
            *at = at.saturating_add(1);
            match content {
                Some(Content::Text(text)) => visit(Step::Text(text)),
                Some(Content::Element(index)) => {
                    let inner = Self {
                        tree: self.tree,
                        index: *index,
                    };
                    visit(Step::Open(inner));
                    open.push((inner, 0));
                }
                None => {
                    let element = *element;
                    open.pop();
                    if element.index != self.index {
                        visit(Step::Close(element));
                    }
                }
            }
        }
    }
}

/// A step of a walk through an element.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// An element starts.
    Open(Element<'a>),
    /// A text.
    Text(&'a str),
    /// An element ends.
    Close(Element<'a>),
}

struct Builder {
    nodes: Vec<Node>,
    /// Open elements, by index; the first is the place above all.
    open: Vec<usize>,
    /// Elements open below the deepest level.
    deeper: usize,
    /// Declared prefixes, the innermost last.
    spaces: Vec<(String, &'static str)>,
    entities: Vec<(String, String)>,
    expanded: usize,
}

impl Builder {
    fn read(&mut self, text: &str) {
        let mut rest = text;
        let mut again = 0_usize;
        while let Some(at) = self.read_from(rest) {
            rest = rest.get(at..).unwrap_or_default();
            again = again.saturating_add(rest.len());
            if again > REPAIRS {
                return self.text(rest);
            }
            // The sign at which the parser gave up is text.
            let mut behind = rest.chars();
            let Some(sign) = behind.next() else {
                return;
            };
            rest = behind.as_str();
            self.text(sign.encode_utf8(&mut [0; 4]));
        }
    }

    /// Reads to the end, or to where no markup can be.
    fn read_from(&mut self, text: &str) -> Option<usize> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            match reader.read_event() {
                // `a < b` starts no tag.
                Ok(Event::Start(tag) | Event::Empty(tag)) if !is_name(tag.name().as_ref()) => {
                    return Some(start);
                }
                Ok(Event::Start(tag)) => self.start(&tag),
                Ok(Event::Empty(tag)) => {
                    self.start(&tag);
                    self.close();
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref()),
                Ok(Event::Text(text)) => self.text(&text.into_inner()),
                Ok(Event::CData(text)) => self.text(&text.into_inner()),
                Ok(Event::GeneralRef(entity)) => self.reference(&entity),
                Ok(Event::DocType(doctype)) => self.declare(&doctype),
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(Event::Eof) => return None,
                Err(_) => {
                    let rest = text.get(start..).unwrap_or_default();
                    // A section that never ends holds the rest.
                    if let Some(rest) = rest.strip_prefix("<![CDATA[") {
                        self.text(rest);
                        return None;
                    }
                    return Some(start);
                }
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        if self.open.len() > DEPTH || self.nodes.len() > ELEMENTS {
            self.deeper = self.deeper.saturating_add(1);
            return;
        }
        let scope = self.spaces.len();
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let name = attribute.key.as_ref().to_ascii_lowercase();
            let value = match unescape_with(&attribute.value, resolve_html5_entity) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.clone().into_owned(),
            };
            if name == "xmlns" {
                self.spaces.push((String::new(), space(&value)));
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.spaces.push((prefix.to_owned(), space(&value)));
            }
            attributes.push((name, value));
        }
        let full = tag.name();
        let (prefix, name) = match full.as_ref().split_once(':') {
            Some((prefix, name)) => (Cow::Owned(prefix.to_ascii_lowercase()), name),
            None => (Cow::Borrowed(""), full.as_ref()),
        };
        let parent = self.open.last().copied().unwrap_or(0);
        let node = Node {
            space: self.space_of(&prefix),
            name: name.to_ascii_lowercase(),
            attributes,
            content: Vec::new(),
            parent,
            scope,
        };
        let index = self.nodes.len();
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.content.push(Content::Element(index));
        }
        self.nodes.push(node);
        self.open.push(index);
    }

    fn space_of(&self, prefix: &str) -> &'static str {
        let declared = self.spaces.iter().rev().find(|(known, _)| known == prefix);
        declared.map_or_else(|| by_custom(prefix), |(_, space)| space)
    }

    /// Closes the innermost element of this name; an end that closes nothing counts for nothing.
    fn end(&mut self, full: &str) {
        if self.deeper > 0 {
            self.deeper = self.deeper.saturating_sub(1);
            return;
        }
        let name = full.trim().rsplit(':').next().unwrap_or_default();
        let fits = |index: &usize| {
            let node = self.nodes.get(*index);
            node.is_some_and(|node| node.name.eq_ignore_ascii_case(name))
        };
        let inner = self.open.get(1..).unwrap_or_default();
        if let Some(at) = inner.iter().rposition(fits) {
            while self.open.len() > at.saturating_add(1) {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper = self.deeper.saturating_sub(1);
        } else if self.open.len() > 1
            && let Some(index) = self.open.pop()
            && let Some(node) = self.nodes.get(index)
        {
            self.spaces.truncate(node.scope);
        }
    }

    fn text(&mut self, text: &str) {
        let inner = self.open.last().copied().unwrap_or(0);
        let Some(node) = self.nodes.get_mut(inner) else {
            return;
        };
        match node.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => node.content.push(Content::Text(text.to_owned())),
        }
    }

    fn reference(&mut self, entity: &quick_xml::events::BytesRef<'_>) {
        if entity.is_char_ref() {
            // `&#X201C;` is no XML, and usual.
            let digits = entity.trim_start_matches('#');
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            let char = code.ok().and_then(windows_1252).unwrap_or('\u{fffd}');
            return self.text(char.encode_utf8(&mut [0; 4]));
        }
        let own = self.entities.iter().find(|(name, _)| *name == **entity);
        if let Some((_, value)) = own {
            self.expanded = self.expanded.saturating_add(value.len());
            if self.expanded <= EXPANDED {
                let value = value.clone();
                self.text(&value);
            }
            return;
        }
        let unknown = || format!("&{};", &**entity);
        match resolve_html5_entity(entity) {
            Some(value) => self.text(value),
            None => self.text(&unknown()),
        }
    }

    /// Notes the entities that the document declares; those made of others are not looked into.
    fn declare(&mut self, doctype: &str) {
        let mut rest = doctype;
        while let Some((_, behind)) = rest.split_once("<!ENTITY") {
            rest = behind;
            let declaration = rest.trim_start();
            let Some((name, value)) = declaration.split_once(char::is_whitespace) else {
                return;
            };
            let mut value = value.trim_start().chars();
            let Some(quote) = value.next().filter(|char| matches!(char, '"' | '\'')) else {
                continue;
            };
            let Some((value, _)) = value.as_str().split_once(quote) else {
                return;
            };
            let value = unescape_with(value, resolve_html5_entity).unwrap_or(Cow::Borrowed(value));
            if self.entities.len() < 64 && value.len() <= 1024 {
                self.entities.push((name.to_owned(), value.into_owned()));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_alphabetic() || char == '_')
}

/// Returns the character of a number; those between 128 and 159 are meant as windows-1252, as browsers take them.
fn windows_1252(code: u32) -> Option<char> {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.chars().next()
        }
        _ => char::from_u32(code).filter(|char| *char != '\0'),
    }
}
