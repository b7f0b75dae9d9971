//! The whole chain in one call: text in, attributed quotations out.

use std::ops::Range;

use whosaid_model::{
    Attribution, Quotation, QuotationKind, Resolution, Span, Speaker, SpeakerKind,
};

use crate::chars::APOSTROPHES;
use crate::confidence;
use crate::context::Context;
use crate::decode::{Deciders, Decision, decide, names_source};
use crate::indirect::Clause;
use crate::lexicon::{Classes, Form};
use crate::marks::Style;
use crate::mention::{Mention, MentionKind};
use crate::nested::{self, Outer};
use crate::parsed::Parsed;
use crate::pronoun::{self, Referents};
use crate::stream::Item;
use crate::total::{Steps, Total};

/// Finds the quotations of news texts and who said them.
///
/// Costs nothing to make, clone or share between threads: the lexicon and the models are read once a process,
/// on first use. The same text gives the same quotations, to the bit of their confidence.
#[derive(Clone, Debug, Default)]
pub struct Annotator {
    marked_only: bool,
}

impl Annotator {
    /// Makes an annotator with the built-in lexicon and models.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves reported speech without marks out, which saves a tenth of the time.
    pub fn marked_only(self, marked_only: bool) -> Self {
        Self { marked_only }
    }

    /// Returns the quotations of `text` in order of their start.
    ///
    /// Spans are bytes of `text`. A `title` helps to tell who the article is about. A text without quotations
    /// gives an empty list; no text, however broken its marks, is an error.
    pub fn annotate(&self, title: Option<&str>, text: &str) -> Vec<Quotation> {
        let parsed = Parsed::new(title, text);
        let deciders = Deciders {
            marked_only: self.marked_only,
            ..Deciders::BUILT_IN
        };
        annotate_parsed(&parsed.context(), &deciders)
    }
}

/// Decides with weights of one's own and builds the quotations.
pub(crate) fn annotate_parsed(context: &Context<'_>, deciders: &Deciders<'_>) -> Vec<Quotation> {
    let mut clauses = if deciders.marked_only {
        Vec::new()
    } else {
        crate::indirect::find(context, deciders.indirect)
    };
    let told = clauses
        .iter()
        .map(|(clause, _)| (clause.mention as usize).plus(1));
    let (decisions, referents) = decide(context, deciders, told.max().unwrap_or(0));
    let mut quotations: Vec<Quotation> = Vec::with_capacity(decisions.len().plus(clauses.len()));
    for (at, decision) in decisions.iter().enumerate() {
        let outer = quotation(
            context,
            decision,
            confidence::probability(context, &decisions, at),
        );
        let inner = nested::find(
            context,
            &Outer {
                decisions: &decisions,
                at,
                referents: &referents,
                attribution: outer.attribution.as_ref(),
                confidence: outer.confidence,
            },
        );
        let index = quotations.len();
        quotations.push(outer);
        quotations.extend(inner.into_iter().map(|inner| Quotation {
            inside: Some(index),
            ..inner
        }));
    }
    if clauses.is_empty() {
        return quotations;
    }
    // How far the quotations up to each reach: they are in order of their start.
    let mut reach = 0;
    let reaches: Vec<usize> = quotations
        .iter()
        .map(|quote| {
            reach = reach.max(quote.span.end);
            reach
        })
        .collect();
    clauses.retain(|(clause, _)| {
        let clause = clause.content;
        let before = quotations.partition_point(|quote| quote.span.start < clause.end);
        before == 0 || *reaches.at(before.less(1)) <= clause.start
    });
    if !clauses.is_empty() {
        let reported = |(clause, probability): &(Clause, f32)| {
            reported(context, &referents, clause, *probability)
        };
        quotations.extend(clauses.iter().map(reported));
        sort(&mut quotations);
    }
    quotations
}

