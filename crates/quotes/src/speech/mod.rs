//! Tells speech from other words in marks: titles of works, nicknames, scare quotes, terms, headings.

mod grammar;
mod hung;

use std::ops::Range;
use std::sync::LazyLock;

use whosaid_model::Span;

use crate::chars::bare;
use crate::context::{AFTER, BEFORE, Context, RunShape};
use crate::lexicon::{Classes, Lexicon};
use crate::marks::{Run, Style};
use crate::model::{Layout, Sink, Table, cross, logistic};
use crate::rank::{Ranking, length_bin};
use crate::stream::{Item, Letters, Shape, letters, lookup};
use crate::total::{Cut, Steps, Total};
use grammar::{GOVERNED, LEVELS, VERBS, WORDS};
use hung::{FOLLOWERS, HOLDS};
pub(crate) use hung::{are_alike, is_verb};

pub(crate) static LAYOUT: Layout<30> = Layout::new([
    ("bias", 1),
    ("length-case", 7 * 4),
    ("end", 5 * 7),
    ("before-length", BEFORE * 7),
    ("after-length", AFTER * 7),
    ("before-end", BEFORE * 5),
    ("after-end", AFTER * 5),
    ("best-score", 12 * 3),
    ("best-probability", 6 * 3),
    ("best-cue", 5 * 7),
    ("announced", 6 * 3),
    ("determined", 3 * 7),
    ("style", 5 * 3),
    ("alone", 2 * 7),
    ("function-words", 5 * 3),
    ("person-inside", 2 * 3),
    ("next-word", 6 * 3),
    ("cue-in-sentence", 2 * 7),
    ("first-in-article", 2 * 3),
    ("determined-next", 3 * 6 * 3),
    ("inscription", 3 * 7),
    ("in-name", 2),
    ("first-word", WORDS * 3),
    ("last-word", WORDS * 3),
    ("governed", GOVERNED * 3),
    ("verb", VERBS * 3),
    ("level-before", LEVELS * 3),
    ("style-use", 5 * 3),
    ("hold", HOLDS * 3),
    ("hold-follower", HOLDS * FOLLOWERS * 2),
]);

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::of(&LAYOUT.read(include_str!("../../model/speech.tsv"))));

/// Returns the probability that the run is somebody's words.
pub(crate) fn probability(context: &Context<'_>, run: usize, ranking: &Ranking) -> f32 {
    probability_with(&TABLE, context, run, ranking)
}

/// Judges with weights of one's own.
pub(crate) fn probability_with(
    table: &Table,
    context: &Context<'_>,
    run: usize,
    ranking: &Ranking,
) -> f32 {
    let mut sum = table.sum();
    collect(context, run, ranking, &mut sum);
    let probability = logistic(sum.score);
    if is_titled(context, run) {
        return probability.min(TITLED);
    }
    if is_sentence_alone(context, run) || goes_on(context, run) || is_announced(context, run) {
        return probability.max(ALONE);
    }
    if !DOUBT.contains(&probability) || context.shapes.at(run).item == u32::MAX {
        return probability;
    }
    match hung::certain(context, run) {
        Some(true) => probability.max(ALONE),
        Some(false) => probability.min(TITLED),
        None => probability,
    }
}

/// Between these the grammar decides, where it leaves no choice.
const DOUBT: Range<f32> = 0.1..0.95;

/// How surely words are speech that the word before says are a title or a saying, at most.
const TITLED: f32 = 0.5;

/// In a note titled “Trading Down, Down, Down,” Roe wrote · He cited the proverb “He came to help her eye and blinded it”.
fn is_titled(context: &Context<'_>, run: usize) -> bool {
    let item = context.shapes.at(run).item;
    let before = item.checked_sub(1).filter(|_| item != u32::MAX);
    before.is_some_and(|before| {
        let word = context.stream.items.at(before as usize);
        word.is_lower() && word.has(Classes::TITLING)
    })
}

/// How surely a sentence in marks that is a paragraph of its own, or goes on with what was said, is speech, at least.
const ALONE: f32 = 0.75;

/// Tells whether the run is a whole sentence, of more words than a title, and nothing else stands in its paragraph but who
/// signs it.
fn is_sentence_alone(context: &Context<'_>, run: usize) -> bool {
    let shape = context.shapes.at(run);
    let main = matches!(
        context.runs.at(run).style,
        Style::Double | Style::Single | Style::Angle
    );
    main && (shape.alone || is_signed(context, run))
        && shape.words >= 7
        && !shape.lower_start
        && matches!(shape.last, 1 | 2)
}

