//! What a run hangs on in its clause: said the plan was “realistic”, called it “a joke”, the ability to “pin” places.

use std::ops::Range;

use super::{Frame, LAYOUT};
use crate::context::Context;
use crate::lexicon::{Classes, Lexicon};
use crate::model::{Sink, cross};
use crate::stream::{Item, lookup};
use crate::told::is_heard;
use crate::total::{Cut, Steps, Total};

/// How many sorts of [`Hold`] there are.
pub(super) const HOLDS: u32 = 47;

/// How many sorts of what follows [`follower`] tells apart.
pub(super) const FOLLOWERS: u32 = 8;

/// Items between a run and the verb it hangs on, at most.
const REACH: usize = 16;

/// How the words of a run are joined to what stands before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// As an object, or another word of the clause: called it “a joke”.
    Plain,
    /// Through `as`: described it as “a joke”.
    As,
    /// Through a preposition: accused him of being “blind”.
    Preposition,
    /// Through `to`, as its verb: the ability to “pin” places.
    Infinitive,
    /// As what something is: said it was “a joke”.
    Complement,
    /// The same behind an article: said it was a “joke”.
    Noun,
    /// Behind an auxiliary, as its verb: said it would “sink”.
    Verb,
    /// Behind an article: said the “joke” was old.
    Article,
}

/// How a verb of judging stands to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// What the rangers call “the Spoon”.
    Habit,
    /// Calling it “a joke”, …
    Participle,
    /// Roe called it “a joke”.
    Past,
    /// It was called “a joke”.
    Passive,
    /// It was called “a joke” by Roe.
    Agent,
    /// Buyers called “nesters”, whom Roe called “nesters”.
    Bare,
}

/// What a run hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Nothing that is known.
    Nothing,
    /// A verb that says what somebody thinks of another, right behind it (0), through `as` (1) or a preposition (2).
    Judged(u32, Voice),
    /// A verb of saying: right before (0, 1), what it says that something is (2, 3) or does (4), behind an article (5, 6),
    /// a preposition (7) or `to` (8), other words (9, 10).
    Reported(u32),
    /// The same across a comma.
    Across(bool),
    /// A verb of saying whose subject hears, or that stands in a relative clause.
    Heard,
    /// A verb that may report: right before (0), in its clause as what something is (1), behind `to` (3), otherwise (2).
    Weak(u32),
    /// A verb of naming: known as “the Spoon”.
    Named,
    /// Who says it all stands at the end of the sentence: of what something is (0), behind an article or a preposition
    /// (1), of other words (2).
    Tagged(u32),
    /// It is what something is, behind a sentence that reports or another.
    Is(bool),
    /// Its name is “look twice” · “look twice” is its name: of a motto or another term.
    Term(bool),
    /// The power to look into “any matter”.
    Remit,
    /// A spokesman “flatly denied” any wrongdoing.
    Speaks,
}

impl Hold {
    fn number(self) -> u32 {
        match self {
            Hold::Nothing => 0,
            Hold::Judged(way, voice) => cross(way, 6, voice as u32).plus(1),
            Hold::Reported(sort) => sort.plus(19),
            Hold::Across(complement) => u32::from(complement).plus(30),
            Hold::Heard => 32,
            Hold::Weak(sort) => sort.plus(33),
            Hold::Named => 37,
            Hold::Tagged(sort) => sort.plus(38),
            Hold::Is(told) => u32::from(told).plus(41),
            Hold::Term(motto) => u32::from(motto).plus(43),
            Hold::Remit => 45,
            Hold::Speaks => 46,
        }
    }
}

