//! From pairs to groups: each quotation belongs to the earliest one that it is like.
//!
//! Likeness is not passed on. “The siren did not sound. Nobody had the key” is like each of its sentences, and they
//! are not like each other; a slogan of every evening is like that of the evening before. So an utterance is gathered
//! around its earliest wording, as in clustering by leaders (Hartigan, “Clustering algorithms”, 1975): a quotation
//! that is like no earlier leader is a leader, every other one follows the earliest leader that it is like. Which
//! quotation was asked for, and in which order, makes no difference.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::DocAddress;
use whosaid_model::{ArticleId, QuotationId, Span};

use super::Utterance;
use super::find::Finder;
use super::nodes::Node;
use crate::archive::Archive;
use crate::error::Error;
use crate::scan::Limits;

/// Leaders and groups that are remembered, at most.
const REMEMBERED: usize = 2_000;

/// Quotations between one and its leader that are asked for theirs, at most: a slogan said every evening of two
/// years. Beyond, one is taken for a leader.
const LONGEST_CHAIN: usize = 400;

/// The wordings of one utterance.
pub(super) struct Group {
    pub(super) summary: Utterance,
    /// All quotations, earliest first.
    pub(super) members: Vec<Member>,
}

/// One quotation of a group.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) node: Node,
    /// The member that has the same words in the article that this one's is a copy of.
    pub(super) copy_of: Option<usize>,
    pub(super) copies: u64,
}

/// Gathers quotations of an archive into utterances.
pub(crate) struct Utterances {
    finder: Finder,
    /// The leader of each quotation, by article and place.
    leaders: HashMap<(u64, u64), Node>,
    groups: HashMap<(u64, u64), Arc<Group>>,
    /// The quotation that is asked for, with its identifier and the beginning of that: most are the earliest.
    pub(super) asked: Option<(DocAddress, QuotationId, String)>,
}

impl Utterances {
    /// Gathers as long as there is time.
    pub(crate) fn new(archive: &Archive, limits: &Limits) -> Result<Self, Error> {
        Ok(Self {
            finder: Finder::new(archive, limits)?,
            leaders: HashMap::new(),
            groups: HashMap::new(),
            asked: None,
        })
    }

    /// Returns the utterance of the quotation at an address, and its place among the members.
    pub(super) fn of(&mut self, address: DocAddress) -> Result<(Arc<Group>, usize), Error> {
        self.finder.look_at_the_clock()?;
        let node = self.finder.nodes.node(address);
        let leader = self.leader(&node, 0)?;
        let group = self.group(&leader)?;
        let place = group
            .members
            .binary_search_by(|member| member.node.cmp(&node));
        match place {
            Ok(place) => Ok((group, place)),
            // At the end of a chain that is too long.
            Err(_) => Ok((Arc::new(self.describe(&node, &[node])?), 0)),
        }
    }

    /// Returns the earliest wording of the utterance of a quotation.
    fn leader(&mut self, node: &Node, depth: usize) -> Result<Node, Error> {
        let key = (node.article, node.start);
        if let Some(leader) = self.leaders.get(&key) {
            return Ok(*leader);
        }
        let mut leader = *node;
        if depth < LONGEST_CHAIN {
            for earlier in self.finder.related(node, Some(node))? {
                if self.leader(&earlier, depth.saturating_add(1))? == earlier {
                    leader = earlier;
                    break;
                }
            }
        }
        if self.leaders.len() >= REMEMBERED {
            self.leaders.clear();
        }
        self.leaders.insert(key, leader);
        Ok(leader)
    }

    fn group(&mut self, leader: &Node) -> Result<Arc<Group>, Error> {
        let key = (leader.article, leader.start);
        if let Some(group) = self.groups.get(&key) {
            return Ok(Arc::clone(group));
        }
        let mut nodes = vec![*leader];
        for node in self.finder.related(leader, None)? {
            if node > *leader && !self.follows_earlier(&node, leader)? {
                nodes.push(node);
            }
        }
        nodes.sort_unstable();
        let group = Arc::new(self.describe(leader, &nodes)?);
        if self.groups.len() >= REMEMBERED {
            self.groups.clear();
        }
        self.groups.insert(key, Arc::clone(&group));
        Ok(group)
    }

