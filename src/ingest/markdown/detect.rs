//! Whether a text is written in Markdown: by its content, never by its name.
//!
//! What plain text has as well (a line that begins with a dash, words between asterisks) tells nothing. One mark that no
//! plain text has is enough, because what is no mark stays as it is, and of what is one nothing is lost.

use super::inline::is_known;
use super::{front, references, tables};
use crate::ingest::tags;
use crate::ingest::targets::{end_of_target, leads};

/// Most bytes of the beginning of a text that are looked at.
const MOST: usize = 4 << 20;

/// Whether a text shows a mark of Markdown.
pub(super) fn is_markdown(text: &str) -> bool {
    let end = (0..=text.len().min(MOST)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let lines: Vec<&str> = text[..end].lines().collect();
    if front::lines(&lines) > 0 {
        return true;
    }
    let (mut blank, mut has_note, mut has_call) = (true, false, false);
    for (at, line) in lines.iter().enumerate() {
        if is_marked(line, blank) || lines.get(at + 1).is_some_and(|next| is_marked_below(line, next)) {
            return true;
        }
        has_note |= references::note(line).is_some();
        has_call |= references::is_called(line);
        if has_note && has_call {
            return true;
        }
        blank = line.trim().is_empty();
    }
    false
}

/// Whether a line has a mark of Markdown; the line before may be blank.
fn is_marked(line: &str, blank: bool) -> bool {
    let words = line.trim_start();
    let level = words.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level)
        && blank
        && words[level..]
            .strip_prefix(' ')
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || "*_[(“\"\\".contains(c)))
    {
        return true;
    }
    if words.starts_with('[') && references::definition(words).is_some() {
        return true;
    }
    if words.starts_with("<!--") && words.contains("-->")
        || blank && (words.starts_with("```") || words.starts_with("~~~"))
    {
        return true;
    }
    has_link(line) || has_escape(line) || has_tag(line)
}

/// Whether two lines are the head of a table, or a heading with the rule below it.
fn is_marked_below(line: &str, next: &str) -> bool {
    tables::rows(&[line, next]).is_some()
}

fn has_link(line: &str) -> bool {
    line.match_indices("](").any(|(at, _)| {
        let target = &line[at + 2..];
        end_of_target(target).is_some_and(|len| leads(&target[..len]) && target[..len].contains(['/', '#', ':']))
    })
}

/// Whether a backslash takes the meaning from a sign that Markdown knows.
fn has_escape(line: &str) -> bool {
    line.match_indices('\\').any(|(at, _)| {
        let behind = line[at + 1..].chars().next().unwrap_or(' ');
        let before = &line[..at];
        let number = !before.trim().is_empty() && before.trim().bytes().all(|byte| byte.is_ascii_digit());
        match behind {
            '.' | ')' => number,
            '_' | '*' | '[' | ']' | '#' => !before.ends_with(['\\', ':']),
            _ => false,
        }
    })
}

/// Whether a tag of HTML stands in a line.
fn has_tag(line: &str) -> bool {
    line.match_indices('<').take(64).any(|(at, _)| {
        tags::tag(&line[at..], tags::SHORT)
            .is_some_and(|tag| is_known(&tag) && (tag.closes || tag.source.contains('=') || tag.is("br")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_no_plain_text_has_is_enough() {
        for text in [
            "# The Elm statement\n\nThe Sides agree.",
            "---\ntitle: Elm\n---\n",
            "See [the list](https://veltria.example/list).",
            "The Sides agree.[^1]\n\n[^1]: In Elm.",
            "53\\. The Sides agree.",
            "Veltria\\_Orsania",
            "| A | B |\n| --- | --- |\n| 1 | 2 |",
            "The Sides<sup>1</sup> agree.",
        ] {
            assert!(is_markdown(text), "{text}");
        }
    }

    #[test]
    fn plain_text_is_none() {
        for text in [
            "1. The Sides agree.\n- one\n- two\n",
            "* Reissued for technical reasons.\n\n** See the list.\n",
            "*3100417*\n",
            "Title\n_____\n\n1 See the list.",
            "The Sides **shall** meet.",
            "#3 of the list, [shall](should) meet",
            "C:\\_archive, a|b, 3 < 4 > 2, <veltria>",
            "|  A  |  B  |\n|  1  |  2  |\n",
            "The Sides agree.1\n\n[^1]: See the list.\n",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
