//! A sealed folder to run the program in.

use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use tempfile::TempDir;

/// A folder that is home and current folder of the program, with no environment but what a test sets.
pub(crate) struct Env {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Env {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), variables: Vec::new() }
    }

    /// Sets a variable of the environment.
    pub(crate) fn set(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders it needs.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
        self
    }

    /// A version of a corpus in the current folder.
    pub(crate) fn version(&self, place: &str, record: &str, text: &str) -> &Self {
        if !self.path("recension.toml").exists() {
            self.write("recension.toml", "format = 1\n");
        }
        self.write(&format!("works/{place}/version.toml"), record).write(&format!("works/{place}/source.txt"), text)
    }

    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recension"));
        command.env_clear().env("HOME", self.folder.path()).current_dir(self.folder.path()).args(arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Said {
        said(self.command(arguments).stdin(Stdio::null()).output().expect("the program runs"))
    }

    #[expect(clippy::disallowed_methods, reason = "a program reads and writes at once")]
    pub(crate) fn run_with_stdin(&self, arguments: &[&str], stdin: &[u8]) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut pipe = child.stdin.take().expect("a pipe");
        let output = thread::scope(|scope| {
            // It may end before it has read everything.
            scope.spawn(move || drop(pipe.write_all(stdin)));
            child.wait_with_output().expect("the program ends")
        });
        said(output)
    }
}

fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 comes out");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Said {
    /// The output of a run that did its work.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        assert!(!self.err.contains("error:"), "{}", self.err);
        self.out
    }

    /// The one error of a run that could not: exit code 2, nothing on standard output, no panic.
    #[track_caller]
    pub(crate) fn error(self) -> String {
        assert_eq!(self.code, Some(2), "{}{}", self.out, self.err);
        assert_eq!(self.out, "");
        assert_eq!(self.err.matches("error: ").count(), 1, "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self.err
    }

    #[track_caller]
    pub(crate) fn json(self, code: i32) -> serde_json::Value {
        serde_json::from_str(&self.with_code(code)).expect("JSON comes out")
    }
}

/// The corpus shipped with the program.
pub(crate) fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").display().to_string()
}
