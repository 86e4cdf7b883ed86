//! What the readers left out of the clauses, compared: running heads and feet, job numbers, lines that nobody sees.
//!
//! How often a head stands there, on which page and with which page number says nothing, so each side is a set of what
//! its pieces say. What stands on both sides is the same. What is left over is told:
//!
//! * a symbol or job number against another as a change of the masthead; where only one side has any, again and again,
//!   pages were set otherwise, and nothing is said;
//! * words as clauses are, with the classes their words have, and never below `review`: a reader took them for furniture,
//!   and who changes furniture changes the document. Words that repeat a title, a heading or the masthead of either side
//!   are compared there and not again.
//!
//! Marks of footnotes are compared with the words they hang on (`classify`). Linear but for the pairing, which tries at
//! most [`PAIRED`] pieces a side with each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::comparison::{Change, Edit, LeftOutPiece, Op, Options, Place, Reason};
use super::differences::reasons;
use super::judge::Judge;
use super::kind::{Relation, Tier};
use super::rule::{self, Rule, RuleFinding};
use crate::align::Link;
use crate::diff;
use crate::language::{Catalogue, Knowledge, Language};
use crate::statement::{Clause, ClauseIndex, ClauseKind, Part, PerClause, Statement, Why};
use crate::text::words::{self, WordChars};
use crate::text::{Interner, Pair, Side, Span, chars, folded_lower, without_space};

/// Pieces of a side that are tried with each of the other; further ones pair in order.
const PAIRED: usize = 64;
/// Fewest characters of words, half of them in Chinese, that a title may have as a part; what is shorter, as a stamp, has to
/// be all of it.
const REPEATED: usize = 20;
/// Most bytes of titles, headings and masthead that are searched for such words; beyond them words are told.
const PRINTED: usize = 1 << 20;

/// What a piece is by its form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A symbol, a job number, a bar code.
    Identifier,
    /// Words or numbers.
    Words,
    /// Characters that nobody sees and that turn the text around.
    Hidden,
}

/// What a piece says, once for all that say the same.
struct DistinctPiece<'a> {
    index: usize,
    why: Why,
    text: &'a str,
    key: String,
    form: Form,
    /// Whether it stands at several pages, or beside the number of one.
    is_head: bool,
    /// Whether it is the last line of a title whose lines before stand right above it.
    is_tail: bool,
}

/// The changes between what the readers of two statements left out.
pub(super) fn changes(sides: Pair<&Statement>, options: &Options) -> Vec<Change> {
    if sides.iter().all(|side| side.dropped.is_empty()) {
        return Vec::new();
    }
    let teller = Teller { sides, options };
    let targets = teller.targets();
    let printed = sides.map(printed_apart);
    let mut pieces = sides.zip(printed.as_ref()).map(|(side, printed)| gather(side, printed));
    let keys = pieces.as_ref().map(|pieces| keys(pieces));
    for (pieces, others) in pieces.as_mut().zip(keys.invert()) {
        pieces.retain(|piece| !others.contains(&piece.key));
    }
    if pieces.iter().all(Vec::is_empty) {
        return targets;
    }
    for pieces in &mut pieces {
        pieces.retain(|piece| match piece.form {
            Form::Words => !piece.is_tail && !is_printed(&printed, &piece.key),
            Form::Identifier | Form::Hidden => true,
        });
    }
    let mut changes = teller.identifiers(&pieces, &printed);
    changes.extend(teller.words(&pieces));
    changes.extend(teller.hidden(&pieces));
    changes.extend(targets);
    changes
}

