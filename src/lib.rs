//! Compares versions of official statements.
pub mod audit;
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod report;
pub mod statement;
pub mod text;
