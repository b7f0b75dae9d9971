//! Turns of transcripts and interviews: paragraphs that begin with who speaks and a colon.

use memchr::memchr;
use rustc_hash::FxHashSet;
use whosaid_model::Span;

use crate::find::split_first_word;
use crate::lexicon::{Classes, Lexicon};
use crate::marks::addresses;
use crate::paragraph::trim;
use crate::stream::lookup;
use crate::total::{Cut, Steps, Total};

/// Longest label, in bytes: `The Parliamentary Under-Secretary of State, Department for Transport (Baroness Roe of Hill) (Con):`
const LABEL: usize = 112;

/// What a paragraph says as a turn: its words, without label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) paragraph: u32,
    pub(crate) words: Span,
    /// Has no label and carries on the turn before.
    pub(crate) carries_on: bool,
}

/// What stands before a colon in the line-ups of sport.
const LINE_UP: [&str; 20] = [
    "Assists",
    "Attendance",
    "Booked",
    "Bookings",
    "Conversions",
    "Goals",
    "Linesmen",
    "Officials",
    "Penalties",
    "Referee",
    "Referees",
    "Replacements",
    "Reserves",
    "Scorers",
    "Sent off",
    "Subs",
    "Substitutes",
    "Tries",
    "Umpire",
    "Umpires",
];

/// Finds the turns of a text; a single label is no transcript, except a question or an answer.
pub(crate) fn find_turns(text: &str, paragraphs: &[Span]) -> Vec<Turn> {
    let mut labels: Vec<(u32, &str, Span)> = Vec::new();
    let mut stopped: Vec<(u32, &str, Span)> = Vec::new();
    let mut above: Option<&str> = None;
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        let before = above.take();
        if let Some((label, words)) = label(text, paragraph) {
            labels.push((index as u32, label, words));
            continue;
        }
        above = label_alone(text, paragraph);
        let unmarked = || !is_marked(paragraph.of(text).unwrap_or_default());
        if let Some(label) = before.filter(|_| unmarked()) {
            labels.push((index as u32, label, paragraph));
        } else if let Some((label, words)) = stopped_label(text, paragraph) {
            stopped.push((index as u32, label, words));
        }
    }
    // Q. Coach, what changed? ¶ ODILE ROE: The goalkeeper.
    let asked = || {
        let asks = |label: &(u32, &str, Span)| matches!(label.1, "Q" | "A");
        labels.len() > 1 && stopped.len() > 1 && stopped.iter().all(asks)
    };
    if is_transcript(&stopped) || asked() {
        labels.extend(stopped);
        labels.sort_unstable_by_key(|label| label.0);
    }
    // In a transcript somebody speaks twice; in a round of voices every label says more than the name
    // (Ffion ap Huw, 35, teacher). A list of candidates and their counts does neither.
    let mut names = FxHashSet::default();
    let repeated = labels.iter().any(|label| !names.insert(name_of(label.1)));
    let capitals = labels
        .iter()
        .filter(|label| {
            label
                .1
                .chars()
                .filter(|char| char.is_alphabetic())
                .take(6)
                .all(char::is_uppercase)
                && label.1.len() > 3
        })
        .count();
    let described = labels.iter().filter(|label| label.1.contains(',')).count();
    let sentences = labels
        .iter()
        .filter(|label| is_speech(text, label.2))
        .count();
    let places = labels.iter().filter(|label| is_place(label.1)).count();
    let by_place = places >= 3 && places.times(2) > labels.len();
    if !(repeated || described >= 3 || capitals >= 3)
        || sentences.times(3) < labels.len().times(2)
        || by_place
    {
        return find_answers(text, paragraphs);
    }
    let mut turns: Vec<Turn> = Vec::new();
    let first = labels.first().map_or(0, |label| label.0);
    let last = labels.last().map_or(0, |label| label.0);
    let dense = labels.len().times(2) > last.less(first).plus(1) as usize;
    let mut labels = labels.iter().peekable();
    for index in first..=last.max(first) {
        let paragraph = *paragraphs.at(index);
        if let Some(&(_, _, words)) = labels.next_if(|label| label.0 == index) {
            turns.push(Turn {
                paragraph: index,
                words,
                carries_on: false,
            });
        } else if dense && index < last && carries_on(text, paragraph) {
            turns.push(Turn {
                paragraph: index,
                words: paragraph,
                carries_on: true,
            });
        }
    }
    turns
}