/// Tells what the grammar says of a run that the model is in doubt of: that it is somebody's words, or that it is not.
pub(super) fn certain(context: &Context<'_>, run: usize) -> Option<bool> {
    let shape = context.shapes.at(run);
    let item = shape.item as usize;
    let words = context.runs.at(run).content.of(context.text)?;
    let follower = follower(context, item);
    // A “smart” chair is a sort of chair, and “the Spoon” what a spoon is called.
    let attributive = follower == 7;
    let name = !shape.lower_start || words.starts_with("the ");
    match hold(context, item) {
        Hold::Speaks => Some(true),
        Hold::Reported(2 | 4) if follower != 5 => Some(true),
        Hold::Reported(1) if !name && shape.words > 1 && matches!(follower, 0 | 1 | 3) => {
            Some(true)
        }
        Hold::Reported(9) if !name && matches!(follower, 0 | 3 | 4) && !is_named(context, item) => {
            Some(true)
        }
        Hold::Reported(3) if !attributive && follower != 5 => Some(true),
        Hold::Judged(0, Voice::Past | Voice::Participle | Voice::Agent)
            if !attributive && !name =>
        {
            Some(true)
        }
        Hold::Judged(1, Voice::Past | Voice::Participle | Voice::Agent) if !attributive => {
            Some(true)
        }
        Hold::Judged(2, Voice::Past | Voice::Participle | Voice::Agent)
            if !attributive && !name && follower != 5 =>
        {
            Some(true)
        }
        Hold::Tagged(0 | 2) if follower == 1 && shape.words > 1 && shape.lower_start => {
            let at = item.plus(2);
            let end = context.sentence(context.stream.items.at(item).sentence).end;
            (at..end)
                .all(|at| !context.stream.items.at(at).is_punct(b','))
                .then_some(true)
        }
        Hold::Remit if shape.lower_start => Some(false),
        Hold::Term(true) if shape.words <= 6 => Some(false),
        _ => None,
    }
}

impl Frame<'_> {
    /// Adds what the run hangs on, and what follows it there.
    pub(super) fn add_hold(&self, out: &mut impl Sink) {
        let item = self.shape.item as usize;
        let hold = hold(self.context, item).number();
        let follower = follower(self.context, item);
        out.add(LAYOUT.at(28, cross(hold, 3, self.size)));
        let both = cross(hold, FOLLOWERS, follower);
        out.add(LAYOUT.at(29, cross(both, 2, u32::from(self.size == 0))));
    }
}

/// Finds what the run at an item hangs on.
pub(super) fn hold(context: &Context<'_>, run: usize) -> Hold {
    let items = &context.stream.items;
    let sentence = context.sentence(items.at(run).sentence);
    if is_verb(context, run) {
        return Hold::Speaks;
    }
    if let Some(term) = term_behind(context, run.plus(1)..sentence.end) {
        return Hold::Term(context.stream.items.at(term).has(Classes::MOTTO));
    }
    let mut back = Back::new(context, run);
    for at in (sentence.start.max(run.saturating_sub(REACH))..run).rev() {
        match back.step(&sentence, at) {
            Step::On => {}
            Step::Found(hold) => return hold,
            Step::End => break,
        }
    }
    if let Some(weak) = back.weak {
        return weak;
    }
    let complement = matches!(back.link, Link::Complement | Link::Noun | Link::Verb);
    if is_tagged(context, run, sentence.end) {
        return Hold::Tagged(match back.link {
            _ if complement => 0,
            Link::Article | Link::Preposition | Link::As => 1,
            _ => 2,
        });
    }
    if !complement {
        return Hold::Nothing;
    }
    let before = sentence
        .start
        .checked_sub(1)
        .map(|before| items.at(before))
        .filter(|before| before.paragraph == items.at(run).paragraph);
    Hold::Is(before.is_some_and(|before| context.has_cue(before.sentence)))
}

enum Step {
    On,
    Found(Hold),
    End,
}

/// What was seen on the way back from a run.
struct Back<'a> {
    context: &'a Context<'a>,
    run: usize,
    link: Link,
    /// A relative clause begins between.
    relative: bool,
    comma: bool,
    /// What the nearest verb that may report, or term, tells.
    weak: Option<Hold>,
}

impl<'a> Back<'a> {
    fn new(context: &'a Context<'a>, run: usize) -> Self {
        Self {
            context,
            run,
            link: Link::Plain,
            relative: false,
            comma: false,
            weak: None,
        }
    }

