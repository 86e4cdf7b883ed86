//! Compares versions of official statements.
pub mod align;
pub mod change;
pub mod diff;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod statement;
pub mod text;
