//! Resolves `he`, `she`, `who`, `his` and `her` to a person of the article.
//!
//! A softmax over the persons named before the pronoun. The best hints are how lately somebody was the subject of a
//! sentence outside the marks, and how lately somebody was reported to say something; a hidden layer weighs them
//! together. Pronouns are resolved in order, and those resolved count as mentions of their person for the ones that
//! follow.

mod body;
mod bound;
mod described;
mod features;
mod past;
mod view;

use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::context::Context;
use crate::deep::Deep;
use crate::mention::FAR;
#[cfg(feature = "train")]
use crate::model::Features;
use crate::stream::Item;
use crate::total::{Cut, Steps, Total, nothing};

pub(crate) use described::described;
pub(crate) use features::LAYOUT;
use past::Past;
#[cfg(feature = "train")]
use view::Row;
use view::View;

static MODEL: LazyLock<Deep> =
    LazyLock::new(|| Deep::of(&LAYOUT.read(include_str!("../../model/pronoun.tsv"))));

/// Whom a pronoun stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Referents {
    /// The most probable persons, each with its probability, most probable first.
    pub(crate) persons: SmallVec<[(u32, f32); KEPT]>,
}

nothing! {
    Referents = Referents {
        persons: SmallVec::new_const(),
    };
}

/// Persons kept of those a pronoun may stand for.
const KEPT: usize = 3;

/// Resolves the personal pronouns among the first `count` mentions of an article, in order: one for each of these
/// mentions, empty for the others. What comes behind the last one that is asked for decides nothing.
pub(crate) fn resolve(context: &Context<'_>, count: usize) -> Vec<Referents> {
    resolve_with(&MODEL, context, count)
}

/// Resolves with a model of one's own.
pub(crate) fn resolve_with(model: &Deep, context: &Context<'_>, count: usize) -> Vec<Referents> {
    let count = count.min(context.mentions.len());
    let mut found = Vec::new();
    found.resize_with(count, Referents::default);
    walk(context, count, |view| {
        let persons = view.resolve(model);
        let best = persons.first().map(|best| best.0);
        found.change(view.at, |found: &mut Referents| found.persons = persons);
        best
    });
    found
}

/// Collects the persons named before each personal pronoun, and the features of each, for training.
///
/// `answer` is shown the mention, the persons and their features, and tells whom the pronoun stands for, if that
/// is known; otherwise `model` decides.
#[cfg(feature = "train")]
pub(crate) fn collect_all(
    context: &Context<'_>,
    model: Option<&Deep>,
    mut answer: impl FnMut(usize, &[u32], Vec<Features>) -> Option<u32>,
) {
    walk(context, context.mentions.len(), |view| {
        let features = |row: &Row<'_>| {
            let mut features = Features::default();
            view.collect(row, &mut features);
            features
        };
        let persons: Vec<u32> = view.rows().iter().map(|row| row.person).collect();
        let rows = view.rows().iter().map(features).collect();
        answer(view.at, &persons, rows)
            .or_else(|| model.and_then(|model| Some(view.resolve(model).first()?.0)))
    });
}

/// Shows each personal pronoun among the first `count` mentions in order to `answer`, which tells whom it stands for.
fn walk(context: &Context<'_>, count: usize, mut answer: impl FnMut(&View<'_, '_>) -> Option<u32>) {
    let mut past = Past::new(context.persons.list.len());
    for (at, mention) in context.mentions.cut(..count).iter().enumerate() {
        if mention.kind.is_personal() {
            if described(context, at as u32).is_some() {
                continue;
            }
            let person = answer(&View::new(context, at, &past));
            past.link(mention, person);
            if let Some(person) = person {
                past.add(context, at, person);
            }
        } else if let Some(person) = mention.person.filter(|_| !mention.kind.is_pronoun()) {
            past.add(context, at, person);
        }
    }
}

