//! What bodies print to tell one document from another: symbols and job numbers.

use super::catalogue::Catalogue;

impl Catalogue {
    /// Whether a line is a job number, its letters and days, and nothing else. Digits alone are a sum as well.
    #[must_use]
    pub fn is_job(&self, line: &str) -> bool {
        let digits = line.bytes().filter(u8::is_ascii_digit).count();
        digits >= 7
            && digits < line.len()
            && line.len() <= 60
            && self.bodies().any(|body| body.job.iter().any(|pattern| pattern.is_match(line)))
    }

    /// Whether a job number shows what it is by letters: `GE.16-12040`, `25-19811 (E)`. Digits with a hyphen may be a telephone's.
    #[must_use]
    pub(crate) fn is_sure_job(&self, line: &str) -> bool {
        self.is_job(line) && line.contains(|c: char| c.is_ascii_alphabetic())
    }

    /// Whether a line is a symbol and nothing else, but for the asterisks of a reissue.
    #[must_use]
    pub fn is_symbol(&self, line: &str) -> bool {
        let line = line.trim_end_matches('*');
        if line.len() > 60
            || !line.starts_with(|c: char| c.is_ascii_uppercase())
            || !line.bytes().any(|byte| byte.is_ascii_digit())
        {
            return false;
        }
        self.bodies().flat_map(|body| &body.symbol).any(|pattern| pattern.find_at(line, 0) == Some(0..line.len()))
    }
}
