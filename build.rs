//! Lists the data files, so that a language or a body is added by adding its file.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

#[expect(clippy::disallowed_methods, reason = "cargo tells build scripts by the environment where things are")]
fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    let mut out = String::new();
    list(&mut out, &root.join("languages"), "", "LANGUAGES")?;
    list(&mut out, &root.join("languages"), ".lexicon", "LEXICONS")?;
    list(&mut out, &root.join("bodies"), "", "BODIES")?;
    words(&mut out, &root.join("words"))?;
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("data.rs");
    println!("cargo::rerun-if-changed=data");
    fs::write(target, out)
}

/// Writes a constant with the name and the text of every file `NAME` + `kind` + `.toml` of a folder, by name.
fn list(out: &mut String, folder: &Path, kind: &str, name: &str) -> io::Result<()> {
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(stem) = file.strip_suffix(".toml").and_then(|stem| stem.strip_suffix(kind))
            && !stem.contains('.')
        {
            files.push((stem.to_owned(), path));
        }
    }
    files.sort();
    let _ = writeln!(out, "pub(crate) const {name}: &[(&str, &str)] = &[");
    for (stem, path) in files {
        let _ = writeln!(out, "    ({stem:?}, include_str!({:?})),", path.display().to_string());
    }
    out.push_str("];\n");
    Ok(())
}

/// Writes a constant with every word list of a folder, by code.
fn words(out: &mut String, folder: &Path) -> io::Result<()> {
    let mut lists: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    lists.retain(|path| path.extension().is_some_and(|extension| extension == "fst"));
    lists.sort();
    let _ = writeln!(out, "pub(crate) const WORDS: &[(&str, &[u8])] = &[");
    for path in lists {
        let code = path.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(out, "    ({code:?}, include_bytes!({:?})),", path.display().to_string());
    }
    out.push_str("];\n");
    Ok(())
}
