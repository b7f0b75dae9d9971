//! Scores predictions against gold, by the definitions of the public yardstick.

use whosaid_model::{Quotation, QuotationKind, Span, SpeakerKind};

use super::gold::{Gold, GoldKind, GoldQuote};
use super::names::{plain, same_person};
use super::slices::Recall;

/// Overlap, as intersection over union, from which a prediction is a gold quotation.
const OVERLAP: f64 = 0.8;

/// Counts over a set of articles.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Spans: right, predicted, gold.
    pub spans: Counts,
    /// Spans of four words and more.
    pub spans4: Counts,
    /// Quotation and full name, four words and more, persons.
    pub persons4: Counts,
    /// The hard slices of the same.
    pub slices: Recall,
    /// Quotation and full name, any length, persons.
    pub persons: Counts,
    /// Quotation and source of any sort.
    pub all: Counts,
    /// Mention right, of the matched quotations of speech.
    pub mention: (u32, u32),
    /// Words that are no speech: given to somebody, all.
    pub traps: (u32, u32),
    /// Quotations inside others, by persons: words and full name.
    pub nested: Counts,
    /// Reported speech without marks: clause and source.
    pub indirect: Counts,
    /// Pronouns that are sources, in marks or not: resolved rightly, all.
    pub pronouns: (u32, u32),
    /// Confidence and whether the prediction is right, of every prediction.
    pub confidences: Vec<(f32, bool)>,
}

/// Right, predicted and gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Predictions that are right.
    pub right: u32,
    /// Predictions.
    pub predicted: u32,
    /// Gold items.
    pub gold: u32,
}

impl Counts {
    /// Precision, recall and their harmonic mean.
    pub fn prf(self) -> (f64, f64, f64) {
        let ratio = |of: u32| {
            if of == 0 {
                0.0
            } else {
                f64::from(self.right) / f64::from(of)
            }
        };
        let (p, r) = (ratio(self.predicted), ratio(self.gold));
        (
            p,
            r,
            if p + r == 0.0 {
                0.0
            } else {
                2.0 * p * r / (p + r)
            },
        )
    }
}

/// Is told of each error: the article, what was marked there and what was found.
pub type Wrong<'w> = dyn FnMut(&Gold, Option<&GoldQuote>, Option<&Quotation>) + 'w;

impl Score {
    /// Adds one article; prints what went wrong through `wrong`.
    pub fn add(&mut self, gold: &Gold, found: &[Quotation], wrong: &mut Wrong<'_>) {
        if gold.marks_indirect {
            self.add_indirect(gold, found);
        }
        // The yardstick knows outer quotations only; those inside them are counted apart.
        let (inner, found): (Vec<&Quotation>, Vec<&Quotation>) = found
            .iter()
            .filter(|quote| quote.kind != QuotationKind::Indirect)
            .partition(|quote| quote.inside.is_some());
        self.add_nested(gold, &inner, wrong);
        let outer: Vec<GoldQuote> = gold
            .quotes
            .iter()
            .filter(|quote| !quote.nested)
            .cloned()
            .collect();
        let gold = &Gold {
            quotes: outer,
            ..gold.clone()
        };
        let pairs = pair(&gold.quotes, &found);
        self.add_marked(gold, &found, &pairs, wrong);
        self.add_found(gold, &found, &pairs, wrong);
    }

    fn add_indirect(&mut self, gold: &Gold, found: &[Quotation]) {
        let clauses: Vec<&Quotation> = found
            .iter()
            .filter(|quote| quote.kind == QuotationKind::Indirect)
            .collect();
        let right = |gold: &GoldQuote, clause: &Quotation| {
            clause.attribution.as_ref().is_some_and(|attribution| {
                super::right::reports(gold, clause.span, attribution.mention)
            })
        };
        self.indirect.gold += gold.indirect.len() as u32;
        self.indirect.predicted += clauses.len() as u32;
        self.indirect.right += gold
            .indirect
            .iter()
            .filter(|gold| clauses.iter().any(|clause| right(gold, clause)))
            .count() as u32;
    }

