//! Names out of the ways in which feeds write authors.

use crate::xml::Element;

/// Reads an author: Atom's with a name, RSS's `jane@example.org (Jane Roe)`, or a bare name.
pub(super) fn person(element: Element<'_>) -> Option<String> {
    let inner = |name: &str| {
        let child = element.children().find(|child| child.name() == name)?;
        Some(child.text().trim().to_owned()).filter(|text| !text.is_empty())
    };
    let text = inner("name")
        .or_else(|| inner("email"))
        .unwrap_or_else(|| element.text());
    name(&text)
}

/// Takes the address away from a name.
pub(super) fn name(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (open, close) in [('(', ')'), ('<', '>')] {
        let Some((before, rest)) = text.split_once(open) else {
            continue;
        };
        let inner = rest
            .split_once(close)
            .map_or(rest, |(inner, _)| inner)
            .trim();
        let before = before.trim();
        let inside = inner.trim_start_matches("mailto:");
        let name = match (inside.contains('@'), before.contains('@')) {
            (true, false) => before,
            (false, true) => inner,
            _ => continue,
        };
        let name = name.trim_matches(['"', ' ', ',']);
        if !name.is_empty() {
            return Some(name.to_owned());
        }
    }
    let bare = text.trim_matches([',', ';', ' ']);
    (!bare.is_empty()).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go() {
        for (text, expected) in [
            ("jane@a.example (Jane Roe)", Some("Jane Roe")),
            ("Jane Roe <jane@a.example>", Some("Jane Roe")),
            ("Jane Roe (jane@a.example)", Some("Jane Roe")),
            ("\"Jane Roe\" <mailto:jane@a.example>", Some("Jane Roe")),
            (" Jane\n Roe ", Some("Jane Roe")),
            ("Jane Roe (Wire)", Some("Jane Roe (Wire)")),
            ("jane@a.example", Some("jane@a.example")),
            (" ", None),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }
}
