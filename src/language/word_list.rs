//! A list of the words of a language, as the automaton that it is kept as.

use std::borrow::Cow;

use fst::Set;

/// A minimal automaton (crate `fst`, after Mihov and Maurel) of the words of a language.
pub(super) type WordList = Set<Cow<'static, [u8]>>;
