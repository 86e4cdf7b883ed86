//! From links to changes.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use super::attested::{Attested, Vocabulary};
use super::calls::Notes;
use super::enumerators;
use super::passage::{self, Context, Passage};
use super::renumbering::{self, Renumbering};
use super::rule::{self, Found};
use super::words::Setting;
use super::{Change, Edit, Op, Options, Place, Relation, Tier};
use crate::align::Link;
use crate::diff::{self, EditScript};
use crate::language::{Language, language};
use crate::statement::{Clause, ClauseKind, Frame, Part, Statement, number::label};
use crate::text::{Interner, Pair, Span, Token, TokenId, folded_eq, han_script, tokenize, without_space};

/// Clauses looked at for the one before in a list.
const SIBLINGS: usize = 200;

/// Judges links.
pub(super) struct Judge<'a> {
    pub(super) sides: Pair<&'a Statement>,
    pub(super) languages: Pair<Option<&'static Language>>,
    /// Tokens of the clauses whose texts are compared.
    pub(super) tokens: Pair<Vec<Option<Vec<Token>>>>,
    options: &'a Options,
    /// The link that each clause stands in.
    pub(super) owners: Pair<Vec<usize>>,
    pub(super) links: &'a [Link],
    vocabulary: Vocabulary<'a>,
    renumbering: Renumbering,
    /// The footnotes of either side.
    pub(super) notes: Pair<Notes>,
    /// What counts items inside a sentence matches by these.
    counters: [TokenId; enumerators::COUNTERS.len()],
    /// Whether both sides are adopted texts.
    are_adopted: bool,
    /// Whether one side writes traditional Chinese where the other writes simplified; found when first asked.
    script_switch: OnceLock<bool>,
}

/// Whether one side writes traditional Chinese characters where the other writes simplified ones.
fn switches_script(sides: Pair<&Statement>) -> bool {
    let of = |statement: &Statement| {
        let texts = statement.clauses.iter().map(|clause| han_script(&clause.text));
        texts.fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1))
    };
    let (before, after) = (of(sides.before), of(sides.after));
    (before.0 > before.1 && after.0 < after.1) || (before.0 < before.1 && after.0 > after.1)
}

/// Whether a statement says how it was adopted.
fn is_adopted(statement: &Statement) -> bool {
    statement.clauses.iter().any(|clause| clause.frame == Some(Frame::Adopted))
}

/// Links that a thread takes at a time.
const CHUNK: usize = 64;
/// Links whose texts differ for which another thread is worth its while.
const WORTH: usize = 48;

impl<'a> Judge<'a> {
    pub(super) fn new(
        sides: Pair<&'a Statement>,
        links: &'a [Link],
        mut tokens: Pair<Vec<Option<Vec<Token>>>>,
        mut interner: Interner,
        options: &'a Options,
    ) -> Self {
        let mut owners = sides.map(|statement| vec![usize::MAX; statement.clauses.len()]);
        for (at, link) in links.iter().enumerate() {
            link.before.iter().for_each(|clause| owners.before[*clause] = at);
            link.after.iter().for_each(|clause| owners.after[*clause] = at);
        }
        let languages = sides.map(|statement| statement.language.and_then(language));
        let renumbering = Renumbering::new(sides, links);
        for link in links.iter().filter(|link| is_compared(sides, link)) {
            let mut fill = |clauses: &[usize], own: &Statement, tokens: &mut [Option<Vec<Token>>], language| {
                for &at in clauses {
                    tokens[at].get_or_insert_with(|| tokenize(&own.clauses[at].text, language, &mut interner));
                }
            };
            fill(&link.before, sides.before, &mut tokens.before, languages.before);
            fill(&link.after, sides.after, &mut tokens.after, languages.after);
        }
        Self {
            sides,
            languages,
            tokens,
            options,
            owners,
            links,
            vocabulary: Vocabulary::new(sides, links),
            renumbering,
            notes: sides.map(Notes::new),
            are_adopted: [sides.before, sides.after].iter().all(|side| is_adopted(side)),
            counters: enumerators::COUNTERS.map(|counter| interner.intern(counter)),
            script_switch: OnceLock::new(),
        }
    }

