//! The reading text that is kept, held against a fresh reading of the source.
//!
//! A fresh reading by the same program must be the same, byte for byte. What another program or another version read may
//! part paragraphs otherwise; that its words are those of the source is looked at all the same.

use crate::corpus::{open::Corpus, paths::folder_of, tree::join};
use crate::ingest;
use crate::record::{Version, reading_text};
use crate::text::FileFormat;

/// The program that reads here, as records name it.
const OURS: &str = concat!("recension ", env!("CARGO_PKG_VERSION"));
/// Characters of a passage that are quoted.
const QUOTED: usize = 60;

/// How a kept reading text differs from a fresh reading.
pub(super) struct Difference {
    /// What differs, in one line.
    pub(super) message: String,
    /// Whether an earlier or later version of this program may have read so in good faith.
    pub(super) is_excused: bool,
}

/// How the reading text of a version differs from a fresh reading; `None` where it does not, or there is nothing to read
/// anew: a source that is no text has its reading text from elsewhere.
pub(super) fn difference(corpus: &Corpus, version: &Version) -> Option<Difference> {
    let folder = folder_of(&version.id);
    let name = corpus.source_name(version, &folder).ok()??;
    let source = corpus.tree.read(&join(&folder, &name)).ok()??;
    let kept = corpus.tree.read(&join(&folder, "text.txt")).ok()??;
    let options = ingest::Options {
        catalogue: &corpus.catalogue,
        language: Some(&version.id.language),
        ..ingest::Options::default()
    };
    let read = ingest::read(source.as_slice(), options).ok()?;
    // Of a source that is no plain text, the text may have been made elsewhere, or by a reader that knew less.
    let is_foreign = FileFormat::of(&source).is_some();
    let fresh = reading_text(&read.statement);
    if fresh.as_bytes() == kept {
        return None;
    }
    let kept = String::from_utf8_lossy(&kept);
    let by = version.record.provenance.extractor.as_deref();
    let same_words = ink(&kept).eq(ink(&fresh));
    let told = compared(&kept, &fresh);
    Some(match by {
        Some(OURS) => Difference {
            message: format!("its text.txt is not the reading text of its source: {told}"),
            is_excused: is_foreign,
        },
        Some(other) => Difference {
            message: format!("its text.txt was read by {other}, and a fresh reading by {OURS} differs: {told}"),
            is_excused: same_words || is_foreign || other.starts_with("recension "),
        },
        None => Difference {
            message: format!("nothing says what read its text.txt, and a fresh reading differs: {told}"),
            is_excused: same_words || is_foreign,
        },
    })
}

fn ink(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

/// How many blocks differ, and the first passage that does.
fn compared(kept: &str, fresh: &str) -> String {
    let blocks = |text: &str| -> Vec<String> {
        let blocks = text.split("\n\n").map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "));
        blocks.filter(|block| !block.is_empty()).collect()
    };
    let (kept, fresh) = (blocks(kept), blocks(fresh));
    let alone = |these: &[String], those: &[String]| these.iter().filter(|block| !those.contains(block)).count();
    let (here, there) = (alone(&kept, &fresh), alone(&fresh, &kept));
    let first = kept.iter().zip(&fresh).find(|(kept, fresh)| kept != fresh);
    let counts = format!("{here} of its {} blocks are not read, and {there} that are read are not in it", kept.len());
    match first {
        Some((kept, fresh)) => {
            let (kept, fresh) = passages(kept, fresh);
            format!("{counts}; the first: “{kept}” for “{fresh}”")
        }
        None => counts,
    }
}

/// Two texts from a little before where they part.
fn passages(kept: &str, fresh: &str) -> (String, String) {
    let common = kept.chars().zip(fresh.chars()).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(QUOTED / 3);
    let cut = |text: &str| text.chars().skip(from).take(QUOTED).collect::<String>();
    (cut(kept), cut(fresh))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_quoted() {
        let told = compared("A.\n\nUp to 999 visits.\n\nB.\n", "A.\n\nUp to 105 visits.\n\nB.\n");
        assert!(told.starts_with("1 of its 3 blocks") && told.contains("“Up to 999 visits.” for “Up to 105"), "{told}");
    }
}
