//! Who speaks a turn: the label before the colon, or the parties behind `Q` and `A`.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;
use whosaid_model::Span;

use crate::context::Context;
use crate::lexicon::Classes;
use crate::marks::Style;
use crate::mention::{Mention, MentionKind};
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};
use crate::turns::after_time;

/// The speaker of a turn, as far as its label tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The label without colon.
    pub(crate) span: Span,
    /// The mention inside the label.
    pub(crate) mention: Option<u32>,
    /// The person it stands for.
    pub(crate) person: Option<u32>,
}

/// Reads labels; what depends on the whole article is found once.
pub(crate) struct Labels<'c, 't> {
    context: &'c Context<'t>,
    parties: OnceCell<(Option<u32>, Option<u32>)>,
    /// Whom a label without a name stands for, by its words.
    nameless: FxHashMap<&'t str, Option<u32>>,
}

impl<'c, 't> Labels<'c, 't> {
    pub(crate) fn new(context: &'c Context<'t>) -> Self {
        Self {
            context,
            parties: OnceCell::new(),
            nameless: FxHashMap::default(),
        }
    }

    /// Reads the label of turn `run`.
    pub(crate) fn of(&mut self, run: usize) -> Label {
        let context = self.context;
        let turn = context.runs.at(run);
        let item = context.shapes.at(run).item;
        let mut range = context.stream.paragraph(turn.paragraph);
        // ELISE ROE, HOST: ¶ Good morning.
        let above = || context.stream.paragraph(turn.paragraph.saturating_sub(1));
        let items = &context.stream.items;
        if range.start == item as usize
            && turn.paragraph > 0
            && items
                .cut(above())
                .last()
                .is_some_and(|last| last.is_punct(b':'))
        {
            range = above();
        }
        let start = context
            .stream
            .items
            .get(range.start)
            .map_or(turn.content.start, |item| item.start as usize);
        let lead = context
            .text
            .get(start..turn.content.start)
            .unwrap_or_default();
        let trimmed = lead.trim_end_matches(|char: char| !char.is_alphanumeric() && char != ')');
        let named = after_time(trimmed);
        let (start, trimmed) = (start.plus(trimmed.len().less(named.len())), named);
        let begin = trimmed.len().less(
            trimmed
                .trim_start_matches(|char: char| !char.is_alphanumeric() && char != '@')
                .len(),
        );
        let span = Span::new(start.plus(begin), start.plus(trimmed.len()));
        let text = span.of(context.text).unwrap_or_default();
        match text {
            // Without a label what stands in bold type asks.
            "" | "Q" | "Q." | "Question" | "QUESTION" | "A" | "A." | "Answer" | "ANSWER" => {
                let (asks, answers) = *self.parties.get_or_init(|| parties(context));
                let person = if text.starts_with('Q') || lead.starts_with('*') {
                    asks
                } else {
                    answers
                };
                Label {
                    span,
                    mention: None,
                    person,
                }
            }
            _ => {
                let after = |first: usize| {
                    let before = |mention: &Mention| (mention.first as usize) < first;
                    context.mentions.partition_point(before)
                };
                let mention = (after(range.start)..after(item as usize))
                    .filter(|&at| context.mentions.at(at).last < item)
                    .max_by_key(|&at| {
                        let kind = context.mentions.at(at).kind;
                        // The Minister of Rural Affairs (Mr Tobias Henshaw): the name in full, wherever it stands.
                        let full = kind == MentionKind::FullName;
                        (full, kind.is_name(), std::cmp::Reverse(at))
                    });
                let other = *self.nameless.entry(text).or_insert_with(|| {
                    stands_for(context, text).or_else(|| initialled(context, text))
                });
                if other.is_some() || text.len() == 1 {
                    return Label {
                        span,
                        mention: None,
                        person: other,
                    };
                }
                Label {
                    span,
                    mention: mention.map(|at| at as u32),
                    person: mention.and_then(|at| context.mentions.at(at).person),
                }
            }
        }
    }
}

/// Whom a label without a name stands for: the court speaks through its judge, and the witness is the one the
/// introduction names, but for those who have labels of their own.
fn stands_for(context: &Context<'_>, label: &str) -> Option<u32> {
    let persons = &context.persons.list;
    let holder = |office: &str| {
        let mut holders =
            (0..persons.len()).filter(|&at| persons.at(at).roles.iter().any(|role| role == office));
        holders
            .next()
            .filter(|_| holders.next().is_none())
            .map(|at| at as u32)
    };
    match label {
        "THE COURT" | "The Court" | "THE BENCH" => holder("judge"),
        "THE WITNESS" | "The Witness" | "WITNESS" | "Witness" => {
            holder("witness").or_else(|| introduced(context))
        }
        _ => None,
    }
}

