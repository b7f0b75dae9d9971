//! Which parts of the index are joined while it is written.

use tantivy::index::SegmentMeta;
use tantivy::merge_policy::{MergeCandidate, MergePolicy};

/// Documents of a part that is made by joining others, at most: those of 150,000 articles. While it joins, the engine
/// holds in memory some 30 bytes for each document: where it goes, twice, and of each term where its list stands.
const MOST: u64 = 2_000_000;

/// So many parts of about the same size are joined.
const PARTS: usize = 8;

/// Parts with fewer documents than this count as of one size.
const LEAST: u64 = 10_000;

/// Parts are of about the same size down to this share of the largest, in percent: 2^-0.75.
const SAME: u64 = 59;

/// Joins parts of about the same size, so that each document is written again a few times and no more, but none to
/// more than [`MOST`] documents: the memory of a run must not grow with the archive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounded;

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let parts = segments.iter();
        let parts = parts.map(|segment| (segment.id(), segment.num_docs().into()));
        let joined = join(parts.collect());
        joined.into_iter().map(MergeCandidate).collect()
    }
}

/// Chooses which parts become one, each with its number of documents.
fn join<Id>(mut parts: Vec<(Id, u64)>) -> Vec<Vec<Id>> {
    // Those of one size keep the order they came in.
    parts.sort_by_key(|(_, documents)| *documents);
    let mut joined = Vec::new();
    while let Some((_, largest)) = parts.last() {
        let least = largest.max(&LEAST).saturating_mul(SAME) / 100;
        let start = parts.partition_point(|(_, documents)| (*documents).max(LEAST) < least);
        let level = parts.split_off(start);
        if level.len() < PARTS {
            continue;
        }
        // The smallest first: of them most fit. What is left over when one is full waits for more of its size.
        let (mut group, mut sum) = (Vec::new(), 0_u64);
        for (id, documents) in level {
            if sum.saturating_add(documents) > MOST {
                joined.push(std::mem::take(&mut group));
                sum = 0;
            }
            sum = sum.saturating_add(documents);
            group.push(id);
        }
        if group.len() >= PARTS {
            joined.push(group);
        }
    }
    joined.retain(|group| group.len() > 1);
    joined
}

#[cfg(test)]
mod tests {
    use tantivy::IndexWriter;
    use whosaid_schema::{FileId, Schema, StoredFile};

    use super::*;

    /// Adds parts one by one, joins as the engine does after each, and returns the sizes and how often each document
    /// was written.
    fn grow(parts: u64, size: impl Fn(u64) -> u64) -> (Vec<u64>, f64) {
        let (mut sizes, mut written, mut all) = (Vec::new(), 0, 0);
        for number in 0..parts {
            sizes.push(size(number));
            all += size(number);
            written += size(number);
            loop {
                let groups = join(sizes.iter().copied().enumerate().collect());
                let mut gone = Vec::new();
                for group in &groups {
                    let sum: u64 = group.iter().map(|part| sizes[*part]).sum();
                    assert!(group.len() > 1 && sum <= MOST, "{group:?} of {sizes:?}");
                    written += sum;
                    sizes.push(sum);
                    gone.extend(group);
                }
                if groups.is_empty() {
                    break;
                }
                let mut part = 0;
                sizes.retain(|_| {
                    part += 1;
                    !gone.contains(&(part - 1))
                });
            }
        }
        assert_eq!(sizes.iter().sum::<u64>(), all);
        (sizes, written as f64 / all as f64)
    }

    #[test]
    fn no_part_grows_without_end_and_there_are_few() {
        // Of 300 documents: one article at a time. Of 60,000: what a thread writes at once.
        for (parts, size, most, often) in [
            (1000, 300, 22, 5.5),
            (50, 60_000, 10, 2.1),
            (220, 60_000, 18, 3.1),
            (2200, 60_000, 80, 3.1),
        ] {
            let (sizes, written) = grow(parts, |_| size);
            assert!(sizes.len() <= most, "{parts} × {size}: {sizes:?}");
            assert!(written <= often, "{parts} × {size}: {written}");
            // As many as are full, and those that wait for others.
            let full = sizes.iter().filter(|size| **size > MOST / 2).count();
            assert!(
                sizes.len() - full <= 3 * PARTS,
                "{parts} × {size}: {sizes:?}"
            );
        }
    }

    #[test]
    fn the_engine_goes_by_it() {
        let schema = Schema::new();
        let index = schema.create_in_memory().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(Bounded));
        for number in 0..3 * PARTS as u64 {
            let file = schema.encode_file(&StoredFile::default(), FileId(number));
            writer.add_document(file).unwrap();
            writer.commit().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        assert!(index.searchable_segment_ids().unwrap().len() < PARTS);
    }

    #[test]
    fn uneven_parts_are_joined_too() {
        let (sizes, written) = grow(1000, |number| {
            1 + number.wrapping_mul(2_654_435_761) % 90_000
        });
        assert!(sizes.len() <= 65, "{sizes:?}");
        assert!(written <= 3.5, "{written}");
    }

    #[test]
    fn large_parts_stay_as_they_are() {
        let parts: Vec<_> = (0..20).map(|part| (part, MOST - 1)).collect();
        assert!(join(parts).is_empty());
        let parts: Vec<_> = (0..20).map(|part| (part, MOST * 4)).collect();
        assert!(join(parts).is_empty());
        assert!(join(vec![(0, 0), (1, 5)]).is_empty());
        assert!(join(Vec::<(u8, u64)>::new()).is_empty());
        // Those of a few documents are of one size.
        let parts: Vec<_> = (0..8).map(|part| (part, part + 1)).collect();
        assert_eq!(join(parts).len(), 1);
    }
}