/// Builds the quotation of a clause without marks.
fn reported(
    context: &Context<'_>,
    referents: &[Referents],
    clause: &Clause,
    probability: f32,
) -> Quotation {
    let mention = context.mentions.at(clause.mention);
    let referent = referents
        .get(clause.mention as usize)
        .and_then(|referents| referents.persons.first().copied());
    let (person, certainty) = match referent {
        Some((person, certainty)) => (Some(person), certainty),
        None => (mention.person, 1.0),
    };
    let decision = Decision {
        run: 0,
        mention: Some(clause.mention),
        person,
        ..Decision::default()
    };
    let attribution = Attribution {
        cue: Some(context.stream.items.at(clause.cue.item).span()),
        ..attribution(context, &decision, clause.mention)
    };
    Quotation {
        span: clause.content,
        kind: QuotationKind::Indirect,
        attribution: Some(attribution),
        confidence: probability * certainty,
        denied: false,
        inside: None,
    }
}

/// Puts quotations in order of their start, keeping what is inside what.
fn sort(quotations: &mut [Quotation]) {
    let key = |quote: &Quotation| (quote.span.start, std::cmp::Reverse(quote.span.end));
    if quotations.iter().any(|quote| quote.inside.is_some()) {
        let mut order: Vec<usize> = (0..quotations.len()).collect();
        order.sort_by_key(|&at| quotations.get(at).map(key));
        let mut places = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            places.change(old, |place| *place = new);
        }
        for quote in &mut *quotations {
            quote.inside = quote.inside.and_then(|old| places.get(old).copied());
        }
    }
    quotations.sort_by_key(key);
}

fn quotation(context: &Context<'_>, decision: &Decision, confidence: f32) -> Quotation {
    let run = context.runs.at(decision.run);
    let shape = context.shapes.at(decision.run);
    let mixed = shape.lower_start && matches!(shape.before, 5 | 6) && run.style != Style::Turn;
    let attribution = match (decision.label, decision.mention) {
        (Some(label), _) => Some(label_attribution(context, decision, label)),
        (None, mention) => mention.map(|mention| attribution(context, decision, mention)),
    };
    Quotation {
        span: run.content,
        kind: if mixed {
            QuotationKind::Mixed
        } else {
            QuotationKind::Direct
        },
        confidence,
        attribution,
        denied: is_denied(context, decision),
        inside: None,
    }
}

/// Gives a turn to whom its label names; `Q` without an interviewer's name stays unknown.
fn label_attribution(context: &Context<'_>, decision: &Decision, label: Span) -> Attribution {
    let named = decision
        .mention
        .map(|mention| attribution(context, decision, mention).speaker);
    let speaker = match (decision.person, named) {
        (Some(person), _) => context.persons.list.at(person).speaker(),
        (None, Some(named)) => named,
        (None, None) => {
            let text = label.of(context.text).unwrap_or_default();
            // Q, A. and Question say nothing of who speaks.
            let letter = text.trim_end_matches('.').len() <= 1
                || matches!(text, "Question" | "QUESTION" | "Answer" | "ANSWER");
            let name = if letter {
                String::new()
            } else {
                text.to_owned()
            };
            Speaker {
                name,
                title: None,
                kind: if letter {
                    SpeakerKind::Unknown
                } else {
                    SpeakerKind::Descriptive
                },
            }
        }
    };
    let how = if decision.carries_on {
        Resolution::Continuation
    } else {
        Resolution::Label
    };
    Attribution {
        speaker,
        mention: label,
        cue: None,
        how,
        others: Vec::new(),
    }
}

