//! From findings to a verdict: whose words are they, which places are shown.

use std::collections::BTreeSet;
use std::ops::Range;

use whosaid_model::{QuotationKind, Span};
use whosaid_schema::StoredQuotation;

use super::amounts::whole_sums;
use super::candidates::Finder;
use super::claim::Claim;
use super::judge::{NEAREST, Weighed, judge};
use super::passage::{Passage, Signs};
use super::reasons::{changed, left_out};
use super::settle::{Found, is_named, settle, whole};
use super::{CheckOptions, Checked, Match, Reason, Verdict};
use crate::archive::Archive;
use crate::ast::{Node, Text, TextField};
use crate::diff::{self, Diff, DiffKind};
use crate::error::Error;
use crate::gather::Key;
use crate::hit_reader::HitReader;
use crate::lower::Lowered;
use crate::people::unknown_speaker;
use crate::warning::Warning;
use crate::wording::Wordings;

/// Articles whose quotations are joined and looked at as one, at most: those of the best candidates.
const JOINED: usize = 5;

/// A quotation with this share of the words, in percent, is what was quoted, however many more others have.
const NEARLY_ALL: usize = 80;

/// A passage of more words is not looked at as a whole.
const LONGEST: usize = 4096;

/// Checks the claims of one text.
pub(super) struct Checker<'a> {
    finder: Finder<'a>,
    limit: usize,
    wordings: Wordings,
    warnings: Vec<Warning>,
}

/// The speaker that a claim names.
struct Named {
    node: Node,
    lowered: Lowered,
}

impl<'a> Checker<'a> {
    pub(super) fn new(archive: &'a Archive, options: &'a CheckOptions) -> Result<Self, Error> {
        Ok(Self {
            finder: Finder::new(archive, &options.limits)?,
            limit: options.limit,
            wordings: Wordings::new(),
            warnings: Vec::new(),
        })
    }

    pub(super) fn is_partial(&self) -> bool {
        self.finder.partial
    }

    pub(super) fn into_warnings(self) -> Vec<Warning> {
        self.warnings
    }

    pub(super) fn check(&mut self, mut claim: Claim) -> Result<Checked, Error> {
        self.settle_typed(&mut claim)?;
        let mut signs = Signs::default();
        let weighed = Weighed {
            signs: signs.of(&claim.words),
            weights: self.finder.weights(&claim)?,
            claim: &claim,
        };
        let named = match &claim.speaker {
            Some(name) => {
                let named = self.named(name)?;
                if named.is_none() {
                    let persons = self.finder.archive.persons()?;
                    let warning = unknown_speaker(name, &persons);
                    if !self.warnings.contains(&warning) {
                        self.warnings.push(warning);
                    }
                }
                named
            }
            None => None,
        };
        let unknown = claim.speaker.is_some() && named.is_none();
        // First those by the speaker, then all: the words of a stock phrase are by a hundred people.
        let mut found = match &named {
            Some(named) => self.find(&weighed, &mut signs, Some(named))?,
            None => Vec::new(),
        };
        let is_exact = |found: &Found| found.finding.verdict == Verdict::Exact;
        if !found.iter().any(is_exact) {
            found.extend(self.find(&weighed, &mut signs, None)?);
        }
        let (mut verdict, shown) = {
            let query = named.as_ref().map(|named| named.lowered.query.as_ref());
            settle(&self.finder, found, query)?
        };
        let total = shown.len() as u64;
        let mut reasons: BTreeSet<Reason> = BTreeSet::new();
        if let Some(Found {
            passage,
            finding,
            same,
        }) = shown.first()
        {
            reasons.extend(finding.reasons.iter().copied());
            reasons.extend((passage.quotations.len() > 1).then_some(Reason::Joined));
            let quotations = || {
                passage
                    .quotations
                    .iter()
                    .map(|(_, stored)| &stored.quotation)
            };
            let indirect = quotations().any(|quotation| quotation.kind == QuotationKind::Indirect);
            reasons.extend(indirect.then_some(Reason::Indirect));
            if whole(finding) || finding.reasons.contains(&Reason::Reordered) {
                reasons.extend(left_out(passage, finding));
            }
            let denied = quotations().any(|quotation| quotation.denied);
            reasons.extend(denied.then_some(Reason::Denied));
            if claim.speaker.is_some() && verdict != Verdict::NotFound {
                let named = passage.quotations.first();
                match same {
                    _ if !named.is_some_and(|(_, stored)| is_named(stored)) => {
                        reasons.extend([Reason::Unnamed]);
                    }
                    Some(false) if verdict == Verdict::Exact || whole(finding) => {
                        verdict = Verdict::OtherSpeaker;
                    }
                    Some(false) => reasons.extend([Reason::OtherSpeaker]),
                    _ => {}
                }
            }
        }
        reasons.extend(unknown.then_some(Reason::UnknownSpeaker));
        let unread = claim.unread && verdict != Verdict::NotFound;
        reasons.extend(unread.then_some(Reason::UnreadSpeaker));
        let matches = self.matches(&claim, shown)?;
        if verdict == Verdict::Altered {
            reasons.extend(
                matches
                    .first()
                    .into_iter()
                    .flat_map(|best| changed(&mut self.wordings, &claim, best)),
            );
        }
        Ok(Checked {
            span: claim.span,
            text: claim.text,
            speaker: claim.speaker,
            verdict,
            reasons: reasons.into_iter().collect(),
            matches,
            total: if verdict == Verdict::NotFound {
                0
            } else {
                total
            },
        })
    }

