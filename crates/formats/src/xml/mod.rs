//! XML and its kin as they are written in the world: records cut out of a file, trees of a record.

mod context;
mod cut;
mod lines;
mod root;
mod space;
mod tree;

pub(crate) use self::context::{XmlContext, base, lang};
pub(crate) use self::cut::ElementCutter;
pub(crate) use self::lines::lines;
pub(crate) use self::root::{OtherXml, root};
pub(crate) use self::tree::{Element, Tree};