    fn switches_script(&self) -> bool {
        *self.script_switch.get_or_init(|| switches_script(self.sides))
    }

    /// The changes, in the order of the links, and how many comparisons a bound left out. Threads share the links in
    /// pieces; what each says does not depend on the others.
    pub(super) fn changes(&self) -> (Vec<Change>, u64) {
        let compared = self.links.iter().filter(|link| is_compared(self.sides, link)).count();
        let most = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = most.min(compared / WORTH).max(1);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let from = next.fetch_add(CHUNK, Ordering::Relaxed);
                let Some(links) = self.links.get(from..).filter(|links| !links.is_empty()) else { return done };
                let judged: Vec<_> = (from..).take(CHUNK.min(links.len())).map(|at| self.change(at)).collect();
                done.push((from, judged));
            }
        };
        let mut pieces = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut pieces = work();
            for other in others {
                // A panic there is a panic here.
                pieces.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            pieces
        });
        pieces.sort_unstable_by_key(|(from, _)| *from);
        let mut skipped = 0;
        let judged = pieces.into_iter().flat_map(|(_, judged)| judged);
        let changes = judged.map(|(change, left_out)| {
            skipped += left_out;
            change
        });
        (changes.collect(), skipped)
    }

    /// The change of a link, and how many comparisons a bound left out.
    fn change(&self, number: usize) -> (Change, u64) {
        let link = &self.links[number];
        let relation = match (link.before.len(), link.after.len()) {
            (0, _) => Relation::Inserted,
            (_, 0) => Relation::Deleted,
            (1, 1) => Relation::Modified,
            (1, _) => Relation::Split,
            (_, 1) => Relation::Merged,
            _ => Relation::Rearranged,
        };
        match relation {
            Relation::Inserted | Relation::Deleted => (self.alone(link.clone(), relation), 0),
            _ => self.linked(number, relation),
        }
    }

    fn tier(&self, found: &Found) -> Tier {
        self.options.tiers.get(&found.class()).copied().unwrap_or_else(|| found.rule.own_tier())
    }

    fn finish(&self, mut change: Change, mut all: Vec<Found>) -> Change {
        change.tier = all.iter().map(|found| self.tier(found)).max();
        all.sort_by_key(|found| (std::cmp::Reverse(self.tier(found)), std::cmp::Reverse(found.class())));
        for found in all {
            if !change.classes.contains(&found.class()) {
                change.classes.push(found.class());
            }
        }
        change
    }

    /// A clause that only one side has.
    fn alone(&self, link: Link, relation: Relation) -> Change {
        let inserted = relation == Relation::Inserted;
        let at = link.before.first().or(link.after.first()).copied().unwrap_or(0);
        let side = if inserted { self.sides.after } else { self.sides.before };
        let clause = &side.clauses[at];
        let all = whole(clause, inserted, self.are_adopted);
        let reasons = passage::reasons(&all, &|found| self.tier(found));
        let place = Some(Place { clause: at, span: Span::new(0, clause.text.len()) });
        let edit = Edit {
            op: if inserted { Op::Insert } else { Op::Delete },
            class: reasons[0].class,
            tier: reasons[0].tier,
            rule: reasons[0].rule,
            reasons,
            before: if inserted { String::new() } else { clause.text.clone() },
            after: if inserted { clause.text.clone() } else { String::new() },
            before_place: place.filter(|_| !inserted),
            after_place: place.filter(|_| inserted),
        };
        let edits = if clause.text.is_empty() { Vec::new() } else { vec![edit] };
        let change = Change {
            relation,
            before: link.before,
            after: link.after,
            moved: false,
            renumbered: false,
            similarity: 0.0,
            tier: None,
            classes: Vec::new(),
            edits,
            part: clause.part(),
            left_out: None,
        };
        self.finish(change, all)
    }

    /// Clauses on both sides.
    fn linked(&self, number: usize, relation: Relation) -> (Change, u64) {
        let link = self.links[number].clone();
        let (mut all, mut skipped) = (Vec::new(), 0);
        let (first, last) = (link.before[0], link.after[0]);
        let (before, after) = (&self.sides.before.clauses[first], &self.sides.after.clauses[last]);
        let equal = !is_compared(self.sides, &link);
        let mut edits = Vec::new();
        let mut compared = None;
        if !equal {
            let (passages, script) = self.compare(&link);
            let titles = |kind| matches!(kind, ClauseKind::Title | ClauseKind::Heading);
            let context = Context {
                passages: passages.as_ref(),
                languages: self.languages,
                kind: Setting::of(before, after).or(self.names_title(before, after).then_some(Setting::Masthead)),
                is_title: titles(before.kind) && titles(after.kind),
                attested: Attested { vocabulary: &self.vocabulary, link: number },
                renumbering: &self.renumbering,
                switches_script: &|| self.switches_script(),
            };
            let told = passage::differences(&context, &script, &|found| self.tier(found));
            edits = told.edits;
            all.extend(told.found);
            if relation != Relation::Modified {
                all.extend(self.boundaries(&link, relation, &passages, &script));
            }
            skipped = told.skipped;
            compared = Some((passages, script));
        }
        let renumbered = relabelled(before, after);
        match renumbered {
            Label::Same if label_gap(before) != label_gap(after) => all.push(rule::LABEL_SPACE.into()),
            Label::Same => {}
            Label::Variant => all.push(rule::LABEL_FORM.into()),
            // The number of a resolution comes with its adoption.
            Label::Other if before.kind == ClauseKind::Title && after.kind == ClauseKind::Title => {
                all.push(rule::STAGE.into());
            }
            Label::Other => {
                let breaks = !link.moved
                    && !self.in_sequence(true, last)
                    && (self.in_sequence(false, first) || self.is_relabelled_alone(last));
                all.push(if breaks { rule::LABEL_BREAK.into() } else { rule::LABEL.into() });
            }
        }
        if link.moved {
            all.push(self.moved(first, last));
        }
        let hanging = self.hangs(&link, compared.as_ref());
        edits.extend(hanging.iter().map(|found| self.beside(found, &link)));
        let stands = equal && hanging.is_empty();
        all.extend(hanging);
        let similarity = if equal { 1.0 } else { f64::from(link.similarity) / 1000.0 };
        // What only the step to the next stage brings is of the frame wherever it stands: the number before a title.
        let staged = !all.is_empty() && all.iter().all(|found| found.rule == rule::STAGE);
        let change = Change {
            relation: if stands { Relation::Equal } else { relation },
            before: link.before,
            after: link.after,
            moved: link.moved,
            renumbered: renumbered == Label::Other,
            similarity,
            tier: None,
            classes: Vec::new(),
            edits,
            part: if staged { Part::Frame } else { self.part(number) },
            left_out: None,
        };
        (self.finish(change, all), skipped)
    }

    /// An edit of what hangs on the words and is no part of them: it stands behind the last clause and changes no text.
    fn beside(&self, found: &Found, link: &Link) -> Edit {
        let end = |statement: &Statement, clauses: &[usize]| {
            let clause = *clauses.last()?;
            let len = statement.clauses[clause].text.len();
            Some(Place { clause, span: Span::new(len, len) })
        };
        let reasons = passage::reasons(std::slice::from_ref(found), &|found| self.tier(found));
        Edit {
            op: Op::Replace,
            class: found.class(),
            tier: self.tier(found),
            rule: found.rule.id,
            reasons,
            before: String::new(),
            after: String::new(),
            before_place: end(self.sides.before, &link.before),
            after_place: end(self.sides.after, &link.after),
        }
    }

    /// The texts of a link and what turns one into the other.
    fn compare(&self, link: &Link) -> (Pair<Passage>, EditScript) {
        let mut passages = Pair::new(Passage::default(), Passage::default());
        let push = |passage: &mut Passage, clauses: &[usize], own: &Statement, tokens: &[Option<Vec<Token>>]| {
            for &at in clauses {
                passage.push(at, &own.clauses[at].text, tokens[at].as_deref().unwrap_or_default());
            }
        };
        push(&mut passages.before, &link.before, self.sides.before, &self.tokens.before);
        push(&mut passages.after, &link.after, self.sides.after, &self.tokens.after);
        match (&link.before[..], &link.after[..]) {
            ([_], [_]) => {}
            ([_], items) => {
                enumerators::lift(&mut passages.before, items.iter().map(|at| &self.sides.after.clauses[*at]));
            }
            (items, [_]) => {
                enumerators::lift(&mut passages.after, items.iter().map(|at| &self.sides.before.clauses[*at]));
            }
            _ => {}
        }
        enumerators::unify(&mut passages, self.languages, &self.counters);
        let script = diff::diff(passages.before.side(self.languages.before), passages.after.side(self.languages.after));
        (passages, script)
    }

    /// Whether the other boundaries of a split or a merge are the document's, or only the page's.
    fn boundaries(&self, link: &Link, relation: Relation, passages: &Pair<Passage>, script: &EditScript) -> Vec<Found> {
        let split =
            self.is_layout(&link.after, self.sides.after, &link.before, self.sides.before, passages, script, true);
        let merged =
            self.is_layout(&link.before, self.sides.before, &link.after, self.sides.after, passages, script, false);
        let one = |layouts: bool, rule| Found::from(if layouts { rule::LAYOUT } else { rule });
        match relation {
            Relation::Split => vec![one(split, rule::SPLIT)],
            Relation::Merged => vec![one(merged, rule::MERGE)],
            _ => vec![one(split, rule::SPLIT), one(merged, rule::MERGE)],
        }
    }

    /// Whether every boundary between `parts` is in doubt: where it stands, or where the other side joined two lines.
    #[allow(clippy::too_many_arguments, reason = "the two sides in both directions")]
    fn is_layout(
        &self,
        parts: &[usize],
        own: &Statement,
        wholes: &[usize],
        other: &Statement,
        passages: &Pair<Passage>,
        script: &EditScript,
        forward: bool,
    ) -> bool {
        let (mine, theirs) =
            if forward { (&passages.after, &passages.before) } else { (&passages.before, &passages.after) };
        parts.iter().skip(1).zip(mine.boundaries()).all(|(part, boundary)| {
            let clause = &own.clauses[*part];
            if clause.label.is_some() {
                return false;
            }
            let opposite = opposite(mine, theirs, script, boundary, forward);
            let joined = opposite.and_then(|at| theirs.place(&(at..at + 1))).is_some_and(|place| {
                wholes.contains(&place.clause)
                    && other.clauses[place.clause].doubtful_joins.iter().any(|join| join.at == place.span.start)
            });
            clause.begins_in_doubt || joined
        })
    }

    /// Whether one of two lines of the agenda has the item's title beside its number and the other has not, and it is that
    /// of the document.
    fn names_title(&self, before: &Clause, after: &Clause) -> bool {
        if before.frame != Some(Frame::Agenda) || after.frame != Some(Frame::Agenda) {
            return false;
        }
        let (before, after) = (without_space(&before.text), without_space(&after.text));
        let rest = before.strip_prefix(&after).or(after.strip_prefix(&before));
        let mut titles = [self.sides.before, self.sides.after].into_iter().flat_map(|side| &side.clauses);
        rest.is_some_and(|rest| {
            !rest.is_empty()
                && titles.any(|clause| clause.kind == ClauseKind::Title && without_space(&clause.text) == rest)
        })
    }

    /// Whether a clause after has labelled neighbours, and none of them has another label than before.
    fn is_relabelled_alone(&self, at: usize) -> bool {
        let clauses = &self.sides.after.clauses;
        let kept = |at: usize| {
            let link = &self.links[self.owners.after[at]];
            let own = clauses[at].label.as_ref();
            link.before.iter().any(|before| self.sides.before.clauses[*before].label.as_ref() == own)
        };
        let labelled = |at: &usize| clauses[*at].label.is_some();
        let before = (0..at).rev().take(SIBLINGS).find(labelled);
        let after = (at + 1..clauses.len()).take(SIBLINGS).find(labelled);
        before.or(after).is_some() && before.into_iter().chain(after).all(kept)
    }

    /// Whether the label of a clause follows that of the labelled clause before it in the same list, or begins a list.
    fn in_sequence(&self, is_after: bool, at: usize) -> bool {
        let (side, language) = if is_after {
            (self.sides.after, self.languages.after)
        } else {
            (self.sides.before, self.languages.before)
        };
        let own = &side.clauses[at];
        let read = |clause: &Clause| clause.label.as_deref().and_then(|text| label(text, language));
        let Some(this) = read(own) else { return true };
        let sibling =
            side.clauses[..at].iter().rev().take(SIBLINGS).find(|clause| {
                clause.parent == own.parent && clause.component == own.component && clause.label.is_some()
            });
        match sibling.and_then(read) {
            Some(before) => this.follows(&before),
            None => this.readings.is_empty() || this.readings.iter().any(|reading| reading.value == 1),
        }
    }

    /// The part of the document that the clauses of a link stand in: the frame only where all of them do.
    fn part(&self, link: usize) -> Part {
        let link = &self.links[link];
        let before = link.before.iter().map(|at| self.sides.before.clauses[*at].part());
        let after = link.after.iter().map(|at| self.sides.after.clauses[*at].part());
        before.chain(after).max().unwrap_or(Part::Body)
    }
}

