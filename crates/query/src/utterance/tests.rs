//! Groups over generated archives.

use std::collections::BTreeMap;

use proptest::prelude::*;
use whosaid_model::QuotationId;
use whosaid_schema::Telling;

use super::Utterances;
use super::likeness::{common_passage, common_words};
use super::relation::{Likeness, may_be_like};
use super::words::Worded;
use crate::scan::Limits;
use crate::testing::{Story, build, options};
use crate::{Archive, Cancel, Hit, Query, Sort};

/// Sentences that are clips, mergers, translations and repetitions of each other, and stock phrases.
const SAID: &[&str] = &[
    "The siren did not sound. Nobody on the night shift had the key",
    "Nobody on the night shift had the key",
    "On the night shift nobody had a key",
    "The siren did not sound",
    "No comment",
    "We will see",
    "The keeper of the dam slept through eleven calls, four alarms and one very loud telegram from the coast",
    "The keeper of the dam slept through eleven calls, four alarms and one very loud telegram",
    "Nine boats are missing",
    "Twelve boats are missing",
];

const SPEAKERS: &[&str] = &["Ilka Brenner", "Tom Hale", "", "a senior official"];

/// Articles by day; each with quotations by speaker and sentence. The first comes first in the archive, whatever its
/// day.
fn corpora() -> impl Strategy<Value = Vec<(u32, Vec<(usize, usize)>)>> {
    let quotations = prop::collection::vec((0..SPEAKERS.len(), 0..SAID.len()), 1..4);
    prop::collection::vec((1u32..13, quotations), 1..9)
}

fn hits(archive: &Archive, sort: Sort, limit: usize) -> Vec<Hit> {
    let query = Query::parse("*", &options()).unwrap();
    let search = archive.search(&query).sort(sort).limit(limit).copies(true);
    search.run().unwrap().hits().to_vec()
}

/// Calls `check` with archives of the same articles, one of a single segment and one of many.
fn with_archives(
    corpus: &[(u32, Vec<(usize, usize)>)],
    check: impl FnOnce(&Archive, &Archive) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let dates: Vec<String> = corpus
        .iter()
        .map(|(day, _)| format!("2025-10-{day:02}"))
        .collect();
    let said: Vec<Vec<_>> = corpus
        .iter()
        .map(|(_, quotations)| {
            let quotations = quotations.iter();
            quotations
                .map(|&(speaker, said)| (SPEAKERS[speaker], "the speaker", "", SAID[said]))
                .collect()
        })
        .collect();
    let stories: Vec<Story<'_>> = std::iter::zip(&dates, &said)
        .map(|(date, said)| ("The siren", date.as_str(), said.as_slice()))
        .collect();
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    check(
        &build(one.path(), &stories, false),
        &build(many.path(), &stories, true),
    )
}

/// Where there is no time to look for other wordings, what was found is there without them; what was not finished is not
/// remembered.
#[test]
fn hits_without_time_have_no_utterance() {
    let said = [("Ilka Brenner", "the speaker", "", SAID[0])];
    let stories: Vec<Story<'_>> = vec![("The siren", "2025-10-01", &said); 3];
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), &stories, false);
    let hit = hits(&archive, Sort::Date, 1).remove(0);
    assert_eq!(
        hit.utterance().map(|utterance| utterance.quotations),
        Some(3)
    );
    let address = archive.quotation_address(&hit.id().to_string()).unwrap();
    let cancel = Cancel::new();
    cancel.cancel();
    let stopped = Limits::default().cancelled_by(cancel);
    for (limits, known) in [(stopped, false), (Limits::default(), true)] {
        let mut bare = archive.quotation(&hit.id().to_string()).unwrap();
        let mut utterances = Utterances::new(&archive, &limits).unwrap();
        utterances.mark(&mut bare, address).unwrap();
        assert_eq!(bare.utterance().is_some(), known);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn groups_are_groups_whatever_was_asked(corpus in corpora(), limit in 1usize..6) {
        with_archives(&corpus, |one, many| {
            let all = hits(one, Sort::Date, 1000);
            prop_assert_eq!(&all, &hits(many, Sort::Date, 1000));
            let mut groups: BTreeMap<QuotationId, Vec<&Hit>> = BTreeMap::new();
            for hit in &all {
                groups.entry(hit.utterance().unwrap().earliest).or_default().push(hit);
            }
            for (earliest, hits) in &groups {
                // In a list by date the first of a group is the earliest.
                prop_assert_eq!(*earliest, hits[0].id());
                for hit in hits {
                    prop_assert_eq!(hit.utterance(), hits[0].utterance());
                    prop_assert_eq!(hit.utterance().unwrap().quotations, hits.len() as u64);
                }
                let variants = many.variants(hits[0].short_id()).unwrap();
                let ids: Vec<_> = variants.list.iter().map(|variant| variant.hit.id()).collect();
                prop_assert_eq!(ids, hits.iter().map(|hit| hit.id()).collect::<Vec<_>>());
            }
            for hit in hits(many, Sort::DateDescending, limit) {
                let same = all.iter().find(|other| other.id() == hit.id()).unwrap();
                prop_assert_eq!(hit.utterance(), same.utterance());
                prop_assert_eq!(hit.copy_of(), same.copy_of());
            }
            Ok(())
        })?;
    }

    #[test]
    fn likeness_is_mutual(
        one in "((not|siren|key|night|the|of|12|Vantia) ?){0,14}",
        other in "((not|siren|key|night|the|of|12|Vantia) ?){0,14}",
    ) {
        let telling = Telling::of(&other);
        let (one, other) = (Worded::of(&one, false), Worded::of(&other, false));
        let shared = one.words.shared_at_most(telling);
        prop_assert_eq!(telling.weight, other.words.weight);
        prop_assert!(common_words(&one.words, &other.words) <= shared);
        let likeness = Likeness::of(&one, &other);
        let is_other = one.wording.whole != other.wording.whole;
        if is_other && likeness.may_be_same_utterance() {
            prop_assert!(may_be_like(shared, one.words.weight, telling.weight));
        }
        prop_assert_eq!(Likeness::of(&one, &other), Likeness::of(&other, &one));
        let passage = common_passage(&one.words, &other.words);
        prop_assert_eq!(passage, common_passage(&other.words, &one.words));
        prop_assert!(passage <= common_words(&one.words, &other.words));
        prop_assert_eq!(common_passage(&one.words, &one.words), one.words.weight);
        prop_assert!(common_words(&one.words, &other.words) <= one.words.weight.min(other.words.weight));
    }
}
