//! Tables: a row an article, under a header that names the columns.

mod cut;
mod header;

use std::io;

use whosaid_model::Article;

use self::cut::RowCutter;
pub(crate) use self::header::Columns;
use crate::common::Common;
use crate::decode::decode;
use crate::fields::Draft;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::names::Usual;
use crate::{Field, ReadOptions, Reject, RejectKind, Stream};

/// Values between commas, tabs, semicolons or bars.
#[derive(Debug)]
pub(crate) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        if matches!(head.extension, "csv" | "tsv" | "tab" | "psv") {
            Recognition::ByName
        } else if Columns::read(head.bytes).is_some_and(|columns| columns.is_telling()) {
            Recognition::ByContent
        } else {
            Recognition::No
        }
    }

    fn refuse(&self, head: &Head<'_>, options: &ReadOptions) -> Option<(RejectKind, String)> {
        let complaint = match Columns::read(head.bytes) {
            Some(columns) => columns.complaint(&options.map)?,
            None => "no header that names the columns".to_owned(),
        };
        Some((RejectKind::Unsupported, complaint))
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |stream| {
            let columns = Columns::read(stream.head()).unwrap_or_else(Columns::none);
            Box::new(RowCutter::new(columns))
        })
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let Some(Common::Columns(columns)) = origin.common else {
            return;
        };
        if let Some(article) = article(record, columns, origin).transpose() {
            sink(article);
        }
    }
}

