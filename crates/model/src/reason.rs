use std::io;

/// Words an error of the operating system for the end of a message: in lower case, without its number.
pub fn reason(error: &io::Error) -> String {
    let words = match (error.raw_os_error(), error.kind()) {
        // A wrapped error repeats what the message says already.
        (None, kind) if kind != io::ErrorKind::Other => kind.to_string(),
        _ => error.to_string(),
    };
    match words.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => words,
    }
}
