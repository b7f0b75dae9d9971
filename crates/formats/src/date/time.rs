use chrono::{FixedOffset, NaiveTime};

use super::words::{Words, is_letter};

/// A time of day, with its offset from UTC when one is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// `None` when no time is stated, or one that no clock shows.
    pub(super) time: Option<NaiveTime>,
    pub(super) offset: Option<FixedOffset>,
}

/// Reads what stands behind a date: nothing, or a time of day, as in `T10:20:30+02:00`, ` at 10:20 a.m. EST`,
/// `, 10.20 Uhr`, ` 10時20分`. `None` when it is anything else.
pub(super) fn behind_date(words: &mut Words<'_>) -> Option<Clock> {
    year_word(words);
    bracket(words);
    words.rest = words.rest.trim_start_matches(is_joint);
    if words.rest.is_empty() {
        return Some(Clock {
            time: None,
            offset: None,
        });
    }
    let clock = clock(words)?;
    words
        .rest
        .trim_matches(is_joint)
        .is_empty()
        .then_some(clock)
}

fn is_joint(char: char) -> bool {
    matches!(
        char,
        ',' | '،' | '-' | '–' | '—' | '|' | '@' | '•' | '·' | '/' | ';' | '.' | ':' | '、'
    ) || char.is_whitespace()
        || matches!(char, '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Skips what some languages write behind a year: `2017 г.`, `2017 року`, `31 d.`.
fn year_word(words: &mut Words<'_>) {
    let marked = words.any_word(&["г", "года", "год", "р", "року", "d", "m", "eko", "г.", "й"]);
    if let Some(rest) = words.rest.strip_prefix('.').filter(|_| marked) {
        words.rest = rest;
    }
}

/// Skips a short remark in brackets: the day of the week, or the name of a zone.
fn bracket(words: &mut Words<'_>) {
    let rest = words.blanks();
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']')] {
        if let Some(inner) = rest.strip_prefix(open)
            && let Some((remark, behind)) = inner.split_once(close)
            && remark.len() <= 48
        {
            words.rest = behind;
            return;
        }
    }
}

/// Reads a time of day.
pub(super) fn clock(words: &mut Words<'_>) -> Option<Clock> {
    let mut ahead = *words;
    // ISO 8601 sets a bare T between day and time; prose sets `at`, `um`, `kl.`, `o godz.`.
    let afternoon = joint_words(&mut ahead);
    let hour = ahead.number().filter(|hour| hour.digits <= 2);
    let Some(hour) = hour else {
        return compact(words);
    };
    let parted = ahead
        .mark(&[':', '.', '：', 'h', 'H', '時', '时', '点', '點', '시', ';'])
        .is_some();
    let minute = if parted {
        ahead.number().filter(|minute| minute.digits == 2)
    } else {
        None
    };
    if minute.is_none() && !parted && !hour_word(ahead) {
        return None;
    }
    ahead.mark(&['分', '분']);
    let mut second = 0;
    let mut nanos = 0;
    if minute.is_some()
        && let Some(rest) = ahead.rest.strip_prefix([':', '.'])
    {
        let mut further = ahead;
        further.rest = rest;
        if further.rest.starts_with(|char: char| char.is_ascii_digit())
            && let Some(number) = further.number().filter(|number| number.digits == 2)
        {
            second = number.value;
            ahead = further;
            if let Some(rest) = ahead.rest.strip_prefix(['.', ','])
                && rest.starts_with(|char: char| char.is_ascii_digit())
            {
                ahead.rest = rest;
                nanos = fraction(&mut ahead);
            }
        }
    }
    let mut hours = hour.value;
    if let Some(late) = half_of_day(&mut ahead).or(afternoon) {
        hours = match (late, hours) {
            (true, 1..=11) => hours.saturating_add(12),
            (false, 12) => 0,
            _ => hours,
        };
    }
    let Zone(offset) = zone(&mut ahead)?;
    *words = ahead;
    let time = NaiveTime::from_hms_nano_opt(
        hours,
        minute.map_or(0, |minute| minute.value),
        second,
        nanos,
    );
    Some(Clock { time, offset })
}

/// `102030Z` of ISO 8601's short form.
fn compact(words: &mut Words<'_>) -> Option<Clock> {
    let mut ahead = *words;
    ahead.literal("T");
    let digits = ahead
        .digits(6)
        .filter(|number| matches!(number.digits, 4 | 6))?;
    let value = if digits.digits == 4 {
        digits.value.checked_mul(100)?
    } else {
        digits.value
    };
    let Zone(offset) = zone(&mut ahead)?;
    let time = NaiveTime::from_hms_opt(value / 10_000, value / 100 % 100, value % 100)?;
    *words = ahead;
    Some(Clock {
        time: Some(time),
        offset,
    })
}

