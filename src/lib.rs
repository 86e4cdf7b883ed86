//! Compares versions of official statements.
pub mod audit;
pub mod change;
pub mod corpus;
pub mod frbr;
pub mod ingest;
pub mod language;
pub mod statement;
pub mod text;
