//! Where patterns of words stand, given the positions of each word: one definition for finding and marking.

use whosaid_schema::may_begin;

/// One word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// This token.
    Is(String),
    /// Any token that begins so.
    Starts(String),
    /// Any token at most so many edits away.
    Near(String, u8),
}

impl Form {
    /// Tells whether a token is meant; `plain` when it keeps its endings, as in names.
    pub(crate) fn matches(&self, token: &str, plain: bool) -> bool {
        match self {
            Self::Is(text) => text == token,
            // A stem may be the stem of a word that begins otherwise: `ferri` of `ferry`.
            Self::Starts(text) => {
                token.starts_with(text.as_str()) && (plain || !may_begin(token, text))
            }
            Self::Near(text, distance) => {
                strsim::osa_distance(text, token) <= usize::from(*distance)
            }
        }
    }
}

/// Words in a row: each with its place after the first.
pub(crate) type Row = Vec<(u32, Form)>;

/// Rows that stand near each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    /// One row, or several with other words between them.
    pub(crate) rows: Vec<Row>,
    /// So many other words may stand between the rows, in total.
    pub(crate) gap: u32,
    /// The rows come in this order; else two rows may change places.
    pub(crate) ordered: bool,
    /// The patterns of which the rows are made, when these are none of one row: `"a b"~2 NEAR c`.
    pub(crate) inner: Option<Box<[Pattern; 2]>>,
}

impl Pattern {
    /// Makes the pattern of words in a row.
    pub(crate) fn row(row: Row) -> Self {
        Self {
            rows: vec![row],
            gap: 0,
            ordered: true,
            inner: None,
        }
    }

    /// Makes the pattern of two patterns with so many other words between them.
    pub(crate) fn near(left: Self, right: Self, gap: u32, ordered: bool) -> Self {
        let rows = left.rows.iter().chain(&right.rows).cloned().collect();
        let simple = left.rows.len() == 1 && right.rows.len() == 1;
        Self {
            rows,
            gap,
            ordered,
            inner: (!simple).then(|| Box::new([left, right])),
        }
    }

    /// Returns where the rows stand: for each match the first and last position of each row.
    ///
    /// `positions` gives the positions of each word in turn, sorted.
    pub(crate) fn find(&self, positions: &[&[u32]]) -> Vec<Vec<(u32, u32)>> {
        if let Some(inner) = &self.inner {
            return self.pairs(inner, positions);
        }
        let mut words = positions.iter();
        let rows: Vec<(Vec<u32>, u32)> = self
            .rows
            .iter()
            .map(|row| {
                let words: Vec<&[u32]> = words.by_ref().take(row.len()).copied().collect();
                let length = row.last().map_or(1, |(offset, _)| offset.saturating_add(1));
                (starts(row, &words), length)
            })
            .collect();
        let mut found = chains(&rows, self.gap);
        if !self.ordered && rows.len() == 2 {
            let turned: Vec<_> = rows.into_iter().rev().collect();
            found.extend(chains(&turned, self.gap));
        }
        found
    }

    /// Finds two patterns near each other, each with words of its own between its rows.
    fn pairs(&self, [left, right]: &[Self; 2], positions: &[&[u32]]) -> Vec<Vec<(u32, u32)>> {
        let (ours, theirs) = positions.split_at(left.rows.iter().map(Vec::len).sum());
        let (ours, theirs) = (left.find(ours), right.find(theirs));
        let follows = |first: &[(u32, u32)], second: &[(u32, u32)]| {
            let (Some((_, end)), Some((start, _))) = (first.last(), second.first()) else {
                return false;
            };
            start > end && start.saturating_sub(*end) <= self.gap.saturating_add(1)
        };
        let mut found = Vec::new();
        for left in &ours {
            for right in &theirs {
                if follows(left, right) || (!self.ordered && follows(right, left)) {
                    found.push([left.as_slice(), right].concat());
                }
            }
        }
        found
    }
}

/// Returns the positions at which all words of a row stand in their places.
fn starts(row: &Row, words: &[&[u32]]) -> Vec<u32> {
    let (Some((first, _)), Some(candidates)) = (row.first(), words.first()) else {
        return Vec::new();
    };
    candidates
        .iter()
        .filter_map(|position| position.checked_sub(*first))
        .filter(|start| {
            row.iter()
                .zip(words)
                .skip(1)
                .all(|((offset, _), positions)| {
                    // Positions of an archive from somebody else may be any number.
                    let place = start.checked_add(*offset);
                    place.is_some_and(|place| positions.binary_search(&place).is_ok())
                })
        })
        .collect()
}

/// Takes the earliest place of each next row: from a given start no other choice leaves fewer words between.
fn chains(rows: &[(Vec<u32>, u32)], gap: u32) -> Vec<Vec<(u32, u32)>> {
    let Some(((starts, length), rest)) = rows.split_first() else {
        return Vec::new();
    };
    starts
        .iter()
        .filter_map(|&start| {
            let mut next = start.saturating_add(*length);
            let mut chain = vec![(start, next.saturating_sub(1))];
            let mut between = 0_u32;
            for (starts, length) in rest {
                let start = *starts.get(starts.partition_point(|&at| at < next))?;
                between = start.saturating_sub(next).saturating_add(between);
                if between > gap {
                    return None;
                }
                next = start.saturating_add(*length);
                chain.push((start, next.saturating_sub(1)));
            }
            Some(chain)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds the rows in a text of blank-separated words.
    fn check(text: &str, rows: &[&str], gap: u32, ordered: bool, expected: usize) {
        let words: Vec<&str> = text.split(' ').collect();
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                (0..)
                    .zip(row.split(' ').map(|word| Form::Is(word.to_owned())))
                    .collect()
            })
            .collect();
        let positions: Vec<Vec<u32>> = rows
            .iter()
            .flatten()
            .map(|(_, form)| {
                (0..)
                    .zip(&words)
                    .filter(|(_, word)| form.matches(word, true))
                    .map(|(at, _)| at)
                    .collect()
            })
            .collect();
        let pattern = Pattern {
            rows,
            gap,
            ordered,
            inner: None,
        };
        let positions: Vec<&[u32]> = positions.iter().map(Vec::as_slice).collect();
        assert_eq!(pattern.find(&positions).len(), expected, "{text}");
    }

    #[test]
    fn rows_and_gaps() {
        check(
            "we miss one percent of one percent",
            &["one percent"],
            0,
            true,
            2,
        );
        check("fond old memories", &["fond", "memories"], 0, true, 0);
        check("fond old memories", &["fond", "memories"], 1, true, 1);
        check("memories so fond", &["fond", "memories"], 1, true, 0);
        check("memories so fond", &["fond", "memories"], 1, false, 1);
        check("a x b x c", &["a", "b", "c"], 1, true, 0);
        check("a x b x c", &["a", "b", "c"], 2, true, 1);
        check("a", &["a", "a"], 5, false, 0);
        check("a b a", &["a", "a"], 5, true, 1);
        check(
            "two words here one thing",
            &["two words", "one thing"],
            1,
            true,
            1,
        );
    }
}
