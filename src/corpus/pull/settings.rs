//! Files that say how statements are judged, and whether a range of commits changes what they say.

use std::{collections::BTreeSet, path::Path};

use crate::corpus::tree::{Kind, SETTINGS, join, kind_of};

/// Name of the settings of a project, at the top of its repository.
pub(super) const PROJECT: &str = ".recension.toml";
/// Tables of the project's settings that say how a result looks, and not what passes.
const LOOKS: [&str; 2] = ["ui", "diff"];

/// Where the settings stand that a path is judged by, if it is itself one of them or lies in a folder of that name.
pub(super) fn named_so(path: &str) -> Option<&str> {
    let mut from = 0;
    for part in path.split('/') {
        let end = from + part.len();
        if [SETTINGS, PROJECT].iter().any(|name| part.eq_ignore_ascii_case(name)) {
            return path.get(..end);
        }
        from = end + 1;
    }
    None
}

/// The folder of the corpus that a path lies in: the outermost that has settings, or one further in that does not lie
/// among the works of another.
pub(super) fn corpus_of(path: &str, trees: &[&git2::Tree<'_>]) -> Option<String> {
    let mut found: Option<&str> = None;
    let folders = std::iter::once("").chain(path.match_indices('/').map(|(at, _)| &path[..at]));
    for folder in folders {
        if let Some(outer) = found {
            let below = if outer.is_empty() { folder } else { folder[outer.len()..].trim_start_matches('/') };
            if below == "works" || below.starts_with("works/") {
                break;
            }
        }
        if trees.iter().any(|tree| is_file(tree, &join(folder, SETTINGS))) {
            found = Some(folder);
        }
    }
    found.map(str::to_owned)
}

/// Whether a plain file stands at a path.
pub(super) fn is_file(tree: &git2::Tree<'_>, path: &str) -> bool {
    tree.get_path(Path::new(path)).is_ok_and(|entry| matches!(kind_of(&entry), Ok(Kind::File)))
}

/// The keys of settings that differ, with the table before them; none where the files say the same.
pub(super) fn changed_keys(before: &[u8], after: &[u8], is_project: bool) -> BTreeSet<String> {
    let table = |bytes: &[u8]| std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let (Some(before), Some(after)) = (table(before), table(after)) else {
        return BTreeSet::from(["they can't be read".to_owned()]);
    };
    let mut keys = BTreeSet::new();
    compare(&before, &after, "", &mut keys);
    keys.retain(|key| !(is_project && LOOKS.iter().any(|table| key.starts_with(&format!("{table}.")))));
    keys
}

fn compare(before: &toml::Table, after: &toml::Table, above: &str, keys: &mut BTreeSet<String>) {
    let none = toml::Table::new();
    for key in before.keys().chain(after.keys()) {
        let name = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        match (before.get(key), after.get(key)) {
            (Some(toml::Value::Table(before)), Some(toml::Value::Table(after))) => compare(before, after, &name, keys),
            (Some(toml::Value::Table(table)), None) => compare(table, &none, &name, keys),
            (None, Some(toml::Value::Table(table))) => compare(&none, table, &name, keys),
            (before, after) if before != after => drop(keys.insert(name)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_settings_say_counts() {
        let keys = |before: &str, after: &str| {
            let keys = changed_keys(before.as_bytes(), after.as_bytes(), true);
            keys.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(keys("a = 1\n", "# words\na  =  1\n"), "");
        assert_eq!(keys("[policy]\ntechnical = \"review\"\n", ""), "policy.technical");
        assert_eq!(keys("[ui]\nwidth = 1\n", "[ui]\nwidth = 2\n[ci]\nfail_on = \"review\"\n"), "ci.fail_on");
        assert_eq!(keys("", "a = \n"), "they can't be read");
    }

    #[test]
    fn settings_are_known_by_any_part_of_a_path() {
        assert_eq!(named_so("corpus/works/Recension.toml/en/x"), Some("corpus/works/Recension.toml"));
        assert_eq!(named_so("a/.recension.toml"), Some("a/.recension.toml"));
        assert_eq!(named_so("a/my-recension.toml"), None);
    }
}