    fn add_nested(&mut self, gold: &Gold, inner: &[&Quotation], wrong: &mut Wrong<'_>) {
        let is_person = |quote: &&&Quotation| {
            let attribution = quote.attribution.as_ref();
            speaker(quote).is_some()
                && attribution.is_some_and(|given| given.speaker.kind == SpeakerKind::Person)
        };
        let of = |quote: &GoldQuote| {
            let found = inner
                .iter()
                .find(|found| quote.content.first() == Some(&found.span));
            found.copied()
        };
        let nested = gold.quotes.iter().filter(|quote| quote.nested);
        let (persons, others): (Vec<&GoldQuote>, Vec<_>) =
            nested.partition(|quote| quote.kind == GoldKind::Person);
        for quote in &persons {
            self.nested.gold += 1;
            match of(quote) {
                Some(found) if person_right(quote, found) => self.nested.right += 1,
                found => wrong(gold, Some(quote), found),
            }
        }
        for found in inner.iter().filter(is_person) {
            self.nested.predicted += 1;
            let at = |quote: &&&GoldQuote| quote.content.first() == Some(&found.span);
            if persons.iter().find(at).is_none() {
                wrong(gold, others.iter().find(at).copied(), Some(found));
            }
        }
    }

    /// Counts what was found of the quotations that are marked.
    fn add_marked(
        &mut self,
        gold: &Gold,
        found: &[&Quotation],
        pairs: &[(usize, usize)],
        wrong: &mut Wrong<'_>,
    ) {
        let long = |span: Span| is_long(gold, span);
        for (index, quote) in gold.quotes.iter().enumerate() {
            let Some(&content) = quote.content.first() else {
                continue;
            };
            let matched = pairs
                .iter()
                .find(|pair| pair.0 == index)
                .map(|pair| found[pair.1]);
            if quote.kind == GoldKind::NotSpeech {
                let given = matched.is_some_and(|quote| speaker(quote).is_some());
                self.traps.0 += u32::from(given);
                self.traps.1 += 1;
                if given {
                    wrong(gold, Some(quote), matched);
                }
                continue;
            }
            let right = matched.is_some_and(|found| is_right(quote, found));
            self.spans.gold += 1;
            self.spans.right += u32::from(matched.is_some());
            self.spans4.gold += u32::from(long(content));
            self.spans4.right += u32::from(long(content) && matched.is_some());
            self.all.gold += 1;
            self.all.right += u32::from(right);
            if let Some(found) = matched {
                let ok = mention_right(quote, found);
                self.mention.0 += u32::from(ok);
                self.mention.1 += 1;
            }
            if quote.kind == GoldKind::Person {
                let named = matched.is_some_and(|found| person_right(quote, found));
                self.persons.gold += 1;
                self.persons.right += u32::from(named);
                self.persons4.gold += u32::from(long(content));
                self.persons4.right += u32::from(named && long(content));
                if long(content) {
                    self.slices.add(quote.slices, matched.is_some(), named);
                }
            }
            if !right {
                wrong(gold, Some(quote), matched);
            }
        }
    }

    /// Counts what was found, and what of it is marked.
    fn add_found(
        &mut self,
        gold: &Gold,
        found: &[&Quotation],
        pairs: &[(usize, usize)],
        wrong: &mut Wrong<'_>,
    ) {
        let long = |span: Span| is_long(gold, span);
        for (index, quote) in found.iter().enumerate() {
            let matched = pairs
                .iter()
                .find(|pair| pair.1 == index)
                .map(|pair| &gold.quotes[pair.0]);
            let speech = matched.filter(|gold| gold.kind != GoldKind::NotSpeech);
            self.spans.predicted += 1;
            self.all.predicted += 1;
            if long(quote.span)
                && speech.is_none_or(|gold| gold.content.first().is_some_and(|&span| long(span)))
            {
                self.spans4.predicted += 1;
            }
            if speaker(quote).is_some() {
                let counts = speech.is_none_or(|gold| gold.kind == GoldKind::Person);
                self.persons.predicted += u32::from(counts);
                let long_gold =
                    speech.is_none_or(|gold| gold.content.first().is_some_and(|&span| long(span)));
                self.persons4.predicted += u32::from(counts && long(quote.span) && long_gold);
            }
            self.confidences.push((
                quote.confidence,
                speech.is_some_and(|gold| is_right(gold, quote)),
            ));
            if matched.is_none() {
                wrong(gold, None, Some(quote));
            }
        }
    }

    /// Expected calibration error over ten bins of equal width.
    pub fn calibration_error(&self) -> f64 {
        let mut bins = [(0.0_f64, 0.0_f64, 0.0_f64); 10];
        for &(confidence, right) in &self.confidences {
            let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
            bin.0 += 1.0;
            bin.1 += f64::from(confidence);
            bin.2 += f64::from(u8::from(right));
        }
        let total: f64 = self.confidences.len() as f64;
        bins.iter().map(|bin| (bin.1 - bin.2).abs()).sum::<f64>() / total.max(1.0)
    }

