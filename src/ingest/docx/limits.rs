//! How large, how deep and how long a Word file may be.

/// Bytes of the file.
pub(super) const FILE_BYTES: usize = 256 << 20;
/// Bytes that all parts that are read unpack to.
pub(super) const UNPACKED_BYTES: usize = 256 << 20;
/// Elements in elements.
pub(super) const NESTING: usize = 256;
/// Styles that build on one another.
pub(super) const STYLES: usize = 32;
