//! Newsletters and mailing lists become articles.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

use std::ops::ControlFlow;

use proptest::prelude::*;
use whosaid_formats::{Part, ReadOptions, read_file};
use whosaid_model::Article;

fn read(bytes: &[u8]) -> Vec<Result<Article, String>> {
    let mut found = Vec::new();
    read_file(&mut &*bytes, "x", &ReadOptions::new().into(), &mut |part| {
        match part {
            Part::Records(records) => records.read_all(&mut |result| {
                found.push(result.map_err(|reject| reject.to_string()));
            }),
            Part::Reject(reject) => found.push(Err(reject.to_string())),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

const NEWSLETTER: &str = "Return-Path: <morning@news.example>\r\n\
    Message-ID: <77@news.example>\r\n\
    From: =?utf-8?Q?The_Morning_=E2=80=93_News?= <morning@news.example>\r\n\
    List-Unsubscribe: <https://news.example/out>\r\n\
    Subject: =?utf-8?B?VGFsa3MgYmVnaW4=?=\r\n\
    Date: Mon, 4 May 2020 10:20:30 +0200\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee it in a browser.\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <html><head><style>p {{}}</style></head><body><table><tr><td><p>=E2=80=9CYes, we =\r\n\
    will,=E2=80=9D said Jane Roe.</p><p>They met.</p></td></tr></table></body></html>\r\n\
    --b--\r\n";

const POST: &str = "Received: from a.example\nFrom: Jane Roe <jane@a.example>\n\
    List-Id: Harbour News <harbour.lists.example>\nSubject: Re: the harbour\nDate: 5 May 2020 09:00 GMT\n\
    Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n\
    The council said on Monday that the harbour would be\nclosed for good.\n\n>From here on it rained.\n-- \nJane\n";

#[test]
fn a_newsletter_has_a_source() {
    let found = read(NEWSLETTER.as_bytes());
    let one = found[0].as_ref().unwrap();
    assert_eq!(one.title.as_deref(), Some("Talks begin"));
    assert_eq!(one.source.as_deref(), Some("The Morning – News"));
    assert_eq!(
        (one.author.as_deref(), one.external_id.as_deref()),
        (None, Some("77@news.example"))
    );
    let instant = one.published.as_ref().unwrap().instant.unwrap();
    assert_eq!(instant.to_rfc3339(), "2020-05-04T10:20:30+02:00");
    assert_eq!(one.text, "“Yes, we will,” said Jane Roe.\nThey met.");
    assert_eq!(one.place.record, None);
}

#[test]
fn a_mailbox_holds_many_letters() {
    let mailbox = format!(
        "From morning@news.example Mon May  4 10:20:30 2020\n{}\nFrom - Tue May 05 09:00:00 2020\n{POST}\n\
         From nobody Wed May  6 09:00:00 2020\nReceived: x\nFrom: nobody\n\n",
        NEWSLETTER.replace('\r', "")
    );
    let found = read(mailbox.as_bytes());
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(
        found[0].as_ref().unwrap().title.as_deref(),
        Some("Talks begin")
    );
    let post = found[1].as_ref().unwrap();
    assert_eq!(post.source.as_deref(), Some("Harbour News"));
    assert_eq!(post.author.as_deref(), Some("Jane Roe"));
    assert_eq!(post.place.to_string(), "x:2");
    assert_eq!(
        post.text,
        "The council said on Monday that the harbour would be closed for good.\n\nFrom here on it rained."
    );
    assert_eq!(found[2].as_ref().unwrap_err(), "x:3: no text in it");
}

#[test]
fn letters_in_other_alphabets() {
    let (text, _, _) = encoding_rs::KOI8_R.encode("Да, сказала Анна Петрова.");
    let mut letter = b"Message-ID: <1@a>\nFrom: a@b.example\nSubject: x\nContent-Type: text/plain; charset=koi8-r\n\n".to_vec();
    letter.extend(&*text);
    let found = read(&letter);
    let one = found[0].as_ref().unwrap();
    assert_eq!(one.text, "Да, сказала Анна Петрова.");
    assert_eq!(one.author.as_deref(), Some("a@b.example"));
}

#[test]
fn a_text_with_a_head_is_no_letter() {
    let text = "From: Jane Roe\nDate: today\n\n“Yes,” she said.\n";
    let found = read(text.as_bytes());
    assert!(found[0].as_ref().unwrap().text.contains("“Yes,” she said."));
    assert_eq!(found[0].as_ref().unwrap().author, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_letter_breaks_the_reader(at in 0_usize..900, with in prop::collection::vec(any::<u8>(), 0..30), cut in 0_usize..900) {
        for start in ["", "From x Mon May  4 10:20:30 2020\n"] {
            let mut bytes = format!("{start}{NEWSLETTER}").into_bytes();
            let at = at % bytes.len();
            let end = bytes.len().min(at + with.len());
            bytes.splice(at..end, with.iter().copied());
            bytes.truncate(bytes.len() - cut % bytes.len());
            let mut file = &*bytes;
            let _ = read_file(&mut file, "x.eml", &ReadOptions::new().into(), &mut |part| {
                if let Part::Records(records) = part {
                    records.read_all(&mut |_| ());
                }
                ControlFlow::Continue(())
            });
        }
    }

    #[test]
    fn letters_read_back(subject in "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,3}", words in prop::collection::vec("[a-z]{2,9}", 3..30)) {
        let text = words.join(" ");
        let letter = format!("Message-ID: <1@a>\nFrom: Jane Roe <j@a.example>\nSubject: {subject}\n\n{text}\n");
        let mailbox = format!("From x Mon May  4 10:20:30 2020\n{letter}\nFrom x Mon May  4 10:20:30 2020\n{letter}");
        for (bytes, count) in [(letter, 1), (mailbox, 2)] {
            let found = read(bytes.as_bytes());
            prop_assert_eq!(found.len(), count);
            for one in found {
                let one = one.unwrap();
                prop_assert_eq!(one.title.as_deref(), Some(&*subject));
                prop_assert_eq!(&one.text, &text);
            }
        }
    }
}
