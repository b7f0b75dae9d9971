//! Whom descriptions stand for, in the smallest texts.

use crate::parsed::Parsed;

/// Expects the description to stand for this person, or for nobody.
fn check(text: &str, description: &str, expected: Option<&str>) {
    let parsed = Parsed::new(None, text);
    let context = parsed.context();
    let mention = parsed
        .mentions
        .iter()
        .rfind(|mention| context.mention_span(mention).of(text) == Some(description))
        .unwrap();
    let person = mention
        .person
        .map(|person| parsed.persons.list[person as usize].name.as_str());
    assert_eq!(person, expected, "{description} in {text}");
}

#[test]
fn an_office_goes_to_its_holder() {
    let text = "Ilona Varga, the harbour minister, met Paul Ruiz. Then the minister left.";
    check(text, "the minister", Some("Ilona Varga"));
}

#[test]
fn where_somebody_is_from_says_who() {
    let text = "Finnish driver Aki Roe beat Tobi Doe, a Briton. Then the Finn left.";
    check(text, "the Finn", Some("Aki Roe"));
    check("Aki Roe lost. Then the French left.", "French", None);
}

#[test]
fn an_office_with_what_it_is_of() {
    let text = "The Commissioner of Police, Danladi Roe, met Ana Ruiz. Then the commissioner left.";
    check(text, "the commissioner", Some("Danladi Roe"));
}

#[test]
fn a_name_in_marks_before_the_head() {
    let text = "Singer Delphine Roe said no. The “Paper Raincoat” singer left.";
    check(text, "The “Paper Raincoat” singer", Some("Delphine Roe"));
}

#[test]
fn whoever_gives_a_name_has_it() {
    let text = "Paul Ruiz left. One of them, who gave his name as Modou, said no.";
    check(text, "One", Some("Modou"));
}

#[test]
fn an_answer_is_of_who_gives_it() {
    let text = "Paul Ruiz lost. “Never,” came the reply from Karl Brandt.";
    check(text, "the reply", Some("Karl Brandt"));
}

#[test]
fn an_office_of_another_rank_is_another_one() {
    let text = "Ranil Roe, the deputy minister, spoke. Then the Prime Minister left.";
    check(text, "the Prime Minister", None);
    let text =
        "The Deputy Minister, Ranil Roe, spoke. Ana Ruiz left. Then the Deputy Minister did.";
    check(text, "the Deputy Minister", Some("Ranil Roe"));
}

#[test]
fn a_compound_holds_the_office() {
    let text = "Goalkeeper Bo Roe saved it. Ana Ruiz, the referee, left. Then the keeper left.";
    check(text, "the keeper", Some("Bo Roe"));
}

#[test]
fn a_dignitary_is_the_one_named_last() {
    let text = "The mayor, Josée Roe, called for calm. Then Her Worship left.";
    check(text, "Her Worship", Some("Josée Roe"));
}

#[test]
fn an_age_goes_to_whose_it_is() {
    let text = "Jane Jerotich, 31, was met on the quay by Paul Ruiz, 44. Some hours later the 31-year-old said no.";
    check(text, "the 31-year-old", Some("Jane Jerotich"));
    let text = "The 31-year-old Jane Jerotich met the 44-year-old Paul Ruiz. Then the 31-year-old said no.";
    check(text, "the 31-year-old", Some("Jane Jerotich"));
}

#[test]
fn a_word_for_an_age_goes_to_whose_it_is() {
    let text = "Jane Jerotich, 17, met Paul Ruiz, 44. Some hours later the teenager said no.";
    check(text, "the teenager", Some("Jane Jerotich"));
}

#[test]
fn a_description_that_a_body_is_named_behind_is_no_person() {
    let text = "Ilona Varga was silent. The contractor, Lind Brothers Ltd, said no.";
    check(text, "The contractor", None);
}

#[test]
fn somebody_without_a_name_keeps_it() {
    let text = "Ilona Varga met a senior official. Then the official left.";
    check(text, "the official", None);
}

#[test]
fn somebody_in_relation_to_another_is_not_that_one() {
    check(
        "Ilona Varga was silent. The mayor’s lawyer spoke.",
        "The mayor’s lawyer",
        None,
    );
}

#[test]
fn an_office_that_nobody_holds_is_the_same_later() {
    let text = "Kenya's roads minister brushed it aside. Ana Ruiz left. Then the minister left.";
    check(text, "the minister", None);
}

#[test]
fn a_family_is_not_one_of_them() {
    check("Paul Ruiz left. Then the family did.", "the family", None);
}

#[test]
fn whoever_is_named_in_an_insertion_is_not_meant() {
    let text = "Paul Ruiz, dropped on 4 by keeper Karl Brandt, made 143. Then the batsman left.";
    check(text, "the batsman", Some("Paul Ruiz"));
    let text = "Paul Ruiz, 21, who played because Karl Brandt failed a late test, said little. Then the player left.";
    check(text, "the player", Some("Paul Ruiz"));
    let text = "Paul Ruiz, 21, met Karl Brandt, who said little. Then the player left.";
    check(text, "the player", Some("Karl Brandt"));
}

#[test]
fn kin_is_the_same_later() {
    let text = "Paul Ruiz and his sister, Ana Ruiz, farm. Lena Brandt left. His sister laughed.";
    check(text, "His sister", Some("Ana Ruiz"));
}

