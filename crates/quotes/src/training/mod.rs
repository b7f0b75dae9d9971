//! What trains and measures the models. Not part of the library's front; see `docs/attribution.md`.

pub mod fit;
pub mod gold;
pub mod learn;
pub mod names;
pub mod network;
pub mod outcome;
mod right;
pub mod score;
pub mod slices;
pub mod words;
