//! Whether the documents of an archive agree with each other and with the columns made of them.

use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, FieldType, IndexRecordOption, OwnedValue};
use tantivy::{
    Directory, DocAddress, DocId, DocSet, HasLen, Index, ReloadPolicy, SegmentReader, TERMINATED,
    TantivyDocument, TantivyError,
};
use whosaid_schema::{DocumentKind, FileId, Schema};

use super::words::Words;
use super::{FaultKind, Verification};
use crate::archive::Archive;
use crate::error::Error;
use crate::fetch::in_order;
use crate::scan::Cancel;

/// Compares what the list of parts says of each part with the part: how many documents it has, and how many of them
/// were removed.
pub(super) fn check_segments(
    index: &Index,
    schema: &Schema,
    found: &mut Verification,
) -> tantivy::Result<()> {
    let reader: tantivy::IndexReader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    let searcher = reader.searcher();
    for meta in index.searchable_segment_metas()? {
        let part = meta.id().short_uuid_string();
        let segments = searcher.segment_readers().iter();
        let Some(segment) = { segments }.find(|segment| segment.segment_id() == meta.id()) else {
            found.fault(FaultKind::Segment, &part, "it is listed, but not opened");
            continue;
        };
        let kinds = segment.inverted_index(schema.fields().kind_of)?;
        let mut documents = 0_u32;
        for kind in [
            DocumentKind::Article,
            DocumentKind::Quotation,
            DocumentKind::File,
        ] {
            let of_kind = kinds.doc_freq(&schema.kind_term(kind))?;
            documents = documents.saturating_add(of_kind);
        }
        let listed = meta.max_doc();
        if documents != listed {
            let message = format!("{listed} documents are listed, it has {documents}");
            found.fault(FaultKind::Segment, &part, message);
        }
        let store = index
            .directory()
            .open_read(&meta.relative_path(SegmentComponent::Store))?;
        if (store.len() as u64) < u64::from(listed) {
            let message =
                format!("{listed} documents are listed, for which its files have no room");
            found.fault(FaultKind::Segment, &part, message);
        }
        let alive = segment.alive_bitset().map(AliveBitSet::num_alive_docs);
        let removed = alive.map_or(0, |alive| documents.saturating_sub(alive as u32));
        let listed = meta.num_deleted_docs();
        if removed != listed {
            let message = format!("{listed} documents are listed as removed, {removed} are");
            found.fault(FaultKind::Segment, &part, message);
        }
    }
    Ok(())
}

/// Encodes every article and its quotations again, from what is stored, and compares that with what is stored and
/// with the columns: so each quotation's words must stand in the article at its span.
pub(super) fn check_documents(
    index: &Index,
    archive: &Archive,
    cancel: &Cancel,
    found: &mut Verification,
) -> Result<(), Error> {
    let (schema, searcher) = (archive.schema(), archive.searcher());
    let columns = searcher.segment_readers().iter();
    let columns: Vec<Columns> = columns
        .map(|segment| Columns::open(segment, schema))
        .collect::<tantivy::Result<_>>()
        .map_err(Error::engine)?;
    let mut words = Words::of(index, &searcher, found).map_err(Error::engine)?;
    let documents = archive.documents_by_article().map_err(Error::engine)?;
    for documents in documents.chunk_by(|a, b| a.0 == b.0) {
        if cancel.is_cancelled() {
            found.partial = true;
            break;
        }
        let Some(((id, is_quotation, _, address), quotations)) = documents.split_first() else {
            continue;
        };
        let place = whosaid_model::ArticleId(*id);
        if *is_quotation {
            let message = format!("{} quotations have no article", documents.len());
            found.fault(FaultKind::Quotation, &place, message);
            continue;
        }
        found.articles = found.articles.saturating_add(1);
        let article = archive.document(*address)?;
        let decoded = match schema.decode_article(&article) {
            Ok(decoded) => decoded,
            Err(error) => {
                found.fault(FaultKind::Document, &place, error.to_string());
                continue;
            }
        };
        let expected = schema.encode_article(&decoded.article, &decoded.notes);
        if let Some(columns) = columns.get(address.segment_ord as usize) {
            let document = (address.doc_id, &article);
            columns.compare(schema, found, &place.to_string(), document, &expected)?;
        }
        let compared = words.compare(&searcher, found, &place.to_string(), *address, &expected);
        compared.map_err(Error::engine)?;
        let mut stored = Vec::with_capacity(quotations.len());
        for (_, is_quotation, _, address) in quotations {
            let document = archive.document(*address)?;
            match schema.decode_quotation(&document, &decoded) {
                Ok(quotation) if *is_quotation => stored.push((quotation, *address, document)),
                Ok(_) => found.fault(FaultKind::Document, &place, "it is there twice"),
                Err(error) => found.fault(FaultKind::Document, &place, error.to_string()),
            }
        }
        let expected = decoded.notes.quotations;
        if expected != quotations.len() as u64 {
            let message = format!(
                "{expected} quotations are noted, it has {}",
                quotations.len()
            );
            found.fault(FaultKind::Quotation, &place, message);
        }
        stored.sort_by_key(|(quotation, _, _)| {
            let span = quotation.quotation.span;
            (span.start, std::cmp::Reverse(span.end))
        });
        let listed = in_order(stored.iter().map(|(stored, _, _)| stored.clone()).collect());
        for ((quotation, at, document), again) in stored.iter().zip(&listed) {
            found.quotations = found.quotations.saturating_add(1);
            let place = quotation.id.to_string();
            let outer = again.inside.and_then(|outer| listed.get(outer));
            let behind = u64::from(at.doc_id.wrapping_sub(address.doc_id));
            let (of, notes) = (&decoded.article, &decoded.notes);
            let expected = schema.encode_quotation(of, notes, again, outer, behind);
            if let Some(expected) = expected {
                if let Some(columns) = columns.get(at.segment_ord as usize) {
                    let document = (at.doc_id, document);
                    columns.compare(schema, found, &place, document, &expected)?;
                }
                let compared = words.compare(&searcher, found, &place, *at, &expected);
                compared.map_err(Error::engine)?;
            }
        }
    }
    check_noted_files(archive, &columns, &mut words, cancel, found)?;
    if !found.partial {
        words.rest(&searcher, found);
    }
    Ok(())
}

