//! The text of a letter without markup.

/// Characters of a line, at most, in texts whose lines were broken by a program: 78 by RFC 5322, and some.
const BROKEN: usize = 100;

/// Characters of a line that may have been broken to fit.
const FULL: usize = 50;

/// Joins lines that a program broke, a paragraph a line, and leaves out the signature.
pub(super) fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take_while(|line| *line != "-- ").collect();
    let length = |line: &str| line.trim_end().chars().count();
    // A text with longer lines has its paragraphs as lines.
    let broken = lines
        .iter()
        .all(|line| length(line) <= BROKEN || !line.trim().contains(' '));
    let mut joined = String::with_capacity(text.len());
    let mut goes_on = false;
    for line in lines {
        let content = line.trim();
        let item = content.starts_with(['>', '*', '-', '•', '#', '|', '=', '_']);
        if goes_on && !content.is_empty() && !item {
            joined.push(' ');
        } else if !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(content);
        goes_on = broken && length(line) >= FULL && !content.starts_with('>');
    }
    joined.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_lines_are_joined() {
        let wrapped = "“Yes, we will, and we will do so before the summer of this year\r\n\
            is over,” said Jane Roe.\r\n\r\nHarbour news\r\n* one of the items that is so long that it is broken\r\n  \
            in the middle\r\n* two\r\n-- \r\nJane\r\n";
        assert_eq!(
            paragraphs(wrapped),
            "“Yes, we will, and we will do so before the summer of this year is over,” said Jane Roe.\n\n\
             Harbour news\n* one of the items that is so long that it is broken in the middle\n* two"
        );
        let long = format!("{}\nshort\n", "word ".repeat(40));
        assert_eq!(
            paragraphs(&long),
            format!("{}\nshort", "word ".repeat(40).trim())
        );
    }
}
