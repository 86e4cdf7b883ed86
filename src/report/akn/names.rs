//! Names: what elements are called inside a document, and how facts become parts of an IRI.
//!
//! An `eId` has the parts of the Akoma Ntoso Naming Convention (OASIS, 2019): the `eId` of the element around it, two low
//! lines, the short name of the element, a low line, its number (`sec_II__para_3__list_1__point_a`). The number is the
//! printed label without blanks and marks. Elements that print no number are counted; where others of their sort do
//! print one, the count has `nn` before it (`para_nn_1`), so that it is not taken for a printed number.

use std::collections::{BTreeMap, BTreeSet};

/// Gives every element of one file a name that no other has.
#[derive(Default)]
pub(super) struct Ids {
    used: BTreeSet<String>,
    /// How often a name was asked for, by the name without a count.
    asked: BTreeMap<String, usize>,
}

impl Ids {
    /// The name of an element with its printed label; `prefix` ends with two low lines or is empty.
    pub(super) fn labelled(&mut self, prefix: &str, element: &str, label: Option<&str>) -> String {
        match label.map(number).filter(|number| !number.is_empty()) {
            Some(number) => self.unique(format!("{prefix}{element}_{number}")),
            None => self.counted(prefix, &format!("{element}_nn")),
        }
    }

    /// The name of an element of a sort that prints no numbers.
    pub(super) fn counted(&mut self, prefix: &str, element: &str) -> String {
        let base = format!("{prefix}{element}");
        loop {
            let count = self.asked.entry(base.clone()).or_default();
            *count += 1;
            let name = format!("{base}_{count}");
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }

    /// This name, or where it is taken, the name with a count from 2.
    fn unique(&mut self, name: String) -> String {
        if self.used.insert(name.clone()) {
            return name;
        }
        self.asked.entry(name.clone()).or_insert(1);
        self.counted("", &name)
    }
}

/// A printed label as the number of a name: `(a)` is `a`, `12 bis.` is `12bis`, `1.2` is `1-2`.
fn number(label: &str) -> String {
    let mut number = String::with_capacity(label.len());
    let mut parted = false;
    for c in label.chars() {
        if c.is_alphanumeric() {
            if parted && !number.is_empty() {
                number.push('-');
            }
            parted = false;
            number.push(c);
        } else {
            parted |= matches!(c, '.' | '-' | '–' | '/' | '．');
        }
    }
    number
}

/// A text as a part of an IRI: slashes become hyphens, blanks low lines; what has a meaning of its own there goes.
pub(super) fn segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            c if c.is_alphanumeric() => segment.push(c),
            '.' | '_' | '(' | ')' => segment.push(c),
            c if c.is_whitespace() => segment.push('_'),
            _ => segment.push('-'),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_show_the_label() {
        let mut ids = Ids::default();
        let mut id = |prefix: &str, label| ids.labelled(prefix, "para", label);
        assert_eq!(id("", Some("3.")), "para_3");
        assert_eq!(id("sec_II__", Some("(a)")), "sec_II__para_a");
        assert_eq!(id("", Some("3.")), "para_3_2");
        assert_eq!(id("", Some("3.")), "para_3_3");
        assert_eq!(id("", Some("12 bis.")), "para_12bis");
        assert_eq!(id("", Some("1.2")), "para_1-2");
        assert_eq!(id("", Some("一、")), "para_一");
        assert_eq!(id("", Some("•")), "para_nn_1");
        assert_eq!(id("", None), "para_nn_2");
        assert_eq!(ids.counted("", "list"), "list_1");
        assert_eq!(ids.counted("", "list"), "list_2");
    }

    #[test]
    fn facts_become_parts_of_an_iri() {
        assert_eq!(segment("CD/9999"), "CD-9999");
        assert_eq!(segment("S/RES/2270 (2016)"), "S-RES-2270_(2016)");
        assert_eq!(segment("A/1?q=<x>#\u{202E}"), "A-1-q--x---");
    }
}
