//! Files of a commit that is to be made, and where their bytes are.

use super::objects::PreparedDraft;

/// A file to be committed. The path is relative to the corpus.
pub(super) struct NewFile {
    pub(super) path: String,
    pub(super) blob: git2::Oid,
    pub(super) bytes: FileBytes,
}

/// Where the bytes of a new file are.
pub(super) enum FileBytes {
    Source(usize),
    Text(usize),
    Record(usize),
    Own(Vec<u8>),
}

/// The bytes of a file, of the drafts where it is of one.
pub(super) fn bytes_of<'a>(file: &'a NewFile, drafts: &'a [PreparedDraft<'_>]) -> &'a [u8] {
    let draft = |at: usize| drafts.get(at);
    match &file.bytes {
        FileBytes::Own(bytes) => bytes,
        FileBytes::Source(at) => draft(*at).map_or(&[], |one| &one.draft.source),
        FileBytes::Text(at) => draft(*at).map_or(&[], |one| one.draft.text.as_bytes()),
        FileBytes::Record(at) => draft(*at).map_or(&[], |one| &one.record),
    }
}
