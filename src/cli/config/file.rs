//! A configuration file, read: its values with their lines, or the first fault.

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Path, PathBuf},
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::key::{Key, Value, key, names};
use crate::audit::Policy;

/// Bytes that a configuration file may have.
const MOST_BYTES: u64 = 1 << 20;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Owner {
    /// The user's.
    User,
    /// That of the folder, which may have come from anywhere.
    Project,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub(in crate::cli) struct File {
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) entries: BTreeMap<&'static str, Entry>,
    /// The table `[policy]`, which only a project has.
    pub(in crate::cli) policy: Option<Policy>,
    /// Keys that were passed over, because a project file must not have them, with their lines.
    pub(in crate::cli) passed_over: Vec<(&'static str, usize)>,
}

/// A value and its line.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Entry {
    pub(in crate::cli) value: Value,
    pub(in crate::cli) line: usize,
}

/// Why a file can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct Fault {
    pub(in crate::cli) path: PathBuf,
    /// Line from 1; absent where the whole file is at fault.
    pub(in crate::cli) line: Option<usize>,
    pub(in crate::cli) message: String,
}

impl File {
    /// Reads a file; none where there is no such file. What is no regular file has no settings.
    pub(in crate::cli) fn read(path: &Path, owner: Owner) -> Result<Option<Self>, Fault> {
        if !path.is_file() {
            return Ok(None);
        }
        let text = text_of(path).map_err(|message| Fault { path: path.to_owned(), line: None, message })?;
        Self::parse(&text, path, owner).map(Some)
    }

    /// Reads the text of a file.
    pub(in crate::cli) fn parse(text: &str, path: &Path, owner: Owner) -> Result<Self, Fault> {
        let reader = Reader { text, path, owner };
        let table = DeTable::parse(text).map_err(|error| {
            reader.fault(error.span().map_or(0, |span| span.start), error.message().replace('\n', " "))
        })?;
        let mut file = Self { path: path.to_owned(), entries: BTreeMap::new(), policy: None, passed_over: Vec::new() };
        for (name, value) in table.get_ref() {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("policy", DeValue::Table(_)) if owner == Owner::Project => {
                    let policy = Policy::parse(text, &path.display().to_string());
                    file.policy = Some(policy.map_err(|error| Fault {
                        path: path.to_owned(),
                        line: Some(error.line),
                        message: error.message,
                    })?);
                }
                ("policy", _) if owner == Owner::User => {
                    let message = "[policy] belongs to a project or a corpus, so that everybody judges alike";
                    return Err(reader.fault(name.span().start, message.to_owned()));
                }
                (table, DeValue::Table(inner)) => {
                    for (name, value) in inner {
                        reader.entry(&mut file, &format!("{table}.{}", name.get_ref()), name, value)?;
                    }
                }
                (plain, _) => reader.entry(&mut file, plain, name, value)?,
            }
        }
        Ok(file)
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let file = crate::corpus::open_plain(path).map_err(|error| format!("it can't be read: {error}"))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("it can't be read: {error}"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it has more than {MOST_BYTES} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned())
}

struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
    owner: Owner,
}

impl Reader<'_> {
    fn fault(&self, at: usize, message: String) -> Fault {
        Fault { path: self.path.to_owned(), line: Some(self.line(at)), message }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn entry(
        &self,
        file: &mut File,
        name: &str,
        place: &Spanned<impl Sized>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), Fault> {
        let at = place.span().start;
        let key = key(name).ok_or_else(|| self.fault(at, format!("{name:?} is no key; keys are {}", names())))?;
        if self.owner == Owner::Project && !key.in_project {
            file.passed_over.push((key.name, self.line(at)));
            return Ok(());
        }
        let value = self.value(key, value.get_ref()).map_err(|message| self.fault(at, message))?;
        file.entries.insert(key.name, Entry { value, line: self.line(at) });
        Ok(())
    }

    fn value(&self, key: &Key, value: &DeValue<'_>) -> Result<Value, String> {
        let wrong = || format!("{} takes {}", key.name, key.kind);
        let value = match value {
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            DeValue::Integer(number) => {
                Value::Count(usize::from_str_radix(number.as_str(), number.radix()).map_err(|_| wrong())?)
            }
            DeValue::Array(items) => {
                let texts = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
                Value::Texts(texts.collect::<Option<_>>().ok_or_else(wrong)?)
            }
            _ => return Err(wrong()),
        };
        key.checked(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, owner: Owner) -> Result<File, Fault> {
        File::parse(text, Path::new("f.toml"), owner)
    }

    #[test]
    fn values_have_their_lines() {
        let file = parse("corpus = \"c\"\n# about\n[ui]\nwidth = 72\n[ci]\nfiles = [\"*.md\"]\n", Owner::User);
        let file = file.expect("a file");
        let found: Vec<_> = file.entries.iter().map(|(name, entry)| (*name, entry.line, entry.value.clone())).collect();
        let text = |text: &str| Value::Text(text.to_owned());
        let files = Value::Texts(vec!["*.md".to_owned()]);
        assert_eq!(found, [("ci.files", 6, files), ("corpus", 1, text("c")), ("ui.width", 4, Value::Count(72))]);
    }

    #[test]
    fn faults_name_key_and_line() {
        for (text, line, part) in [
            ("[ui]\n\ncolour = \"auto\"\n", 3, "\"ui.colour\" is no key; keys are corpus, "),
            ("ui = 3\n", 1, "\"ui\" is no key"),
            ("[ui]\ncolor = \"pink\"\n", 2, "it takes auto, always, never"),
            ("[ui]\nwidth = \"wide\"\n", 2, "ui.width takes a number of columns"),
            ("[ui]\nwidth = -3\n", 2, "ui.width takes a number of columns"),
            ("[ui]\nwidth = 0\n", 2, "at least one column"),
            ("[ci]\nfiles = [1]\n", 2, "ci.files takes a list of texts"),
            ("[ui]\ncolor = \n", 2, ""),
            ("[ui.color]\nx = 1\n", 1, "ui.color takes one of"),
            ("corpus = \"\"\n", 1, "names no path"),
        ] {
            let fault = parse(text, Owner::Project).expect_err(text);
            assert!(fault.line == Some(line) && fault.message.contains(part), "{text}: {fault:?}");
        }
    }

    #[test]
    fn a_project_file_starts_no_program() {
        let file = parse("[ui]\npager = \"rm -r .\"\n", Owner::Project).expect("a file");
        assert_eq!((file.entries.len(), file.passed_over), (0, vec![("ui.pager", 2)]));
    }

    #[test]
    fn a_policy_belongs_to_a_project() {
        let text = "[policy]\nunclaimed = \"review\"\n";
        let policy = parse(text, Owner::Project).expect("a file").policy.expect("a policy");
        assert_eq!(policy.unclaimed, crate::change::Tier::Review);
        assert_eq!(parse(text, Owner::User).expect_err("a fault").line, Some(1));
        let fault = parse("[policy]\n\nunclaimedd = \"review\"\n", Owner::Project).expect_err("a fault");
        assert_eq!(fault.line, Some(3));
    }
}
