//! The number by which the files of a corpus say how they are to be read.

/// The highest format of the files of a corpus that this program reads and writes.
pub(crate) const FORMAT: i64 = 1;