    /// Share of right predictions among the most confident `share` of all.
    pub fn precision_at(&self, share: f64) -> f64 {
        let mut sorted = self.confidences.clone();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let keep = ((sorted.len() as f64 * share).round() as usize)
            .max(1)
            .min(sorted.len());
        let right = sorted[..keep].iter().filter(|pair| pair.1).count();
        right as f64 / keep.max(1) as f64
    }

    /// One line of the figures that matter.
    pub fn line(&self) -> String {
        let f = |counts: Counts| {
            let (p, r, f) = counts.prf();
            format!("{p:.3}/{r:.3}/{f:.3}")
        };
        let share = |pair: (u32, u32)| f64::from(pair.0) / f64::from(pair.1.max(1));
        format!(
            "spans {} spans4 {} persons4 {} persons {} all {} mention {:.3} pronouns {:.3} (of {}) indirect {} nested {} traps {:.3} (of {}) ece {:.3} p@70 {:.3}",
            f(self.spans),
            f(self.spans4),
            f(self.persons4),
            f(self.persons),
            f(self.all),
            share(self.mention),
            share(self.pronouns),
            self.pronouns.1,
            f(self.indirect),
            f(self.nested),
            share(self.traps),
            self.traps.1,
            self.calibration_error(),
            self.precision_at(0.7),
        )
    }
}

/// The name given, if there is one.
fn speaker(quote: &Quotation) -> Option<&str> {
    let name = &quote.attribution.as_ref()?.speaker.name;
    (!name.is_empty()).then_some(name.as_str())
}

fn person_right(gold: &GoldQuote, found: &Quotation) -> bool {
    speaker(found).is_some_and(|name| {
        gold.names
            .iter()
            .enumerate()
            .any(|(at, gold)| (at == 0 || gold.contains(' ')) && same_person(gold, name))
    })
}

fn mention_right(gold: &GoldQuote, found: &Quotation) -> bool {
    match &found.attribution {
        None => gold.source.is_empty(),
        Some(attribution) => gold
            .source
            .iter()
            .any(|source| source.overlaps(attribution.mention)),
    }
}

/// The rule of the yardstick's figure over all sources.
fn is_right(gold: &GoldQuote, found: &Quotation) -> bool {
    if gold.kind == GoldKind::Person {
        return person_right(gold, found);
    }
    if gold.source.is_empty() {
        return speaker(found).is_none();
    }
    if found.attribution.is_some() && mention_right(gold, found) {
        return true;
    }
    if gold.kind == GoldKind::Unresolved {
        return speaker(found).is_none();
    }
    let same = |name: &str| {
        gold.names
            .first()
            .is_some_and(|gold| plain(gold) == plain(name))
    };
    found.attribution.as_ref().is_some_and(|attribution| {
        same(&attribution.speaker.name) && attribution.speaker.kind != SpeakerKind::Unknown
    })
}

fn overlap(a: Span, b: Span) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    if shared == 0 {
        0.0
    } else {
        shared as f64 / (a.end.max(b.end) - a.start.min(b.start)) as f64
    }
}

/// Pairs gold and predictions one to one, best overlap first.
pub(crate) fn pair(gold: &[GoldQuote], found: &[&Quotation]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, quote) in gold.iter().enumerate() {
        for (j, found) in found.iter().enumerate() {
            let value = quote
                .content
                .first()
                .map_or(0.0, |&span| overlap(span, found.span));
            if value >= OVERLAP {
                scored.push((value, i, j));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in scored {
        if !pairs.iter().any(|pair| pair.0 == i || pair.1 == j) {
            pairs.push((i, j));
        }
    }
    pairs
}

/// Finds the gold quotation whose words are those of `span`.
pub(crate) fn matching(gold: &[GoldQuote], span: Span) -> Option<&GoldQuote> {
    let value = |quote: &&GoldQuote| {
        quote
            .content
            .first()
            .map_or(0.0, |&content| overlap(content, span))
    };
    gold.iter()
        .filter(|quote| value(quote) >= OVERLAP)
        .max_by(|a, b| value(a).total_cmp(&value(b)))
}

/// Tells whether a quotation has four words and more.
fn is_long(gold: &Gold, span: Span) -> bool {
    count_words(span.of(&gold.text).unwrap_or_default()) >= 4
}

fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}
