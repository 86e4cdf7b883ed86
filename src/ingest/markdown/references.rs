//! What a Markdown file defines once and calls elsewhere: targets of links, footnotes.

use std::collections::BTreeMap;

use crate::ingest::targets::leads;

/// Longest label of a footnote, in bytes.
const LABEL: usize = 60;
/// Greatest number of a footnote.
const MOST: u32 = 999;

/// What is defined, by its label.
#[derive(Debug, Default)]
pub(super) struct References<'t> {
    targets: BTreeMap<String, &'t str>,
    notes: BTreeMap<String, u32>,
}

impl<'t> References<'t> {
    /// Gathers what the lines of a file define. Linear.
    pub(super) fn of(lines: &[&'t str]) -> Self {
        let mut found = Self::default();
        let mut named: Vec<String> = Vec::new();
        for line in lines.iter().filter(|line| line.trim_start().starts_with('[')) {
            if let Some((label, _)) = note(line) {
                match number(label) {
                    Some(number) => drop(found.notes.insert(key(label), number)),
                    None => named.push(key(label)),
                }
            } else if let Some((label, target)) = definition(line) {
                found.targets.entry(key(label)).or_insert(target);
            }
        }
        let mut next = 1;
        // An extraction that marks what it takes for a footnote, and calls none, is read as any extraction.
        if !lines.iter().any(|line| is_called(line)) {
            found.notes.clear();
            named.clear();
        }
        for label in named {
            while found.notes.values().any(|number| *number == next) && next < MOST {
                next += 1;
            }
            if next < MOST {
                found.notes.entry(label).or_insert(next);
            }
        }
        found
    }

    /// The target that is defined under a label.
    pub(super) fn target(&self, label: &str) -> Option<&'t str> {
        if self.targets.is_empty() { None } else { self.targets.get(&key(label)).copied() }
    }

    /// The number of the footnote that is defined under a label.
    pub(super) fn note(&self, label: &str) -> Option<u32> {
        self.notes.get(&key(label)).copied()
    }
}

fn number(label: &str) -> Option<u32> {
    label.parse().ok().filter(|number| (1..=MOST).contains(number) && number.to_string() == label)
}

fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The label of the footnote that a line defines, and how many bytes stand before its text.
pub(super) fn note(line: &str) -> Option<(&str, usize)> {
    let trimmed = line.trim_start();
    let (label, rest) = trimmed.strip_prefix("[^")?.split_once("]:")?;
    let is_label = !label.is_empty() && label.len() < 60 && !label.contains([']', '[', ' ']);
    is_label.then(|| (label, line.len() - rest.trim_start().len()))
}

/// The label and the target of the link that a line defines.
pub(super) fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, target) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let target = target.trim();
    let bare = target.strip_prefix('<').and_then(|target| target.strip_suffix('>')).unwrap_or(target);
    let is_definition = !label.is_empty() && label.len() < 200 && !label.contains(['[', ']', '^']) && leads(bare);
    is_definition.then_some((label, bare))
}

/// Whether a line calls a footnote.
pub(super) fn is_called(line: &str) -> bool {
    line.match_indices("[^").any(|(at, _)| {
        let end = line.as_bytes()[at..].iter().take(LABEL).position(|byte| *byte == b']');
        end.is_some_and(|end| end > 2 && !line[at + end..].starts_with("]:"))
    })
}
