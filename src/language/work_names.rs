//! How a body names its works.

use serde::Deserialize;

use super::claim::Claim;

/// How works are named after their symbols.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "git"), allow(dead_code, reason = "only a corpus names works"))]
pub(crate) struct WorkNames {
    /// First part of the names, if the symbol is of one of its series.
    #[serde(default)]
    pub(crate) prefix: String,
    /// First parts of its symbols, up to a slash; one that ends in another sign than a letter or a digit (`HM-`) is what
    /// they begin with.
    #[serde(default)]
    pub(crate) series: Vec<String>,
    /// Claims of modifiers that make a version of the same work; other modifiers make a work of their own.
    #[serde(default)]
    pub(crate) versions: Vec<Claim>,
}
