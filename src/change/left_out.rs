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

use super::classify::Judge;
use super::passage;
use super::rule::{self, Found, Rule};
use super::{Change, Edit, LeftOut, Op, Options, Place, Reason, Relation, Tier};
use crate::align::Link;
use crate::diff::{self, Hunk};
use crate::language::{Language, is_job, is_symbol};
use crate::statement::{Clause, ClauseKind, Part, Statement, Why};
use crate::text::{Interner, Pair, Span, chars, folded_lower, without_space};

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
struct Piece<'a> {
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
    if sides.before.dropped.is_empty() && sides.after.dropped.is_empty() {
        return Vec::new();
    }
    let teller = Teller { sides, options };
    let targets = teller.targets();
    let repeated = sides.map(printed_apart);
    let mut pieces = Pair::new(gather(sides.before, &repeated.before), gather(sides.after, &repeated.after));
    let keys = Pair::new(keys(&pieces.before), keys(&pieces.after));
    pieces.before.retain(|piece| !keys.after.contains(&piece.key));
    pieces.after.retain(|piece| !keys.before.contains(&piece.key));
    if pieces.before.is_empty() && pieces.after.is_empty() {
        return targets;
    }
    let told = |piece: &Piece<'_>| match piece.form {
        Form::Words => {
            !piece.is_tail && !repeats(&repeated.before, &piece.key) && !repeats(&repeated.after, &piece.key)
        }
        Form::Identifier | Form::Hidden => true,
    };
    pieces.before.retain(told);
    pieces.after.retain(told);
    let mut changes = teller.identifiers(&pieces, &repeated);
    changes.extend(teller.words(&pieces));
    changes.extend(teller.hidden(&pieces));
    changes.extend(targets);
    changes
}

fn keys(pieces: &[Piece<'_>]) -> BTreeSet<String> {
    pieces.iter().map(|piece| piece.key.clone()).collect()
}

/// What the pieces of a statement say, each once, in the order of the text.
fn gather<'a>(statement: &'a Statement, printed: &str) -> Vec<Piece<'a>> {
    let language = statement.language.and_then(crate::language::language);
    let mut known: HashMap<&str, bool> = HashMap::new();
    let mut alike: HashMap<&str, usize> = HashMap::new();
    let mut last = None;
    for dropped in &statement.dropped {
        *alike.entry(dropped.text.trim_matches(chars::is_space)).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (index, dropped) in statement.dropped.iter().enumerate() {
        let Some((text, form)) = said(dropped.why, &dropped.text, language) else { continue };
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
            pieces.push(Piece { index, why: dropped.why, text, key, form, is_head, is_tail });
        }
    }
    pieces
}

