use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Calls `work`, and turns a panic in it into the panic's message: one document that the program fails on must not
/// take the others with it. What `work` changed before is left as it was at that moment; callers throw it away.
///
/// # Errors
/// When `work` panics.
///
/// ```
/// assert_eq!(whosaid_model::caught(|| 1 + 1), Ok(2));
/// let failed: Result<u8, String> = whosaid_model::caught(|| panic!("no such case"));
/// assert_eq!(failed, Err("no such case".to_owned()));
/// ```
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(&*panic))
}

/// As [`caught`], for work that hands things to `sink`: a panic in `sink` is the caller's own and goes on.
///
/// # Errors
/// When `work` panics outside of `sink`.
pub fn caught_around<A, R, T>(
    sink: &mut dyn FnMut(A) -> R,
    work: impl FnOnce(&mut dyn FnMut(A) -> R) -> T,
) -> Result<T, String> {
    let outside = Cell::new(false);
    let mut sink = |item| {
        outside.set(true);
        let result = sink(item);
        outside.set(false);
        result
    };
    catch_unwind(AssertUnwindSafe(|| work(&mut sink))).map_err(|panic| {
        if outside.get() {
            resume_unwind(panic);
        }
        message(&*panic)
    })
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("of a sort of its own").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_the_sink_goes_on() {
        let work = |sink: &mut dyn FnMut(u8)| sink(1);
        assert!(caught_around(&mut |_| (), work).is_ok());
        let out = caught(|| caught_around(&mut |_| panic!("mine"), work).is_err());
        assert_eq!(out, Err("mine".to_owned()));
    }
}