    /// Looks at the item at `at`.
    fn step(&mut self, sentence: &Range<usize>, at: usize) -> Step {
        let (context, run) = (self.context, self.run);
        let items = &context.stream.items;
        let item = items.at(at);
        // “Untrue” and “spiteful” papers: both hang on what the first one does.
        if item.is_run() {
            if !joins(context, at.plus(1)..run) {
                return Step::End;
            }
            (self.run, self.link, self.comma) = (at, Link::Plain, false);
            return Step::On;
        }
        // The question is: “Will it hold?”
        if item.is_punct(b':') && run.less(at) == 1 {
            return Step::On;
        }
        if item.is_punct(b';') || item.is_punct(b':') {
            return Step::End;
        }
        self.comma |= item.is_punct(b',');
        let opens = at == sentence.start && item.is_capital();
        let is_read = item.is_lower() || opens && item.has(Classes::JUDGING);
        if !is_read {
            return Step::On;
        }
        let noun = at > sentence.start
            && items
                .at(at.less(1))
                .has(Classes::DETERMINER.or(Classes::POSSESSIVE));
        if item.has(Classes::JUDGING) && !self.comma && !noun {
            return Step::Found(judged(context, sentence, run, at, self.link));
        }
        let form = context.stream.word(context.text, at);
        let named = (at.plus(1)..run).all(|at| {
            items
                .at(at)
                .has(Classes::DETERMINER.or(Classes::PREPOSITION))
        });
        if item.has(Classes::NAMING) && named && !form.starts_with("read") {
            return Step::Found(Hold::Named);
        }
        if item.has(Classes::REMIT) && is_remit(context, sentence.start, at) {
            return Step::Found(Hold::Remit);
        }
        let cue = *context.cues.at(at);
        if cue == 3 {
            return Step::Found(self.reported(at));
        }
        let copula = matches!(self.link, Link::Complement | Link::Noun) && self.weak.is_none();
        // Its slogan is “look twice” · one of its slogans, which is “look twice”
        if item.has(Classes::TERM) && copula && (self.relative || !self.comma) {
            self.weak = Some(Hold::Term(item.has(Classes::MOTTO)));
        }
        if cue == 2 && !is_link(form) && self.weak.is_none() && !item.has(Classes::PREPOSITION) {
            self.weak = Some(Hold::Weak(match self.link {
                _ if run.less(at) == 1 => 0,
                Link::Complement | Link::Noun | Link::Verb => 1,
                Link::Infinitive => 3,
                _ => 2,
            }));
        }
        self.relative |= item.has(Classes::RELATIVE);
        self.join(at, form);
        Step::On
    }

    /// Takes in how the word at an item joins the run to what stands before.
    fn join(&mut self, at: usize, form: &str) {
        let item = self.context.stream.items.at(at);
        let (next, near) = (self.run.less(at) == 1, self.run.less(at) <= 2);
        let found = match form {
            "as" if near => Link::As,
            "to" if next => Link::Infinitive,
            _ if is_link(form) && self.link == Link::Article => Link::Noun,
            _ if is_link(form) => Link::Complement,
            _ if item.has(Classes::AUXILIARY) && next => Link::Verb,
            _ if item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)) && near => Link::Article,
            _ if item.has(Classes::PREPOSITION) => Link::Preposition,
            _ => return,
        };
        // What stands nearest counts, but for an article: a “joke” hangs on what comes before it.
        if matches!(self.link, Link::Plain | Link::Article) {
            self.link = found;
        }
    }

    /// What a run hangs on that is behind a verb of saying at an item.
    fn reported(&self, verb: usize) -> Hold {
        let (context, run) = (self.context, self.run);
        if run.less(verb) == 1 {
            let participle = context.stream.bytes(context.text, verb).ends_with(b"ing");
            return Hold::Reported(u32::from(participle));
        }
        if self.relative || is_heard(context.text, context.stream, verb) {
            return Hold::Heard;
        }
        let complement = matches!(self.link, Link::Complement | Link::Noun | Link::Verb);
        if self.comma {
            return Hold::Across(complement);
        }
        let heavy = self.weak.is_some();
        Hold::Reported(match self.link {
            Link::Complement => 2,
            Link::Noun => 3,
            Link::Verb => 4,
            Link::Article if heavy => 5,
            Link::Article => 6,
            Link::Preposition | Link::As => 7,
            Link::Infinitive => 8,
            Link::Plain if heavy => 9,
            Link::Plain => 10,
        })
    }
}

