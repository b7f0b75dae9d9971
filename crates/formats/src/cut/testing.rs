use std::ops::Range;

use super::{Cutter, Mark};

/// Cuts `bytes`, of which `step` more are shown each time; a record left open runs to the end.
pub(crate) fn cut_in_steps(
    cutter: &mut dyn Cutter,
    bytes: &[u8],
    step: usize,
) -> Vec<Range<usize>> {
    let mut records = Vec::new();
    let (mut seen, mut shown, mut start) = (0, 0, None);
    loop {
        let ended = shown == bytes.len();
        let (done, mark) = cutter.scan(&bytes[seen..shown], ended);
        seen += done;
        assert!(seen <= shown);
        match (mark, start) {
            (Some(Mark::Start), _) => start = Some(seen),
            (Some(Mark::End), Some(begin)) => {
                records.push(begin..seen);
                start = None;
            }
            (Some(Mark::End), None) => panic!("nothing is open"),
            (None, _) if !ended => shown = bytes.len().min(shown + step),
            (None, Some(begin)) if begin < bytes.len() => {
                let end = cutter.give_up(&bytes[begin..]);
                seen = end.map_or(bytes.len(), |end| begin + end);
                records.push(begin..seen);
                start = None;
                if end.is_none() {
                    return records;
                }
            }
            (None, _) => return records,
        }
    }
}
