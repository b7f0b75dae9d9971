//! The two stories this project began with. They are not ours to publish: where they are absent, nothing is
//! tested here, and `data/sample/news` has the same phenomena.

use std::collections::BTreeMap;
use std::path::Path;

use whosaid_model::{DateOrigin, SpeakerKind};
use whosaid_query::cli::Status;
use whosaid_query::{Facet, Hit, Query, Unit};

use crate::support::{World, options};

const SEEDS: &str = "../shared/seeds";

fn seeds() -> Option<World> {
    let seeds = Path::new(SEEDS);
    seeds
        .is_dir()
        .then(|| World::of(&[&seeds.canonicalize().unwrap()]))
}

/// All quotations that a query finds.
fn hits(world: &World, query: &str) -> Vec<Hit> {
    let query = Query::parse(query, &options()).unwrap();
    let archive = world.archive();
    archive
        .search(&query)
        .limit(1000)
        .run()
        .unwrap()
        .hits()
        .to_vec()
}

/// The words at the start of a quotation, with straight apostrophes, and who said them.
fn said(world: &World, story: &str) -> BTreeMap<String, String> {
    hits(world, "*")
        .into_iter()
        .filter(|hit| hit.article().place.path.contains(story))
        .map(|hit| (hit.quote().replace('’', "'"), hit.speaker_name().to_owned()))
        .collect()
}

#[track_caller]
fn speaker_of(said: &BTreeMap<String, String>, beginning: &str) -> String {
    let found: Vec<_> = said
        .iter()
        .filter(|(words, _)| words.starts_with(beginning))
        .collect();
    assert_eq!(found.len(), 1, "{beginning}: {said:#?}");
    found[0].1.clone()
}

#[test]
fn one_percent_is_said_by_one_speaker_in_two_wordings() {
    let Some(world) = seeds() else { return };
    for question in [
        "who said \"one percent\"",
        "who said “one percent”?",
        "Who said 'one percent'",
        "who said «one percent»",
        "who said „one percent“",
        "who said one percent",
        "who said \"one per cent\"",
        "who said \"1%\"",
        "who said 1%",
    ] {
        let ran = world.run(&["ask", question, "--format", "jsonl"]);
        assert_eq!(ran.status, Status::Done, "{question}: {}", ran.err);
        let records = ran.records();
        let of = |kind: &str| {
            records
                .iter()
                .filter(|record| record["type"] == kind)
                .collect::<Vec<_>>()
        };
        let (groups, hits) = (of("group"), of("hit"));
        assert_eq!(groups.len(), 1, "{question}: {}", ran.out);
        assert_eq!(groups[0]["key"], "Chung Dong-young");
        assert_eq!(
            (&groups[0]["count"], &groups[0]["wordings"]),
            (&2.into(), &2.into())
        );
        let mut texts: Vec<_> = hits
            .iter()
            .map(|hit| hit["quote"]["text"].as_str().unwrap())
            .collect();
        texts.sort_unstable();
        assert_eq!(texts.len(), 2);
        assert!(
            texts[0].starts_with("I don't want to miss even a one percent chance"),
            "{texts:?}"
        );
        assert!(
            texts[1].contains("even one percent of the opportunity"),
            "{texts:?}"
        );
        for hit in hits {
            let title = hit["speaker"]["title"].as_str().unwrap().to_lowercase();
            assert!(title.contains("unification minister"), "{title}");
            let matched = &hit["matches"][0];
            let range =
                matched[0].as_u64().unwrap() as usize..matched[1].as_u64().unwrap() as usize;
            assert_eq!(
                &hit["quote"]["text"].as_str().unwrap()[range],
                "one percent"
            );
        }
    }
}

#[test]
fn what_both_stories_report_is_one_utterance() {
    let Some(world) = seeds() else { return };
    let archive = world.archive();
    for (words, beginnings) in [
        (
            "\"one percent\"",
            [
                "I don't want to miss even a one percent chance",
                "We don't want to miss even one percent",
            ],
        ),
        ("said:decision", ["They need to make a decision"; 2]),
        (
            "said:fond",
            ["fond memories", "Personally, I still have fond memories"],
        ),
    ] {
        let hit = &hits(&world, words)[0];
        let variants = archive.variants(hit.short_id()).unwrap();
        assert_eq!(variants.utterance.outlets, 2, "{words}");
        assert_eq!(variants.list.len(), 2, "{words}");
        for (variant, beginning) in variants.list.iter().zip(beginnings) {
            let said = variant.hit.quote().replace('’', "'");
            assert!(said.starts_with(beginning), "{said}");
        }
    }
}

