//! Tests of the whole: files in, answers out.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

mod bad_input;
mod check;
mod command;
mod copies;
mod counts;
mod docs;
mod formats;
mod gold;
mod independent;
mod indexing;
mod kills;
mod lean;
mod lines;
mod messages;
mod pages;
mod persons;
mod ranking;
mod sample;
mod seeds;
mod support;
mod terminal;
mod upkeep;
mod utterances;
