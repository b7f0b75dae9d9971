use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Something to read articles from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input {
    /// A file, or a folder with all that is under it.
    Path(PathBuf),
    /// A stream that the caller opened; it is named `-`.
    Stdin(Source),
}

/// A stream that can be read once.
#[derive(Clone)]
pub struct Source(Arc<Mutex<Option<Box<dyn Read + Send>>>>);

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

impl Source {
    /// Hands out the stream, the first time.
    pub(crate) fn take(&self) -> Option<Box<dyn Read + Send>> {
        self.0.lock().ok()?.take()
    }
}

impl Input {
    /// Makes an input of a stream, such as the standard input. It is read once.
    pub fn stdin(stream: impl Read + Send + 'static) -> Self {
        Self::Stdin(Source(Arc::new(Mutex::new(Some(Box::new(stream))))))
    }
}

impl From<PathBuf> for Input {
    fn from(path: PathBuf) -> Self {
        Self::Path(path)
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}