    /// Forgets a speaker typed without capitals whom nobody knows: `officials said` names nobody.
    fn settle_typed(&mut self, claim: &mut Claim) -> Result<(), Error> {
        if claim.typed
            && let Some(name) = &claim.speaker
            && self.named(name)?.is_none()
        {
            claim.speaker = None;
        }
        Ok(())
    }

    /// Looks for the speaker under the name, then under its last words: `Foreign Minister Jane Roe` may be known
    /// without her office.
    fn named(&mut self, name: &str) -> Result<Option<Named>, Error> {
        let mut rest = name;
        loop {
            let node = Node::text(TextField::Speaker, Text::phrase(rest));
            let lowered = self.finder.lower(&node)?;
            if self.finder.count(lowered.query.as_ref())? > 0 {
                for warning in &lowered.warnings {
                    if !self.warnings.contains(warning) {
                        self.warnings.push(warning.clone());
                    }
                }
                return Ok(Some(Named { node, lowered }));
            }
            match rest.split_once(' ') {
                Some((_, after)) => rest = after,
                None => return Ok(None),
            }
        }
    }

    /// Holds the claim against all quotations that it may be a wording of.
    fn find(
        &mut self,
        weighed: &Weighed<'_>,
        signs: &mut Signs,
        named: Option<&Named>,
    ) -> Result<Vec<Found>, Error> {
        let speaker = named.map(|named| &named.node);
        let claim = weighed.claim;
        let mut found = Vec::new();
        let phrases = self.finder.phrase(claim, false, speaker)?;
        self.judge_each(weighed, signs, phrases, &mut found);
        found.retain(|found| found.finding.verdict == Verdict::Exact);
        if !found.is_empty() {
            return Ok(found);
        }
        let query = named.map(|named| named.lowered.query.as_ref());
        let alike = self.finder.alike(claim, &weighed.weights, query)?;
        self.judge_each(weighed, signs, alike, &mut found);
        found.sort_by(|a, b| b.finding.likeness.total_cmp(&a.finding.likeness));
        self.join(weighed, signs, &mut found)?;
        let altered = |found: &Found| found.finding.verdict == Verdict::Altered;
        if found.iter().all(altered) {
            // Last, the words of reporters.
            let mut reported = Vec::new();
            let phrases = self.finder.phrase(claim, true, speaker)?;
            self.judge_each(weighed, signs, phrases, &mut reported);
            reported.retain(|found| found.finding.verdict == Verdict::Exact);
            for found in &mut reported {
                found.finding.verdict = Verdict::Partial;
            }
            found.extend(reported);
        }
        Ok(found)
    }

    fn judge_each(
        &mut self,
        weighed: &Weighed<'_>,
        signs: &mut Signs,
        quotations: Vec<(Key, StoredQuotation)>,
        found: &mut Vec<Found>,
    ) {
        for quotation in quotations {
            let passage = Passage::new(vec![quotation], weighed.claim, &mut self.wordings, signs);
            let finding = judge(weighed, &passage);
            found.extend(finding.map(|finding| Found {
                passage,
                finding,
                same: None,
            }));
        }
    }