fn keys(pieces: &[DistinctPiece<'_>]) -> BTreeSet<String> {
    pieces.iter().map(|piece| piece.key.clone()).collect()
}

/// What the pieces of a statement say, each once, in the order of the text.
fn gather<'a>(statement: &'a Statement, printed: &str) -> Vec<DistinctPiece<'a>> {
    let knowledge = Knowledge { catalogue: &statement.catalogue, language: statement.known_language() };
    let mut known: HashMap<&str, bool> = HashMap::new();
    let mut alike: HashMap<&str, usize> = HashMap::new();
    let mut last = None;
    for dropped in &statement.dropped {
        *alike.entry(dropped.text.trim_matches(chars::is_space)).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut pieces: Vec<DistinctPiece<'_>> = Vec::new();
    for (index, dropped) in statement.dropped.iter().enumerate() {
        let Some((text, form)) = said(dropped.why, &dropped.text, knowledge) else { continue };
        // A number behind words that nothing else in the text says may be no page's: "Ships: 3".
        let whole = dropped.text.trim_matches(chars::is_space);
        let repeated = form == Form::Words && *known.entry(text).or_insert_with(|| repeats(printed, &squeezed(text)));
        // The same number at several pages counts none: "Programme of reports 2031".
        let counts = without_page(whole) == whole || alike.get(whole) == Some(&1);
        let text = if form == Form::Words && !(repeated && counts) { whole } else { text };
        let key = match form {
            Form::Identifier => text.trim_matches('*').to_owned(),
            Form::Hidden => text.to_owned(),
            Form::Words => squeezed(text),
        };
        let ends = || printed.lines().any(|line| line.ends_with(&key));
        let is_tail = form == Form::Words && last == Some((index, dropped.why)) && !key.is_empty() && ends();
        let is_part = form == Form::Words && repeated && counts || is_tail;
        last = is_part.then_some((index + 1, dropped.why));
        if let Some(first) = seen.get(&key) {
            pieces[*first].is_head = true;
        } else if !key.is_empty() {
            seen.insert(key.clone(), pieces.len());
            let is_head = text != dropped.text.trim_matches(chars::is_space);
            pieces.push(DistinctPiece { index, why: dropped.why, text, key, form, is_head, is_tail });
        }
    }
    pieces
}

/// Targets of links, and tags that lead somewhere, in the order of the text.
fn targets(statement: &Statement) -> Vec<DistinctPiece<'_>> {
    let pieces = statement.dropped.iter().enumerate().filter_map(|(index, dropped)| {
        let text = match dropped.why {
            Why::LinkTarget if matches!(dropped.text.as_str(), "[" | "![") => return None,
            Why::LinkTarget => link_target(&dropped.text),
            Why::Markup => dropped.text.as_str(),
            _ => return None,
        };
        Some(DistinctPiece {
            index,
            why: dropped.why,
            text,
            key: String::new(),
            form: Form::Words,
            is_head: false,
            is_tail: false,
        })
    });
    pieces.collect()
}

/// Where a link leads, with its title, without the marks that Markdown sets around it.
fn link_target(text: &str) -> &str {
    text.strip_prefix("](").and_then(|text| text.strip_suffix(')')).unwrap_or(text)
}

/// The words that a tag gives those who do not see what it shows.
fn said_aloud(tag: &str) -> Vec<&str> {
    let values = [" alt=\"", " title=\""].into_iter().filter_map(|key| {
        let from = tag.find(key)? + key.len();
        Some(&tag[from..from + tag[from..].find('"')?])
    });
    if tag.starts_with('<') {
        return values.collect();
    }
    // The title of a link is shown to whoever points at it.
    tag.split_once([' ', '\t']).map(|(_, title)| title).into_iter().collect()
}

/// What a piece says beside the number of its page; `None` where it says nothing else.
fn said<'t>(why: Why, text: &'t str, known: Knowledge<'_>) -> Option<(&'t str, Form)> {
    let text = text.trim_matches(chars::is_space);
    match why {
        Why::Separator
        | Why::FootnoteMark
        | Why::LinkTarget
        | Why::Markup
        | Why::Formatting
        | Why::Comment
        | Why::Navigation
        | Why::Metadata
        | Why::LineBreakHyphen
        | Why::SoftHyphen
        | Why::Continuation => None,
        Why::Invisible => text.chars().any(turns).then_some((text, Form::Hidden)),
        Why::JobNumber | Why::Barcode => Some((text, Form::Identifier)),
        Why::RunningHeader | Why::RunningFooter | Why::PageNumber => {
            let core = without_page_in_words(without_page(text), text, known.language);
            if known.catalogue.is_symbol(core) || known.catalogue.is_job(core) {
                return Some((core, Form::Identifier));
            }
            if why == Why::PageNumber {
                // "ML.31-00417 Page 3": the page in words, beside what tells the document.
                let own = core
                    .split(chars::is_space)
                    .find(|word| known.catalogue.is_symbol(word) || known.catalogue.is_job(word));
                return own.map(|word| (word, Form::Identifier));
            }
            let core = without_symbol(core, known.catalogue);
            core.chars().any(char::is_alphanumeric).then_some((core, Form::Words))
        }
    }
}

