//! Who said this, and when?
#![warn(missing_docs)]
#![allow(dead_code)]

pub mod ast;
pub mod date;
mod marks;
mod parse;
mod problem;
mod question;

pub use problem::{Problem, ProblemKind};