/// Fewest questions of an interview without labels.
const QUESTIONS: usize = 3;

/// Longest question without a label, in bytes.
const QUESTION: usize = 400;

/// Finds the turns of an interview whose questions stand in bold type, and nobody’s name before question or answer:
/// **Do you drink tap water?** ¶ Of course. What else would I drink?
fn find_answers(text: &str, paragraphs: &[Span]) -> Vec<Turn> {
    let asked: Vec<(u32, Span)> = (0..)
        .zip(paragraphs)
        .filter_map(|(index, &paragraph)| Some((index, bold(text, paragraph)?)))
        .collect();
    let asks = |(_, words): &&(u32, Span)| words.of(text).is_some_and(|words| words.ends_with('?'));
    let questions = asked.iter().filter(asks).count();
    if questions < QUESTIONS || questions.times(2) < asked.len() {
        return Vec::new();
    }
    let (first, last) = (asked.first(), asked.last());
    let bounds = first
        .zip(last)
        .map_or(0..0, |(first, last)| first.0..last.0.plus(2));
    let mut asked = asked.iter().peekable();
    let mut turns: Vec<Turn> = Vec::new();
    let mut answers = false;
    for (index, &paragraph) in (0_u32..).zip(paragraphs) {
        if !bounds.contains(&index) {
            continue;
        }
        let question = asked
            .next_if(|(at, _)| *at == index)
            .map(|(_, words)| *words);
        turns.push(Turn {
            paragraph: index,
            words: question.unwrap_or(paragraph),
            carries_on: question.is_none() && answers,
        });
        answers = question.is_none();
    }
    turns
}

/// The words of a paragraph that is all in bold type: **And the fish?**
fn bold(text: &str, paragraph: Span) -> Option<Span> {
    let inside = paragraph.of(text)?.strip_prefix("**")?.strip_suffix("**")?;
    let plain = inside.len() <= QUESTION && !inside.contains(['*', ':']);
    let words = Span::new(paragraph.start.plus(2), paragraph.end.less(2));
    plain
        .then(|| trim(text, words))
        .filter(|words| !words.is_empty())
}

/// Tells whether labels that end in a full stop are those of a transcript: two speak by turns, and one of them twice.
fn is_transcript(labels: &[(u32, &str, Span)]) -> bool {
    let mut names = FxHashSet::default();
    let repeated = labels.iter().any(|label| !names.insert(label.1));
    let first = labels.first().map_or("", |label| label.1);
    repeated && labels.iter().any(|label| label.1 != first)
}

/// The label without what stands in brackets or behind a dash: Ana Roe (Minister for Ferries) and Ana Roe -- Chief
/// Executive are later Ana Roe.
fn name_of(label: &str) -> &str {
    if !label.bytes().any(|byte| matches!(byte, b'(' | b'[' | b'-')) {
        return label;
    }
    let end = [" (", " [", " -- "]
        .iter()
        .find_map(|mark| label.find(mark));
    label.cut(..end.unwrap_or(label.len()))
}

/// Tells whether a label is the name of a paper or an office: The Herald, The Chair.
fn is_outlet(label: &str) -> bool {
    let asks = Classes::ORG_HEAD.or(Classes::OFFICE).or(Classes::BODY);
    label
        .strip_prefix("The ")
        .and_then(|rest| rest.split(' ').next())
        .is_some_and(|word| {
            word.starts_with(char::is_uppercase) && lookup(Lexicon::get(), word).classes.has(asks)
        })
}

/// Tells words somebody may have spoken from an entry of a list: three words and more, a question, or a short answer.
fn is_speech(text: &str, words: Span) -> bool {
    let words = words.of(text).unwrap_or_default();
    words.split_whitespace().count() >= 3 && words.chars().any(char::is_lowercase)
        || words.ends_with(['?', '!'])
        || is_answer(words)
}

/// Yes. · No, sir. · I will. · Thank you. Not: Jane Roe. · 45 percent.
fn is_answer(words: &str) -> bool {
    let Some(words) = words.strip_suffix(['.', '…']) else {
        return false;
    };
    let last = words.rsplit(' ').next().unwrap_or_default();
    let first = words.split([' ', ',']).next().unwrap_or_default();
    let answers = matches!(
        first,
        "Yes"
            | "No"
            | "Yeah"
            | "Nope"
            | "Right"
            | "Correct"
            | "Okay"
            | "OK"
            | "Sure"
            | "Never"
            | "Exactly"
            | "Absolutely"
            | "Sustained"
            | "Overruled"
            | "Objection"
            | "Thanks"
    );
    let speaks = first.starts_with(char::is_uppercase) && last.starts_with(char::is_lowercase);
    !words.contains(|char: char| char.is_ascii_digit()) && (answers || speaks && first != last)
}