/// Characters that nobody sees, but for the mark of the byte order that files begin with.
fn turns(c: char) -> bool {
    chars::is_hidden(c) && c != '\u{FEFF}'
}

/// A head or foot without the number of its page at one of its ends: `3`, `3/9`.
fn without_page(text: &str) -> &str {
    let gap = |c: char| chars::is_space(c) || "-–—|".contains(c);
    let page = |word: &str| {
        let mut parts = word.split('/');
        let digits = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.next().is_some_and(digits) && parts.next().is_none_or(digits) && parts.next().is_none()
    };
    if let Some((first, rest)) = text.split_once(chars::is_space)
        && page(first)
    {
        return rest.trim_matches(gap);
    }
    match text.rsplit_once(chars::is_space) {
        Some((rest, last)) if page(last) => rest.trim_matches(gap),
        _ => text,
    }
}

/// A head or foot without the words that number its page: `ML.31-00417   Page 3` is a job number.
fn without_page_in_words<'t>(core: &'t str, text: &'t str, language: Option<&Language>) -> &'t str {
    let Some(language) = language else { return core };
    let page = |words: &str| language.page.iter().any(|pattern| pattern.is_match(words.trim()));
    if page(text) {
        return "";
    }
    let mut parts = text.match_indices(chars::is_space).take(24).map(|(at, _)| (text[..at].trim(), text[at..].trim()));
    let found = parts.find_map(|(left, right)| match (page(left), page(right)) {
        (_, true) => Some(left),
        (true, _) => Some(right),
        _ => None,
    });
    found.unwrap_or(core)
}

/// A head without the symbol at one of its ends: the words beside it are compared, the symbol stands in the masthead.
fn without_symbol<'t>(text: &'t str, catalogue: &Catalogue) -> &'t str {
    let bare = |rest: &'_ str| rest.trim_matches(|c: char| chars::is_space(c) || "-–—|".contains(c)).len();
    match (text.split_once(chars::is_space), text.rsplit_once(chars::is_space)) {
        (Some((first, rest)), _) if catalogue.is_symbol(first) && bare(rest) > 0 => without_page(rest.trim_start()),
        (_, Some((rest, last))) if catalogue.is_symbol(last) && bare(rest) > 0 => without_page(rest.trim_end()),
        _ => text,
    }
}

/// A text by which two pieces say the same: folded, without white space.
fn squeezed(text: &str) -> String {
    without_space(&folded_lower(text))
}

/// Titles, headings and masthead of a statement, squeezed, a line each.
fn printed_apart(statement: &Statement) -> String {
    let apart = |clause: &&Clause| {
        clause.frame.is_some() || matches!(clause.kind, ClauseKind::Title | ClauseKind::Heading | ClauseKind::Masthead)
    };
    let mut printed = String::new();
    for clause in statement.clauses.iter().filter(apart) {
        let label = clause.label.as_deref().unwrap_or_default();
        let text = squeezed(&clause.text);
        if !label.is_empty() {
            printed.extend([&squeezed(label), text.as_str(), "\n"]);
        }
        printed.extend([text.as_str(), "\n"]);
        if printed.len() > PRINTED {
            break;
        }
    }
    printed
}

/// Whether titles, headings or masthead of either side have a key.
fn is_printed(printed: &Pair<String>, key: &str) -> bool {
    printed.iter().any(|printed| repeats(printed, key))
}

