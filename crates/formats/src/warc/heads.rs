//! Named fields, as they stand over records of WARC files and over answers of web servers.

use memchr::{memchr, memchr_iter};

/// The fields of a head, in order; names are compared without regard to case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads lines of a name, a colon and a value. A line that starts with a blank goes on with the value
    /// before; one without a colon is passed over, as browsers do.
    pub(super) fn read(head: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in head.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(&text(line));
                }
            } else if let Some(colon) = memchr(b':', line)
                && let Some((name, [_, value @ ..])) = line.split_at_checked(colon)
            {
                fields.push((text(name), text(value)));
            }
        }
        Self(fields)
    }

    /// Returns the value of the first field of this name that has one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
            .map(|(_, value)| &**value)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.trim_ascii()).into_owned()
}

/// Returns where the head of `bytes` ends, behind its blank line.
pub(super) fn head_end(bytes: &[u8]) -> Option<usize> {
    memchr_iter(b'\n', bytes).find_map(|end| match bytes.get(end..)? {
        [_, b'\n', ..] => end.checked_add(2),
        [_, b'\r', b'\n', ..] => end.checked_add(3),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_servers_write_them() {
        let fields = Fields::read(b"A: 1\r\nb:2 \nno field\n: \nC:\n C2\n\tC3\nD: caf\xe9\na: 3");
        assert_eq!(fields.get("a"), Some("1"));
        assert_eq!(fields.get("B"), Some("2"));
        assert_eq!(fields.get("c"), Some(" C2 C3"));
        assert_eq!(fields.get("d"), Some("caf\u{fffd}"));
        assert_eq!(fields.get("e"), None);
    }

    #[test]
    fn heads_end_at_a_blank_line() {
        assert_eq!(head_end(b"a\r\n\r\nb"), Some(5));
        assert_eq!(head_end(b"a\n\nb"), Some(3));
        assert_eq!(head_end(b"a\n\r\nb"), Some(4));
        assert_eq!(head_end(b"a\nb\n"), None);
    }
}
