//! Forms that lean on a full name: nicknames, aliases, handles, names the article completes later.

use compact_str::CompactString;

use super::Persons;
use super::name::{Name, capitalise, fold};
use crate::chars::bare;
use crate::find::{places, split_last_word};
use crate::lexicon::{Classes, Lexicon};
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::{Item, Kind, Shape, Stream, lookup};
use crate::total::{Cut, Steps, Total};

/// A word is a part of one mention; so many before it are looked at.
pub(super) const AROUND: usize = 8;

/// Tells whether nothing but words for another name stands between two names: Ana Roe – aka Lady Moth · Ana Roe (also known
/// as Lady Moth).
pub(super) fn is_alias(text: &str, stream: &Stream, last: usize, first: usize) -> bool {
    const REACH: usize = 6;
    if first > last.plus(REACH)
        || !stream.is(text, first.less(1), "as") && !stream.is(text, first.less(1), "aka")
    {
        return false;
    }
    let known = stream.is(text, first.less(1), "aka") || stream.is(text, first.less(2), "known");
    known
        && (last.plus(1)..first).all(|at| {
            let also = matches!(
                stream.word(text, at),
                "also" | "known" | "as" | "aka" | "better" | "now"
            );
            also || !stream.items.at(at).is_word()
        })
}

impl Persons {
    /// Notes the words of a second name of somebody.
    pub(super) fn learn_words(&mut self, name: &Name, person: u32) {
        for word in &name.words {
            self.learn_word(word, person);
        }
    }

    /// Learns what else somebody is called: Shane “Boxcar” Kowalchuk · Valdir Nogueira, known as “Pelicano”.
    pub(super) fn learn_nicknames(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        let word = |at: usize| stream.word(text, at);
        for &at in stream.run_items.iter().filter(|&&at| at != u32::MAX) {
            let at = at as usize;
            let item = stream.items.at(at);
            let name = item.span().of(text).unwrap_or_default();
            let name = bare(name);
            let short = name.starts_with(char::is_uppercase)
                && name.bytes().filter(|&byte| byte == b' ').nth(1).is_none();
            if !short || at == 0 {
                continue;
            }
            let begun = mentions.partition_point(|mention| (mention.first as usize) < at);
            let begun = mentions.cut(..begun);
            let inside = begun
                .cut(begun.len().saturating_sub(AROUND)..)
                .iter()
                .find(|mention| at < mention.last as usize)
                .and_then(|mention| mention.person);
            let known = word(at.less(1)) == "as"
                && at > 1
                && matches!(word(at.less(2)), "known" | "billed");
            // Eladio Restrepo, “Don Yayo” to everybody, said no.
            let to = word(at.less(1)) == "," && word(at.plus(1)) == "to";
            let named = known || to || matches!(word(at.less(1)), "nicknamed" | "dubbed" | "alias");
            let sentence =
                |mention: &Mention| stream.items.at(mention.first).sentence == item.sentence;
            let before = begun
                .iter()
                .rev()
                .take_while(|mention| named && sentence(mention))
                .filter(|mention| (mention.last as usize) < at)
                .find_map(|mention| mention.person);
            if let (Some(person), Some(last)) = (inside.or(before), name.split(' ').next_back()) {
                self.learn_word(&fold(last), person);
            }
        }
    }

    /// Learns what else somebody is called without marks: José Vilela, known to all as Canhotinha.
    pub(super) fn learn_aliases(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        let form = |at: usize| stream.word(text, at);
        for (at, mention) in mentions.iter().enumerate() {
            let short = matches!(mention.kind, MentionKind::ShortName | MentionKind::Unsure);
            let first = mention.first as usize;
            if !short
                || mention.person.is_some()
                || first < 2
                || !stream.is(text, first.less(1), "as")
            {
                continue;
            }
            let known = (first.saturating_sub(6)..first.less(1)).any(|at| form(at) == "known");
            let sentence = stream.items.at(first).sentence;
            let before = mentions
                .cut(..at)
                .iter()
                .rev()
                .take_while(|before| stream.items.at(before.first).sentence == sentence)
                .find_map(|before| before.person);
            if let Some(person) = before.filter(|_| known) {
                self.learn_word(&fold(form(mention.name_last as usize)), person);
            }
        }
    }