/// Skips up to two short words before a number; tells whether they say which half of the day it is.
fn joint_words(words: &mut Words<'_>) -> Option<bool> {
    let mut half = None;
    for _ in 0..3 {
        let (word, rest) = words.letters();
        if word.is_empty() || word.chars().count() > 7 {
            break;
        }
        match word {
            "오전" | "上午" | "午前" => half = Some(false),
            "오후" | "下午" | "午後" => half = Some(true),
            _ => {}
        }
        words.rest = rest.trim_start_matches(is_joint);
    }
    words.rest = words.rest.trim_start_matches(is_joint);
    half
}

/// `10 Uhr`, `10am`.
fn hour_word(words: Words<'_>) -> bool {
    let (word, _) = words.letters();
    matches!(
        word.to_lowercase().as_str(),
        "uhr" | "am" | "pm" | "a" | "p" | "h" | "hs" | "hrs"
    )
}

fn fraction(words: &mut Words<'_>) -> u32 {
    let digits = words.rest.bytes().take_while(u8::is_ascii_digit).count();
    let (text, rest) = words.rest.split_at(digits);
    words.rest = rest;
    let nanos = format!("{text:0<9}");
    nanos
        .get(..9)
        .and_then(|nanos| nanos.parse().ok())
        .unwrap_or(0)
}

fn half_of_day(words: &mut Words<'_>) -> Option<bool> {
    let rest = words.blanks();
    for (text, late) in [
        ("a.m.", false),
        ("p.m.", true),
        ("a. m.", false),
        ("p. m.", true),
        ("am", false),
        ("pm", true),
        ("A.M.", false),
        ("P.M.", true),
        ("AM", false),
        ("PM", true),
        ("Am", false),
        ("Pm", true),
    ] {
        if let Some(rest) = rest.strip_prefix(text)
            && !rest.starts_with(is_letter)
        {
            words.rest = rest;
            return Some(late);
        }
    }
    None
}

/// An offset from UTC; `None` when no zone is stated, or one whose offset is not certain.
struct Zone(Option<FixedOffset>);

/// Reads the zone behind a time; `None` when what follows is no zone.
fn zone(words: &mut Words<'_>) -> Option<Zone> {
    let mut offset = None;
    for _ in 0..4 {
        bracket(words);
        let (word, rest) = words.letters();
        if word.is_empty() {
            break;
        }
        if word.chars().count() > 7 {
            return None;
        }
        offset = offset.or(named_offset(word));
        words.rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    if let Some(Zone(signed)) = signed_offset(words) {
        offset = signed;
    }
    for _ in 0..2 {
        bracket(words);
        let (word, rest) = words.letters();
        if word.chars().count() > 5 {
            return None;
        }
        words.rest = rest;
    }
    Some(Zone(offset))
}

/// The zones of RFC 2822, section 4.3, and UTC; other abbreviations mean several zones.
fn named_offset(word: &str) -> Option<FixedOffset> {
    let hours: i32 = match word {
        "Z" | "z" | "UT" | "UTC" | "GMT" | "utc" | "gmt" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    FixedOffset::east_opt(hours.checked_mul(3600)?)
}

/// `+02:00`, `-0500`, `+02`; an offset that cannot be is none.
fn signed_offset(words: &mut Words<'_>) -> Option<Zone> {
    let mut ahead = *words;
    let west = ahead.mark(&['+', '-', '−'])? != '+';
    let number = ahead.digits(4)?;
    let (hours, minutes) = match number.digits {
        1 | 2 => {
            let minutes = ahead
                .rest
                .strip_prefix(':')
                .and_then(|rest| rest.split_at_checked(2))
                .and_then(|(minutes, rest)| Some((minutes.parse::<u32>().ok()?, rest)));
            if let Some((minutes, rest)) = minutes {
                ahead.rest = rest;
                (number.value, minutes)
            } else {
                (number.value, 0)
            }
        }
        4 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    *words = ahead;
    // No zone is further from UTC than Kiritimati's +14.
    if hours > 14 || minutes >= 60 {
        return Some(Zone(None));
    }
    let seconds = hours.saturating_mul(60).saturating_add(minutes);
    let seconds = seconds.saturating_mul(60) as i32;
    Some(Zone(if west {
        FixedOffset::west_opt(seconds)
    } else {
        FixedOffset::east_opt(seconds)
    }))
}
