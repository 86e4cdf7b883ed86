//! Compares versions of official statements clause by clause, and says what a change amounts to.
//!
//! Three functions do the work, and what each gives the next one takes:
//!
//! 1. [`ingest::read`] makes a [`statement::Statement`] of the bytes of a source: a tree of clauses, what the document says
//!    of itself, and what the page had and the document has not.
//! 2. [`change::compare`] says which clauses before correspond to which clauses after, finds the word edits in them, and
//!    gives each change a class and a tier.
//! 3. [`report::render`] writes the result down in any of the formats; [`audit::run`] holds it against what the version
//!    claims to be.
//!
//! Results are plain values: their fields can be read, they are written by `serde`, and those that may grow are
//! `#[non_exhaustive]`. Options begin with their `Default` and have a `with_` for each field.
//!
//! ```
//! use recension::{change, ingest};
//!
//! let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default());
//! let before = read("Each side shall accept up to 150 inspections a year.")?;
//! let after = read("Each side shall accept up to 105 inspections\na year.")?;
//! let comparison = change::compare(&before.statement, &after.statement, &change::Options::default());
//!
//! let edit = &comparison.changes[0].edits[0];
//! assert_eq!((edit.texts.before.as_str(), edit.texts.after.as_str()), ("150", "105"));
//! assert_eq!(edit.class, change::Class::Number);
//! assert_eq!(comparison.verdict, change::Verdict::Changed(change::Tier::Substantive));
//! # Ok::<(), recension::ingest::ReadError>(())
//! ```
//!
//! No result depends on the environment, a clock or the number of threads ([`execution`]): the same input gives the same
//! result on any machine. The library prints nothing and ends no process; it asks a clock only for how long it waits for a
//! lock, and git for the name of whoever commits. What it knows of languages and issuing bodies is data ([`language`]).
//!
//! # Features
//!
//! Without any, the library reads, compares, audits and reports two texts. `git` adds the corpus of versions (`corpus`) and
//! what people do with it (`workspace`), `search` full-text search, `html`, `xml` (Akoma Ntoso, JUnit) and `docx` reports in
//! these formats, and `cli` the command line, which is no part of the library.

#![cfg_attr(
    all(feature = "git", not(feature = "cli")),
    allow(dead_code, unused_imports, reason = "some of what works on a corpus serves the command line alone")
)]

#[macro_use]
mod serialize;

mod align;
pub mod audit;
pub mod change;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "git")]
pub mod corpus;
mod diff;
pub mod execution;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod merge;
pub mod record;
pub mod report;
#[cfg(feature = "search")]
pub mod search;
pub mod statement;
pub mod text;
#[cfg(feature = "git")]
pub mod workspace;
