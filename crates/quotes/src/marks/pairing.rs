//! Pairing: which mark closes which, a paragraph at a time.

use smallvec::SmallVec;
use whosaid_model::Span;

use super::scan::{Mark, Side, opens_speech};
use super::{Run, Style};
use crate::paragraph::trim;
use crate::total::{Cut, Steps, Total};

/// The state of one paragraph's pairing.
pub(super) struct Pairing<'a> {
    pub(super) text: &'a str,
    pub(super) paragraph: Span,
    pub(super) index: u32,
    pub(super) runs: &'a mut Vec<Run>,
    /// The first run of the paragraph, before those of its marks: a turn or dialogue.
    pub(super) lead: usize,
    pub(super) main: Style,
    /// The style of the run that is open at the end of the paragraph before.
    pub(super) after_open: Option<Style>,
    /// Where the last of the paragraph's runs ends.
    pub(super) reach: Option<usize>,
    pub(super) between: Between,
}

impl<'a> Pairing<'a> {
    /// Begins with a paragraph whose marks are to be paired; its runs so far are those from `lead` on, none in another,
    /// in their order.
    pub(super) fn new(
        text: &'a str,
        paragraph: Span,
        index: u32,
        runs: &'a mut Vec<Run>,
        lead: usize,
        main: Style,
        after_open: Option<Style>,
    ) -> Self {
        Self {
            text,
            paragraph,
            index,
            lead,
            main,
            after_open,
            reach: runs.cut(lead..).iter().map(|run| run.outer.end).max(),
            between: Between::default(),
            runs,
        }
    }

    pub(super) fn pair(&mut self, marks: &[Mark]) {
        // The runs that are open, outermost first, as indices.
        let mut open: SmallVec<[usize; 4]> = SmallVec::new();
        let first = self.runs.len();
        for (at, mark) in marks.iter().enumerate() {
            let inner = open
                .iter()
                .rposition(|&run| self.runs.at(run).style == mark.style);
            match self.side(mark, inner.is_some(), marks.cut(at.plus(1)..), &open) {
                Some(Side::Open) => {
                    if let Some(depth) = inner {
                        if self.nests(mark, marks.cut(at.plus(1)..)) {
                            open.push(self.open(mark, Some(*open.at(depth))));
                            continue;
                        }
                        // A second opening mark: the first run lost its closing one.
                        for run in open.drain(depth..).rev() {
                            self.give_up(run, mark.start);
                        }
                    }
                    let around = open.last().copied();
                    open.push(self.open(mark, around));
                }
                Some(Side::Close) => {
                    if let Some(depth) = inner {
                        for run in open.drain(depth.plus(1)..) {
                            self.runs.change(run, |run| run.inside = Some(u32::MAX));
                        }
                        if let Some(run) = open.pop() {
                            self.close(run, mark);
                        }
                    } else {
                        self.open_lost(mark);
                    }
                }
                _ => {}
            }
        }
        for run in open.into_iter().rev() {
            if self.runs.at(run).inside.is_some() {
                self.runs.change(run, |run| run.inside = Some(u32::MAX));
            } else {
                self.give_up(run, self.paragraph.end);
            }
        }
        self.drop_void(first);
    }

    /// Ends a run without a closing mark before `end`; an apostrophe opened none where others mark speech: the work on ’bot
    /// nets was Roe’s, and ’bot nets are small.
    fn give_up(&mut self, run: usize, end: usize) {
        if self.runs.at(run).style == Style::Single && self.main != Style::Single {
            self.runs.change(run, |run| run.inside = Some(u32::MAX));
        } else {
            self.close_lost(run, end);
        }
    }

