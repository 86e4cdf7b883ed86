//! Lines that make one paragraph, as passes hand them on.

/// Lines that make one paragraph.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its lines, by index, ascending; furniture between them is left out.
    pub(super) lines: Vec<usize>,
    /// Which of its lines may begin a paragraph of their own, by place in `lines`.
    pub(super) doubtful: Vec<usize>,
    /// Whether its own beginning is in doubt.
    pub(super) begins_in_doubt: bool,
}

impl Block {
    /// A paragraph that begins with a line.
    pub(super) fn of(line: usize, begins_in_doubt: bool) -> Self {
        Self { lines: vec![line], doubtful: Vec::new(), begins_in_doubt }
    }
}