/// Whether the texts of a link stand on both sides and differ.
pub(super) fn is_compared(sides: Pair<&Statement>, link: &Link) -> bool {
    match (&link.before[..], &link.after[..]) {
        ([], _) | (_, []) => false,
        ([before], [after]) => sides.before.clauses[*before].text != sides.after.clauses[*after].text,
        _ => true,
    }
}

/// The byte of the other passage that matches the token at byte `at` of this one.
fn opposite(mine: &Passage, theirs: &Passage, script: &EditScript, at: usize, forward: bool) -> Option<usize> {
    let token = mine.tokens.binary_search_by_key(&at, |token| token.span.start as usize).ok()?;
    let mut shift: isize = 0;
    for hunk in &script.hunks {
        let (own, other) = if forward { (&hunk.after, &hunk.before) } else { (&hunk.before, &hunk.after) };
        if own.contains(&token) {
            return None;
        }
        if own.end > token {
            break;
        }
        shift += other.len() as isize - own.len() as isize;
    }
    theirs.tokens.get(token.checked_add_signed(shift)?).map(|token| token.span.start as usize)
}

/// The classes of a clause that only one side has. `stays` says that both sides are adopted texts.
fn whole(clause: &Clause, inserted: bool, stays: bool) -> Vec<Found> {
    let own = if inserted { rule::INSERT } else { rule::DELETE };
    let rules = match clause.kind {
        // Between two adopted texts no step lies that would bring such a line.
        _ if clause.frame == Some(Frame::Adopted) && stays => vec![own],
        _ if matches!(clause.frame, Some(Frame::Draft | Frame::Adopted)) => vec![rule::STAGE],
        ClauseKind::Masthead => vec![rule::MASTHEAD],
        ClauseKind::Note => vec![rule::NOTE],
        ClauseKind::Signature => vec![own, rule::SIGNATORY_WHOLE],
        ClauseKind::Dateline => vec![own, rule::CLOSING_WHOLE],
        _ if !clause.text.chars().any(char::is_alphanumeric) && clause.label.is_none() => vec![rule::LINE],
        _ => vec![own],
    };
    rules.into_iter().map(Found::from).collect()
}

/// How two labels differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Same,
    /// The same number or a bullet of another form: of the page, not of the text.
    Variant,
    Other,
}

/// Bytes between the label of a clause and its text.
fn label_gap(clause: &Clause) -> u32 {
    let label = clause.label.as_ref().map_or(0, |label| u32::try_from(label.len()).unwrap_or(u32::MAX));
    clause.source_offset(0).saturating_sub(clause.span.start.saturating_add(label))
}

fn relabelled(before: &Clause, after: &Clause) -> Label {
    if before.label == after.label {
        return Label::Same;
    }
    let plain = |label: &Option<String>| renumbering::plain(label.as_deref().unwrap_or(""));
    let (old, new) = (plain(&before.label), plain(&after.label));
    if folded_eq(&old, &new) { Label::Variant } else { Label::Other }
}