    /// Looks at all that a speaker says in an article as one text: reporters cut speech into pieces, and not always
    /// where other reporters do. `“We will win,” she said, “but not this year”` has no quotation `We will win this
    /// year`, not even in part.
    fn join(
        &mut self,
        weighed: &Weighed<'_>,
        signs: &mut Signs,
        found: &mut Vec<Found>,
    ) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        let mut joined = Vec::new();
        for Found {
            passage, finding, ..
        } in found.iter()
        {
            let Some((_, stored)) = passage.quotations.first() else {
                continue;
            };
            if seen.len() >= JOINED || finding.likeness < NEAREST / 2.0 {
                break;
            }
            if whole(finding) || !seen.insert(stored.article_id) {
                continue;
            }
            let kept: usize = finding
                .pieces
                .iter()
                .map(|piece| compared(weighed.claim, passage, piece).kept)
                .sum();
            let words = weighed.claim.words.len();
            let nearly_all = kept.saturating_mul(100) >= words.saturating_mul(NEARLY_ALL);
            // What was not said is no part of what was.
            if stored.quotation.denied {
                continue;
            }
            let mut beside = self.finder.beside(stored)?;
            beside.retain(|(_, other)| !other.quotation.denied);
            if beside.len() < 2 {
                continue;
            }
            let mut passage = Passage::new(beside, weighed.claim, &mut self.wordings, signs);
            if passage.words.len() > LONGEST {
                continue;
            }
            let Some(mut better) = judge(weighed, &passage) else {
                continue;
            };
            if better.reasons.contains(&Reason::Reordered) {
                // What stands between the sentences is nothing of theirs.
                let used = passage.with(better.pieces.iter().map(|(_, found)| found));
                passage = Passage::new(used, weighed.claim, &mut self.wordings, signs);
                let Some(again) = judge(weighed, &passage) else {
                    continue;
                };
                better = again;
            }
            let used = better.pieces.iter().filter(|(_, found)| !found.is_empty());
            let start = used
                .clone()
                .map(|(_, found)| found.start)
                .min()
                .unwrap_or(0);
            let end = used.map(|(_, found)| found.end).max().unwrap_or(0);
            let (words, _) = passage.cut_to(&(start..end));
            for (_, found) in &mut better.pieces {
                *found = found.start.saturating_sub(words)..found.end.saturating_sub(words);
            }
            let patchwork = !whole(&better) && !better.reasons.contains(&Reason::Reordered);
            if patchwork && nearly_all {
                continue;
            }
            if passage.quotations.len() > 1 && better.likeness > finding.likeness {
                joined.push((stored.article_id, passage, better));
            }
        }
        for (article, passage, finding) in joined {
            // What the whole says, its parts no longer do.
            found.retain(|old| {
                let mut parts = old.passage.quotations.iter();
                parts.all(|(_, stored)| stored.article_id != article)
                    || old.finding.likeness > finding.likeness
            });
            found.push(Found {
                passage,
                finding,
                same: None,
            });
        }
        Ok(())
    }

    fn matches(&self, claim: &Claim, shown: Vec<Found>) -> Result<Vec<Match>, Error> {
        if shown.is_empty() {
            return Ok(Vec::new());
        }
        let mut reader = HitReader::new(self.finder.archive, &[], true, self.finder.limits)?;
        let mut matches = Vec::new();
        for (index, found) in shown.into_iter().take(self.limit).enumerate() {
            let Found {
                passage,
                finding,
                same,
            } = found;
            let pieces: Vec<Diff> = finding
                .pieces
                .iter()
                .map(|piece| for_readers(claim, &passage, piece))
                .collect();
            let mut hits = Vec::new();
            for ((key, _), bytes) in passage.quotations.iter().zip(passage.starts()) {
                let mut hit = reader.hit(*key, index.saturating_add(1))?;
                let kept = pieces.iter().flat_map(|diff| &diff.operations);
                let mut matches: Vec<Span> = kept
                    .filter(|operation| operation.kind == DiffKind::Equal)
                    .filter(|operation| !operation.old.is_empty())
                    .map(|operation| {
                        let start = operation.old.start.max(bytes.start);
                        let end = operation.old.end.min(bytes.end);
                        (start, end)
                    })
                    .filter(|(start, end)| start < end)
                    .map(|(start, end)| {
                        let back = |at: usize| at.saturating_sub(bytes.start);
                        Span::new(back(start), back(end))
                    })
                    .collect();
                // Sentences may stand in another order than in the text.
                matches.sort_by_key(|span| (span.start, span.end));
                hit.matches = matches;
                hits.push(hit);
            }
            matches.push(Match {
                hits,
                quote: passage.text,
                likeness: finding.likeness,
                same_speaker: same.filter(|_| claim.speaker.is_some()),
                pieces,
            });
        }
        Ok(matches)
    }
}

type Piece = (Range<usize>, Range<usize>);

/// Compares a stretch of the claim with the words in its place.
fn compared(claim: &Claim, passage: &Passage, (words, found): &Piece) -> Diff {
    let found = passage.words.get(found.clone()).unwrap_or_default();
    diff::of_words(found, claim.words.get(words.clone()).unwrap_or_default())
}

/// As [`compared`], for readers: what stands in the place of a sum of money is another sum, not other figures in it.
fn for_readers(claim: &Claim, passage: &Passage, piece: &Piece) -> Diff {
    let diff = compared(claim, passage, piece);
    if diff.is_same() {
        return diff;
    }
    let (words, found) = piece;
    let found = passage.words.get(found.clone()).unwrap_or_default();
    let words = claim.words.get(words.clone()).unwrap_or_default();
    let (old, new) = (
        whole_sums(&passage.text, found),
        whole_sums(&claim.text, words),
    );
    if (old.len(), new.len()) == (found.len(), words.len()) {
        return diff;
    }
    diff::of_words(&old, &new)
}
