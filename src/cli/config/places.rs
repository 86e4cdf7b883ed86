//! Where configuration files lie.

use std::path::{Path, PathBuf};

use crate::cli::surroundings::{current_folder, environment};

/// The name of a project file.
pub(in crate::cli) const PROJECT: &str = ".recension.toml";

/// The files of this call.
#[derive(Debug, Default)]
pub(in crate::cli) struct Places {
    /// The user's, whether it is there or not.
    pub(in crate::cli) user: Option<PathBuf>,
    /// The project's, if there is one.
    pub(in crate::cli) project: Option<PathBuf>,
}

impl Places {
    /// The files that the environment and the current folder name.
    pub(in crate::cli) fn find() -> Self {
        let here = current_folder();
        Self { user: user(&|name| environment(name).map(PathBuf::from)), project: here.as_deref().and_then(project) }
    }

    /// The project file, or where one would be made: at the top of the repository, else in the current folder.
    pub(in crate::cli) fn project_or_new(&self) -> Option<PathBuf> {
        self.project.clone().or_else(|| {
            let here = current_folder()?;
            let top = here.ancestors().find(|folder| is_top(folder)).unwrap_or(&here);
            Some(top.join(PROJECT))
        })
    }
}

/// The user's file, by the variables of the environment.
fn user(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(named) = variable("RECENSION_CONFIG") {
        return Some(named);
    }
    let folder = if cfg!(windows) {
        variable("APPDATA")
    } else {
        // A relative path is to be passed over, says the XDG Base Directory Specification.
        let named = variable("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
        named.or_else(|| Some(variable("HOME")?.join(".config")))
    };
    Some(folder?.join("recension").join("config.toml"))
}

/// The nearest project file upwards, as far as the top of the repository.
fn project(here: &Path) -> Option<PathBuf> {
    for folder in here.ancestors() {
        let file = folder.join(PROJECT);
        if file.is_file() {
            return Some(file);
        }
        if is_top(folder) {
            return None;
        }
    }
    None
}

/// Whether a folder is the top of a repository; in a linked work tree `.git` is a file.
fn is_top(folder: &Path) -> bool {
    folder.join(".git").exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_user_file_is_where_the_environment_says() {
        let place = |variables: &[(&str, &str)]| {
            let of = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, at)| PathBuf::from(at));
            user(&of).map(|path| path.display().to_string())
        };
        let file = |path: &str| Some(path.to_owned());
        let home = ("HOME", "/home/a");
        assert_eq!(place(&[home]), file("/home/a/.config/recension/config.toml"));
        assert_eq!(place(&[home, ("XDG_CONFIG_HOME", "/x")]), file("/x/recension/config.toml"));
        assert_eq!(place(&[home, ("XDG_CONFIG_HOME", "x")]), file("/home/a/.config/recension/config.toml"));
        assert_eq!(place(&[home, ("XDG_CONFIG_HOME", "/x"), ("RECENSION_CONFIG", "c")]), file("c"));
        assert_eq!(place(&[]), None);
    }

    #[test]
    fn the_search_ends_at_the_top_of_the_repository() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("repository/a/b");
        std::fs::create_dir_all(&inner).expect("folders");
        std::fs::write(folder.path().join(PROJECT), "").expect("a file");
        assert_eq!(project(&inner), Some(folder.path().join(PROJECT)));
        std::fs::create_dir(folder.path().join("repository/.git")).expect("a folder");
        assert_eq!(project(&inner), None);
        std::fs::write(folder.path().join("repository").join(PROJECT), "").expect("a file");
        assert_eq!(project(&inner), Some(folder.path().join("repository").join(PROJECT)));
    }
}
