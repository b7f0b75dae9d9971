use crate::parsed::Parsed;

/// Expects exactly these persons, each as `name` or `name: title`.
fn check(text: &str, expected: &[&str]) {
    let parsed = Parsed::new(None, text);
    let found: Vec<String> = parsed
        .persons
        .list
        .iter()
        .map(|person| match &person.title {
            Some(title) => format!("{}: {title}", person.name),
            None => person.name.clone(),
        })
        .collect();
    assert_eq!(found, expected, "in {text}");
}

#[test]
fn short_names_join_full_ones() {
    check("Ilona Varga spoke. Later Varga left.", &["Ilona Varga"]);
    check(
        "On Monday Chung Dong-young spoke. Later Chung left.",
        &["Chung Dong-young"],
    );
    check(
        "Enrique Saldaña Ruiz spoke. Enrique Saldaña left.",
        &["Enrique Saldaña Ruiz"],
    );
    check("On Monday ILONA VARGA spoke.", &["Ilona Varga"]);
}

#[test]
fn father_and_son_are_two() {
    check(
        "It was James Whitlock Jr. who met James Whitlock Sr. on the quay that day.",
        &["James Whitlock Jr.", "James Whitlock Sr."],
    );
}

#[test]
fn a_family_name_is_shared() {
    check(
        "Rasha and Dina Qteishat spoke.",
        &["Dina Qteishat", "Rasha Qteishat"],
    );
}

#[test]
fn kin_share_a_family_name_and_go_by_the_given_one() {
    check(
        "Rasha Qteishat and her sister Dina spoke. Later Qteishat left.",
        &["Rasha Qteishat", "Dina Qteishat: sister"],
    );
    check(
        "Karl Brandt met Paul Ruiz. Ruiz praised his friend, and his brother Karl.",
        &["Karl Brandt: brother", "Paul Ruiz"],
    );
    check(
        "On Monday O’Dowd and defenceman Marc Lajoie spoke.",
        &["Marc Lajoie: defenceman", "O’Dowd"],
    );
    let text = "Freddy Brandt met his brother Karl in town. Then Mr. Brandt left.";
    let parsed = Parsed::new(None, text);
    let last = parsed
        .mentions
        .iter()
        .rfind(|mention| mention.kind.is_name());
    let person = last.and_then(|mention| mention.person).unwrap();
    assert_eq!(parsed.persons.list[person as usize].name, "Freddy Brandt");
}

#[test]
fn names_are_whole() {
    check(
        "“Not yet,” María Fernanda Luján Soto said. Luján Soto left.",
        &["María Fernanda Luján Soto"],
    );
    check("Then Ramiro Tello Ix left.", &["Ramiro Tello Ix"]);
    check(
        "Then Norhayati binti Md Isa left.",
        &["Norhayati binti Md Isa"],
    );
    check("Later Prof. T. V. Varga left.", &["T. V. Varga"]);
    check("Then Jofre Puig i Mas left.", &["Jofre Puig i Mas"]);
    check(
        "Pieter van der Roe spoke. Van der Roe left.",
        &["Pieter van der Roe"],
    );
    check("Laurence H. Tribe spoke.", &["Laurence H. Tribe"]);
    check(
        "Michael Varga Jnr spoke. Later Mr Varga Jnr left.",
        &["Michael Varga Jnr"],
    );
    check(
        "Nguyen Thi Hoa spoke. Later Mrs Nguyen left.",
        &["Nguyen Thi Hoa"],
    );
}

#[test]
fn what_stands_before_a_name_is_none_of_it() {
    check("Nineteen-year-old Naomi Varga left.", &["Naomi Varga"]);
    check(
        "Then Union Secretary-Treasurer Karl Brandt left.",
        &["Karl Brandt: Union Secretary-Treasurer"],
    );
    check(
        "On Monday former secretary of state Rosa Lind spoke.",
        &["Rosa Lind: former secretary of state"],
    );
    check(
        "Later Health Minister Smt. Lalitha Varga spoke.",
        &["Lalitha Varga: Health Minister Smt."],
    );
    check(
        "Gesine Brandt, whose grandfather built it, spoke.",
        &["Gesine Brandt"],
    );
}

#[test]
fn a_headline_goes_on_behind_a_name() {
    check(
        "Ilona Varga Wins Harbour Primary\n\nIlona Varga spoke. Later Varga left.",
        &["Ilona Varga"],
    );
}

#[test]
fn a_word_before_a_family_name_is_no_given_name() {
    check(
        "Ilona Varga spoke of the tax. A fellow New Hampshire Varga veteran explained it.",
        &["Ilona Varga"],
    );
    check(
        "Will Varga Step Down Tomorrow?\n\nIlona Varga spoke. Later Varga left.",
        &["Ilona Varga"],
    );
}

#[test]
fn the_family_name_is_not_his_whom_the_given_name_calls() {
    let text = "Karl Brandt and Freddy Brandt own the yard. Freddy built it, Freddy kept it, and Freddy lost it. Then Brandt left.";
    let parsed = Parsed::new(None, text);
    let last = parsed
        .mentions
        .iter()
        .rfind(|mention| mention.kind.is_name());
    let person = last.and_then(|mention| mention.person).unwrap();
    assert_eq!(parsed.persons.list[person as usize].name, "Karl Brandt");
}

