//! Names of members.

/// Cleans the name of a member: no step leads out of the archive, and no sign starts another line. Returns
/// nothing for what no walk through folders would show either: hidden files, and those that macOS puts beside
/// every file.
pub(super) fn clean(name: &str) -> Option<String> {
    let mut clean = String::with_capacity(name.len());
    for step in name.split(['/', '\\']) {
        let drive = step.len() == 2 && step.ends_with(':');
        if step.is_empty() || matches!(step, "." | "..") || drive {
            continue;
        }
        if step.starts_with('.') || step == "__MACOSX" {
            return None;
        }
        if !clean.is_empty() {
            clean.push('/');
        }
        clean.extend(
            step.chars()
                .map(|char| if char.is_control() { '\u{fffd}' } else { char }),
        );
    }
    if clean.is_empty() {
        clean.push('?');
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_archive() {
        for (name, expected) in [
            ("a/b.txt", Some("a/b.txt")),
            ("../../etc/passwd", Some("etc/passwd")),
            ("/etc/passwd", Some("etc/passwd")),
            ("C:\\news\\..\\a.txt", Some("news/a.txt")),
            ("./a//b.txt", Some("a/b.txt")),
            ("a\nb.txt", Some("a\u{fffd}b.txt")),
            ("..", Some("?")),
            ("a/.git/b", None),
            ("__MACOSX/a.txt", None),
            ("Zürich.html", Some("Zürich.html")),
        ] {
            assert_eq!(clean(name).as_deref(), expected, "{name}");
        }
    }
}
