//! What news agencies send and archives keep: NITF, NewsML, SGML.

mod agency;
pub(crate) mod byline;
mod sgml;

pub(crate) use self::agency::Newsml;
pub(crate) use self::sgml::Sgml;