/// Marks that open words inside a turn.
const MARKS: [char; 4] = ['“', '"', '«', '„'];

/// A paragraph between turns is speech unless it is a stage direction or a report with marks of its own.
fn carries_on(text: &str, paragraph: Span) -> bool {
    let words = paragraph.of(text).unwrap_or_default();
    // I once had a patient who fled whenever her owner said “lovely”.
    let own = words.split(MARKS).next().unwrap_or_default();
    let marked = own.len() < words.len();
    let spoken = words.ends_with('?') && !marked || own.split_whitespace().take(12).any(addresses);
    !words.starts_with(['(', '[', '*', '#']) && words.ends_with(['.', '!', '?', '…']) && spoken
}

/// Oregon: Family leave has been expanded. What is told of one place after the other is said by none.
fn is_place(label: &str) -> bool {
    let small = label.contains(char::is_lowercase);
    let known = if label.contains(' ') {
        Lexicon::get().phrase(&label.to_lowercase())
    } else {
        lookup(Lexicon::get(), label).classes
    };
    small && known.has(Classes::PLACE)
}

/// Splits a paragraph into label and words, if it begins with a label.
fn label(text: &str, paragraph: Span) -> Option<(&str, Span)> {
    let inside = paragraph.of(text)?;
    // Most begin with a letter, and with no label.
    let lead = if inside.starts_with(|char: char| char.is_ascii_alphabetic()) {
        inside
    } else {
        after_time(inside.trim_start_matches(['*', '_', '-', '–', '—', ' ', '•']))
    };
    let colon = memchr(b':', lead.as_bytes().cut(..lead.len().min(LABEL)))?;
    let label = lead.cut(..colon).trim_end_matches(['*', '_', ' ']);
    let rest = lead.cut(colon.plus(1)..).trim_start_matches(['*', '_']);
    if rest.is_empty() || !rest.starts_with([' ', '\u{a0}', '\t']) {
        return None;
    }
    let words = trim(
        text,
        Span::new(paragraph.end.less(rest.len()), paragraph.end),
    );
    let spoken = words.of(text)?;
    let marked = is_marked(spoken);
    (!marked && !words.is_empty() && is_label(label)).then_some((label, words))
}

/// The label that a paragraph is, above the words: ELISE ROE, HOST: ¶ Good morning.
fn label_alone(text: &str, paragraph: Span) -> Option<&str> {
    let inside = paragraph.of(text).filter(|inside| inside.len() <= LABEL)?;
    let label = inside.trim_end_matches(['*', '_']).strip_suffix(':')?;
    let label = label.trim_start_matches(['*', '_']);
    is_label(label).then_some(label)
}

/// Tells a word that may stand before a name in capitals: Senator ROE.
fn is_title(word: &str) -> bool {
    let known = lookup(Lexicon::get(), word).classes;
    word.starts_with(char::is_uppercase) && known.has(Classes::HONORIFIC.or(Classes::OFFICE))
}

/// Tells whether a text begins with two capitals.
fn in_capitals(text: &str) -> bool {
    text.chars()
        .take(2)
        .filter(|char| char.is_uppercase())
        .count()
        > 1
}

