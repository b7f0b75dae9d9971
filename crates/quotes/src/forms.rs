//! Word forms and what is known of them, for one lookup a token.
//!
//! Nearly all forms of news are ASCII and shorter than sixteen bytes. Such a form is one number: it is folded to
//! lower case, hashed and compared in a few instructions. The others, accented or long, are in a table of strings.

use rustc_hash::FxHashMap;

use crate::lexicon::Word;
use crate::total::{Cut, Steps, Total};

/// Longest form that is kept as a number; the sixteenth byte is its length.
const SHORT: usize = 15;
/// Places of the table, about twice as many as the lists have short forms.
const SLOTS: usize = 1 << 16;
/// What comes when the table is as full as this goes to the strings, so that a search always ends.
const FULL: usize = SLOTS / 4 * 3;

/// The tag of a place where nothing stands.
const FREE: u8 = 0;

/// A short ASCII form in lower case, as a number: its bytes from the lowest on, its length in the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u128);

impl Key {
    /// Makes the key of a form whose `len` bytes, at most [`SHORT`], are the lowest of `small`, the others nought.
    #[inline]
    pub(crate) fn of_small(small: u128, len: usize) -> Key {
        Key(small | (len as u128) << 120)
    }

    /// Shows the form to `read`.
    #[inline]
    fn with_form<T>(self, read: impl FnOnce(&[u8]) -> T) -> T {
        let bytes = self.0.to_le_bytes();
        read(bytes.cut(..usize::from(bytes[SHORT])))
    }
}

/// A table of word forms: lower case, straight apostrophes, no final dot.
///
/// A form stands at the place its hash says, or the next free one after it.
#[derive(Debug)]
pub(crate) struct Forms {
    /// For each place a byte of the hash of the form that stands there, or [`FREE`]. Most words of news are in no
    /// list: these few bytes tell so, and stay in the caches that the forms themselves would not fit.
    tags: Box<[u8; SLOTS]>,
    /// For each place the form and what is known of it.
    short: Box<[(Key, Word); SLOTS]>,
    taken: usize,
    other: FxHashMap<Box<[u8]>, Word>,
    unknown: Word,
}

impl Default for Forms {
    #[expect(clippy::expect_used, reason = "a list is as long as it was made")]
    fn default() -> Self {
        let made = "the table is as long as it was made";
        let free = (Key(0), Word::default());
        Self {
            tags: vec![FREE; SLOTS].try_into().expect(made),
            short: vec![free; SLOTS].try_into().expect(made),
            taken: 0,
            other: FxHashMap::default(),
            unknown: Word::default(),
        }
    }
}

impl Forms {
    /// Returns what is known of `form`, to be added to.
    pub(crate) fn entry(&mut self, form: &[u8]) -> &mut Word {
        let Some(key) = key_of(form) else {
            return self.other.entry(form.into()).or_default();
        };
        let slot = match self.find(key) {
            Ok(slot) => slot,
            Err(_) if self.taken == FULL => return self.other.entry(form.into()).or_default(),
            Err(free) => {
                self.taken = self.taken.plus(1);
                self.tags.change(free, |tag| *tag = hash(key).1);
                free
            }
        };
        match self.short.get_mut(slot) {
            Some(short) => {
                short.0 = key;
                &mut short.1
            }
            None => self.other.entry(form.into()).or_default(),
        }
    }

    /// Finds the place of a key, or else the free one where its search ended.
    #[inline]
    fn find(&self, key: Key) -> Result<usize, usize> {
        let (mut slot, tag) = hash(key);
        loop {
            let here = *self.tags.at(slot);
            if here == tag && self.short.get(slot).is_some_and(|short| short.0 == key) {
                return Ok(slot);
            }
            if here == FREE {
                return Err(slot);
            }
            slot = slot.wrapping_add(1) % SLOTS;
        }
    }

    /// Changes what is known of each form, in no order.
    pub(crate) fn for_each(&mut self, change: impl Fn(&[u8], &mut Word)) {
        let places = self.tags.iter().zip(self.short.iter_mut());
        for (_, (key, word)) in places.filter(|place| *place.0 != FREE) {
            key.with_form(|form| change(form, word));
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "what becomes of a form depends on no other"
        )]
        for (form, word) in &mut self.other {
            change(form, word);
        }
    }

    /// Looks a form up exactly as it is.
    pub(crate) fn exact(&self, form: &[u8]) -> &Word {
        match key_of(form) {
            Some(key) => self.get(key),
            None => self.other.get(form).unwrap_or(&self.unknown),
        }
    }

    /// Looks up the form from `start` to `end` of `text`: in any case, with any apostrophe, with or without a
    /// final dot.
    #[inline]
    pub(crate) fn look_up(&self, text: &str, start: usize, end: usize) -> &Word {
        let bytes = text.as_bytes();
        let mut end = end;
        // A dot alone is a form of its own.
        if let [first @ .., b'.'] = bytes.cut(start..end)
            && !first.is_empty()
            && !first.contains(&b'.')
        {
            end = end.less(1);
        }
        match key_at(bytes, start, end) {
            Some(key) => self.get(to_lower(key)),
            None => self.look_up_other(text.cut(start..end)),
        }
    }

    /// Looks a short form up.
    #[inline]
    pub(crate) fn get(&self, key: Key) -> &Word {
        let (slot, tag) = hash(key);
        match (*self.tags.at(slot), self.short.get(slot)) {
            (here, Some(short)) if here == tag && short.0 == key => &short.1,
            (FREE, _) if self.taken < FULL => &self.unknown,
            _ => self.search(key),
        }
    }

    /// Looks a short form up that does not stand in its first place, as most do: apart, so that those who look up
    /// keep their registers.
    #[inline(never)]
    fn search(&self, key: Key) -> &Word {
        match self.find(key) {
            Ok(slot) => self.short.get(slot).map_or(&self.unknown, |short| &short.1),
            Err(_) if self.taken == FULL => self.look_up_full(key),
            Err(_) => &self.unknown,
        }
    }

    /// Looks a short form up that came when the table was full.
    #[cold]
    fn look_up_full(&self, key: Key) -> &Word {
        let found = key.with_form(|form| self.other.get(form));
        found.unwrap_or(&self.unknown)
    }

    /// Looks up a form that is long or not all ASCII.
    fn look_up_other(&self, form: &str) -> &Word {
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
            *buffer.get_mut(len)? = b'\'';
            rest = after;
        } else if byte.is_ascii() {
            *buffer.get_mut(len)? = byte.to_ascii_lowercase();
            rest = after;
        } else {
            return None;
        }
        len = len.plus(1);
    }
    Some(buffer.cut(..len))
}