/// Whether what is printed has a key: as a part where it is long, else as a whole line.
fn repeats(printed: &str, key: &str) -> bool {
    let is_long = key.chars().count() >= if key.chars().any(chars::is_han) { REPEATED / 2 } else { REPEATED };
    !key.is_empty() && if is_long { printed.contains(key) } else { printed.lines().any(|line| line == key) }
}

struct Teller<'a> {
    sides: Pair<&'a Statement>,
    options: &'a Options,
}

impl Teller<'_> {
    /// The tier of what was found: at least `review`, unless a policy gives the class another or it is of the masthead.
    fn tier(&self, found: &RuleFinding) -> Tier {
        let own = found.rule.own_tier();
        let light = found.rule == rule::MASTHEAD || found.rule == rule::LINK;
        let raised = if own == Tier::Editorial && !light { Tier::Review } else { own };
        self.options.tiers.get(&found.class()).copied().unwrap_or(raised)
    }

    /// Where links lead and what tags say, in the order of the text: those that differ, in pairs where they stand between
    /// the same others.
    fn targets(&self) -> Vec<Change> {
        let all = self.sides.map(targets);
        let mut interner = Interner::default();
        let numbers =
            all.as_ref().map(|pieces| pieces.iter().map(|piece| interner.intern(piece.text)).collect::<Vec<_>>());
        let mut changes = Vec::new();
        for hunk in diff::search(numbers.as_ref().map(Vec::as_slice)).hunks {
            let told = all.as_ref().zip(hunk).map(|(pieces, range)| &pieces[range]);
            for at in 0..told.before.len().max(told.after.len()) {
                let pieces = told.map(|pieces| pieces.get(at));
                changes.push(self.whole(pieces, target_rule(pieces).into()));
            }
        }
        changes
    }

    /// Symbols and job numbers against others of their kind.
    fn identifiers(&self, pieces: &Pair<Vec<DistinctPiece<'_>>>, printed: &Pair<String>) -> Vec<Change> {
        let own = self.sides.map(|side| side.identity.symbol.as_deref());
        let is_other = |key: &str| {
            self.sides.after.catalogue.is_symbol(key)
                && own.iter().any(Option::is_some)
                && own.iter().all(|symbol| *symbol != Some(key))
        };
        let mut changes = Vec::new();
        for of_symbols in [true, false] {
            let is_kind = |key: &str| self.sides.after.catalogue.is_symbol(key) == of_symbols;
            let of_kind = pieces.as_ref().map(|pieces| {
                let own = pieces.iter().filter(|piece| piece.form == Form::Identifier && is_kind(&piece.key));
                own.collect::<Vec<_>>()
            });
            let paired = of_kind.before.len().min(of_kind.after.len());
            // One that has no counterpart is a head where it stands at several pages, or is printed apart as well, or is the
            // document's own where only one side kept its pages: there pages were set otherwise, and nothing else is said.
            let paged = self.sides.map(has_pages).is_same();
            let is_lone = |piece: &&&DistinctPiece<'_>| {
                (paged || is_other(&piece.key)) && !piece.is_head && !is_printed(printed, &squeezed(piece.text))
            };
            for (side, pieces) in of_kind.as_ref().each() {
                let lone = pieces[paired..].iter().filter(is_lone);
                changes.extend(lone.map(|piece| self.lone(side, piece, rule::MASTHEAD)));
            }
            changes.extend(of_kind.before.iter().zip(&of_kind.after).map(|(old, new)| {
                let both = Pair::new(*old, *new);
                self.whole(both.map(Some), identifier_rule(both.map(|piece| piece.text)).into())
            }));
        }
        changes
    }

    /// Words against the most alike on the other side; what finds no partner came or went.
    fn words(&self, pieces: &Pair<Vec<DistinctPiece<'_>>>) -> Vec<Change> {
        let words = pieces
            .as_ref()
            .map(|pieces| (0..pieces.len()).filter(|at| pieces[*at].form == Form::Words).collect::<Vec<_>>());
        let pairs = paired(pieces, &words);
        let mut changes: Vec<Change> = pairs
            .iter()
            .map(|pair| self.modified(pieces.as_ref().zip(*pair).map(|(pieces, at)| &pieces[at])))
            .collect();
        for (side, words) in words.as_ref().each() {
            let lone = words.iter().filter(|at| pairs.iter().all(|pair| pair[side] != **at));
            changes.extend(lone.map(|at| self.lone(side, &pieces[side][*at], rule::LEFT_OUT)));
        }
        changes
    }

    /// Lines of characters that nobody sees and that turn what follows.
    fn hidden(&self, pieces: &Pair<Vec<DistinctPiece<'_>>>) -> Vec<Change> {
        let all = pieces.as_ref().each().flat_map(|(side, pieces)| pieces.iter().map(move |piece| (side, piece)));
        let hidden = all.filter(|(_, piece)| piece.form == Form::Hidden);
        hidden.map(|(side, piece)| self.lone(side, piece, rule::HIDDEN)).collect()
    }

    /// Two pieces of words, with the edits between them.
    fn modified(&self, pieces: Pair<&DistinctPiece<'_>>) -> Change {
        let statements = self.sides.zip(pieces).map(|(own, piece)| Statement {
            language: own.language,
            clauses: vec![Clause { text: piece.text.to_owned(), kind: ClauseKind::Paragraph, ..Clause::default() }],
            ..Statement::default()
        });
        let only = || vec![ClauseIndex::new(0)];
        let links = [Link { clauses: Pair::new(only(), only()), moved: false, similarity: 0 }];
        let tokens = statements.as_ref().map(|_| PerClause::filled(None, 1));
        let judge = Judge::new(statements.as_ref(), &links, tokens, Interner::default(), self.options);
        let (mut judged, _) = judge.changes();
        let Some(mut change) = judged.pop() else {
            return self.whole(pieces.map(Some), rule::LEFT_OUT.into());
        };
        for edit in &mut change.edits {
            edit.reasons.iter_mut().for_each(|reason| reason.tier = self.raised(reason));
            edit.reasons.sort_by_key(|reason| std::cmp::Reverse((reason.tier, reason.class)));
            if let Some(gravest) = edit.reasons.first() {
                (edit.class, edit.tier, edit.rule) = (gravest.class, gravest.tier, gravest.rule);
            }
            for (place, piece) in edit.places.as_mut().zip(pieces) {
                *place = place.map(|place| Place { clause: ClauseIndex::new(piece.index), ..place });
            }
        }
        let similarity = similarity(pieces.map(|piece| piece.text));
        change.tier = change.edits.iter().map(|edit| edit.tier).max();
        Change { similarity, ..framed(change, pieces.map(Some)) }
    }

    fn raised(&self, reason: &Reason) -> Tier {
        let light = reason.tier == Tier::Editorial && !self.options.tiers.contains_key(&reason.class);
        if light { Tier::Review } else { reason.tier }
    }

    /// A piece that only one side has.
    fn lone(&self, side: Side, piece: &DistinctPiece<'_>, rule: Rule) -> Change {
        self.whole(Pair::from_fn(|own| (own == side).then_some(piece)), rule.into())
    }

    /// A piece that came, went, or is told as a whole.
    fn whole(&self, pieces: Pair<Option<&DistinctPiece<'_>>>, found: RuleFinding) -> Change {
        let tier = self.tier(&found);
        let reasons = reasons(std::slice::from_ref(&found), &|found| self.tier(found));
        let (op, relation) = match (pieces.before, pieces.after) {
            (None, _) => (Op::Insert, Relation::Inserted),
            (_, None) => (Op::Delete, Relation::Deleted),
            _ => (Op::Replace, Relation::Modified),
        };
        let edit = Edit {
            op,
            class: found.class(),
            tier,
            rule: found.rule.id,
            reasons,
            texts: pieces.map(|piece| piece.map_or_else(String::new, |piece| piece.text.to_owned())),
            places: pieces.map(|piece| {
                piece.map(|piece| Place { clause: ClauseIndex::new(piece.index), span: Span::new(0, piece.text.len()) })
            }),
        };
        let change = Change {
            relation,
            clauses: Pair::default(),
            moved: false,
            renumbered: false,
            similarity: 0.0,
            tier: Some(tier),
            classes: vec![found.class()],
            edits: vec![edit],
            part: Part::Frame,
            left_out: None,
        };
        framed(change, pieces)
    }
}

