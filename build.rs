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
    list(&mut out, &root.join("languages"), "LANGUAGES")?;
    list(&mut out, &root.join("bodies"), "BODIES")?;
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("data.rs");
    println!("cargo::rerun-if-changed=data");
    fs::write(target, out)
}

/// Writes a constant with the name and the text of every TOML file of a folder, by name.
fn list(out: &mut String, folder: &Path, name: &str) -> io::Result<()> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let _ = writeln!(out, "pub(crate) const {name}: &[(&str, &str)] = &[");
    for path in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(out, "    ({stem:?}, include_str!({:?})),", path.display().to_string());
    }
    out.push_str("];\n");
    Ok(())
}
