use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};
use whosaid_model::{
    Article, ArticleId, Quotation, QuotationId, QuotationKind, Resolution, Version,
};

use crate::facet::{DatePath, day_number};
use crate::fields::{DocumentKind, FileId, Schema, shelf};
use crate::record::{ArticleRecord, NotedRecord, QuotationRecord};
use crate::{Error, Sketch, Telling, Wording};

/// An article as it comes back from the archive.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StoredArticle {
    /// What is noted of it.
    pub notes: ArticleNotes,
    /// The article itself.
    pub article: Article,
    /// Words of the body.
    pub words: u64,
}

/// What the archive notes of an article besides what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleNotes {
    /// Its identifier.
    pub id: ArticleId,
    /// The file it came from.
    pub file: FileId,
    /// A hash of where it is published: what a later version has in common with it.
    pub address: Option<u64>,
    /// The day on which it, or its first version, came into the archive, if that was told.
    pub added: Option<NaiveDate>,
    /// Quotations found in it.
    pub quotations: u64,
    /// Those of the quotations that are indirect speech.
    pub indirect: u64,
    /// The versions whose place it took, earliest first.
    pub versions: Vec<Version>,
}

/// A quotation as it comes back from the archive, with what a hit shows of its article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StoredQuotation {
    /// Its identifier.
    pub id: QuotationId,
    /// The identifier of its article.
    pub article_id: ArticleId,
    /// The file its article came from; [`Schema::file_term`] leads to the file's hash.
    pub file: FileId,
    /// The quoted words.
    pub text: String,
    /// Words of `text`.
    pub words: u64,
    /// Where the words stand, how they are reported, and who said them. Its `inside` is `None`: a place in the
    /// article's list says nothing away from that list.
    pub quotation: Quotation,
    /// The quotation of the same article whose words enclose these.
    pub inside: Option<QuotationId>,
    /// The words of the mention: `Chung`, `she`.
    pub as_written: Option<String>,
    /// The words of the cue: `said`.
    pub cue: Option<String>,
    /// The article, with an empty body.
    pub article: Article,
}

/// An input file as it was when it was read: what makes a second run over it a no-op.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its canonical path.
    pub path: String,
    /// The path as it was given.
    pub shown: String,
    /// Bytes.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970; 0 when the system does not tell.
    pub modified: i64,
    /// SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Articles that the archive has from it.
    pub articles: u64,
    /// Articles it holds that the archive has from elsewhere.
    pub duplicates: Vec<ArticleId>,
    /// Addresses of which it holds an article that is not the archive's.
    pub displaced: Vec<u64>,
    /// Records of it that could not be read.
    pub rejected: u64,
}

impl Schema {
    /// Makes the document of an article.
    pub fn encode_article(&self, article: &Article, notes: &ArticleNotes) -> TantivyDocument {
        let fields = self.fields;
        let words = count_words(&article.text);
        let record = bytes(&NotedRecord {
            article: ArticleRecord::new(article, notes.id.0, notes.file.0, words),
            address: notes.address,
            added: notes.added,
            quotations: notes.quotations,
            indirect: notes.indirect,
            versions: notes.versions.as_slice().into(),
        });
        let mut document = TantivyDocument::with_capacity(room(&article.text, record.len(), 1024));
        self.add_common(&mut document, DocumentKind::Article, article, notes);
        document.add_bytes(fields.record, &record);
        document.add_u64(fields.article_id, notes.id.0);
        document.add_u64(fields.behind, 0);
        self.add_small(&mut document, 0, Telling::default());
        document.add_u64(fields.words, words);
        if let Some(published) = &article.published {
            let (first, _) = DatePath::of(published).days();
            document.add_i64(fields.first_day, day_number(first));
        }
        add_text(
            &mut document,
            fields.source_words,
            article.source.as_deref(),
        );
        add_text(
            &mut document,
            fields.author_words,
            article.author.as_deref(),
        );
        document.add_text(fields.text, &article.text);
        add_text(&mut document, fields.title, article.title.as_deref());
        add_text(&mut document, fields.title_exact, article.title.as_deref());
        if let Some(address) = notes.address {
            document.add_u64(fields.address, address);
        }
        for hash in Sketch::of(&article.text).hashes() {
            document.add_u64(fields.sketch, hash);
        }
        document
    }

