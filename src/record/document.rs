//! One side of a comparison, as reports know it.

use serde::Serialize;

use super::hash::sha256;
use crate::ingest::Source;
use crate::statement::{Identity, Statement};

/// A text that was read, with what names it.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// The reference, of a version in a corpus.
    pub reference: Option<String>,
    /// The path as it was given, of a file; `-` is standard input.
    pub path: Option<String>,
    /// The hash of the bytes that were read.
    pub sha256: String,
    /// What is known of it: what its corpus records, and where that is silent, what the text says.
    pub identity: Identity,
    /// The text, read.
    pub source: Source,
}

impl Document {
    /// A text that nothing names.
    #[must_use]
    pub fn of(source: Source) -> Self {
        let identity = source.statement.identity.clone();
        Self { reference: None, path: None, sha256: sha256(source.text.as_bytes()), identity, source }
    }

    /// What to call it: its reference, else its path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.reference.as_deref().or(self.path.as_deref()).unwrap_or("-")
    }

    /// Its clauses.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.source.statement
    }
}