/// The person named most before the first turn, of those whom no label names.
fn introduced(context: &Context<'_>) -> Option<u32> {
    let turns = context.runs.iter().zip(&context.shapes);
    let turns = turns.filter(|(run, _)| run.style == Style::Turn);
    let labels: Vec<std::ops::Range<u32>> = turns
        .map(|(run, shape)| context.stream.paragraph(run.paragraph).start as u32..shape.item)
        .collect();
    let first = labels.first()?.start;
    let in_label = |first: u32| {
        let after = labels.partition_point(|label| label.start <= first);
        let label = after.checked_sub(1).and_then(|at| labels.get(at));
        label.is_some_and(|label| label.contains(&first))
    };
    let labelled: Vec<u32> = context
        .mentions
        .iter()
        .filter(|mention| in_label(mention.first))
        .filter_map(|mention| mention.person)
        .collect();
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for person in context
        .mentions
        .iter()
        .take_while(|mention| mention.first < first)
        .filter_map(|mention| mention.person)
        .filter(|person| !labelled.contains(person))
    {
        match counts.iter_mut().find(|count| count.0 == person) {
            Some(count) => count.1 = count.1.plus(1),
            None => counts.push((person, 1)),
        }
    }
    let most = counts
        .iter()
        .max_by_key(|count| (count.1, std::cmp::Reverse(count.0)));
    most.map(|count| count.0)
}

/// The person whose initials a label is: HP, N.K.Z.
fn initialled(context: &Context<'_>, label: &str) -> Option<u32> {
    let letters: String = label.chars().filter(|&char| char != '.').collect();
    if !(2..=4).contains(&letters.len()) || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let first = |word: &str| word.chars().next().map(|char| char.to_ascii_uppercase());
    let is = |person: &crate::person::Person| {
        let words = &person.words;
        let whole: String = words.iter().filter_map(|word| first(word)).collect();
        let ends = words
            .first()
            .into_iter()
            .chain(words.last())
            .filter_map(|word| first(word));
        // Jean-Luc Roe is JLR as well.
        let parts: String = words
            .iter()
            .flat_map(|word| word.split('-'))
            .filter_map(first)
            .collect();
        words.len() > 1 && (letters == whole || letters == parts || ends.eq(letters.chars()))
    };
    let mut named = (0..context.persons.list.len()).filter(|&at| is(context.persons.list.at(at)));
    named
        .next()
        .filter(|_| named.next().is_none())
        .map(|at| at as u32)
}

/// Finds who asks and who answers in a question-and-answer interview: the introduction is about the one who
/// answers, and names the one who asks after `spoke to`, if at all.
fn parties(context: &Context<'_>) -> (Option<u32>, Option<u32>) {
    let first = context
        .runs
        .iter()
        .position(|run| run.style == Style::Turn)
        .map_or(u32::MAX, |run| context.shapes.at(run).item);
    parties_before(context, first)
}

/// The same of the mentions before item `first`.
fn parties_before(context: &Context<'_>, first: u32) -> (Option<u32>, Option<u32>) {
    let mut asks = None;
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for (at, mention) in context
        .mentions
        .iter()
        .enumerate()
        .take_while(|(_, mention)| mention.first < first)
    {
        let Some(person) = mention.person else {
            continue;
        };
        let before = mention
            .first
            .checked_sub(1)
            .and_then(|at| context.stream.items.get(at as usize))
            .and_then(|item| item.span().of(context.text));
        let verb = mention
            .first
            .checked_sub(2)
            .and_then(|at| context.stream.items.get(at as usize))
            .and_then(|item| item.span().of(context.text));
        let asked = matches!(
            (verb, before),
            (
                Some("spoke" | "talked" | "speaks" | "talks"),
                Some("to" | "with")
            ) | (
                Some("interviewed" | "examined" | "cross-examined" | "questioned"),
                Some("by")
            )
        ) || matches!(before, Some("tells" | "told")) && at > 0;
        if asked && asks.is_none() && !counts.is_empty() {
            asks = Some(person);
            continue;
        }
        match counts.iter_mut().find(|count| count.0 == person) {
            Some(count) => count.1 = count.1.plus(1),
            None => counts.push((person, 1)),
        }
    }
    // Interview by Nandini Brockhaus: a line of its own.
    let byline = || {
        context.mentions.iter().find_map(|mention| {
            let range = context
                .stream
                .paragraph(context.stream.items.at(mention.first).paragraph);
            let credit = context
                .stream
                .items
                .cut(range.clone())
                .iter()
                .take(2)
                .any(|item| {
                    matches!(
                        item.span().of(context.text),
                        Some("By" | "by" | "Interview" | "par" | "Interviewer")
                    )
                });
            (credit && range.len() <= 10 && mention.kind == MentionKind::FullName)
                .then_some(mention.person)
                .flatten()
        })
    };
    let asks = asks.or_else(byline);
    let titled = |person: u32| u32::from(context.persons.list.at(person).in_title).times(3);
    let answers = counts
        .iter()
        .filter(|count| Some(count.0) != asks && !context.persons.list.at(count.0).unsure)
        .max_by_key(|count| (count.1.plus(titled(count.0)), std::cmp::Reverse(count.0)));
    (asks, answers.map(|count| count.0))
}

