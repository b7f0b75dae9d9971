//! Quotations inside quotations: “He told me, ‘Go home,’” Cole recalled.
//!
//! The words around the inner marks are read as a small article of their own. An inner quotation counts only
//! where a reporting verb in the outer words gives it to somebody; titles and quoted terms stay out. Whom a pronoun in
//! the outer words means is told by those words, then by what the reporter wrote before them; where neither tells, the
//! speaker has no name.

mod meant;
mod source;

use whosaid_model::{
    Attribution, Quotation, QuotationKind, Resolution, Span, Speaker, SpeakerKind,
};

use crate::context::Context;
use crate::decode::Decision;
use crate::marks::{Run, Style};
use crate::mention::{FAR, Mention, MentionKind, find_mentions};
use crate::person::Persons;
use crate::pronoun::Referents;
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};
use meant::{meant_before, meant_within};
use source::{Denial, Source, source};

/// What an inner quotation's confidence is multiplied with: read off the hand-marked articles.
const TRUST: f32 = 0.85;

/// An outer quotation as it was decided.
pub(crate) struct Outer<'a> {
    pub(crate) decisions: &'a [Decision],
    /// Its place among the decisions.
    pub(crate) at: usize,
    pub(crate) referents: &'a [Referents],
    pub(crate) attribution: Option<&'a Attribution>,
    pub(crate) confidence: f32,
}

/// Whom a pronoun means.
enum Meant {
    Person(u32),
    Described(String),
    Named(Speaker),
}

/// Finds the quotations inside a quotation.
pub(crate) fn find(context: &Context<'_>, outer: &Outer<'_>) -> Vec<Quotation> {
    let run = outer.decisions.at(outer.at).run as usize;
    let around = context.runs.at(run);
    let children: Vec<Run> = context
        .runs
        .iter()
        .skip(run.plus(1))
        .take_while(|child| child.outer.start < around.content.end)
        .filter(|child| child.inside == Some(run as u32))
        .map(|child| Run {
            inside: None,
            carries_on: false,
            ..child.clone()
        })
        .collect();
    if children.is_empty() {
        return Vec::new();
    }
    let mut words = heard_before(context, outer);
    words.push(around.content);
    let stream = Stream::new(context.text, &words, &children);
    let mut mentions = find_mentions(context.text, &stream);
    let persons = Persons::resolve(context.text, None, &stream, &mut mentions);
    let inner = Context::new(context.text, &children, &stream, &mentions, &persons);
    let mut found = Vec::new();
    for (index, child) in children.iter().enumerate() {
        let Some((source, cue, probability)) = source(&inner, index) else {
            continue;
        };
        let denied = match Denial::of(&inner, cue) {
            Denial::Supposed => continue,
            denial => denial == Denial::Denied,
        };
        let (said_by, mention) = match source {
            Source::Mention(at) => {
                let mention = mentions.at(at);
                (
                    speaker_of(context, &inner, outer, at),
                    inner.mention_span(mention),
                )
            }
            Source::You(at) => (addressee(context, outer), stream.items.at(at).span()),
        };
        let Some((speaker, how)) = said_by else {
            continue;
        };
        found.push(Quotation {
            span: child.content,
            kind: QuotationKind::Direct,
            attribution: Some(Attribution {
                speaker,
                mention,
                cue: Some(stream.items.at(cue).span()),
                how,
                others: Vec::new(),
            }),
            confidence: (outer.confidence.max(0.5) * probability * TRUST).clamp(0.0, 1.0),
            denied,
            inside: None,
        });
    }
    found
}

/// Returns what was said right before by the same speaker, or by whom the speaker answers: a pronoun may mean somebody
/// named there. «I proposed to my wife,» he explained. «She said, ‹…›» · Q: Your guru was strict. A: He would say, ‘…’
fn heard_before(context: &Context<'_>, outer: &Outer<'_>) -> Vec<Span> {
    let decision = outer.decisions.at(outer.at);
    let run = context.runs.at(decision.run);
    let Some(before) = outer.at.checked_sub(1).map(|at| outer.decisions.at(at)) else {
        return Vec::new();
    };
    let other = context.runs.at(before.run);
    let apart = run.paragraph.saturating_sub(other.paragraph);
    let is_heard = match (run.style, other.style) {
        (Style::Turn, Style::Turn) => apart <= 1,
        (Style::Turn, _) | (_, Style::Turn) => false,
        _ => apart == 0 && (before.person == decision.person || run.carries_on),
    };
    if is_heard && other.content.end <= run.content.start {
        vec![other.content]
    } else {
        Vec::new()
    }
}

/// Names who is meant inside the outer words.
fn speaker_of(
    context: &Context<'_>,
    inner: &Context<'_>,
    outer: &Outer<'_>,
    at: u32,
) -> Option<(Speaker, Resolution)> {
    let mention = inner.mentions.at(at);
    Some(match mention.kind {
        MentionKind::I => {
            let speaker = &outer.attribution?.speaker;
            if speaker.name.is_empty() {
                return None;
            }
            (speaker.clone(), Resolution::Pronoun)
        }
        MentionKind::He | MentionKind::She => {
            let meant = meant_within(context, inner, outer, at)
                .or_else(|| meant_before(context, outer, mention.gender));
            let speaker = meant.map_or_else(Speaker::default, |meant| meant.speaker(context));
            (speaker, Resolution::Pronoun)
        }
        kind if kind.is_pronoun() => (Speaker::default(), Resolution::Pronoun),
        kind if kind.is_name() => {
            let meant = named(context, inner, mention)?;
            (meant.speaker(context), Resolution::Surname)
        }
        kind => {
            if let Some(person) = holder(context, inner, mention) {
                return Some((Meant::Person(person).speaker(context), Resolution::Role));
            }
            let meant = Meant::Described(inner.mention_span(mention).of(context.text)?.to_owned());
            let mut speaker = meant.speaker(context);
            if matches!(kind, MentionKind::Organization | MentionKind::Place) {
                speaker.kind = SpeakerKind::Organization;
            }
            (speaker, Resolution::Description)
        }
    })
}

