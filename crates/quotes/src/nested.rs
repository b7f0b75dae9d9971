//! Quotations inside quotations: “He told me, ‘Go home,’” Cole recalled.
//!
//! The words around the inner marks are read as a small article of their own. An inner quotation counts only
//! where a reporting verb in the outer words gives it to somebody; titles and quoted terms stay out.

use whosaid_model::{
    Attribution, Quotation, QuotationKind, Resolution, Span, Speaker, SpeakerKind,
};

use crate::context::Context;
use crate::marks::Run;
use crate::mention::{Gender, Mention, MentionKind, find_mentions};
use crate::person::Persons;
use crate::rank::{self, Ranking};
use crate::stream::Stream;
use crate::total::{Steps, Total};

/// What an inner quotation's confidence is multiplied with: read off the hand-marked articles.
const TRUST: f32 = 0.85;
/// Below this probability the best mention is no source.
const CERTAIN: f32 = 0.5;

/// Finds the quotations inside run `outer`, whose own speaker and confidence are given.
pub(crate) fn find(
    context: &Context<'_>,
    outer: usize,
    speaker: Option<&Attribution>,
    confidence: f32,
) -> Vec<Quotation> {
    let around = context.runs.at(outer);
    let children: Vec<Run> = context
        .runs
        .iter()
        .skip(outer.plus(1))
        .take_while(|run| run.outer.start < around.content.end)
        .filter(|run| run.inside == Some(outer as u32))
        .map(|run| Run {
            inside: None,
            paragraph: 0,
            carries_on: false,
            ..run.clone()
        })
        .collect();
    if children.is_empty() {
        return Vec::new();
    }
    let stream = Stream::new(context.text, &[around.content], &children);
    let mut mentions = find_mentions(context.text, &stream);
    let persons = Persons::resolve(context.text, None, &stream, &mut mentions);
    let inner = Context::new(context.text, &children, &stream, &mentions, &persons);
    let mut ranking = Ranking::default();
    let mut found = Vec::new();
    for (index, child) in children.iter().enumerate() {
        rank::rank(&inner, index, &mut ranking);
        let Some((best, probability)) = ranking.best() else {
            continue;
        };
        let syntax = inner.syntax.at(best);
        let item = inner.shapes.at(index).item as usize;
        let cue = syntax
            .forward
            .into_iter()
            .chain(syntax.backward)
            .find(|cue| cue.strength >= 3)
            .map(|cue| cue.item as usize);
        // My daughter reads me the paper and asks, ‘…’: the verb right before the marks will do.
        let cue = cue.or_else(|| {
            (item.saturating_sub(2)..item)
                .rev()
                .find(|&at| *inner.cues.at(at) >= 3)
        });
        let (Some(cue), true) = (cue, probability >= CERTAIN) else {
            continue;
        };
        // The verb stands next to the words: he said, ‘Go’ · ‘Go,’ he said.
        let near = item.abs_diff(cue) <= 6 || item.abs_diff(mentions.at(best).first as usize) <= 3;
        if !near {
            continue;
        }
        let mention = mentions.at(best);
        let Some((who, how)) = speaker_of(context, &inner, outer, mention, speaker) else {
            continue;
        };
        found.push(Quotation {
            span: child.content,
            kind: QuotationKind::Direct,
            attribution: Some(Attribution {
                speaker: who,
                mention: inner.mention_span(mention),
                cue: Some(stream.items.at(cue).span()),
                how,
                others: Vec::new(),
            }),
            confidence: (confidence.max(0.5) * probability * TRUST).clamp(0.0, 1.0),
            denied: false,
            inside: None,
        });
    }
    found
}

/// Names who is meant inside the outer words.
fn speaker_of(
    context: &Context<'_>,
    inner: &Context<'_>,
    outer: usize,
    mention: &Mention,
    speaker: Option<&Attribution>,
) -> Option<(Speaker, Resolution)> {
    let person = |index: u32| {
        let person = context.persons.list.at(index);
        Speaker {
            name: person.name.clone(),
            title: person.title.clone(),
            kind: SpeakerKind::Person,
        }
    };
    let unknown = Speaker {
        name: String::new(),
        title: None,
        kind: SpeakerKind::Unknown,
    };
    Some(match mention.kind {
        MentionKind::I => {
            let speaker = speaker.filter(|speaker| !speaker.speaker.name.is_empty())?;
            (speaker.speaker.clone(), Resolution::Pronoun)
        }
        MentionKind::He | MentionKind::She => {
            // Whoever of that gender was named last before, but not the one who tells it.
            let item = context.shapes.at(outer).item;
            let teller = speaker.map_or("", |speaker| speaker.speaker.name.as_str());
            let said = persons_named_in(context, inner, mention);
            let before = context
                .mentions
                .iter()
                .rev()
                .filter(|other| other.first < item)
                .filter_map(|other| other.person)
                .take(24);
            let fits = said.into_iter().chain(before).find(|&index| {
                let person = context.persons.list.at(index);
                !person.unsure
                    && person.name != teller
                    && (person.gender == mention.gender || person.gender == Gender::Unknown)
            });
            (fits.map_or(unknown, person), Resolution::Pronoun)
        }
        kind if kind.is_pronoun() => (unknown, Resolution::Pronoun),
        kind if kind.is_name() => {
            let local = inner.persons.list.at(mention.person?);
            let known = local
                .words
                .last()
                .and_then(|family| context.persons.named(family).first());
            let named = Speaker {
                name: local.name.clone(),
                title: local.title.clone(),
                kind: SpeakerKind::Person,
            };
            (
                known.map_or(named, |&index| person(index)),
                Resolution::Surname,
            )
        }
        _ => {
            let span: Span = inner.mention_span(mention);
            let kind = match mention.kind {
                MentionKind::Organization | MentionKind::Place => SpeakerKind::Organization,
                _ => SpeakerKind::Descriptive,
            };
            (
                Speaker {
                    name: span.of(context.text)?.to_owned(),
                    title: None,
                    kind,
                },
                Resolution::Description,
            )
        }
    })
}

/// Persons the outer words name before the pronoun, as persons of the article.
fn persons_named_in(context: &Context<'_>, inner: &Context<'_>, pronoun: &Mention) -> Vec<u32> {
    inner
        .mentions
        .iter()
        .rev()
        .filter(|mention| mention.first < pronoun.first && mention.kind.is_name())
        .filter_map(|mention| inner.persons.list.get(mention.person? as usize))
        .filter_map(|person| {
            let known = context.persons.named(person.words.last()?);
            known.first().copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::Annotator;
    use crate::testing::attributed;

    /// Expects exactly these inner quotations, and whom each is given to.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let annotated = Annotator::new().annotate(None, text);
        let found = attributed(
            text,
            annotated
                .iter()
                .filter(|quotation| quotation.inside.is_some()),
        );
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn the_speaker_quotes_himself() {
        check(
            "“And I told him, ‘Leave it alone,’” Amara Cole recalled.",
            &[("Leave it alone,", "Amara Cole")],
        );
    }

    #[test]
    fn the_speaker_quotes_another() {
        check(
            "Paul Ruiz fell ill in May. “Ruiz told me, ‘Leave it alone,’” Amara Cole recalled.",
            &[("Leave it alone,", "Paul Ruiz")],
        );
    }

    #[test]
    fn a_title_inside_is_no_quotation() {
        check(
            "“I have read ‘The Long Ferry’ twice,” Amara Cole recalled.",
            &[],
        );
    }
}