/// Encodes again what is noted of each file, and compares.
fn check_noted_files(
    archive: &Archive,
    columns: &[Columns],
    words: &mut Words,
    cancel: &Cancel,
    found: &mut Verification,
) -> Result<(), Error> {
    let (schema, searcher) = (archive.schema(), archive.searcher());
    let kind = schema.kind_term(DocumentKind::File);
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        let lists = segment.inverted_index(schema.fields().kind_of);
        let lists = lists.map_err(Error::engine)?;
        let postings = lists.read_postings(&kind, IndexRecordOption::Basic);
        let Some(mut postings) =
            postings.map_err(|error| Error::engine(TantivyError::from(error)))?
        else {
            continue;
        };
        while postings.doc() != TERMINATED && !found.partial {
            let doc = postings.doc();
            postings.advance();
            if segment.is_deleted(doc) {
                continue;
            }
            if cancel.is_cancelled() {
                found.partial = true;
                break;
            }
            let address = DocAddress::new(ord as u32, doc);
            let document = archive.document(address)?;
            let file = match schema.decode_file(&document) {
                Ok(file) => file,
                Err(error) => {
                    let place = segment.segment_id().short_uuid_string();
                    found.fault(FaultKind::Document, &place, error.to_string());
                    continue;
                }
            };
            let id = FileId::of(file.path.as_bytes());
            let expected = schema.encode_file(&file, id);
            if let Some(columns) = columns.get(ord) {
                columns.compare(schema, found, &file.path, (doc, &document), &expected)?;
            }
            let compared = words.compare(&searcher, found, &file.path, address, &expected);
            compared.map_err(Error::engine)?;
        }
    }
    Ok(())
}

/// The columns of a segment, with the fields they were made of.
struct Columns(Vec<(Field, String, Values)>);

enum Values {
    U64(Column<u64>),
    I64(Column<i64>),
    /// `None` where no document has a value.
    Text(Option<StrColumn>),
}

impl Columns {
    fn open(segment: &SegmentReader, schema: &Schema) -> tantivy::Result<Self> {
        let readers = segment.fast_fields();
        let mut columns = Vec::new();
        for (field, entry) in schema.tantivy().fields() {
            let name = entry.name();
            if !entry.is_fast() {
                continue;
            }
            let values = match entry.field_type() {
                FieldType::U64(_) => Values::U64(readers.u64(name)?),
                FieldType::I64(_) => Values::I64(readers.i64(name)?),
                FieldType::Str(_) => Values::Text(readers.str(name)?),
                _ => continue,
            };
            columns.push((field, name.to_owned(), values));
        }
        Ok(Self(columns))
    }

    /// Compares a document, as stored and in the columns, with the same one encoded again.
    fn compare(
        &self,
        schema: &Schema,
        found: &mut Verification,
        place: &str,
        (doc, stored): (DocId, &TantivyDocument),
        expected: &TantivyDocument,
    ) -> Result<(), Error> {
        for (field, value) in stored.field_values() {
            let name = schema.tantivy().get_field_name(field);
            let again = expected.get_first(field).map(OwnedValue::from);
            if again != Some(OwnedValue::from(value)) {
                let message = format!("what is stored as {name} is not what it was made of");
                found.fault(FaultKind::Document, &place, message);
            }
        }
        for (field, name, values) in &self.0 {
            let column = values.of(doc).map_err(Error::engine)?;
            let mut expected: Vec<OwnedValue> =
                expected.get_all(*field).map(OwnedValue::from).collect();
            // The record's values of a field may come in any order, a column has them sorted only by chance.
            let order = |value: &OwnedValue| format!("{value:?}");
            let mut column = column;
            column.sort_by_key(order);
            expected.sort_by_key(order);
            if column != expected {
                let message =
                    format!("the column {name} has {column:?}, the document {expected:?}");
                found.fault(FaultKind::Column, &place, message);
            }
        }
        Ok(())
    }
}

impl Values {
    fn of(&self, doc: DocId) -> tantivy::Result<Vec<OwnedValue>> {
        Ok(match self {
            Self::U64(column) => column.values_for_doc(doc).map(OwnedValue::U64).collect(),
            Self::I64(column) => column.values_for_doc(doc).map(OwnedValue::I64).collect(),
            Self::Text(None) => Vec::new(),
            Self::Text(Some(column)) => {
                let mut values = Vec::new();
                for ord in column.term_ords(doc) {
                    let mut text = String::new();
                    column.ord_to_str(ord, &mut text)?;
                    values.push(OwnedValue::Str(text));
                }
                values
            }
        })
    }
}
