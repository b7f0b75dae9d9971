use std::fmt;
use std::time::Duration;

/// A clock that only goes forward. The libraries read none: whoever wants limits of time lends one.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the time that went by since a moment of its own choice.
    fn elapsed(&self) -> Duration;
}
