//! Waivers: findings that somebody has looked at and lets pass, with a reason and until a day.
//!
//! ```toml
//! [[waiver]]
//! of = "un/cd/2066@2016-09-26~zh"     # a version, a work, or the path of a file
//! fingerprint = "6a7c…"               # of the finding: of this clause and this change, and of no other
//! policy = "technical-claim"          # the policy; any where it is absent
//! reason = "agreed with the secretariat on 3 October"
//! expires = 2026-12-31
//! ```

use serde::Deserialize;
use toml::Spanned;

use super::case::Audit;
use super::outcome::{Finding, WaivedFinding};
use super::policy::PolicyError;
use crate::record::Day;

/// Shortest beginning of a fingerprint that names a finding.
const LEAST_FINGERPRINT: usize = 32;

/// What somebody lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiver {
    /// A version, a work, or the path of a file.
    pub of: String,
    /// The fingerprint of the finding.
    pub fingerprint: String,
    /// The policy; any where it is absent.
    pub policy: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Day,
}

/// A waiver that let nothing pass, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnusedWaiver<'a> {
    /// It fits a finding, and its day is over.
    Expired(&'a Waiver),
    /// It fits no finding.
    Idle(&'a Waiver),
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
    fingerprint: Option<String>,
    policy: Option<String>,
    reason: String,
    expires: Day,
}

/// Reads a file of waivers.
///
/// # Errors
/// [`PolicyError`] with the line: an unknown key, a waiver without a fingerprint, a reason or a day, an unknown policy.
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
        if let Some(policy) = row.policy.as_deref().filter(|policy| super::policies::rule(policy).is_none()) {
            return Err(fault(at, format!("{policy:?} is no policy")));
        }
        let Some(fingerprint) = row.fingerprint.filter(|text| is_fingerprint(text)) else {
            return Err(fault(at, unbound(&row.of)));
        };
        let (of, policy, reason, expires) = (row.of, row.policy, row.reason, row.expires);
        found.push(Waiver { of, fingerprint, policy, reason, expires });
    }
    Ok(found)
}