    /// Tells whether a quotation is like a leader that is earlier than this one.
    fn follows_earlier(&mut self, node: &Node, leader: &Node) -> Result<bool, Error> {
        for earlier in self.finder.related(node, Some(leader))? {
            if self.leader(&earlier, 0)? == earlier {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Counts the wordings and outlets of a group, given in order, of which `leader` is the first.
    fn describe(&mut self, leader: &Node, nodes: &[Node]) -> Result<Group, Error> {
        let firsts = self.finder.copies(nodes)?;
        let mut members: Vec<Member> = nodes
            .iter()
            .map(|node| Member {
                node: *node,
                copy_of: None,
                copies: 0,
            })
            .collect();
        // An article may have the same words twice: its second is a copy of the other's second.
        let mut times: BTreeMap<(u64, u64), usize> = BTreeMap::new();
        let mut originals: BTreeMap<(u64, u64, usize), usize> = BTreeMap::new();
        for (place, node) in nodes.iter().enumerate() {
            let time = times.entry((node.article, node.wording)).or_default();
            *time = time.saturating_add(1);
            let first = firsts.get(&node.article).copied().unwrap_or(node.article);
            if first == node.article {
                originals.insert((first, node.wording, *time), place);
            } else if let Some(&original) = originals.get(&(first, node.wording, *time)) {
                if let Some(member) = members.get_mut(place) {
                    member.copy_of = Some(original);
                }
                if let Some(original) = members.get_mut(original) {
                    original.copies = original.copies.saturating_add(1);
                }
            }
        }
        let mut outlets = BTreeSet::new();
        for node in nodes {
            if firsts
                .get(&node.article)
                .is_none_or(|first| *first == node.article)
            {
                self.finder.look_at_the_clock()?;
                outlets.insert(self.outlet(node)?);
            }
        }
        let wordings: BTreeSet<u64> = self.outermost(nodes)?;
        let archive = self.finder.nodes.archive();
        let (earliest, short_earliest) = match &self.asked {
            Some((address, id, short)) if *address == leader.address => (*id, short.clone()),
            _ => {
                let id = self.finder.id(leader)?;
                (id, archive.short_id(id).map_err(Error::engine)?)
            }
        };
        Ok(Group {
            summary: Utterance {
                wordings: wordings.len() as u64,
                outlets: outlets.len() as u64,
                quotations: nodes.len() as u64,
                earliest,
                short_earliest,
            },
            members,
        })
    }

    /// Returns the wordings of quotations that stand in no other of the same article: words that are quoted within a
    /// quotation are no wording of their own.
    fn outermost(&self, nodes: &[Node]) -> Result<BTreeSet<u64>, Error> {
        let mut by_article: BTreeMap<u64, Vec<&Node>> = BTreeMap::new();
        for node in nodes {
            by_article.entry(node.article).or_default().push(node);
        }
        let mut wordings = BTreeSet::new();
        for nodes in by_article.into_values() {
            if let [only] = nodes[..] {
                wordings.insert(only.wording);
                continue;
            }
            let mut spans = Vec::new();
            for node in &nodes {
                self.finder.look_at_the_clock()?;
                spans.push(self.finder.span(node)?);
            }
            for (node, span) in std::iter::zip(&nodes, &spans) {
                let inside = |outer: &Span| {
                    span != outer && outer.start <= span.start && span.end <= outer.end
                };
                if !spans.iter().any(inside) {
                    wordings.insert(node.wording);
                }
            }
        }
        Ok(wordings)
    }

    /// Names the outlet: as the source does, or by the host; else the article stands for itself.
    fn outlet(&mut self, node: &Node) -> Result<String, Error> {
        if let Some(source) = self.finder.nodes.source(node).map_err(Error::engine)? {
            return Ok(source);
        }
        let stored = self.finder.quotations.article(node.address)?;
        Ok(outlet(stored.notes.id, &stored.article))
    }

    /// Returns the identifier of the quotation that a member is.
    pub(super) fn id(&self, member: &Member) -> Result<(QuotationId, String), Error> {
        let id = self.finder.id(&member.node)?;
        let archive = self.finder.nodes.archive();
        Ok((id, archive.short_id(id).map_err(Error::engine)?))
    }
}

/// Names the outlet of an article: as the source does, or by the host; else the article stands for itself.
pub(crate) fn outlet(id: ArticleId, article: &whosaid_model::Article) -> String {
    if let Some(source) = &article.source {
        return source.clone();
    }
    let host = article
        .url
        .as_deref()
        .and_then(|url| url.split("//").nth(1)?.split('/').next());
    host.map_or_else(
        || id.to_string(),
        |host| host.trim_start_matches("www.").to_owned(),
    )
}