#[test]
fn an_age_may_stand_with_a_place() {
    let text = "Paul Ruiz rode for an hour. Then the 31-year-old from Zeeland left.";
    check(text, "the 31-year-old", Some("Paul Ruiz"));
}

#[test]
fn an_old_man_is_not_young() {
    let text = "Paul Ruiz heard it. His grandson Karl Brandt, 16, left. Then the old man left.";
    check(text, "the old man", Some("Paul Ruiz"));
}

#[test]
fn whoever_asked_does_not_answer() {
    let text = "Ana Ruiz came. Paul Roe asked whether it was true. “No,” the witness replied.";
    check(text, "the witness", Some("Ana Ruiz"));
}

#[test]
fn a_name_between_commas_is_who_is_described() {
    let text = "Paul Ruiz sang. Her daughter, the novelist Bisi Roe, left.";
    check(text, "Her daughter", Some("Bisi Roe"));
    let text = "Ana Ruiz sang. Their coach, the former Test batsman Karl Roe, left.";
    check(text, "Their coach", Some("Karl Roe"));
}

#[test]
fn an_office_is_that_of_its_rank_and_portfolio() {
    let text = "Finance Minister Ana Ruiz met shadow finance minister Paul Roe. Then the finance minister left.";
    check(text, "the finance minister", Some("Ana Ruiz"));
    let text = "Mayor Ana Ruiz met deputy mayor Paul Roe. Then the mayor left.";
    check(text, "the mayor", Some("Ana Ruiz"));
    let text = "President Ana Ruiz met former president Paul Roe. Then the president left.";
    check(text, "the president", Some("Ana Ruiz"));
    let text = "Ana Ruiz spoke. The foreign secretary left. New Home Secretary Paul Roe stayed.";
    check(text, "The foreign secretary", Some("Ana Ruiz"));
}

#[test]
fn the_prime_minister_is_whom_the_sentence_before_is_about() {
    let text = "Ana Ruiz opened the port. Then the prime minister left.";
    check(text, "the prime minister", Some("Ana Ruiz"));
    let text = "Ana Ruiz spoke. Unlike foreign minister Paul Roe, the prime minister left.";
    check(text, "the prime minister", Some("Ana Ruiz"));
    let text = "Foreign minister Paul Roe spoke. Then the prime minister left.";
    check(text, "the prime minister", None);
    let text = "Ana Ruiz, 34, lost her home. Then the prime minister left.";
    check(text, "the prime minister", None);
    let text = "The prime minister came. Ana Ruiz opened the port. Then the prime minister left.";
    check(text, "the prime minister", None);
}

#[test]
fn the_subject_is_meant_before_the_object() {
    let text = "Ana Ruiz beat Jane Roe in an hour. Then the player left.";
    check(text, "the player", Some("Ana Ruiz"));
    let text = "Ana Ruiz won. She will meet Jane Roe next. Then the 23-year-old left.";
    check(text, "the 23-year-old", Some("Ana Ruiz"));
    let text = "Ana Ruiz won again. After talks with chairman Paul Roe, the 23-year-old left.";
    check(text, "the 23-year-old", Some("Ana Ruiz"));
    let text = "Ana Ruiz has failed, Jane Roe has said. Then the leader left.";
    check(text, "the leader", Some("Jane Roe"));
}

#[test]
fn who_made_something_may_be_told_by_it() {
    let text = "Ana Ruiz is back. The star of Storm Boy and Lotus left.";
    check(text, "The star of Storm Boy and Lotus", Some("Ana Ruiz"));
    let text = "Professor Ana Ruiz spoke. Then the professor of early history left.";
    check(text, "the professor", Some("Ana Ruiz"));
}

#[test]
fn what_somebody_becomes_is_nobody_else() {
    let text = "Ana Ruiz spoke. She hoped to become a painter. Then the painter left.";
    check(text, "the painter", Some("Ana Ruiz"));
    let text = "Ana Ruiz is a doctor. Paul Roe is not. Then the doctor left.";
    check(text, "the doctor", Some("Ana Ruiz"));
}

#[test]
fn a_spokesman_is_nobody_of_whom_it_was_not_said() {
    let text = "Paul Ruiz wants a refund. Then the airline spokesman left.";
    check(text, "the airline spokesman", None);
}

#[test]
fn kin_introduced_by_name_is_the_same_later() {
    let text = "Kessler's son Ivan left. Paul Roe stayed. Then his son laughed.";
    check(text, "his son", Some("Ivan Kessler"));
}

#[test]
fn a_player_may_be_called_what_a_thing_is() {
    let text = "Paul Ruiz is back. “I feel fit,” said the lock.";
    check(text, "the lock", Some("Paul Ruiz"));
    let text = "Paul Ruiz is back. “I feel fit,” said the world number six.";
    check(text, "the world number six", Some("Paul Ruiz"));
}

#[test]
fn an_office_of_a_body_is_of_whom_the_body_has() {
    let text = "“It is late,” Riverwatch's Ana Roe said. “Act now,” the charity's director added.";
    check(text, "the charity's director", Some("Ana Roe"));
    let text = "“It is late,” Ana Roe said. “Act now,” the charity's director added.";
    check(text, "the charity's director", None);
}
