//! Looks at the start of a JSON file: what its records are.

use super::cut::Place;
use crate::Field;
use crate::common::Channel;
use crate::names::{SUMMARY, usual};

/// Keys under which interfaces and exports put lists of articles.
const LISTS: [&[u8]; 16] = [
    b"articles",
    b"content",
    b"data",
    b"docs",
    b"documents",
    b"entries",
    b"hits",
    b"items",
    b"list",
    b"news",
    b"posts",
    b"records",
    b"results",
    b"rows",
    b"stories",
    b"value",
];

/// Levels at which lists of records are looked for: `{"response": {"docs": [{`.
const DEPTH: usize = 3;

/// What the start of a file shows.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The first value goes over several lines.
    pub(super) spread: bool,
    /// Where the records are.
    pub(super) place: Place,
    /// What a JSON Feed says of all its items.
    pub(super) channel: Option<Channel>,
}

/// An object or list that is open.
struct Level<'a> {
    list: bool,
    /// The key whose value comes; for a list, the key it is under.
    key: &'a [u8],
    expecting: bool,
}

/// A list of objects, and what the first of them has.
#[derive(Default)]
struct Candidate {
    path: Vec<Vec<u8>>,
    usual: bool,
    text: bool,
    head: bool,
}

impl Candidate {
    fn is_list_of_articles(&self) -> bool {
        self.usual || self.text && self.head
    }
}

/// Looks at the first bytes of a file; they may end anywhere.
pub(super) fn survey(head: &[u8]) -> Survey {
    let mut found = Survey::default();
    let mut stack: Vec<Level<'_>> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    // The candidate whose first object is open, and how deep that lies.
    let mut first: Option<(usize, usize)> = None;
    let mut has_text = false;
    let mut channel = Channel::default();
    let mut is_feed = false;
    let mut rest = head.trim_ascii_start();
    while let [byte, behind @ ..] = rest {
        rest = behind;
        match byte {
            b'\n' => found.spread = true,
            b'"' => {
                let Some((string, behind)) = split_string(behind) else {
                    break;
                };
                // A line break in a string: lines of JSON, the first of which is broken.
                if string.contains(&b'\n') {
                    break;
                }
                rest = behind;
                let depth = stack.len();
                match stack.last_mut() {
                    Some(level) if level.expecting => {
                        level.key = string;
                        if let Some((index, from)) = first
                            && depth == from
                            && let Some(candidate) = candidates.get_mut(index)
                        {
                            note(candidate, string);
                        }
                    }
                    Some(level) if depth == 1 && !level.list => {
                        let known = std::str::from_utf8(level.key).ok().and_then(usual);
                        has_text |= known.is_some_and(|known| {
                            known.field == Field::Text && known.rank < SUMMARY
                        });
                        is_feed |= level.key == b"version" && contains(string, b"jsonfeed.org");
                        channel_field(&mut channel, level.key, string);
                    }
                    _ => {}
                }
            }
            b',' => {
                if let Some(level) = stack.last_mut() {
                    level.expecting = !level.list;
                }
            }
            b':' => {
                if let Some(level) = stack.last_mut() {
                    level.expecting = false;
                }
            }
            opening @ (b'{' | b'[') => {
                if *opening == b'{'
                    && first.is_none()
                    && let Some(candidate) = candidate(&stack)
                    && !candidates.iter().any(|known| known.path == candidate.path)
                {
                    first = Some((candidates.len(), stack.len().saturating_add(1)));
                    candidates.push(candidate);
                }
                let key = stack.last().map_or(&b""[..], |level| level.key);
                let list = *opening == b'[';
                stack.push(Level {
                    list,
                    key: if list { key } else { b"" },
                    expecting: !list,
                });
            }
            b'}' | b']' => {
                first = first.filter(|(_, from)| stack.len() > *from);
                stack.pop();
                if stack.is_empty() {
                    break;
                }
            }
            _ => {}
        }
    }
    if !has_text {
        let usual = candidates
            .iter()
            .position(|candidate| candidate.usual && (candidate.text || candidate.head));
        let chosen = usual.or_else(|| candidates.iter().position(Candidate::is_list_of_articles));
        found.place.path = chosen.map(|index| candidates.swap_remove(index).path);
    }
    found.channel = is_feed.then_some(channel);
    found
}

/// Returns the list that an object which starts here is the first of, if it may be one of articles.
fn candidate(stack: &[Level<'_>]) -> Option<Candidate> {
    let (list, around) = stack.split_last()?;
    if !list.list
        || around.is_empty()
        || around.len() > DEPTH
        || around.iter().any(|level| level.list)
    {
        return None;
    }
    Some(Candidate {
        path: around.iter().map(|level| level.key.to_vec()).collect(),
        usual: LISTS
            .iter()
            .any(|usual| list.key.eq_ignore_ascii_case(usual)),
        ..Candidate::default()
    })
}

/// Notes a key of the first object of a list.
fn note(candidate: &mut Candidate, key: &[u8]) {
    match std::str::from_utf8(key)
        .ok()
        .and_then(usual)
        .map(|usual| usual.field)
    {
        Some(Field::Text) => candidate.text = true,
        Some(Field::Title | Field::Date | Field::Url) => candidate.head = true,
        _ => {}
    }
}

fn channel_field(channel: &mut Channel, key: &[u8], string: &[u8]) {
    let slot = match key {
        b"title" => &mut channel.title,
        b"language" => &mut channel.lang,
        _ => return,
    };
    let text = std::str::from_utf8(string).ok();
    *slot = text.and_then(|text| serde_json::from_str(&format!("\"{text}\"")).ok());
}

/// Splits what starts inside a string: what is in it, and what follows its end.
fn split_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0_usize;
    loop {
        let found = at.saturating_add(memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?);
        if let (string, [b'"', behind @ ..]) = bytes.split_at_checked(found)? {
            return Some((string, behind));
        }
        at = found.saturating_add(2);
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}