/// The number of a short ASCII form.
fn key_of(form: &[u8]) -> Option<Key> {
    key_at(form, 0, form.len())
}

/// So many bytes in bits.
#[inline]
fn bits(bytes: usize) -> u32 {
    (bytes as u32).times(8)
}

/// A number with all the bits of so many bytes, the lowest ones.
#[inline]
fn lowest(bytes: usize) -> u128 {
    !u128::MAX.unbounded_shl(bits(bytes))
}

/// The number of the form from `start` to `end`.
#[inline]
fn key_at(bytes: &[u8], start: usize, end: usize) -> Option<Key> {
    const HIGH: u128 = u128::from_le_bytes([0x80; 16]);
    let len = end.less(start);
    if len > SHORT {
        return None;
    }
    let key = if let Some(chunk) = bytes.cut(start..).first_chunk::<16>() {
        u128::from_le_bytes(*chunk) & lowest(len)
    } else {
        load(bytes.cut(start..end))
    };
    (key & HIGH == 0).then(|| Key::of_small(key, len))
}

/// The bytes of a form as a number, the first one the lowest; of those behind the sixteenth nothing.
#[inline]
fn load(form: &[u8]) -> u128 {
    let len = form.len();
    if let (Some(first), Some(last)) = (form.first_chunk(), form.last_chunk()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        // Where the two overlap they are the same.
        return u128::from(first) | u128::from(last) << bits(len.min(16).less(8));
    }
    if let (Some(first), Some(last)) = (form.first_chunk(), form.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u128::from(u64::from(first) | u64::from(last) << bits(len.less(4)));
    }
    let bytes = form.iter().rev();
    u128::from(bytes.fold(0_u32, |all, &byte| all << 8 | u32::from(byte)))
}

const fn all(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// Marks the capitals among ASCII bytes, each by its highest bit.
#[inline]
fn capitals(ascii: u128) -> u128 {
    // No byte has its high bit, so no sum carries into the next one.
    let from_a = ascii.wrapping_add(all(0x80 - b'A'));
    let after_z = ascii.wrapping_add(all(0x80 - b'Z' - 1));
    from_a & !after_z & all(0x80)
}

/// Folds all capitals at once: each gets the bit that makes it small.
#[inline]
fn to_lower(Key(key): Key) -> Key {
    Key(key | capitals(key) >> 2)
}

/// Tells where the last capital of a form ends, 0 for none, if the form is short, ASCII and without a dot or an accent.
#[inline]
pub(crate) fn plain_capitals(form: &[u8]) -> Option<usize> {
    if form.len() > 16 {
        return None;
    }
    let key = load(form);
    let end = |capitals: u64| {
        let last = capitals.checked_ilog2();
        last.map_or(0, |last| (last as usize / 8).plus(1))
    };
    let low = capitals_of_plain(key as u64)?;
    // Most words end within the first half.
    let high = if form.len() > 8 {
        capitals_of_plain((key >> 64) as u64)?
    } else {
        0
    };
    Some(if high == 0 {
        end(low)
    } else {
        end(high).plus(8)
    })
}

/// Eight times the same byte.
pub(crate) const fn eight_of(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Marks the capitals among eight bytes, each by its highest bit, if all are ASCII and none a dot or an accent.
#[inline]
fn capitals_of_plain(eight: u64) -> Option<u64> {
    // A byte turns nought where the mark stands, and only there borrows its high bit.
    let has = |mark: u8| {
        let marks = eight ^ eight_of(mark);
        marks.wrapping_sub(eight_of(1)) & !marks
    };
    let odd = (eight | has(b'.') | has(b'`')) & eight_of(0x80);
    let from_a = eight.wrapping_add(eight_of(0x80 - b'A'));
    let after_z = eight.wrapping_add(eight_of(0x80 - b'Z' - 1));
    (odd == 0).then_some(from_a & !after_z & eight_of(0x80))
}

/// The place of a key and its tag: the two halves are mixed by multiplication, whose best bits are the high ones.
#[inline]
fn hash(Key(key): Key) -> (usize, u8) {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let (low, high) = (key as u64, (key >> 64) as u64);
    let hash = (low ^ high.rotate_left(29)).wrapping_mul(MIX);
    ((hash >> 48) as usize, (hash >> 40) as u8 | 1)
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
    fn the_last_capital_is_found() {
        for (form, expected) in [
            ("", Some(0)),
            ("roe", Some(0)),
            ("Roe", Some(1)),
            ("McRoe", Some(3)),
            ("ROE", Some(3)),
            ("Varga", Some(1)),
            ("Lindqvist", Some(1)),
            ("Lindqvist-DaRosa", Some(13)),
            ("Lindqvist-DaRosas", None),
            ("J.R", None),
            ("Łukasz", None),
        ] {
            assert_eq!(plain_capitals(form.as_bytes()), expected, "{form}");
        }
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
