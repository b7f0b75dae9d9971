//! One pronoun with the persons it may stand for.

use smallvec::SmallVec;

use super::KEPT;
use super::features::GROUPS;
use super::past::{Past, Times, Trace};
use crate::context::{Context, Syntax};
use crate::deep::Deep;
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::model::{Few, cross, softmax};
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};

/// Persons considered, by how lately they were named.
const PERSONS: usize = 8;
/// Ranks told apart; the last one stands for all behind it, and for no rank.
const RANKS: u32 = 6;

/// Paragraphs back within which somebody of the gender of a pronoun keeps all of the other from being meant.
const NEAR: u32 = 8;
/// By how much the score of these falls.
const OTHER: f32 = 4.0;

/// A person a pronoun may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'p> {
    pub(super) person: u32,
    pub(super) trace: &'p Trace,
    pub(super) fits: bool,
    /// How many others were named since, of those whose gender fits.
    pub(super) rank: u32,
    /// The same for those of whom each of [`Times`] held.
    pub(super) ranks: Times,
}

/// One pronoun with the persons it may stand for.
pub(super) struct View<'a, 'p> {
    pub(super) context: &'a Context<'a>,
    pub(super) at: usize,
    pub(super) pronoun: &'a Mention,
    pub(super) syntax: &'a Syntax,
    pub(super) item: &'a Item,
    /// 0 he and she, 1 his and her, 2 who.
    pub(super) word: u32,
    /// Who the last pronoun of this gender stood for.
    pub(super) chained: Option<u32>,
    /// How many persons of a fitting gender were named lately.
    pub(super) rivals: u32,
    /// The runs of its sentence beside it, where it goes with a reporting verb.
    pub(super) words: [Option<&'a str>; 2],
    /// There are any.
    pub(super) quotes: bool,
    /// The sort of pronoun, whether it opens its sentence, and whether it goes with a reporting verb.
    pub(super) opening: u32,
    pub(super) rows: SmallVec<[Row<'p>; PERSONS]>,
}

impl<'a, 'p> View<'a, 'p> {
    #[inline]
    pub(super) fn new(context: &'a Context<'a>, at: usize, past: &'p Past) -> Self {
        let pronoun = context.mentions.at(at);
        let mut view = Self {
            context,
            at,
            pronoun,
            syntax: context.syntax.at(at),
            item: context.stream.items.at(pronoun.first),
            word: match pronoun.kind {
                MentionKind::Who => 2,
                MentionKind::Possessive => 1,
                _ => 0,
            },
            chained: past.chained(pronoun),
            rivals: 0,
            words: [None; 2],
            quotes: false,
            opening: 0,
            rows: SmallVec::new(),
        };
        let cued = view.syntax.better.is_some();
        if cued {
            view.find_words();
            view.quotes = view.words.iter().any(Option::is_some);
        }
        let opens = u32::from(view.syntax.before == 0);
        view.opening = cross(cross(view.word, 2, opens), 2, u32::from(cued));
        let asker = if cued { asker(context, at) } else { None };
        view.find_rows(past, asker);
        view.rank_rows();
        view
    }

    fn find_words(&mut self) {
        let context = self.context;
        let after = context
            .run_items
            .partition_point(|&run| run < self.pronoun.first);
        let beside = [after.checked_sub(1), Some(after)];
        self.words = beside.map(|at| {
            let run = context
                .stream
                .items
                .at(*context.run_items.get(at?)? as usize);
            let same = run.sentence == self.item.sentence;
            run.span().of(context.text).filter(|_| same)
        });
    }

    /// Finds the persons named last: only those whose gender fits stand in each other's way.
    fn find_rows(&mut self, past: &'p Past, asker: Option<u32>) {
        let mut fitting = 0;
        let latest = past.latest().filter(|&person| Some(person) != asker);
        let latest = latest.filter(|&person| !self.context.persons.list.at(person).nobody);
        for (person, row) in latest.zip(0..PERSONS as u32) {
            let fits = self.fits(person);
            let trace = past.traces.at(person);
            self.rivals = self.rivals.plus(u32::from(
                fits && trace.place.plus(2) >= self.item.paragraph,
            ));
            self.rows.push(Row {
                person,
                trace,
                fits,
                rank: if fits { fitting } else { row }.min(RANKS - 1),
                ranks: [RANKS - 1; 3],
            });
            fitting = fitting.plus(u32::from(fits));
        }
        self.rivals = self.rivals.min(3);
    }

    /// Ranks the persons whose gender fits by how lately each did what.
    fn rank_rows(&mut self) {
        for what in 0..Times::default().len() {
            // No two did the same at the same time.
            let mut times = [0_i32; PERSONS];
            for (time, row) in times.iter_mut().zip(&self.rows) {
                *time = if row.fits {
                    *row.trace.times.at(what) as i32
                } else {
                    0
                };
            }
            for (row, &own) in self.rows.iter_mut().zip(&times) {
                if own > 0 {
                    let later: i32 = times.iter().map(|&time| i32::from(time > own)).sum();
                    row.ranks
                        .change(what, |rank| *rank = (later as u32).min(RANKS - 1));
                }
            }
        }
    }

    /// Tells whether the person may be meant, as far as gender goes.
    fn fits(&self, person: u32) -> bool {
        let person = self.context.persons.list.at(person);
        !person.unsure && person.gender.agrees(self.pronoun.gender)
    }

    pub(super) fn rows(&self) -> &[Row<'p>] {
        &self.rows
    }

    /// He is not Mrs Foley, however lately she was named, where somebody of his gender was named not long before.
    fn leave_out_others(&self, scores: &mut [f32]) {
        let gender = |row: &Row<'_>| self.context.persons.list.at(row.person).gender;
        let own = self.pronoun.gender;
        let near = |row: &&Row<'_>| row.trace.place.plus(NEAR) >= self.item.paragraph;
        let known = |row: &Row<'_>| own != Gender::Unknown && gender(row) == own && row.fits;
        if !self.rows.iter().filter(near).any(known) {
            return;
        }
        for (row, score) in self.rows.iter().zip(scores) {
            if gender(row) != Gender::Unknown && gender(row) != own {
                *score -= OTHER;
            }
        }
    }

    /// The most probable persons with their probabilities, most probable first.
    pub(super) fn resolve(&self, model: &Deep) -> SmallVec<[(u32, f32); KEPT]> {
        let mut probabilities = [0.0; PERSONS];
        let probabilities = probabilities.get_mut(..self.rows.len()).unwrap_or_default();
        for (row, probability) in self.rows().iter().zip(&mut *probabilities) {
            let mut features = Few::<GROUPS>::new();
            self.collect(row, &mut features);
            *probability = model.score(features.features());
        }
        self.leave_out_others(probabilities);
        self.leave_out_bound(probabilities);
        softmax(probabilities);
        let mut ranked: SmallVec<[(u32, f32); KEPT]> = SmallVec::new();
        for (row, &probability) in self.rows().iter().zip(&*probabilities) {
            let outdoes = |kept: &(u32, f32)| {
                let order = probability.total_cmp(&kept.1);
                order.then(kept.0.cmp(&row.person)).is_gt()
            };
            if ranked.len() == KEPT && !ranked.last().is_some_and(outdoes) {
                continue;
            }
            let place = ranked.iter().position(outdoes);
            ranked.truncate(KEPT.less(usize::from(place.is_some())));
            if let Some(place) = place {
                ranked.insert(place, (row.person, probability));
            } else if ranked.len() < KEPT {
                ranked.push((row.person, probability));
            }
        }
        ranked
    }
}

/// Who asks in the sentence of a pronoun, and so does not answer in it: When Ng asked whether she had ever changed her
/// mind, she said, “Never.”
fn asker(context: &Context<'_>, at: usize) -> Option<u32> {
    let items = &context.stream.items;
    let sentence = items.at(context.mentions.at(at).first as usize).sentence;
    let before = context.mentions.cut(..at).iter().rev().take(FAR);
    let mut here = before.take_while(|mention| items.at(mention.first).sentence == sentence);
    here.find_map(|mention| {
        let asks = mention.asks(context.text, context.stream)
            && matches!(
                context
                    .stream
                    .word(context.text, (mention.last as usize).plus(2)),
                "whether" | "if" | "about" | "what" | "why" | "how" | "him" | "her"
            );
        mention.person.filter(|_| asks)
    })
}
