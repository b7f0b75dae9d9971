//! Word forms and what is known of them, for one lookup a token.
//!
//! Nearly all forms of news are ASCII and shorter than sixteen bytes. Such a form is one number: it is folded to
//! lower case, hashed and compared in a few instructions. The others, accented or long, are in a table of strings.

use rustc_hash::FxHashMap;

use crate::lexicon::Word;

/// Longest form that is kept as a number; the sixteenth byte is its length.
const SHORT: usize = 15;
/// Places of the table, about twice as many as the lists have short forms.
const SLOTS: usize = 1 << 16;
/// What comes when the table is as full as this goes to the strings, so that a search always ends.
const FULL: usize = SLOTS / 4 * 3;

/// A table of word forms: lower case, straight apostrophes, no final dot.
#[derive(Debug)]
pub(crate) struct Forms {
    /// At the hash of a form, or the next free place after it, the number of its entry plus one.
    slots: Vec<u16>,
    short: Vec<(u128, Word)>,
    other: FxHashMap<Box<[u8]>, Word>,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            slots: vec![0; SLOTS],
            short: Vec::new(),
            other: FxHashMap::default(),
        }
    }
}

impl Forms {
    /// Returns what is known of `form`, to be added to.
    pub(crate) fn entry(&mut self, form: &[u8]) -> &mut Word {
        let Some(key) = key_of(form) else {
            return self.other.entry(form.into()).or_default();
        };
        let (slot, found) = self.find(key);
        let at = match found {
            Some(at) => at,
            None if self.short.len() < FULL => {
                self.short.push((key, Word::default()));
                self.slots[slot] = self.short.len() as u16;
                self.short.len() - 1
            }
            None => return self.other.entry(form.into()).or_default(),
        };
        &mut self.short[at].1
    }

    /// Finds the entry of a key, and the place where its search ended.
    #[inline]
    fn find(&self, key: u128) -> (usize, Option<usize>) {
        let mut slot = hash(key);
        while let Some(at) = usize::from(self.slots[slot]).checked_sub(1) {
            if self.short[at].0 == key {
                return (slot, Some(at));
            }
            slot = (slot + 1) % SLOTS;
        }
        (slot, None)
    }

    /// Looks a form up exactly as it is.
    pub(crate) fn exact(&self, form: &[u8]) -> Word {
        if let Some(at) = key_of(form).and_then(|key| self.find(key).1) {
            return self.short[at].1;
        }
        self.other.get(form).copied().unwrap_or_default()
    }

    /// Looks up the form from `start` to `end` of `text`: in any case, with any apostrophe, with or without a
    /// final dot.
    #[inline]
    pub(crate) fn look_up(&self, text: &str, start: usize, end: usize) -> Word {
        let bytes = text.as_bytes();
        let mut end = end;
        if end > start + 1 && bytes[end - 1] == b'.' && !bytes[start..end - 1].contains(&b'.') {
            end -= 1;
        }
        match key_at(bytes, start, end) {
            Some(key) => match self.find(to_lower(key)).1 {
                Some(at) => self.short[at].1,
                None if self.short.len() < FULL => Word::default(),
                None => self.look_up_other(&text[start..end]),
            },
            None => self.look_up_other(&text[start..end]),
        }
    }

    /// Looks up a form that is long or not all ASCII.
    fn look_up_other(&self, form: &str) -> Word {
        let mut buffer = [0_u8; 32];
        if let Some(lower) = fold_plain(form, &mut buffer) {
            return self.exact(lower);
        }
        self.exact(form.to_lowercase().replace('’', "'").as_bytes())
    }
}

/// Folds a form whose only character outside ASCII is the curly apostrophe: Don’t → don't.
fn fold_plain<'b>(form: &str, buffer: &'b mut [u8; 32]) -> Option<&'b [u8]> {
    if form.len() > buffer.len() {
        return None;
    }
    let (mut len, mut rest) = (0, form.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix("’".as_bytes()) {
            buffer[len] = b'\'';
            rest = after;
        } else if byte.is_ascii() {
            buffer[len] = byte.to_ascii_lowercase();
            rest = after;
        } else {
            return None;
        }
        len += 1;
    }
    Some(&buffer[..len])
}

/// The number of a short ASCII form.
fn key_of(form: &[u8]) -> Option<u128> {
    key_at(form, 0, form.len())
}

/// The number of the form from `start` to `end`.
#[inline]
fn key_at(bytes: &[u8], start: usize, end: usize) -> Option<u128> {
    const HIGH: u128 = u128::from_le_bytes([0x80; 16]);
    let len = end - start;
    if len > SHORT {
        return None;
    }
    let key = if let Some(chunk) = bytes[start..].first_chunk::<16>() {
        u128::from_le_bytes(*chunk) & ((1 << (len * 8)) - 1)
    } else {
        let mut buffer = [0; 16];
        buffer[..len].copy_from_slice(&bytes[start..end]);
        u128::from_le_bytes(buffer)
    };
    (key & HIGH == 0).then_some(key | (len as u128) << 120)
}

/// Folds all capitals at once: a byte from `A` to `Z` gets the bit that makes it small.
#[inline]
fn to_lower(key: u128) -> u128 {
    const fn all(byte: u8) -> u128 {
        u128::from_le_bytes([byte; 16])
    }
    // No byte has its high bit, so no sum carries into the next one.
    let from_a = key + all(0x80 - b'A');
    let after_z = key + all(0x80 - b'Z' - 1);
    key | (from_a & !after_z & all(0x80)) >> 2
}

/// Mixes the two halves by multiplication and takes the best bits, the high ones.
#[inline]
fn hash(key: u128) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let (low, high) = (key as u64, (key >> 64) as u64);
    ((low ^ high.wrapping_mul(MIX).rotate_left(32)).wrapping_mul(MIX) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Classes;

    fn check(known: &[&str], form: &str, expected: bool) {
        let mut forms = Forms::default();
        for known in known {
            forms.entry(known.as_bytes()).classes.0 |= Classes::STRONG.0;
        }
        let around = format!("“{form}, said Roe of the harbour");
        let (start, end) = ("“".len(), "“".len() + form.len());
        let found = forms.look_up(&around, start, end).classes;
        assert_eq!(found.has(Classes::STRONG), expected, "{form} in {around}");
        let alone = forms.look_up(form, 0, form.len()).classes;
        assert_eq!(alone, found, "{form} alone");
    }

    #[test]
    fn forms_are_found_in_any_spelling() {
        check(&["said"], "said", true);
        check(&["said"], "SAID", true);
        check(&["sen"], "Sen.", true);
        check(&["u.s"], "U.S.", false);
        check(&["don't"], "Don’t", true);
        check(&["señor"], "SEÑOR", true);
        check(&["acknowledging"], "Acknowledging", true);
        check(&["counterclaiming"], "Counterclaiming", true);
        check(&["counter-claiming"], "counter-Claiming", true);
    }

    #[test]
    fn other_forms_are_not_found() {
        check(&["said"], "sai", false);
        check(&["said"], "said\0", false);
        check(&["said"], "[aid", false);
        check(&[], "", false);
    }

    #[test]
    fn no_form_is_lost_among_many() {
        let mut forms = Forms::default();
        let name = |at: usize| format!("form{at}");
        for at in 0..70_000 {
            forms.entry(name(at).as_bytes()).cue = (at % 7) as u8 + 1;
        }
        for at in 0..70_000 {
            let form = name(at);
            let cue = forms.look_up(&form, 0, form.len()).cue;
            assert_eq!(usize::from(cue), at % 7 + 1, "{form}");
        }
    }
}