/// A change of pieces left out, in place of clauses.
fn framed(change: Change, pieces: Pair<Option<&DistinctPiece<'_>>>) -> Change {
    let told =
        |piece: &DistinctPiece<'_>| LeftOutPiece { index: piece.index, why: piece.why, text: piece.text.to_owned() };
    Change {
        clauses: Pair::default(),
        moved: false,
        renumbered: false,
        part: Part::Frame,
        left_out: Some(pieces.map(|piece| piece.map(told))),
        ..change
    }
}

/// The rule for the targets of links or the tags that differ.
fn target_rule(pieces: Pair<Option<&DistinctPiece<'_>>>) -> Rule {
    let is_alike = pieces.both().is_none_or(|pieces| pieces.map(|piece| said_aloud(piece.text)).is_same());
    let leads = |piece: &DistinctPiece<'_>| piece.why == Why::LinkTarget || piece.text.contains('=');
    match is_alike {
        true if pieces.into_iter().flatten().any(leads) => rule::LINK,
        true => rule::MARKUP,
        false => rule::LEFT_OUT,
    }
}

/// Whether an extraction kept anything of its pages.
fn has_pages(statement: &Statement) -> bool {
    statement
        .dropped
        .iter()
        .any(|dropped| matches!(dropped.why, Why::RunningHeader | Why::RunningFooter | Why::PageNumber))
}

