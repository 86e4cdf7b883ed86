//! Exit codes.

use std::process::ExitCode;

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: nothing to report.
    Clean,
    /// 1: differences of at least the tier asked for, or a policy is broken.
    Found,
    /// 2: the command could not do its work.
    Trouble,
}

impl Exit {
    /// What the finding says: [`Exit::Found`] where there is something to report.
    pub(super) const fn found(found: bool) -> Self {
        if found { Self::Found } else { Self::Clean }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Found => 1,
            Exit::Trouble => 2,
        })
    }
}

/// The part of each command's help that tells the codes.
pub(super) const HELP: &str = "Exit codes:
  0  nothing to report: no difference of the tier asked for, every claim kept
  1  differences of at least that tier, or a claim that is not kept
  2  the command could not do its work; standard error says why and how to mend it";
