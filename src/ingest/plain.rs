//! Plain text: the order of the passes.

use super::{
    Options,
    assemble::{Assembler, Piece},
    block::Block,
    calls, facts,
    frame::FrameReader,
    furniture::{self, Form, Role},
    glued,
    lines::{self, Line},
    links, notes,
    reflow::{self, Boundary},
    segment, tables, tree,
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
    let reading = Reading::of(text, &frames);
    let mut dropped = reading.furniture();
    let paragraphs = reading.paragraphs(&mut dropped);
    let mut draft = segment::segment(paragraphs, &frames);
    calls::lift_marks(text, &mut draft, &mut dropped, language);
    let mut statement = tree::build(draft, language);
    statement.language = code;
    dropped.sort_by_key(|dropped| (dropped.span, dropped.why));
    statement.dropped = dropped;
    statement.identity = facts::identity(&statement, language);
    statement
}

/// Why the paragraphs of a text begin where they do.
pub(super) fn boundaries(text: &str, language: Option<&Language>) -> Vec<Boundary> {
    Reading::of(text, &FrameReader::new(language)).boundaries()
}

/// The lines of a text, and what each of them is.
struct Reading<'a> {
    text: &'a str,
    language: Option<&'a Language>,
    lines: Vec<Line>,
    /// A form for each line.
    forms: Vec<Form>,
    /// What becomes of each line.
    roles: Vec<Role>,
    /// Of each line that is a row, the columns of its cells.
    rows: Vec<Option<Vec<u8>>>,
    footnotes: Vec<Block>,
}

impl<'a> Reading<'a> {
    /// Tells text, rows and footnotes from what belongs to the page.
    fn of(text: &'a str, frames: &FrameReader<'a>) -> Self {
        let language = frames.language;
        let lines = glued::part(text, lines::split(text), frames);
        let mut furniture = furniture::sort(text, &lines, frames);
        let rows = tables::rows(text, &lines, language);
        for (form, row) in furniture.forms.iter_mut().zip(&rows) {
            if *form == Form::Text && row.is_some() {
                *form = Form::Row;
            }
        }
        let footnotes = notes::zones(text, &lines, &mut furniture, language);
        Self { text, language, lines, forms: furniture.forms, roles: furniture.roles, rows, footnotes }
    }

    /// What belongs to the page alone.
    fn furniture(&self) -> Vec<Dropped> {
        let dropped = self.roles.iter().zip(&self.lines).filter_map(|(role, line)| match role {
            Role::Drop(why) => {
                Some(Dropped { why: *why, text: self.text[line.span.range()].to_owned(), span: line.span })
            }
            Role::Body | Role::Footnote => None,
        });
        dropped.collect()
    }

    /// The paragraphs of the text, and behind them the footnotes. What goes when lines are joined, and the targets of
    /// links, is added to `dropped`.
    fn paragraphs(&self, dropped: &mut Vec<Dropped>) -> Vec<Piece> {
        let blocks = reflow::blocks(&self.view(), &reflow::body(&self.lines, &self.roles));
        let assembler = Assembler::new(self.text, &self.lines, self.language, [&blocks, &self.footnotes]);
        let mut pieces = Vec::with_capacity(blocks.len() + self.footnotes.len());
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
        for block in &self.footnotes {
            let mut piece = assembler.assemble(block, dropped);
            links::lift(&mut piece, dropped);
            piece.footnote = true;
            pieces.push(piece);
        }
        pieces
    }

    /// Why the paragraphs begin where they do.
    fn boundaries(&self) -> Vec<Boundary> {
        reflow::boundaries(&self.view(), &reflow::body(&self.lines, &self.roles))
    }

    fn view(&self) -> reflow::View<'_> {
        reflow::View::new(self.text, &self.lines, &self.forms, self.language)
    }
}