/// What a run hangs on that is behind a verb of judging at an item.
fn judged(
    context: &Context<'_>,
    sentence: &Range<usize>,
    run: usize,
    verb: usize,
    link: Link,
) -> Hold {
    let items = &context.stream.items;
    let word = |at: usize| context.stream.word(context.text, at);
    let way = match link {
        Link::As => 1,
        Link::Preposition => 2,
        _ => 0,
    };
    let form = word(verb);
    let participle = form.ends_with("ing");
    let past = form.ends_with("ed");
    let by = |at: usize| word(at) == "by";
    // Was described by Roe as “a joke” · was branded “a joke” by Roe · was called “mad” and “bad” by Roe
    let agent = (verb.plus(1)..run.min(verb.plus(5))).any(by)
        || by(run.plus(1))
        || items.at(run.plus(2)).is_run()
            && joins(context, run.plus(1)..run.plus(2))
            && by(run.plus(3));
    let mut before = (sentence.start..verb).rev().take(3);
    let before = before.find(|&at| !items.at(at).has(Classes::ADVERB));
    let passive = before.is_some_and(|at| is_be(word(at)));
    let object = (verb.plus(1)..run).any(|at| {
        let item = items.at(at);
        !item.has(
            Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::ADVERB),
        ) || matches!(word(at), "this" | "that")
    });
    // Roe calls it a “joke” or “a joke”, but what the rangers call “the Spoon”
    let sort = is_indefinite(context, run);
    let subject = before.map_or("", word);
    // Buyers called “nesters”, but whom Roe called and she has called “nesters”
    let is_noun = |at: usize| {
        let item = items.at(at);
        item.is_lower() && !item.has(Classes::PRONOUN.or(Classes::AUXILIARY))
    };
    let voice = if past && (passive || before.is_none()) {
        if agent { Voice::Agent } else { Voice::Passive }
    } else if past && !object && way < 2 && before.is_some_and(is_noun) {
        if agent { Voice::Agent } else { Voice::Bare }
    } else if participle {
        Voice::Participle
    } else if !sort && (!past || matches!(subject, "they" | "we" | "you" | "people" | "I")) {
        Voice::Habit
    } else {
        Voice::Past
    };
    Hold::Judged(way, voice)
}

/// Tells whether the run stands behind an indefinite article, or begins with one.
fn is_indefinite(context: &Context<'_>, run: usize) -> bool {
    let before = run
        .checked_sub(1)
        .map(|at| context.stream.word(context.text, at));
    let words = context.words_at(run).unwrap_or_default();
    matches!(before, Some("a" | "an")) || words.starts_with("a ") || words.starts_with("an ")
}

/// Tells whether somebody may do what the words say: has the power to look into “any matter”. Said Roe has it, they are
/// his words.
fn is_remit(context: &Context<'_>, start: usize, noun: usize) -> bool {
    let to = context.stream.is(context.text, noun.plus(1), "to");
    let mut said = start..noun.saturating_sub(2);
    to && !said.any(|at| *context.cues.at(at) == 3)
}

/// Tells whether the items between two runs join what is alike: “untrue” and “spiteful”.
fn joins(context: &Context<'_>, between: Range<usize>) -> bool {
    let items = context.stream.items.cut(between);
    let joint = |item: &Item| item.is_punct(b',') || item.has(Classes::CONJUNCTION);
    (1..=3).contains(&items.len())
        && items.iter().any(joint)
        && items.iter().all(|item| {
            item.is_punct(b',')
                || item.is_lower() && item.has(Classes::CONJUNCTION.or(Classes::DETERMINER))
        })
}

/// Finds the term that the items behind a run say it is: is this year’s official motto.
fn term_behind(context: &Context<'_>, behind: Range<usize>) -> Option<usize> {
    /// Items up to the noun, at most.
    const NEAR: usize = 7;
    let items = &context.stream.items;
    let word = |at: usize| context.stream.word(context.text, at);
    let mut noun = behind
        .clone()
        .skip(1)
        .take(NEAR)
        .take_while(|&at| items.at(at).is_word() && !items.at(at).has(Classes::PREPOSITION))
        .filter(|&at| items.at(at).has(Classes::TERM) && word(at) != "words");
    let noun = matches!(word(behind.start), "is" | "was" | "are" | "were").then(|| noun.next());
    noun.flatten()
}

