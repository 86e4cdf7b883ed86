//! Annotations of forges: workflow commands of GitHub Actions, and the Code Quality report of GitLab.

use std::io::{self, Write};

use super::{
    json::write::Json,
    notice::{Notice, of_audit, of_comparison},
};
use crate::change::Tier;
use crate::report::reports::{Renderer, Report, none};

fn github(out: &mut dyn Write, notices: &[Notice<'_>]) -> io::Result<()> {
    for notice in notices {
        let command = match notice.tier {
            Tier::Substantive => "error",
            Tier::Review => "warning",
            Tier::Editorial | Tier::Invisible => "notice",
        };
        write!(out, "::{command} ")?;
        if let Some(site) = &notice.site {
            write!(out, "file={},line={},", property(&site.file), site.start.line)?;
        }
        writeln!(out, "title={}::{}", property(&notice.title), data(&notice.message))?;
    }
    Ok(())
}

/// The text of a command: nothing in it ends its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: nothing in it ends the property either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn gitlab(out: &mut dyn Write, notices: &[Notice<'_>]) -> io::Result<()> {
    let mut json = Json::new();
    json.list(notices, |json, notice| {
        let (file, line) = match &notice.site {
            Some(site) => (site.file.as_str(), site.start.line),
            // A report without a place is refused.
            None => ("-", 1),
        };
        json.object(|json| {
            json.field("description", format!("{}: {}", notice.title, notice.message).as_str());
            json.field("check_name", notice.about);
            json.field("fingerprint", notice.fingerprint.as_str());
            json.field("severity", severity(notice.tier));
            json.key("location");
            json.object(|json| {
                json.field("path", file);
                json.key("lines");
                json.object(|json| json.field("begin", line));
            });
        });
    });
    out.write_all(&json.into_bytes())?;
    out.write_all(b"\n")
}

const fn severity(tier: Tier) -> &'static str {
    match tier {
        Tier::Substantive => "critical",
        Tier::Review => "major",
        Tier::Editorial => "minor",
        Tier::Invisible => "info",
    }
}

/// Annotations of GitHub Actions.
pub(super) struct GithubFormat;

impl Renderer for GithubFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => github(out, &of_comparison(report)),
            Report::Audit(audit) => github(out, &of_audit(audit)),
            other => none("annotation", other),
        }
    }
}

/// The Code Quality report of GitLab.
pub(super) struct GitlabFormat;

impl Renderer for GitlabFormat {
    fn render(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match report {
            Report::Comparison(report) => gitlab(out, &of_comparison(report)),
            Report::Audit(audit) => gitlab(out, &of_audit(audit)),
            other => none("Code Quality report", other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_a_property() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
