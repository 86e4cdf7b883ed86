//! The XML that the documents are made of: elements on lines of their own where white space means nothing, text as it
//! stands where it does.
//!
//! The crate `quick-xml` writes tags and escapes what XML keeps for itself. Two things are added, because a text is not to
//! be trusted: a character that XML 1.0 forbids, even as a reference, becomes U+FFFD; one that nobody sees, a
//! bidirectional control above all, is written as a reference (`&#x202E;`), so that it can't turn the source round and
//! still comes out of a parser as what it is.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use crate::report::visible::is_unseen;

/// Names and values of attributes, in the order in which they are written.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// An element that is open.
struct Open {
    name: &'static str,
    /// Whether an element inside it stands on a line of its own.
    broken: bool,
}

/// A document that is being written.
pub(super) struct Xml<'w> {
    out: Writer<&'w mut dyn Write>,
    open: Vec<Open>,
}

impl<'w> Xml<'w> {
    /// Begins a document with its declaration.
    pub(super) fn begin(out: &'w mut dyn Write) -> io::Result<Self> {
        let mut out = Writer::new(out);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { out, open: Vec::new() })
    }

    /// Opens an element on a line of its own.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.line()?;
        self.inline(name, attributes)
    }

    /// Opens an element inside a text.
    pub(super) fn inline(&mut self, name: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.out.write_event(Event::Start(start(name, attributes)))?;
        self.open.push(Open { name, broken: false });
        Ok(())
    }

    /// Writes an element without content on a line of its own.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.line()?;
        self.mark(name, attributes)
    }

    /// Writes an element without content inside a text.
    pub(super) fn mark(&mut self, name: &'static str, attributes: Attributes<'_>) -> io::Result<()> {
        self.out.write_event(Event::Empty(start(name, attributes)))
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_event(Event::Text(BytesText::from_escaped(referred(&partial_escape(allowed(text))))))
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let Some(last) = self.open.pop() else { return Ok(()) };
        if last.broken {
            self.indent()?;
        }
        self.out.write_event(Event::End(BytesEnd::new(last.name)))
    }

    /// Ends the document.
    pub(super) fn end(mut self) -> io::Result<()> {
        while !self.open.is_empty() {
            self.close()?;
        }
        self.out.get_mut().write_all(b"\n")
    }

    fn line(&mut self) -> io::Result<()> {
        if let Some(parent) = self.open.last_mut() {
            parent.broken = true;
        }
        self.indent()
    }

    fn indent(&mut self) -> io::Result<()> {
        let out = self.out.get_mut();
        out.write_all(b"\n")?;
        self.open.iter().try_for_each(|_| out.write_all(b" "))
    }
}

fn start<'a>(name: &'static str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        let value = Cow::Owned(referred(&escape(allowed(value))).into_owned());
        start.push_attribute(Attribute { key: QName(key), value });
    }
    start
}

/// The text with U+FFFD for every character that XML 1.0 forbids.
fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

/// Escaped text with references for the characters that nobody sees.
fn referred(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unseen(c) {
            let _ = write!(out, "&#x{:X};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Xml<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        let mut xml = Xml::begin(&mut out).expect("a vector takes all");
        write(&mut xml).expect("a vector takes all");
        xml.end().expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn breaks_lines_only_between_elements() {
        let xml = written(|xml| {
            xml.open("a", &[("k", "v")])?;
            xml.open("p", &[])?;
            xml.text("b")?;
            xml.inline("i", &[])?;
            xml.text("c")?;
            xml.close()?;
            xml.close()?;
            xml.empty("e", &[])
        });
        assert_eq!(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a k=\"v\">\n <p>b<i>c</i></p>\n <e/>\n</a>\n");
    }

    #[test]
    fn nothing_in_a_text_is_markup_or_unseen() {
        let hostile = "<a k='\"'>&amp;]]>\u{202E}\u{0}\u{FFFE}\u{85}\u{FEFF}\r";
        let xml = written(|xml| {
            xml.open("p", &[("k", hostile)])?;
            xml.text(hostile)
        });
        let body = xml.split_once('\n').expect("a declaration").1;
        assert_eq!(
            body,
            "<p k=\"&lt;a k=&apos;&quot;&apos;&gt;&amp;amp;]]&gt;&#x202E;\u{FFFD}\u{FFFD}&#x85;&#xFEFF;&#13;\">\
             &lt;a k='\"'&gt;&amp;amp;]]&gt;&#x202E;\u{FFFD}\u{FFFD}&#x85;&#xFEFF;&#13;</p>\n"
        );
    }
}
