//! Whether documents are found by the words they have, and by no others.
//!
//! What an index keeps of a field that is neither stored nor a column is lists: for each word the documents that have
//! it, and where. Each entry of a list is hashed, and the hashes of a document's entries are added up; the same sum is
//! made of its words, analyzed again. Sums do not depend on order, so that the lists are walked as they lie, and 8 bytes
//! a document are all that is kept.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field, FieldType, IndexRecordOption, OwnedValue};
use tantivy::tokenizer::{MAX_TOKEN_LEN, TextAnalyzer};
use tantivy::{
    DocAddress, DocSet, Index, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use super::{FaultKind, Verification};

/// A field that has lists.
struct Indexed {
    field: Field,
    name: String,
    option: IndexRecordOption,
    /// Its documents have lengths.
    lengths: bool,
    analyzer: Option<TextAnalyzer>,
}

/// What the lists of an archive say of each document.
pub(super) struct Words {
    fields: Vec<Indexed>,
    /// For each document of each segment the sum of its entries, less what was found right.
    sums: Vec<Vec<u64>>,
    /// Documents that were compared.
    seen: Vec<Vec<bool>>,
}

impl Words {
    /// Walks all lists.
    pub(super) fn of(
        index: &Index,
        searcher: &Searcher,
        found: &mut Verification,
    ) -> tantivy::Result<Self> {
        let mut fields = Vec::new();
        for (field, entry) in index.schema().fields() {
            let option = match entry.field_type() {
                FieldType::Str(options) => options
                    .get_indexing_options()
                    .map(|options| (options.index_option(), Some(options.tokenizer().to_owned()))),
                kind => kind.get_index_record_option().map(|option| (option, None)),
            };
            let Some((option, tokenizer)) = option else {
                continue;
            };
            let analyzer = tokenizer.and_then(|name| index.tokenizers().get(&name));
            fields.push(Indexed {
                field,
                name: entry.name().to_owned(),
                option,
                lengths: entry.has_fieldnorms(),
                analyzer,
            });
        }
        let mut sums = Vec::new();
        for segment in searcher.segment_readers() {
            let mut of = vec![0; segment.max_doc() as usize];
            for field in &fields {
                if let Err(message) = field.walk(segment, &mut of)? {
                    let part = segment.segment_id().short_uuid_string();
                    found.fault(
                        FaultKind::Words,
                        &part,
                        format!("{}: {message}", field.name),
                    );
                }
            }
            sums.push(of);
        }
        let seen = sums.iter().map(|sums| vec![false; sums.len()]).collect();
        Ok(Self { fields, sums, seen })
    }

    /// Compares a document's lists and lengths with those of the same one encoded again.
    pub(super) fn compare(
        &mut self,
        searcher: &Searcher,
        found: &mut Verification,
        place: &str,
        address: DocAddress,
        expected: &TantivyDocument,
    ) -> tantivy::Result<()> {
        let (ord, doc) = (address.segment_ord as usize, address.doc_id as usize);
        let segment = searcher.segment_reader(address.segment_ord);
        let mut sum = 0_u64;
        for field in &mut self.fields {
            let (of, tokens) = field.sum(expected);
            sum = sum.wrapping_add(of);
            if field.lengths {
                let norms = segment.get_fieldnorms_reader(field.field)?;
                if norms.fieldnorm_id(address.doc_id) != FieldNormReader::fieldnorm_to_id(tokens) {
                    let message = format!("it has not the length that is noted of {}", field.name);
                    found.fault(FaultKind::Words, &place, message);
                }
            }
        }
        let listed = self.sums.get(ord).and_then(|sums| sums.get(doc));
        if listed.copied() != Some(sum) {
            let message = "it is not found by the words it has, or by others";
            found.fault(FaultKind::Words, &place, message);
        }
        if let Some(seen) = self.seen.get_mut(ord).and_then(|seen| seen.get_mut(doc)) {
            *seen = true;
        }
        Ok(())
    }

    /// Names the documents that nothing was compared with.
    pub(super) fn rest(&self, searcher: &Searcher, found: &mut Verification) {
        for (segment, seen) in searcher.segment_readers().iter().zip(&self.seen) {
            let unseen = segment.doc_ids_alive();
            let unseen = unseen.filter(|doc| seen.get(*doc as usize) != Some(&true));
            let count = unseen.count();
            if count > 0 {
                let part = segment.segment_id().short_uuid_string();
                let message = format!("{count} documents are of no article and no file");
                found.fault(FaultKind::Segment, &part, message);
            }
        }
    }
}

impl Indexed {
    /// Adds the entries of a segment's lists to the sums of their documents.
    fn walk(
        &self,
        segment: &SegmentReader,
        sums: &mut [u64],
    ) -> tantivy::Result<Result<(), String>> {
        let lists = segment.inverted_index(self.field)?;
        let mut terms = lists.terms().stream()?;
        let mut positions = Vec::new();
        while terms.advance() {
            let info = terms.value().clone();
            let term = hash(self.field, terms.key());
            let mut postings = lists.read_postings_from_terminfo(&info, self.option)?;
            let mut count = 0_u32;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                let Some(sum) = sums.get_mut(doc as usize) else {
                    return Ok(Err(format!(
                        "a list names the document {doc}, which is not there"
                    )));
                };
                match self.option {
                    IndexRecordOption::Basic => *sum = sum.wrapping_add(entry(term, 0)),
                    IndexRecordOption::WithFreqs => {
                        let times = u64::from(postings.term_freq());
                        *sum = sum.wrapping_add(entry(term, 0).wrapping_mul(times));
                    }
                    IndexRecordOption::WithFreqsAndPositions => {
                        postings.positions(&mut positions);
                        for position in &positions {
                            *sum = sum.wrapping_add(entry(term, *position));
                        }
                    }
                }
                count = count.saturating_add(1);
                let next = postings.advance();
                if next <= doc {
                    return Ok(Err("a list is out of order".to_owned()));
                }
                doc = next;
            }
            if count != info.doc_freq {
                let listed = info.doc_freq;
                return Ok(Err(format!(
                    "a list of {count} documents is said to have {listed}"
                )));
            }
        }
        Ok(Ok(()))
    }

    /// The sum of the entries that a document has in the lists of this field, and its length.
    fn sum(&mut self, document: &TantivyDocument) -> (u64, u32) {
        let (option, field) = (self.option, self.field);
        let mut once = HashSet::new();
        let (mut sum, mut tokens) = (0_u64, 0_u32);
        let mut add = |bytes: &[u8], position: u32| {
            let term = hash(field, bytes);
            tokens = tokens.saturating_add(1);
            let position = match option {
                IndexRecordOption::Basic if !once.insert(term) => return,
                IndexRecordOption::WithFreqsAndPositions => position,
                _ => 0,
            };
            sum = sum.wrapping_add(entry(term, position));
        };
        // The engine leaves one place free between two values of a field.
        let mut end = 0_u32;
        for value in document.get_all(field) {
            match (OwnedValue::from(value), &mut self.analyzer) {
                (OwnedValue::Str(text), Some(analyzer)) => {
                    let start = end;
                    analyzer.token_stream(&text).process(&mut |token| {
                        if token.text.len() <= MAX_TOKEN_LEN {
                            let position = start.wrapping_add(token.position as u32);
                            end = end.max(position.wrapping_add(token.position_length as u32));
                            add(token.text.as_bytes(), position);
                        }
                    });
                    end = end.wrapping_add(1);
                }
                (OwnedValue::U64(value), _) => {
                    add(
                        Term::from_field_u64(field, value).serialized_value_bytes(),
                        0,
                    );
                }
                (OwnedValue::I64(value), _) => {
                    add(
                        Term::from_field_i64(field, value).serialized_value_bytes(),
                        0,
                    );
                }
                _ => {}
            }
        }
        (sum, tokens)
    }
}

fn hash(field: Field, term: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    field.field_id().hash(&mut hasher);
    hasher.write(term);
    hasher.finish()
}

/// The hash of an entry: mixed, so that sums of different entries differ.
fn entry(term: u64, position: u32) -> u64 {
    let hash = term ^ u64::from(position).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
