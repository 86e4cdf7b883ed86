//! What a terminal can show, and what its user wants to see.

/// How the output should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// Whether to colour, and to isolate the direction of edited text.
    pub color: bool,
    /// Whether to show what usually does not matter: clauses of another layout, the way each edit was classed.
    pub verbose: bool,
}

/// How a comparison is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum View {
    /// Each text once, with what was removed and added in it.
    Inline,
    /// Before on the left, after on the right.
    Sides,
    /// A hunk for each change, a line for each clause, for pipes, mail and grep.
    Unified {
        /// Whether lines are kept to the width.
        wraps: bool,
    },
    /// The counts, and the gravest changes in a line each: one screen, whatever the texts.
    Stat,
}
