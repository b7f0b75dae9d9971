//! What a record of a crawl holds.

use chrono::{DateTime, Utc};
use whosaid_model::Article;

use super::Sink;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::html::{Html, PageContext, read_page};
use crate::media;
use crate::sniff::{Choice, choose};
use crate::{ReadOptions, Reject, RejectKind, Stream};

/// Bytes looked at to choose a format.
const HEAD: usize = 64 << 10;

/// Files that every site has for programs.
const FOR_PROGRAMS: [&str; 6] = [
    "/robots.txt",
    "/ads.txt",
    "/app-ads.txt",
    "/humans.txt",
    "/llms.txt",
    "/security.txt",
];

/// A page or another file of the web, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Payload<'a> {
    pub(super) bytes: &'a [u8],
    /// Its address.
    pub(super) url: Option<&'a str>,
    /// What it is said to be.
    pub(super) content_type: Option<&'a str>,
    /// When it was fetched.
    pub(super) not_after: Option<DateTime<Utc>>,
}

impl Payload<'_> {
    /// Tells what is on the web from what crawlers note beside it: `metadata://`, `urn:`, `dns:`.
    pub(super) fn is_of_web(&self) -> bool {
        let Some((scheme, _)) = self.url.and_then(|url| url.split_once(':')) else {
            return true;
        };
        ["http", "https", "ftp", "file"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
    }

    fn mime(&self) -> String {
        let whole = self.content_type.unwrap_or_default();
        let mime = whole.split(';').next().unwrap_or_default();
        mime.trim().to_ascii_lowercase()
    }

    /// The part of the address that names a file.
    fn path(&self) -> &str {
        let url = self.url.unwrap_or_default();
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let path = path.split_once("://").map_or(path, |(_, rest)| rest);
        let host = path.find('/').unwrap_or(path.len());
        path.get(host..).unwrap_or_default()
    }

    /// Hands its articles to `sink`; of one that is too long only the first bytes are here.
    pub(super) fn read(&self, too_long: bool, origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let reject = |kind, reason: &str| Err(origin.reject(kind, reason, 0));
        let path = self.path();
        let name = path.rsplit('/').next().unwrap_or_default();
        let extension = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let head = Head {
            bytes: self.bytes.get(..HEAD).unwrap_or(self.bytes),
            extension: &extension.to_ascii_lowercase(),
        };
        let mime = self.mime();
        if let Some(reason) = media::by_mime(&mime) {
            return sink(reject(RejectKind::NotNews, reason));
        }
        if self.bytes.trim_ascii().is_empty() {
            return sink(reject(RejectKind::NotNews, "an empty answer"));
        }
        if FOR_PROGRAMS.iter().any(|name| path.ends_with(name)) {
            return sink(reject(RejectKind::NotNews, "a file for programs"));
        }
        let choice = choose(&head);
        let sure = |format: &dyn Format| format.recognize(&head) == Recognition::ByContent;
        // Pieces of pages are sent as pages, and so are answers to scripts.
        let is_page = sure(&Html) || matches!(&*mime, "text/html" | "application/xhtml+xml");
        let format = match choice {
            Choice::Read(format) if !is_page || sure(format) && !sure(&Html) => Some(format),
            Choice::Read(_) | Choice::Refuse(RejectKind::Unsupported, _) if is_page => None,
            // On the web, what is not read is no news that was meant to be.
            Choice::Refuse(_, reason) => return sink(reject(RejectKind::NotNews, reason)),
            Choice::Read(_) => None,
        };
        if too_long {
            return sink(reject(
                RejectKind::TooLong,
                "longer than the limit of a record",
            ));
        }
        if let Some((_, reason)) = format.and_then(|format| format.refuse(&head, origin.options)) {
            return sink(reject(RejectKind::NotNews, &reason));
        }
        match format {
            None => self.read_page(origin, sink),
            Some(format) => self.read_as(format, origin, sink),
        }
    }

    fn read_page(&self, origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let context = PageContext {
            url: self.url,
            content_type: self.content_type,
            not_after: self.not_after,
        };
        sink(read_page(self.bytes, &context, origin));
    }

    /// Reads it as a file of its own, whose articles have the place of the record.
    fn read_as(&self, format: &dyn Format, origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let earliest = [self.not_after, origin.options.not_after];
        let options = ReadOptions {
            not_after: earliest.into_iter().flatten().min(),
            ..origin.options.clone()
        };
        let mut bytes = self.bytes;
        let Ok(mut stream) = Stream::open(&mut bytes, options.record_limit) else {
            return;
        };
        let mut found = false;
        let mut first = None;
        loop {
            let mut chunk = Chunk::default();
            if !matches!(format.next_chunk(&mut stream, &mut chunk), Ok(true)) {
                break;
            }
            let origin = Origin {
                options: &options,
                common: chunk.common.as_deref(),
                ..*origin
            };
            for record in &chunk.records {
                let range = record.bytes.clone();
                let Some(bytes) = range.and_then(|range| chunk.bytes.get(range)) else {
                    continue;
                };
                format.read_record(bytes, &origin, &mut |result| match result {
                    Ok(article) => {
                        found = true;
                        let url = self
                            .url
                            .filter(|_| record.number.is_none())
                            .map(ToOwned::to_owned);
                        sink(Ok(Article {
                            url: article.url.or(url),
                            published: article.published.filter(|date| options.may_be(date)),
                            ..article
                        }));
                    }
                    Err(reject) => {
                        first.get_or_insert(reject);
                    }
                });
            }
        }
        // An answer to a script is no news, however it is written.
        if let (false, Some(reject)) = (found, first) {
            sink(Err(Reject {
                kind: RejectKind::NotNews,
                ..reject
            }));
        }
    }
}
