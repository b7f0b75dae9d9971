//! Sums of counts and numbers of values, which stop where their type ends.

/// Adds to a count.
pub(super) fn add(count: &mut u32, more: u32) {
    *count = count.saturating_add(more);
}

/// Returns a number for two values, the second of which is below `size`.
pub(super) fn pair(first: u32, size: u32, second: u32) -> u32 {
    first.saturating_mul(size).saturating_add(second)
}

/// Returns a number from 1 on for a value, and 0 for none.
pub(super) fn or_none(value: Option<u32>) -> u32 {
    value.map_or(0, |value| value.saturating_add(1))
}

/// Returns how many of the rising `edges` lie at or below a value.
pub(super) fn bin(value: f32, edges: &[f32]) -> u32 {
    edges.iter().take_while(|&&edge| value >= edge).count() as u32
}
