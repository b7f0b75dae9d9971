//! Tests of the whole: files in, answers out.

mod bad_input;
mod command;
mod lean;
mod sample;
mod seeds;
mod support;