/// Splits a paragraph whose label ends in a full stop or a dash, as in parliaments and courts: SEN. ROE. Thank you ·
/// Q. And then? · ROE – Never.
fn stopped_label(text: &str, paragraph: Span) -> Option<(&str, Span)> {
    let inside = paragraph.of(text)?;
    if !inside.starts_with(|char: char| char.is_ascii_uppercase()) {
        return None;
    }
    // A first word in small letters that is neither an article nor shortened is no label.
    let small = inside.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase);
    if small && !inside.starts_with("The ") {
        let (first, next) = split_first_word(inside)?;
        if !(first.ends_with('.') || in_capitals(next) && is_title(first)) {
            return None;
        }
    }
    let lexicon = Lexicon::get();
    let mut end = 0_usize;
    let mut words = inside.split(' ').peekable();
    let label = loop {
        let word = words.next()?;
        end = end.plus(word.len());
        if end > LABEL {
            return None;
        }
        let bare = word.strip_suffix('.');
        let form = bare.unwrap_or(word);
        let capitals = form.starts_with(char::is_uppercase)
            && !form.contains(char::is_lowercase)
            && form.chars().filter(|char| char.is_alphabetic()).count() > 1;
        let named = words.peek().is_some_and(|next| in_capitals(next));
        let title = || {
            let known = lookup(lexicon, form).classes;
            form == "The"
                || bare.is_some() && known.has(Classes::HONORIFIC)
                || named && is_title(form)
        };
        let asks = bare.is_some() && matches!(form, "Q" | "A") && end == word.len();
        let last = asks || bare.is_some() && capitals && !(title() && named);
        if last {
            break inside.cut(..end.less(1));
        }
        let dash = words.peek().filter(|next| matches!(**next, "–" | "—"));
        if let Some(dash) = dash.filter(|_| capitals) {
            let label = inside.cut(..end);
            end = end.plus(dash.len().plus(1));
            break label;
        }
        if !(capitals || title()) {
            return None;
        }
        end = end.plus(1);
    };
    let words = trim(text, Span::new(paragraph.start.plus(end), paragraph.end));
    let spoken = words.of(text)?;
    (!spoken.is_empty() && !is_marked(spoken)).then_some((label, words))
}

/// Tells words with marks of their own: Osei: “Never.” and Osei: “Never,” on Monday; not Osei: “Never” is a big word.
fn is_marked(spoken: &str) -> bool {
    let mut chars = spoken.chars();
    let closing: &[char] = match chars.next() {
        Some('“' | '„') => &['”', '“', '"'],
        Some('"') => &['"', '”'],
        Some('‘' | '\'') => &['’', '\''],
        Some('«') => &['»'],
        Some('「') => &['」'],
        _ => return false,
    };
    let rest = chars.as_str();
    let closes = |&(at, mark): &(usize, &str)| {
        let after = rest.cut(at.plus(mark.len())..).chars().next();
        !after.is_some_and(char::is_alphanumeric)
    };
    match rest.match_indices(closing).find(closes) {
        Some((at, mark)) => {
            at.plus(mark.len()) == rest.len()
                || rest.ends_with(closing)
                || rest
                    .cut(..at)
                    .ends_with(['.', ',', '!', '?', '…', '—', '–'])
        }
        // Carried on in the next paragraph.
        None => true,
    }
}

/// Skips the time stamp of a recording: [00:14] Host: · (1:02:30) Roe: · 00:14 Roe:
pub(crate) fn after_time(lead: &str) -> &str {
    if !lead.starts_with(|char: char| char.is_ascii_digit() || "[(".contains(char)) {
        return lead;
    }
    let stamp = lead.find(|char: char| !(char.is_ascii_digit() || "[]().,:-– ".contains(char)));
    let (stamp, rest) = lead.split_at(stamp.unwrap_or(0));
    let digits = stamp.bytes().filter(u8::is_ascii_digit).count();
    let time = stamp.contains(':') && (3..=6).contains(&digits) && stamp.ends_with(' ');
    if time { rest } else { lead }
}