    /// Names somebody described by what he calls himself: one of them, who gave his name as Modou · a woman identified
    /// only as Lin.
    pub(super) fn learn_given_names(
        &mut self,
        text: &str,
        stream: &Stream,
        mentions: &mut [Mention],
    ) {
        const REACH: usize = 6;
        let form = |at: usize| stream.word(text, at);
        for at in 1..mentions.len() {
            let name = mentions.at(at);
            let first = name.first as usize;
            let (true, Some(person)) = (name.kind.is_name(), name.person) else {
                continue;
            };
            if first < 3 || !stream.is(text, first.less(1), "as") {
                continue;
            }
            let sentence = stream.items.at(first).sentence;
            let announced = (first.saturating_sub(REACH)..first.less(1))
                .rev()
                .find(|&at| matches!(form(at), "name" | "identified" | "named"));
            let Some(announced) = announced else { continue };
            let described = mentions
                .cut(..at)
                .iter()
                .rposition(|before| {
                    before.kind == MentionKind::Role && (before.last as usize) < announced
                })
                .filter(|&place| {
                    stream.items.at(mentions.at(place).first as usize).sentence == sentence
                        && mentions.at(place).person.is_none()
                });
            if let Some(place) = described {
                mentions.change(place, |mention| mention.person = Some(person));
                self.list.change(person, |person| person.unsure = false);
            }
        }
    }

    /// Gives back to persons the single words that a list took for something else: Cheryl Mills … Mills said.
    pub(super) fn reclaim(&self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        let mut labels: Vec<(CompactString, bool)> = Vec::new();
        for mention in mentions.iter_mut() {
            if self.is_of_place(text, stream, mention) {
                mention.kind = MentionKind::ShortName;
                mention.name_first = mention.name_last;
                (mention.first, mention.titled) = (mention.name_last, false);
            }
            let listed = matches!(
                mention.kind,
                MentionKind::Role
                    | MentionKind::Place
                    | MentionKind::Organization
                    | MentionKind::Group
            );
            let item = stream.items.at(mention.name_last);
            if !listed
                || mention.name_first != mention.name_last
                || mention.first != mention.name_first
                || mention.definite
                || !item.is_capital()
            {
                continue;
            }
            let word = item.span().of(text).map(fold).unwrap_or_default();
            let known = self.named(&word);
            let family = known.iter().any(|&index| {
                let person = self.list.at(index);
                // Ma, of Ma Jin-sook
                let first = item.has(Classes::FAMILY_FIRST) && person.words.first() == Some(&word);
                person.family() == word || first && person.is_full()
            });
            let near = |at: isize, verbs| stream.get(at).is_some_and(|item| item.has(verbs));
            // Ferguson described it as “a gift”, where Alex Ferguson is known.
            let speaks = near(
                (mention.last as isize).plus(1),
                Classes::STRONG.or(Classes::JUDGING),
            ) || near((mention.first as isize).less(1), Classes::STRONG);
            let mut labelled = || {
                // BRAKEL: Good morning. It is Tom Brakel, whom the host has just introduced.
                let label = item.kind == Kind::Word(Shape::Upper)
                    && mention.kind == MentionKind::Organization
                    && stream
                        .get((mention.last as isize).plus(1))
                        .is_some_and(|next| next.is_punct(b':'));
                let known = labels.iter().find(|known| label && known.0 == word);
                if let Some(known) = known {
                    return known.1;
                }
                let spelled = || capitalise(item.span().of(text).unwrap_or_default());
                let named = label && given_before(text, &spelled(), &|_| false).is_some();
                if label {
                    labels.push((word.clone(), named));
                }
                named
            };
            if family && (mention.kind != MentionKind::Place || speaks) || labelled() {
                mention.kind = MentionKind::ShortName;
                mention.gender = Gender::Unknown;
            }
        }
    }

