//! What news agencies send and archives keep: NITF, NewsML, SGML.

mod agency;
pub(crate) mod byline;
mod sgml;

pub(crate) use self::agency::Newsml;
pub(crate) use self::sgml::Sgml;
use crate::common::{Channel, Common};
use crate::cut::Cutter;
use crate::xml::{ElementCutter, XmlContext};

/// Cuts a file that begins with `head` into the elements of these names.
fn cutter(head: &[u8], names: &'static [&'static str]) -> Box<dyn Cutter> {
    let (context, _) = XmlContext::read(head, names);
    let common = Common::Xml {
        context,
        channel: Channel::default(),
    };
    Box::new(ElementCutter::new(names, common))
}
