//! What a line is by its own form: a page's number, a job number, a symbol, a rule, front matter.
//!
//! A form is a guess: whether the line goes is settled in `furniture`, by its place and by what stands around it.

use super::lines::Line;
use super::pages::{self, PageNumber};
use crate::language::{Catalogue, Knowledge, Language, any, common};
use crate::text::chars;

/// Longest line, in bytes, that may be furniture.
pub(super) const LONGEST: usize = 160;
/// Most lines of front matter.
const FRONT: usize = 200;

/// What a line is by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// A page's number and nothing else that a text could hold.
    Page(PageNumber),
    /// A page of so many pages beside a job number.
    PagedJob(PageNumber),
    /// A number alone, which may be a page's.
    Number(u32),
    /// A job number.
    Job,
    /// A bar code or printer's mark.
    Barcode,
    /// A symbol alone.
    Symbol,
    /// A rule above footnotes.
    Separator,
    /// A mark that the text goes on.
    Continuation,
    /// A line of a masthead, near the top of the document.
    Masthead,
    /// A line of the front matter of a Markdown file.
    Front {
        /// Whether it tells of the file, and not of what the text says.
        of_file: bool,
    },
    /// A row of a table.
    Row,
    /// Characters that nobody sees.
    Invisible,
}

/// Whether the lines of front matter tell of the file, each under its key; items and lines set in go with the key above.
pub(super) fn tells_of_file(text: &str, lines: &[Line]) -> Vec<bool> {
    let mut of_file = true;
    let told = lines.iter().map(|line| {
        let shown = &text[line.span.range()];
        let begins = line.indent == 0 && !shown.starts_with(['-', '#', '[', ']', '{', '}']);
        if let Some((key, _)) = shown.split_once(':').filter(|_| begins) {
            let key = key.trim().to_lowercase();
            of_file = common().front_matter.contains(&key);
        }
        of_file
    });
    told.collect()
}

/// How many lines at the top are front matter: keys and values between two rules of three dashes.
pub(super) fn front_matter(text: &str, lines: &[Line]) -> usize {
    let shown = |at: usize| &text[lines[at].span.range()];
    if lines.is_empty() || shown(0) != "---" {
        return 0;
    }
    let Some(end) = (1..lines.len().min(FRONT)).find(|at| matches!(shown(*at), "---" | "...")) else { return 0 };
    let keyed = |at: usize| {
        let line = shown(at);
        let key = line.split(':').next().unwrap_or_default();
        let is_key = key.len() < line.len()
            && !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte));
        is_key || line.starts_with(['-', '#', '[', ']', '{', '}']) || lines[at].indent > 0
    };
    if end > 1 && (1..end).all(keyed) { end } else { 0 }
}

/// What a line is by its own form.
pub(super) fn form(line: &str, known: Knowledge<'_>) -> Form {
    let language = known.language;
    if line.len() > LONGEST {
        return Form::Text;
    }
    if line.chars().all(chars::is_hidden) {
        return Form::Invisible;
    }
    let separates = line.starts_with(['_', '-', '–', '—', '*', '=']) && line.chars().all(|c| "_-–—*=".contains(c));
    if separates && common().separator.iter().any(|pattern| pattern.is_match(line)) {
        return Form::Separator;
    }
    if line.len() <= 40 && language.is_some_and(|language| any(&language.continuation, line)) {
        return Form::Continuation;
    }
    if !has_number(line) {
        return Form::Text;
    }
    with_digits(line, known)
}

/// Whether a line has a digit of any script: without one it is no page, no job and no symbol.
fn has_number(line: &str) -> bool {
    line.bytes().any(|byte| byte.is_ascii_digit())
        || (!line.is_ascii() && line.chars().any(|c| !c.is_ascii() && crate::language::decimal_digit(c).is_some()))
}

fn with_digits(line: &str, known: Knowledge<'_>) -> Form {
    let Knowledge { catalogue, language } = known;
    if line.len() <= 24 && any(&common().page, line) {
        let alone = !line.contains('/') && line.chars().all(|c| crate::language::decimal_digit(c).is_some());
        return match pages::read(line) {
            Some(page) if !alone => Form::Page(page),
            _ => Form::Number(pages::digits(line).unwrap_or(u32::MAX)),
        };
    }
    if line.len() <= 48
        && is_page_in_words(line, known)
        && let Some(page) = pages::read(line)
    {
        return Form::Page(page);
    }
    if line.len() > 80 {
        return Form::Text;
    }
    if let Some((page, rest)) = without_page_number(line)
        && (catalogue.is_job(rest) || catalogue.is_symbol(rest))
    {
        return if catalogue.is_job(rest) && page.of.is_some() { Form::PagedJob(page) } else { Form::Page(page) };
    }
    // Only a symbol or a job number makes a head of a line, and neither is without a slash or seven digits.
    let may_head = line.contains('/') || line.bytes().filter(u8::is_ascii_digit).count() >= 7;
    if let Some(language) = language.filter(|_| may_head)
        && let Some(page) = paged_head(line, language, catalogue)
    {
        return Form::Page(page);
    }
    if line.starts_with('*') && catalogue.bodies().any(|body| any(&body.barcode, line)) {
        Form::Barcode
    } else if catalogue.is_job(line) {
        Form::Job
    } else if catalogue.is_symbol(line) {
        Form::Symbol
    } else {
        Form::Text
    }
}

