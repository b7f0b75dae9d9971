//! Words of the corpus as the documentation of the language groups them, by hand.

use crate::ast::Text;

/// One word of a text: all that finds it, and its letters in small, which beginnings are compared with.
pub(super) struct Word {
    pub(super) is: Vec<&'static str>,
    /// The letters as folded, one or more ways to read them.
    pub(super) letters: Vec<&'static str>,
}

/// What is written, the words it is, each with what finds it in a text (what it asks for first) and its letters.
type Entry = (
    &'static str,
    &'static [(&'static [&'static str], &'static [&'static str])],
);

/// The vocabulary; of two that begin alike the longer stands first.
pub(super) const VOCABULARY: &[Entry] = &[
    ("Ferry", &[(&["ferry"], &["ferry"])]),
    ("ferry", &[(&["ferry"], &["ferry"])]),
    ("ferries", &[(&["ferry"], &["ferries"])]),
    ("talked", &[(&["talk"], &["talked"])]),
    ("talking", &[(&["talk"], &["talking"])]),
    ("Talks", &[(&["talk"], &["talks"])]),
    ("talk", &[(&["talk"], &["talk"])]),
    ("planned", &[(&["plan"], &["planned"])]),
    ("plan", &[(&["plan"], &["plan"])]),
    ("hoping", &[(&["hope"], &["hoping"])]),
    ("hope", &[(&["hope"], &["hope"])]),
    ("governments", &[(&["government"], &["governments"])]),
    ("government", &[(&["government"], &["government"])]),
    ("govern", &[(&["govern"], &["govern"])]),
    ("business", &[(&["business"], &["business"])]),
    ("busy", &[(&["busy"], &["busy"])]),
    ("per cent", &[(&["percent"], &["percent"])]),
    ("percent", &[(&["percent"], &["percent"])]),
    ("%", &[(&["percent"], &["percent"])]),
    ("One", &[(&["1"], &["1", "one"])]),
    ("one", &[(&["1"], &["1", "one"])]),
    ("1", &[(&["1"], &["1"])]),
    ("twenty-one", &[(&["21"], &["21", "twenty", "one"])]),
    ("21", &[(&["21"], &["21"])]),
    (
        "long-term",
        &[(&["long"], &["long"]), (&["term"], &["term"])],
    ),
    ("long", &[(&["long"], &["long"])]),
    ("term", &[(&["term"], &["term"])]),
    ("co-operate", &[(&["cooperate"], &["cooperate"])]),
    ("cooperate", &[(&["cooperate"], &["cooperate"])]),
    ("don’t", &[(&["don't"], &["don't"])]),
    ("don't", &[(&["don't"], &["don't"])]),
    ("U.S.", &[(&["US", "us"], &["us"])]),
    ("US", &[(&["US", "us"], &["us"])]),
    ("us", &[(&["us"], &["us"])]),
    ("Café", &[(&["cafe"], &["cafe"])]),
    ("cafe", &[(&["cafe"], &["cafe"])]),
    ("Trump’s", &[(&["trump"], &["trump"])]),
    ("Trump", &[(&["trump"], &["trump"])]),
    ("東", &[(&["東"], &["東"])]),
    ("京", &[(&["京"], &["京"])]),
];

/// Reads a text word by word; of a query each word asks for one thing.
pub(super) fn read(text: &str, all: bool) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text;
    'text: while let Some(char) = rest.chars().next() {
        for (written, entry) in VOCABULARY {
            let ends = |after: &str| {
                !after.starts_with(char::is_alphanumeric)
                    || written.starts_with(['東', '京', '%'])
                    || after.starts_with(['東', '京'])
            };
            if let Some(after) = rest.strip_prefix(written).filter(|after| ends(after)) {
                words.extend(entry.iter().map(|(is, letters)| Word {
                    is: is[..if all { is.len() } else { 1 }].to_vec(),
                    letters: letters.to_vec(),
                }));
                rest = after;
                continue 'text;
            }
        }
        assert!(!char.is_alphanumeric(), "{char} in {text}");
        rest = &rest[char.len_utf8()..];
    }
    words
}

