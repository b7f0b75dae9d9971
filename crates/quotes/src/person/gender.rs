//! Genders that the text itself tells: `Sanders said he would stay`.

use super::Persons;
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::Stream;
use crate::total::{Steps, Total};

/// Tallies of one person: pronouns that say female, and male.
type Tally = [u16; 2];

impl Persons {
    /// Learns genders from `he` and `she` in sentences that name just one person before.
    pub(super) fn learn_genders(&mut self, stream: &Stream, mentions: &[Mention]) {
        let mut tallies: Vec<Tally> = vec![[0; 2]; self.list.len()];
        let mut sentence = u32::MAX;
        let mut only: Option<u32> = None;
        let mut several = false;
        for mention in mentions {
            let here = stream.items.at(mention.first).sentence;
            if here != sentence {
                (sentence, only, several) = (here, None, false);
            }
            if mention.kind.is_name() {
                let Some(person) = mention.person else {
                    continue;
                };
                several |= only.is_some_and(|only| only != person);
                only = Some(person);
                continue;
            }
            let told = matches!(
                mention.kind,
                MentionKind::He | MentionKind::She | MentionKind::Possessive
            );
            if let Some(person) = only.filter(|_| told && !several)
                && let Some([female, male]) = tallies.get_mut(person as usize)
            {
                let side = match mention.gender {
                    Gender::Male => male,
                    _ => female,
                };
                *side = side.plus(1);
            }
        }
        for (person, [female, male]) in self.list.iter_mut().zip(tallies) {
            if female > male.times(2) {
                person.learn_gender(Gender::Female, 1);
            } else if male > female.times(2) {
                person.learn_gender(Gender::Male, 1);
            }
        }
    }
}

/// For each name, the gender of the pronoun that comes next in its sentence, before any other name.
pub(super) fn hints(stream: &Stream, mentions: &[Mention]) -> Vec<Gender> {
    let mut hints = vec![Gender::Unknown; mentions.len()];
    let (mut sentence, mut next) = (u32::MAX, Gender::Unknown);
    for (mention, hint) in mentions.iter().zip(&mut hints).rev() {
        let here = stream.items.at(mention.first).sentence;
        if here != sentence {
            (sentence, next) = (here, Gender::Unknown);
        }
        if mention.kind.is_name() {
            *hint = next;
            next = Gender::Unknown;
        } else if mention.kind.is_personal() && mention.gender != Gender::Unknown {
            next = mention.gender;
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use crate::mention::Gender;
    use crate::parsed::Parsed;

    /// Expects the gender of the first person of the text.
    fn check(text: &str, expected: Gender) {
        let parsed = Parsed::new(None, text);
        assert_eq!(parsed.persons.list[0].gender, expected, "in {text}");
    }

    #[test]
    fn pronouns_tell_what_no_list_knows() {
        check(
            "On Monday Wexil Trondahl said she would stay.",
            Gender::Female,
        );
        check(
            "On Monday Wexil Trondahl said his boat was lost.",
            Gender::Male,
        );
        check(
            "On Monday Wexil Trondahl met with Ilona Varga and others. She left at noon.",
            Gender::Unknown,
        );
    }

    #[test]
    fn a_title_tells_more_than_a_family_name() {
        check(
            "On Monday Richard Alba spoke. Later Professor Alba left.",
            Gender::Male,
        );
    }

    #[test]
    fn a_pronoun_tells_spouses_apart() {
        let text =
            "Henrik Solvang met the press beside Ingrid Solvang. Later Solvang spoke of her plans.";
        let parsed = Parsed::new(None, text);
        let last = parsed
            .mentions
            .iter()
            .rev()
            .find(|mention| mention.kind.is_name());
        let person = last.and_then(|mention| mention.person).unwrap();
        assert_eq!(parsed.persons.list[person as usize].name, "Ingrid Solvang");
    }
}
