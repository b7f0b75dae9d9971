//! The quotations that are wordings of the same utterance as one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::DocAddress;
use whosaid_model::{ArticleId, QuotationId, QuotationKind, Span};
use whosaid_schema::Telling;

use super::nodes::{Node, Nodes};
use super::relation::{
    Circumstances, LEAST_SHARED, Likeness, OCCASION, Speakers, days_apart, may_be_like,
};
use super::words::Worded;
use crate::archive::Archive;
use crate::copies::Sketches;
use crate::error::{Cause, Error};
use crate::scan::Limits;
use crate::stored::Quotations;

/// Wordings that are remembered, at most: a page has some hundreds, and what walks a whole archive must not grow with
/// it.
const REMEMBERED: usize = 2_000;

/// Comparisons that are remembered, at most.
const LIKENESSES: usize = 14_000;

/// Quotations that are remembered in their order, at most.
const NODES: usize = 16_000;

/// Addresses and hashes that are remembered of the words and runs of words in which they were found, at most.
const FOUND: usize = 100_000;

/// Words that are looked up in the index in the time in which a text is read.
const WORDS_A_TEXT: usize = 100;

/// What is left of the weight of a wording in which all words are written as names, in hundredths, at least.
const LEAST_AS_NAMES: u32 = 60;

/// Finds quotations by others.
pub(super) struct Finder {
    pub(super) nodes: Nodes,
    pub(super) quotations: Quotations,
    worded: HashMap<u64, Arc<Worded>>,
    sharing: HashMap<u64, Arc<Vec<u64>>>,
    /// The quotations in the same words.
    in_words: HashMap<u64, Arc<[DocAddress]>>,
    /// The wordings that have a run of words: those of one speech have the same again and again.
    with_run: HashMap<u64, Arc<[u64]>>,
    /// The number of these wordings, and of those quotations.
    found: usize,
    in_order: HashMap<u64, Arc<Vec<Node>>>,
    /// The number of nodes that are remembered in order.
    nodes_in_order: usize,
    likenesses: HashMap<(u64, u64), Likeness>,
    /// How like wordings can be at most.
    bounds: HashMap<(u64, u64), Likeness>,
    sketches: Sketches,
    limits: Limits,
}

impl Finder {
    pub(super) fn new(archive: &Archive, limits: &Limits) -> Result<Self, Error> {
        Ok(Self {
            nodes: Nodes::new(archive, archive.persons()?).map_err(Error::engine)?,
            quotations: Quotations::new(archive),
            worded: HashMap::new(),
            sharing: HashMap::new(),
            in_words: HashMap::new(),
            with_run: HashMap::new(),
            found: 0,
            in_order: HashMap::new(),
            nodes_in_order: 0,
            likenesses: HashMap::new(),
            bounds: HashMap::new(),
            sketches: Sketches::new(archive),
            limits: limits.clone(),
        })
    }

    /// Fails when there is no time left: a stock phrase has thousands of quotations to be compared with. What is not
    /// finished is not remembered.
    pub(super) fn look_at_the_clock(&self) -> Result<(), Error> {
        if self.limits.is_over() {
            return Err(Cause::TimeOver.into());
        }
        Ok(())
    }

    /// Returns where a quotation stands in its article.
    pub(super) fn span(&self, node: &Node) -> Result<Span, Error> {
        Ok(self.quotations.bare(node.address)?.span)
    }

    /// Returns the identifier of a quotation.
    pub(super) fn id(&self, node: &Node) -> Result<QuotationId, Error> {
        Ok(QuotationId::new(ArticleId(node.article), self.span(node)?))
    }