    /// Tells whether a body is none: a fellow New Hampshire Varga fan is one of Ilona Varga's, whom the article names.
    fn is_of_place(&self, text: &str, stream: &Stream, mention: &Mention) -> bool {
        let (first, last) = (mention.name_first as usize, mention.name_last as usize);
        if mention.kind != MentionKind::Organization
            || last < first.plus(2)
            || !stream.items.at(first).has(Classes::NEVER_NAME)
        {
            return false;
        }
        let start = stream.items.at(first).start as usize;
        let place = text.cut(start..stream.items.at(last.less(1)).end as usize);
        let place = place.to_lowercase();
        let word = fold(stream.word(text, last));
        let bears = |&index: &u32| {
            let person = self.list.at(index);
            person.is_full() && person.family() == word
        };
        Lexicon::get().phrase(&place).has(Classes::PLACE) && self.named(&word).iter().any(bears)
    }

    /// Gives handles their owners: @tkeller (Tom Keller), Kellie Meyer (@`KellieMeyerNews`).
    pub(super) fn own_handles(text: &str, stream: &Stream, mentions: &mut [Mention]) {
        let opens = |at: u32| {
            stream
                .items
                .get(at as usize)
                .is_some_and(|item| item.is_punct(b'('))
        };
        for at in 0..mentions.len() {
            if mentions.at(at).kind != MentionKind::Handle {
                continue;
            }
            let handle = *mentions.at(at);
            let named = |other: &Mention| other.kind.is_name() && other.person.is_some();
            let after = mentions.get(at.plus(1)).filter(|next| {
                named(next) && next.first == handle.last.plus(2) && opens(handle.last.plus(1))
            });
            let before = at
                .checked_sub(1)
                .map(|at| mentions.at(at))
                .filter(|before| {
                    named(before)
                        && before.last.plus(2) == handle.first
                        && opens(before.last.plus(1))
                });
            // @tkeller, the handle of Tom Keller · The handle belongs to Tom Keller.
            let owner = || {
                let form = |at: u32| stream.word(text, at as usize);
                let owned = |other: &&Mention| {
                    named(other)
                        && other.first > 2
                        && matches!(
                            (form(other.first.less(2)), form(other.first.less(1))),
                            ("handle" | "account", "of") | ("belongs" | "registered", "to")
                        )
                };
                let others = mentions.cut(at.plus(1)..).iter();
                let mut others = others.take_while(|other| other.kind != MentionKind::Handle);
                others.find(owned)
            };
            let owner = after.or(before).or_else(owner);
            let person = owner.and_then(|other| other.person);
            mentions.change(at, |mention| mention.person = person);
        }
    }

    /// Doubts a full name of words that no list has as names where it is said to be in something, as a title or a place is,
    /// and never does what a person does: she starred in Blue Harbour · she wrote Blue Harbour.
    pub(super) fn doubt_places(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        const NAMED: u8 = 1;
        const LOCATED: u8 = 2;
        let named = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
        let speaks = Classes::STRONG.or(Classes::RELATIVE);
        let mut seen = vec![0_u8; self.list.len()];
        for mention in mentions {
            let first = mention.first as usize;
            let items = stream
                .items
                .cut(mention.name_first as usize..=mention.name_last as usize);
            let place = mention.kind == MentionKind::Place
                && stream.items.at(mention.name_last).has(Classes::GROUND);
            if place && items.len() > 1 {
                // In Blue Harbour … Blue Harbour won two prizes.
                let word = |item: &Item| item.span().of(text).map(fold);
                let same = |&&index: &&u32| {
                    let words = self.list.at(index).words.iter().cloned();
                    words.eq(items.iter().filter_map(word))
                };
                let family = items.last().and_then(word).unwrap_or_default();
                if let Some(&index) = self.named(&family).iter().find(same) {
                    seen.change(index, |seen| *seen |= LOCATED);
                }
            }
            let Some(index) = mention.person.filter(|_| mention.kind.is_name()) else {
                continue;
            };
            let listed = items.iter().any(|item| {
                item.has(named) || item.kind == Kind::Word(Shape::Initial) || !item.is_word()
            });
            let next = stream.items.get((mention.last as usize).plus(1));
            let aged = next.is_some_and(|item| item.is_punct(b',') || item.is_punct(b'('))
                && stream
                    .items
                    .get((mention.last as usize).plus(2))
                    .is_some_and(|item| item.kind == Kind::Number);
            let does = next.is_some_and(|item| item.has(speaks));
            let said = first
                .checked_sub(1)
                .is_some_and(|at| stream.items.at(at).has(Classes::STRONG));
            let full = mention.kind == MentionKind::FullName;
            if listed || !full || mention.titled || aged || does || said {
                seen.change(index, |seen| *seen |= NAMED);
            } else if !mention.possessive && is_located(text, stream, first) {
                seen.change(index, |seen| *seen |= LOCATED);
            }
        }
        for (person, seen) in self.list.iter_mut().zip(seen) {
            person.unsure |= seen == LOCATED && person.roles.is_empty();
        }
    }

