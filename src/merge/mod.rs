//! Merges two texts that go back to a third, clause by clause.
//!
//! A merge by lines takes a paragraph that was wrapped anew for a paragraph that was rewritten, and two changes of
//! neighbouring lines for a conflict. Here the three texts are read and compared first:
//!
//! 1. `segmented` says which bytes of a source belong to which clause.
//! 2. `units` joins the clauses of the three texts that correspond, and says what each side did to them.
//! 3. `plan` decides for each unit what stands in the result, and where: content and order apart.
//! 4. `numbering` merges the labels, and counts on where both sides count.
//! 5. `write` puts the result together from the bytes of ours and theirs, and it is read again to see whether it says
//!    what was decided.
//!
//! What a reading leaves out is looked after in `kept`: marks of footnotes, columns of tables, lines of pages.
//!
//! What the sides did alike stands once, what one side did is taken, and what each did otherwise is a conflict of that
//! clause alone. The result is in the layout of ours. Costs three comparisons and two readings of the result.

mod kept;
mod numbering;
mod outcome;
mod plan;
mod segmented;
mod units;
mod write;

use crate::execution::Execution;
use crate::ingest::ReadError;
use crate::ingest::{self, Source};
use crate::language::Catalogue;
use crate::statement::ClauseIndex;
use crate::text::{self, DecodeError, FileFormat};
use kept::LostLines;
pub use outcome::{Conflict, Disagreement, MergeError, MergedText, Whose};
use plan::{Clash, Plan, PlanItem, Planner};
use segmented::SegmentedSource;
use units::Units;
use write::{Clashes, Layout};

/// How to merge.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Options<'a> {
    /// Signs in a conflict marker.
    pub marker_size: usize,
    /// The languages and bodies that are known.
    pub catalogue: &'a Catalogue,
    /// The code of the language, if it is known.
    pub language: Option<&'a str>,
    /// How many threads may compare; the result is the same.
    pub execution: Execution,
}

impl<'a> Options<'a> {
    /// The same with another number of signs in conflict markers.
    #[must_use]
    pub const fn with_marker_size(self, marker_size: usize) -> Self {
        Self { marker_size, ..self }
    }

    /// The same with the code of the language, which then is not identified.
    #[must_use]
    pub const fn with_language(self, language: Option<&'a str>) -> Self {
        Self { language, ..self }
    }

    /// The same with other languages and bodies than those of the program.
    #[must_use]
    pub const fn with_catalogue(self, catalogue: &'a Catalogue) -> Self {
        Self { catalogue, ..self }
    }

    /// The same, on so many threads.
    #[must_use]
    pub const fn with_execution(self, execution: Execution) -> Self {
        Self { execution, ..self }
    }