/// Whether words number a page: those of the language, or, where it shows none, those of any.
fn is_page_in_words(line: &str, known: Knowledge<'_>) -> bool {
    match known.language {
        Some(language) => any(&language.page, line),
        None => known.catalogue.languages().iter().any(|language| any(&language.page, line)),
    }
}

/// A page number at one of the ends of a line, and the rest: `2/9 GE.16-12040`, `CD/2066 Page 2`, `ML/CRS/41 - 3`.
pub(super) fn without_page_number(line: &str) -> Option<(PageNumber, &str)> {
    let number = |word: &str| {
        let (page, of) = word.split_once('/').unwrap_or((word, "1"));
        let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(page) && digits(of) && (word.contains('/') || page.len() <= 3)
    };
    let (first, rest) = line.split_once(char::is_whitespace)?;
    if number(first) {
        return Some((pages::read(first)?, rest.trim()));
    }
    let (rest, last) = line.rsplit_once(char::is_whitespace)?;
    let page = pages::read(last).filter(|_| number(last))?;
    Some((page, rest.trim().trim_end_matches(['-', '–', '|']).trim()))
}

/// The page in a line with a job number or symbol beside the words that number a page: `ML.31-00417  Page 3`.
fn paged_head(line: &str, language: &Language, catalogue: &Catalogue) -> Option<PageNumber> {
    line.match_indices(char::is_whitespace).take(24).find_map(|(at, _)| {
        let (left, right) = (line[..at].trim(), line[at..].trim());
        let page = |head: &str, page: &str| {
            let heads =
                !head.is_empty() && (catalogue.is_job(head) || catalogue.is_symbol(head)) && any(&language.page, page);
            if heads { pages::read(page) } else { None }
        };
        page(left, right).or_else(|| page(right, left))
    })
}

/// A line's symbol, first or last, and what else it has.
pub(super) fn without_symbol<'t>(line: &'t str, catalogue: &Catalogue) -> Option<(&'t str, &'t str)> {
    if line.len() > LONGEST || !line.contains('/') {
        return None;
    }
    let (first, rest) = line.split_once(char::is_whitespace)?;
    if catalogue.is_symbol(first) {
        return Some((first, rest));
    }
    let (rest, last) = line.rsplit_once(char::is_whitespace)?;
    catalogue.is_symbol(last).then_some((last, rest))
}

/// What a head or foot says, and the number of its page at one of its ends: a whole word of at most four digits.
pub(super) fn head_of(line: &str) -> (&str, Option<u32>) {
    let value = |word: &str| {
        let digits = !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        if digits { word.parse().ok() } else { None }
    };
    let gap = |c: char| chars::is_space(c) || "-–—|".contains(c);
    if let Some((rest, last)) = line.rsplit_once(chars::is_space)
        && let Some(number) = value(last)
        && !rest.trim_matches(gap).is_empty()
    {
        return (rest.trim_end_matches(gap), Some(number));
    }
    if let Some((first, rest)) = line.split_once(chars::is_space)
        && let Some(number) = value(first)
        && !rest.trim_matches(gap).is_empty()
    {
        return (rest.trim_start_matches(gap), Some(number));
    }
    (line, None)
}

/// Whether a line says how many of what there are: a number before a word in small letters, or one with a decimal, a
/// group, a percent or a currency. A row stands in the text, on whatever page.
pub(super) fn has_value(line: &str, catalogue: &Catalogue) -> bool {
    let mut words = line.split(chars::is_space).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let plain = word.trim_end_matches([',', ';', ')']).trim_start_matches('(');
        if !plain.bytes().any(|byte| byte.is_ascii_digit()) || catalogue.is_symbol(plain) {
            continue;
        }
        let digits = |signs: &[u8]| plain.bytes().all(|byte| byte.is_ascii_digit() || signs.contains(&byte));
        let written = plain.contains(['%', '€', '$', '£', '¥', '‰']) || (plain.contains(['.', ',']) && digits(b".,"));
        let counts = digits(b"") && words.peek().is_some_and(|next| next.starts_with(char::is_lowercase));
        if written || counts {
            return true;
        }
    }
    false
}
