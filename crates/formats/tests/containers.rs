//! Compressed files and archives bring what is in them, as far as it can be read.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use proptest::prelude::*;
use whosaid_formats::{Part, Pipe, ReadOptions, Reject, RejectKind, Source, read_file};

/// What a file brought: the places and titles of articles, and rejects.
#[derive(Debug, Default, PartialEq)]
struct Brought {
    articles: Vec<(String, String)>,
    rejects: Vec<(String, RejectKind, String)>,
    /// The file as a whole was refused.
    refused: Option<(RejectKind, String)>,
}

impl Brought {
    fn places(&self) -> Vec<&str> {
        self.articles.iter().map(|(place, _)| &**place).collect()
    }

    fn kinds(&self) -> Vec<(&str, RejectKind)> {
        self.rejects
            .iter()
            .map(|(path, kind, _)| (&**path, *kind))
            .collect()
    }
}

fn bring(source: &mut dyn Source, name: &str, options: ReadOptions) -> Brought {
    let mut brought = Brought::default();
    let told = |reject: Reject| (reject.path, reject.kind, reject.reason);
    let read = read_file(source, name, &options.into(), &mut |part| {
        match part {
            Part::Records(records) => records.read_all(&mut |article| match article {
                Ok(article) => brought
                    .articles
                    .push((article.place.to_string(), article.title.unwrap_or_default())),
                Err(reject) => brought.rejects.push(told(reject)),
            }),
            Part::Reject(reject) => brought.rejects.push(told(reject)),
        }
        ControlFlow::Continue(())
    });
    brought.refused = read.err().map(|reject| (reject.kind, reject.reason));
    brought
}

fn read(bytes: &[u8], name: &str) -> Brought {
    let one = bring(&mut Cursor::new(bytes), name, ReadOptions::new());
    // What is read out of order and what comes through a pipe are the same.
    let other = bring(&mut Pipe(bytes), name, ReadOptions::new());
    assert_eq!(one, other);
    one
}

fn story(title: &str) -> String {
    format!("date 2025-10-25 {title}\n“Yes, we will,” said Jane Roe.\n")
}

