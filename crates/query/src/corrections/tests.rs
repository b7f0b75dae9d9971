use std::fs;

use super::*;

/// Expects a text to be refused so.
#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = Corrections::parse(text).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.kind(), crate::ErrorKind::Corrections);
}

#[test]
fn faults_name_line_and_word() {
    refused(
        "[[alais]]\nnames = []",
        "line 1: \"alais\" is unknown here; try alias",
    );
    refused(
        "\n[[split]]\nperson = \"A\"",
        "line 3: \"person\" is unknown here; there is names",
    );
    refused(
        "[[alias]]\nnames = [\"A\"]",
        "line 1: this [[alias]] has no person",
    );
    refused(
        "[[merge]]\nperson = \"A\"",
        "line 1: this [[merge]] has no names",
    );
    refused(
        "[[alias]]\nperson = 7\nnames = [\"B\"]",
        "line 2: person is text in quotation marks, and not empty",
    );
    refused(
        "[[alias]]\nperson = \"A\"\nnames = [\n\"B\",\n\" \"]",
        "line 5: a name is text in quotation marks, and not empty",
    );
    refused(
        "[[alias]]\nperson = \"A\"\nnames = \"B\"",
        "line 3: names is a list: names = [\"Jane Roe\", \"J. Roe\"]",
    );
    refused(
        "alias = 1",
        "line 1: write [[alias]], and what it says below",
    );
    let same = "[[alias]]\nperson = \"A\"\nnames = [\"A\"]";
    refused(same, "line 1: \"A\" is given to itself");
    let two =
        "[[alias]]\nperson = \"A\"\nnames = [\"C\"]\n[[merge]]\nperson = \"B\"\nnames = [\"C\"]";
    refused(
        two,
        "line 4: \"C\" is given to \"B\", and in line 1 to \"A\"",
    );
    let circle =
        "[[alias]]\nperson = \"A\"\nnames = [\"B\"]\n[[merge]]\nperson = \"B\"\nnames = [\"A\"]";
    refused(
        circle,
        "line 4: \"A\" is given to \"B\", who in line 1 is given to \"A\"",
    );
    let both = "[[alias]]\nperson = \"A\"\nnames = [\"B\"]\n[[split]]\nnames = [\"A\", \"B\"]";
    refused(
        both,
        "line 4: \"A\" and \"B\" are split, but given to one person elsewhere",
    );
    let alone = "[[alias]]\nperson = \"A\"\nnames = [\"B\"]\n[[split]]\nnames = [\"B\"]";
    refused(
        alone,
        "line 4: \"B\" is split off, but in line 1 given to \"A\"",
    );
    let error = Corrections::parse("[[alias]]\nperson = \"A\nnames = []").unwrap_err();
    assert!(error.to_string().starts_with("line 2: "), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(
        Corrections::read(dir.path().join(FILE))
            .unwrap()
            .iter()
            .count(),
        0
    );
    let error = Corrections::read(dir.path()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with(&dir.path().display().to_string()),
        "{error}"
    );
    let path = dir.path().join(FILE);
    fs::write(&path, [0xff, 0xfe]).unwrap();
    let error = Corrections::read(&path).unwrap_err();
    assert!(error.to_string().contains(FILE), "{error}");
    fs::write(&path, "\n[[merge]]\n").unwrap();
    let error = Corrections::read(&path).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("corrections.toml, line 2: this [[merge]] has no person"),
        "{error}"
    );
}

#[test]
fn changes_keep_what_a_person_wrote() {
    let mut corrections = Corrections::default();
    corrections
        .alias("Jane Roe", &["The Mayor", "J. R."])
        .unwrap();
    corrections.split(&["Bob Roe", "Robert Roe"]).unwrap();
    corrections.merge("Jane Roe", &["Jane Bello"]).unwrap();
    let written = corrections.to_string();
    insta::assert_snapshot!(written, @r#"
    # Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
    # write here; it can be edited by hand.
    #
    # [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

    [[alias]]
    person = "Jane Roe"
    names = ["The Mayor", "J. R."]

    [[split]]
    names = ["Bob Roe", "Robert Roe"]

    [[merge]]
    person = "Jane Roe"
    names = ["Jane Bello"]
    "#);
    let commented = written.replace("\n[[split]]", "\n# Not the senator!\n[[split]]")
        + "\n# To be looked at: Karl Roe\n";
    let mut corrections = Corrections::parse(commented).unwrap();
    corrections.alias("Jane Roe", &["Madam Mayor"]).unwrap();
    corrections.merge("Ada Bello", &["J. R."]).unwrap();
    insta::assert_snapshot!(corrections, @r#"
    # Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
    # write here; it can be edited by hand.
    #
    # [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

    [[alias]]
    person = "Jane Roe"
    names = ["The Mayor", "Madam Mayor"]

    # Not the senator!
    [[split]]
    names = ["Bob Roe", "Robert Roe"]

    [[merge]]
    person = "Jane Roe"
    names = ["Jane Bello"]

    # To be looked at: Karl Roe

    [[merge]]
    person = "Ada Bello"
    names = ["J. R."]
    "#);
    corrections
        .take_back(&["The Mayor", "Madam Mayor", "Jane Bello", "J. R."])
        .unwrap();
    insta::assert_snapshot!(corrections, @r#"
    # Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
    # write here; it can be edited by hand.
    #
    # [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

    # Not the senator!
    [[split]]
    names = ["Bob Roe", "Robert Roe"]

    # To be looked at: Karl Roe
    "#);
    corrections.merge("Robert Roe", &["Bob Roe"]).unwrap();
    assert_eq!(corrections.iter().count(), 1);
    assert_eq!(corrections.person_of("Bob Roe"), Some("Robert Roe"));
    corrections.split(&["Bob Roe"]).unwrap();
    assert_eq!(corrections.person_of("Bob Roe"), None);
    let error = corrections.alias("Jane Roe", &["Jane Roe"]).unwrap_err();
    assert!(
        error.to_string().ends_with("being their own name"),
        "{error}"
    );
}

#[test]
fn a_file_is_written_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    let mut corrections = Corrections::read(&path).unwrap();
    corrections
        .alias("Jane Roe", &["J. “Jet” Roe", "J \"Jet\" R\\oe"])
        .unwrap();
    corrections.write(&path).unwrap();
    let read = Corrections::read(&path).unwrap();
    assert!(read.iter().eq(corrections.iter()));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    assert!(
        corrections
            .write(dir.path().join("gone/corrections.toml"))
            .is_err()
    );
}
