//! The crate from outside.

mod common;
mod crash;
mod index;
mod read;
mod versions;
mod watch;
