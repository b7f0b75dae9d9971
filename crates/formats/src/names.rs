//! The names that exports give to the parts of an article.

use std::fmt;
use std::str::FromStr;

/// A part of an article that a column or key may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Title,
    /// The body.
    Text,
    /// When it was published.
    Date,
    /// Who wrote it.
    Author,
    /// The outlet.
    Source,
    /// Its address.
    Url,
    /// Its identifier.
    Id,
    /// Its language.
    Lang,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Text,
        Self::Date,
        Self::Author,
        Self::Source,
        Self::Url,
        Self::Id,
        Self::Lang,
    ];

    /// Returns its name in a [`FieldMap`](crate::FieldMap).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Date => "date",
            Self::Author => "author",
            Self::Source => "source",
            Self::Url => "url",
            Self::Id => "id",
            Self::Lang => "lang",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|field| field.as_str() == name)
            .ok_or(())
    }
}

/// What a column or key of a usual name holds, and its rank among those that mean the same: the lowest with a
/// value wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Usual {
    pub(crate) field: Field,
    pub(crate) rank: u8,
    /// The value is HTML.
    pub(crate) html: bool,
}

impl Usual {
    /// What a column or key holds that the user named.
    pub(crate) fn named(field: Field) -> Self {
        Self {
            field,
            rank: 1,
            html: false,
        }
    }
}

/// Rank of what is only a summary of the text.
pub(crate) const SUMMARY: u8 = 10;

/// Looks a name up, whatever its case and whatever joins its words: `pubDate`, `Publication Date`, `created_at`.
/// The names are those of exports and interfaces that are in use: databases, WordPress, NewsAPI, GDELT, ninjs,
/// schema.org, JSON Feed, the Guardian, the New York Times, Elasticsearch, data sets of research.
pub(crate) fn usual(name: &str) -> Option<Usual> {
    let mut plain = [0_u8; 24];
    let mut length = 0_usize;
    for byte in name.bytes() {
        if matches!(byte, b'_' | b'-' | b' ' | b'.' | b':' | b'\t') {
            continue;
        }
        *plain.get_mut(length)? = byte.to_ascii_lowercase();
        length = length.saturating_add(1);
    }
    let (field, rank, html) = match plain.get(..length)? {
        b"title" => (Field::Title, 0, false),
        b"headline" => (Field::Title, 1, false),
        b"head" | b"heading" | b"webtitle" | b"articletitle" | b"newstitle" | b"posttitle"
        | b"storytitle" | b"headlines" | b"dctitle" => (Field::Title, 2, false),
        b"text" => (Field::Text, 0, false),
        b"body" => (Field::Text, 1, false),
        b"content" => (Field::Text, 2, false),
        b"fulltext" | b"bodytext" | b"articlebody" | b"articletext" | b"article" | b"maintext"
        | b"plaintext" | b"cleantext" | b"contenttext" | b"articlecontent" | b"newstext"
        | b"newscontent" | b"newsbody" | b"story" | b"storytext" | b"postcontent" => {
            (Field::Text, 3, false)
        }
        b"paragraphs" | b"bodies" => (Field::Text, 4, false),
        b"contenthtml" | b"bodyhtml" | b"bodyxhtml" | b"html" | b"contentencoded" => {
            (Field::Text, 5, true)
        }
        b"summary" | b"description" | b"abstract" | b"excerpt" | b"leadparagraph" | b"lead"
        | b"lede" | b"standfirst" | b"snippet" | b"teaser" => (Field::Text, SUMMARY, false),
        b"date" => (Field::Date, 0, false),
        b"published" | b"publishedat" | b"datepublished" | b"publishdate" | b"publisheddate"
        | b"publicationdate" | b"pubdate" | b"datepublish" | b"publishedon" | b"publishtime"
        | b"publishedtime" | b"datepub" | b"pub" => (Field::Date, 1, false),
        b"webpublicationdate"
        | b"firstpublished"
        | b"firstcreated"
        | b"articledate"
        | b"newsdate"
        | b"postdate"
        | b"postedat"
        | b"issued"
        | b"issuedate"
        | b"dcdate" => (Field::Date, 2, false),
        b"createdat" | b"created" | b"datecreated" | b"creationdate" | b"versioncreated"
        | b"datetime" | b"timestamp" | b"time" | b"day" => (Field::Date, 3, false),
        b"updated" | b"updatedat" | b"modified" | b"datemodified" | b"lastmodified" => {
            (Field::Date, 4, false)
        }
        b"author" | b"authors" => (Field::Author, 0, false),
        b"byline" | b"by" | b"writer" | b"creator" | b"dccreator" | b"reporter" | b"journalist"
        | b"authorname" | b"postauthor" => (Field::Author, 1, false),
        b"source" => (Field::Source, 0, false),
        b"publisher" | b"outlet" => (Field::Source, 1, false),
        b"publication" | b"newspaper" | b"sitename" | b"sourcename" | b"newsoutlet" | b"media"
        | b"provider" | b"medium" | b"newssource" | b"publishername" => (Field::Source, 2, false),
        b"site" | b"website" | b"domain" | b"sourcedomain" => (Field::Source, 3, false),
        b"url" => (Field::Url, 0, false),
        b"link" | b"permalink" | b"weburl" | b"articleurl" | b"canonicalurl" | b"articlelink"
        | b"href" | b"newsurl" | b"sourceurl" | b"storyurl" | b"posturl" => (Field::Url, 1, false),
        b"externalurl" => (Field::Url, 2, false),
        b"id" => (Field::Id, 0, false),
        b"guid" | b"uuid" | b"uri" | b"articleid" | b"docid" | b"docno" | b"identifier"
        | b"newsid" | b"storyid" | b"postid" => (Field::Id, 1, false),
        b"lang" => (Field::Lang, 0, false),
        b"language" | b"inlanguage" | b"langcode" | b"languagecode" | b"locale" => {
            (Field::Lang, 1, false)
        }
        _ => return None,
    };
    Some(Usual { field, rank, html })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_joints_do_not_count() {
        for (name, field) in [
            ("Title", Some(Field::Title)),
            ("pubDate", Some(Field::Date)),
            ("Publication Date", Some(Field::Date)),
            ("created_at", Some(Field::Date)),
            ("dc:creator", Some(Field::Author)),
            ("content_html", Some(Field::Text)),
            ("subject", None),
            ("", None),
            ("a name that is much longer than any of them", None),
        ] {
            assert_eq!(usual(name).map(|usual| usual.field), field, "{name}");
        }
    }

    #[test]
    fn fields_read_back_by_their_names() {
        for field in Field::ALL {
            assert_eq!(field.as_str().parse(), Ok(field));
            assert_eq!(usual(field.as_str()).map(|usual| usual.rank), Some(0));
        }
    }
}