fn is_label(label: &str) -> bool {
    let lexicon = Lexicon::get();
    // How a letter begins.
    if matches!(label, "Sir" | "SIR" | "Madam" | "Sirs") || label.starts_with("Dear ") {
        return false;
    }
    // Subs: Everard for Maple, Hodge for Edge. A line-up has no speakers.
    if LINE_UP.contains(&label) {
        return false;
    }
    if matches!(
        label,
        "Q" | "A" | "Q." | "A." | "Question" | "QUESTION" | "Answer" | "ANSWER"
    ) {
        return true;
    }
    if label.is_empty()
        || label.contains(['.', '“', '"', '?', '!', '/'])
            && !label.contains("Mr.")
            && !label.contains("Ms.")
            && !label.contains("Mrs.")
            && !label.contains("Dr.")
            && !label.contains(". ")
    {
        return false;
    }
    let mut capitals = 0_usize;
    let name = name_of(label);
    let most = if name.contains(',') { 10 } else { 7 };
    // What stands in brackets may be an office or how the words were spoken: Roe (laughing) · Roe [to the clerk]
    for (at, word) in name
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .enumerate()
    {
        if at > most {
            return false;
        }
        let known = lookup(lexicon, word).classes;
        if at == 0
            && known.has(
                Classes::NEVER_NAME
                    .or(Classes::FUNCTION)
                    .or(Classes::MONTH)
                    .or(Classes::WEEKDAY),
            )
            && !word.chars().all(char::is_uppercase)
            && !is_outlet(label)
        {
            return false;
        }
        if word.starts_with(char::is_uppercase) {
            capitals = capitals.plus(1);
        } else if !(known.has(
            Classes::PARTICLE
                .or(Classes::SOURCE_NOUN)
                .or(Classes::PREPOSITION)
                .or(Classes::CONJUNCTION),
        ) || name.split(',').skip(1).any(|part| part.contains(word))
            || word.starts_with(|char: char| char.is_ascii_digit()))
        {
            return false;
        }
    }
    capitals > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found = find_turns(text, &paragraphs(text));
        let words: Vec<&str> = found
            .iter()
            .map(|turn| turn.words.of(text).unwrap())
            .collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn labels_make_turns() {
        check(
            "KENT: Will you go?\nOSEI: Never in my life.\nKENT: Thank you.",
            &["Will you go?", "Never in my life.", "Thank you."],
        );
        check(
            "Q: Will you go?\nA: Never.\nQ: Why?",
            &["Will you go?", "Never.", "Why?"],
        );
    }

    #[test]
    fn what_is_told_of_places_is_no_transcript() {
        check(
            "Oregon: Family leave has been expanded this year.\nRhode Island: Employers may not ask about the past.\nOregon: Schools may not ask for passwords.\nDelaware: It has banned the trade in fins.",
            &[],
        );
    }

    #[test]
    fn line_ups_are_no_transcript() {
        check(
            "Subs: Everard for Maple, Hodge for Edge.\nReferee: A Lewis of Wales.\nSubs: Prior for Royce, Green for Dowd.",
            &[],
        );
    }

    #[test]
    fn short_answers_are_speech() {
        check(
            "MS. ROE: Were you there?\nMR. DAY: Yes.\nMS. ROE: Thank you.\nMR. DAY: I will.",
            &["Were you there?", "Yes.", "Thank you.", "I will."],
        );
        check(
            "Cast: Jane Roe.\nTime: 90 minutes.\nCast: Paul Day.\nTime: Two hours.",
            &[],
        );
    }

    #[test]
    fn labels_may_end_in_a_full_stop() {
        check(
            "THE CHAIR. You may proceed.\nSEN. ROE. How many are there?\nMr. KENT. There are ten.\nSEN. ROE. Where?",
            &[
                "You may proceed.",
                "How many are there?",
                "There are ten.",
                "Where?",
            ],
        );
        check(
            "Q. When did you see it?\nA. On Monday.\nQ. Not before?",
            &["When did you see it?", "On Monday.", "Not before?"],
        );
        check(
            "BRUSSELS. The talks failed.\nPARIS. So did these.\nA. Roe said so.\nROME. Nobody came.",
            &[],
        );
    }

    #[test]
    fn labels_of_other_forms() {
        check(
            "ROE – Will you go?\nKENT – Never.\nROE – Why?",
            &["Will you go?", "Never.", "Why?"],
        );
        check(
            "The Herald: Will you go?\nRoe (laughing): Never.\nThe Herald: Why?",
            &["Will you go?", "Never.", "Why?"],
        );
        check(
            "SEOUL – The talks failed.\nThey met for a day.\nPARIS – So did these.",
            &[],
        );
    }

    #[test]
    fn labels_may_stand_behind_the_time() {
        check(
            "[00:14] Host: Were you there?\n[00:19] Roe: I was under it.\n[01:02:30] Host: And then?",
            &["Were you there?", "I was under it.", "And then?"],
        );
        check("Sir: Your editor is wrong.\nSir: May I say so, too?", &[]);
    }

    #[test]
    fn one_colon_is_no_transcript() {
        check("Clinton: 547.\nSanders: 46.\nClinton: 2,316.", &[]);
        check(
            "Bush: Survive to S.C.\nRubio: Recover from the debate.\nKasich: Come in second.",
            &[],
        );
        check("Note: doors open at nine.\nThe plan: build more.", &[]);
        check("Osei: “Never.”\nKent: “Why?”\nOsei: “Go.”", &[]);
        check(
            "OSEI: “We will never go.” — debate on Friday.\nTHE FACTS: They went.\nOSEI: “Nobody asked me,” on Monday.",
            &[],
        );
    }
}
