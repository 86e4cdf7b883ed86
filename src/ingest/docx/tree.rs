//! The elements of an XML part, as a tree, by their local names.
//!
//! A Word file says in one place what counts in another, so a part is read whole before it is told. Entities of a document
//! type are not known and stay as they are written: nothing is fetched, nothing grows.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::fault::{beyond, damaged};
use super::limits;
use crate::ingest::error::{Limit, ReadError};

/// An element of a part.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without the prefix.
    pub(super) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// What stands in it, in order.
    pub(super) nodes: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Characters.
    Text(Box<str>),
}

impl Element {
    /// The elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it with a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The elements in it with a name.
    pub(super) fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |element| &*element.name == name)
    }

    /// An attribute, by its name without the prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| &**own == name).map(|(_, value)| &**value)
    }

    /// The value of the first element in it with a name: `<w:ilvl w:val="1"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// The value of the first element in it with a name, as a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.value(name)?.parse().ok()
    }

    /// Whether a switch in it is on, or off; nothing where it does not stand.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let own = self.child(name)?;
        Some(!matches!(own.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// The characters in it and in what stands in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.nodes {
            match node {
                Node::Text(own) => text.push_str(own),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }

    /// The first element with a name in it, at any depth.
    pub(super) fn within(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| if &*element.name == name { Some(element) } else { element.within(name) })
    }
}

/// The element that a part consists of.
///
/// # Errors
/// Where it is no XML, or deeper than parts may be.
pub(super) fn parse(text: &str, part: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event();
        match event.map_err(|error| damaged(format!("{part} is no sound XML: {error}")))? {
            Event::Start(start) => {
                if open.len() > limits::NESTING {
                    return Err(beyond(Limit::Nesting, limits::NESTING));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => push(&mut open, Node::Element(element(&start))),
            Event::End(_) => {
                if open.len() > 1 {
                    let done = open.pop().unwrap_or_default();
                    push(&mut open, Node::Element(done));
                }
            }
            Event::Text(text) => push(&mut open, Node::Text(text.xml10_content().into())),
            Event::CData(text) => push(&mut open, Node::Text(text.xml10_content().into())),
            Event::GeneralRef(name) => push(&mut open, Node::Text(reference(&name.xml10_content()).into())),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if open.len() > 1 {
        return Err(damaged(format!("{part} breaks off inside its element {}", open[open.len() - 1].name)));
    }
    let mut nodes = open.pop().unwrap_or_default().nodes.into_iter();
    let root = nodes.find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    root.ok_or_else(|| damaged(format!("{part} holds no element")))
}

fn push(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.nodes.push(node);
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().map(|attribute| {
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_or_else(|_| attribute.value.as_ref().into(), |value| value.as_ref().into());
        (Box::from(attribute.key.local_name().as_ref()), value)
    });
    Element { name: start.local_name().as_ref().into(), attributes: attributes.collect(), nodes: Vec::new() }
}

/// The character that a reference stands for; one that is not known stays as it is written.
fn reference(name: &str) -> String {
    let number = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        },
        None => None,
    };
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => number.and_then(char::from_u32),
    };
    named.map_or_else(|| format!("&{name};"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_elements_by_their_local_names() {
        let root =
            parse("<w:p w:id='7'><w:t>a &amp; &#x4E2D;&ent;</w:t><w:b w:val='0'/><w:i/></w:p>", "a part").expect("XML");
        assert_eq!((&*root.name, root.attribute("id")), ("p", Some("7")));
        assert_eq!(root.text(), "a & 中&ent;");
        assert_eq!((root.switch("b"), root.switch("i"), root.switch("u")), (Some(false), Some(true), None));
    }

    #[test]
    fn refuses_what_is_too_deep_or_breaks_off() {
        let deep = "<a>".repeat(limits::NESTING + 2);
        assert!(matches!(parse(&deep, "a part"), Err(ReadError::Limit { limit: Limit::Nesting, .. })));
        assert!(matches!(parse("<a><b></b>", "a part"), Err(ReadError::Damaged { .. })));
        assert!(matches!(parse("<a></b>", "a part"), Err(ReadError::Damaged { .. })));
        assert!(matches!(parse("", "a part"), Err(ReadError::Damaged { .. })));
    }
}