/// Tells whether the run is a sentence that goes on with what was said before, in the same paragraph, to its end: “You
/// lost,” Roe was told. “Go home.”
fn goes_on(context: &Context<'_>, run: usize) -> bool {
    let shape = context.shapes.at(run);
    let Some(before) = run.checked_sub(1) else {
        return false;
    };
    let paragraph = |run: usize| context.runs.at(run).paragraph;
    (shape.before, shape.after) == (3, 0)
        && !shape.lower_start
        && matches!(shape.last, 1 | 2)
        && paragraph(before) == paragraph(run)
        && context.shapes.at(before).last == 0
}

/// Tells whether a sentence stands behind a reporting verb and a colon: The U.N. General Assembly said: “We regret this.”
fn is_announced(context: &Context<'_>, run: usize) -> bool {
    let shape = context.shapes.at(run);
    let verb = (shape.item as usize).checked_sub(2);
    shape.before == 2
        && shape.item != u32::MAX
        && !shape.lower_start
        && matches!(shape.last, 1 | 2)
        && verb.is_some_and(|verb| *context.cues.at(verb) >= 3)
}

/// Longest name behind a dash, in items.
const NAME: usize = 6;

/// Tells whether a paragraph is the run, a dash and a name: “We will go.” — Rosa Lind
fn is_signed(context: &Context<'_>, run: usize) -> bool {
    let range = context.stream.paragraph(context.runs.at(run).paragraph);
    if range.start as u32 != context.shapes.at(run).item {
        return false;
    }
    let Some([_, dash, name @ ..]) = context.stream.items.get(range) else {
        return false;
    };
    let name = match name {
        [name @ .., stop] if stop.is_punct(b'.') => name,
        name => name,
    };
    dash.is_punct(b'-') && (2..=NAME).contains(&name.len()) && name.iter().all(Item::is_capital)
}

/// Adds the features of a run.
pub(crate) fn collect(context: &Context<'_>, run: usize, ranking: &Ranking, out: &mut impl Sink) {
    let shape = context.shapes.at(run);
    let length = length_bin(shape.words);
    let size = if shape.words <= 2 {
        0
    } else {
        u32::from(shape.words > 6).plus(1)
    };
    let inside = Inside::of(context.text, context.runs.at(run).content);
    let frame = Frame {
        context,
        shape,
        run: context.runs.at(run),
        inside,
        length,
        size,
    };
    frame.add_form(out);
    let best = ranking.best();
    frame.add_ranking(ranking.top_score, best, out);
    if shape.item == u32::MAX {
        return;
    }
    frame.add_around(out);
    frame.add_sentence(best, out);
    frame.add_grammar(best, out);
    frame.add_hold(out);
}

/// What the words of a run tell, counted over the first of them.
#[derive(Clone, Copy, Debug, Default)]
struct Inside {
    words: u32,
    capitals: u32,
    functions: u32,
    /// Somebody speaks of himself or addresses another.
    persons: bool,
}

impl Inside {
    /// Most words that are looked at.
    const WORDS: u32 = 24;

    fn of(text: &str, content: Span) -> Self {
        let mut inside = Inside::default();
        let lexicon = Lexicon::get();
        let bytes = text.as_bytes().cut(..content.end);
        let mut at = content.start;
        while inside.words < Self::WORDS
            && let Some(byte) = bytes.get(at)
        {
            if byte.is_ascii_whitespace() {
                at = at.plus(1);
            } else if let Some((letters, next)) = plain_word(text, at, content.end) {
                let known = lexicon.get_key(letters.key).classes;
                let may_address = known.has(Classes::PRONOUN.or(Classes::POSSESSIVE));
                inside.persons |= may_address && addresses(text.cut(at..at.plus(letters.len)));
                inside.add(known, letters.shape != Shape::Lower);
                at = next;
            } else {
                let len = bytes.cut(at..).iter().position(u8::is_ascii_whitespace);
                let end = len.map_or(content.end, |len| at.plus(len));
                let word = bare(text.cut(at..end));
                let known = lookup(lexicon, word).classes;
                inside.persons |= addresses(word);
                inside.add(known, word.starts_with(char::is_uppercase));
                at = end;
            }
        }
        inside
    }