/// What is wrong with a waiver that is bound to no change.
fn unbound(of: &str) -> String {
    format!(
        "the waiver of {of:?} has no fingerprint, and a waiver lets one finding pass and no other: add fingerprint = \
         \"…\", the {LEAST_FINGERPRINT} digits that recension ci --format json gives with the finding, or let recension ci \
         --write-waivers FILE write the whole waiver"
    )
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == LEAST_FINGERPRINT && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The text of a waiver for each finding, with an empty reason: it holds only once somebody has said why.
#[must_use]
pub fn waiver_text(audit: &Audit, expires: Day) -> String {
    let mut out = String::new();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    for outcome in &audit.results {
        for finding in &outcome.findings {
            let told = format!("{} {}", finding.address.as_deref().unwrap_or_default(), finding.message);
            let told: String = told.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            out.push_str(&format!(
                "# {}\n[[waiver]]\nof = {}\nfingerprint = \"{}\"\npolicy = \"{}\"\nreason = \"\"\nexpires = {expires}\n\n",
                told.trim(),
                quoted(&outcome.after),
                finding.fingerprint,
                finding.policy
            ));
        }
    }
    out
}

impl Waiver {
    fn fits(&self, work: Option<&str>, after: &str, finding: &Finding) -> bool {
        let named = self.of == after || Some(self.of.as_str()) == work;
        let of_policy = self.policy.as_deref().is_none_or(|policy| policy == finding.policy);
        named && of_policy && self.fingerprint == finding.fingerprint
    }
}

impl Audit {
    /// Lets pass what waivers name that hold on this day. Returns those that let nothing pass.
    pub fn waive<'a>(&mut self, waivers: &'a [Waiver], today: Day) -> Vec<UnusedWaiver<'a>> {
        let mut fitted = vec![false; waivers.len()];
        for outcome in &mut self.results {
            let mut kept = Vec::new();
            for finding in std::mem::take(&mut outcome.findings) {
                let mut holding: Option<&Waiver> = None;
                for (at, waiver) in waivers.iter().enumerate() {
                    if waiver.fits(outcome.work.as_deref(), &outcome.after, &finding) {
                        fitted[at] = true;
                        let longer = holding.is_none_or(|other| other.expires < waiver.expires);
                        holding = if waiver.expires >= today && longer { Some(waiver) } else { holding };
                    }
                }
                match holding {
                    Some(waiver) => self.waived.push(WaivedFinding {
                        after: outcome.after.clone(),
                        finding,
                        reason: waiver.reason.clone(),
                        expires: waiver.expires,
                    }),
                    None => kept.push(finding),
                }
            }
            outcome.findings = kept;
        }
        let unused = waivers.iter().zip(fitted).filter_map(|(waiver, fitted)| match (fitted, waiver.expires < today) {
            (true, true) => Some(UnusedWaiver::Expired(waiver)),
            (false, _) => Some(UnusedWaiver::Idle(waiver)),
            (true, false) => None,
        });
        unused.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Outcome;

    const PRINT: &str = "0123456789abcdef0123456789abcdef";

    fn audit(prints: &[&str]) -> Audit {
        let finding = |print: &&str| Finding {
            policy: "technical-claim",
            tier: None,
            message: "m".to_owned(),
            address: None,
            place: None,
            fingerprint: (*print).to_owned(),
        };
        let outcome = Outcome {
            work: Some("a/b".to_owned()),
            language: None,
            before: None,
            after: "a/b@2031~en".to_owned(),
            claim: None,
            verdict: None,
            findings: prints.iter().map(finding).collect(),
            file: None,
        };
        Audit { results: vec![outcome], ..Audit::default() }
    }

    #[test]
    fn waivers_hold_for_one_finding_until_their_day() {
        let text =
            format!("[[waiver]]\nof = \"a/b\"\nfingerprint = \"{PRINT}\"\nreason = \"agreed\"\nexpires = 2031-06-05\n");
        let waivers = waivers(&text, "w").expect("waivers");
        let day = |text| Day::parse(text).expect("a day");
        let mut early = audit(&[PRINT, "another"]);
        assert!(early.waive(&waivers, day("2031-06-05")).is_empty());
        assert_eq!((early.waived.len(), early.results[0].findings.len()), (1, 1));
        let mut late = audit(&[PRINT]);
        assert_eq!(late.waive(&waivers, day("2031-06-06")), [UnusedWaiver::Expired(&waivers[0])]);
        assert_eq!((late.waived.len(), late.results[0].findings.len()), (0, 1));
        assert_eq!(audit(&["another"]).waive(&waivers, day("2031-06-05")), [UnusedWaiver::Idle(&waivers[0])]);
    }

    #[test]
    fn a_waiver_without_a_reason_a_day_or_a_fingerprint_is_none() {
        for (text, part) in [
            ("[[waiver]]\nof = \"a\"\nreason = \" \"\nexpires = 2031-01-01\n", "no reason"),
            ("[[waiver]]\nof = \"a\"\nreason = \"r\"\n", "expires"),
            ("[[waiver]]\nof = \"a\"\nreason = \"r\"\nexpires = 2031-01-01\npolicy = \"x\"\n", "no policy"),
            ("[[waiver]]\nof = \"a\"\nreason = \"r\"\nexpires = 2031-01-01\n", "--write-waivers"),
            ("[[waiver]]\nof = \"a\"\nfingerprint = \"\"\nreason = \"r\"\nexpires = 2031-01-01\n", "no fingerprint"),
        ] {
            let error = waivers(text, "w").expect_err(text);
            assert!(error.message.contains(part), "{error}");
        }
    }

    #[test]
    fn what_is_written_holds_once_a_reason_is_given() {
        let day = Day::parse("2031-06-05").expect("a day");
        let text = waiver_text(&audit(&[PRINT]), day);
        assert!(waivers(&text, "w").is_err());
        let text = text.replace("reason = \"\"", "reason = \"agreed\"");
        assert_eq!(waivers(&text, "w").expect("waivers")[0].fingerprint, PRINT);
    }
}
