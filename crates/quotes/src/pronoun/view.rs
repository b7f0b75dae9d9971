//! One pronoun with the persons it may stand for.

use smallvec::SmallVec;

use super::KEPT;
use super::features::GROUPS;
use super::past::{Past, Times, Trace};
use crate::context::{Context, Syntax};
use crate::mention::{Gender, Mention, MentionKind};
use crate::deep::Deep;
use crate::model::{Few, softmax};
use crate::stream::Item;

/// Persons considered, by how lately they were named.
const PERSONS: usize = 8;
/// Ranks told apart; the last one stands for all behind it, and for no rank.
const RANKS: u32 = 6;

/// A person a pronoun may stand for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) person: u32,
    pub(super) trace: Trace,
    pub(super) fits: bool,
    /// How many others were named since, of those whose gender fits.
    pub(super) rank: u32,
    /// The same for those of whom each of [`Times`] held.
    pub(super) ranks: Times,
}

/// One pronoun with the persons it may stand for.
pub(super) struct View<'a> {
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
    pub(super) rows: [Row; PERSONS],
    pub(super) count: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(context: &'a Context<'a>, at: usize, past: &Past) -> Self {
        let pronoun = &context.mentions[at];
        let mut view = Self {
            context,
            at,
            pronoun,
            syntax: &context.syntax[at],
            item: &context.stream.items[pronoun.first as usize],
            word: match pronoun.kind {
                MentionKind::Who => 2,
                MentionKind::Possessive => 1,
                _ => 0,
            },
            chained: past.chained(pronoun),
            rivals: 0,
            words: [None; 2],
            rows: [Row::default(); PERSONS],
            count: 0,
        };
        if view.syntax.better.is_some() {
            view.find_words();
        }
        view.find_rows(past);
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
            let run = &context.stream.items[*context.run_items.get(at?)? as usize];
            let same = run.sentence == self.item.sentence;
            run.span().of(context.text).filter(|_| same)
        });
    }

    /// Finds the persons named last: only those whose gender fits stand in each other's way.
    fn find_rows(&mut self, past: &Past) {
        let mut fitting = 0;
        for (person, row) in past.latest().zip(0..PERSONS) {
            let fits = self.fits(person);
            let trace = past.traces[person as usize];
            let place = self.place(trace.mention);
            self.rivals += u32::from(fits && place.paragraph + 2 >= self.item.paragraph);
            self.rows[row] = Row {
                person,
                trace,
                fits,
                rank: if fits { fitting } else { row as u32 }.min(RANKS - 1),
                ranks: Times::default(),
            };
            fitting += u32::from(fits);
            self.count = row + 1;
        }
        self.rivals = self.rivals.min(3);
    }

    /// Ranks the persons whose gender fits by how lately each did what.
    fn rank_rows(&mut self) {
        let mut fitting = [0; PERSONS];
        let mut count = 0;
        for (row, _) in self.rows().iter().enumerate().filter(|(_, row)| row.fits) {
            fitting[count] = row;
            count += 1;
        }
        let fitting = &fitting[..count];
        for (at, &one) in fitting.iter().enumerate() {
            for &other in &fitting[..at] {
                let (mine, theirs) = (self.rows[one].trace.times, self.rows[other].trace.times);
                for what in 0..mine.len() {
                    let earlier = mine[what] < theirs[what];
                    self.rows[one].ranks[what] += u32::from(earlier);
                    self.rows[other].ranks[what] += u32::from(!earlier);
                }
            }
        }
        for row in &mut self.rows[..self.count] {
            for (rank, &time) in row.ranks.iter_mut().zip(&row.trace.times) {
                if !row.fits || time == 0 {
                    *rank = RANKS - 1;
                }
                *rank = (*rank).min(RANKS - 1);
            }
        }
    }

    /// Tells whether the person may be meant, as far as gender goes.
    fn fits(&self, person: u32) -> bool {
        let person = &self.context.persons.list[person as usize];
        let gender = person.gender;
        !person.unsure
            && (self.pronoun.gender == Gender::Unknown
                || gender == Gender::Unknown
                || gender == self.pronoun.gender)
    }

    /// The first item of a mention.
    pub(super) fn place(&self, mention: u32) -> &'a Item {
        let mention = &self.context.mentions[mention as usize];
        &self.context.stream.items[mention.first as usize]
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows[..self.count]
    }

    /// The most probable persons with their probabilities, most probable first.
    pub(super) fn resolve(&self, model: &Deep) -> SmallVec<[(u32, f32); KEPT]> {
        let mut probabilities = [0.0; PERSONS];
        for (row, probability) in self.rows().iter().zip(&mut probabilities) {
            let mut features = Few::<GROUPS>::new();
            self.collect(row, &mut features);
            *probability = model.score(features.features());
        }
        softmax(&mut probabilities[..self.count]);
        let mut ranked = [(0, 0.0); PERSONS];
        for ((row, &probability), place) in self.rows().iter().zip(&probabilities).zip(&mut ranked)
        {
            *place = (row.person, probability);
        }
        let ranked = &mut ranked[..self.count];
        ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.iter().copied().take(KEPT).collect()
    }
}
