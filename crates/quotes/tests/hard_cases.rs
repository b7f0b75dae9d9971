//! Hard cases of attribution, each the smallest text that shows one difficulty.

use whosaid_model::{Quotation, QuotationKind};
use whosaid_quotes::Annotator;

/// The words, the full name they are given to (empty: nobody by name), in order.
fn attributed(text: &str) -> Vec<(String, String)> {
    let words = |quotation: &Quotation| quotation.span.of(text).unwrap_or_default().to_owned();
    let name = |quotation: &Quotation| {
        quotation
            .attribution
            .as_ref()
            .map_or(String::new(), |attribution| {
                attribution.speaker.name.clone()
            })
    };
    Annotator::new()
        .annotate(None, text)
        .iter()
        .filter(|quotation| quotation.kind != QuotationKind::Indirect && quotation.inside.is_none())
        .map(|quotation| (words(quotation), name(quotation)))
        .collect()
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let found = attributed(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(words, name)| (words.as_str(), name.as_str()))
        .collect();
    assert_eq!(found, expected, "in {text}");
}

#[test]
fn surname_to_full_name() {
    check(
        "Ilona Varga opened the talks on Monday.\n“We are out of time,” said Varga.",
        &[("We are out of time,", "Ilona Varga")],
    );
}

#[test]
fn honorific_tells_spouses_apart() {
    check(
        "Mrs. Amaka Oduya runs the bank. Her husband, Tunde Oduya, teaches. \"It is quiet here,\" Mr. Oduya said.\n\"Rates will stay put,\" Ms. Oduya said.",
        &[
            ("It is quiet here,", "Tunde Oduya"),
            ("Rates will stay put,", "Amaka Oduya"),
        ],
    );
}

#[test]
fn gender_of_a_pronoun() {
    check(
        "Lena Brandt met Paul Ruiz on Friday. “He was tired,” she said.",
        &[("He was tired,", "Lena Brandt")],
    );
}

#[test]
fn subject_before_object() {
    check(
        "Paul Ruiz told Lena Brandt that she was wrong. “I stand by it,” he added.",
        &[("I stand by it,", "Paul Ruiz")],
    );
}

#[test]
fn a_quotation_split_by_its_cue() {
    let text = "“It is a start,” the minister said, “but one percent is not a plan.”";
    check(
        text,
        &[
            ("It is a start,", "the minister"),
            ("but one percent is not a plan.", "the minister"),
        ],
    );
}

#[test]
fn paragraphs_that_reopen_the_mark() {
    check(
        "Kobe Adair said: “First point.\n“Second point.”",
        &[
            ("First point.", "Kobe Adair"),
            ("Second point.", "Kobe Adair"),
        ],
    );
}

#[test]
fn a_floating_quotation_goes_on() {
    check(
        "Edda Maro was hurt in the blast. “It hurts,” Maro said. “It will hurt for years.”",
        &[
            ("It hurts,", "Edda Maro"),
            ("It will hurt for years.", "Edda Maro"),
        ],
    );
}

#[test]
fn words_inside_the_sentence_belong_to_its_subject() {
    let text = "The mayor called the bridge “a monument to delay.”";
    check(text, &[("a monument to delay.", "The mayor")]);
    assert_eq!(
        Annotator::new().annotate(None, text)[0].kind,
        QuotationKind::Mixed
    );
}

#[test]
fn titles_nicknames_and_scare_quotes_are_no_speech() {
    check(
        "He starred in “The Long Ferry Home” before running for office.",
        &[],
    );
    check("Dana “Duke” Okafor declined to comment.", &[]);
    check("The so-called “ghost budget” grew.", &[]);
}

#[test]
fn a_spokesman_is_not_whom_he_speaks_for() {
    check(
        "A spokesman for Governor Hale said, “We have no comment.”",
        &[("We have no comment.", "A spokesman for Governor Hale")],
    );
}

#[test]
fn a_description_is_whole() {
    check(
        "The authors of the report, which include three doctors, wrote: “We see no cause.”",
        &[("We see no cause.", "The authors of the report")],
    );
    check(
        "“We see no cause,” said the authors of the annual report.",
        &[("We see no cause,", "the authors of the annual report")],
    );
    check(
        "The head of the agency said: “We see no cause.”",
        &[("We see no cause.", "The head of the agency")],
    );
}