    /// How a text of a language is read.
    fn of_reading(self, language: Option<&'a str>) -> ingest::Options<'a> {
        ingest::Options { catalogue: self.catalogue, language, execution: self.execution, ..ingest::Options::default() }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { marker_size: 7, catalogue: Catalogue::shipped(), language: None, execution: Execution::Sequential }
    }
}

/// Merges what `theirs` did to `base` into `ours`.
///
/// Where one side did nothing, the bytes of the other are the result, whatever they are.
///
/// ```
/// use recension::merge::{Options, merge};
///
/// let base = "1. The sides meet in May;\n\n2. They report in June.\n";
/// let ours = base.replace("May", "April");
/// let theirs = base.replace("June", "July");
/// let merged = merge(base.as_bytes(), ours.as_bytes(), theirs.as_bytes(), Options::default())?;
/// assert!(merged.conflicts.is_empty());
/// assert_eq!(merged.bytes, b"1. The sides meet in April;\n\n2. They report in July.\n");
/// # Ok::<(), recension::merge::MergeError>(())
/// ```
///
/// # Errors
/// [`MergeError`] where the texts can't be merged by clauses; nothing is then known of the result.
pub fn merge(base: &[u8], ours: &[u8], theirs: &[u8], options: Options<'_>) -> Result<MergedText, MergeError> {
    let settled = if theirs == base || ours == theirs {
        Some(ours)
    } else if ours == base {
        Some(theirs)
    } else {
        None
    };
    match settled {
        Some(bytes) => Ok(MergedText { bytes: bytes.to_vec(), conflicts: Vec::new(), renumbered: 0 }),
        None => merge_clauses(base, ours, theirs, options),
    }
}

/// The same, clause by clause also where one side did nothing: then the result says what the other says, in the layout
/// of ours; in that of theirs where only so all lines of pages stand that a side changed.
///
/// # Errors
/// Those of [`merge`].
pub fn merge_clauses(base: &[u8], ours: &[u8], theirs: &[u8], options: Options<'_>) -> Result<MergedText, MergeError> {
    let written = merge_into(base, ours, theirs, options)?;
    if written.lost.is_nothing() {
        return written.encoded(ours);
    }
    match merge_into(base, theirs, ours, options) {
        Ok(mut turned) if turned.lost.is_nothing() && turned.conflicts.is_empty() => {
            // The layout is theirs, and lines end as those of ours.
            turned.text = write::in_lines(&turned.text, write::line_end(&written.text));
            UnencodedText { encoding: written.encoding, ..turned }.encoded(ours)
        }
        _ => with_lost(written, options.marker_size).encoded(ours),
    }
}

/// A result before it is encoded.
struct UnencodedText {
    text: String,
    encoding: &'static str,
    conflicts: Vec<Conflict>,
    renumbered: usize,
    /// Lines of pages that do not stand in it as a side has them.
    lost: LostLines,
}

impl UnencodedText {
    /// The result with the byte order mark of one of the sides.
    fn encoded(self, like: &[u8]) -> Result<MergedText, MergeError> {
        let Self { text, encoding, conflicts, renumbered, .. } = self;
        let bytes = text::encode(&text, encoding, like).ok_or(MergeError::Encoding { encoding })?;
        Ok(MergedText { bytes, conflicts, renumbered })
    }
}

/// Appends what would be lost as a conflict of its own.
fn with_lost(mut written: UnencodedText, marker_size: usize) -> UnencodedText {
    let (out, lost) = (&mut written.text, &written.lost);
    let end = write::line_end(out);
    let marker = |sign: &str, name: &str| format!("{}{name}{end}", sign.repeat(marker_size));
    if !out.ends_with('\n') {
        out.push_str(end);
    }
    out.push_str(&marker("<", " in the result, and taken out by one side"));
    lost.removed.iter().for_each(|line| out.extend([line.as_str(), end]));
    out.push_str(&marker("=", ""));
    lost.added.iter().for_each(|line| out.extend([line.as_str(), end]));
    out.push_str(&marker(">", " put in by one side, and not in the result"));
    written.conflicts.push(Conflict { address: "lines of pages".to_owned(), why: Disagreement::LeftOut });
    written
}

/// Reads one of the texts.
fn read(bytes: &[u8], whose: Whose, options: Options<'_>) -> Result<Source, MergeError> {
    // What is merged is written as text, which no file of another format is.
    if let Some(format) = FileFormat::of(bytes) {
        return Err(MergeError::Decode { whose, source: DecodeError::Format { format }.into() });
    }
    match ingest::read_characters(bytes, options.of_reading(options.language)) {
        Err(source @ ReadError::Text(DecodeError::Empty { .. })) => {
            // A file that both sides began has an empty base.
            let text = std::str::from_utf8(bytes).map_err(|_| MergeError::Decode { whose, source })?;
            let text = text.trim_start_matches('\u{FEFF}').to_owned();
            Ok(Source { text, encoding: "UTF-8", ..Source::default() })
        }
        read => read.map_err(|source| MergeError::Decode { whose, source }),
    }
}

/// Says which bytes of a source belong to which clause.
fn segmented(source: Source, whose: Whose) -> Result<SegmentedSource, MergeError> {
    SegmentedSource::new(source).ok_or(MergeError::Segmentation { whose })
}

/// Merges into the layout of ours.
fn merge_into(base: &[u8], ours: &[u8], theirs: &[u8], options: Options<'_>) -> Result<UnencodedText, MergeError> {
    let base = read(base, Whose::Base, options)?;
    let own = read(ours, Whose::Ours, options)?;
    let theirs = read(theirs, Whose::Theirs, options)?;
    let encoding = own.encoding;
    let base = segmented(base, Whose::Base)?;
    let theirs = segmented(theirs, Whose::Theirs)?;
    let own = segmented(own, Whose::Ours)?;
    let units = Units::new(&base, &own, &theirs, options.execution);
    let mut plan = Planner::new(&base, &own, &theirs, &units).plan();
    kept::settle(&mut plan, &base, &own, &theirs, &units);
    let labels = numbering::labels(&base, &own, &theirs, &units, &plan);
    contest(&mut plan, &units, &labels.contested);
    let mut result = write::Composition {
        base: &base,
        ours: &own,
        theirs: &theirs,
        plan: &plan,
        labels: &labels,
        clashes: Clashes::AsOurs,
        layout: Layout::Theirs,
    };
    if !reads_back(&result, options) {
        result.layout = Layout::Plain;
        if !reads_back(&result, options) {
            return Err(MergeError::ReadBack);
        }
    }
    result.clashes = Clashes::Marked(options.marker_size);
    let text = result.text();
    let lost = LostLines::of(&base, [&own, &theirs], &text);
    let conflicts = plan.entries().filter_map(|entry| conflict(entry, &own, &theirs)).collect();
    Ok(UnencodedText { text, encoding, conflicts, renumbered: labels.counted, lost })
}

/// Makes conflicts of the clauses whose labels nobody can decide on.
fn contest(plan: &mut Plan, units: &Units, contested: &[ClauseIndex]) {
    for entry in plan.entries_mut() {
        if let PlanItem::Ours(at) = entry
            && contested.binary_search(at).is_ok()
        {
            let unit = &units.units[units.of_ours[*at]];
            *entry = PlanItem::Clash(Clash {
                ours: vec![*at],
                base: unit.base.clone(),
                theirs: unit.theirs.clone(),
                why: Some(Disagreement::Numbered),
            });
        }
    }
}

/// Whether the result says what was decided.
fn reads_back(result: &write::Composition<'_>, options: Options<'_>) -> bool {
    let language = options.language.or(result.ours.statement.language.as_deref());
    let text = result.text();
    match ingest::read_characters(text.into_bytes(), options.of_reading(language)) {
        Ok(source) => result.reads_as_planned(&source.statement),
        // All clauses were deleted, some by each side.
        Err(ReadError::Text(DecodeError::Empty { .. })) => result.plan.entries().next().is_none(),
        Err(_) => false,
    }
}

fn conflict(entry: &PlanItem, ours: &SegmentedSource, theirs: &SegmentedSource) -> Option<Conflict> {
    let PlanItem::Clash(clash) = entry else { return None };
    let address = match (clash.ours.first(), clash.theirs.first()) {
        (Some(at), _) => ours.clause(*at).address.clone(),
        (None, Some(at)) => theirs.clause(*at).address.clone(),
        (None, None) => return None,
    };
    Some(Conflict { address, why: clash.why? })
}