    /// Reads the document of an article.
    ///
    /// # Errors
    /// When the document is of another kind or damaged.
    pub fn decode_article(&self, document: &TantivyDocument) -> Result<StoredArticle, Error> {
        let record: NotedRecord = self.record(document)?;
        let text = stored_text(document, self.fields.text)?;
        Ok(StoredArticle {
            notes: ArticleNotes {
                id: ArticleId(record.article.id),
                file: FileId(record.article.file),
                address: record.address,
                added: record.added,
                quotations: record.quotations,
                indirect: record.indirect,
                versions: record.versions.into_owned(),
            },
            words: record.article.words,
            article: record.article.into_article(text.to_owned()),
        })
    }

    /// Makes the documents of all quotations of `article`; those whose span does not lie in the text are left out. They
    /// are to be written right behind the article's, in this order and in one batch with it.
    pub fn encode_quotations<'a>(
        &'a self,
        article: &'a Article,
        notes: &'a ArticleNotes,
        quotations: &'a [Quotation],
    ) -> impl Iterator<Item = TantivyDocument> + 'a {
        let mut behind = 1;
        quotations.iter().filter_map(move |quotation| {
            let outer = quotation.inside.and_then(|index| quotations.get(index));
            let document = self.encode_quotation(article, notes, quotation, outer, behind)?;
            behind = behind.saturating_add(1);
            Some(document)
        })
    }

    /// Makes the document of one quotation, or `None` when its span does not lie in the text; `outer` is the one whose
    /// words enclose it. It is to be written so many documents `behind` its article.
    pub fn encode_quotation(
        &self,
        article: &Article,
        notes: &ArticleNotes,
        quotation: &Quotation,
        outer: Option<&Quotation>,
        behind: u64,
    ) -> Option<TantivyDocument> {
        let fields = self.fields;
        let id = notes.id;
        let said = quotation.span.of(&article.text)?;
        let attribution = quotation.attribution.as_ref();
        let words = count_words(said);
        let mention = attribution.and_then(|attribution| attribution.mention.of(&article.text));
        let confidence = unit(quotation.confidence);
        let outer = outer.map(|outer| outer.span);
        let record = bytes(&QuotationRecord::new(quotation, confidence, outer));
        let mut document = TantivyDocument::with_capacity(room(said, record.len(), 512));
        self.add_common(&mut document, DocumentKind::Quotation, article, notes);
        document.add_u64(fields.behind, behind);
        document.add_bytes(fields.record, &record);
        document.add_u64(fields.words, words);
        if quotation.kind == QuotationKind::Indirect {
            document.add_text(fields.reported, said);
        } else {
            document.add_text(fields.said, said);
            document.add_text(fields.said_exact, said);
        }
        let id = QuotationId::new(id, quotation.span);
        document.add_u64(fields.quotation, Self::first_digits(id));
        document.add_u64(fields.quotation_id, Self::first_half(id));
        document.add_u64(fields.start, quotation.span.start as u64);
        let set_apart = quotation.kind == QuotationKind::Indirect || quotation.denied;
        let (wording, telling) = if set_apart {
            (Wording::of(said).set_apart(), Telling::default())
        } else {
            (Wording::of(said), Telling::of(said))
        };
        self.add_small(&mut document, wording.whole, telling);
        document.add_u64(fields.in_words, shelf(wording.whole));
        for run in wording.runs {
            document.add_u64(fields.in_runs, shelf(run));
            document.add_u64(fields.runs, run);
        }
        document.add_u64(fields.confidence, (confidence * 1000.0).round() as u64);
        document.add_text(fields.kind, quotation.kind.as_str());
        if let Some(attribution) = attribution {
            let speaker = &attribution.speaker;
            document.add_text(fields.speaker_kind, speaker.kind.as_str());
            if !speaker.name.is_empty() {
                document.add_text(fields.speaker_name, &speaker.name);
                document.add_text(fields.speaker, &speaker.name);
            }
            let named = !matches!(
                attribution.how,
                Resolution::Pronoun | Resolution::Continuation
            );
            let mention = mention.filter(|&mention| named && mention != speaker.name);
            add_text(&mut document, fields.speaker, mention);
            add_text(&mut document, fields.speaker, speaker.title.as_deref());
        }
        Some(document)
    }

    /// Reads the document of a quotation of an article.
    ///
    /// # Errors
    /// When the document is of another kind or damaged, or its words do not stand in the article.
    pub fn decode_quotation(
        &self,
        document: &TantivyDocument,
        article: &StoredArticle,
    ) -> Result<StoredQuotation, Error> {
        let record: QuotationRecord = self.record(document)?;
        let (quotation, outer) = record.into_quotation();
        let body = &article.article.text;
        let said = quotation.span.of(body);
        let said = said.ok_or_else(|| Error::corrupt("its words do not stand in its article"))?;
        let attribution = quotation.attribution.as_ref();
        let mention = attribution.and_then(|attribution| attribution.mention.of(body));
        let cue = attribution.and_then(|attribution| attribution.cue?.of(body));
        let id = article.notes.id;
        Ok(StoredQuotation {
            id: QuotationId::new(id, quotation.span),
            article_id: id,
            file: article.notes.file,
            text: said.to_owned(),
            words: count_words(said),
            as_written: mention.map(Into::into),
            cue: cue.map(Into::into),
            inside: outer.map(|outer| QuotationId::new(id, outer)),
            article: without_body(&article.article),
            quotation,
        })
    }

    /// Reads of the document of a quotation what it says by itself: where its words stand in its article, how they are
    /// reported, and who said them.
    ///
    /// # Errors
    /// When the document is of another kind or damaged.
    pub fn decode_bare_quotation(&self, document: &TantivyDocument) -> Result<Quotation, Error> {
        let record: QuotationRecord = self.record(document)?;
        Ok(record.into_quotation().0)
    }

    /// Makes the document of a file.
    pub fn encode_file(&self, file: &StoredFile, id: FileId) -> TantivyDocument {
        let fields = self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.kind_of, DocumentKind::File.as_str());
        document.add_u64(fields.from_file, id.0);
        document.add_u64(fields.file, id.0);
        document.add_u64(fields.behind, 0);
        self.add_small(&mut document, 0, Telling::default());
        document.add_bytes(fields.record, &bytes(file));
        for id in &file.duplicates {
            document.add_u64(fields.duplicate, id.0);
        }
        for address in &file.displaced {
            document.add_u64(fields.displaced, *address);
        }
        document
    }

    /// Reads the document of a file.
    ///
    /// # Errors
    /// When the document is of another kind or damaged.
    pub fn decode_file(&self, document: &TantivyDocument) -> Result<StoredFile, Error> {
        self.record(document)
    }

    /// Adds what an article and its quotations both have.
    fn add_common(
        &self,
        document: &mut TantivyDocument,
        kind: DocumentKind,
        article: &Article,
        notes: &ArticleNotes,
    ) {
        let fields = self.fields;
        document.add_text(fields.kind_of, kind.as_str());
        document.add_u64(fields.from_file, notes.file.0);
        document.add_u64(fields.article, notes.id.0);
        if let Some(added) = notes.added {
            document.add_i64(fields.added, day_number(added));
        }
        if let Some(published) = &article.published {
            let (first, last) = DatePath::of(published).days();
            document.add_i64(fields.day, day_number(first));
            if last != first {
                document.add_i64(fields.last_day, day_number(last));
            }
            if let Some(instant) = published.instant {
                document.add_i64(fields.instant, instant.timestamp());
            }
        }
        add_text(document, fields.source, article.source.as_deref());
        add_text(document, fields.author, article.author.as_deref());
        add_text(document, fields.lang, article.lang.as_deref());
    }

    /// Adds a quotation's words in small.
    fn add_small(&self, document: &mut TantivyDocument, wording: u64, telling: Telling) {
        let fields = self.fields;
        document.add_u64(fields.wording, wording);
        document.add_u64(fields.telling, telling.bits);
        document.add_u64(fields.weight, telling.weight.into());
        document.add_u64(fields.function_weight, telling.function_weight.into());
    }

    fn record<'a, T: Deserialize<'a>>(&self, document: &'a TantivyDocument) -> Result<T, Error> {
        let bytes = document
            .get_first(self.fields.record)
            .and_then(|value| value.as_bytes())
            .ok_or_else(|| Error::corrupt("it has no record"))?;
        postcard::from_bytes(bytes).map_err(Error::record)
    }
}

