//! Finished results in the formats of their readers. Nothing here computes anything about the texts: what a format
//! tells was found before, and a renderer only chooses words and places for it.

#[cfg(feature = "xml")]
mod akn;
mod annotations;
mod clause_lines;
#[cfg(feature = "docx")]
mod docx;
mod explanation;
#[cfg(any(feature = "cli", feature = "html"))]
mod facts;
#[cfg(feature = "xml")]
mod flow;
#[cfg(feature = "html")]
mod html;
mod json;
#[cfg(feature = "xml")]
mod junit;
#[cfg(any(feature = "cli", feature = "html"))]
mod left_out;
mod markdown;
mod notice;
mod pieces;
mod render;
mod reports;
mod sarif;
mod schema;
mod settings;
mod stretch;
mod summary;
mod telling;
#[cfg(feature = "cli")]
mod terminal;
mod visible;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "xml")]
pub use akn::PublishedVersion;
pub use clause_lines::clause_lines;
pub use explanation::{json as explanations_json, text as explanation_text};
#[cfg(feature = "git")]
pub(crate) use json::{KeptVersion, version_line};
pub use render::{Format, render};
pub use reports::{ComparisonReport, Report};
pub use schema::{schema, schema_names};
pub use settings::{Setting, SettingValue};
#[cfg(feature = "cli")]
pub use terminal::{Look, View};
pub use visible::{is_unseen, visible};