#[test]
fn titles_are_learned_from_both_sides() {
    check(
        "Ilona Varga, the harbour minister, spoke.",
        &["Ilona Varga: harbour minister"],
    );
    check(
        "Then Unification Minister Chung Dong-young spoke to us all at length.",
        &["Chung Dong-young: Unification Minister"],
    );
}

#[test]
fn aliases_without_marks() {
    check(
        "José Vilela Prado, known to all as Canhotinha, spoke. Later Canhotinha left.",
        &["José Vilela Prado"],
    );
    check(
        "Ana “Nana” da Conceição spoke. Later Conceição left.",
        &["Ana da Conceição"],
    );
}

#[test]
fn an_office_beside_a_name_is_learned() {
    check(
        "A dealer from Avezzano, Loris Bentivegna, buys it.",
        &["Loris Bentivegna: dealer", "Avezzano"],
    );
    check(
        "The director, ‘Spanner’ McIlwraith, will not.",
        &["McIlwraith: director"],
    );
    check(
        "On Monday the mayor (Rosa Lind) spoke.",
        &["Rosa Lind: mayor"],
    );
}

#[test]
fn half_a_double_name_is_another_one() {
    check(
        "Mrs Pettigrew had rung Claire Pettigrew-Lowe.",
        &["Claire Pettigrew-Lowe", "Pettigrew"],
    );
}

#[test]
fn titles_of_several_words_are_no_names() {
    check(
        "The minister, Datuk Seri Rosmah Idris, left.",
        &["Rosmah Idris: minister"],
    );
    check(
        "Leader of the opposition Mairead Keane accused him.",
        &["Mairead Keane: Leader of the opposition"],
    );
}

#[test]
fn a_body_is_nobody() {
    check("The head of the River Agency left.", &[]);
}

#[test]
fn kin_share_the_name_of_whose_they_are() {
    check(
        "Hamish Rennie met Iain Begg. Rennie’s sister Morag left.",
        &[
            "Hamish Rennie",
            "Iain Begg",
            "Morag Rennie: Rennie’s sister",
        ],
    );
}

#[test]
fn kin_bear_no_name_but_that_of_whose_they_are() {
    check(
        "Ann Day spoke of Trump’s daughter, Tiffany, and Trump left.",
        &["Ann Day", "Trump", "Tiffany Trump: Trump’s daughter"],
    );
    check(
        "Ann Day spoke. Then the mayor’s wife, Molly, left.",
        &["Ann Day", "Molly: mayor’s wife"],
    );
    check(
        "Ann Day spoke. Then a brother, Tom, left.",
        &["Ann Day", "Tom"],
    );
    check(
        "Ted Day spoke. The son, Luc, left.",
        &["Ted Day", "Luc Day: son"],
    );
}

#[test]
fn the_family_name_is_not_his_who_is_named_as_kin() {
    let text = "Karl Brandt spoke. So did his wife, Jane Brandt.\n\nThen Brandt left.";
    let parsed = Parsed::new(None, text);
    let last = parsed
        .mentions
        .iter()
        .rfind(|mention| mention.kind.is_name());
    let person = last.and_then(|mention| mention.person).unwrap();
    assert_eq!(parsed.persons.list[person as usize].name, "Karl Brandt");
}

#[test]
fn whose_voters_they_are_is_no_place() {
    check(
        "Ilona Varga spoke. A fellow New Hampshire Varga fan left.",
        &["Ilona Varga"],
    );
}

#[test]
fn a_letter_more_or_less_is_the_same_name() {
    check(
        "Jean Perrault spoke. Then Mr Perault left.",
        &["Jean Perrault"],
    );
    check(
        "Lew McCarran spoke. “Again,” says McCarrin.",
        &["Lew McCarran"],
    );
    check("Ana Reid spoke. Then Mr Reed left.", &["Ana Reid", "Reed"]);
    check(
        "Jean Perrault met Luc Perraut. Then Mr Perraul left.",
        &["Jean Perrault", "Luc Perraut", "Perraul"],
    );
}

#[test]
fn what_somebody_is_called_before_the_family_name_is_no_name() {
    check(
        "Roland Keene scored twice. Matchwinner Keene left. Man-of-the-match Keene sang.",
        &["Roland Keene"],
    );
    // Nobody bears the family name yet: it may be one.
    check("Walser Keene scored twice.", &["Walser Keene"]);
}

#[test]
fn a_name_after_aka_is_the_same_person() {
    check(
        "DJ Norman Cole - aka Flatboy Tim - sang. Flatboy Tim left. Cole stayed.",
        &["Norman Cole: DJ"],
    );
    check(
        "Ana Roe, also known as Mira Moth, sang. Later Mira Moth left.",
        &["Ana Roe"],
    );
}

#[test]
fn a_particle_may_open_a_sentence() {
    check(
        "Sheila van Holst Pellman spoke. Van Holst Pellman left.",
        &["Sheila van Holst Pellman"],
    );
}
