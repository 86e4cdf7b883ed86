//! SARIF 2.1.0: one run, whose rules are the classes or policies that occur and whose results are the changes or
//! findings.

use std::io::{self, Write};

use super::{
    json::write::Json,
    notice::{Notice, Site, of_audit, of_comparison},
};
use crate::audit::{self, Audit};
use crate::change::{Change, Class, Tier, explain};
use crate::report::reports::{ComparisonReport, Renderer, Report, none};

/// The schema, by the name that editors know.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The key of our fingerprints; the number is raised when they are made otherwise.
const FINGERPRINT: &str = "recension/v1";

/// Bytes of a path that a URI has as they are.
const PLAIN: &[u8] = b"-._~/!$&'()*+,;=@";

/// What is said of a class or a policy.
struct Rule {
    id: &'static str,
    short: String,
    help: String,
    tier: Tier,
}

/// A comparison: a result for each change of the tier that is told.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn diff(out: &mut dyn Write, told: &ComparisonReport<'_>) -> io::Result<()> {
    let notices = of_comparison(told);
    let rules = Class::ALL.into_iter().filter(|class| notices.iter().any(|notice| notice.about == class.name()));
    let rules: Vec<Rule> = rules.map(of_class).collect();
    log(out, &rules, &notices, |json| {
        json.field("before", told.sides.before.name());
        json.field("after", told.sides.after.name());
        json.field("verdict", told.comparison.verdict.name());
        json.field("skippedComparisons", told.comparison.skipped);
    })
}

/// An audit: a result for each finding.
///
/// # Errors
/// Where `out` refuses.
pub(super) fn audit(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let notices = of_audit(audit);
    let rules = audit::rules().iter().filter(|rule| notices.iter().any(|notice| notice.about == rule.name));
    let rules: Vec<Rule> = rules.map(of_policy).collect();
    log(out, &rules, &notices, |json| {
        json.field("versions", audit.results.len());
        json.field("pass", audit.passes());
    })
}

fn of_class(class: Class) -> Rule {
    let said = explain::of_class(class);
    let mut help = said.meaning.clone();
    if let Some(why) = &said.why {
        help.push(' ');
        help.push_str(why);
    }
    Rule { id: class.name(), short: said.meaning.clone(), help, tier: class.tier() }
}

fn of_policy(policy: &audit::Rule) -> Rule {
    let doc = policy.doc();
    let short = doc.split("\n\n").find_map(|part| part.strip_prefix("What it checks: "));
    let short = short.unwrap_or(policy.name).replace('\n', " ");
    Rule { id: policy.name, short: short.trim_end().to_owned(), help: doc, tier: Tier::Substantive }
}

/// How grave a tier is; `none` is for what is told and is no fault.
const fn level(tier: Tier) -> &'static str {
    match tier {
        Tier::Substantive => "error",
        Tier::Review => "warning",
        Tier::Editorial => "note",
        Tier::Invisible => "none",
    }
}

fn log(out: &mut dyn Write, rules: &[Rule], notices: &[Notice<'_>], facts: impl Fn(&mut Json)) -> io::Result<()> {
    let mut json = Json::new();
    json.object(|json| {
        json.field("$schema", SCHEMA);
        json.field("version", "2.1.0");
        json.key("runs");
        json.list([()], |json, ()| {
            json.object(|json| {
                json.key("tool");
                json.object(|json| driver(json, rules));
                json.field("columnKind", "unicodeCodePoints");
                json.key("results");
                json.list(notices, |json, notice| json.object(|json| result(json, rules, notice)));
                json.key("properties");
                json.object(&facts);
            });
        });
    });
    out.write_all(&json.into_bytes())?;
    out.write_all(b"\n")
}

fn driver(json: &mut Json, rules: &[Rule]) {
    json.key("driver");
    json.object(|json| {
        json.field("name", "recension");
        json.field("semanticVersion", env!("CARGO_PKG_VERSION"));
        json.key("rules");
        json.list(rules, |json, rule| {
            json.object(|json| {
                json.field("id", rule.id);
                text(json, "shortDescription", &rule.short);
                text(json, "help", &rule.help);
                json.key("defaultConfiguration");
                json.object(|json| json.field("level", level(rule.tier)));
            });
        });
    });
}

fn text(json: &mut Json, key: &str, text: &str) {
    json.key(key);
    json.object(|json| json.field("text", text));
}

fn result(json: &mut Json, rules: &[Rule], notice: &Notice<'_>) {
    json.field("ruleId", notice.about);
    if let Some(at) = rules.iter().position(|rule| rule.id == notice.about) {
        json.field("ruleIndex", at);
    }
    // Only what fails has a level.
    json.field("kind", if notice.tier == Tier::Invisible { "informational" } else { "fail" });
    json.field("level", level(notice.tier));
    text(json, "message", &format!("{}: {}", notice.title, notice.message));
    json.key("locations");
    json.list([()], |json, ()| {
        json.object(|json| {
            if let Some(site) = &notice.site {
                physical(json, site);
            }
            json.key("logicalLocations");
            json.list(&notice.address, |json, address| {
                json.object(|json| json.field("fullyQualifiedName", address.as_str()));
            });
        });
    });
    if let Some(other) = &notice.other {
        json.key("relatedLocations");
        json.list([other], |json, site| {
            json.object(|json| {
                physical(json, site);
                text(json, "message", "before");
            });
        });
    }
    json.key("partialFingerprints");
    json.object(|json| json.field(FINGERPRINT, notice.fingerprint.as_str()));
    json.key("properties");
    json.object(|json| {
        json.field("tier", notice.tier.name());
        if let Some(change) = notice.change {
            of_change(json, change, notice.rule);
        }
    });
}

fn of_change(json: &mut Json, change: &Change, rule: Option<&str>) {
    json.field("rule", rule);
    json.field("relation", change.relation.name());
    json.field("moved", change.moved);
    json.field("renumbered", change.renumbered);
    json.values("classes", change.classes.iter().map(|class| class.name()));
}

fn physical(json: &mut Json, site: &Site) {
    json.key("physicalLocation");
    json.object(|json| {
        json.key("artifactLocation");
        json.object(|json| json.field("uri", uri(&site.file).as_str()));
        json.key("region");
        json.object(|json| {
            json.field("startLine", site.start.line);
            json.field("startColumn", site.start.column);
            if let Some(end) = site.end {
                json.field("endLine", end.line);
                json.field("endColumn", end.column);
            }
        });
    });
}

/// A path as a reference: relative to where the reader stands, or a file of this machine.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// SARIF.
pub(super) struct SarifFormat;

impl Renderer for SarifFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => diff(out, report),
            Report::Audit(found) => audit(out, found),
            other => none("SARIF", other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("texts/a b.txt"), "texts/a%20b.txt");
        assert_eq!(uri("/tmp/声明:#?.txt"), "file:///tmp/%E5%A3%B0%E6%98%8E%3A%23%3F.txt");
    }
}