/// Tells whether the run at an item is the verb by which its subject speaks.
pub(crate) fn is_verb(context: &Context<'_>, run: usize) -> bool {
    let sentence = context.sentence(context.stream.items.at(run).sentence);
    context
        .words_at(run)
        .is_some_and(|words| speaks(context, &sentence, run, words))
}

/// Tells whether the run is the verb itself by which somebody speaks: A spokesman “flatly denied” any wrongdoing.
fn speaks(context: &Context<'_>, sentence: &Range<usize>, run: usize, words: &str) -> bool {
    let items = &context.stream.items;
    let Some((first, verb)) = words.rsplit_once(' ') else {
        return false;
    };
    let subject = run.checked_sub(1).filter(|&at| at >= sentence.start);
    let subject = subject.map(|at| items.at(at));
    let other = Classes::DETERMINER
        .or(Classes::POSSESSIVE)
        .or(Classes::PREPOSITION)
        .or(Classes::AUXILIARY)
        .or(Classes::CONJUNCTION);
    let object = items.at(run.plus(1));
    let object = object.sentence == items.at(run).sentence
        && (object.is_capital()
            || object.has(
                Classes::DETERMINER
                    .or(Classes::POSSESSIVE)
                    .or(Classes::SUBORDINATOR),
            ));
    first.ends_with("ly")
        && (verb.ends_with("ed") || verb.ends_with("es"))
        && first.len() < 40
        && first.starts_with(char::is_lowercase)
        && object
        && subject.is_some_and(|subject| subject.is_word() && !subject.has(other))
        && lookup(Lexicon::get(), verb)
            .classes
            .has(Classes::CUE.or(Classes::JUDGING))
}

fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "was" | "are" | "were" | "be" | "been" | "being"
    )
}

/// Tells whether a verb says what its subject is or seems.
fn is_link(word: &str) -> bool {
    is_be(word)
        || matches!(
            word,
            "become"
                | "becomes"
                | "became"
                | "remain"
                | "remains"
                | "remained"
                | "seem"
                | "seems"
                | "seemed"
                | "look"
                | "looks"
                | "looked"
                | "feel"
                | "feels"
                | "felt"
                | "sound"
                | "sounds"
                | "sounded"
        )
}

/// What follows the run: a “smart” chair · is “asleep” at night · the “joke” was old.
fn follower(context: &Context<'_>, run: usize) -> u32 {
    let items = &context.stream.items;
    let (own, Some(next)) = (items.at(run), items.get(run.plus(1))) else {
        return 0;
    };
    if next.sentence != own.sentence {
        return 0;
    }
    let joining = Classes::CONJUNCTION
        .or(Classes::RELATIVE)
        .or(Classes::SUBORDINATOR);
    match next {
        next if next.is_punct(b',') => 1,
        next if !next.is_word() => 0,
        next if next.is_capital() => 2,
        next if next.has(Classes::PREPOSITION) => 3,
        next if next.has(joining) => 4,
        next if next.has(Classes::AUXILIARY) || *context.cues.at(run.plus(1)) == 3 => 5,
        next if next.has(Classes::FUNCTION.or(Classes::ADVERB)) => 6,
        _ => 7,
    }
}

/// Tells whether who says it all stands at the end of the sentence, behind a comma: …, new rules say.
fn is_tagged(context: &Context<'_>, run: usize, end: usize) -> bool {
    /// Items of such an end, at most.
    const TAG: usize = 14;
    let items = &context.stream.items;
    let mut verb = None;
    for at in (run.plus(1)..end).rev().take(TAG) {
        let item = items.at(at);
        if item.is_run() {
            return false;
        }
        let cue = *context.cues.at(at);
        if cue == 3 || cue == 2 && verb.is_none() && is_last(items.cut(at.plus(1)..end)) {
            verb = Some(at);
        }
        if item.is_punct(b',') && is_tag(context, at.plus(1)..end, verb) {
            return true;
        }
    }
    false
}

