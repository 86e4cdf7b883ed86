//! A long JSON text in parts: what frames it is written at once, its long lists later, on as many threads as may work.
//!
//! The parts are delivered in their order and none is kept, so a result of any length takes little memory, and the
//! bytes are the same however many threads there are.

use std::io::{self, Write};

use super::write::Json;
use crate::execution::Execution;

/// Items of a list that are written as one part.
const ITEMS: usize = 512;

/// Writes some items of a list.
type WriteItems<'a> = Box<dyn Fn() -> Vec<u8> + Send + Sync + 'a>;

/// A part of the text: what frames a list, and some items of it behind that.
struct SheetPart<'a> {
    frame: Vec<u8>,
    items: WriteItems<'a>,
}

impl SheetPart<'_> {
    /// Its bytes, the items written now.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.frame.clone();
        bytes.extend((self.items)());
        bytes
    }
}

/// A text of which long lists are still to be written.
pub(super) struct Sheet<'a> {
    parts: Vec<SheetPart<'a>>,
    json: Json,
}

impl<'a> Sheet<'a> {
    /// An empty text.
    pub(super) fn new() -> Self {
        Self { parts: Vec::new(), json: Json::new() }
    }

    /// What frames the lists.
    pub(super) fn frame(&mut self) -> &mut Json {
        &mut self.json
    }

    /// A list under a key of the object that is open, each item as `each` writes it.
    pub(super) fn rows<T: Sync>(
        &mut self,
        key: &str,
        items: &'a [T],
        each: impl Fn(&mut Json, usize, &T) + Copy + Send + Sync + 'a,
    ) {
        self.json.key(key);
        self.json.open(b'[');
        let depth = self.json.depth();
        for (number, some) in items.chunks(ITEMS).enumerate() {
            let write = move || {
                let mut json = Json::inside(depth, number == 0);
                for (at, item) in some.iter().enumerate() {
                    json.entry();
                    each(&mut json, number * ITEMS + at, item);
                }
                json.into_bytes()
            };
            self.parts.push(SheetPart { frame: self.json.take(), items: Box::new(write) });
            self.json.has_entries();
        }
        self.json.close(b']');
    }

    /// Writes the text and the end of its last line.
    pub(super) fn print(mut self, out: &mut dyn Write, execution: Execution) -> io::Result<()> {
        execution.pipe(&self.parts, SheetPart::bytes, |bytes| out.write_all(&bytes))?;
        out.write_all(&self.json.take())?;
        writeln!(out)
    }
}