#[test]
fn an_apposition_names_the_speaker() {
    check(
        "Hale’s campaign manager, Rosa Lindqvist, said, “We will win.”",
        &[("We will win.", "Rosa Lindqvist")],
    );
}

#[test]
fn an_accent_typed_for_an_apostrophe() {
    check(
        "It rained. \"It`s sacred to all of us\", said Bob O`Hara. \"It is not\", said Ann O´Dea.",
        &[
            ("It`s sacred to all of us", "Bob O`Hara"),
            ("It is not", "Ann O´Dea"),
        ],
    );
    check(
        "Bob O'Hara`s dog ran away. ``I miss it,'' O`Hara said.",
        &[("I miss it,", "Bob O'Hara")],
    );
}

#[test]
fn a_name_before_a_title_is_not_the_speaker() {
    check(
        "Ilona Varga won again. “It holds,” said Varga ally Bo Nilsen.",
        &[("It holds,", "Bo Nilsen")],
    );
    check(
        "Ilona Varga won again. “It holds,” said Varga campaign manager Bo Nilsen.",
        &[("It holds,", "Bo Nilsen")],
    );
}

#[test]
fn according_to() {
    check(
        "Oleg Petrov inspected the plant. According to Petrov, “the valve failed twice.”",
        &[("the valve failed twice.", "Oleg Petrov")],
    );
}

#[test]
fn the_outer_words_belong_to_the_one_who_tells() {
    let text = "“She told me, ‘Leave it,’” Amara Cole recalled.";
    check(text, &[("She told me, ‘Leave it,’", "Amara Cole")]);
    let all = Annotator::new().annotate(None, text);
    assert_eq!(all[1].span.of(text), Some("Leave it,"));
    assert_eq!(all[1].inside, Some(0));
    assert_eq!(
        all[1]
            .attribution
            .as_ref()
            .and_then(|attribution| attribution.mention.of(text)),
        Some("She")
    );
}

#[test]
fn a_statement_speaks_for_itself() {
    let text = "“No deal,” read the statement from Harbour Freight Union.";
    let found = attributed(text);
    assert_eq!(found[0].0, "No deal,");
    assert!(found[0].1.contains("statement"), "{found:?}");
}

#[test]
fn a_long_apposition() {
    check(
        "“This is theft,” shouted Bo Nilsen, 62, a retired welder from Arvika who lost his pension.",
        &[("This is theft,", "Bo Nilsen")],
    );
}

#[test]
fn the_one_who_answers_not_the_one_who_asks() {
    check(
        "Ama Osei faced Laura Kent again. Asked by Kent whether he would resign, Osei answered: “Never.”",
        &[("Never.", "Ama Osei")],
    );
}

#[test]
fn turns_of_a_transcript() {
    check(
        "Kent: Will you go now?\nOsei: Never, not while I live.\nKent: Why not then?",
        &[
            ("Will you go now?", "Kent"),
            ("Never, not while I live.", "Osei"),
            ("Why not then?", "Kent"),
        ],
    );
}

#[test]
fn family_name_first() {
    check(
        "“Cut it to one percent,” Chung Dong-young said in Seoul. Later Chung said “the door is open.”",
        &[
            ("Cut it to one percent,", "Chung Dong-young"),
            ("the door is open.", "Chung Dong-young"),
        ],
    );
}

#[test]
fn a_double_surname_cut_short() {
    check(
        "Enrique Saldaña Ruiz led the talks. “We agree,” Saldaña said.",
        &[("We agree,", "Enrique Saldaña Ruiz")],
    );
}

#[test]
fn the_younger_of_two() {
    check(
        "James Whitlock Jr. and his father, James Whitlock Sr., sailed at dawn. “Dad knew,” the younger Whitlock said.",
        &[("Dad knew,", "James Whitlock Jr.")],
    );
}

#[test]
fn a_handle_and_its_owner() {
    check(
        "“I never said that,” tweeted @tkeller (Tom Keller).",
        &[("I never said that,", "Tom Keller")],
    );
}