/// Where a text asked for stands among words: first word, and the word after the last.
pub(super) fn stands(words: &[Word], text: &Text) -> Vec<(usize, usize)> {
    match text {
        Text::Prefix(begun) => stands_in_row(words, &[], Some(&begun.to_lowercase()), 0),
        Text::Fuzzy(word, distance) => {
            let near = |is: &&str| strsim::osa_distance(word, is) <= usize::from(*distance);
            let found = words.iter().enumerate();
            found
                .filter(|(_, word)| word.is.iter().any(near) || word.letters[1..].iter().any(near))
                .map(|(at, _)| (at, at + 1))
                .collect()
        }
        Text::Word(asked) => stands_in_row(words, &read(asked, false), None, 0),
        Text::Phrase {
            words: asked,
            prefix: true,
            ..
        } => {
            let (before, begun) = asked.rsplit_once(' ').unwrap_or(("", asked));
            stands_in_row(words, &read(before, false), Some(&begun.to_lowercase()), 0)
        }
        Text::Phrase {
            words: asked, slop, ..
        } => stands_in_row(words, &read(asked, false), None, *slop as usize),
    }
}

/// Tries every way to put the words asked for on words of the text, in order, with so many others between.
fn stands_in_row(
    words: &[Word],
    asked: &[Word],
    begun: Option<&str>,
    slop: usize,
) -> Vec<(usize, usize)> {
    let fits = |at: usize, index: usize| match asked.get(index) {
        Some(asked) => words[at].is.contains(&asked.is[0]),
        None => begun.is_some_and(|begun| {
            words[at]
                .letters
                .iter()
                .any(|letters| letters.starts_with(begun))
        }),
    };
    let count = asked.len() + usize::from(begun.is_some());
    let mut found = Vec::new();
    // Places of the words so far, and the other words between them.
    let mut ways: Vec<(usize, usize, usize)> = (0..words.len())
        .filter(|&at| count > 0 && fits(at, 0))
        .map(|at| (at, at + 1, 0))
        .collect();
    for index in 1..count {
        let mut longer = Vec::new();
        for (start, end, between) in ways {
            for at in end..words.len() {
                if between + at - end <= slop && fits(at, index) {
                    longer.push((start, at + 1, between + at - end));
                }
            }
        }
        ways = longer;
    }
    found.extend(ways.into_iter().map(|(start, end, _)| (start, end)));
    found
}

/// Runs of letters and figures as they are written; each Chinese character is one.
pub(super) fn exact_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for char in text.chars() {
        if matches!(char, '東' | '京') {
            words.extend([char.to_string(), String::new()]);
        } else if char.is_alphanumeric() {
            words.last_mut().unwrap().push(char);
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Tells whether a text stands so, letter for letter.
pub(super) fn is_exactly(place: &str, text: &Text) -> bool {
    let plain = |text: &str| text.replace('’', "'");
    let asked = exact_words(text.words());
    let words = exact_words(place);
    match text {
        Text::Word(_)
        | Text::Phrase {
            slop: 0,
            prefix: false,
            ..
        } => {
            // Punctuation counts; nothing of a word is left over at the ends.
            let (place, asked) = (plain(place), plain(text.words()));
            let joins = |char: Option<char>, edge: Option<char>| {
                let inside = |char: char| char.is_alphanumeric() && !matches!(char, '東' | '京');
                char.is_some_and(inside) && edge.is_some_and(inside)
            };
            place.match_indices(&asked).any(|(at, _)| {
                let (before, after) = (&place[..at], &place[at + asked.len()..]);
                !joins(before.chars().next_back(), asked.chars().next())
                    && !joins(after.chars().next(), asked.chars().next_back())
            })
        }
        Text::Prefix(_) | Text::Phrase { prefix: true, .. } => {
            let (last, before) = asked.split_last().unwrap();
            words
                .windows(asked.len())
                .any(|row| row[..before.len()] == *before && row[before.len()].starts_with(last))
        }
        Text::Phrase { slop, .. } => {
            let mut ways: Vec<(usize, usize)> = (0..words.len())
                .filter(|&at| words[at] == asked[0])
                .map(|at| (at + 1, 0))
                .collect();
            for word in &asked[1..] {
                ways = ways
                    .into_iter()
                    .flat_map(|(end, between)| {
                        let places = (end..words.len()).filter(|&at| words[at] == *word);
                        places.map(move |at| (at + 1, between + at - end))
                    })
                    .filter(|&(_, between)| between <= *slop as usize)
                    .collect();
            }
            !ways.is_empty()
        }
        Text::Fuzzy(..) => panic!("no such query is made"),
    }
}