    /// Decides what a mark does here; `None` when it does nothing.
    fn side(&self, mark: &Mark, is_open: bool, rest: &[Mark], open: &[usize]) -> Option<Side> {
        if mark.style == Style::Single {
            return single_side(mark, is_open, rest, open);
        }
        // 12" and 6'2", also 6’2”
        let straight = mark.side == Side::Either && mark.end.less(mark.start) == 1;
        let inches = mark.before.is_some_and(char::is_numeric)
            && (straight && !is_open || mark.side != Side::Open && self.is_measure(mark));
        if inches && !mark.space_before {
            return None;
        }
        // Where spaces decide, they outweigh the shape: ”So be it,” and “So be it,“ are reversed marks.
        let can_open = mark.after.is_some_and(|char| !char.is_whitespace());
        let can_close = mark.before.is_some_and(|char| !char.is_whitespace());
        // ” … they are not like him,” Roe said: a mark at the start of a paragraph closes nothing in it.
        let leads = mark.before.is_none() && !is_open && closes_next(mark, rest);
        let closes = match mark.side {
            Side::Open => {
                is_open && can_close && (!can_open || !mark.space_before && mark.space_after)
            }
            Side::Close => !leads && (is_open || !can_open || !mark.space_before),
            Side::Either if is_open => {
                let reopens = can_open && !can_close
                    || mark.space_before
                        && !mark.space_after
                        && mark.before.is_some_and(char::is_whitespace);
                !reopens
            }
            Side::Either => can_close && !can_open || mark.space_after && !mark.space_before,
        };
        Some(if closes { Side::Close } else { Side::Open })
    }

    /// Tells whether a mark after a digit belongs to a measure: 6'2", a 12" pipe.
    fn is_measure(&self, mark: &Mark) -> bool {
        let inches = self
            .text
            .cut(self.paragraph.start..mark.start)
            .trim_end_matches(|char: char| char.is_ascii_digit());
        let feet = inches.strip_suffix(['\'', '’']);
        feet.is_some_and(|feet| feet.ends_with(|char: char| char.is_ascii_digit()))
    }

    /// Tells whether a double mark that opens within an open one is nested: two closing marks follow together
    /// or one after the other before anything opens.
    fn nests(&self, mark: &Mark, rest: &[Mark]) -> bool {
        if mark.before.is_none_or(|char| !char.is_whitespace()) || mark.side == Side::Either {
            return false;
        }
        let mut same = rest.iter().filter(|next| next.style == mark.style);
        matches!((same.next(), same.next()), (Some(one), Some(two))
            if one.side == Side::Close && two.side == Side::Close && !one.space_before
            && !self.text.cut(one.end..two.start).contains(['\n']))
    }

    /// Drops runs that begin in another and end behind it: «Go home. We are done” had no pair in either style.
    fn drop_crossing(&self, kept: &mut Vec<Run>, first: usize) {
        let leading = self.runs.cut(self.lead..first);
        // Where the runs end that are around the place, the innermost last.
        let mut ends: SmallVec<[usize; 8]> = SmallVec::new();
        kept.retain(|run| {
            let run = run.outer;
            while ends.last().is_some_and(|&end| end <= run.start) {
                ends.pop();
            }
            let from = leading.partition_point(|lead| lead.outer.end <= run.start);
            let to = leading.partition_point(|lead| lead.outer.start < run.end);
            // Those between the first and the last that it overlaps lie within it.
            let mut edges = [leading.get(from), leading.cut(..to).last()]
                .into_iter()
                .flatten();
            let crosses = ends.last().is_some_and(|&end| end < run.end)
                || from < to
                    && edges.any(|lead| !lead.outer.contains(run) && !run.contains(lead.outer));
            if !crosses {
                ends.push(run.end);
            }
            !crosses
        });
    }

    /// Notes that a run ends there.
    pub(super) fn reaches(&mut self, end: usize) {
        self.reach = self.reach.max(Some(end));
    }

    fn open(&mut self, mark: &Mark, around: Option<usize>) -> usize {
        self.reaches(mark.end);
        self.runs.push(Run {
            content: Span::new(mark.end, mark.end),
            outer: Span::new(mark.start, mark.end),
            paragraph: self.index,
            style: mark.style,
            closed: false,
            opened: true,
            carries_on: false,
            inside: around.map(|run| run as u32),
        });
        self.runs.len().less(1)
    }

    fn close(&mut self, run: usize, mark: &Mark) {
        self.reaches(mark.end);
        self.runs.change(run, |run| {
            run.content = trim(self.text, Span::new(run.content.start, mark.start));
            run.outer.end = mark.end;
            run.closed = true;
        });
    }

