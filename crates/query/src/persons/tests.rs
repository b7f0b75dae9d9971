use std::convert::Infallible;

use proptest::prelude::*;

use super::*;

fn counted(name: &str, count: u64) -> Counted {
    Counted {
        name: name.to_owned(),
        count,
        persons: count,
        ..Counted::default()
    }
}

fn none() -> Corrections {
    Corrections::default()
}

fn persons(names: &[(&str, u64)]) -> Persons {
    let mut names: Vec<Counted> = names
        .iter()
        .map(|&(name, count)| counted(name, count))
        .collect();
    names.sort_by(|a, b| a.name.cmp(&b.name));
    joined(&names, &none(), |_, _| Ok(0))
}

/// Joins names as the archive does; `within` counts the quotations of one within some days.
fn joined(
    names: &[Counted],
    corrections: &Corrections,
    within: impl Fn(&str, (i64, i64)) -> Result<u64, Infallible>,
) -> Persons {
    let Ok((list, others)) = join_names(names, corrections, within);
    let persons = Persons::from_content(&Content {
        persons: list.clone(),
        others: others.clone(),
        ..Content::default()
    });
    // What is looked up in the table is what was joined.
    assert_eq!(persons.iter().collect::<Vec<_>>(), list);
    for person in &list {
        for alias in &person.names {
            let expected = Some((person.name.as_str(), alias.clone()));
            assert_eq!(persons.alias(&alias.name), expected);
        }
    }
    for (name, _) in &others {
        assert_eq!(
            (persons.alias(name), persons.shown(name)),
            (None, name.as_str())
        );
    }
    persons
}

