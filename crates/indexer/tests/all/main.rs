//! The crate from outside.

mod common;
mod crash;
mod index;
mod read;
mod upkeep;
mod versions;
mod watch;
