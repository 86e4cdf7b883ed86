//! Long results, a screen at a time: through the program that the user reads with.

use std::{
    ffi::OsString,
    io::{self, Write},
    process::{Child, Command, Stdio},
};

use super::surroundings::variable;

/// The program that shows a screen at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pager {
    command: String,
}

/// What decides about a pager.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occasion<'a> {
    /// Whether the result is one to read: in words, of a command that prints much.
    pub(super) is_paged: bool,
    /// Whether it goes to a terminal, and is wanted at all.
    pub(super) is_seen: bool,
    /// Whether the terminal can't move its cursor.
    pub(super) is_dumb: bool,
    /// The command that is set; none where nobody set one.
    pub(super) set: Option<&'a str>,
}

/// What is used where nobody names another.
const USUAL: &str = "less";
/// How less and lv are asked to show colours, and to end at once where one screen is enough.
const HABITS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];
/// Signs that only a shell understands.
const SHELL: [char; 20] =
    ['|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '"', '\'', '*', '?', '[', '#', '~', '=', '%', '\n'];

impl Pager {
    /// The pager for an occasion, if there is to be one.
    pub(super) fn choose(occasion: Occasion<'_>) -> Option<Self> {
        if !occasion.is_paged || !occasion.is_seen || occasion.is_dumb && occasion.set.is_none() {
            return None;
        }
        let command = occasion.set.unwrap_or(USUAL).trim();
        let is_none = command.is_empty() || command == "cat";
        (!is_none).then(|| Self { command: command.to_owned() })
    }

    /// Shows a text. Whether it was shown: a pager that can't be started shows nothing.
    pub(super) fn show(&self, text: &[u8]) -> io::Result<bool> {
        let _guard = Interrupts::passed_over();
        let Ok(mut child) = self.start() else { return Ok(false) };
        if let Some(mut stdin) = child.stdin.take() {
            // Who leaves the pager has read enough.
            match stdin.write_all(text) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
                _ => {}
            }
        }
        let ended = child.wait()?;
        // A shell says so where it can't start what it was asked to start.
        Ok(!matches!(ended.code(), Some(126 | 127)))
    }

    fn start(&self) -> io::Result<Child> {
        let mut command = match self.words() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments);
                command
            }
            None => {
                let mut command = Command::new("sh");
                command.args(["-c", &self.command]);
                command
            }
        };
        for (name, value) in HABITS {
            if variable(name).is_none() {
                command.env(name, OsString::from(value));
            }
        }
        command.stdin(Stdio::piped()).spawn()
    }

    /// The program and its arguments, where no shell is needed to tell them.
    fn words(&self) -> Option<(&str, Vec<&str>)> {
        if cfg!(unix) && self.command.contains(SHELL) {
            return None;
        }
        let mut words = self.command.split_whitespace();
        Some((words.next()?, words.collect()))
    }
}

/// While a pager is open, an interrupt is for the pager: it may mean "stop searching" there.
struct Interrupts {
    #[cfg(unix)]
    id: Option<signal_hook::SigId>,
}

impl Interrupts {
    fn passed_over() -> Self {
        #[cfg(unix)]
        {
            let flag = std::sync::Arc::default();
            Self { id: signal_hook::flag::register(signal_hook::consts::SIGINT, flag).ok() }
        }
        #[cfg(not(unix))]
        Self {}
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(id) = self.id.take() {
            signal_hook::low_level::unregister(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_for_terminals_and_long_results() {
        let seen = Occasion { is_paged: true, is_seen: true, is_dumb: false, set: None };
        let command = |occasion| Pager::choose(occasion).map(|pager| pager.command);
        assert_eq!(command(seen).as_deref(), Some("less"));
        assert_eq!(command(Occasion { set: Some(" most -w "), ..seen }).as_deref(), Some("most -w"));
        for none in [
            Occasion { is_paged: false, ..seen },
            Occasion { is_seen: false, ..seen },
            Occasion { is_dumb: true, ..seen },
            Occasion { set: Some(""), ..seen },
            Occasion { set: Some("cat"), ..seen },
        ] {
            assert_eq!(command(none), None, "{none:?}");
        }
        assert!(command(Occasion { is_dumb: true, set: Some("more"), ..seen }).is_some());
    }

    #[test]
    fn a_shell_is_asked_only_where_one_is_needed() {
        let pager = |command: &str| Pager { command: command.to_owned() };
        assert_eq!(pager("less -S").words(), Some(("less", vec!["-S"])));
        #[cfg(unix)]
        assert_eq!(pager("tee log | less").words(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_pager_that_cannot_start_shows_nothing() {
        let shown = |command: &str| Pager { command: command.to_owned() }.show(b"text").expect("no error");
        assert!(!shown("/nowhere/at/all"));
        assert!(!shown("/nowhere/at/all; exit 127"));
        assert!(shown("true"));
        assert!(shown("exit 3; x"), "who reads with it may end it as it likes");
    }
}
