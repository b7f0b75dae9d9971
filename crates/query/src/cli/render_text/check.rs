//! What became of each quotation of a text.

use std::collections::HashSet;
use std::io;

use super::super::numbers::grouped;
use super::super::render::Checking;
use super::super::terminal::{clean, joined, marked_line, wrapped};
use super::diff::changed;
use super::{LONGEST, Text, speaker};
use crate::{Checked, Diff, Match, Reason, Verdict};

impl Text<'_> {
    pub(super) fn write_check(&mut self, checking: &Checking<'_>) -> io::Result<()> {
        for (index, checked) in checking.check.quotations.iter().enumerate() {
            if index > 0 {
                writeln!(self.out)?;
            }
            self.checked(checked)?;
        }
        Ok(())
    }

    fn checked(&mut self, checked: &Checked) -> io::Result<()> {
        let verdict = match checked.verdict {
            Verdict::Exact => "exact",
            Verdict::Partial => "partial",
            Verdict::Altered => "altered",
            Verdict::OtherSpeaker => "another speaker",
            Verdict::NotFound => "not in this archive",
        };
        let denied =
            checked.reasons.contains(&Reason::Denied) && checked.verdict != Verdict::NotFound;
        let verdict = if denied {
            format!("{verdict}, but denied")
        } else {
            verdict.to_owned()
        };
        let by = checked.speaker.as_deref();
        let by = by
            .map(|name| format!(" — {}", clean(name)))
            .unwrap_or_default();
        let words = marked_line(self.look, &checked.text, &[], LONGEST);
        let head = format!("{}  “{words}”{by}", self.look.head(&verdict));
        writeln!(self.out, "{}", wrapped(self.look, 0, &head))?;
        let reasons = checked
            .reasons
            .iter()
            .map(|reason| in_words(*reason, checked));
        let reasons: Vec<String> = reasons.collect();
        if !reasons.is_empty() {
            writeln!(self.out, "{}", joined(self.look, 2, &reasons))?;
        }
        if checked.verdict == Verdict::NotFound && !checked.matches.is_empty() {
            writeln!(self.out, "  {}", self.look.dim("the nearest is"))?;
        }
        // Of the wordings of one utterance the first stands for all.
        let mut utterances = HashSet::new();
        let mut shown = 0_u64;
        for found in &checked.matches {
            let utterance = found.hits.first().and_then(|hit| hit.utterance());
            if utterance.is_none_or(|utterance| utterances.insert(utterance.earliest)) {
                self.place(checked, found)?;
            }
            shown = shown.saturating_add(1);
        }
        let more = checked.total.saturating_sub(shown);
        if more > 0 {
            let more = format!("… {} more", grouped(more));
            writeln!(self.out, "  {}", self.look.dim(&more))?;
        }
        Ok(())
    }

    fn place(&mut self, checked: &Checked, found: &Match) -> io::Result<()> {
        let Some(first) = found.hits.first() else {
            return Ok(());
        };
        writeln!(self.out, "  {}", self.look.head(&speaker(first)))?;
        if found.pieces.iter().all(Diff::is_same) {
            for hit in &found.hits {
                let line = marked_line(self.look, hit.quote(), hit.matches(), LONGEST);
                writeln!(self.out, "{}", wrapped(self.look, 4, &format!("“{line}”")))?;
            }
        } else {
            let mut whole = Diff::default();
            for piece in &found.pieces {
                whole.operations.extend(&piece.operations);
            }
            let line = changed(self.look, &found.quote, &checked.text, &whole);
            writeln!(self.out, "{}", wrapped(self.look, 4, &format!("“{line}”")))?;
        }
        let mut parts = self.known(first);
        let others = found.hits.iter().skip(1);
        parts.extend(others.map(|hit| hit.short_id().to_owned()));
        writeln!(self.out, "{}", joined(self.look, 4, &parts))
    }
}

/// Says a reason.
fn in_words(reason: Reason, checked: &Checked) -> String {
    let words = match reason {
        Reason::Negation => "a word that denies was put in, dropped or replaced",
        Reason::NegatedBefore => "a word that denies stands right before it",
        Reason::Number => "a number or currency is another",
        Reason::Part => "only a part of it stands there",
        Reason::Ellipsis => "words were left out, as marked",
        Reason::Brackets => "words were put in or replaced, as marked",
        Reason::Joined => "from several quotations of one article",
        Reason::Indirect => "in the words of a reporter, as indirect speech",
        Reason::Denied => "the article says that this was not said",
        Reason::OtherSpeaker => "somebody else said it",
        Reason::Unnamed => "the article does not name who said it",
        Reason::UnreadSpeaker => "the text names somebody, but not clearly who said it",
        Reason::Reordered => "its sentences stand there in another order",
        Reason::UnknownSpeaker => {
            let name = checked.speaker.as_deref().unwrap_or_default();
            return format!("nobody in this archive is called {}", clean(name));
        }
    };
    words.to_owned()
}
