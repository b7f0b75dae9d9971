//! Names as bylines print them: split, and told from what is no name.

use super::words::{tidy, words};

/// Words before a name, in the languages of the press.
const BEFORE: [&str; 68] = [
    "by",
    "von",
    "vom",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "przez",
    "od",
    "text:",
    "text",
    "texte",
    "texto",
    "testo",
    "tekst",
    "fotos:",
    "author:",
    "author",
    "authors:",
    "autor:",
    "autorin:",
    "autoren:",
    "autor",
    "autorin",
    "autoren",
    "auteur",
    "auteur:",
    "autore:",
    "autore",
    "verfasst von",
    "geschrieben von",
    "erstellt von",
    "veröffentlicht von",
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "words by",
    "article by",
    "report by",
    "écrit par",
    "publié par",
    "rédigé par",
    "escrito por",
    "publicado por",
    "a cura di",
    "scritto da",
    "geplaatst door",
    "skrevet af",
    "skriven av",
    "автор:",
    "автор",
    "текст:",
    "от",
    "yazan:",
    "γράφει ο",
    "γράφει η",
    "redaktion:",
    "reporter:",
    "creator:",
    "autorin/autor",
    "autor/in",
    "autor:in",
    "text von",
    "blog beitrag von",
];

/// Words that no person is called by, alone or among others.
pub(super) const NOBODY: [&str; 64] = [
    "redaktion",
    "redaktionsteam",
    "redaction",
    "rédaction",
    "redacción",
    "redacao",
    "redação",
    "redazione",
    "redactie",
    "redakcja",
    "redakce",
    "redaksi",
    "redaktionen",
    "editor",
    "editors",
    "editorial",
    "staff",
    "team",
    "newsroom",
    "desk",
    "admin",
    "administrator",
    "administrateur",
    "webmaster",
    "user",
    "guest",
    "gast",
    "anonymous",
    "news",
    "online",
    "nachrichten",
    "magazin",
    "magazine",
    "zeitung",
    "gmbh",
    "ag",
    "inc",
    "ltd",
    "llc",
    "verlag",
    "media",
    "medien",
    "agentur",
    "agency",
    "agencias",
    "agences",
    "press",
    "presse",
    "http",
    "https",
    "www",
    "comments",
    "kommentare",
    "comment",
    "profile",
    "author",
    "autor",
    "updated",
    "aktualisiert",
    "min",
    "published",
    "uhr",
    "wordpress",
    "wordpressadmin",
];

/// Marks after which a byline says other things.
const ENDS: [&str; 12] = [
    " | ", " • ", " · ", " – ", " — ", " - ", "|", "•", "·", "\u{2022}", " @", " // ",
];

/// How sure it is that a text is made of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// A field for nothing else: JSON-LD's persons.
    Stated,
    /// An element marked as the author's name: pen names of one word are taken.
    Marked,
    /// A text where a name may stand.
    Open,
}

pub(super) fn extend(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        let folded = words(&name);
        if names.len() < 20 && !names.iter().any(|known| words(known) == folded) {
            names.push(name);
        }
    }
}

/// Tells a line that only says that a name follows.
pub(super) fn is_label(line: &str) -> bool {
    let lower = line.to_lowercase();
    let bare = lower.trim_end_matches([' ', ':']).trim_end_matches("(s)");
    BEFORE.iter().any(|word| word.trim_end_matches(':') == bare)
        || bare.ends_with(" von") && bare.len() < 24
        || bare.ends_with(" by") && bare.len() < 24
}

/// Takes words such as `By` and `Ein Kommentar von` off the start of a byline.
pub(super) fn without_label(text: &str) -> &str {
    let mut rest = text
        .trim()
        .trim_start_matches(['-', '–', '—', ' ', '\u{a0}']);
    loop {
        let lower = rest.to_lowercase();
        let cut = BEFORE
            .iter()
            .filter(|word| lower.starts_with(*word) && lower.len() == rest.len())
            .filter(|word| {
                let behind = rest.get(word.len()..).unwrap_or_default();
                word.ends_with(':') || behind.starts_with([' ', ':', '\u{a0}'])
            })
            .map(|word| word.len())
            .max();
        match cut.and_then(|cut| rest.get(cut..)) {
            Some(behind) => rest = behind.trim_start_matches([' ', ':', '\u{a0}']),
            None => break,
        }
    }
    // `Interview: Jane Roe`, `Text & Fotos: Jane Roe`.
    if let Some((label, name)) = rest.split_once(": ")
        && label.chars().count() <= 24
        && !name.trim().is_empty()
    {
        rest = name.trim();
    }
    // `Ein Gastbeitrag von Jane Roe`, `Un article de Jane Roe`.
    for (start, joint) in [
        ("Ein", " von "),
        ("Eine", " von "),
        ("Kommentar", " von "),
        ("Interview", " von "),
        ("Un", " de "),
        ("An", " by "),
        ("A", " by "),
    ] {
        if rest.split_whitespace().next() == Some(start)
            && let Some((_, name)) = rest.split_once(joint)
        {
            return name.trim();
        }
    }
    rest
}

