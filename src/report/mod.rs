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
pub use akn::{PublishedVersion, akn, akn_diff};
pub use annotations::{github_audit, github_diff, gitlab_audit, gitlab_diff};
pub use clause_lines::clause_lines;
#[cfg(feature = "docx")]
pub use docx::docx;
pub use explanation::{json as explanations_json, text as explanation_text};
#[cfg(feature = "html")]
pub use html::html;
#[cfg(feature = "search")]
pub use json::found as found_json;
#[cfg(feature = "git")]
pub use json::{
    KeptVersion, added as added_json, begun as begun_json, exported as exported_json, history as history_json,
    imported as imported_json, status as status_json, verified as verified_json, version_line, wired as wired_json,
};
pub use json::{
    audit as audit_json, audit_lines, diff as diff_json, diff_lines, evidence as evidence_json, list as list_json,
    log as log_json, settings as settings_json, show as show_json, show_ledger as show_ledger_json,
    works_list as works_json,
};
#[cfg(feature = "xml")]
pub use junit::{audit as junit_audit, diff as junit_diff};
pub use markdown::{audit as markdown_audit, diff as markdown_diff};
pub use notice::LocatedComparison;
pub use pieces::pieces_as_clauses;
pub use sarif::{audit as sarif_audit, diff as sarif_diff};
pub use schema::{schema, schema_names};
pub use settings::{Setting, SettingValue};
pub use summary::{PartSummary, Summary};
#[cfg(all(feature = "cli", feature = "search"))]
pub use terminal::found as found_terminal;
#[cfg(feature = "cli")]
pub use terminal::{
    Look, View, added as added_terminal, audit as audit_terminal, begun as begun_terminal, diff as diff_terminal,
    evidence as evidence_terminal, history as history_terminal, imported as imported_terminal,
    ledger as ledger_terminal, list as list_terminal, log as log_terminal, settings as settings_terminal,
    show as show_terminal, status as status_terminal, verified as verified_terminal, wired as wired_terminal,
    works_list as works_terminal,
};
pub use visible::{is_unseen, visible};
