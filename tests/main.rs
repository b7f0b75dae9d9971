//! Tests of the whole: files in, answers out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

mod archives;
mod bad_input;
mod bounds;
mod check;
mod command;
mod copies;
mod counts;
mod disk;
mod docs;
mod faults;
mod formats;
mod gold;
mod hostile;
mod independent;
mod indexing;
mod kills;
mod lean;
mod lines;
mod messages;
mod pages;
mod persons;
mod ranking;
mod readers;
mod sample;
mod seeds;
mod support;
mod terminal;
mod upkeep;
mod utterances;