fn lines(from: u32, to: u32) -> String {
    let mut lines = String::new();
    for number in from..to {
        writeln!(
            lines,
            r#"{{"title":"T{number}","text":"“Yes,” said Roe {number}."}}"#
        )
        .unwrap();
    }
    lines
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn lz4(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKS: [(&str, Pack); 5] = [
    ("gz", gzip),
    ("zst", zstd),
    ("bz2", bzip2),
    ("xz", xz),
    ("lz4", lz4),
];

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // The builder refuses names that lead out of the archive.
        let field = &mut header.as_old_mut().name;
        if name.len() < field.len() {
            field[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        } else {
            header.set_cksum();
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    use zip::CompressionMethod::{Bzip2, Deflated, Stored, Xz, Zstd};
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for ((name, bytes), method) in members
        .iter()
        .zip([Deflated, Stored, Zstd, Bzip2, Xz].into_iter().cycle())
    {
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_compressed_file_is_read_as_what_it_holds() {
    for (ending, pack) in PACKS {
        let name = format!("a.jsonl.{ending}");
        let plain = read(lines(0, 300).as_bytes(), &name);
        assert_eq!(
            read(&pack(lines(0, 300).as_bytes()), &name),
            plain,
            "{ending}"
        );
        assert_eq!(plain.articles.len(), 300);
        let several = [
            pack(lines(0, 100).as_bytes()),
            pack(b""),
            pack(lines(100, 300).as_bytes()),
        ]
        .concat();
        assert_eq!(read(&several, &name), plain, "{ending}");
        let padded = [&*several, &[0; 512]].concat();
        assert_eq!(read(&padded, &name), plain, "{ending}");
        let twice = pack(&pack(lines(0, 300).as_bytes()));
        assert_eq!(read(&twice, &name), plain, "{ending}");
    }
}

#[test]
fn the_name_inside_tells_the_format() {
    let text = read(&gzip(story("Talks").as_bytes()), "a.txt.gz");
    assert_eq!(text.articles, [("a.txt.gz".to_owned(), "Talks".to_owned())]);
    let sheet = read(&gzip(b"p { color: red }"), "a.css.gz");
    assert_eq!(
        sheet.refused,
        Some((RejectKind::NotNews, "a style sheet".to_owned()))
    );
}

#[test]
fn a_clipped_file_gives_what_is_there_and_says_where_it_ends() {
    for (ending, pack) in PACKS {
        let name = format!("a.jsonl.{ending}");
        let mut packed = pack(lines(0, 200).as_bytes());
        packed.extend(pack(lines(200, 9000).as_bytes()));
        packed.truncate(packed.len() - 20);
        let brought = read(&packed, &name);
        assert!(brought.articles.len() >= 200, "{ending}: {brought:?}");
        let (path, kind, reason) = brought.rejects.last().unwrap();
        assert_eq!((path, *kind), (&name, RejectKind::Malformed));
        assert!(reason.contains("data cannot be read after "), "{reason}");
        assert_eq!(brought.refused, None);
        // Broken from the start.
        let brought = read(&packed[..12], &name);
        assert_eq!(
            brought.kinds(),
            [(&*name, RejectKind::Malformed)],
            "{ending}"
        );
        assert_eq!(brought.refused, None);
    }
}

#[test]
fn what_follows_a_compressed_stream_is_told() {
    let brought = read(
        &[gzip(lines(0, 3).as_bytes()), b"more".to_vec()].concat(),
        "a.gz",
    );
    assert_eq!(brought.articles.len(), 3);
    assert_eq!(brought.kinds(), [("a.gz", RejectKind::Malformed)]);
}

#[test]
fn frames_that_are_skipped_and_dictionaries_of_crawls() {
    let skipped = b"\x52\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    for (ending, pack) in [("zst", zstd as Pack), ("lz4", lz4)] {
        let first = pack(lines(0, 2).as_bytes());
        let brought = read(
            &[&*first, &skipped, &first].concat(),
            &format!("a.{ending}"),
        );
        assert_eq!(
            (brought.articles.len(), brought.rejects.len()),
            (4, 0),
            "{ending}"
        );
    }
    let dictionary = lines(0, 50).into_bytes();
    let mut encoder = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
    encoder.write_all(lines(3, 9).as_bytes()).unwrap();
    let body = encoder.finish().unwrap();
    for stored in [dictionary.clone(), zstd(&dictionary)] {
        let mut file = b"\x5d\x2a\x4d\x18".to_vec();
        file.extend((stored.len() as u32).to_le_bytes());
        file.extend(stored);
        file.extend(&body);
        assert_eq!(read(&file, "a.warc.zst").articles.len(), 6);
    }
}

#[test]
fn members_of_archives_are_files_of_their_own() {
    let long = format!("{}/e.txt", "long/".repeat(40));
    let (one, two, three) = (story("One"), story("Two"), lines(0, 3));
    let packed = gzip(story("Three").as_bytes());
    let members: &[(&str, &[u8])] = &[
        ("news/a.txt", one.as_bytes()),
        ("news/logo.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("news/.hidden.txt", one.as_bytes()),
        ("b.jsonl", three.as_bytes()),
        ("c.txt.gz", &packed),
        (&long, two.as_bytes()),
    ];
    for (name, archive) in [
        ("x.zip", zip(members)),
        ("x.tar", tar(members)),
        ("x.tgz", gzip(&tar(members))),
    ] {
        let brought = read(&archive, name);
        let expected = [
            format!("{name}/news/a.txt"),
            format!("{name}/b.jsonl:1"),
            format!("{name}/b.jsonl:2"),
            format!("{name}/b.jsonl:3"),
            format!("{name}/c.txt.gz"),
            format!("{name}/{}e.txt", "long/".repeat(40)),
        ];
        assert_eq!(brought.places(), expected, "{brought:?}");
        let logo = format!("{name}/news/logo.png");
        assert_eq!(brought.kinds(), [(&*logo, RejectKind::NotNews)]);
    }
}

#[test]
fn archives_within_archives_up_to_a_limit() {
    let mut archive = zip(&[("a.txt", story("Deep").as_bytes())]);
    for _ in 0..3 {
        archive = gzip(&tar(&[("x.zip", &archive)]));
        archive = zip(&[("x.tgz", &archive)]);
    }
    let brought = read(&archive, "x");
    assert_eq!(brought.articles, []);
    let (path, kind, reason) = &brought.rejects[0];
    assert_eq!(
        (&**path, *kind),
        ("x/x.tgz/x.zip/x.tgz/x.zip/x.tgz", RejectKind::TooDeep)
    );
    assert_eq!(reason, "more than 8 archives within each other");
    let deeper = bring(&mut &*archive, "x", ReadOptions::new().depth_limit(20));
    assert_eq!(deeper.articles.len(), 1);
}

#[test]
fn no_name_leaves_the_archive_and_links_are_not_followed() {
    let mut builder = tar::Builder::new(tar(&[("../../etc/news.txt", story("Out").as_bytes())]));
    builder.get_mut().truncate(1024);
    let mut header = tar::Header::new_gnu();
    header.set_size(0);
    header.set_entry_type(tar::EntryType::Symlink);
    builder
        .append_link(&mut header, "link.txt", "/etc/passwd")
        .unwrap();
    header.set_entry_type(tar::EntryType::Fifo);
    builder.append_data(&mut header, "pipe", &b""[..]).unwrap();
    let brought = read(&builder.into_inner().unwrap(), "x.tar");
    assert_eq!(brought.places(), ["x.tar/etc/news.txt"]);
    assert_eq!(
        brought.kinds(),
        [
            ("x.tar/link.txt", RejectKind::NotNews),
            ("x.tar/pipe", RejectKind::NotNews)
        ]
    );

    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer
        .add_symlink("link.txt", "/etc/passwd", options)
        .unwrap();
    writer.start_file("..\\..\\etc\\news.txt", options).unwrap();
    writer.write_all(story("Out").as_bytes()).unwrap();
    let brought = read(&writer.finish().unwrap().into_inner(), "x.zip");
    assert_eq!(brought.places(), ["x.zip/etc/news.txt"]);
    assert_eq!(brought.kinds(), [("x.zip/link.txt", RejectKind::NotNews)]);
}

#[test]
fn members_with_a_password_and_office_documents_are_told() {
    use zip::unstable::write::FileOptionsExt;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer
        .start_file(
            "secret.txt",
            options.with_deprecated_encryption(b"key").unwrap(),
        )
        .unwrap();
    writer.write_all(story("Secret").as_bytes()).unwrap();
    writer.start_file("open.txt", options).unwrap();
    writer.write_all(story("Open").as_bytes()).unwrap();
    let brought = read(&writer.finish().unwrap().into_inner(), "x.zip");
    assert_eq!(brought.places(), ["x.zip/open.txt"]);
    assert_eq!(
        brought.kinds(),
        [("x.zip/secret.txt", RejectKind::Encrypted)]
    );

    let letter = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w/>"),
    ]);
    let (kind, reason) = read(&letter, "letter.docx").refused.unwrap();
    assert_eq!(
        (kind, &*reason),
        (RejectKind::Unsupported, "office documents are not read")
    );
}

#[test]
fn clipped_archives_give_their_first_members() {
    let stories: Vec<String> = (0..9).map(|number| story(&number.to_string())).collect();
    let names: Vec<String> = (0..9).map(|number| format!("{number}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&stories)
        .map(|(name, story)| (&**name, story.as_bytes()))
        .collect();
    for (name, archive) in [("x.zip", zip(&members)), ("x.tar", tar(&members))] {
        let brought = read(&archive[..archive.len() / 2 + 700], name);
        assert!(brought.articles.len() >= 3, "{brought:?}");
        assert_eq!(brought.kinds().last(), Some(&(name, RejectKind::Malformed)));
        assert_eq!(brought.refused, None);
    }
}

#[test]
fn a_broken_member_does_not_harm_the_others() {
    let text = lines(0, 500);
    let mut archive = zip(&[
        ("a.jsonl", text.as_bytes()),
        ("b.txt", story("Whole").as_bytes()),
    ]);
    archive[200..300].fill(0x55);
    let brought = read(&archive, "x.zip");
    assert_eq!(brought.places().last(), Some(&"x.zip/b.txt"));
    assert_eq!(
        brought.kinds().last(),
        Some(&("x.zip/a.jsonl", RejectKind::Malformed))
    );
}

#[test]
fn bombs_are_told_by_name_and_the_rest_is_read() {
    let blanks = vec![b' '; 80 << 20];
    let archive = zip(&[("bomb.txt", &blanks), ("a.txt", story("After").as_bytes())]);
    let brought = read(&archive, "x.zip");
    assert_eq!(brought.places(), ["x.zip/a.txt"], "{brought:?}");
    assert_eq!(
        brought.kinds().last(),
        Some(&("x.zip/bomb.txt", RejectKind::TooLarge))
    );

    let packed = gzip(lines(0, 5000).as_bytes());
    let options = ReadOptions::new().expanded_limit(100_000);
    let brought = bring(&mut &*packed, "a.jsonl.gz", options);
    assert!(brought.articles.len() > 1000, "{brought:?}");
    assert_eq!(
        brought.kinds().last(),
        Some(&("a.jsonl.gz", RejectKind::TooLarge))
    );

    let (one, two) = (story("One"), story("Two"));
    let members: &[(&str, &[u8])] = &[
        ("a.txt", one.as_bytes()),
        ("b.txt", two.as_bytes()),
        ("c.txt", two.as_bytes()),
    ];
    for archive in [zip(members), tar(members)] {
        let brought = bring(&mut &*archive, "x", ReadOptions::new().member_limit(1));
        assert_eq!(brought.places(), ["x/a.txt"]);
        assert_eq!(brought.kinds(), [("x/b.txt", RejectKind::TooLarge)]);
    }
}

/// A file of the disk that fails.
struct Failing<'a>(&'a [u8]);

impl std::io::Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match std::io::Read::read(&mut self.0, buffer)? {
            0 => Err(std::io::Error::other("input/output error")),
            length => Ok(length),
        }
    }
}

#[test]
fn a_failing_disk_is_not_taken_for_a_broken_file() {
    let text = lines(0, 9);
    let members: &[(&str, &[u8])] = &[("a.jsonl", text.as_bytes())];
    for bytes in [
        gzip(text.as_bytes()),
        tar(members),
        zip(members),
        xz(text.as_bytes()),
    ] {
        let brought = bring(
            &mut Pipe(Failing(&bytes[..bytes.len() * 3 / 5])),
            "a",
            ReadOptions::new(),
        );
        assert_eq!(
            brought.refused,
            Some((RejectKind::Unreadable, "input/output error".to_owned()))
        );
        assert_eq!(brought.rejects, [], "{brought:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn broken_containers_never_panic(at in 0_usize..5000, with in any::<u8>(), cut in 0_usize..5000, which in 0_usize..7) {
        let text = lines(0, 40);
        let members: &[(&str, &[u8])] = &[("a.jsonl", text.as_bytes()), ("b.jsonl", text.as_bytes())];
        let mut bytes = match which {
            5 => zip(members),
            6 => tar(members),
            pack => PACKS[pack].1(text.as_bytes()),
        };
        let length = bytes.len();
        bytes[at % length] ^= with;
        bytes.truncate(length - cut % length / 2);
        let brought = read(&bytes, "a");
        prop_assert!(brought.articles.len() <= 80);
    }

    #[test]
    fn what_is_packed_reads_the_same(titles in prop::collection::vec("[A-Z][a-z]{1,9}", 1..6), which in 0_usize..7) {
        let stories: Vec<String> = titles.iter().map(|title| story(title)).collect();
        let names: Vec<String> = (0..stories.len()).map(|number| format!("{number}.txt")).collect();
        let members: Vec<(&str, &[u8])> = names.iter().zip(&stories).map(|(name, story)| (&**name, story.as_bytes())).collect();
        let bytes = match which {
            5 => zip(&members),
            6 => tar(&members),
            pack => PACKS[pack].1(&tar(&members)),
        };
        let brought = read(&bytes, "x");
        let found: Vec<&str> = brought.articles.iter().map(|(_, title)| &**title).collect();
        prop_assert_eq!(found, titles);
        prop_assert_eq!(brought.rejects, []);
    }
}