    /// Drops runs without a word and those that were given up, and settles which run is inside which.
    fn drop_void(&mut self, first: usize) {
        let text = self.text;
        let is_kept = |run: &Run| {
            // rock 'n' roll
            let letter = run.style == Style::Single && run.content.len() <= 1;
            let words = run.content.of(text).unwrap_or_default();
            run.inside != Some(u32::MAX) && !letter && words.chars().any(char::is_alphanumeric)
        };
        // In most paragraphs one run stands alone.
        if self.lead == first
            && let Some([run]) = self.runs.get_mut(first..)
        {
            run.inside = run.inside.filter(|&around| around == u32::MAX);
            if !is_kept(run) {
                self.runs.truncate(first);
            }
            return;
        }
        let mut kept: Vec<Run> = self.runs.drain(first..).filter(is_kept).collect();
        kept.sort_by_key(|run| (run.outer.start, std::cmp::Reverse(run.outer.end)));
        self.drop_crossing(&mut kept, first);
        let leading = self.runs.cut(self.lead..first);
        // The runs around the place, the innermost last.
        let mut around: SmallVec<[usize; 8]> = SmallVec::new();
        for at in 0..kept.len() {
            let outer = kept.at(at).outer;
            while around
                .last()
                .is_some_and(|&run| kept.at(run).outer.end <= outer.start)
            {
                around.pop();
            }
            // Within a run of the marks, else within the turn or dialogue that leads the paragraph.
            let within = |around: &Run| around.content.contains(outer);
            let turn = || {
                let behind = leading.partition_point(|lead| lead.outer.start <= outer.start);
                let index = behind.checked_sub(1)?;
                within(leading.at(index)).then_some(self.lead.plus(index))
            };
            let run = around.iter().rev().find(|&&run| within(kept.at(run)));
            let inside = run.map(|&run| first.plus(run)).or_else(turn);
            kept.change(at, |run| run.inside = inside.map(|index| index as u32));
            around.push(at);
        }
        self.runs.append(&mut kept);
    }
}

/// What stands between the last run and a mark that closes none, as far as it was looked at: the next such mark is
/// looked for from there on.
#[derive(Debug, Default)]
pub(super) struct Between {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The last colon or opening mark.
    pub(super) colon: Option<usize>,
    /// The first end of a sentence.
    pub(super) stop: Option<usize>,
    /// Bytes of the paragraph up to its last letter or digit, once that was looked for.
    pub(super) lettered: Option<usize>,
}

impl Between {
    /// Looks at what stands between two places; later ones must not end before.
    pub(super) fn look(&mut self, text: &str, start: usize, end: usize) {
        if start != self.start || end < self.end {
            let lettered = self.lettered;
            *self = Self {
                start,
                end: start,
                lettered,
                ..Self::default()
            };
        }
        let new = text.cut(self.end..end);
        let place = |at: usize| self.end.plus(at);
        self.colon = new.rfind([':', '“']).map(place).or(self.colon);
        self.stop = self.stop.or_else(|| new.find(['.', '!', '?']).map(place));
        self.end = end;
    }
}

/// Tells whether the next mark of its style closes what `mark` would open.
fn closes_next(mark: &Mark, rest: &[Mark]) -> bool {
    let next = rest.iter().find(|next| next.style == mark.style);
    next.is_some_and(|next| {
        next.side != Side::Open && !next.space_before && next.start > mark.end.plus(1)
    })
}

/// Decides for single marks, which double as apostrophes.
fn single_side(mark: &Mark, is_open: bool, rest: &[Mark], open: &[usize]) -> Option<Side> {
    if !is_open {
        // Nested in double marks or the article's own style; in other places a word in single marks is
        // taken too: it may be a title or a term, which is decided later.
        return opens_speech(mark).then_some(Side::Open);
    }
    if opens_speech(mark)
        && mark
            .before
            .is_none_or(|char| char.is_whitespace() || "(—–".contains(char))
    {
        return Some(Side::Open);
    }
    if !mark.space_after {
        return None;
    }
    let strong = |mark: &Mark| {
        mark.before
            .is_some_and(|char| ",.?!…;:)—–\"”".contains(char))
            || mark.after.is_none_or(|char| ",.;:?!)”\"—–".contains(char))
    };
    if strong(mark) {
        return Some(Side::Close);
    }
    // “the workers’ rights”: a plural's apostrophe, if a better closing mark follows before the next opening.
    let plural = mark.before.is_some_and(|char| char == 's' || char == 'S');
    let better = rest
        .iter()
        .take_while(|next| !(opens_speech(next) && next.before.is_none_or(char::is_whitespace)))
        .take_while(|next| next.style == Style::Single || open.len() < 2)
        .any(|next| next.style == Style::Single && next.space_after && next.side != Side::Open);
    (!(plural && better)).then_some(Side::Close)
}