    /// Trusts a doubtful name that is somebody's: it acts in a sentence. Tells those apart that no pronoun means.
    pub(super) fn settle_doubts(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        const NAMED: u8 = 1;
        const INSIDE: u8 = 2;
        const LOCATED: u8 = 4;
        let speaks = Classes::STRONG.or(Classes::RELATIVE);
        let acts = speaks
            .or(Classes::CUE)
            .or(Classes::AUXILIARY)
            .or(Classes::ADVERB);
        let mut seen = vec![0_u8; self.list.len()];
        for mention in mentions {
            let Some(index) = mention.person else {
                continue;
            };
            let unsure = mention.kind == MentionKind::Unsure;
            let next = stream.items.get((mention.last as usize).plus(1));
            let aged = next.is_some_and(|item| item.is_punct(b','))
                && stream
                    .items
                    .get((mention.last as usize).plus(2))
                    .is_some_and(|item| item.kind == Kind::Number);
            let does = |what: Classes| next.is_some_and(|item| item.is_lower() && item.has(what));
            if unsure && !mention.definite && (aged || does(acts)) {
                self.list.change(index, |person| person.unsure = false);
            }
            let before = (mention.first as usize).checked_sub(1);
            let opens = before.is_none_or(|before| {
                let before = stream.items.at(before);
                before.is_run() || before.sentence != stream.items.at(mention.first).sentence
            });
            let located = before.is_some_and(|before| {
                matches!(
                    stream.word(text, before),
                    "in" | "near" | "outside" | "on" | "at"
                )
            });
            let told = match (opens, located && !mention.possessive) {
                _ if !unsure || aged || does(speaks) => NAMED,
                (false, true) => LOCATED,
                (false, false) => INSIDE,
                (true, _) => 0,
            };
            seen.change(index, |seen| *seen |= told);
        }
        for (person, seen) in self.list.iter_mut().zip(seen) {
            // Fame arrived late · a job in Clarkston, and Clarkston became his home
            person.nobody = seen & NAMED == 0 && (seen & INSIDE == 0 || seen & LOCATED != 0);
        }
    }

    /// Gives a person of whom nothing but a given name stands outside of the runs the family name that one of them
    /// has: Tess: I'm Tess Oyelaran, welcome.
    fn complete_given(&mut self, at: usize, text: &str) {
        let person = self.list.at(at);
        let given = person.name.clone();
        let known = lookup(Lexicon::get(), &given).classes;
        if given.contains(' ') || !known.has(Classes::ANY_GIVEN) || person.unsure {
            return;
        }
        let Some(family) = family_after(text, &given) else {
            return;
        };
        let folded = fold(family);
        let bears = |&index: &u32| {
            let other = self.list.at(index);
            other.is_full() && other.words.first() == Some(&fold(&given))
        };
        if !self.named(&folded).iter().any(bears) {
            let name = format!("{given} {family}");
            self.list.change(at, |person| {
                person.words.push(folded);
                person.name = name;
            });
        }
    }