#[test]
fn the_first_story() {
    let Some(world) = seeds() else { return };
    let said = said(&world, "000_");
    assert_eq!(speaker_of(&said, "slip away"), "Seoul");
    assert_eq!(speaker_of(&said, "a smart guy"), "Donald Trump");
    assert_eq!(speaker_of(&said, "good personal memories"), "Kim Jong Un");
    assert_eq!(speaker_of(&said, "its delusional obsession"), "Kim Jong Un");
    assert_eq!(
        speaker_of(&said, "They need to make a decision"),
        "Chung Dong-young"
    );
    let official = hits(&world, "said:\"The president, of course\"");
    let speaker = official[0].speaker().unwrap();
    assert_eq!(speaker.kind, SpeakerKind::Descriptive);
    assert!(
        speaker.name.contains("senior") && speaker.name.contains("official"),
        "{}",
        speaker.name
    );
    let article = official[0].article();
    let published = article.published.as_ref().unwrap();
    assert_eq!(published.date.to_string(), "2025-10-25");
    assert_eq!(
        (published.origin, published.is_inferred()),
        (DateOrigin::Header, false)
    );
    assert_eq!(
        article.title.as_deref(),
        Some(
            "Donald Trump To Meet North Korean Leader Kim Jong Un? Here’s What A US Official Said"
        )
    );
}

#[test]
fn the_second_story() {
    let Some(world) = seeds() else { return };
    let said = said(&world, "001_");
    assert_eq!(
        speaker_of(&said, "I'm 100 percent open to it"),
        "Donald Trump"
    );
    assert_eq!(
        speaker_of(&said, "Personally, I still have fond memories"),
        "Kim Jong Un"
    );
    assert_eq!(speaker_of(&said, "build a Trump Tower"), "Lee Jae-myung");
    assert_eq!(
        speaker_of(&said, "so we can play golf there"),
        "Lee Jae-myung"
    );
    assert_eq!(speaker_of(&said, "I'll meet him someday"), "Donald Trump");
    assert_eq!(
        speaker_of(&said, "better than just about anyone"),
        "Donald Trump"
    );
    assert_eq!(
        speaker_of(&said, "They need to make a decision"),
        "Chung Dong-young"
    );
    let going = hits(&world, "said:\"He knows I’m going there\"");
    assert!(
        going
            .iter()
            .any(|hit| hit.quote().starts_with("He knows") && hit.speaker_name() == "Donald Trump")
    );
    for nothing in [
        "\"fun memories\"",
        "\"recommended stories\"",
        "itemsend",
        "Kellie",
        "Meyer",
    ] {
        assert_eq!(
            hits(&world, &format!("said:{nothing}")).len(),
            0,
            "{nothing}"
        );
    }
    let published = going[0].article().published.clone().unwrap();
    assert_eq!(published.date.to_string(), "2025-10-25");
    assert_eq!(
        (published.origin, published.is_inferred()),
        (DateOrigin::Text, true)
    );
    assert_eq!(going[0].article().title, None);
    let shown = world.run(&["ask", "who said \"fond memories\""]).ok();
    assert!(shown.contains("2025-10-25~"), "{shown}");
    let shown = world.run(&["show", going[0].short_id()]).ok();
    assert!(
        shown.contains("date inferred from a date in the text"),
        "{shown}"
    );
    let records = world
        .run(&["show", going[0].short_id(), "--format", "jsonl"])
        .records();
    let published = &records[0]["article"]["published"];
    assert_eq!(
        (&published["from"], &published["inferred"]),
        (&"text".into(), &true.into())
    );
}

#[test]
fn each_person_is_counted_once() {
    let Some(world) = seeds() else { return };
    let archive = world.archive();
    let query = Query::all();
    let found = archive
        .search(&query)
        .limit(0)
        .facet(Facet::speaker())
        .run()
        .unwrap();
    let names: Vec<&str> = found.facets()[0]
        .values
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    let listed = world.run(&["facet", "speaker", "--all"]).ok();
    for (full, short) in [
        ("Donald Trump", "Trump"),
        ("Kim Jong Un", "Kim"),
        ("Chung Dong-young", "Chung"),
        ("Lee Jae-myung", "Lee"),
    ] {
        let forms: Vec<_> = names.iter().filter(|name| name.contains(short)).collect();
        assert_eq!(forms, [&full], "{names:?}");
        assert_eq!(listed.matches(short).count(), 1, "{listed}");
    }
}

#[test]
fn a_speaker_is_found_under_every_form_of_the_name() {
    let Some(world) = seeds() else { return };
    let expected = hits(&world, "speaker:=\"Donald Trump\"");
    assert!(expected.len() >= 6);
    for name in [
        "Trump",
        "trump",
        "\"Donald Trump\"",
        "“President Trump”",
        "'Mr. Trump'",
    ] {
        let found = hits(&world, &format!("speaker:{name} date:2025-10"));
        assert_eq!(found.len(), expected.len(), "{name}");
        assert!(found.iter().all(|hit| hit.speaker_name() == "Donald Trump"));
    }
    let query = Query::parse("speaker:Trump", &options()).unwrap();
    let archive = world.archive();
    let articles = archive.search(&query).unit(Unit::Articles).run().unwrap();
    assert_eq!(articles.total(), 2);
}

#[test]
fn spans_give_the_words_back() {
    let Some(world) = seeds() else { return };
    let archive = world.archive();
    for hit in hits(&world, "* OR kind:indirect") {
        let article = archive.article(hit.article_id()).unwrap().unwrap();
        assert_eq!(hit.span().of(&article.text), Some(hit.quote()));
        if let Some(attribution) = hit.attribution() {
            let written = attribution.mention.of(&article.text);
            assert!(written.is_some());
            assert!(
                attribution
                    .cue
                    .is_none_or(|cue| cue.of(&article.text).is_some())
            );
        }
    }
}
