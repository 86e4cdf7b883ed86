//! Waivers: findings that somebody has looked at and lets pass, with a reason and until a day.
//!
//! ```toml
//! [[waiver]]
//! of = "un/cd/2066@2016-09-26~zh"     # a version, a work, or the path of a file
//! policy = "technical-claim"          # the policy; all where it is absent
//! reason = "agreed with the secretariat on 3 October"
//! expires = 2026-12-31
//! ```

use serde::Deserialize;
use toml::Spanned;

use super::{Audit, Finding, PolicyError};
use crate::corpus::Day;

/// What somebody lets pass.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// A version, a work, or the path of a file.
    pub of: String,
    /// The policy; all where it is absent.
    pub policy: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Day,
}

/// A finding that was let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// What names the version.
    pub after: String,
    /// The finding.
    pub finding: Finding,
    /// Why it was let pass.
    pub reason: String,
    /// The last day on which it is.
    pub expires: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    of: String,
    policy: Option<String>,
    reason: String,
    expires: Day,
}

/// Reads a file of waivers.
///
/// # Errors
/// [`PolicyError`] with the line: an unknown key, a waiver without a reason or a day, an unknown policy.
pub fn waivers(text: &str, path: &str) -> Result<Vec<Waiver>, PolicyError> {
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let fault = |at: usize, message: String| PolicyError { path: path.to_owned(), line: line(at), message };
    let file: File = toml::from_str(text)
        .map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().replace('\n', " ")))?;
    let mut found = Vec::new();
    for row in file.waiver {
        let (at, row) = (row.span().start, row.into_inner());
        if row.reason.trim().is_empty() {
            return Err(fault(at, format!("the waiver of {:?} gives no reason", row.of)));
        }
        if let Some(policy) = row.policy.as_deref().filter(|policy| super::rule(policy).is_none()) {
            return Err(fault(at, format!("{policy:?} is no policy")));
        }
        found.push(Waiver { of: row.of, policy: row.policy, reason: row.reason, expires: row.expires });
    }
    Ok(found)
}

impl Waiver {
    fn fits(&self, work: Option<&str>, after: &str, finding: &Finding) -> bool {
        let named = self.of == after || Some(self.of.as_str()) == work;
        named && self.policy.as_deref().is_none_or(|policy| policy == finding.policy)
    }
}

impl Audit {
    /// Lets pass what waivers name that hold on this day. Returns those that fit and do not hold any more.
    pub fn waive<'a>(&mut self, waivers: &'a [Waiver], today: Day) -> Vec<&'a Waiver> {
        let mut expired = Vec::new();
        for outcome in &mut self.results {
            let mut kept = Vec::new();
            for finding in std::mem::take(&mut outcome.findings) {
                let fits = |waiver: &&Waiver| waiver.fits(outcome.work.as_deref(), &outcome.after, &finding);
                match waivers.iter().filter(fits).max_by_key(|waiver| waiver.expires) {
                    Some(waiver) if waiver.expires >= today => self.waived.push(Waived {
                        after: outcome.after.clone(),
                        finding,
                        reason: waiver.reason.clone(),
                        expires: waiver.expires,
                    }),
                    out => {
                        expired.extend(out);
                        kept.push(finding);
                    }
                }
            }
            outcome.findings = kept;
        }
        expired
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Outcome;

    #[test]
    fn waivers_hold_until_their_day() {
        let text =
            "[[waiver]]\nof = \"a/b\"\npolicy = \"technical-claim\"\nreason = \"agreed\"\nexpires = 2031-06-05\n";
        let waivers = waivers(text, "w").expect("waivers");
        let finding = |policy| Finding { policy, tier: None, message: "m".to_owned(), address: None, place: None };
        let audit = || Audit {
            results: vec![Outcome {
                work: Some("a/b".to_owned()),
                language: None,
                before: None,
                after: "a/b@2031~en".to_owned(),
                claim: None,
                verdict: None,
                findings: vec![finding("technical-claim"), finding("changed-version")],
                file: None,
            }],
            ..Audit::default()
        };
        let day = |text| Day::parse(text).expect("a day");
        let mut early = audit();
        assert!(early.waive(&waivers, day("2031-06-05")).is_empty());
        assert_eq!((early.waived.len(), early.results[0].findings.len()), (1, 1));
        let mut late = audit();
        assert_eq!(late.waive(&waivers, day("2031-06-06")).len(), 1);
        assert_eq!((late.waived.len(), late.results[0].findings.len()), (0, 2));
    }

    #[test]
    fn a_waiver_without_a_reason_or_a_day_is_none() {
        for (text, part) in [
            ("[[waiver]]\nof = \"a\"\nreason = \" \"\nexpires = 2031-01-01\n", "no reason"),
            ("[[waiver]]\nof = \"a\"\nreason = \"r\"\n", "expires"),
            ("[[waiver]]\nof = \"a\"\nreason = \"r\"\nexpires = 2031-01-01\npolicy = \"x\"\n", "no policy"),
        ] {
            let error = waivers(text, "w").expect_err(text);
            assert!(error.message.contains(part), "{error}");
        }
    }
}
