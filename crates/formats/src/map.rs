use std::fmt;
use std::str::FromStr;

use crate::Field;

/// Which columns or keys hold the fields of articles, where they have other names than the usual ones.
///
/// Written `title=headline,date=pub`. In JSON a name may be a path: `text=data.body`.
///
/// ```
/// use whosaid_formats::{Field, FieldMap};
///
/// let map: FieldMap = "title=Überschrift, text=data.body".parse()?;
/// assert_eq!(map.get(Field::Text), Some("data.body"));
/// assert_eq!(map.get(Field::Date), None);
/// # Ok::<(), whosaid_formats::FieldMapError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    names: Vec<(Field, String)>,
}

impl FieldMap {
    /// Returns the column or key that holds a field, if it is named.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.iter()
            .find_map(|(mapped, name)| (mapped == field).then_some(name))
    }

    /// Tells whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Iterates over what is named, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.names.iter().map(|(field, name)| (*field, &**name))
    }
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(text: &str) -> Result<Self, FieldMapError> {
        let mut map = Self::default();
        for part in text.split(',').map(str::trim) {
            let Some((field, name)) = part.split_once('=') else {
                return Err(FieldMapError::NoName(part.to_owned()));
            };
            let (field, name) = (field.trim(), name.trim());
            let Ok(known) = field.parse::<Field>() else {
                return Err(FieldMapError::NoField {
                    name: field.to_owned(),
                    near: near(field),
                });
            };
            if name.is_empty() {
                return Err(FieldMapError::NoName(part.to_owned()));
            }
            if map.get(known).is_some() {
                return Err(FieldMapError::Twice(known));
            }
            map.names.push((known, name.to_owned()));
        }
        Ok(map)
    }
}

/// Returns the field that was meant by a name that is none.
fn near(name: &str) -> Option<Field> {
    let lower = name.to_lowercase();
    let spelt = Field::ALL
        .into_iter()
        .map(|field| (strsim::damerau_levenshtein(&lower, field.as_str()), field))
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance);
    spelt
        .map(|(_, field)| field)
        .or_else(|| crate::names::usual(name).map(|usual| usual.field))
}

/// Why a text is no [`FieldMap`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldMapError {
    /// No field has this name.
    NoField {
        /// The name.
        name: String,
        /// The field that may have been meant.
        near: Option<Field>,
    },
    /// A part is not of the form `field=name`.
    NoName(String),
    /// A field is named twice.
    Twice(Field),
}

impl fmt::Display for FieldMapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoField { name, near } => {
                write!(f, "no field is called “{name}”")?;
                if let Some(near) = near {
                    return write!(f, "; did you mean {near}?");
                }
                let all: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
                write!(f, "; the fields are {}", all.join(", "))
            }
            Self::NoName(part) => {
                write!(
                    f,
                    "“{part}” is not of the form field=name, such as title=headline"
                )
            }
            Self::Twice(field) => write!(f, "{field} is named twice"),
        }
    }
}

impl std::error::Error for FieldMapError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("titel=x", "no field is called “titel”; did you mean title?"),
            (
                "headline=x",
                "no field is called “headline”; did you mean title?",
            ),
            (
                "colour=x",
                "no field is called “colour”; the fields are title, text, date, author, source, url, id, lang",
            ),
            (
                "title",
                "“title” is not of the form field=name, such as title=headline",
            ),
            (
                "title=",
                "“title=” is not of the form field=name, such as title=headline",
            ),
            ("title=a,title=b", "title is named twice"),
        ] {
            let error = text.parse::<FieldMap>().unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn names_may_hold_blanks_and_signs() {
        let map: FieldMap = "title = The head , date=a=b".parse().unwrap();
        assert_eq!(map.get(Field::Title), Some("The head"));
        assert_eq!(map.get(Field::Date), Some("a=b"));
    }
}
