//! How much of a PDF is read at most: a small file may describe a document without end.

/// Bytes of a file.
pub(super) const FILE_BYTES: usize = 256 << 20;
/// Pages.
pub(super) const PAGES: usize = 20_000;
/// Bytes that one compressed stream of drawing operators may unpack.
pub(super) const STREAM_BYTES: usize = 64 << 20;
/// Bytes that all of them together may unpack.
pub(super) const ALL_STREAM_BYTES: usize = 512 << 20;
/// Bytes that a font, or a group of objects, may unpack.
pub(super) const OBJECT_BYTES: usize = 64 << 20;
/// Bytes that all groups of objects together may unpack: they are kept.
pub(super) const ALL_OBJECT_BYTES: usize = 128 << 20;
/// Bytes that all other parts together may unpack.
pub(super) const ALL_PART_BYTES: usize = 640 << 20;
/// Compressions of one stream, one in the other.
pub(super) const FILTERS: usize = 4;
/// Drawings in drawings.
pub(super) const NESTING: usize = 16;
/// Saved states of one drawing.
pub(super) const STATES: usize = 256;
/// Drawing operators of the whole document.
pub(super) const OPERATIONS: usize = 50_000_000;
/// Glyphs of the whole document.
pub(super) const GLYPHS: usize = 20_000_000;
/// Glyphs without a known character in 100: beyond, the document is refused.
pub(super) const UNKNOWN_SHARE: usize = 5;
