use crate::{Error, Schema};

/// The format this crate reads and writes. It rises with every change of fields, analyzers or records.
pub const FORMAT: u32 = 1;

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
    use tantivy::Index;
    use tantivy::schema::{Schema as TantivySchema, TEXT, TextOptions};

    use super::*;
    use crate::ErrorKind;

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
}