    fn add(&mut self, known: Classes, capital: bool) {
        self.words = self.words.plus(1);
        self.capitals = self.capitals.plus(u32::from(capital));
        self.functions = self.functions.plus(u32::from(
            known.has(
                Classes::FUNCTION
                    .or(Classes::PRONOUN)
                    .or(Classes::AUXILIARY),
            ),
        ));
    }
}

/// Reads letters, or letters and one mark, with a blank behind: all but a few words. Returns where to go on.
#[inline]
fn plain_word(text: &str, start: usize, limit: usize) -> Option<(Letters, usize)> {
    let letters = letters(text.as_bytes().get(start..)?.first_chunk()?)?;
    let after = start.plus(letters.len);
    if letters.len == 0 || after.plus(1) >= limit {
        return None;
    }
    if letters.next.is_ascii_whitespace() {
        return Some((letters, after.plus(1)));
    }
    let marked = letters.next.is_ascii_punctuation()
        && text.as_bytes().at(after.plus(1)).is_ascii_whitespace();
    marked.then_some((letters, after.plus(2)))
}

/// Tells whether by this word somebody speaks of himself or addresses another.
fn addresses(word: &str) -> bool {
    matches!(
        word,
        "I" | "we"
            | "We"
            | "me"
            | "us"
            | "my"
            | "our"
            | "you"
            | "You"
            | "I’m"
            | "I'm"
            | "It’s"
            | "it's"
            | "it’s"
            | "It's"
    )
}

/// A run and what is said about it.
struct Frame<'a> {
    context: &'a Context<'a>,
    shape: &'a RunShape,
    run: &'a Run,
    inside: Inside,
    /// Bin of its length, of seven.
    length: u32,
    /// The same, of three.
    size: u32,
}

