//! Tells one state of the extractor from another.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Everything quotations depend on besides the code, whose version stands in the manifest.
const FILES: &[&str] = &[
    env!("CARGO_PKG_VERSION"),
    include_str!("../model/confidence.tsv"),
    include_str!("../model/indirect.tsv"),
    include_str!("../model/pronoun.tsv"),
    include_str!("../model/rank.tsv"),
    include_str!("../model/speech.tsv"),
    include_str!("../model/words.tsv"),
    include_str!("../lexicon/cues.toml"),
    include_str!("../lexicon/names.toml"),
    include_str!("../lexicon/organizations.toml"),
    include_str!("../lexicon/places.toml"),
    include_str!("../lexicon/surnames.toml"),
    include_str!("../lexicon/titles.toml"),
    include_str!("../lexicon/words.toml"),
    include_str!("../lexicon/works.toml"),
];

/// Returns a number that changes with the lexicon, the models and the version of this crate.
///
/// Whoever keeps quotations can tell from it whether the extractor would find others today. It is the same on
/// machines of one word size.
pub fn fingerprint() -> u64 {
    let mut hasher = FxHasher::default();
    for file in FILES {
        hasher.write(file.as_bytes());
    }
    hasher.finish()
}