/// Tells whether these items say who spoke: said Roe, the mayor · Roe said on Monday · according to Roe.
fn is_tag(context: &Context<'_>, tag: Range<usize>, verb: Option<usize>) -> bool {
    /// Items of a subject, at most.
    const SUBJECT: usize = 6;
    let items = &context.stream.items;
    let first = items.at(tag.start);
    if verb == Some(tag.start) || first.has(Classes::SAID_PREP) {
        return true;
    }
    let Some(verb) = verb else { return false };
    let last = verb.plus(1);
    let next = items.at(last);
    verb.less(tag.start) <= SUBJECT
        && (last >= tag.end
            || !next.is_word()
            || next.has(Classes::PREPOSITION.or(Classes::WEEKDAY)))
        && !first.has(Classes::RELATIVE.or(Classes::CONJUNCTION))
}

/// Tells whether a noun for a name or an expression stands right before the run: the name “classroom frog”.
fn is_named(context: &Context<'_>, run: usize) -> bool {
    let before = run.checked_sub(1).map(|at| context.stream.items.at(at));
    before.is_some_and(|before| before.has(Classes::TERM.or(Classes::NAMING).or(Classes::WORK)))
}

/// Tells whether two runs are joined as alike, so that both are said or neither: “untrue” and “spiteful” papers.
pub(crate) fn are_alike(context: &Context<'_>, one: usize, other: usize) -> bool {
    /// Longest phrases that are looked at, in words.
    const SHORT: u32 = 6;
    let shape = |run: usize| context.shapes.at(run);
    let (first, second) = (shape(one).item, shape(other).item);
    let short = |run: usize| shape(run).words <= SHORT && shape(run).lower_start;
    first != u32::MAX
        && second != u32::MAX
        && short(one)
        && short(other)
        && context.runs.at(one).style == context.runs.at(other).style
        && joins(context, (first as usize).plus(1)..second as usize)
}

/// Tells whether nothing but a stop is left.
fn is_last(items: &[Item]) -> bool {
    items.iter().all(|item| !item.is_word())
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn what_somebody_says_that_a_thing_is_is_said() {
        check(
            "The report came. Otto Falk insisted his road plans were “realistic”.",
            &[("realistic", "Otto Falk")],
        );
        check(
            "Otto Falk told captains their cabins would be “searched daily”.",
            &[("searched daily", "Otto Falk")],
        );
        check(
            "Nora Lind said this will mean “lower rents” for families.",
            &[("lower rents", "Nora Lind")],
        );
    }

    #[test]
    fn who_judges_is_heard() {
        check(
            "Nora Lind has called it “derisory”.",
            &[("derisory", "Nora Lind")],
        );
        check(
            "Nora Lind branded the plan “reckless”.",
            &[("reckless", "Nora Lind")],
        );
        check(
            "Otto Falk accused the mayor of being “asleep at the wheel”.",
            &[("asleep at the wheel", "Otto Falk")],
        );
        check(
            "Describing the verdict as “a farce”, Nora Lind said she would appeal.",
            &[("a farce", "Nora Lind")],
        );
        check(
            "Nora Lind called the papers “untrue” and “spiteful”.",
            &[("untrue", "Nora Lind"), ("spiteful", "Nora Lind")],
        );
    }

    #[test]
    fn a_verb_in_marks_is_of_its_subject() {
        check(
            "A spokesman for Otto Falk “flatly denied” any wrongdoing by Ida Roe.",
            &[("flatly denied", "A spokesman for Otto Falk")],
        );
    }

    #[test]
    fn mottoes_buttons_and_remits_are_nobodys() {
        check(
            "Ida Roe came. The motto of the fair is “sharing the burden of change”.",
            &[],
        );
        check(
            "Ida Roe has added the ability to “drop” pins in the sea.",
            &[],
        );
        check(
            "Ida Roe was named on Monday. She has the power to look into “any matter touching the port”.",
            &[],
        );
        check("Ida Roe came. Buyers dubbed “nesters” paid less.", &[]);
    }
}
