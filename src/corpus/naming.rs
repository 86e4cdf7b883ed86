//! Names of works from symbols, paths and other texts that were received.
//!
//! What comes from a document never becomes a path as it is. A name is lower-cased, blanks become `-`, brackets go;
//! where more than that was lost, or a part is too long, a hash of the original part follows, so that two texts never
//! get one name by the loss.

use crate::frbr::{MOST_PART_BYTES, MOST_WORK_BYTES, WorkId, is_reserved};
use crate::language::{Catalogue, ClaimFormula};
use crate::record::sha256;

/// Digits of the hash behind a part that lost something.
const HASH_DIGITS: usize = 8;

/// The name of the work that a symbol is of: `CD/2066/Rev.1` is a version of `un/cd/2066`.
///
/// The bodies of the catalogue say which series are theirs and which modifiers make a version of the same work.
#[must_use]
pub(super) fn work_of_symbol(symbol: &str, catalogue: &Catalogue) -> Option<WorkId> {
    let mut bare = symbol.trim().trim_end_matches('*');
    while let Some(cut) = catalogue.bodies().find_map(|body| {
        let same = |formula: &&ClaimFormula| body.work.versions.contains(&formula.claim);
        let mut modifiers = body.modifiers.iter().filter(same);
        modifiers.any(|modifier| modifier.pattern.is_match(bare)).then(|| bare.rfind('/')).flatten()
    }) {
        bare = &bare[..cut];
    }
    if !bare.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let prefix = catalogue.bodies().find(|body| body.work.series.iter().any(|own| is_of_series(bare, own)));
    match prefix {
        Some(body) => work_of_text(&format!("{}/{bare}", body.work.prefix)),
        None => work_of_text(bare),
    }
}

/// Whether a symbol is of a series: of one that ends in a letter or a digit, where that is the first of the parts between
/// slashes; of one that ends in another sign (`HM-`), where the symbol begins so.
fn is_of_series(symbol: &str, series: &str) -> bool {
    match series.ends_with(|c: char| !c.is_alphanumeric()) {
        true => symbol.starts_with(series),
        false => symbol.split('/').next() == Some(series),
    }
}

/// A name made of any text; its slashes part the name. `None` where nothing of it is left.
#[must_use]
pub(super) fn work_of_text(text: &str) -> Option<WorkId> {
    let parts: Vec<String> = text.split(['/', '\\']).filter_map(part).collect();
    let name = parts.join("/");
    if name.len() <= MOST_WORK_BYTES {
        return WorkId::new(&name).ok();
    }
    let hash = hash(text);
    let cut = name[..MOST_WORK_BYTES - HASH_DIGITS - 1].trim_end_matches(['/', '.', '-']);
    WorkId::new(&format!("{cut}-{hash}")).ok()
}

/// One part of a name.
fn part(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().all(|c| c == '.') {
        return None;
    }
    let mut name = String::new();
    let mut lost = false;
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => name.push(c),
            'A'..='Z' => name.push(c.to_ascii_lowercase()),
            '.' if !name.is_empty() => name.push('.'),
            '(' | ')' | '[' | ']' => {}
            ' ' | '-' => dash(&mut name),
            _ => {
                lost = true;
                dash(&mut name);
            }
        }
    }
    let name = name.trim_matches(['.', '-']);
    if !lost && !name.is_empty() && name.len() <= MOST_PART_BYTES && !is_reserved(name) {
        return Some(name.to_owned());
    }
    let cut = name[..name.len().min(MOST_PART_BYTES - HASH_DIGITS - 1)].trim_end_matches(['.', '-']);
    let hash = hash(text);
    // A device's name stays one with an ending, so the hash goes before it.
    Some(if cut.is_empty() || is_reserved(cut) {
        format!("x{hash}-{cut}").trim_end_matches('-').to_owned()
    } else {
        format!("{cut}-{hash}")
    })
}

fn dash(name: &mut String) {
    if !name.ends_with('-') && !name.is_empty() {
        name.push('-');
    }
}

fn hash(text: &str) -> String {
    sha256(text.as_bytes())[..HASH_DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> String {
        work_of_symbol(text, Catalogue::shipped()).map(|work| work.to_string()).unwrap_or_default()
    }

    #[test]
    fn symbols_name_works() {
        for (text, name) in [
            ("CD/2066", "un/cd/2066"),
            ("CD/2066*", "un/cd/2066"),
            ("A/RES/80/32", "un/a/res/80/32"),
            ("S/RES/2270 (2016)", "un/s/res/2270-2016"),
            ("A/C.1/71/L.75/Rev.1", "un/a/c.1/71/l.75"),
            ("A/C.1/71/L.75/Rev.1/Corr.2", "un/a/c.1/71/l.75"),
            ("A/C.1/71/L.75/Add.1", "un/a/c.1/71/l.75/add.1"),
            ("MLX/CRS/41", "mlx/crs/41"),
            ("…", ""),
        ] {
            assert_eq!(symbol(text), name, "{text}");
        }
    }

    #[test]
    fn a_series_may_end_in_another_sign_than_a_slash() {
        let body = "name = 'The House of Elm'\nsymbol = ['HM-\\d+']\njob = []\nbarcode = []\nmasthead = []\n\
                    [work]\nprefix = 'elm'\nseries = ['HM-', 'B']\n";
        let catalogue = Catalogue::shipped().with_files([("bodies/elm.toml", body)]).expect("well made");
        let name = |text: &str| work_of_symbol(text, &catalogue).map(|work| work.to_string());
        assert_eq!(name("HM-12").as_deref(), Some("elm/hm-12"));
        assert_eq!(name("B/12").as_deref(), Some("elm/b/12"));
        assert_eq!(name("B-12").as_deref(), Some("b-12"));
    }

    #[test]
    fn any_text_gives_a_safe_name() {
        let name = |text: &str| work_of_text(text).map(|work| work.to_string());
        assert_eq!(name("../../etc/passwd").as_deref(), Some("etc/passwd"));
        assert_eq!(name("Terms of Service").as_deref(), Some("terms-of-service"));
        assert_eq!(name("").as_deref(), None);
        assert_eq!(name("../.."), None);
        for hostile in
            ["con", "a/NUL.txt", "声明", "a\u{202E}b", "a\nb", &"long".repeat(200), &"a/".repeat(300), "-", "COM1"]
        {
            let made = name(hostile).unwrap_or_else(|| panic!("{hostile:?} gives a name"));
            assert!(made.len() <= MOST_WORK_BYTES && WorkId::new(&made).is_ok(), "{hostile:?}: {made}");
        }
        assert_ne!(name("声明"), name("公报"));
    }
}