/// Splits a byline into names. What does not look like the name of a person is left out, unless it is known
/// to be one.
pub(super) fn people(text: &str, trust: Trust, site: &[String]) -> Vec<String> {
    if text.len() > 1200 {
        return Vec::new();
    }
    let text = tidy(text);
    let mut rest = without_label(&text);
    if rest.contains("://") || rest.chars().count() > 300 {
        return Vec::new();
    }
    for end in ENDS {
        if let Some((start, _)) = rest.split_once(end)
            && !start.trim().is_empty()
        {
            rest = start;
        }
    }
    if trust != Trust::Stated {
        rest = before_date(rest);
    }
    let mut names = Vec::new();
    for piece in pieces(rest) {
        let piece = without_label(&without_brackets(&piece))
            .trim_matches([' ', ',', ';', ':', '/', '*', '–', '-', '\u{a0}'])
            .to_owned();
        let fits = match trust {
            Trust::Stated => is_filled(&piece) && !is_degree(&piece),
            Trust::Marked => is_filled(&piece) && !is_page_word(&piece),
            Trust::Open => is_person(&piece, site) && !is_page_word(&piece),
        };
        if fits {
            extend(&mut names, vec![piece]);
        }
    }
    names
}

/// Cuts a byline before its date: `Jane Roe am Samstag, 19. Okt`.
pub(super) fn before_date(text: &str) -> &str {
    let digit = text.find(|char: char| char.is_ascii_digit());
    let Some(before) = digit.and_then(|digit| text.get(..digit)) else {
        return text;
    };
    // A pen name may have a digit in it; a date begins a word.
    if !before.ends_with([' ', '(', ',']) {
        return text;
    }
    let mut rest = before.trim_end_matches([' ', '(', ',', '.']);
    while let Some((start, last)) = rest.rsplit_once(' ') {
        let word = last.trim_end_matches(['.', ',']);
        let joint = matches!(
            word,
            "am" | "on" | "um" | "le" | "el" | "den" | "il" | "at" | "-" | "–" | "·" | "|"
        );
        if !joint && !crate::date::names_time(word) {
            break;
        }
        rest = start.trim_end_matches([' ', ',']);
    }
    rest
}

/// Degrees that stand behind a name and a comma.
fn is_degree(text: &str) -> bool {
    let word: String = text
        .chars()
        .filter(|char| *char != '.')
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        word.as_str(),
        "phd" | "md" | "mba" | "rn" | "rd" | "jr" | "sr" | "esq" | "dds" | "ma" | "msc" | "ms"
    )
}

/// Words of the page itself where a name is expected.
fn is_page_word(text: &str) -> bool {
    let folded = words(text);
    let page = [
        "posted",
        "by",
        "on",
        "comments",
        "comment",
        "kommentare",
        "updated",
        "published",
        "follow",
        "share",
        "author",
        "autor",
        "autoren",
        "profile",
        "all",
        "posts",
        "view",
        "profil",
        "show",
        "zeige",
        "alle",
        "inhalte",
        "login",
        "http",
        "https",
        "unknown",
        "name",
    ];
    folded.is_empty() || folded.iter().any(|word| page.contains(&word.as_str()))
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![text.to_owned()];
    for mark in [
        ";", ",", "、", " / ", " and ", " und ", " et ", " y ", " e ", " & ", " og ", " och ",
        " и ", " i ", " ja ", " ve ", " And ", " with ", " mit ",
    ] {
        pieces = pieces
            .iter()
            .flat_map(|piece| piece.split(mark))
            .map(ToOwned::to_owned)
            .collect();
    }
    pieces
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '(' | '[' | '（' => depth = depth.saturating_add(1),
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(char),
            _ => {}
        }
    }
    out
}

fn is_filled(name: &str) -> bool {
    (2..=80).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !name.contains('@')
        && !name.starts_with("http")
}

/// Tells whether a text looks like the name of a person: two to five words that begin with capitals, in scripts
/// that have them, and none that only bodies and pages are called by.
fn is_person(name: &str, site: &[String]) -> bool {
    if !is_filled(name)
        || name.chars().any(|char| {
            char.is_ascii_digit()
                || matches!(char, '|' | '/' | '?' | '!' | '#' | '…' | '"' | '„' | '“')
        })
    {
        return false;
    }
    let folded = words(name);
    if !site.is_empty()
        && (folded == site || folded.len() > 1 && folded.iter().all(|word| site.contains(word)))
    {
        return false;
    }
    if folded.iter().any(|word| NOBODY.contains(&word.as_str())) {
        return false;
    }
    let parts: Vec<&str> = name.split_whitespace().collect();
    let cased = name
        .chars()
        .any(|char| char.is_lowercase() || char.is_uppercase());
    if !cased {
        // Chinese, Japanese and Korean names are short; those of India and Arabia have words.
        let letters = name.chars().filter(|char| char.is_alphabetic()).count();
        return if parts.len() == 1 {
            (2..=5).contains(&letters)
        } else {
            parts.len() <= 5
        };
    }
    if !(2..=5).contains(&parts.len()) {
        return false;
    }
    let capital = |part: &&str| {
        part.chars()
            .find(|char| char.is_alphabetic())
            .is_some_and(|char| !char.is_lowercase())
    };
    let particle = |part: &&str| part.chars().count() <= 4;
    parts.first().is_some_and(capital)
        && parts.last().is_some_and(capital)
        && parts.iter().all(|part| capital(part) || particle(part))
}
