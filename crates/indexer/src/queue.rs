//! Queues bounded in bytes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// So many bytes may be under way at once.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    used: Mutex<usize>,
    freed: Condvar,
    limit: usize,
}

/// Bytes under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    shared: Arc<Shared>,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new(limit: usize) -> Self {
        Self(Arc::new(Shared {
            used: Mutex::new(0),
            freed: Condvar::new(),
            limit,
        }))
    }

    /// Waits until `bytes` fit. What alone is larger than the limit fits when nothing else is under way.
    pub(crate) fn acquire(&self, bytes: usize) -> Permit {
        let shared = &self.0;
        let used = shared.used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut usize| *used > 0 && used.saturating_add(bytes) > shared.limit;
        let mut used = shared
            .freed
            .wait_while(used, full)
            .unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_add(bytes);
        Permit {
            shared: Arc::clone(shared),
            bytes,
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut used = self
            .shared
            .used
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(self.bytes);
        self.shared.freed.notify_all();
    }
}

/// A document on its way to the engine's threads. The engine counts the documents in its queue, not their
/// bytes; the permit does.
#[derive(Debug)]
pub(crate) struct Queued {
    pub(crate) document: TantivyDocument,
    pub(crate) permit: Option<Permit>,
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        drop(self.permit);
        self.document
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_full_budget_waits() {
        let budget = Budget::new(10);
        let first = budget.acquire(8);
        let waiting = thread::spawn({
            let budget = budget.clone();
            move || drop(budget.acquire(8))
        });
        thread::sleep(Duration::from_millis(20));
        assert!(!waiting.is_finished());
        drop(first);
        waiting.join().unwrap();
        drop(budget.acquire(99));
    }
}
