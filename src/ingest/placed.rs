//! Lines that the format itself says are of the page.
//!
//! The passes know a running head by its words; a format that knows where lines stand is surer. Its word is taken for what
//! goes, and the form of the line says why; a job number at the foot of the first page stays, because it names the document.

use super::furniture::{Form, Furniture, Role};
use super::layout::{Layout, Place};
use super::lines::Line;
use crate::statement::Why;

/// Drops the lines that the format puts above or below the text.
pub(super) fn settle(lines: &[Line], layout: &Layout, furniture: &mut Furniture) {
    if layout.places.is_empty() {
        return;
    }
    for ((line, role), form) in lines.iter().zip(&mut furniture.roles).zip(&furniture.forms) {
        let Some(place @ (Place::Head | Place::Foot)) = layout.places.at(line.span.start) else { continue };
        let form = *form;
        let names_document = form == Form::Job && layout.pages.at(line.span.start) == Some(&1);
        if *role == Role::Body && !names_document {
            *role = Role::Drop(why(form, *place));
        }
    }
}

/// Why a line goes.
const fn why(form: Form, place: Place) -> Why {
    match (form, place) {
        (Form::Page(_) | Form::PagedJob(_) | Form::Number(_), _) => Why::PageNumber,
        (Form::Job, _) => Why::JobNumber,
        (Form::Barcode, _) => Why::Barcode,
        (Form::Separator, _) => Why::Separator,
        (Form::Continuation, _) => Why::Continuation,
        (Form::Invisible, _) => Why::Invisible,
        (_, Place::Head) => Why::RunningHeader,
        _ => Why::RunningFooter,
    }
}

/// Takes the cells of rows from a format that knows its tables.
pub(super) fn cells(lines: &[Line], layout: &Layout, rows: &mut [Option<Vec<u8>>]) {
    if layout.cells.is_empty() {
        return;
    }
    for (line, row) in lines.iter().zip(rows) {
        let cells: Vec<u8> = layout.cells.within(line.span).map(|(_, column)| *column).collect();
        *row = Some(cells).filter(|cells| !cells.is_empty());
    }
}
