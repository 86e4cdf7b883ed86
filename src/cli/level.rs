//! How much is said on standard error.

/// What is said on standard error, from nothing to everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing.
    Off,
    /// Errors.
    Error,
    /// Warnings too.
    Warn,
    /// What is being done too.
    Info,
    /// How it is done too.
    Debug,
}

/// The levels by their names, that of each at its place.
pub(super) const LEVELS: [&str; 5] = ["off", "error", "warn", "info", "debug"];

impl Level {
    /// The level of a name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let levels = [Self::Off, Self::Error, Self::Warn, Self::Info, Self::Debug];
        LEVELS.iter().zip(levels).find(|(known, _)| **known == name).map(|(_, level)| level)
    }
}
