//! Compares versions of official statements.
pub mod change;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod statement;
pub mod text;
