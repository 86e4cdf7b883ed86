//! Compares versions of official statements.
pub mod align;
pub mod audit;
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod diff;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod report;
pub mod statement;
pub mod text;
