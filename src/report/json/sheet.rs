//! A long JSON text in pieces: what frames it is written at once, its long lists later, on two threads.
//!
//! The pieces are delivered in their order and none is kept, so a result of any length takes little memory, and the
//! bytes are the same however many threads there are.

use std::{
    io::{self, Write},
    sync::mpsc,
    thread,
};

use super::write::Json;

/// Items of a list that are written as one piece.
const PIECE: usize = 512;
/// Finished pieces that may wait to be delivered.
const WAITING: usize = 4;

/// Writes a run of the items of a list.
type Run<'a> = Box<dyn Fn() -> Vec<u8> + Send + Sync + 'a>;

enum Piece<'a> {
    Done(Vec<u8>),
    Later(Run<'a>),
}

/// A text of which long lists are still to be written.
pub(super) struct Sheet<'a> {
    pieces: Vec<Piece<'a>>,
    json: Json,
}

impl<'a> Sheet<'a> {
    pub(super) fn new() -> Self {
        Self { pieces: Vec::new(), json: Json::new() }
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
        for (number, run) in items.chunks(PIECE).enumerate() {
            self.pieces.push(Piece::Done(self.json.take()));
            self.pieces.push(Piece::Later(Box::new(move || {
                let mut json = Json::inside(depth, number == 0);
                for (at, item) in run.iter().enumerate() {
                    json.entry();
                    each(&mut json, number * PIECE + at, item);
                }
                json.into_bytes()
            })));
            self.json.has_entries();
        }
        self.json.close(b']');
    }

    /// Writes the text and the end of its last line.
    pub(super) fn print(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.pieces.push(Piece::Done(self.json.take()));
        let runs: Vec<&Run<'_>> = self.pieces.iter().filter_map(Piece::later).collect();
        thread::scope(|scope| {
            let (sender, finished) = mpsc::sync_channel(WAITING);
            if runs.len() > 1 {
                scope.spawn(|| {
                    let sender = sender;
                    // Nobody waits for the rest where the text can't be written out.
                    runs.iter().skip(1).step_by(2).try_for_each(|run| sender.send(run()))
                });
            }
            let mut number = 0;
            for piece in &self.pieces {
                match piece {
                    Piece::Done(bytes) => out.write_all(bytes)?,
                    Piece::Later(run) => {
                        let elsewhere = if number % 2 == 1 { finished.recv().ok() } else { None };
                        out.write_all(&elsewhere.unwrap_or_else(run))?;
                        number += 1;
                    }
                }
            }
            writeln!(out)
        })
    }
}

impl<'a> Piece<'a> {
    fn later(&self) -> Option<&Run<'a>> {
        match self {
            Self::Done(_) => None,
            Self::Later(run) => Some(run),
        }
    }
}
