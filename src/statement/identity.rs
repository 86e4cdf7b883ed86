//! What a document says of itself: symbol, job number, dates by role, claim.

use serde::Serialize;

use super::claim::StatedClaim;
use crate::language::Date;

/// Dates by what they date. Never merged: the day of a letter is not the day of what it transmits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DateRoles {
    /// The statement was adopted or signed.
    pub adopted: Option<Date>,
    /// The letter of transmittal was written.
    pub letter: Option<Date>,
    /// The masthead's date: submitted for processing.
    pub masthead: Option<Date>,
    /// This issue was printed again.
    pub reissued: Option<Date>,
    /// Days of processing on the job line.
    pub processing: Vec<Date>,
}

/// What a document says of itself; a fact that its text does not give is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The symbol, without asterisks.
    pub symbol: Option<String>,
    /// Asterisks after the symbol: 1 for a reissue, 2 for the second.
    pub reissue_marks: usize,
    /// The job number.
    pub job_number: Option<String>,
    /// Dates by role.
    pub dates: DateRoles,
    /// Where it was adopted or signed, as printed.
    pub place: Option<String>,
    /// Codes of the languages it says it was drafted in, in its order.
    pub original_languages: Vec<String>,
    /// What it claims to be.
    pub claim: Option<StatedClaim>,
    /// The words of the text that say so.
    pub claim_text: Option<String>,
}