fn attribution(context: &Context<'_>, decision: &Decision, index: u32) -> Attribution {
    let mention = context.mentions.at(index);
    let span = context.mention_span(mention);
    let person = decision
        .person
        .map(|person| context.persons.list.at(person));
    let (speaker, mut how) =
        if let Some(person) = person.filter(|person| !(person.unsure && mention.definite)) {
            let speaker = person.speaker();
            let how = match mention.kind {
                MentionKind::FullName => Resolution::Name,
                MentionKind::Role => Resolution::Role,
                kind if kind.is_pronoun() => Resolution::Pronoun,
                _ if person.name.contains(' ') => Resolution::Surname,
                _ => Resolution::Name,
            };
            (speaker, how)
        } else if names_source(mention.kind) || mention.kind.is_name() {
            let told = mention.introduced.unwrap_or(index);
            (unnamed(context, told), Resolution::Description)
        } else {
            (meant(context, index), Resolution::Pronoun)
        };
    if decision.carries_on {
        how = Resolution::Continuation;
    }
    let mut others: Vec<String> = Vec::new();
    let rivals = context
        .persons
        .rivals(context.text, context.stream, mention);
    for &rival in rivals.iter().chain(&decision.rival) {
        let name = &context.persons.list.at(rival).name;
        if *name != speaker.name && !others.contains(name) {
            others.push(name.clone());
        }
    }
    // “Good work,” said Ito and Falk: both speak.
    for person in together(context, index) {
        let name = &context.persons.list.at(person).name;
        if *name != speaker.name && !others.contains(name) {
            others.insert(0, name.clone());
        }
    }
    Attribution {
        speaker,
        mention: span,
        cue: cue(context, decision, index),
        how,
        others,
    }
}

/// Who without a person’s name a pronoun stands for, nobody where that is not settled.
fn meant(context: &Context<'_>, index: u32) -> Speaker {
    let Some(at) = pronoun::described(context, index) else {
        return Speaker {
            name: String::new(),
            title: None,
            kind: SpeakerKind::Unknown,
        };
    };
    body(context, at)
}

/// A body that a mention names or describes, or somebody described.
fn body(context: &Context<'_>, index: u32) -> Speaker {
    let mention = context.mentions.at(index);
    let speaker = unnamed(context, index);
    if !mention.kind.is_name() {
        return speaker;
    }
    // Tarvo said no. It will not sell: a name that nothing shows to be a person’s.
    let person = mention.person.map(|body| context.persons.list.at(body));
    Speaker {
        name: person.map_or(speaker.name, |body| body.name.clone()),
        kind: SpeakerKind::Organization,
        ..speaker
    }
}

/// A source that is no known person’s name, as written.
fn unnamed(context: &Context<'_>, index: u32) -> Speaker {
    let mention = context.mentions.at(index);
    let kind = match mention.kind {
        MentionKind::Organization | MentionKind::Place => SpeakerKind::Organization,
        kind if kind.is_name() => SpeakerKind::Person,
        _ => SpeakerKind::Descriptive,
    };
    Speaker {
        name: described(context, mention),
        title: None,
        kind,
    }
}

/// Persons joined to a mention by nothing but `and`.
fn together(context: &Context<'_>, index: u32) -> Vec<u32> {
    let at = index as usize;
    let joined = |one: &Mention, two: &Mention| {
        two.first == one.last.plus(2)
            && context
                .stream
                .items
                .get((one.last as usize).plus(1))
                .and_then(|item| item.span().of(context.text))
                == Some("and")
    };
    let mention = context.mentions.at(at);
    let before = at
        .checked_sub(1)
        .map(|at| context.mentions.at(at))
        .filter(|before| joined(before, mention));
    let after = context
        .mentions
        .get(at.plus(1))
        .filter(|after| joined(mention, after));
    before
        .into_iter()
        .chain(after)
        .filter(|other| other.kind.is_name())
        .filter_map(|other| other.person)
        .collect()
}