/// Targets of links, and tags that lead somewhere, in the order of the text.
fn targets(statement: &Statement) -> Vec<Piece<'_>> {
    let pieces = statement.dropped.iter().enumerate().filter_map(|(index, dropped)| {
        let text = match dropped.why {
            Why::LinkTarget => dropped.text.strip_prefix("](")?.strip_suffix(')')?,
            Why::Markup => dropped.text.as_str(),
            _ => return None,
        };
        Some(Piece {
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
fn said<'t>(why: Why, text: &'t str, language: Option<&Language>) -> Option<(&'t str, Form)> {
    let text = text.trim_matches(chars::is_space);
    match why {
        Why::Separator
        | Why::FootnoteMark
        | Why::LinkTarget
        | Why::Markup
        | Why::LineBreakHyphen
        | Why::SoftHyphen
        | Why::Continuation => None,
        Why::Invisible => text.chars().any(turns).then_some((text, Form::Hidden)),
        Why::JobNumber | Why::Barcode => Some((text, Form::Identifier)),
        Why::RunningHeader | Why::RunningFooter | Why::PageNumber => {
            let core = without_page_in_words(without_page(text), text, language);
            if is_symbol(core) || is_job(core) {
                return Some((core, Form::Identifier));
            }
            if why == Why::PageNumber {
                // "ML.31-00417 Page 3": the page in words, beside what tells the document.
                let own = core.split(chars::is_space).find(|word| is_symbol(word) || is_job(word));
                return own.map(|word| (word, Form::Identifier));
            }
            let core = without_symbol(core);
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
fn without_symbol(text: &str) -> &str {
    let bare = |rest: &'_ str| rest.trim_matches(|c: char| chars::is_space(c) || "-–—|".contains(c)).len();
    match (text.split_once(chars::is_space), text.rsplit_once(chars::is_space)) {
        (Some((first, rest)), _) if is_symbol(first) && bare(rest) > 0 => without_page(rest.trim_start()),
        (_, Some((rest, last))) if is_symbol(last) && bare(rest) > 0 => without_page(rest.trim_end()),
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
    fn tier(&self, found: &Found) -> Tier {
        let own = found.rule.own_tier();
        let light = found.rule == rule::MASTHEAD || found.rule == rule::LINK;
        let raised = if own == Tier::Editorial && !light { Tier::Review } else { own };
        self.options.tiers.get(&found.class()).copied().unwrap_or(raised)
    }

    /// Where links lead and what tags say, in the order of the text: those that differ, in pairs where they stand between
    /// the same others.
    fn targets(&self) -> Vec<Change> {
        let (old, new) = (targets(self.sides.before), targets(self.sides.after));
        let mut interner = Interner::default();
        let mut numbers =
            |pieces: &[Piece<'_>]| pieces.iter().map(|piece| interner.intern(piece.text)).collect::<Vec<_>>();
        let (before, after) = (numbers(&old), numbers(&new));
        let mut changes = Vec::new();
        for Hunk { before: a, after: b } in diff::search(&before, &after).hunks {
            for at in 0..a.len().max(b.len()) {
                let (one, other) = (old[a.clone()].get(at), new[b.clone()].get(at));
                let relation = match (one, other) {
                    (Some(_), Some(_)) => Relation::Modified,
                    (Some(_), None) => Relation::Deleted,
                    _ => Relation::Inserted,
                };
                let alike = one.zip(other).is_none_or(|(one, other)| said_aloud(one.text) == said_aloud(other.text));
                let leads = |piece: &Piece<'_>| piece.why == Why::LinkTarget || piece.text.contains('=');
                let rule = match alike {
                    true if one.into_iter().chain(other).any(leads) => rule::LINK,
                    true => rule::MARKUP,
                    false => rule::LEFT_OUT,
                };
                changes.push(self.whole(relation, one, other, rule.into()));
            }
        }
        changes
    }

    /// Symbols and job numbers against others of their kind.
    fn identifiers(&self, pieces: &Pair<Vec<Piece<'_>>>, repeated: &Pair<String>) -> Vec<Change> {
        let own = [self.sides.before, self.sides.after].map(|side| side.identity.symbol.as_deref());
        let is_other = |key: &str| is_symbol(key) && own.iter().any(Option::is_some) && !own.contains(&Some(key));
        let mut changes = Vec::new();
        for is_kind in [is_symbol as fn(&str) -> bool, is_no_symbol] {
            let of = |pieces: &'_ [Piece<'_>]| {
                let own = pieces.iter().enumerate().filter(|(_, piece)| piece.form == Form::Identifier);
                own.filter(|(_, piece)| is_kind(piece.key.as_str())).map(|(at, _)| at).collect::<Vec<_>>()
            };
            let (old, new) = (of(&pieces.before), of(&pieces.after));
            let paired = old.len().min(new.len());
            // One that has no counterpart is a head where it stands at several pages, or is printed apart as well, or is the
            // document's own where only one side kept its pages: there pages were set otherwise, and nothing else is said.
            let paged = has_pages(self.sides.before) == has_pages(self.sides.after);
            let lone = |piece: &&Piece<'_>| {
                let printed = squeezed(piece.text);
                (paged || is_other(&piece.key))
                    && !piece.is_head
                    && !repeats(&repeated.before, &printed)
                    && !repeats(&repeated.after, &printed)
            };
            let gone = old[paired..].iter().map(|at| &pieces.before[*at]).filter(lone);
            changes.extend(gone.map(|piece| self.whole(Relation::Deleted, Some(piece), None, rule::MASTHEAD.into())));
            let come = new[paired..].iter().map(|at| &pieces.after[*at]).filter(lone);
            changes.extend(come.map(|piece| self.whole(Relation::Inserted, None, Some(piece), rule::MASTHEAD.into())));
            changes.extend(old.iter().zip(&new).map(|(old, new)| {
                let (old, new) = (&pieces.before[*old], &pieces.after[*new]);
                self.whole(Relation::Modified, Some(old), Some(new), identifier_rule(old.text, new.text).into())
            }));
        }
        changes
    }

    /// Words against the most alike on the other side; what finds no partner came or went.
    fn words(&self, pieces: &Pair<Vec<Piece<'_>>>) -> Vec<Change> {
        let words =
            |pieces: &[Piece<'_>]| (0..pieces.len()).filter(|at| pieces[*at].form == Form::Words).collect::<Vec<_>>();
        let (old, new) = (words(&pieces.before), words(&pieces.after));
        let pairs = paired(pieces, &old, &new);
        let mut changes: Vec<Change> =
            pairs.iter().map(|(old, new)| self.modified(&pieces.before[*old], &pieces.after[*new])).collect();
        let gone = old.iter().filter(|at| pairs.iter().all(|(old, _)| old != *at));
        changes.extend(
            gone.map(|at| self.whole(Relation::Deleted, Some(&pieces.before[*at]), None, rule::LEFT_OUT.into())),
        );
        let come = new.iter().filter(|at| pairs.iter().all(|(_, new)| new != *at));
        changes.extend(
            come.map(|at| self.whole(Relation::Inserted, None, Some(&pieces.after[*at]), rule::LEFT_OUT.into())),
        );
        changes
    }

    /// Lines of characters that nobody sees and that turn what follows.
    fn hidden(&self, pieces: &Pair<Vec<Piece<'_>>>) -> Vec<Change> {
        let hidden = |piece: &&Piece<'_>| piece.form == Form::Hidden;
        let gone = pieces.before.iter().filter(hidden);
        let gone = gone.map(|piece| self.whole(Relation::Deleted, Some(piece), None, rule::HIDDEN.into()));
        let come = pieces.after.iter().filter(hidden);
        let come = come.map(|piece| self.whole(Relation::Inserted, None, Some(piece), rule::HIDDEN.into()));
        gone.chain(come).collect()
    }

    /// Two pieces of words, with the edits between them.
    fn modified(&self, old: &Piece<'_>, new: &Piece<'_>) -> Change {
        let statement = |piece: &Piece<'_>, own: &Statement| Statement {
            language: own.language,
            clauses: vec![Clause { text: piece.text.to_owned(), kind: ClauseKind::Paragraph, ..Clause::default() }],
            ..Statement::default()
        };
        let (before, after) = (statement(old, self.sides.before), statement(new, self.sides.after));
        let links = [Link { before: vec![0], after: vec![0], moved: false, similarity: 0 }];
        let tokens = Pair::new(vec![None], vec![None]);
        let judge = Judge::new(Pair::new(&before, &after), &links, tokens, Interner::default(), self.options);
        let (mut judged, _) = judge.changes();
        let Some(mut change) = judged.pop() else {
            return self.whole(Relation::Modified, Some(old), Some(new), rule::LEFT_OUT.into());
        };
        for edit in &mut change.edits {
            edit.reasons.iter_mut().for_each(|reason| reason.tier = self.raised(reason));
            edit.reasons.sort_by_key(|reason| std::cmp::Reverse((reason.tier, reason.class)));
            if let Some(gravest) = edit.reasons.first() {
                (edit.class, edit.tier, edit.rule) = (gravest.class, gravest.tier, gravest.rule);
            }
            let at = |place: Option<Place>, index| place.map(|place| Place { clause: index, ..place });
            (edit.before_place, edit.after_place) = (at(edit.before_place, old.index), at(edit.after_place, new.index));
        }
        let similarity = similarity(old.text, new.text);
        change.tier = change.edits.iter().map(|edit| edit.tier).max();
        Change { similarity, ..self.framed(change, Some(old), Some(new)) }
    }

    fn raised(&self, reason: &Reason) -> Tier {
        let light = reason.tier == Tier::Editorial && !self.options.tiers.contains_key(&reason.class);
        if light { Tier::Review } else { reason.tier }
    }

    /// A piece that came, went, or is told as a whole.
    fn whole(&self, relation: Relation, old: Option<&Piece<'_>>, new: Option<&Piece<'_>>, found: Found) -> Change {
        let tier = self.tier(&found);
        let reasons = passage::reasons(std::slice::from_ref(&found), &|found| self.tier(found));
        let text = |piece: Option<&Piece<'_>>| piece.map_or_else(String::new, |piece| piece.text.to_owned());
        let place = |piece: Option<&Piece<'_>>| {
            piece.map(|piece| Place { clause: piece.index, span: Span::new(0, piece.text.len()) })
        };
        let op = match relation {
            Relation::Inserted => Op::Insert,
            Relation::Deleted => Op::Delete,
            _ => Op::Replace,
        };
        let edit = Edit {
            op,
            class: found.class(),
            tier,
            rule: found.rule.id,
            reasons,
            before: text(old),
            after: text(new),
            before_place: place(old),
            after_place: place(new),
        };
        let change = Change {
            relation,
            before: Vec::new(),
            after: Vec::new(),
            moved: false,
            renumbered: false,
            similarity: 0.0,
            tier: Some(tier),
            classes: vec![found.class()],
            edits: vec![edit],
            part: Part::Frame,
            left_out: None,
        };
        self.framed(change, old, new)
    }

    /// A change of pieces left out, in place of clauses.
    fn framed(&self, change: Change, old: Option<&Piece<'_>>, new: Option<&Piece<'_>>) -> Change {
        let piece = |piece: Option<&Piece<'_>>| {
            piece.map(|piece| LeftOut { index: piece.index, why: piece.why, text: piece.text.to_owned() })
        };
        Change {
            before: Vec::new(),
            after: Vec::new(),
            moved: false,
            renumbered: false,
            part: Part::Frame,
            left_out: Some(Pair::new(piece(old), piece(new))),
            ..change
        }
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
fn identifier_rule(old: &str, new: &str) -> Rule {
    let says = |text: &str| {
        text.split_once('(').is_some_and(|(_, inner)| inner.chars().filter(|c| c.is_lowercase()).count() > 3)
    };
    if says(old) != says(new) { rule::LEFT_OUT } else { rule::MASTHEAD }
}

fn is_no_symbol(text: &str) -> bool {
    !is_symbol(text)
}

/// Pieces of both sides that are most alike, by index, in the order of the side before. A single one on each side pairs
/// whatever its words.
fn paired(pieces: &Pair<Vec<Piece<'_>>>, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    if let ([old], [new]) = (old, new) {
        return vec![(*old, *new)];
    }
    let mut scored: Vec<(u64, usize, usize)> = Vec::new();
    for &a in old.iter().take(PAIRED) {
        for &b in new.iter().take(PAIRED) {
            let alike = similarity(pieces.before[a].text, pieces.after[b].text);
            if alike >= 0.3 {
                scored.push(((alike * 1000.0) as u64, a, b));
            }
        }
    }
    scored.sort_by_key(|(alike, a, b)| (std::cmp::Reverse(*alike), *a, *b));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, a, b) in scored {
        if pairs.iter().all(|(old, new)| *old != a && *new != b) {
            pairs.push((a, b));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The share of words that two texts have in common, 0 to 1.
fn similarity(old: &str, new: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let folded = folded_lower(text);
        if folded.chars().any(chars::is_han) {
            return folded.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect();
        }
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (words(old), words(new));
    let common = old.intersection(&new).count();
    let most = old.len().max(new.len()).max(1);
    f64::from(u32::try_from(common * 1000 / most).unwrap_or(0)) / 1000.0
}
