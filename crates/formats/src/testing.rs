//! Reading whole files in tests.

use std::ops::ControlFlow;

use whosaid_model::Article;

use crate::{Part, ReadOptions, read_file};

/// Reads a file: every article, or the reason why there is none, or why the file is refused.
pub(crate) fn read_with(
    path: &str,
    bytes: &[u8],
    options: ReadOptions,
) -> Result<Vec<Result<Article, String>>, String> {
    let mut results = Vec::new();
    read_file(&mut &*bytes, path, &options.into(), &mut |part| {
        match part {
            Part::Records(records) => records.read_all(&mut |result| {
                results.push(result.map_err(|reject| reject.to_string()));
            }),
            Part::Reject(reject) => results.push(Err(reject.to_string())),
        }
        ControlFlow::Continue(())
    })
    .map_err(|reject| reject.to_string())?;
    Ok(results)
}

/// Reads a file that is not refused.
pub(crate) fn read(path: &str, text: &str) -> Vec<Result<Article, String>> {
    read_with(path, text.as_bytes(), ReadOptions::new()).unwrap()
}

/// Reads a file of articles.
pub(crate) fn articles(path: &str, text: &str) -> Vec<Article> {
    read(path, text).into_iter().map(Result::unwrap).collect()
}