#[test]
fn two_who_speak_together() {
    let text = "Kenji Ito and Marta Falk wrote to the board. “Good work,” said Ito and Falk in a joint letter.";
    let found = Annotator::new().annotate(None, text);
    let attribution = found[0].attribution.as_ref().unwrap();
    let mut names = vec![attribution.speaker.name.as_str()];
    names.extend(attribution.others.iter().map(String::as_str));
    names.sort_unstable();
    assert_eq!(names, ["Kenji Ito", "Marta Falk"]);
}

#[test]
fn somebody_who_asked_not_to_be_named() {
    check(
        "“We saw smoke,” one resident, who asked not to be named, said. Chief Rosa Mora arrived later.",
        &[("We saw smoke,", "one resident")],
    );
}

#[test]
fn what_was_never_said_is_marked() {
    let text = "Ilona Varga never said “the city is lost,” her office insisted.";
    let found = Annotator::new().annotate(None, text);
    assert!(found.iter().all(|quotation| quotation.denied), "{found:?}");
}

/// Expects that just these of the words in marks are denied.
fn check_denied(text: &str, expected: &[&str]) {
    let found = Annotator::new().annotate(None, text);
    let denied: Vec<&str> = found
        .iter()
        .filter(|quotation| quotation.denied)
        .map(|quotation| quotation.span.of(text).unwrap_or_default())
        .collect();
    assert_eq!(denied, expected, "in {text}");
}

#[test]
fn what_somebody_denies_having_said() {
    check_denied(
        "Ilona Varga denied that she had called the plan “utter madness”.",
        &["utter madness"],
    );
    check_denied(
        "Ilona Varga denies ever having called the plan “utter madness”.",
        &["utter madness"],
    );
    check_denied(
        "Ilona Varga denied it. She called the plan “utter madness”.",
        &[],
    );
    check_denied(
        "Ilona Varga said she “never wanted” what the mayor denied.",
        &[],
    );
}

#[test]
fn what_is_corrected_was_not_said() {
    check_denied(
        "Ilona Varga said “the rate is three per cent”, not “five per cent”.",
        &["five per cent"],
    );
    check_denied(
        "Ilona Varga called it not “a disaster” but “a warning to us all”.",
        &["a disaster"],
    );
    check_denied(
        "Ilona Varga called it “a warning to us all” rather than “a disaster for the town”.",
        &["a disaster for the town"],
    );
    check_denied(
        "Ilona Varga said “the rate is three per cent”, and “it will not rise”.",
        &[],
    );
}

#[test]
fn an_age_tells_who_is_meant() {
    check(
        "The mayor thanked Paul Ruiz, 44. The 31-year-old Lena Brandt spoke next. “It holds,” the 44-year-old said.",
        &[("It holds,", "Paul Ruiz")],
    );
}

/// What somebody did to the one with an office is no part of the office.
#[test]
fn an_office_begins_behind_the_verb() {
    let text = "Donald Roe met North Omenan leader Kim Oh Un last year.\n“We have good memories,” Kim told reporters.";
    let quotations = Annotator::new().annotate(None, text);
    let speaker = quotations
        .first()
        .and_then(|quotation| quotation.attribution.as_ref())
        .map(|attribution| &attribution.speaker);
    assert_eq!(
        speaker.map(|speaker| speaker.name.as_str()),
        Some("Kim Oh Un")
    );
    let title = speaker.and_then(|speaker| speaker.title.as_deref());
    assert_eq!(title, Some("North Omenan leader"));
}

#[test]
fn a_word_for_a_body_is_the_one_told_of() {
    check(
        "Unicef has warned of a famine. “We have no food left to give,” the agency said.",
        &[("We have no food left to give,", "Unicef")],
    );
    check(
        "Sunderland City Council closed the pool. “It is not safe for children,” the council said.",
        &[("It is not safe for children,", "Sunderland City Council")],
    );
    check(
        "Sunderland City Council closed the pool. “It is not safe for children,” the company said.",
        &[("It is not safe for children,", "the company")],
    );
}

#[test]
fn a_title_of_a_place_is_no_antecedent() {
    check(
        "Rod Dickey sang twice at Wembley Stadium. “It was a tough night,” said the American.",
        &[("It was a tough night,", "Rod Dickey")],
    );
    check(
        "Eva Stone starred in Blue Harbour. Blue Harbour won two prizes. “It was a joy to make,” she said.",
        &[("It was a joy to make,", "Eva Stone")],
    );
}
