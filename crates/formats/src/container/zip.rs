//! Zip archives.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufReader, Read, SeekFrom};
use std::rc::Rc;

use zip::ZipReadOptions;
use zip::read::{Config, ZipFile, ZipFileEntry, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::meter::Guarded;
use super::name::clean;
use super::{Flow, Name, Reader, Stop};
use crate::{Part, RejectKind, Seekable};

/// Recognizes an archive, also an empty one or the first of several volumes.
pub(super) fn recognize(head: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"]
        .iter()
        .any(|magic| head.starts_with(*magic))
}

/// Recognizes by its first member what is a zip archive, but not one of files.
fn refusal(first: &str) -> Option<(RejectKind, &'static str)> {
    match first {
        "[Content_Types].xml" | "_rels/.rels" => {
            Some((RejectKind::Unsupported, "office documents are not read"))
        }
        "mimetype" => Some((
            RejectKind::Unsupported,
            "e-books and office documents are not read",
        )),
        "META-INF/" | "META-INF/MANIFEST.MF" | "AndroidManifest.xml" => {
            Some((RejectKind::NotNews, "a program"))
        }
        _ => None,
    }
}

impl Reader<'_> {
    /// Reads an archive by its table of contents.
    pub(super) fn zip(&mut self, archive: &mut dyn Seekable, name: &Name, depth: u32) -> Flow {
        let mut archive = BufReader::new(archive);
        let mut contents = match ZipIterable::try_new(&mut archive, Config::default()) {
            Ok(contents) => contents,
            Err(error) => return self.zip_without_contents(&mut archive, name, depth, &error),
        };
        let Ok(entries) = contents.files() else {
            return self.reject(
                name,
                RejectKind::Malformed,
                "its table of contents is missing",
            );
        };
        let mut first = true;
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(_) if self.meter.stopped() => return Ok(()),
                Err(error) => {
                    let reason = format!("its table of contents is damaged: {}", words(&error));
                    return self.reject(name, RejectKind::Malformed, reason);
                }
            };
            let own = own_name(&entry);
            if std::mem::take(&mut first)
                && let Some((kind, reason)) = refusal(&own)
            {
                return Err(Stop::Refused(name.reject(kind, reason)));
            }
            let Some(member) = clean(&own).map(|own| name.member(&own)) else {
                continue;
            };
            if entry.is_dir() {
                continue;
            }
            self.zip_entry(entry, entries.reader_mut(), &member, depth)?;
            if self.meter.stopped() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn zip_entry(
        &mut self,
        entry: ZipFileEntry<'_>,
        archive: &mut (impl Read + std::io::Seek),
        name: &Name,
        depth: u32,
    ) -> Flow {
        if entry.is_symlink() {
            return self.reject(name, RejectKind::NotNews, "a link");
        }
        if entry.encrypted() {
            return self.reject(name, RejectKind::Encrypted, "wants a password");
        }
        if let Err(fault) = self.meter.member() {
            return self.send(Part::Reject(name.fault(fault)));
        }
        match entry.with_reader(archive, ZipReadOptions::new()) {
            Ok(mut file) => self.zip_member(&mut file, name, depth),
            Err(_) if self.meter.stopped() => Ok(()),
            Err(error) => {
                let kind = match error {
                    ZipError::UnsupportedArchive(_)
                    | ZipError::CompressionMethodNotSupported(_) => RejectKind::Unsupported,
                    _ => RejectKind::Malformed,
                };
                self.reject(name, kind, words(&error))
            }
        }
    }

    fn zip_member<R: Read>(&mut self, file: &mut ZipFile<'_, R>, name: &Name, depth: u32) -> Flow {
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let mut guarded = Guarded::new(file, self.meter, "zip", packed);
        let flow = self.file(&mut guarded, name, depth);
        let flow = self.ended(flow, guarded.fault(), name, None);
        self.member(flow)
    }

    /// Reads members from the start on as far as they follow each other: the end of the archive is missing, and
    /// with it the table of contents.
    fn zip_without_contents(
        &mut self,
        archive: &mut BufReader<&mut dyn Seekable>,
        name: &Name,
        depth: u32,
        error: &ZipError,
    ) -> Flow {
        if std::io::Seek::seek(archive, SeekFrom::Start(0)).is_err() {
            return Ok(());
        }
        while let Ok(Some(mut file)) = read_zipfile_from_stream(archive) {
            let own = file.name().map(Cow::into_owned).unwrap_or_default();
            let Some(member) = clean(&own).map(|own| name.member(&own)) else {
                continue;
            };
            if !file.is_file() {
                continue;
            }
            if let Err(fault) = self.meter.member() {
                return self.send(Part::Reject(name.fault(fault)));
            }
            self.zip_member(&mut file, &member, depth)?;
            if self.meter.stopped() {
                return Ok(());
            }
        }
        let reason = format!("the zip archive breaks off or is damaged: {}", words(error));
        self.reject(name, RejectKind::Malformed, reason)
    }
}

fn own_name(entry: &ZipFileEntry<'_>) -> String {
    match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    }
}

fn words(error: &ZipError) -> String {
    let words = match error {
        ZipError::Io(error) => error.to_string(),
        ZipError::InvalidArchive(reason) => reason.to_string(),
        ZipError::UnsupportedArchive(reason) => (*reason).to_owned(),
        other => other.to_string(),
    };
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => words,
    }
}