/// The words of a description with the phrase that belongs to it: `a spokesman for Governor Hale`.
fn described(context: &Context<'_>, mention: &Mention) -> String {
    let items = &context.stream.items;
    let mut last = mention.last as usize;
    let paragraph = items.at(last).paragraph;
    let word = |at: usize| context.stream.word(context.text, at);
    // Analysts from Lund Bank in a note · the magazine in its review: where they say it.
    let where_it_says = |at: usize| {
        let written = Classes::NOUN.or(Classes::DOCUMENT);
        word(at) == "in"
            && matches!(
                word(at.plus(1)),
                "a" | "an" | "his" | "her" | "its" | "their"
            )
            && (at.plus(2)..at.plus(5)).any(|at| {
                let item = items.get(at);
                item.is_some_and(|item| item.paragraph == paragraph && item.has(written))
            })
    };
    let links = |at: usize| {
        // A person familiar with the matter, a source close to the talks.
        let knows = matches!(
            (word(at), word(at.plus(1))),
            ("familiar", "with") | ("close", "to") | ("briefed", "on") | ("involved", "in")
        );
        let of = matches!(word(at), "of" | "for" | "from" | "at" | "in" | "with");
        // A motion by the bank's lawyers
        let by = mention.kind == MentionKind::Document && word(at) == "by";
        items.at(at).paragraph == paragraph && (of || by || knows) && !where_it_says(at)
    };
    if mention.kind.is_description() && links(last.plus(1)) {
        let mut end = last.plus(1);
        while end.less(last) < 9
            && items.get(end.plus(1)).is_some_and(|item| {
                item.paragraph == paragraph
                    && item.is_word()
                    && (*context.cues.at(end.plus(1)) == 0 || is_noun(context, end.plus(1)))
                    && !where_it_says(end.plus(1))
                    && !item.has(
                        Classes::AUXILIARY
                            .or(Classes::RELATIVE)
                            .or(Classes::SUBORDINATOR)
                            .or(Classes::PRONOUN)
                            .or(Classes::ADVERB),
                    )
            })
        {
            end = end.plus(1);
        }
        // A spokesman for the Department for Trade, Energy and Farming
        let named = context
            .mentions
            .partition_point(|name| name.first as usize <= end);
        if let Some(name) = named.checked_sub(1).and_then(|at| context.mentions.get(at))
            && name.kind == MentionKind::Organization
            && name.last as usize > end
        {
            end = name.last as usize;
        }
        let complete = items.get(end.plus(1)).is_none_or(|item| {
            !item.is_word()
                || *context.cues.at(end.plus(1)) > 0
                || where_it_says(end.plus(1))
                || item.has(Classes::AUXILIARY.or(Classes::RELATIVE))
        });
        let open = Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION);
        if complete && end > last.plus(1) && !items.at(end).has(open) {
            last = end;
        }
    }
    let first = items.at(mention.first);
    let start = first.start as usize;
    let text = context
        .text
        .get(start..items.at(last).end as usize)
        .unwrap_or_default();
    let mut words = text.split_whitespace();
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
    if matches!(mention.kind, MentionKind::Organization | MentionKind::Place) {
        return text
            .strip_prefix("the ")
            .or_else(|| text.strip_prefix("The "))
            .map_or_else(|| text.clone(), str::to_owned);
    }
    text
}

/// Tells whether a word that is a reporting verb elsewhere is a noun: the authors of the report, … · of the annual report
/// said
fn is_noun(context: &Context<'_>, at: usize) -> bool {
    let items = &context.stream.items;
    let determined = |at: usize| {
        let before = at.checked_sub(1).map(|at| items.at(at));
        before.is_some_and(|item| item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)))
    };
    let next = items
        .get(at.plus(1))
        .filter(|next| next.sentence == items.at(at).sentence);
    let verb = next.is_some_and(|next| {
        *context.cues.at(at.plus(1)) > 1
            || next.is_lower() && next.has(Classes::AUXILIARY.or(Classes::RELATIVE))
    });
    // A spokesman for the union claims.
    let ends = next.is_none_or(|next| !next.is_word())
        && !context.stream.bytes(context.text, at).ends_with(b"s");
    let noun = Classes::NOUN.or(Classes::SOURCE_NOUN);
    determined(at) || items.at(at).has(noun) && (verb || ends)
}

/// The words that announce the quotation.
fn cue(context: &Context<'_>, decision: &Decision, index: u32) -> Option<Span> {
    let syntax = context.syntax.at(index);
    if let Some(cue) = syntax.better {
        let item = context.stream.items.at(cue.item);
        let mut span = item.span();
        if item.has(Classes::SAID_PREP)
            && let Some(to) = context
                .stream
                .items
                .get((cue.item as usize).plus(1))
                .filter(|next| next.span().of(context.text) == Some("to"))
        {
            span.end = to.end as usize;
        }
        return Some(span);
    }
    let shape = context.shapes.at(decision.run);
    let at = (shape.item != u32::MAX).then_some(shape.item as usize)?;
    let before = at.checked_sub(1)?;
    let item = context.stream.items.get(before)?;
    (*context.cues.at(before) >= 2 && item.paragraph == context.runs.at(decision.run).paragraph)
        .then(|| item.span())
}