fn stored_text(document: &TantivyDocument, field: Field) -> Result<&str, Error> {
    document
        .get_first(field)
        .and_then(|value| value.as_str())
        .ok_or_else(|| Error::corrupt("it has no text"))
}

/// Copies an article without its body.
fn without_body(article: &Article) -> Article {
    Article {
        place: article.place.clone(),
        external_id: article.external_id.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        title: article.title.clone(),
        author: article.author.clone(),
        published: article.published.clone(),
        lang: article.lang.clone(),
        text: String::new(),
        notes: Vec::new(),
    }
}

fn add_text(document: &mut TantivyDocument, field: Field, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        document.add_text(field, text);
    }
}

#[expect(
    clippy::expect_used,
    reason = "there is memory, and nothing else can fail"
)]
fn bytes(record: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(record, Vec::with_capacity(512))
        .expect("memory is all that a record of plain data needs")
}

/// Brings a confidence into the range it is promised to have.
fn unit(confidence: f32) -> f32 {
    if confidence.is_nan() {
        0.0
    } else {
        confidence.clamp(0.0, 1.0)
    }
}

/// Returns what a document takes: its text, twice where it is indexed in two ways, its record, and the rest.
fn room(text: &str, record: usize, rest: usize) -> usize {
    let texts = text.len().saturating_mul(2);
    texts.saturating_add(record).saturating_add(rest)
}