    /// Completes single names from where the article gives more of them: in the title or inside quoted words.
    pub(super) fn complete(&mut self, text: &str, title: Option<&str>) {
        for at in 0..self.list.len() {
            let person = self.list.at(at);
            if person.is_full() || person.suffix.is_some() || person.name.len() <= 2 {
                continue;
            }
            let family = person
                .name
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            // Mrs Thripp is not the Derek Thripp the article names as well.
            let taken = |given: &str| {
                let (given, family) = (fold(given), fold(&family));
                self.named(&given).iter().any(|&index| {
                    index as usize != at
                        && self.list.at(index).words.first() == Some(&given)
                        && self.list.at(index).family() == family
                })
            };
            let found = title
                .into_iter()
                .chain([text])
                .find_map(|text| given_before(text, &family, &taken));
            if found.is_none() {
                self.complete_given(at, text);
            }
            if let Some(given) = found.map(str::to_owned) {
                let Some(person) = self.list.get_mut(at) else {
                    break;
                };
                person.learn_gender(
                    Gender::of(Classes(
                        lookup(Lexicon::get(), &given).classes.0
                            & (Classes::GIVEN_F.0 | Classes::GIVEN_M.0),
                    )),
                    1,
                );
                person.words.insert(0, fold(&given));
                let particles = person.name.chars().next().map(|first| {
                    first
                        .to_lowercase()
                        .chain(person.name.chars().skip(1))
                        .collect::<String>()
                });
                let rest = if person.name == family {
                    person.name.clone()
                } else {
                    particles.unwrap_or_default()
                };
                person.name = format!("{given} {rest}");
                person.unsure = false;
            }
        }
    }
}

/// Finds the family name that stands behind a given name wherever a text has it with one; none where there are two.
fn family_after<'t>(text: &'t str, given: &str) -> Option<&'t str> {
    let mut found: Option<&str> = None;
    for at in places(given, text).take(64) {
        let before = text.cut(..at).chars().next_back();
        let Some(after) = text.cut(at.plus(given.len())..).strip_prefix(' ') else {
            continue;
        };
        let end = after.find(|char: char| !(char.is_alphanumeric() || "-’'".contains(char)));
        let family = bare(after.cut(..end.unwrap_or(after.len())));
        let known = lookup(Lexicon::get(), family).classes;
        let fits = family.starts_with(char::is_uppercase)
            && family.chars().skip(1).any(char::is_lowercase)
            && !known.has(Classes::NEVER_NAME.or(Classes::FUNCTION).or(Classes::MONTH))
            && before.is_none_or(|char| !char.is_alphanumeric() && char != '-');
        if fits && found.is_some_and(|found| found != family) {
            return None;
        }
        found = found.or(Some(family).filter(|_| fits));
    }
    found
}

/// Tells whether what stands before a name says where something is, or what somebody made.
fn is_located(text: &str, stream: &Stream, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    if stream.items.at(before).sentence != stream.items.at(first).sentence {
        return false;
    }
    match stream.word(text, before) {
        "in" | "near" | "outside" | "at" | "inside" => true,
        // She wrote Blue Harbour, but: “…,” wrote Roe.
        "wrote" | "directed" | "penned" | "composed" => before
            .checked_sub(1)
            .is_some_and(|at| stream.items.at(at).is_word()),
        _ => false,
    }
}

/// Finds a given name right before `family` anywhere in `text`.
fn given_before<'t>(text: &'t str, family: &str, taken: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    places(family, text).take(64).find_map(|at| {
        // Claire Pettigrew-Lowe is no Pettigrew.
        let mut behind = text.cut(at.plus(family.len())..).chars();
        let after = behind
            .next()
            .filter(|char| *char != '-')
            .or_else(|| behind.next());
        let mut before = text.cut(..at).strip_suffix(' ')?;
        // Henk de Wit-Bakker: over the particles.
        while let Some((rest, word)) = split_last_word(before) {
            if !word.starts_with(char::is_lowercase)
                || !lookup(Lexicon::get(), word).classes.has(Classes::PARTICLE)
            {
                break;
            }
            before = rest;
        }
        let given = before
            .rsplit(|char: char| !(char.is_alphabetic() || char == '-' || char == '.'))
            .next()?;
        let known = lookup(Lexicon::get(), given).classes;
        let fits = given.starts_with(char::is_uppercase)
            && known.has(Classes::ANY_GIVEN)
            && !known.has(Classes::NEVER_NAME);
        (fits && after.is_none_or(|char| !char.is_alphanumeric()) && !taken(given)).then_some(given)
    })
}
