//! One walk over a page that takes along whatever may say something about it.

use dom_query::{Document, NodeData, NodeRef};

use super::element::{SHOWN, Tag, fold, is_aside, tag, text};

/// Places of one kind, at most: a hostile page costs no more than a long one.
const MOST: usize = 400;

/// What a page has that may say something about it, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// `lang` of the root element.
    pub(super) lang: Option<String>,
    pub(super) base: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) title: Option<String>,
    /// Names of meta elements in small letters, with their contents.
    pub(super) metas: Vec<(String, String)>,
    /// JSON-LD blocks, as written.
    pub(super) json_ld: Vec<String>,
    pub(super) headings: Vec<Spot>,
    /// Elements that are or hold a date.
    pub(super) stamps: Vec<Spot>,
    /// Elements that name somebody who wrote.
    pub(super) bylines: Vec<Spot>,
    /// Short texts, for dates and bylines without markup.
    pub(super) lines: Vec<Spot>,
}

/// An element of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    /// Counts the nodes of the page.
    pub(super) order: usize,
    pub(super) tag: String,
    /// Its class, identifier, `rel` and `itemprop` in small letters, and those of its parent behind a bar.
    pub(super) hints: String,
    /// `datetime`, `content` or the like.
    pub(super) value: Option<String>,
    pub(super) text: String,
    /// Whether it lies in something that is about other stories: a navigation, an aside, a list of links.
    pub(super) aside: bool,
}

impl Spot {
    /// The hints of the element itself.
    pub(super) fn own_hints(&self) -> &str {
        self.hints.split('|').next().unwrap_or_default()
    }

    /// By how many nodes it stands behind another one; less than 0 when it stands before it.
    pub(super) fn behind(&self, order: usize) -> isize {
        (self.order as isize).saturating_sub(order as isize)
    }
}

impl Gathered {
    /// Returns where the first heading of the highest level stands, or 0.
    pub(super) fn headline(&self) -> usize {
        let heading = self.headings.iter().find(|spot| spot.tag == "h1");
        heading.map_or(0, |spot| spot.order)
    }

    /// Returns the contents of the first meta element of this name.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas(name).next()
    }

    pub(super) fn metas<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.metas
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, content)| content.as_str())
    }
}

pub(super) fn gather(document: &Document) -> Gathered {
    let mut gathered = Gathered::default();
    let mut asides = 0_usize;
    let root = document.root();
    let mut node = root;
    let mut order = 0_usize;
    loop {
        order = order.saturating_add(1);
        let skip = enter(&node, order, &mut asides, &mut gathered);
        if let Some(child) = node.first_child().filter(|_| !skip) {
            node = child;
            continue;
        }
        loop {
            leave(&node, &mut asides);
            if node.id == root.id {
                return gathered;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return gathered,
            }
        }
    }
}

fn leave(node: &NodeRef<'_>, asides: &mut usize) {
    if *asides > 0 && node.is_element() && is_aside(node) {
        *asides = asides.saturating_sub(1);
    }
}

/// Takes a node in; tells whether what lies below it is of no interest.
fn enter(node: &NodeRef<'_>, order: usize, asides: &mut usize, gathered: &mut Gathered) -> bool {
    let Some(tag) = tag(node) else {
        text_node(node, order, *asides, gathered);
        return false;
    };
    *asides = asides.saturating_add(is_aside(node).into());
    match tag.name.as_str() {
        "html" => {
            gathered.lang = tag
                .attr("lang")
                .or(tag.attr("xml:lang"))
                .map(ToOwned::to_owned);
        }
        "base" => gathered.base = tag.attr("href").map(ToOwned::to_owned),
        "title" => gathered.title = gathered.title.take().or_else(|| Some(text(node))),
        "link" => {
            let canonical = tag
                .attr("rel")
                .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
            if canonical && gathered.canonical.is_none() {
                gathered.canonical = tag.attr("href").map(ToOwned::to_owned);
            }
        }
        "script" => {
            let kind = tag.attr("type").unwrap_or_default().to_ascii_lowercase();
            if kind.contains("ld+json") && gathered.json_ld.len() < MOST {
                gathered.json_ld.push(node.text().to_string());
            }
            return true;
        }
        "style" | "svg" | "template" | "iframe" | "select" | "object" | "canvas" => return true,
        _ => {}
    }
    if tag.name == "meta" {
        meta(&tag, gathered);
        if !tag.hints.contains("date")
            && !tag.hints.contains("author")
            && !tag.hints.contains("name")
        {
            return true;
        }
    }
    element(node, &tag, order, *asides, gathered);
    false
}

