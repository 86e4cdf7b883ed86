//! The passes from the text of a source to a statement, the same for all formats.

use super::{
    assemble::{Assembler, Piece},
    block::Block,
    calls,
    extract::Extract,
    facts,
    frame::FrameReader,
    furniture::{self, Form, Role},
    glued,
    layout::Layout,
    lines::{self, Line},
    links, notes, placed,
    reflow::{self, Boundary},
    segment,
    source::{Options, Source},
    tables, tree,
};
use crate::language::{Knowledge, Language, LanguageCode};
use crate::statement::{DroppedPiece, Statement};
use crate::text;

/// Reads a statement: lines, of these paragraphs, of these clauses, and of these the tree. What is left out on the way is
/// gathered beside it.
pub(super) fn statement(extract: &Extract, options: Options<'_>) -> Statement {
    let catalogue = options.catalogue;
    let code = language_of(extract, options);
    let language = code.and_then(|code| catalogue.language(&code));
    let frames = FrameReader::new(Knowledge { catalogue, language });
    let mut dropped = extract.left_out.clone();

    let lines = TextLines::of(&extract.text, &extract.layout, &frames);
    let paragraphs = lines.paragraphs(&mut dropped);
    let mut draft = segment::segment(paragraphs, &frames);
    calls::lift_marks(extract, &mut draft, &mut dropped, language);
    let mut statement = tree::build(draft, language);

    dropped.sort_by_key(|dropped| (dropped.span, dropped.why));
    statement.catalogue = catalogue.clone();
    statement.language = code;
    statement.dropped = dropped;
    statement.identity = facts::identity(&statement, frames.known);
    statement
}

/// Why the paragraphs of a text begin where they do.
pub(super) fn boundaries(source: &Source) -> Vec<Boundary> {
    let statement = &source.statement;
    let known = Knowledge { catalogue: &statement.catalogue, language: statement.known_language() };
    TextLines::of(&source.text, &source.layout, &FrameReader::new(known)).boundaries()
}

/// The code of the language that the caller names, else of the one that the source names, else of the one that the text shows.
fn language_of(extract: &Extract, options: Options<'_>) -> Option<LanguageCode> {
    let catalogue = options.catalogue;
    let named = options.language.and_then(|code| catalogue.code(code));
    let told = || extract.language.as_deref().and_then(|code| catalogue.code(code));
    named.or_else(told).or_else(|| text::identify(&extract.text, catalogue))
}

/// The lines of a text, and what each of them is.
struct TextLines<'a> {
    text: &'a str,
    layout: &'a Layout,
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

impl<'a> TextLines<'a> {
    /// Tells text, rows and footnotes from what belongs to the page.
    fn of(text: &'a str, layout: &'a Layout, frames: &FrameReader<'a>) -> Self {
        let language = frames.known.language;
        let lines = glued::part(text, lines::split(text, layout), frames);
        let mut furniture = furniture::sort(text, &lines, frames);
        placed::settle(&lines, layout, &mut furniture);
        let mut rows = tables::rows(text, &lines, language);
        placed::cells(&lines, layout, &mut rows);
        for (form, row) in furniture.forms.iter_mut().zip(&rows) {
            if *form == Form::Text && row.is_some() {
                *form = Form::Row;
            }
        }
        let footnotes = notes::zones(text, &lines, layout, &mut furniture, language);
        Self { text, layout, language, lines, forms: furniture.forms, roles: furniture.roles, rows, footnotes }
    }

    /// The paragraphs of the text, and behind them the footnotes. Added to `dropped` is what belongs to pages, what goes
    /// where lines are joined, and the targets of links.
    fn paragraphs(&self, dropped: &mut Vec<DroppedPiece>) -> Vec<Piece> {
        dropped.extend(self.furniture());
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

    /// What belongs to pages alone.
    fn furniture(&self) -> impl Iterator<Item = DroppedPiece> + '_ {
        self.roles.iter().zip(&self.lines).filter_map(|(role, line)| match role {
            Role::Drop(why) => {
                Some(DroppedPiece { why: *why, text: self.text[line.span.range()].to_owned(), span: line.span })
            }
            Role::Body | Role::Footnote => None,
        })
    }

    /// Why the paragraphs begin where they do.
    fn boundaries(&self) -> Vec<Boundary> {
        reflow::boundaries(&self.view(), &reflow::body(&self.lines, &self.roles))
    }

    fn view(&self) -> reflow::View<'_> {
        reflow::View::new(self.text, &self.lines, &self.forms, self.layout, self.language)
    }
}