/// Makes an article of a row, unless it is blank.
fn article(
    record: &[u8],
    columns: &Columns,
    origin: &Origin<'_>,
) -> Result<Option<Article>, Reject> {
    let row = match columns.encoding {
        Some(encoding) => encoding.decode_without_bom_handling(record).0,
        None => decode(record),
    };
    let malformed = |reason: String| origin.reject(RejectKind::Malformed, reason, 0);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(columns.dialect.delimiter)
        .quoting(columns.dialect.quoting)
        .has_headers(false)
        .flexible(true)
        // A buffer of the usual size costs more than reading a row.
        .buffer_capacity(row.len().max(64))
        .from_reader(row.as_bytes());
    let mut values = csv::StringRecord::new();
    match reader.read_record(&mut values) {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        Err(error) => return Err(malformed(format!("not a row: {error}"))),
    }
    if values.iter().all(|value| value.trim().is_empty()) {
        return Ok(None);
    }
    let marks = memchr::memchr_iter(b'"', row.as_bytes()).count();
    if marks % 2 == 1 && cut::is_unclosed(row.as_bytes(), columns.dialect) {
        return Err(malformed(
            "a quotation mark opens a value and never closes".to_owned(),
        ));
    }
    let expected = columns.names.len();
    let surplus = values
        .iter()
        .skip(expected)
        .any(|value| !value.trim().is_empty());
    if values.len() < expected || surplus {
        let found = values.len();
        return Err(malformed(format!(
            "a row of {found} values under a header of {expected}"
        )));
    }
    let map = &origin.options.map;
    let mut draft = Draft::default();
    for (field, name) in map.iter() {
        if let Some(value) = columns.position(name).and_then(|index| values.get(index)) {
            draft.offer(Usual::named(field), value.to_owned());
        }
    }
    for (usual, value) in columns.usual.iter().zip(&values) {
        if let Some(usual) = usual.filter(|usual| map.get(usual.field).is_none()) {
            draft.offer(usual, value.to_owned());
        }
    }
    let missing = || match map.get(Field::Text) {
        Some(name) => format!("nothing in column “{name}”"),
        None => "nothing in the column of the text".to_owned(),
    };
    draft.into_article(origin, missing).map(Some)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cut::testing::cut_in_steps;
    use crate::testing::{read, read_with};

    #[test]
    fn delimiters_and_names_are_recognized() {
        for (path, table) in [
            (
                "a.csv",
                "Title,Article,Publication Date\nA,\"“Yes,” she said.\nMore, too.\",2025-10-25\n",
            ),
            (
                "a.csv",
                "\u{feff}\"title\";\"BODY\";\"pub_date\"\r\n\"A\";\"“Yes,” she said.\nMore, too.\";\"October 25, 2025 \"\r\n",
            ),
            (
                "a.csv",
                "sep=;\nheadline;content;published\nA;\"“Yes,” she said.\nMore, too.\";25.10.2025",
            ),
            (
                "a.tsv",
                "id\theadline\ttext\tdate\n1\tA\t\"“Yes,” she said.\nMore, too.\"\t2025-10-25\n",
            ),
            (
                "export",
                "headline|text|created_at\nA|\"“Yes,” she said.\nMore, too.\"|20251025\n\n ||\n",
            ),
        ] {
            let mut read = read(path, table);
            assert_eq!(read.len(), 1, "{table}");
            let article = read.remove(0).unwrap();
            assert_eq!(article.title.as_deref(), Some("A"), "{table}");
            assert_eq!(article.text, "“Yes,” she said.\nMore, too.");
            assert_eq!(article.published.unwrap().date.to_string(), "2025-10-25");
            assert_eq!(article.place.to_string(), format!("{path}:1"));
        }
    }

    #[test]
    fn tables_of_tabs_may_not_know_quoting() {
        let table = "title\ttext\nA\t\"Yes,\" she said. \"No.\"\n\"B\"\t“x”\n";
        let read = read("a.tsv", table);
        assert_eq!(read[0].as_ref().unwrap().text, "\"Yes,\" she said. \"No.\"");
        assert_eq!(read[1].as_ref().unwrap().title.as_deref(), Some("\"B\""));
    }

    #[test]
    fn tables_of_tabs_may_know_quoting() {
        let table = "title\ttext\nA\t\"\"\"Yes,\"\" she said.\nShe \"\"said\"\" it.\"\nB\tb\n";
        let read = read("a.tsv", table);
        let text = "\"Yes,\" she said.\nShe \"said\" it.";
        assert_eq!(read[0].as_ref().unwrap().text, text);
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn rows_that_do_not_fit_are_named() {
        let table = "title,text\nA,a\nB\nC,c,,\nD,d,x\nE,\" \"\nF,\"f\nG,g\nH,h\n";
        let shown: Vec<String> = read("a.csv", table)
            .into_iter()
            .map(|result| result.map_or_else(|reject| reject, |article| article.title.unwrap()))
            .collect();
        assert_eq!(
            shown,
            [
                "A",
                "a.csv:2: a row of 1 values under a header of 2",
                "C",
                "a.csv:4: a row of 3 values under a header of 2",
                "a.csv:5: nothing in the column of the text",
                "a.csv:6: a quotation mark opens a value and never closes",
                "G",
                "H",
            ]
        );
    }

    #[test]
    fn headers_of_no_use_are_told() {
        for (table, map, reason) in [
            (
                "kop,tekst\nA,a\n",
                "",
                "a.csv: no column is named as one that holds a text (text, body, content, article); the columns are “kop”, “tekst”",
            ),
            (
                "kop,tekst\nA,a\n",
                "text=teks",
                "a.csv: no column is called “teks”; did you mean “tekst”?",
            ),
            (
                "kop,text\nA,a\n",
                "title=x",
                "a.csv: no column is called “x”; the columns are “kop”, “text”",
            ),
        ] {
            let map = map.parse().unwrap_or_default();
            let read = read_with("a.csv", table.as_bytes(), ReadOptions::new().map(map));
            assert_eq!(read.unwrap_err(), reason);
        }
    }

    #[test]
    fn columns_can_be_named() {
        let map = "title=Kop,text=TEKST".parse().unwrap();
        let table = "text,Kop,tekst,title\nno,A,a,no\n";
        let mut read = read_with("a.csv", table.as_bytes(), ReadOptions::new().map(map)).unwrap();
        let article = read.remove(0).unwrap();
        assert_eq!((article.title.as_deref(), &*article.text), (Some("A"), "a"));
    }

    #[test]
    fn the_encoding_is_that_of_the_table() {
        let bytes = b"title;text\nA;\x93D\xe9j\xe0,\x94 dit-elle.\nB;b\n";
        let read = read_with("a.csv", bytes, ReadOptions::new()).unwrap();
        assert_eq!(read[0].as_ref().unwrap().text, "“Déjà,” dit-elle.");
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "Title, text and date\nA story, as told.\nMore, too.\n",
            "The text | the title\n\nMore.\n",
        ] {
            let read = read("a.txt", text);
            assert_eq!(read.len(), 1);
            assert!(read[0].as_ref().unwrap().text.contains("More"), "{text}");
        }
    }

    fn cell() -> impl Strategy<Value = String> {
        "[a\",;\n\r\t é]{0,6}"
    }

    proptest! {
        #[test]
        fn rows_are_cut_as_they_were_written(
            rows in prop::collection::vec((cell(), cell(), cell()), 0..6),
            delimiter in prop::sample::select(&b",;\t|"[..]),
            step in 1..9_usize,
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            writer.write_record(["a", "b", "c"]).unwrap();
            for (a, b, c) in &rows {
                // No bare blank line: three empty cells are delimiters at least.
                writer.write_record([a, b, c]).unwrap();
            }
            let table = writer.into_inner().unwrap();
            let mut columns = Columns::none();
            columns.dialect.delimiter = delimiter;
            columns.lines = 1;
            let found: Vec<(String, String, String)> =
                cut_in_steps(&mut RowCutter::new(columns), &table, step)
                    .into_iter()
                    .map(|range| {
                        let mut reader = csv::ReaderBuilder::new()
                            .delimiter(delimiter)
                            .has_headers(false)
                            .from_reader(&table[range]);
                        let mut rows = reader.deserialize();
                        let row = rows.next().unwrap().unwrap();
                        assert!(rows.next().is_none());
                        row
                    })
                    .collect();
            prop_assert_eq!(found, rows);
        }

        #[test]
        fn no_bytes_break_the_reader(table in "(title|text|[\",;\t|\n\r]|\\PC){0,40}") {
            for path in ["a.csv", "a.tsv", "a"] {
                let _ = read_with(path, table.as_bytes(), ReadOptions::new());
            }
        }
    }
}