fn meta(tag: &Tag, gathered: &mut Gathered) {
    let Some(content) = tag.attr("content").or(tag.attr("value")) else {
        return;
    };
    if gathered.metas.len() >= MOST {
        return;
    }
    for name in ["property", "name", "itemprop", "http-equiv"] {
        if let Some(name) = tag.attr(name) {
            gathered
                .metas
                .push((name.to_lowercase(), content.to_owned()));
        }
    }
}

fn element(node: &NodeRef<'_>, tag: &Tag, order: usize, asides: usize, gathered: &mut Gathered) {
    let hints = &tag.hints;
    let spot = |value: Option<&str>| Spot {
        order,
        tag: tag.name.clone(),
        hints: match node
            .parent()
            .and_then(|parent| super::element::tag(&parent))
        {
            Some(parent) => format!("{hints}| {}", parent.hints),
            None => hints.clone(),
        },
        value: value.map(ToOwned::to_owned),
        text: text(node),
        aside: asides > 0,
    };
    let attr = |names: &[&str]| names.iter().find_map(|name| tag.attr(name));
    if matches!(tag.name.as_str(), "h1" | "h2") && gathered.headings.len() < MOST {
        gathered.headings.push(spot(None));
    } else if hints.contains("headline")
        && tag.attr("itemprop").is_some_and(|own| own == "headline")
        && gathered.headings.len() < MOST
    {
        gathered.headings.push(spot(attr(&["content"])));
    }
    let is_stamp = tag.name == "time"
        || [
            "date", "time", "publish", "posted", "created", "stamp", "dated", "datum", "fecha",
            "updated",
        ]
        .iter()
        .any(|word| hints.contains(word));
    if is_stamp && gathered.stamps.len() < MOST {
        let value = attr(&[
            "datetime",
            "content",
            "data-datetime",
            "data-published",
            "data-publish-date",
            "data-date",
            "data-time",
            "data-timestamp",
            "data-utime",
            "timestamp",
            "date",
            "title",
        ]);
        let spot = spot(value);
        if spot.text.bytes().any(|byte| byte.is_ascii_digit())
            || spot.value.is_some()
            || !spot.text.is_empty()
        {
            gathered.stamps.push(spot);
        }
    }
    let is_byline = [
        "author",
        "byline",
        "autor",
        "writer",
        "reporter",
        "journalist",
        "contributor",
        "by-line",
        "auteur",
        "redakt",
        "creator",
    ]
    .iter()
    .any(|word| hints.contains(word))
        || tag.attr("href").is_some_and(|href| {
            let href = href.to_ascii_lowercase();
            [
                "/author",
                "/autor",
                "/authors/",
                "/profile",
                "/staff/",
                "/journalist",
                "/people/",
                "/redakteur",
                "/auteur",
            ]
            .iter()
            .any(|word| href.contains(word))
        })
        || tag.name == "address";
    if is_byline && gathered.bylines.len() < MOST {
        gathered
            .bylines
            .push(spot(attr(&["content", "data-author", "data-author-name"])));
    }
}

fn text_node(node: &NodeRef<'_>, order: usize, asides: usize, gathered: &mut Gathered) {
    if gathered.lines.len() >= 4 * MOST {
        return;
    }
    let line = node
        .query(|inner| match &inner.data {
            NodeData::Text { contents } if !contents.trim().is_empty() && contents.len() < 400 => {
                Some(fold(contents, SHOWN))
            }
            _ => None,
        })
        .flatten();
    if let Some(text) = line.filter(|text| text.chars().count() > 1) {
        gathered.lines.push(Spot {
            order,
            text,
            aside: asides > 0,
            ..Spot::default()
        });
    }
}