impl Meant {
    fn speaker(self, context: &Context<'_>) -> Speaker {
        match self {
            Self::Person(index) => context.persons.list.at(index).speaker(),
            Self::Described(name) => Speaker {
                name,
                title: None,
                kind: SpeakerKind::Descriptive,
            },
            Self::Named(speaker) => speaker,
        }
    }
}

/// Returns whom a name in the outer words means: somebody of the article, if it names them.
fn named(context: &Context<'_>, inner: &Context<'_>, mention: &Mention) -> Option<Meant> {
    let local = inner.persons.list.at(mention.person?);
    let family = local.words.last()?;
    let known = context.persons.named(family).iter().find(|&&index| {
        let words = &context.persons.list.at(index).words;
        local.words.iter().all(|word| words.contains(word))
    });
    let unknown = || Meant::Named(local.speaker());
    Some(known.map_or_else(unknown, |&index| Meant::Person(index)))
}

/// Returns whom the reporter calls what the outer words call somebody: the accused told the officer, ‘…’.
fn holder(context: &Context<'_>, inner: &Context<'_>, mention: &Mention) -> Option<u32> {
    if mention.kind != MentionKind::Role || !mention.definite {
        return None;
    }
    let words = inner.mention_span(mention).of(inner.text)?;
    let called = |other: &&Mention| {
        other.kind == MentionKind::Role
            && context
                .mention_span(other)
                .of(context.text)
                .is_some_and(|theirs| theirs.eq_ignore_ascii_case(words))
    };
    context
        .mentions
        .iter()
        .take(FAR)
        .filter(called)
        .find_map(|other| other.person)
}

/// Returns who is spoken to: the one who has the next turn, or else the one before.
fn addressee(context: &Context<'_>, outer: &Outer<'_>) -> Option<(Speaker, Resolution)> {
    let decision = outer.decisions.at(outer.at);
    decision.label?;
    let other = |decision: &&Decision| {
        decision.label.is_some()
            && decision
                .person
                .is_some_and(|person| !outer.is_told_by(person))
    };
    let near = outer.near();
    let place = outer.at.min(FAR);
    let after = near.cut(place..).iter().find(other);
    let before = || near.cut(..place).iter().rev().find(other);
    let person = after.or_else(before)?.person?;
    Some((Meant::Person(person).speaker(context), Resolution::Pronoun))
}

impl Outer<'_> {
    /// The decisions around this one: [`FAR`] before it and as many behind.
    fn near(&self) -> &[Decision] {
        let end = self.at.plus(FAR).min(self.decisions.len());
        self.decisions.cut(self.at.less(FAR)..end)
    }

    /// Tells whether a description is the speaker's: her daughter, Claire Roe, said: “She sounded happy.”
    fn is_called(&self, context: &Context<'_>, mention: &Mention) -> bool {
        let Some(person) = self.decisions.at(self.at).person else {
            return false;
        };
        let head = context
            .stream
            .word(context.text, mention.name_last as usize);
        let roles = &context.persons.list.at(person).roles;
        roles.iter().any(|role| role.eq_ignore_ascii_case(head))
    }

    fn is_told_by(&self, person: u32) -> bool {
        self.decisions.at(self.at).person == Some(person)
    }
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
    fn whom_a_pronoun_means_was_named_before() {
        check(
            "Paul Ruiz fell ill in May. Amara Cole often thought of him. “He’d ask, ‘How long now?’” she said.",
            &[("How long now?", "Paul Ruiz")],
        );
        check(
            "Amara Cole met Paul Ruiz. “I proposed to my wife in the tram,” Ruiz explained. “She said, ‘Ask me at the \
             next stop.’”",
            &[("Ask me at the next stop.", "my wife")],
        );
        check(
            "Paul Ruiz fell ill in May. “My father heard it. He shouted, ‘Now or at home!’” Amara Cole recalled.",
            &[("Now or at home!", "My father")],
        );
        check(
            "Amara Cole shut the door. “We had a fella drive in from Duluth. He looked around and he said, ‘Where’s the \
             rest of it?’” she recalled.",
            &[("Where’s the rest of it?", "a fella")],
        );
    }

    #[test]
    fn whoever_is_told_does_not_say_it() {
        check(
            "“The machine’s voice told me, ‘Turn left,’” Amara Cole recalled.",
            &[],
        );
        check(
            "“Suso watched us for a morning and said, ‘You are good with your hands,’” Amara Cole recalled.",
            &[("You are good with your hands,", "Suso")],
        );
    }

    #[test]
    fn who_asks_says_you() {
        check(
            "COURIER: In spring you said: “We have turned the corner.”\n\nAMARA COLE: We have. Behind it was another.\n\n\
             COURIER: And now?\n\nAMARA COLE: Now we turn that one.",
            &[("We have turned the corner.", "Amara Cole")],
        );
    }

    #[test]
    fn what_was_not_said() {
        let text = "“I never said, ‘Stay at home,’” Amara Cole told reporters.";
        let annotated = Annotator::new().annotate(None, text);
        let inner: Vec<_> = annotated
            .iter()
            .filter(|quote| quote.inside.is_some())
            .collect();
        assert!(matches!(inner[..], [inner] if inner.denied), "{inner:?}");
        check(
            "“I would never write, ‘Goat incident,’” Amara Cole told reporters.",
            &[],
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
