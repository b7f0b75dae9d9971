//! Titles and roles: what the words beside a name say its bearer is.

use super::Persons;
use super::name::fold;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::stream::{Kind, Shape, Stream};

impl Persons {
    /// Learns titles from what stands before and after names: `Unification Minister Chung`, `Roe, the mayor,`.
    pub(super) fn learn_titles(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        for at in 0..mentions.len() {
            let mention = mentions[at];
            let Some(index) = mention.person.filter(|_| mention.kind.is_name()) else {
                continue;
            };
            if mention.first < mention.name_first {
                let title = title_text(text, stream, mention.first, mention.name_first);
                self.add_title(
                    index,
                    title,
                    stream,
                    text,
                    mention.first,
                    mention.name_first,
                );
            }
            // Roe, the harbour minister, said: a role next to the name, with nothing but a comma between.
            if let Some(next) = mentions.get(at + 1).copied() {
                let comma = next.first == mention.last + 2
                    && stream.items[mention.last as usize + 1].is_punct(b',');
                let with_age = next.first > mention.last + 2
                    && next.first <= mention.last + 5
                    && stream.items[mention.last as usize + 2].kind == Kind::Number;
                // “Paul Ruiz, 44. Then the 31-year-old …” is no apposition.
                let together = stream.items[next.first as usize].sentence
                    == stream.items[mention.last as usize].sentence;
                let apposed = next.kind == MentionKind::Role
                    && together
                    && (comma || with_age)
                    && !next.possessive;
                let ends = stream
                    .items
                    .get(next.last as usize + 1)
                    .is_none_or(|item| !item.has(Classes::CONJUNCTION.or(Classes::AUXILIARY)));
                if apposed && ends && !mention.possessive {
                    let start = skip_article(text, stream, next.first);
                    let end = with_complement(text, stream, next.last);
                    let title = phrase_text(text, stream, start, end);
                    self.add_title(index, title, stream, text, start, next.last + 1);
                    self.list[index as usize].learn_gender(next.gender, 2);
                    mentions[at + 1].person = Some(index);
                }
            }
            // Hale's campaign manager, Rosa Lindqvist, said
            if at > 0 {
                let before = mentions[at - 1];
                let comma = before.last + 2 == mention.first
                    && stream.items[before.last as usize + 1].is_punct(b',');
                let apposed = matches!(before.kind, MentionKind::Role) && before.definite;
                let closed = stream
                    .items
                    .get(mention.last as usize + 1)
                    .is_none_or(|item| item.is_punct(b',') || item.is_punct(b'.') || item.is_run());
                if comma && apposed && closed {
                    let start = skip_article(text, stream, before.first);
                    let title = phrase_text(text, stream, start, before.last + 1);
                    self.add_title(index, title, stream, text, start, before.last + 1);
                    self.list[index as usize].learn_gender(before.gender, 2);
                    mentions[at - 1].person = Some(index);
                }
            }
        }
    }

    fn add_title(
        &mut self,
        index: u32,
        title: String,
        stream: &Stream,
        text: &str,
        first: u32,
        end: u32,
    ) {
        let person = &mut self.list[index as usize];
        for item in stream
            .items
            .get(first as usize..end as usize)
            .into_iter()
            .flatten()
        {
            if item.has(
                Classes::OFFICE
                    .or(Classes::KIN)
                    .or(Classes::HUMAN)
                    .or(Classes::HONORIFIC),
            ) {
                let role = item
                    .span()
                    .of(text)
                    .map(fold)
                    .map(spell_out)
                    .unwrap_or_default();
                if !person.roles.contains(&role) {
                    person.roles.push(role);
                }
            }
            if item.is_word() {
                let word = item.span().of(text).map(fold).unwrap_or_default();
                if !person.title_words.contains(&word) {
                    person.title_words.push(word);
                }
            }
        }
        let honorific_only = stream
            .items
            .get(first as usize..end as usize)
            .is_some_and(|items| {
                items
                    .iter()
                    .all(|item| item.has(Classes::HONORIFIC) && !item.has(Classes::OFFICE))
            });
        if person.title.is_none() && !title.is_empty() && !honorific_only {
            person.title = Some(title);
        }
    }
}

/// Writes a rank out, so that `Sgt. McElhatten` is the one behind `the sergeant`.
fn spell_out(role: String) -> String {
    let full = match role.as_str() {
        "sgt" => "sergeant",
        "capt" => "captain",
        "gov" => "governor",
        "sen" => "senator",
        "rep" => "representative",
        "dr" => "doctor",
        "prof" => "professor",
        "det" => "detective",
        "insp" => "inspector",
        "gen" => "general",
        "col" => "colonel",
        "maj" => "major",
        "lt" => "lieutenant",
        "rev" => "reverend",
        "cllr" => "councillor",
        "justice" => "judge",
        "const" => "constable",
        "supt" => "superintendent",
        _ => return role,
    };
    full.to_owned()
}

fn skip_article(text: &str, stream: &Stream, first: u32) -> u32 {
    let item = &stream.items[first as usize];
    let article = item
        .span()
        .of(text)
        .is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "the" | "a" | "an"));
    first + u32::from(article)
}

/// Amano Reijiro, head of the port authority, said: the title goes on over `of …` up to the comma.
fn with_complement(text: &str, stream: &Stream, last: u32) -> u32 {
    const LONGEST: usize = 9;
    let at = last as usize + 1;
    let opens = stream
        .items
        .get(at)
        .and_then(|item| item.span().of(text))
        .is_some_and(|word| matches!(word, "of" | "for" | "at"));
    let rest = stream.items.get(at..).unwrap_or_default();
    let len = rest
        .iter()
        .take(LONGEST + 1)
        .take_while(|item| item.is_word())
        .count();
    let closes = rest
        .get(len)
        .is_some_and(|item| item.is_punct(b',') || item.is_punct(b'.'));
    if opens && closes && (2..=LONGEST).contains(&len) {
        last + 1 + len as u32
    } else {
        last + 1
    }
}

/// The words before a name that are its title, without an article and without `Mr.` and its like.
fn title_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    phrase_text(text, stream, skip_article(text, stream, first), end)
}

fn phrase_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    let items = stream
        .items
        .get(first as usize..end as usize)
        .unwrap_or_default();
    let (Some(one), Some(last)) = (items.first(), items.last()) else {
        return String::new();
    };
    let end = if matches!(last.kind, Kind::Word(Shape::Initial)) {
        last.start
    } else {
        last.end
    };
    text.get(one.start as usize..end as usize)
        .unwrap_or_default()
        .trim()
        .to_owned()
}