impl Frame<'_> {
    /// Length, case, and what stands at the edges.
    fn add_form(&self, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (shape, length) = (self.shape, self.length);
        let Inside {
            words, capitals, ..
        } = self.inside;
        let case = if shape.lower_start {
            0
        } else if words > 1 && capitals == words {
            3
        } else if words > 1 && capitals.times(2) > words {
            2
        } else {
            1
        };
        add(0, 0);
        add(1, cross(length, 4, case));
        add(2, cross(u32::from(shape.last), 7, length));
        add(3, cross(u32::from(shape.before), 7, length));
        add(4, cross(u32::from(shape.after), 7, length));
        add(5, cross(u32::from(shape.before), 5, u32::from(shape.last)));
        add(6, cross(u32::from(shape.after), 5, u32::from(shape.last)));
    }

    /// How sure the ranking is of a speaker, and what its best mention is.
    fn add_ranking(&self, top_score: f32, best: Option<(u32, f32)>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (context, size, length) = (self.context, self.size, self.length);
        let score_bin = ((top_score + 6.0) / 1.5).clamp(0.0, 11.0) as u32;
        add(7, cross(score_bin, 3, size));
        add(
            8,
            cross(
                best.map_or(0, |(_, probability)| (probability * 5.99) as u32),
                3,
                size,
            ),
        );
        let strength = best.map_or(0, |(mention, _)| {
            let syntax = context.syntax.at(mention);
            let near = context
                .stream
                .items
                .at(context.mentions.at(mention).first as usize)
                .paragraph
                == self.run.paragraph;
            let strength = syntax.better.map_or(0, |cue| cue.strength);
            if near { u32::from(strength) + 1 } else { 0 }
        });
        add(9, cross(strength, 7, length));
    }

    /// What stands beside the run, and how the article uses its marks.
    fn add_around(&self, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (context, shape, info) = (self.context, self.shape, self.run);
        let (size, length) = (self.size, self.length);
        let Inside {
            words,
            functions,
            persons,
            ..
        } = self.inside;
        let item = shape.item as usize;
        let range = context.stream.paragraph(info.paragraph);
        let sentence = context.stream.items.at(item).sentence;
        add(
            10,
            cross(self.announced(item, range.start, sentence), 3, size),
        );
        let before = item
            .checked_sub(1)
            .filter(|&at| at >= range.start)
            .map(|at| context.stream.items.at(at));
        let determined = match before {
            Some(word) if word.has(Classes::DETERMINER) => 1,
            Some(word) if word.has(Classes::POSSESSIVE) => 2,
            _ => 0,
        };
        add(11, cross(determined, 7, length));
        let outer: u32 = context.style_uses.iter().map(|uses| uses.all).sum();
        let main = context.style_uses.at(info.style as usize).all.times(2) >= outer;
        let style = match (info.style, main) {
            (Style::Turn | Style::Dash, _) => 4,
            (Style::Single, false) => 3,
            (_, false) => 2,
            (Style::Single, true) => 1,
            _ => 0,
        };
        add(12, cross(style, 3, size));
        add(13, cross(u32::from(shape.alone), 7, length));
        let grammar = functions.times(4).checked_div(words).unwrap_or(0).min(4);
        add(14, cross(grammar, 3, size));
        add(15, cross(u32::from(persons), 3, size));
        let after = context
            .stream
            .items
            .get(item.plus(1))
            .filter(|_| item.plus(1) < range.end);
        let next = match after {
            Some(word) if word.is_lower() && word.has(Classes::PREPOSITION) => 1,
            Some(word) if word.is_lower() && word.has(Classes::AUXILIARY) => 2,
            Some(word)
                if word.is_lower()
                    && !word.has(Classes::FUNCTION.or(Classes::CUE).or(Classes::CONJUNCTION)) =>
            {
                3
            }
            Some(word) if word.is_capital() => 4,
            Some(word) if word.is_word() => 5,
            _ => 0,
        };
        add(16, cross(next, 3, size));
        add(17, cross(u32::from(context.has_cue(sentence)), 7, length));
        add(18, cross(u32::from(info.paragraph == 0), 3, size));
        // an “orange alert” on Monday: an adjective or a term, not words of the subject
        add(19, cross(cross(determined, 6, next), 3, size));
    }

    /// What the sentence does with the words: writes them on a banner, calls somebody by them.
    fn add_sentence(&self, best: Option<(u32, f32)>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (context, shape, length) = (self.context, self.shape, self.length);
        let item = shape.item as usize;
        let range = context.stream.paragraph(self.run.paragraph);
        let inscribed = best.is_some_and(|(mention, _)| {
            let mention = context.mentions.at(mention);
            context
                .stream
                .items
                .cut(mention.first as usize..=mention.last as usize)
                .iter()
                .any(|item| item.has(Classes::INSCRIPTION))
        });
        // A banner over the door read “…”: nobody speaks it, whoever is the source.
        let sentence = context.stream.items.at(item).sentence;
        let near = (range.start..item)
            .rev()
            .take(7)
            .map(|at| context.stream.items.at(at))
            .take_while(|before| before.sentence == sentence)
            .any(|before| before.has(Classes::INSCRIPTION));
        add(
            20,
            cross(u32::from(inscribed).plus(u32::from(near)), 7, length),
        );
        add(21, u32::from(shape.in_name));
    }

    /// The team calls this “partner control,” a term borrowed from economics.
    fn is_explained(&self, item: usize) -> bool {
        let items = &self.context.stream.items;
        let comma = matches!(self.shape.after, 4 | 9);
        let article = item.plus(if comma { 2 } else { 1 });
        let is = |at: usize, classes: Classes| items.get(at).is_some_and(|item| item.has(classes));
        (comma || self.shape.after == 2)
            && is(article, Classes::DETERMINER)
            && is(article.plus(1), Classes::TERM)
    }

    /// What announces a name or a title just before: the film “…”, dubbed “…”, the word “…”.
    fn announced(&self, item: usize, start: usize, sentence: u32) -> u32 {
        if self.is_explained(item) {
            return 2;
        }
        for (steps, at) in (start..item).rev().take(4).enumerate() {
            let word = self.context.stream.items.at(at);
            if word.sentence != sentence || word.is_run() {
                break;
            }
            if word.has(Classes::NAMING) && steps <= 1 {
                return 1;
            }
            if word.has(Classes::TERM) && steps <= 2 {
                return 2;
            }
            if word.has(Classes::WORK) {
                return 3;
            }
            let form = word.span().of(self.context.text).unwrap_or_default();
            if form.eq_ignore_ascii_case("so-called") {
                return 4;
            }
            if *self.context.cues.at(at) >= 2 {
                return 5;
            }
        }
        0
    }
}