/// Returns the first of the mentions right before mention `end` that stand in one sentence, and an item of it.
fn sentence_before<'c>(context: &'c Context<'_>, end: usize) -> Option<(usize, &'c Item)> {
    let items = &context.stream.items;
    let from = end.less(FAR);
    let before = context.mentions.cut(from..end);
    let last = items.at(before.last()?.first);
    let start = before
        .iter()
        .rposition(|mention| items.at(mention.first).sentence != last.sentence)
        .map_or(from, |at| from.plus(at).plus(1));
    Some((start, last))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn gender_decides_between_two() {
        check(
            "Lena Brandt met Paul Ruiz on Friday. “He was tired,” she said.",
            &[("He was tired,", "Lena Brandt")],
        );
        check(
            "Lena Brandt met Paul Ruiz on Friday. “She was tired,” he said.",
            &[("She was tired,", "Paul Ruiz")],
        );
    }

    #[test]
    fn whoever_is_of_the_other_gender_is_not_meant() {
        check(
            "Anna Roe, 52, denies it. Her husband, Peter Roe, 55, denies it too.\nDetective Lena Brandt told the court of a ledger.\nThe court heard that Mrs Roe sent her husband a message. He answered: “I will be home by ten.”",
            &[("I will be home by ten.", "Peter Roe")],
        );
    }

    #[test]
    fn the_subject_outweighs_the_object() {
        check(
            "Paul Ruiz told Karl Brandt that he was wrong. “I stand by it,” he added.",
            &[("I stand by it,", "Paul Ruiz")],
        );
    }

    #[test]
    fn a_chain_of_pronouns_keeps_its_person() {
        check(
            "Ilona Varga opened the pier on Monday. “It took years,” she said.\n“We are glad,” she added.",
            &[
                ("It took years,", "Ilona Varga"),
                ("We are glad,", "Ilona Varga"),
            ],
        );
    }

    #[test]
    fn somebody_without_a_name_is_meant() {
        check(
            "Paul Ruiz runs the school. Ruiz said no.\nOne parent was not amused. “It costs us too much,” he said. “Far too much,” he added.",
            &[
                ("It costs us too much,", "One parent"),
                ("Far too much,", "One parent"),
            ],
        );
    }

    #[test]
    fn somebody_without_a_name_may_stand_behind_a_few_words() {
        check(
            "Ana Ruiz left the court.\nOutside, a woman held up a sign. She gave no name. “I can wait,” she said.",
            &[("I can wait,", "a woman")],
        );
        check(
            "Ana Ruiz left the court. Paul Doe did too.\nOn Friday the prime minister, speaking in Omena, gave way. “We were timid,” he said.",
            &[("We were timid,", "the prime minister")],
        );
    }

    #[test]
    fn whoever_asks_does_not_answer() {
        check(
            "Mary Kimura took a joke. When Sally Ng asked whether she had ever changed her mind, she said, “I thought I had.”",
            &[("I thought I had.", "Mary Kimura")],
        );
    }

    #[test]
    fn whom_the_words_name_does_not_speak() {
        check(
            "Paul Ruiz spoke for an hour. Karl Brandt will win, Ruiz said.\n“Brandt is our best debater,” he said.",
            &[("Brandt is our best debater,", "Paul Ruiz")],
        );
    }

    #[test]
    fn who_reports_outweighs_whom_he_reports_on() {
        check(
            "Paul Ruiz chairs the board. Ruiz said that Karl Brandt continued to hurt the cause by taking on the union. “It will not end well,” he said.",
            &[("It will not end well,", "Paul Ruiz")],
        );
    }

    #[test]
    fn what_nothing_shows_to_be_somebody_is_not_meant() {
        for opener in ["Suspicion", "Fame", "Zelmet"] {
            check(
                &format!(
                    "Tom Baker runs the ferry port.\n{opener} is what people talk of. “We were lied to,” he said."
                ),
                &[("We were lied to,", "Tom Baker")],
            );
        }
        check(
            "Paul Ruiz got a job in Clarkston, and Clarkston became his home. “I stayed,” he said.",
            &[("I stayed,", "Paul Ruiz")],
        );
    }

    #[test]
    fn it_is_what_the_sentence_before_is_about() {
        for (before, body) in [
            (
                "Lorbrook Engineering said the bridge would be late.",
                "Lorbrook Engineering",
            ),
            (
                "The finance ministry said Karl Brandt was wrong.",
                "The finance ministry",
            ),
            (
                "The Harbour Board asked Karl Brandt to leave.",
                "Harbour Board",
            ),
            (
                "The Harbour Board opened in May. The board fined a shipyard.",
                "Harbour Board",
            ),
            ("The report blames Karl Brandt.", "The report"),
        ] {
            check(
                &format!("{before} “The old walls will not hold,” it said."),
                &[("The old walls will not hold,", body)],
            );
        }
        check(
            "The researchers found a moth. “It is very tiny indeed,” they said.",
            &[("It is very tiny indeed,", "The researchers")],
        );
        check(
            "Karl Brandt was ill. “It is raining in Omena,” it said.",
            &[("It is raining in Omena,", "")],
        );
    }

    #[test]
    fn whoever_reported_without_a_name_goes_on() {
        check(
            "Karl Brandt left.\nA police spokesman said Brandt was tired.\n“He will be back,” he said.",
            &[("He will be back,", "A police spokesman")],
        );
        check(
            "Paul Ruiz banned it. Ruiz’s lawyer said the ban was legal. “It is only for large firms,” he said.",
            &[("It is only for large firms,", "Ruiz’s lawyer")],
        );
        check(
            "Lena Brandt left. A lawyer for the state, Paul Ruiz, said it was over. “It is final,” he said.",
            &[("It is final,", "Paul Ruiz")],
        );
    }

    #[test]
    fn whom_he_tells_of_is_not_he() {
        check(
            "Paul Ruiz met Karl Brandt. He said Brandt would be “a joy to watch on the stage”.",
            &[("a joy to watch on the stage", "Paul Ruiz")],
        );
        check(
            "Coach Paul Ruiz met the press. Striker Karl Brandt is “as fit as he ever was”, he said.",
            &[("as fit as he ever was", "Paul Ruiz")],
        );
        check(
            "Paul Ruiz said the paper was a trick. Trade would be the theme, said Karl Brandt. “It is well spent,” he said.",
            &[("It is well spent,", "Karl Brandt")],
        );
        check(
            "Coach Paul Ruiz was pleased. Ruiz also praised Karl Brandt, who scored twice. “In the first half he did well,” he said.",
            &[("In the first half he did well,", "Paul Ruiz")],
        );
        check(
            "Singer Paul Ruiz won. Ruiz paid tribute to Karl Brandt, who died last year, and thanked his wife. “You took a chance on me,” he said.",
            &[("You took a chance on me,", "Paul Ruiz")],
        );
        check(
            "Manager Paul Ruiz saw his side win. Ruiz also singled out Karl Brandt and Luis Duffy for praise. “They did very well,” he added.",
            &[("They did very well,", "Paul Ruiz")],
        );
    }

    #[test]
    fn what_his_spokesman_reports_is_no_rival() {
        check(
            "Paul Ruiz’s official spokesman said the prime minister was sorry. “It is not aimed at anybody,” he added.",
            &[(
                "It is not aimed at anybody,",
                "Paul Ruiz’s official spokesman",
            )],
        );
        check(
            "A spokesman for Paul Ruiz said the prime minister was sorry. “It is not aimed at anybody,” he added.",
            &[("It is not aimed at anybody,", "A spokesman for Paul Ruiz")],
        );
    }

    #[test]
    fn a_firm_is_not_he() {
        check(
            "Paul Ruiz of Jupiter said Zentix would sell a million. Zentix has cut its price. “It is a good price,” he said.",
            &[("It is a good price,", "Paul Ruiz")],
        );
    }

    #[test]
    fn a_definite_office_is_another_word_for_her() {
        check(
            "Schools minister Ilona Varga faced the committee. Labour’s Karl Brandt asked about the law. The Salcombe MP told the committee it was wrong. It would be kept, she said. “It is not aimed at anybody,” she added.",
            &[("It is not aimed at anybody,", "Ilona Varga")],
        );
    }
}
