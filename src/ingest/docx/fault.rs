//! What is wrong with a Word file.

use crate::ingest::error::{Limit, ReadError};
use crate::text::FileFormat;

/// A file that breaks the rules of its format.
pub(super) fn damaged(fault: impl Into<Box<str>>) -> ReadError {
    ReadError::Damaged { format: FileFormat::Docx, fault: fault.into() }
}

/// A file that is larger or deeper than it may be.
pub(super) const fn beyond(limit: Limit, most: usize) -> ReadError {
    ReadError::Limit { format: FileFormat::Docx, limit, most }
}