/// Tells whether the words are denied or supposed: `she never said “…”`.
fn is_denied(context: &Context<'_>, decision: &Decision) -> bool {
    let shape = context.shapes.at(decision.run);
    if shape.item == u32::MAX {
        return false;
    }
    let at = shape.item as usize;
    let items = &context.stream.items;
    let sentence = context.sentence(items.at(at).sentence);
    if is_corrected(context, &sentence, at) {
        return true;
    }
    let start = sentence.start.max(at.saturating_sub(6));
    // The denial stands right before the reporting verb, and the verb right before the words.
    let Some(cue) = (start..at).rev().find(|&other| *context.cues.at(other) > 0) else {
        return false;
    };
    let word = |at: usize| context.stream.word(context.text, at);
    let near = start.max(cue.saturating_sub(3))..cue;
    let mut words = near.filter(|&at| items.at(at).is_word()).map(word);
    // Roe doesn’t think so: “…”
    let otherwise = word(cue.plus(1)) == "so";
    words.any(denies) && !otherwise || is_clause_denied(context, sentence.start, cue)
}

/// Denied that she had called the plan “…”: tells whether the clause of a reporting verb is what somebody denies.
fn is_clause_denied(context: &Context<'_>, start: usize, cue: usize) -> bool {
    const REACH: usize = 8;
    let items = &context.stream.items;
    let subject = Classes::PRONOUN
        .or(Classes::AUXILIARY)
        .or(Classes::ADVERB)
        .or(Classes::DETERMINER)
        .or(Classes::SOURCE_NOUN);
    let passes = |item: &Item| {
        item.is_capital() || item.is_lower() && (item.has(subject) || item.word.form == Form::That)
    };
    let verb = (start.max(cue.saturating_sub(REACH))..cue)
        .rev()
        .find(|&at| *context.cues.at(at) > 0 || !passes(items.at(at)));
    verb.is_some_and(|verb| {
        matches!(
            context.stream.word(context.text, verb),
            "denied" | "denies" | "deny" | "denying"
        )
    })
}

/// “Three per cent”, not “five per cent” · not “five” but “three”: tells whether a run is what was not said, beside
/// what was.
fn is_corrected(context: &Context<'_>, sentence: &Range<usize>, run: usize) -> bool {
    let items = &context.stream.items;
    let is = |at: Option<usize>, forms: &[&str]| {
        at.is_some_and(|at| {
            sentence.contains(&at) && forms.contains(&context.stream.word(context.text, at))
        })
    };
    let Some(before) = run.checked_sub(1) else {
        return false;
    };
    let first = before.checked_sub(1);
    let denial = match context.stream.bytes(context.text, before) {
        b"not" => before,
        b"than" if is(first, &["rather"]) => before.less(1),
        b"of" if is(first, &["instead"]) => before.less(1),
        _ => return false,
    };
    if !sentence.contains(&denial) {
        return false;
    }
    let said = (sentence.start..denial)
        .rev()
        .find(|&at| !items.at(at).is_punct(b',') && !is(Some(at), &["and"]));
    let but = (run.plus(1)..sentence.end).find(|&at| !items.at(at).is_punct(b','));
    said.is_some_and(|said| items.at(said).is_run())
        || is(but, &["but"])
            && items
                .get(but.map_or(0, |but| but.plus(1)))
                .is_some_and(Item::is_run)
}

/// Tells whether a word denies or supposes what follows.
fn denies(word: &str) -> bool {
    const DENIALS: &[&str] = &[
        "never", "not", "denied", "denies", "deny", "denying", "didn't", "doesn't", "wouldn't",
        "if", "without",
    ];
    let folded = |char: char| {
        if APOSTROPHES.contains(&char) {
            '\''
        } else {
            char.to_ascii_lowercase()
        }
    };
    DENIALS
        .iter()
        .any(|denial| word.chars().map(folded).eq(denial.chars()))
}