/// Expects the names, given with their counts, to be these persons, each as its names.
#[track_caller]
fn check(names: &[(&str, u64)], expected: &[&[&str]]) {
    let persons = persons(names);
    let found: Vec<Vec<String>> = persons
        .iter()
        .map(|person| {
            assert!(person.names.iter().any(|alias| alias.name == person.name));
            let names = person.names.into_iter();
            names.map(|alias| alias.name).collect()
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn forms_of_a_name_are_one_person() {
    check(
        &[
            ("Jane Roe", 9),
            ("Jane Q. Roe", 5),
            ("J. Roe", 1),
            ("Roe", 2),
            ("JANE ROE", 1),
            ("Mrs. Jane Roe", 3),
        ],
        &[&[
            "Jane Roe",
            "Jane Q. Roe",
            "Mrs. Jane Roe",
            "Roe",
            "J. Roe",
            "JANE ROE",
        ]],
    );
    check(
        &[
            ("Tak Gyeong-rim", 4),
            ("Tak Gyeong Rim", 3),
            ("Gyeong-rim Tak", 2),
            ("Tak Gyeongrim", 1),
        ],
        &[&[
            "Tak Gyeong-rim",
            "Tak Gyeong Rim",
            "Gyeong-rim Tak",
            "Tak Gyeongrim",
        ]],
    );
    check(
        &[("Zoë O’Neill", 2), ("Zoe O'Neill", 1)],
        &[&["Zoë O’Neill", "Zoe O'Neill"]],
    );
    check(
        &[("J. M. Roe", 2), ("J.M. Roe", 1)],
        &[&["J. M. Roe", "J.M. Roe"]],
    );
    check(
        &[("Omar al-Sayed", 2), ("Omar Al Sayed", 1)],
        &[&["Omar al-Sayed", "Omar Al Sayed"]],
    );
    check(
        &[("Robert C. Roe", 2), ("Bob Roe", 1)],
        &[&["Robert C. Roe", "Bob Roe"]],
    );
    check(
        &[("Shane “Boxcar” Roe", 2), ("Shane Roe", 1)],
        &[&["Shane “Boxcar” Roe", "Shane Roe"]],
    );
    check(
        &[("Amano Reijiro", 2), ("Reijiro Amano", 1)],
        &[&["Amano Reijiro", "Reijiro Amano"]],
    );
}

#[test]
fn different_given_names_are_different_people() {
    check(
        &[("Jane Roe", 9), ("June Roe", 1)],
        &[&["Jane Roe"], &["June Roe"]],
    );
    check(
        &[("Kim Jong Un", 9), ("Kim Yo Jong", 1)],
        &[&["Kim Jong Un"], &["Kim Yo Jong"]],
    );
    check(
        &[("Thomas Frank", 2), ("Frank Thomas", 1)],
        &[&["Thomas Frank"], &["Frank Thomas"]],
    );
    check(
        &[("George W. Roe", 2), ("George H.W. Roe", 1)],
        &[&["George W. Roe"], &["George H.W. Roe"]],
    );
    check(
        &[("Karl Roe", 2), ("Karl Roe Jr.", 1)],
        &[&["Karl Roe"], &["Karl Roe Jr."]],
    );
    check(
        &[("Steven Roe", 2), ("Stephen Roe", 1)],
        &[&["Steven Roe"], &["Stephen Roe"]],
    );
}

#[test]
fn an_ambiguous_name_is_by_itself_unless_one_is_meant_by_far() {
    check(
        &[("John Roe", 5), ("John A. Roe", 4), ("John B. Roe", 3)],
        &[&["John Roe"], &["John A. Roe"], &["John B. Roe"]],
    );
    check(
        &[("John Roe", 50), ("John A. Roe", 40), ("John B. Roe", 1)],
        &[&["John Roe", "John A. Roe"], &["John B. Roe"]],
    );
}

#[test]
fn a_surname_is_whose_it_is_by_far() {
    let found = persons(&[("Jane Roe", 18), ("Karl Roe", 1), ("Roe", 7)]);
    let (shown, alias) = found.alias("Roe").unwrap();
    assert_eq!(shown, "Jane Roe");
    assert_eq!(found.person_of("Roe").unwrap().count, 25);
    assert_eq!((alias.why, alias.share), (Why::Surname, 0.9));
    check(
        &[("Jane Roe", 8), ("Karl Roe", 2), ("Roe", 7)],
        &[&["Jane Roe"], &["Roe"], &["Karl Roe"]],
    );
    check(&[("Jane Roe", 1), ("Roe", 7)], &[&["Roe"], &["Jane Roe"]]);
    // A given name alone is nobody's.
    check(&[("Jane Roe", 8), ("Jane", 7)], &[&["Jane Roe"], &["Jane"]]);
    check(
        &[("Tak Gyeong-rim", 4), ("Tak", 3)],
        &[&["Tak Gyeong-rim", "Tak"]],
    );
    check(
        &[("Chris Van Hollen", 4), ("Van Hollen", 3)],
        &[&["Chris Van Hollen", "Van Hollen"]],
    );
}

#[test]
fn a_surname_belongs_to_its_time() {
    let at = |name: &str, count, day| Counted {
        days: Some((day, day + 300)),
        ..counted(name, count)
    };
    let names = vec![
        at("Jane Roe", 90, 9000),
        at("Karl Roe", 5, 100),
        at("Roe", 2, 200),
    ];
    let within = |name: &str, (first, last): (i64, i64)| {
        assert_eq!((name, first, last), ("Jane Roe", 200 - 365, 500 + 365));
        Ok::<u64, Infallible>(0)
    };
    let found = joined(&names, &none(), within);
    assert_eq!(found.shown("Roe"), "Karl Roe");
}

#[test]
fn an_archive_may_claim_any_days() {
    let at = |name: &str, count, days| Counted {
        days: Some(days),
        ..counted(name, count)
    };
    let names = vec![
        at("Jane Roe", 90, (i64::MIN, i64::MAX)),
        at("Karl Roe", 5, (i64::MAX, i64::MAX)),
        at("Roe", 2, (i64::MIN, i64::MIN)),
        at("Ann Doe", 9, (i64::MIN, i64::MAX)),
        at("Doe", 2, (i64::MAX, i64::MAX)),
    ];
    let found = joined(&names, &none(), |_, _| Ok(9));
    assert_eq!(found.shown("Doe"), "Ann Doe");
}

#[test]
fn bodies_are_joined_by_spelling_alone() {
    let body = |name: &str, count| Counted {
        persons: 0,
        bodies: count,
        ..counted(name, count)
    };
    let names = vec![
        body("Port House", 3),
        body("The Port House", 2),
        body("The House", 9),
    ];
    let found = joined(&names, &none(), |_, _| Ok(0));
    assert_eq!(found.shown("The Port House"), "Port House");
    assert_eq!((found.len(), found.shown("The House")), (2, "The House"));
    assert_eq!(found.person_of("Nobody"), None);
}

/// Names of few words, so that many agree.
fn names() -> impl Strategy<Value = Vec<(String, u64)>> {
    let given = prop::sample::select(vec!["Jane", "J.", "June", "Bob", "Robert", "R.", "Kim", ""]);
    let middle = prop::sample::select(vec!["", "", "A.", "Ann", "B.", "Yo-jong"]);
    let family = prop::sample::select(vec!["Roe", "Kim", "roe", "Jane", "Roe Jr.", "Van Roe"]);
    let name = (given, middle, family).prop_map(|(given, middle, family)| {
        let words: Vec<&str> = [given, middle, family]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        words.join(" ")
    });
    prop::collection::btree_map(name, 1u64..40, 1..12).prop_map(|names| names.into_iter().collect())
}

proptest! {
    #[test]
    fn the_order_of_names_does_not_matter(names in names(), seed: u64) {
        let mut shuffled: Vec<Counted> = names.iter().map(|(name, count)| counted(name, *count)).collect();
        let turn = seed as usize % shuffled.len();
        shuffled.rotate_left(turn);
        if seed % 2 == 0 {
            shuffled.reverse();
        }
        let listed: Vec<(&str, u64)> = names.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        let shuffled = joined(&shuffled, &none(), |_, _| Ok(0));
        prop_assert_eq!(shuffled, persons(&listed));
    }

    #[test]
    fn each_name_is_one_persons_and_none_is_lost(names in names()) {
        let listed: Vec<(&str, u64)> = names.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        let persons = persons(&listed);
        let mut seen: Vec<String> = persons.iter().flat_map(|person| person.names).map(|alias| alias.name).collect();
        seen.sort_unstable();
        let expected: Vec<&str> = listed.iter().map(|(name, _)| *name).collect();
        prop_assert_eq!(seen, expected);
        for person in persons.iter() {
            prop_assert_eq!(person.count, person.names.iter().map(|alias| alias.count).sum::<u64>());
            for alias in &person.names {
                prop_assert_eq!(persons.person_of(&alias.name), Some(person.clone()));
                prop_assert!(alias.share > 0.0 && alias.share <= 1.0);
            }
        }
    }

    /// Whatever chain of names leads from one to the other: no person has two full names that disagree.
    #[test]
    fn the_names_of_a_person_agree(names in names()) {
        let listed: Vec<(&str, u64)> = names.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        let mut analyzer = names_analyzer();
        for person in persons(&listed).iter() {
            let full: Vec<Name> = person
                .names
                .iter()
                .filter(|alias| alias.why != Why::Surname)
                .map(|alias| Name::read(&alias.name, true, &mut analyzer))
                .filter(Name::is_full)
                .collect();
            for (a, b) in full.iter().zip(full.iter().skip(1)) {
                let mut sorted = [a.words.clone(), b.words.clone()];
                for words in &mut sorted {
                    words.sort_unstable();
                }
                prop_assert!(a.agrees(b) || a.is_spelled(b) || sorted[0] == sorted[1], "{:?}", person);
            }
        }
    }
}

/// The persons of four names under corrections, each as `shown: names`.
#[track_caller]
fn corrected(corrections: &str, expected: &[&str]) {
    let names = [
        ("Bob Roe", 3),
        ("Jane Roe", 30),
        ("Robert C. Roe", 5),
        ("Roe", 9),
    ];
    let names: Vec<Counted> = names
        .iter()
        .map(|&(name, count)| counted(name, count))
        .collect();
    let corrections = Corrections::parse(corrections).unwrap();
    let persons = joined(&names, &corrections, |_, _| Ok(0));
    let found: Vec<String> = persons
        .iter()
        .map(|person| {
            let names: Vec<&str> = person
                .names
                .iter()
                .map(|alias| alias.name.as_str())
                .collect();
            format!("{}: {}", person.name, names.join(", "))
        })
        .collect();
    assert_eq!(found, expected, "{corrections}");
}

#[test]
fn corrections_overrule_names() {
    let apart = [
        "Jane Roe: Jane Roe",
        "Roe: Roe",
        "Robert C. Roe: Robert C. Roe, Bob Roe",
    ];
    corrected("", &apart);
    corrected(
        "[[alias]]\nperson = \"Jane Roe\"\nnames = [\"Roe\", \"Bob Roe\", \"The Mayor\"]",
        &[
            "Jane Roe: Jane Roe, Roe, Bob Roe, The Mayor",
            "Robert C. Roe: Robert C. Roe",
        ],
    );
    corrected(
        "[[merge]]\nperson = \"Jane Roe\"\nnames = [\"Bob Roe\"]",
        &["Jane Roe: Jane Roe, Robert C. Roe, Bob Roe", "Roe: Roe"],
    );
    // The name given is the one shown, also one that no article has.
    corrected(
        "[[merge]]\nperson = \"J. Roe-Bello\"\nnames = [\"Jane Roe\", \"Roe\"]",
        &[
            "J. Roe-Bello: Jane Roe, Roe, J. Roe-Bello",
            "Robert C. Roe: Robert C. Roe, Bob Roe",
        ],
    );
    corrected(
        "[[split]]\nnames = [\"Bob Roe\", \"Robert C. Roe\"]",
        &[
            "Jane Roe: Jane Roe",
            "Roe: Roe",
            "Robert C. Roe: Robert C. Roe",
            "Bob Roe: Bob Roe",
        ],
    );
    corrected(
        "[[split]]\nnames = [\"Bob Roe\"]\n[[merge]]\nperson = \"Ada Bello\"\nnames = [\"Karl Bello\"]",
        &[
            "Jane Roe: Jane Roe",
            "Roe: Roe",
            "Robert C. Roe: Robert C. Roe",
            "Bob Roe: Bob Roe",
        ],
    );
    let twice = "[[merge]]\nperson = \"Bob Roe\"\nnames = [\"Roe\"]\n[[merge]]\nperson = \"Jane Roe\"\nnames = [\"Robert C. Roe\"]";
    corrected(twice, &["Bob Roe: Jane Roe, Roe, Robert C. Roe, Bob Roe"]);
}

#[test]
fn a_surname_that_is_split_off_is_given_to_nobody() {
    let names = || {
        vec![
            counted("Jane Q. Roe", 9),
            counted("Jane Roe", 30),
            counted("Roe", 9),
        ]
    };
    for (split, expected) in [
        ("", "Jane Roe"),
        ("[[split]]\nnames = [\"Jane Roe\", \"Roe\"]", "Roe"),
        ("[[split]]\nnames = [\"Roe\"]", "Roe"),
    ] {
        let corrections = Corrections::parse(split).unwrap();
        let persons = joined(&names(), &corrections, |_, _| Ok(0));
        assert_eq!(persons.shown("Roe"), expected, "{split}");
        assert_eq!(persons.shown("Jane Q. Roe"), "Jane Roe");
    }
}

#[test]
fn names_with_a_letter_wrong_have_near_ones() {
    let persons = persons(&[
        ("Jane Roe", 9),
        ("Ade Bello", 5),
        ("Adé Belloc", 2),
        ("Omar Lindqvist-Sá", 1),
        ("Kim Jong-un", 3),
        ("Center for Public Opinion Research", 1),
        ("Mayor of Ostrava", 1),
    ]);
    for (name, near) in [
        ("Jnae Roe", &["Jane Roe"][..]),
        ("Jane Rowe", &["Jane Roe"]),
        ("Belo", &["Ade Bello"]),
        ("Bellox", &["Ade Bello", "Adé Belloc"]),
        ("Lindquist-Sa", &["Omar Lindqvist-Sá"]),
        ("Kim Yong Un", &["Kim Jong-un"]),
        ("Zed Nemo", &[]),
        ("", &[]),
        // What agrees must tell who is meant.
        ("a spokesman for Clinton", &[]),
        ("the Institute for Public Health", &[]),
        ("President Belo", &["Ade Bello"]),
        ("a spokesman for Belo", &["Ade Bello"]),
        ("Mayor", &[]),
        ("the mayor of Roe", &["Jane Roe"]),
        ("Ade Zuckerman", &[]),
        ("Carla Bello", &["Ade Bello", "Adé Belloc"]),
    ] {
        assert_eq!(persons.near(name, 3), near, "{name}");
    }
}