/// Fewest questions of an interview without labels.
const QUESTIONS: usize = 3;

/// Finds who answers in an interview whose questions stand without marks, each a paragraph above an answer in marks:
/// Do you mind? ¶ “I never did.”
pub(crate) fn answers_in_marks(context: &Context<'_>) -> Option<u32> {
    let asked: Vec<usize> = (0..context.runs.len())
        .filter(|&run| is_asked(context, run) && asks(context, run))
        .collect();
    if asked.len() < QUESTIONS {
        return None;
    }
    let first = context.shapes.at(*asked.head()).item;
    let (_, answers) = parties_before(context, first);
    let person = answers.or_else(|| credited(context))?;
    let named = context
        .mentions
        .iter()
        .position(|mention| mention.person == Some(person) && mention.kind.is_name());
    named.map(|at| at as u32)
}

/// Who is said to have answered where nobody is introduced: Ngozi Umeh was talking to Harriet Pell, below the last
/// answer.
fn credited(context: &Context<'_>) -> Option<u32> {
    let word = |at: usize| context.stream.word(context.text, at);
    context.mentions.iter().find_map(|mention| {
        let person = mention.person.filter(|_| mention.kind.is_name())?;
        let mut at = (mention.last as usize).plus(1);
        if word(at) == "was" {
            at = at.plus(1);
        }
        let talks = matches!(
            word(at),
            "talking" | "speaking" | "talked" | "spoke" | "interviewed"
        ) && matches!(word(at.plus(1)), "to" | "with" | "by");
        talks.then_some(person)
    })
}

/// Tells whether the paragraph before the run ends with a question.
fn asks(context: &Context<'_>, run: usize) -> bool {
    let before = context.runs.at(run).paragraph.saturating_sub(1);
    let last = context
        .stream
        .items
        .cut(context.stream.paragraph(before))
        .last();
    last.is_some_and(|item| item.is_punct(b'?'))
}

/// Tells whether the run is all of its paragraph, and that before it addresses somebody, without telling what anybody
/// said unless to ask about it.
pub(crate) fn is_asked(context: &Context<'_>, run: usize) -> bool {
    let (shape, run) = (context.shapes.at(run), context.runs.at(run));
    if !shape.alone || run.carries_on || !matches!(run.style, Style::Double | Style::Single) {
        return false;
    }
    let Some(before) = run.paragraph.checked_sub(1) else {
        return false;
    };
    let items = context.stream.items.cut(context.stream.paragraph(before));
    let addressed = |item: &Item| {
        matches!(
            item.span().of(context.text),
            Some("you" | "You" | "your" | "Your")
        )
    };
    // You once said that it was easy. Do you stand by it?
    let asks = || items.last().is_some_and(|item| item.is_punct(b'?'));
    items.first().is_some_and(|item| !item.is_run())
        && items.iter().any(addressed)
        && (!items.iter().any(|item| item.has(Classes::STRONG)) || asks())
}