/// Counts what stands between ASCII blanks: right often enough for a count, and fast.
fn count_words(text: &str) -> u64 {
    let mut blank = true;
    let begins = |byte: &u8| {
        let behind_blank = std::mem::replace(&mut blank, byte.is_ascii_whitespace());
        behind_blank && !blank
    };
    text.bytes().filter(begins).count() as u64
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::option::of;
    use proptest::prelude::*;
    use tantivy::Index;
    use tantivy::collector::{Count, DocSetCollector};
    use tantivy::query::{AllQuery, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use whosaid_model::{
        Attribution, DateOrigin, DatePrecision, Place, Published, Span, Speaker, SpeakerKind,
    };

    use super::*;

    /// Writes one document to an index and reads it back from there.
    fn through_the_index(schema: &Schema, document: TantivyDocument) -> TantivyDocument {
        let index = schema.create_in_memory().unwrap();
        let mut writer: tantivy::IndexWriter =
            index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.add_document(document).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let found = searcher.search(&AllQuery, &DocSetCollector).unwrap();
        searcher.doc(found.into_iter().next().unwrap()).unwrap()
    }

    fn published() -> impl Strategy<Value = Published> {
        let precision = prop_oneof![
            Just(DatePrecision::Year),
            Just(DatePrecision::Month),
            Just(DatePrecision::Day),
        ];
        let origin = prop_oneof![Just(DateOrigin::Header), Just(DateOrigin::JsonLd)];
        (
            -300_000i32..300_000,
            of(0i64..4_000_000_000),
            precision,
            origin,
        )
            .prop_map(|(day, instant, precision, origin)| Published {
                alternative: (day % 3 == 0).then(NaiveDate::default),
                date: NaiveDate::default() + chrono::Duration::days(day.into()),
                instant: instant
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
                    .map(|instant| instant.fixed_offset()),
                precision,
                origin,
            })
    }

    fn article() -> impl Strategy<Value = Article> {
        let place = (".{0,8}", of(0u64..9)).prop_map(|(path, record)| Place { path, record });
        let text = || of("\\PC{0,12}");
        (
            place,
            (text(), text(), text(), text(), text(), text()),
            of(published()),
            ".{0,60}",
        )
            .prop_map(
                |(place, (id, url, source, title, author, lang), published, text)| Article {
                    place,
                    external_id: id,
                    url,
                    source,
                    title,
                    author,
                    published,
                    lang,
                    text,
                    notes: Vec::new(),
                },
            )
    }

    fn span(text: &str, start: usize, end: usize) -> Span {
        let on_boundary = |at: usize| {
            let at = at.min(text.len());
            (0..=at)
                .rev()
                .find(|&at| text.is_char_boundary(at))
                .unwrap()
        };
        Span::new(on_boundary(start), on_boundary(end))
    }

    fn attribution(text: &str, at: usize, name: String, title: Option<String>) -> Attribution {
        Attribution {
            speaker: Speaker {
                name,
                title,
                kind: SpeakerKind::Person,
            },
            mention: span(text, at, at + 5),
            cue: at.is_multiple_of(2).then(|| span(text, 0, at)),
            how: Resolution::Surname,
            others: vec!["Roe".to_owned(); at % 3],
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn an_article_survives_the_archive(article in article(), id: u64, before in published(), some: bool) {
            let schema = Schema::new();
            let notes = ArticleNotes {
                id: ArticleId(id),
                file: FileId(!id),
                address: some.then_some(id),
                added: some.then_some(before.date),
                quotations: id % 9,
                indirect: id % 4,
                versions: vec![
                    Version {
                        id: ArticleId(1),
                        title: article.title.clone(),
                        published: Some(before),
                        added: None,
                    };
                    (id % 3) as usize
                ],
            };
            let document = schema.encode_article(&article, &notes);
            let stored = schema.decode_article(&through_the_index(&schema, document)).unwrap();
            prop_assert_eq!(stored.notes, notes);
            prop_assert_eq!(stored.article, article);
        }

        #[test]
        fn a_quotation_survives_the_archive(
            article in article(),
            id: u64,
            (start, end) in (0usize..60, 0usize..60),
            speaker in of((0usize..60, "\\PC{0,9}", of("\\PC{0,9}"))),
            confidence in 0f32..=1.0,
            denied: bool,
            inside: bool,
        ) {
            let schema = Schema::new();
            let outer = Quotation {
                span: Span::new(0, article.text.len()),
                kind: QuotationKind::Direct,
                attribution: None,
                confidence: 1.0,
                denied: false,
                inside: None,
            };
            let quotation = Quotation {
                span: span(&article.text, start, end),
                kind: QuotationKind::Mixed,
                attribution: speaker
                    .map(|(at, name, title)| attribution(&article.text, at, name, title)),
                confidence,
                denied,
                inside: inside.then_some(0),
            };
            let list = [outer, quotation.clone()];
            let notes = ArticleNotes { id: ArticleId(id), file: FileId(3), ..ArticleNotes::default() };
            let document = schema
                .encode_quotations(&article, &notes, &list)
                .nth(1)
                .unwrap();
            let document = through_the_index(&schema, document);
            let whole = through_the_index(&schema, schema.encode_article(&article, &notes));
            let whole = schema.decode_article(&whole).unwrap();
            let stored = schema.decode_quotation(&document, &whole).unwrap();
            prop_assert_eq!(&schema.decode_bare_quotation(&document).unwrap(), &stored.quotation);
            prop_assert_eq!(stored.id, QuotationId::new(ArticleId(id), quotation.span));
            prop_assert_eq!(Some(stored.text.as_str()), quotation.span.of(&article.text));
            let written = quotation.attribution.as_ref().map(|a| a.mention.of(&article.text));
            prop_assert_eq!(stored.as_written.as_deref(), written.flatten());
            let outer = inside.then(|| QuotationId::new(ArticleId(id), list[0].span));
            prop_assert_eq!(stored.inside, outer);
            prop_assert_eq!(stored.quotation, Quotation { inside: None, ..quotation });
            prop_assert_eq!(stored.article, Article { text: String::new(), ..article });
        }

        #[test]
        fn a_file_survives_the_archive(path in "\\PC{0,20}", size: u64, modified: i64) {
            let schema = Schema::new();
            let (duplicates, displaced) = (vec![ArticleId(size)], vec![size; 2]);
            let file = StoredFile { path, size, modified, duplicates, displaced, ..StoredFile::default() };
            let document = schema.encode_file(&file, FileId(1));
            let document = through_the_index(&schema, document);
            prop_assert_eq!(schema.decode_file(&document).unwrap(), file);
        }
    }

    #[test]
    fn a_span_outside_the_text_makes_no_document() {
        let schema = Schema::new();
        let article = Article {
            text: "é".to_owned(),
            ..Article::default()
        };
        let notes = ArticleNotes::default();
        let mut quotation = Quotation {
            span: Span::new(1, 2),
            kind: QuotationKind::Direct,
            attribution: None,
            confidence: f32::NAN,
            denied: false,
            inside: None,
        };
        let encode =
            |quotation: &Quotation| schema.encode_quotation(&article, &notes, quotation, None, 1);
        assert!(encode(&quotation).is_none());
        quotation.span = Span::new(0, 2);
        let document = encode(&quotation).unwrap();
        let mut whole = schema
            .decode_article(&schema.encode_article(&article, &notes))
            .unwrap();
        let stored = schema.decode_quotation(&document, &whole).unwrap();
        assert!(stored.quotation.confidence.abs() < f32::EPSILON);
        whole.article.text.clear();
        assert!(schema.decode_quotation(&document, &whole).is_err());
    }

    #[test]
    fn a_document_of_another_kind_is_an_error() {
        let schema = Schema::new();
        let file = schema.encode_file(&StoredFile::default(), FileId(1));
        assert!(schema.decode_article(&file).is_err());
        assert!(
            schema
                .decode_bare_quotation(&TantivyDocument::new())
                .is_err()
        );
    }

    #[test]
    fn each_term_finds_its_documents() {
        let schema = Schema::new();
        let index: Index = schema.create_in_memory().unwrap();
        let mut writer: tantivy::IndexWriter =
            index.writer_with_num_threads(1, 15_000_000).unwrap();
        let article = Article {
            text: "“Yes,” said Roe.".to_owned(),
            ..Article::default()
        };
        let quotation = Quotation {
            span: Span::new(3, 7),
            kind: QuotationKind::Direct,
            attribution: None,
            confidence: 1.0,
            denied: false,
            inside: None,
        };
        let (id, file) = (ArticleId(u64::MAX), FileId(9));
        let notes = ArticleNotes {
            id,
            file,
            address: Some(8),
            ..ArticleNotes::default()
        };
        writer
            .add_document(schema.encode_article(&article, &notes))
            .unwrap();
        writer
            .add_document(
                schema
                    .encode_quotation(&article, &notes, &quotation, None, 1)
                    .unwrap(),
            )
            .unwrap();
        writer
            .add_document(schema.encode_file(
                &StoredFile {
                    duplicates: vec![ArticleId(4)],
                    displaced: vec![6, 7],
                    ..StoredFile::default()
                },
                file,
            ))
            .unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        for (term, expected) in [
            (schema.from_file_term(file), 3),
            (schema.file_term(file), 1),
            (schema.article_term(id), 2),
            (
                schema.quotation_term(QuotationId::new(id, quotation.span)),
                1,
            ),
            (schema.duplicate_term(ArticleId(4)), 1),
            (schema.displaced_term(7), 1),
            (schema.address_term(8), 1),
            (schema.address_term(7), 0),
            (schema.kind_term(DocumentKind::Quotation), 1),
            (schema.article_term(ArticleId(0)), 0),
        ] {
            let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
            assert_eq!(
                searcher.search(&query, &Count).unwrap(),
                expected,
                "{term:?}"
            );
        }
    }
}
