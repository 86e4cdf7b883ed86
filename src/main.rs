//! The command line of recension; all of it is in the library's `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    recension::cli::run()
}
