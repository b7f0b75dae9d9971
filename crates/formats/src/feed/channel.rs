//! What a feed says of itself.

use super::content::line;
use super::person::person;
use crate::common::Channel;
use crate::xml::{Element, Tree};

/// Reads the title, language, author and address of a feed.
pub(super) fn channel(tree: &Tree) -> Channel {
    let Some(root) = tree.root() else {
        return Channel::default();
    };
    let around = match root.name() {
        "rss" | "rdf" => root
            .children()
            .find(|child| child.name() == "channel")
            .unwrap_or(root),
        _ => root,
    };
    let first = |names: &[(&str, &str)]| {
        names
            .iter()
            .find_map(|(space, name)| around.child(space, name).map(|child| line(child)))
            .filter(|text| !text.is_empty())
    };
    // RSS 2.0 puts `atom:link` before `link`.
    let link = around
        .children()
        .filter(|child| child.is("", "link"))
        .find_map(|child| match child.attribute("href") {
            None => Some(child.text().trim().to_owned()),
            Some(href) => {
                matches!(child.attribute("rel"), None | Some("alternate")).then(|| href.to_owned())
            }
        })
        .filter(|link| !link.is_empty());
    let own = around
        .children()
        .filter(|child| child.is("", "link") && child.attribute("rel") == Some("self"))
        .find_map(|child| url::Url::parse(child.attribute("href")?).ok());
    let link = match (link, own) {
        (Some(link), Some(own)) => own.join(&link).map_or(Some(link), |link| Some(link.into())),
        (None, Some(own)) => Some(own.into()),
        (link, None) => link,
    };
    Channel {
        title: first(&[("", "title"), ("dc", "title")]),
        lang: first(&[("", "language"), ("dc", "language")]).or_else(|| lang(around)),
        // Of RSS, that is the webmaster.
        author: around
            .child("", "author")
            .filter(|_| root.name() == "feed")
            .and_then(person),
        link,
    }
}

fn lang(element: Element<'_>) -> Option<String> {
    crate::xml::lang(element).map(ToOwned::to_owned)
}