/// A symbol against another is of the masthead; one with words in brackets says something of the text.
fn identifier_rule(texts: Pair<&str>) -> Rule {
    let says = |text: &str| {
        text.split_once('(').is_some_and(|(_, inner)| inner.chars().filter(|c| c.is_lowercase()).count() > 3)
    };
    if texts.map(says).is_same() { rule::MASTHEAD } else { rule::LEFT_OUT }
}

/// Pieces of both sides that are most alike, by index, in the order of the side before. A single one on each side pairs
/// whatever its words.
fn paired(pieces: &Pair<Vec<DistinctPiece<'_>>>, words: &Pair<Vec<usize>>) -> Vec<Pair<usize>> {
    if let ([old], [new]) = (&words.before[..], &words.after[..]) {
        return vec![Pair::new(*old, *new)];
    }
    let mut scored: Vec<(u64, Pair<usize>)> = Vec::new();
    for &old in words.before.iter().take(PAIRED) {
        for &new in words.after.iter().take(PAIRED) {
            let pair = Pair::new(old, new);
            let alike = similarity(pieces.as_ref().zip(pair).map(|(pieces, at)| pieces[at].text));
            if alike >= 0.3 {
                scored.push(((alike * 1000.0) as u64, pair));
            }
        }
    }
    scored.sort_by_key(|(alike, pair)| (std::cmp::Reverse(*alike), pair.before, pair.after));
    let mut pairs: Vec<Pair<usize>> = Vec::new();
    for (_, pair) in scored {
        if pairs.iter().all(|taken| taken.before != pair.before && taken.after != pair.after) {
            pairs.push(pair);
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.before, pair.after));
    pairs
}

/// The share of words that two texts have in common, 0 to 1.
fn similarity(texts: Pair<&str>) -> f64 {
    let words = texts.map(words);
    let common = words.before.intersection(&words.after).count();
    let most = words.before.len().max(words.after.len()).max(1);
    f64::from(u32::try_from(common * 1000 / most).unwrap_or(0)) / 1000.0
}

/// The words of a text, in Chinese its characters.
fn words(text: &str) -> BTreeSet<String> {
    let folded = folded_lower(text);
    if folded.chars().any(chars::is_han) {
        return folded.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect();
    }
    words::words(&folded, WordChars { digits: true, ..WordChars::LETTERS }).map(str::to_owned).collect()
}
