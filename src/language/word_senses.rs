//! The lexicon of a language, read when it is first asked for.

use super::{
    data::Language,
    fault::{Fault, shipped},
    lexicon::{
        Lexicon,
        load::{Habits, load},
    },
    script::Script,
};

impl Language {
    /// What its words do to a clause. Read at the first call; empty where the language has no lexicon file.
    ///
    /// # Panics
    /// Where the shipped file is not well made; a test reads them all, and one that is added is read with its language.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| shipped(&self.code, self.read_lexicon()))
    }

    /// Whether what its words do is known; of a language without a lexicon, no word says more than that it stands there.
    #[must_use]
    pub(crate) fn has_lexicon(&self) -> bool {
        self.files.lexicon.is_some()
    }

    /// Reads its lexicon now.
    pub(super) fn check_lexicon(&self) -> Result<(), Fault> {
        let lexicon = self.read_lexicon()?;
        self.lexicon.get_or_init(|| lexicon);
        Ok(())
    }

    fn read_lexicon(&self) -> Result<Lexicon, Fault> {
        let habits = Habits { apostrophe_ends: !self.apostrophe_joins, is_han: self.script == Script::Han };
        match &self.files.lexicon {
            Some(text) => load(text, &self.verbs, habits),
            None => Ok(Lexicon::default()),
        }
    }
}
