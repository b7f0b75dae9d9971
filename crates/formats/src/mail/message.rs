//! From a letter to an article.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use whosaid_model::Article;

use super::plain::paragraphs;
use crate::fields::Fields;
use crate::format::Origin;
use crate::html::fragment_text;
use crate::{Reject, RejectKind};

/// Reads a letter. What a newsletter or list is called is its source, who wrote to it the author.
pub(super) fn read(bytes: &[u8], origin: &Origin<'_>) -> Result<Article, Reject> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(origin.reject(RejectKind::Malformed, "no letter: it has no fields", 0));
    };
    let sender = message
        .from()
        .or_else(|| message.sender())
        .and_then(|from| from.first());
    let name = sender.and_then(|from| from.name().or_else(|| from.address()));
    let list = list_name(&message);
    let is_list = list.is_some()
        || message.header("List-Unsubscribe").is_some()
        || message.header("List-Id").is_some();
    let (source, author) = match (list, name) {
        (Some(list), name) => {
            let author = name
                .filter(|name| !name.eq_ignore_ascii_case(&list))
                .map(ToOwned::to_owned);
            (Some(list), author)
        }
        (None, name) if is_list => (name.map(ToOwned::to_owned), None),
        (None, name) => (None, name.map(ToOwned::to_owned)),
    };
    let fields = Fields {
        id: message.message_id().map(ToOwned::to_owned),
        text: text(&message),
        title: message.subject().map(ToOwned::to_owned),
        date: message
            .date()
            .filter(|date| date.is_valid())
            .map(mail_parser::DateTime::to_rfc3339),
        author,
        source,
        url: message.header_raw("Archived-At").map(|url| {
            let bare = url.trim().trim_start_matches('<').trim_end_matches('>');
            bare.to_owned()
        }),
        lang: message.content_language().as_text().map(ToOwned::to_owned),
    };
    fields.into_article(origin, || "no text in it".to_owned())
}

/// Returns the name of a list: `The Morning <morning.news.example>`.
fn list_name(message: &Message<'_>) -> Option<String> {
    let name = match message.list_id() {
        HeaderValue::Address(list) => list.first()?.name()?.to_owned(),
        HeaderValue::Text(list) => list.split('<').next()?.to_owned(),
        _ => return None,
    };
    let name = name.trim().trim_matches('"');
    (!name.is_empty()).then(|| name.to_owned())
}

/// Returns the body: what is meant for readers with colours and columns, or else the plain one.
fn text(message: &Message<'_>) -> Option<String> {
    let html = message.html_bodies().find(|part| part.is_text_html());
    let html = html
        .and_then(|part| part.text_contents())
        .map(fragment_text);
    html.filter(|text| !text.trim().is_empty()).or_else(|| {
        let plain = message
            .text_bodies()
            .filter(|part| part.is_text() && !part.is_text_html());
        let texts: Vec<String> = plain
            .filter_map(|part| part.text_contents())
            .map(paragraphs)
            .collect();
        Some(texts.join("\n\n"))
    })
}
