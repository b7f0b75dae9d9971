//! Which kind of document a clause speaks of.

use whosaid_schema::DocumentKind;

use crate::ast::{Node, Text, TextField};
use crate::id;
use crate::search::Unit;

/// The kind of document that can answer a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Either,
    Only(Unit),
    Both,
}

/// Tells which kind of document can answer a clause.
pub(super) fn need(node: &Node, field: Option<TextField>) -> Need {
    let of_field = |field: Option<TextField>, text: Option<&Text>| match field {
        Some(TextField::Said | TextField::Speaker | TextField::Kind) => {
            Need::Only(Unit::Quotations)
        }
        Some(TextField::Text) => Need::Only(Unit::Articles),
        Some(TextField::Id) => match text.map(|text| id::Prefix::parse(text.words())) {
            Some(Ok(prefix)) if prefix.kind == DocumentKind::Article => Need::Either,
            _ => Need::Only(Unit::Quotations),
        },
        _ => Need::Either,
    };
    match node {
        Node::Text {
            field: own, text, ..
        } => of_field(own.or(field), Some(text)),
        Node::Near { .. } => of_field(field, None),
        Node::Number { .. } => Need::Only(Unit::Quotations),
        Node::All | Node::Date { .. } => Need::Either,
        Node::Group { field, inner } => need(inner, Some(*field)),
        Node::Not(inner) | Node::Boost(inner, _) => need(inner, field),
        Node::And(nodes) | Node::Or(nodes) => {
            let mut needs = nodes.iter().map(|node| need(node, field));
            match needs.next() {
                Some(first) if needs.all(|need| need == first) => first,
                Some(_) => Need::Both,
                None => Need::Either,
            }
        }
    }
}

/// Tells whether no indirect speech can match a clause that asks for none: its words are in a field of their own.
pub(super) fn implies_direct(node: &Node, field: Option<TextField>) -> bool {
    match node {
        Node::Text { field: own, .. } => own.or(field) == Some(TextField::Said),
        Node::Near { .. } => matches!(field, None | Some(TextField::Said)),
        Node::Group { field, inner } => implies_direct(inner, Some(*field)),
        Node::Boost(inner, _) => implies_direct(inner, field),
        Node::And(nodes) => nodes.iter().any(|node| implies_direct(node, field)),
        Node::Or(nodes) => nodes.iter().all(|node| implies_direct(node, field)),
        _ => false,
    }
}

/// Tells whether only documents of the unit's kind can match, so that the kind need not be asked for.
pub(super) fn implies_kind(node: &Node, unit: Unit) -> bool {
    match node {
        Node::Text { field, .. } => match field {
            None | Some(TextField::About | TextField::Title) => true,
            Some(TextField::Said | TextField::Speaker | TextField::Kind) => {
                unit == Unit::Quotations
            }
            Some(TextField::Text) => unit == Unit::Articles,
            _ => false,
        },
        Node::Near { .. } | Node::All => true,
        Node::Boost(inner, _) => implies_kind(inner, unit),
        Node::And(nodes) => nodes.iter().any(|node| implies_kind(node, unit)),
        Node::Or(nodes) => nodes.iter().all(|node| implies_kind(node, unit)),
        _ => false,
    }
}
