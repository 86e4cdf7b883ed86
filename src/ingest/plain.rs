//! Plain text: the order of the passes.

use super::{
    Options,
    assemble::{Assembler, Piece},
    calls, facts,
    frame::FrameReader,
    furniture::{self, Form, Role},
    glued,
    lines::{self, Line},
    links, notes, reflow, segment, tables, tree,
};
use crate::language::{Language, language};
use crate::statement::{Dropped, Statement};
use crate::text;

/// How the names of plain texts end.
pub(super) const ENDINGS: [&str; 1] = ["txt"];

/// Reads plain text as a statement.
pub(super) fn read(text: &str, options: Options<'_>) -> Statement {
    let code = options.language.and_then(language).map(|known| known.code).or_else(|| text::identify(text).language);
    let language = code.and_then(language);
    let frames = FrameReader::new(language);
    let lines = glued::part(text, lines::split(text), &frames);
    let mut furniture = furniture::sort(text, &lines, &frames);
    let rows = tables::rows(text, &lines, language);
    for (form, row) in furniture.forms.iter_mut().zip(&rows) {
        if *form == Form::Text && row.is_some() {
            *form = Form::Row;
        }
    }
    let footnotes = notes::zones(text, &lines, &mut furniture, language);
    let mut dropped = Vec::new();
    for (at, role) in furniture.roles.iter().enumerate() {
        if let Role::Drop(why) = role {
            let span = lines[at].span;
            dropped.push(Dropped { why: *why, text: text[span.range()].to_owned(), span });
        }
    }
    let reader = Reader { text, lines: &lines, forms: &furniture.forms, rows: &rows, language };
    let pieces = reader.pieces(&furniture.roles, &footnotes, &mut dropped);
    let mut draft = segment::segment(pieces, &frames);
    calls::lift_marks(text, &mut draft, &mut dropped, language);
    let mut statement = tree::build(draft, language);
    statement.language = code;
    dropped.sort_by_key(|dropped| (dropped.span, dropped.why));
    statement.dropped = dropped;
    statement.identity = facts::identity(&statement, language);
    statement
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a [Line],
    forms: &'a [Form],
    rows: &'a [Option<Vec<u8>>],
    language: Option<&'a Language>,
}

impl Reader<'_> {
    /// The paragraphs of the text, and behind them the footnotes.
    fn pieces(&self, roles: &[Role], footnotes: &[reflow::Block], dropped: &mut Vec<Dropped>) -> Vec<Piece> {
        let body = reflow::body(self.lines, roles);
        let blocks = reflow::blocks(self.text, self.lines, self.forms, &body, self.language);
        let assembler = Assembler::new(self.text, self.lines, self.language, [&blocks, footnotes]);
        let mut pieces = Vec::with_capacity(blocks.len() + footnotes.len());
        for block in &blocks {
            let mut piece = assembler.assemble(block, dropped);
            let first = block.lines[0];
            piece.row = block.lines.len() == 1
                && (self.forms[first] == Form::Row || lines::is_row(&self.text[self.lines[first].span.range()]));
            if let Some(columns) = self.rows[first].as_ref().filter(|_| piece.row) {
                piece.columns.clone_from(columns);
            }
            piece.front = self.forms[first] == Form::Front { of_file: true };
            links::lift(&mut piece, dropped);
            pieces.push(piece);
        }
        for block in footnotes {
            let mut piece = assembler.assemble(block, dropped);
            links::lift(&mut piece, dropped);
            piece.footnote = true;
            pieces.push(piece);
        }
        pieces
    }
}
