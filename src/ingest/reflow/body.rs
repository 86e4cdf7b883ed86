//! The lines that are text, with what was between them.

use crate::ingest::furniture::Role;
use crate::ingest::lines::Line;

/// A line that is text, with what the furniture around it says.
#[derive(Clone, Copy)]
pub(in crate::ingest) struct Body {
    /// Its index among all lines.
    pub(super) at: usize,
    /// Whether a page ends between the line of text before and this one.
    pub(super) page: bool,
}

/// The lines of text among all lines, in order.
pub(in crate::ingest) fn body(lines: &[Line], roles: &[Role]) -> Vec<Body> {
    let mut page = false;
    let mut found = Vec::with_capacity(lines.len());
    for (at, role) in roles.iter().enumerate() {
        page |= lines[at].page || *role != Role::Body;
        if *role == Role::Body {
            found.push(Body { at, page });
            page = false;
        }
    }
    found
}
