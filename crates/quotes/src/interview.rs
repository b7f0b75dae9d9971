//! Who speaks a turn: the label before the colon, or the parties behind `Q` and `A`.

use whosaid_model::Span;

use crate::context::Context;
use crate::marks::Style;
use crate::mention::MentionKind;

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

/// Reads the label of turn `run`.
pub(crate) fn label_of(context: &Context<'_>, run: usize) -> Label {
    let turn = &context.runs[run];
    let item = context.shapes[run].item;
    let range = context.stream.paragraph(turn.paragraph);
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
    let begin = trimmed.len()
        - trimmed
            .trim_start_matches(|char: char| !char.is_alphanumeric() && char != '@')
            .len();
    let span = Span::new(start + begin, start + trimmed.len());
    let text = span.of(context.text).unwrap_or_default();
    match text {
        "Q" | "Q." | "Question" | "A" | "A." | "Answer" => {
            let (asks, answers) = parties(context);
            let person = if text.starts_with('Q') { asks } else { answers };
            Label {
                span,
                mention: None,
                person,
            }
        }
        _ => {
            let mention = (0..context.mentions.len())
                .filter(|&at| {
                    context.mentions[at].first as usize >= range.start
                        && context.mentions[at].last < item
                })
                .max_by_key(|&at| (context.mentions[at].kind.is_name(), std::cmp::Reverse(at)));
            // The court speaks through its judge.
            let court = matches!(text, "THE COURT" | "The Court" | "THE BENCH");
            let judge = || {
                let mut judges = (0..context.persons.list.len()).filter(|&at| {
                    context.persons.list[at]
                        .roles
                        .iter()
                        .any(|role| role == "judge")
                });
                judges
                    .next()
                    .filter(|_| judges.next().is_none())
                    .map(|at| at as u32)
            };
            if let Some(judge) = court.then(judge).flatten() {
                return Label {
                    span,
                    mention: None,
                    person: Some(judge),
                };
            }
            Label {
                span,
                mention: mention.map(|at| at as u32),
                person: mention.and_then(|at| context.mentions[at].person),
            }
        }
    }
}

/// Finds who asks and who answers in a question-and-answer interview: the introduction is about the one who
/// answers, and names the one who asks after `spoke to`, if at all.
fn parties(context: &Context<'_>) -> (Option<u32>, Option<u32>) {
    let first = context
        .runs
        .iter()
        .position(|run| run.style == Style::Turn)
        .map_or(u32::MAX, |run| context.shapes[run].item);
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
            ) | (Some("interviewed"), Some("by"))
        ) || matches!(before, Some("tells" | "told")) && at > 0;
        if asked && asks.is_none() && !counts.is_empty() {
            asks = Some(person);
            continue;
        }
        match counts.iter_mut().find(|count| count.0 == person) {
            Some(count) => count.1 += 1,
            None => counts.push((person, 1)),
        }
    }
    // Interview by Nandini Brockhaus: a line of its own.
    let byline = || {
        context.mentions.iter().find_map(|mention| {
            let range = context
                .stream
                .paragraph(context.stream.items[mention.first as usize].paragraph);
            let credit = context.stream.items[range.clone()]
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
    let titled = |person: u32| u32::from(context.persons.list[person as usize].in_title) * 3;
    let answers = counts
        .iter()
        .filter(|count| Some(count.0) != asks && !context.persons.list[count.0 as usize].unsure)
        .max_by_key(|count| (count.1 + titled(count.0), std::cmp::Reverse(count.0)));
    (asks, answers.map(|count| count.0))
}

/// Tells whether a label names somebody at all.
pub(crate) fn is_named(context: &Context<'_>, label: &Label) -> bool {
    label.person.is_some()
        || label
            .mention
            .is_some_and(|at| context.mentions[at as usize].kind != MentionKind::I)
}

#[cfg(test)]
mod tests {
    use whosaid_model::QuotationKind;

    use crate::Annotator;
    use crate::testing::attributed;

    /// Expects exactly these turns, and whom each is given to.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let annotated = Annotator::new().annotate(None, text);
        let found = attributed(
            text,
            annotated
                .iter()
                .filter(|quotation| quotation.kind != QuotationKind::Indirect),
        );
        assert_eq!(found, expected, "in {text}");
    }

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
}
