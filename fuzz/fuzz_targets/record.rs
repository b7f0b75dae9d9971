//! Stored documents of any bytes: decoded or refused, and encoded again.
//!
//! `cargo fuzz run -s none record` from the root. The first byte is the length of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tantivy::TantivyDocument;
use whosaid_model::Article;
use whosaid_schema::{ArticleNotes, FileId, Schema};

fuzz_target!(|input: &[u8]| {
    let Some((length, rest)) = input.split_first() else {
        return;
    };
    let (text, record) = rest.split_at(usize::from(*length).min(rest.len()));
    let schema = Schema::new();
    let mut document = TantivyDocument::new();
    document.add_bytes(schema.fields().record, record);
    let text = String::from_utf8_lossy(text);
    document.add_text(schema.fields().text, &text);
    if let Ok(stored) = schema.decode_article(&document) {
        let again = schema.encode_article(&stored.article, &stored.notes);
        let again = schema.decode_article(&again).expect("it was encoded just now");
        assert_eq!(again.article, stored.article);
    }
    let article = Article { text: text.into_owned(), ..Article::default() };
    let notes = ArticleNotes::default();
    let whole = schema.decode_article(&schema.encode_article(&article, &notes)).expect("it was encoded just now");
    if let Ok(stored) = schema.decode_quotation(&document, &whole) {
        let _ = schema.encode_quotation(&article, &notes, &stored.quotation, None, 1);
    }
    if let Ok(file) = schema.decode_file(&document) {
        let again = schema.encode_file(&file, FileId(1));
        assert_eq!(schema.decode_file(&again).expect("it was encoded just now"), file);
    }
});
