//! Speech over several paragraphs: one that ends open, and those that carry it on.

use whosaid_model::Span;

use super::lost::reported_until;
use super::{Run, Style};
use crate::total::{Cut, Steps, Total};

/// Most paragraphs without any mark between one that ends open and one that closes.
const BETWEEN: usize = 4;

/// How the paragraphs so far end.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// The style of the run that is open at the end of the paragraph before.
    pub(super) style: Option<Style>,
    /// Paragraphs without runs since that one.
    bare: usize,
}

impl Open {
    /// Takes in paragraph `index`, whose runs are those from `first` on: notes which of them carry on.
    pub(super) fn carry_on(
        &mut self,
        text: &str,
        paragraphs: &[Span],
        index: usize,
        first: usize,
        runs: &mut Vec<Run>,
    ) {
        let paragraph = *paragraphs.at(index);
        if runs.len() == first && self.style.is_some() && self.bare < BETWEEN {
            self.bare = self.bare.plus(1);
            return;
        }
        if let (Some(style), Some(run)) = (self.style, runs.get_mut(first))
            && run.style == style
            && run.outer.start == paragraph.start
        {
            run.carries_on |= self.bare == 0;
            if !run.opened && self.bare > 0 {
                let bare = index.less(self.bare)..index;
                fill(text, paragraphs, bare, style, first, runs);
            }
        }
        let last = runs.cut(first..).iter().rfind(|run| run.inside.is_none());
        self.style = last
            .filter(|run| !run.closed && run.outer.end == paragraph.end)
            .map(|run| run.style);
        self.bare = 0;
    }
}

/// Makes paragraphs without marks part of the speech around them: “One. ¶ Two. ¶ Three,” Roe said.
///
/// Where somebody is reported in one of them, none is: a closing mark was lost before, an opening one behind.
fn fill(
    text: &str,
    paragraphs: &[Span],
    bare: std::ops::Range<usize>,
    style: Style,
    first: usize,
    runs: &mut Vec<Run>,
) {
    let between = paragraphs.cut(bare.clone());
    if between
        .iter()
        .any(|&paragraph| reported_until(text, paragraph).is_some())
    {
        return;
    }
    let count = between.len();
    for run in runs.iter_mut().skip(first) {
        run.inside = run.inside.map(|around| around.plus(count as u32));
    }
    let filled = bare.zip(between).map(|(index, &paragraph)| Run {
        content: paragraph,
        outer: paragraph,
        paragraph: index as u32,
        style,
        closed: false,
        opened: false,
        carries_on: true,
        inside: None,
    });
    runs.change(first, |run| run.carries_on = true);
    runs.splice(first..first, filled);
}