/// Tells whether a label names somebody at all.
pub(crate) fn is_named(context: &Context<'_>, label: &Label) -> bool {
    label.person.is_some()
        || label
            .mention
            .is_some_and(|at| context.mentions.at(at).kind != MentionKind::I)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn the_one_introduced_answers() {
        check(
            "Ilona Varga has run the harbour since May. Varga spoke to Paul Ruiz on the pier.\nQ: Will you stay on here?\nA: I will stay as long as it takes.\nQ: And then what?",
            &[
                ("Will you stay on here?", "Paul Ruiz"),
                ("I will stay as long as it takes.", "Ilona Varga"),
                ("And then what?", "Paul Ruiz"),
            ],
        );
    }

    #[test]
    fn a_label_in_capitals_has_its_courtesy_title() {
        check(
            "MS. ROE: Where is the key?\nMR. DAY: I lost it on the pier.\nMS. ROE: When was that?\nMR. DAY: Yes, when.",
            &[
                ("Where is the key?", "Roe"),
                ("I lost it on the pier.", "Day"),
                ("When was that?", "Roe"),
                ("Yes, when.", "Day"),
            ],
        );
    }

    #[test]
    fn a_label_may_stand_above_the_words() {
        check(
            "ELISE TANNEN, HOST:\nThe last doctor of the valley retired in March.\nKARL BRANDT: I thought that somebody would come.\nTANNEN: And did somebody come?\nBRANDT: They laughed at me.",
            &[
                (
                    "The last doctor of the valley retired in March.",
                    "Elise Tannen",
                ),
                ("I thought that somebody would come.", "Karl Brandt"),
                ("And did somebody come?", "Elise Tannen"),
                ("They laughed at me.", "Karl Brandt"),
            ],
        );
    }

    #[test]
    fn what_stands_in_bold_type_asks() {
        check(
            "Ilona Varga has run the harbour since May.\n**Will you stay on here?**\nAs long as it takes.\nAnd then a year.\n**And the noise?**\nOne gets used to it.\n**Do you miss him?**\nHe was never here.",
            &[
                ("Will you stay on here?", ""),
                ("As long as it takes.", "Ilona Varga"),
                ("And then a year.", "Ilona Varga"),
                ("And the noise?", ""),
                ("One gets used to it.", "Ilona Varga"),
                ("Do you miss him?", ""),
                ("He was never here.", "Ilona Varga"),
            ],
        );
    }

    #[test]
    fn answers_in_marks_are_of_who_is_asked() {
        check(
            "Ilona Varga has run the harbour since May. She keeps a dog.\nWill you stay on here?\n“As long as it takes, and then a year.”\nDo you mind the noise?\n“One gets used to it, like to a child.”\nYour brother Karl Brandt has left. Do you miss him?\n“He was never here.”",
            &[
                ("As long as it takes, and then a year.", "Ilona Varga"),
                ("One gets used to it, like to a child.", "Ilona Varga"),
                ("He was never here.", "Ilona Varga"),
            ],
        );
    }

    #[test]
    fn a_label_is_a_name() {
        check(
            "Laura Kent met Ama Osei in the studio.\nKENT: Will you go now?\nOSEI: Never, not while I live.\nKENT: Why not then?",
            &[
                ("Will you go now?", "Laura Kent"),
                ("Never, not while I live.", "Ama Osei"),
                ("Why not then?", "Laura Kent"),
            ],
        );
    }

    #[test]
    fn whoever_is_credited_below_answers() {
        check(
            "You have a dog.\nDo you mind the noise?\n“One gets used to it.”\nYou once said it was easy. Do you stand by it?\n“I never did.”\nWhat would your brother say?\n“He was never here.”\nIlona Varga was talking to Paul Ruiz.",
            &[
                ("One gets used to it.", "Ilona Varga"),
                ("I never did.", "Ilona Varga"),
                ("He was never here.", "Ilona Varga"),
            ],
        );
    }

    #[test]
    fn a_label_is_whom_a_turn_introduces() {
        check(
            "HOST: On the line is Tom Brakel. Mr Brakel, is it over?\nBRAKEL: It is not over yet.\nHOST: Thank you very much.",
            &[
                ("On the line is Tom Brakel. Mr Brakel, is it over?", "HOST"),
                ("It is not over yet.", "Tom Brakel"),
                ("Thank you very much.", "HOST"),
            ],
        );
    }

    #[test]
    fn an_office_as_a_label_is_not_who_spoke_before() {
        check(
            "Mr Karl Brandt was heard.\nMR BRANDT: It was the captain.\nTHE CHAIRMAN: Which of the captains?\nMR BRANDT: The captain of the tug.",
            &[
                ("It was the captain.", "Karl Brandt"),
                ("Which of the captains?", "THE CHAIRMAN"),
                ("The captain of the tug.", "Karl Brandt"),
            ],
        );
    }
}
