use crate::{Error, Schema};

/// The format this crate reads and writes. It rises with every change of fields, analyzers or records.
pub const FORMAT: u32 = 9;

/// The format number is the name of an empty field: it lies in the same file as the schema, which is written
/// once, whole, when the index is made.
const MARKER: &str = "whosaid_format_";

pub(crate) fn marker() -> String {
    format!("{MARKER}{FORMAT}")
}

/// Checks that an index was made by this program, in the format of this version.
///
/// # Errors
/// [`NotAnArchive`](crate::ErrorKind::NotAnArchive) when the index has no format number,
/// [`UnknownFormat`](crate::ErrorKind::UnknownFormat) when it has another one.
pub fn check_format(index: &tantivy::Index) -> Result<(), Error> {
    let schema = index.schema();
    let found = schema
        .fields()
        .find_map(|(_, entry)| entry.name().strip_prefix(MARKER)?.parse().ok());
    match found {
        None => Err(Error::foreign()),
        Some(FORMAT) if schema == *Schema::new().tantivy() => Ok(()),
        Some(format) => Err(Error::format(format)),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use chrono::NaiveDate;
    use tantivy::schema::{OwnedValue, Schema as TantivySchema, TEXT, TextOptions, Value};
    use tantivy::tokenizer::TextAnalyzer;
    use tantivy::{Index, TantivyDocument};
    use whosaid_model::{
        Article, ArticleId, Attribution, DateOrigin, DatePrecision, Place, Published, Quotation,
        QuotationKind, Resolution, Span, Speaker, SpeakerKind, Version,
    };

    use super::*;
    use crate::{
        ArticleNotes, ErrorKind, FileId, StoredFile, exact_analyzer, indexing_analyzer,
        names_analyzer,
    };

    fn kind_of(build: impl FnOnce(&mut tantivy::schema::SchemaBuilder)) -> ErrorKind {
        let mut builder = TantivySchema::builder();
        build(&mut builder);
        let index = Index::create_in_ram(builder.build());
        check_format(&index).unwrap_err().kind()
    }

    #[test]
    fn our_own_index_passes() {
        let index = Schema::new().create_in_memory().unwrap();
        assert!(check_format(&index).is_ok());
    }

    #[test]
    fn a_foreign_or_later_index_is_told_apart() {
        let foreign = kind_of(|builder| {
            builder.add_text_field("body", TEXT);
        });
        assert_eq!(foreign, ErrorKind::NotAnArchive);
        let later = kind_of(|builder| {
            builder.add_text_field("whosaid_format_999", TextOptions::default());
        });
        assert_eq!(later, ErrorKind::UnknownFormat);
    }

    const TEXT_OF_ALL: &str =
        "“She told me, ‘Don’t wait,’” said Ms. Zoë Saint-Clair of the U.S. — 1.5% (一点)";

    /// Two quotations, one inside the other, with something in every field.
    fn quotations() -> Vec<Quotation> {
        let span = |words: &str| {
            let start = TEXT_OF_ALL.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let outer = Quotation {
            span: span("She told me, ‘Don’t wait,’"),
            kind: QuotationKind::Direct,
            attribution: Some(Attribution {
                speaker: Speaker {
                    name: "Zoë Saint-Clair".to_owned(),
                    title: Some("minister".to_owned()),
                    kind: SpeakerKind::Person,
                },
                mention: span("Ms. Zoë Saint-Clair"),
                cue: Some(span("said")),
                how: Resolution::Name,
                others: vec!["Jane Roe".to_owned()],
            }),
            confidence: 0.75,
            denied: true,
            inside: None,
        };
        let inner = Quotation {
            span: span("Don’t wait,"),
            kind: QuotationKind::Mixed,
            attribution: None,
            inside: Some(0),
            ..outer.clone()
        };
        vec![outer, inner]
    }

    fn article() -> Article {
        let text = |text: &str| Some(text.to_owned());
        Article {
            place: Place {
                path: "news/a.jsonl".to_owned(),
                record: Some(7),
            },
            external_id: text("x-7"),
            url: text("https://example.org/a"),
            source: text("Daily Example"),
            title: text("Nobody waits"),
            author: text("Ann Lee"),
            published: Some(Published {
                date: NaiveDate::from_ymd_opt(2025, 10, 1).unwrap(),
                instant: None,
                precision: DatePrecision::Month,
                alternative: None,
                origin: DateOrigin::Header,
            }),
            lang: text("en"),
            text: TEXT_OF_ALL.to_owned(),
            notes: Vec::new(),
        }
    }

    /// Writes a document as lines of its fields; bytes as hexadecimal digits.
    fn fields(schema: &TantivySchema, document: &TantivyDocument) -> String {
        let mut lines = String::new();
        for (field, value) in document.field_values() {
            let name = schema.get_field_name(field);
            let value = match value.as_bytes() {
                Some(bytes) => bytes.iter().fold(String::new(), |mut line, byte| {
                    let _ = write!(line, "{byte:02x}");
                    line
                }),
                None => format!("{:?}", OwnedValue::from(value)),
            };
            let _ = writeln!(lines, "  {name} {value}");
        }
        lines
    }

    fn tokens(mut analyzer: TextAnalyzer) -> String {
        let mut line = String::new();
        analyzer.token_stream(TEXT_OF_ALL).process(&mut |token| {
            let (from, to) = (token.offset_from, token.offset_to);
            let _ = write!(line, " {}@{}:{from}-{to}", token.text, token.position);
        });
        line
    }

    /// When this fails, archives that exist are read wrongly: raise [`FORMAT`], which makes them a clear error, and
    /// accept the snapshot, which has the number in its name, in place of the old one.
    #[test]
    fn the_encoding_belongs_to_the_format_number() {
        let schema = Schema::new();
        let article = article();
        let of_article = ArticleNotes {
            id: ArticleId(0x0102_0304),
            file: FileId(9),
            address: Some(0x0506_0708),
            added: NaiveDate::from_ymd_opt(2025, 11, 2),
            quotations: 2,
            indirect: 1,
            versions: vec![Version {
                id: ArticleId(0x0a0b_0c0d),
                title: Some("Nobody waited".to_owned()),
                published: article.published.clone(),
                added: NaiveDate::from_ymd_opt(2025, 11, 1),
            }],
        };
        let quotations = quotations();
        let of_file = StoredFile {
            path: "/news/a.jsonl".to_owned(),
            shown: "a.jsonl".to_owned(),
            size: 1000,
            modified: -1,
            sha256: "00ff".to_owned(),
            articles: 1,
            duplicates: vec![ArticleId(5)],
            displaced: vec![6],
            rejected: 3,
        };
        let mut written = String::new();
        let mut documents = vec![schema.encode_article(&article, &of_article)];
        documents.extend(schema.encode_quotations(&article, &of_article, &quotations));
        documents.push(schema.encode_file(&of_file, of_article.file));
        for document in &documents {
            let _ = writeln!(written, "document\n{}", fields(schema.tantivy(), document));
        }
        let _ = writeln!(written, "news{}", tokens(indexing_analyzer()));
        let _ = writeln!(written, "names{}", tokens(names_analyzer()));
        let _ = writeln!(written, "exact{}", tokens(exact_analyzer()));
        for (_, entry) in schema.tantivy().fields() {
            let _ = writeln!(written, "field {} {:?}", entry.name(), entry.field_type());
        }
        insta::assert_snapshot!(format!("format_{FORMAT}"), written);
    }
}
