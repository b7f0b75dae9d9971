use whosaid_model::Article;

use crate::csv::Columns;
use crate::fields::Fields;
use crate::format::Origin;
use crate::xml::{Element, Tree, XmlContext};
use crate::{Reject, RejectKind};

/// What the records of a file have in common: it is read once, before them.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum Common {
    /// The columns of the table they are rows of.
    Columns(Columns),
    /// The feed they are entries of.
    Channel(Channel),
    /// What stands around them in XML, and the feed.
    Xml {
        context: XmlContext,
        channel: Channel,
    },
}

/// What a feed says of all its entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Channel {
    /// Its name.
    pub(crate) title: Option<String>,
    /// Its language.
    pub(crate) lang: Option<String>,
    /// Who writes it.
    pub(crate) author: Option<String>,
    /// Its address.
    pub(crate) link: Option<String>,
}

impl Channel {
    /// Fills in what an entry does not say.
    pub(crate) fn complete(&self, fields: &mut Fields) {
        for (slot, value) in [
            (&mut fields.source, &self.title),
            (&mut fields.lang, &self.lang),
            (&mut fields.author, &self.author),
        ] {
            if slot.is_none() {
                slot.clone_from(value);
            }
        }
    }
}

/// Reads a record that is an element of a file in XML; a reject calls the element `called`.
pub(crate) fn read_element(
    record: &[u8],
    origin: &Origin<'_>,
    called: &str,
    read: impl FnOnce(Element<'_>, &XmlContext, &Channel) -> Result<Article, Reject>,
    sink: &mut dyn FnMut(Result<Article, Reject>),
) {
    let Some(Common::Xml { context, channel }) = origin.common else {
        return;
    };
    let text = context.decode(record);
    let tree = Tree::read(&text, context);
    sink(match tree.root() {
        Some(element) => read(element, context, channel),
        None => Err(origin.reject(RejectKind::Malformed, format!("no {called} in it"), 0)),
    });
}
