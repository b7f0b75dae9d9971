//! Texts that mean to take for ever: the time that a text takes must grow with its length alone. `LONG=100000` reads
//! texts of so many bytes, and of four times as many, and tells how long that takes.

#![allow(
    clippy::print_stdout,
    reason = "what a long run counted is shown to whoever started it"
)]

use std::time::{Duration, Instant};

use whosaid_quotes::Annotator;

/// What is written over and over.
fn patterns() -> Vec<String> {
    let mut patterns = Vec::new();
    for mark in "“”„«»‹›「」『』‘’\"'`".chars() {
        patterns.extend([
            format!("{mark}"),
            format!("{mark} "),
            format!("{mark}a"),
            format!("{mark}a "),
            format!(" a{mark}"),
            format!("{mark}We win, said Jane Roe. "),
            format!("{mark}We go to sea.\n\n"),
        ]);
    }
    for [open, close] in [
        ["“", "”"],
        ["«", "»"],
        ["‹", "›"],
        ["「", "」"],
        ["\"", "\""],
        ["‘", "’"],
        ["„", "“"],
    ] {
        patterns.extend([
            format!("{open}{close}"),
            format!("{open}w{close}"),
            format!("{open}We win{close} said Jane Roe. "),
            format!("{open}A,{close} she said, "),
            format!("{open}a ‘b "),
            format!("{open}Shame{close} and "),
        ]);
    }
    for mark in "()[]{}—–-…./:;,!?*".chars() {
        patterns.extend([
            format!("{mark}"),
            format!("a{mark}"),
            format!("{mark} a "),
            format!("\n{mark} We win a lot, said Roe.\n"),
        ]);
    }
    let others = [
        "a",
        "A",
        "Jane ",
        "Jane Roe, ",
        "he said ",
        "He said. ",
        "she told him ",
        "said that ",
        "Jane Roe said that we win. ",
        "According to Jane Roe, ",
        "A man said he ",
        ". . ",
        "a\n",
        "Jane Roe: We win.\n",
        "Q: What? A: No. ",
        "Q: Why?\nA: We win.\n",
        "Mr. ",
        "J. ",
        "Jane Roe and ",
        "President ",
        "the minister of ",
        "don't ",
        "not ",
        "漢",
        "e\u{301}",
        "\u{200b}",
        "\u{200b}\"",
        "known as “Roe” ",
        "— Where? said Roe – here, ",
        "“‘",
        "A. B. C. said “No.” ",
    ];
    patterns.extend(others.map(str::to_owned));
    patterns
}

/// Reads a text of a pattern, and tells how long it took.
fn read(pattern: &str, length: usize) -> Duration {
    let text = pattern.repeat(length / pattern.len());
    let started = Instant::now();
    for quotation in Annotator::new().annotate(Some("A title"), &text) {
        assert!(quotation.span.of(&text).is_some(), "{pattern:?}");
    }
    started.elapsed()
}

#[test]
fn time_grows_with_the_length_alone() {
    let Some(length) = std::env::var("LONG").ok() else {
        // None of them is too much for the stack or ends in a panic.
        for pattern in patterns() {
            read(&pattern, 3000);
        }
        return;
    };
    let length: usize = length.parse().unwrap();
    let mut steep = Vec::new();
    for pattern in patterns() {
        let (short, long) = (read(&pattern, length), read(&pattern, 4 * length));
        let times = long.as_secs_f64() / short.as_secs_f64().max(0.005);
        println!("{:>6} ms, {times:>4.1} times {pattern:?}", long.as_millis());
        if times > 9.0 {
            steep.push(pattern);
        }
    }
    assert!(steep.is_empty(), "{steep:?}");
}

/// As deep as a stack is, and with the square of the number some minutes.
#[test]
fn many_are_read_one_after_the_other() {
    for (pattern, count) in [("he said ", 10_000), ("\"w\"", 20_000), ("a” ", 20_000)] {
        read(pattern, pattern.len() * count);
    }
}