    /// Returns the quotations that are wordings of one utterance with `node`, in their order; of those only that
    /// come before `before`.
    pub(super) fn related(
        &mut self,
        node: &Node,
        before: Option<&Node>,
    ) -> Result<Vec<Node>, Error> {
        let is_early = |other: &Node| before.is_none_or(|before| other < before);
        let sharing = self.sharing(node)?;
        let mut found = Vec::new();
        let mut early = Vec::new();
        for wording in &*sharing {
            self.look_at_the_clock()?;
            let others = self.in_order(*wording)?;
            // Most have none that is early enough.
            if let Some(first) = others.first().filter(|first| is_early(first)) {
                early.push((first.address, *wording));
            }
        }
        self.sift(node.wording, &mut early)?;
        for (_, wording) in &early {
            let others = self.in_order(*wording)?;
            let mut early = others.iter().take_while(|other| is_early(other));
            if !early.any(|other| self.may_be_same(node, other)) {
                continue;
            }
            self.look_at_the_clock()?;
            let likeness = self.likeness(node.wording, *wording)?;
            if !likeness.may_be_same_utterance() {
                continue;
            }
            for other in others.iter().take_while(|other| is_early(other)) {
                if other.address != node.address
                    && (is_same(likeness, node, other) || self.is_copy(node, other)?)
                {
                    found.push(*other);
                }
            }
        }
        let mut near = self.around(node, before, &sharing)?;
        near.retain(|(address, _)| is_early(&self.nodes.node(*address)));
        self.sift(node.wording, &mut near)?;
        for (address, wording) in near {
            self.look_at_the_clock()?;
            let other = self.nodes.node(address);
            if self.may_be_same(node, &other)
                && is_same(self.likeness(node.wording, wording)?, node, &other)
            {
                found.push(other);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Tells whether two quotations are the same words in two copies of an article, whoever said them.
    fn is_copy(&mut self, one: &Node, other: &Node) -> Result<bool, Error> {
        let near = days_apart(one.days(), other.days()).is_some_and(|days| days <= OCCASION);
        if one.wording != other.wording || one.article == other.article || !near {
            return Ok(false);
        }
        self.meet(one)?;
        self.meet(other)?;
        self.sketches
            .are_copies(ArticleId(one.article), ArticleId(other.article))
    }

    /// Reads the sketch of a quotation's article.
    fn meet(&mut self, node: &Node) -> Result<(), Error> {
        let place = self.nodes.article(node.address);
        self.sketches.meet(ArticleId(node.article), place)
    }

    /// Groups the articles of some quotations, given in order, by whose copies they are; see [`Archive::copies`].
    /// Copies come within days.
    pub(super) fn copies(&mut self, nodes: &[Node]) -> Result<BTreeMap<u64, u64>, Error> {
        let near = |one: &Node, other: &Node| {
            one.article != other.article
                && days_apart(one.days(), other.days()).is_none_or(|days| days <= OCCASION)
        };
        let mut articles = BTreeSet::new();
        let mut rest = nodes;
        while let [node, behind @ ..] = rest {
            rest = behind;
            for other in behind {
                if near(node, other) {
                    for node in [node, other] {
                        if articles.insert(ArticleId(node.article)) {
                            self.meet(node)?;
                        }
                    }
                } else if node.article != other.article {
                    break;
                }
            }
        }
        if articles.is_empty() {
            return Ok(BTreeMap::new());
        }
        let firsts = self.sketches.firsts(articles)?;
        Ok(firsts
            .into_iter()
            .map(|(article, first)| (article.0, first.0))
            .collect())
    }

    /// Returns what the same person said within days, and in words that may be like these, with the hashes of these
    /// words: without those in `sharing`.
    fn around(
        &mut self,
        node: &Node,
        before: Option<&Node>,
        sharing: &[u64],
    ) -> Result<Vec<(DocAddress, u64)>, Error> {
        let (Some(person), Some((first, last))) = (node.person, node.days()) else {
            return Ok(Vec::new());
        };
        let (from, to) = (
            last.saturating_sub(OCCASION),
            first.saturating_add(OCCASION),
        );
        let bound = before.and_then(Node::days).map_or(i64::MAX, |(day, _)| day);
        if from > to.min(bound) {
            return Ok(Vec::new());
        }
        let said = self.nodes.said_by(person, from..=to.min(bound));
        let said = said.map_err(Error::engine)?.into_iter();
        let said = said.filter_map(|address| Some((address, self.nodes.wording(address)?)));
        let is_other = |(_, wording): &(_, u64)| sharing.binary_search(wording).is_err();
        let said: Vec<_> = said.filter(is_other).collect();
        // To read the words takes longer than all of this.
        if said.is_empty() {
            return Ok(Vec::new());
        }
        let worded = self.worded(node.wording)?;
        if worded.set_apart {
            return Ok(Vec::new());
        }
        let words = &worded.words;
        let may_be_like =
            |other: Telling| may_be_like(words.shared_at_most(other), words.weight, other.weight);
        let mut near = Vec::new();
        for (address, wording) in said {
            let may_be = self.nodes.may_be(address, words, LEAST_SHARED, may_be_like);
            if may_be.map_err(Error::engine)? {
                near.push((address, wording));
            }
        }
        Ok(near)
    }

    /// Tells whether two quotations can be of one utterance, as far as that is known without their texts.
    fn may_be_same(&self, one: &Node, other: &Node) -> bool {
        let bound = self.bounds.get(&pair(one.wording, other.wording));
        bound.is_none_or(|bound| is_same(*bound, one, other))
    }

    /// Finds out how like the wordings of some quotations can be to one, at most: the index tells which of its telling
    /// words each has, much faster than the text.
    fn sift(&mut self, wording: u64, others: &mut [(DocAddress, u64)]) -> Result<(), Error> {
        others.sort_unstable();
        let mut seen = BTreeSet::from([wording]);
        let is_unknown = |(_, other): &(DocAddress, u64)| {
            let pair = pair(wording, *other);
            let is_known = self.likenesses.contains_key(&pair) || self.bounds.contains_key(&pair);
            !is_known && seen.insert(*other)
        };
        let unknown: Vec<_> = others.iter().copied().filter(is_unknown).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let worded = self.worded(wording)?;
        let words = &worded.words;
        if words.telling.len() > unknown.len().saturating_mul(WORDS_A_TEXT) {
            return Ok(());
        }
        let telling = unknown.iter().map(|(address, _)| {
            let telling = self.nodes.telling(*address).map_err(Error::engine)?;
            Ok((*address, telling))
        });
        let telling: Vec<_> = telling.collect::<Result<_, Error>>()?;
        let weights = self.nodes.weigh(&telling, &words.telling);
        let weights = weights.map_err(Error::engine)?;
        for (((_, other), (_, telling)), weight) in unknown.into_iter().zip(telling).zip(weights) {
            // It is judged by the first of those in the same words, whose capitals may be others.
            let least = (telling.weight / 100).saturating_mul(LEAST_AS_NAMES);
            let shared = words.shared_of(weight, telling);
            if self.bounds.len() >= LIKENESSES {
                self.bounds.clear();
            }
            let bound = Likeness::at_most(shared, words.weight, least);
            self.bounds.insert(pair(wording, other), bound);
        }
        Ok(())
    }

    /// Returns the wordings that are found by a quotation's words, itself included, in the order of their hashes.
    fn sharing(&mut self, node: &Node) -> Result<Arc<Vec<u64>>, Error> {
        let wording = node.wording;
        if let Some(sharing) = self.sharing.get(&wording) {
            return Ok(Arc::clone(sharing));
        }
        let mut sharing = vec![wording];
        let runs = self.nodes.runs(node.address).map_err(Error::engine)?;
        for run in runs.collect::<Vec<_>>() {
            self.look_at_the_clock()?;
            sharing.extend_from_slice(&self.with_run(run)?);
        }
        sharing.sort_unstable();
        sharing.dedup();
        let sharing = Arc::new(sharing);
        if self.sharing.len() >= REMEMBERED {
            self.sharing.clear();
        }
        self.sharing.insert(wording, Arc::clone(&sharing));
        Ok(sharing)
    }

    /// Returns the wordings that have a run of words, in the order of their hashes.
    fn with_run(&mut self, run: u64) -> Result<Arc<[u64]>, Error> {
        if let Some(wordings) = self.with_run.get(&run) {
            return Ok(Arc::clone(wordings));
        }
        let found = self.nodes.with_run(run).map_err(Error::engine)?;
        let mut wordings = Vec::new();
        for same in found.chunk_by(|one, other| one.0 == other.0) {
            let Some((wording, _)) = same.first() else {
                continue;
            };
            wordings.push(*wording);
            // All in the same words have the run: they are asked for next.
            if !self.in_words.contains_key(wording) {
                let addresses: Arc<[_]> = same.iter().map(|(_, address)| *address).collect();
                self.make_room(addresses.len());
                self.in_words.insert(*wording, addresses);
            }
        }
        self.make_room(wordings.len());
        let wordings: Arc<[_]> = wordings.into();
        self.with_run.insert(run, Arc::clone(&wordings));
        Ok(wordings)
    }

    /// Makes room for so many of what is found by words.
    fn make_room(&mut self, length: usize) {
        // A list takes as much room as one more.
        let room = length.saturating_add(1);
        if self.found.saturating_add(room) > FOUND {
            self.in_words.clear();
            self.with_run.clear();
            self.found = 0;
        }
        self.found = self.found.saturating_add(room);
    }

    /// Returns all quotations in the words that have this hash, in their order.
    fn in_order(&mut self, wording: u64) -> Result<Arc<Vec<Node>>, Error> {
        if let Some(nodes) = self.in_order.get(&wording) {
            return Ok(Arc::clone(nodes));
        }
        let addresses = self.in_words(wording)?;
        let nodes = addresses.iter().map(|address| self.nodes.node(*address));
        let mut nodes: Vec<Node> = nodes.collect();
        nodes.sort_unstable();
        // A list takes as much room as one more.
        let room = nodes.len().saturating_add(1);
        if self.nodes_in_order.saturating_add(room) > NODES {
            self.in_order.clear();
            self.nodes_in_order = 0;
        }
        self.nodes_in_order = self.nodes_in_order.saturating_add(room);
        let nodes = Arc::new(nodes);
        self.in_order.insert(wording, Arc::clone(&nodes));
        Ok(nodes)
    }

    /// Returns the words that have this hash.
    fn worded(&mut self, wording: u64) -> Result<Arc<Worded>, Error> {
        if let Some(worded) = self.worded.get(&wording) {
            return Ok(Arc::clone(worded));
        }
        // Whose words are looked at must not depend on where they lie: `U S` and `U.S.` have one hash.
        let first = if let Some(nodes) = self.in_order.get(&wording) {
            let first = nodes.iter().min_by_key(|node| (node.article, node.start));
            first.map(|node| node.address)
        } else {
            let addresses = self.in_words(wording)?;
            let addresses = addresses.iter().copied();
            addresses.min_by_key(|address| self.nodes.place(*address))
        };
        let mut worded = Worded::default();
        if let Some(first) = first {
            let stored = self.quotations.read(first)?;
            let quotation = &stored.quotation;
            let set_apart = quotation.kind == QuotationKind::Indirect || quotation.denied;
            worded = Worded::of(&stored.text, set_apart);
        }
        if self.worded.len() >= REMEMBERED {
            self.worded.clear();
        }
        let worded = Arc::new(worded);
        self.worded.insert(wording, Arc::clone(&worded));
        Ok(worded)
    }

    /// Returns the quotations in the words that have this hash, in the order of the index.
    fn in_words(&mut self, wording: u64) -> Result<Arc<[DocAddress]>, Error> {
        if let Some(addresses) = self.in_words.get(&wording) {
            return Ok(Arc::clone(addresses));
        }
        let term = self.nodes.archive().schema().wording_term(wording);
        let mut found = self.nodes.with_term(&term).map_err(Error::engine)?;
        found.retain(|address| self.nodes.wording(*address) == Some(wording));
        self.make_room(found.len());
        let found: Arc<[_]> = found.into();
        self.in_words.insert(wording, Arc::clone(&found));
        Ok(found)
    }

    fn likeness(&mut self, one: u64, other: u64) -> Result<Likeness, Error> {
        let pair = pair(one, other);
        if let Some(likeness) = self.likenesses.get(&pair) {
            return Ok(*likeness);
        }
        let (one, other) = (self.worded(pair.0)?, self.worded(pair.1)?);
        let likeness = Likeness::of(&one, &other);
        if self.likenesses.len() >= LIKENESSES {
            self.likenesses.clear();
        }
        self.likenesses.insert(pair, likeness);
        Ok(likeness)
    }
}

/// Two wordings, in whatever order they are given.
fn pair(one: u64, other: u64) -> (u64, u64) {
    (one.min(other), one.max(other))
}

fn is_same(likeness: Likeness, one: &Node, other: &Node) -> bool {
    likeness.is_same_utterance(Circumstances {
        speakers: match (one.person, other.person) {
            (Some(one), Some(other)) if one == other => Speakers::Same,
            (Some(_), Some(_)) => Speakers::Different,
            _ => Speakers::Unknown,
        },
        apart: days_apart(one.days(), other.days()),
        one_article: one.article == other.article,
    })
}
