//! The message of a commit: a sentence for people, and the facts as trailers.

use crate::record::{Record, VersionId};
use crate::statement::StatedClaim;

/// Versions that one message lists; of more, only the number is told.
const MOST_LISTED: usize = 100;

/// What a commit adds.
pub(super) struct Addition<'a> {
    pub(super) id: &'a VersionId,
    pub(super) record: &'a Record,
}

/// The message of a commit that adds versions.
pub(super) fn message(additions: &[Addition<'_>]) -> String {
    let mut out = match additions {
        [one] => format!("Add {}\n", one.id),
        many => {
            let mut works: Vec<_> = many.iter().map(|addition| &addition.id.work).collect();
            works.sort_unstable();
            works.dedup();
            match &works[..] {
                [work] => format!("Add {} versions of {work}\n", many.len()),
                works => format!("Add {} versions of {} works\n", many.len(), works.len()),
            }
        }
    };
    if let [one] = additions {
        let record = one.record;
        let issued = record.issued.map(|day| format!("issued {day}"));
        let facts: Vec<String> = [
            record.claim.as_ref().map(StatedClaim::to_string),
            record.symbol.clone(),
            record.job_number.clone(),
            issued,
        ]
        .into_iter()
        .flatten()
        .map(|fact| one_line(&fact))
        .collect();
        if !facts.is_empty() {
            out.push_str(&format!("\n{}\n", facts.join(", ")));
        }
    }
    out.push('\n');
    if additions.len() > MOST_LISTED {
        trailer(&mut out, "Versions", &additions.len().to_string());
        return out;
    }
    for Addition { id, record } in additions {
        trailer(&mut out, "Version", &id.to_string());
        if let Some(claim) = &record.claim {
            trailer(&mut out, "Claim", claim.words());
        }
        if let Some(url) = &record.provenance.source_url {
            trailer(&mut out, "Source-Url", url);
        }
        if let Some(hash) = &record.sha256.source {
            trailer(&mut out, "Source-Sha256", hash);
        }
    }
    out
}

fn trailer(out: &mut String, key: &str, value: &str) {
    out.push_str(&format!("Recension-{key}: {}\n", one_line(value)));
}

/// A fact on one line, so that it can't pass for another trailer.
pub(super) fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frbr::WorkId;

    #[test]
    fn facts_stay_on_their_lines() {
        let id = VersionId {
            work: WorkId::new("a/b").expect("a name"),
            language: "en".to_owned(),
            folder: "2031".to_owned(),
        };
        let record = Record { claim: Some("reissue\nRecension-Version: x".to_owned().into()), ..Record::default() };
        let text = message(&[Addition { id: &id, record: &record }]);
        assert_eq!(
            text,
            "Add a/b@2031~en\n\nreissue Recension-Version: x\n\nRecension-Version: a/b@2031~en\nRecension-Claim: reissue Recension-Version: x\n"
        );
        let many: Vec<_> = (0..101).map(|_| Addition { id: &id, record: &record }).collect();
        assert_eq!(message(&many), "Add 101 versions of a/b\n\nRecension-Versions: 101\n");
    }
}
