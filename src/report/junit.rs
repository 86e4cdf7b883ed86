//! JUnit XML, in the dialect that Jenkins reads and its schema `junit-10.xsd` describes. A test case is a change or a
//! version; it fails where it reaches the tier that is told, or breaks the policy. No times are given: there are none.

use std::io::{self, Write};

use super::{
    notice::{Notice, against, of_audit, of_comparison},
    xml::Xml,
};
use crate::audit::{Audit, Outcome};
use crate::change::Tier;
use crate::report::reports::{ComparisonReport, Renderer, Report, none};

/// A comparison: a suite, with a case for each change.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn diff(out: &mut dyn Write, told: &ComparisonReport<'_>) -> io::Result<()> {
    let notices = of_comparison(&ComparisonReport { least: Tier::Invisible, ..*told });
    let failing = notices.iter().filter(|notice| notice.tier >= told.least).count();
    let name = format!("{} → {}", told.sides.before.name(), told.sides.after.name());
    // A suite without a case looks like one that did not run.
    let counts = Counts { tests: notices.len().max(1), failures: failing };
    let mut xml = begin(out, counts)?;
    suite(&mut xml, &name, counts)?;
    if notices.is_empty() {
        xml.empty("testcase", &[("name", "identical"), ("classname", &name)])?;
    }
    for (at, notice) in notices.iter().enumerate() {
        let case = format!("{}. {}", at + 1, notice.title);
        if notice.tier >= told.least {
            failed(&mut xml, (&case, &name), &[notice])?;
        } else {
            xml.empty("testcase", &[("name", &case), ("classname", &name)])?;
        }
    }
    xml.close()?;
    end(xml)
}

/// An audit: a suite for each work and language, with a case for each version.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn audit(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let notices = of_audit(audit);
    let mut told = notices.iter();
    let mut xml = begin(out, counts(&audit.results))?;
    for outcomes in audit.results.chunk_by(|a, b| (&a.work, &a.language) == (&b.work, &b.language)) {
        let Some(first) = outcomes.first() else { continue };
        let name = match (&first.work, &first.language) {
            (Some(work), Some(language)) => format!("{work}~{language}"),
            _ => against(first),
        };
        suite(&mut xml, &name, counts(outcomes))?;
        for outcome in outcomes {
            let broken: Vec<&Notice<'_>> = told.by_ref().take(outcome.findings.len()).collect();
            if broken.is_empty() {
                xml.empty("testcase", &[("name", &against(outcome)), ("classname", &name)])?;
            } else {
                failed(&mut xml, (&against(outcome), &name), &broken)?;
            }
        }
        xml.close()?;
    }
    end(xml)
}

#[derive(Clone, Copy)]
struct Counts {
    tests: usize,
    failures: usize,
}

fn counts(outcomes: &[Outcome]) -> Counts {
    Counts { tests: outcomes.len(), failures: outcomes.iter().filter(|outcome| !outcome.passes()).count() }
}

fn begin(out: &mut dyn Write, counts: Counts) -> io::Result<Xml<'_>> {
    let mut xml = Xml::begin(out)?;
    let (tests, failures) = (counts.tests.to_string(), counts.failures.to_string());
    xml.open("testsuites", &[("name", "recension"), ("tests", &tests), ("failures", &failures), ("errors", "0")])?;
    Ok(xml)
}

fn suite(xml: &mut Xml<'_>, name: &str, counts: Counts) -> io::Result<()> {
    let (tests, failures) = (counts.tests.to_string(), counts.failures.to_string());
    xml.open("testsuite", &[("name", name), ("tests", &tests), ("failures", &failures), ("errors", "0")])
}

/// A case that fails, with one failure that tells everything: readers count failures by cases.
fn failed(xml: &mut Xml<'_>, (case, name): (&str, &str), notices: &[&Notice<'_>]) -> io::Result<()> {
    let Some(first) = notices.first() else { return Ok(()) };
    let message = match notices {
        [one] => one.message.clone(),
        several => format!("{} (and {} more)", first.message, several.len() - 1),
    };
    let lines: Vec<String> = notices.iter().map(|notice| line(notice)).collect();
    xml.open("testcase", &[("name", case), ("classname", name)])?;
    xml.open("failure", &[("type", first.about), ("message", &message)])?;
    xml.text(&lines.join("\n"))?;
    xml.close()?;
    xml.close()
}

/// `text.txt:17:3: substantive: operative 1, modified (number): “150” → “105” (number)`.
fn line(notice: &Notice<'_>) -> String {
    let place = notice.site.as_ref().map(|site| format!("{}:{}:{}: ", site.file, site.start.line, site.start.column));
    format!("{}{}: {}", place.unwrap_or_default(), notice.title, notice.message)
}

fn end(mut xml: Xml<'_>) -> io::Result<()> {
    xml.close()?;
    xml.end()
}

/// JUnit.
pub(super) struct JunitFormat;

impl Renderer for JunitFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => diff(out, report),
            Report::Audit(found) => audit(out, found),
            other => none("JUnit report", other),
        }
    }
}
