//! From links to changes.

use super::comparison::{Change, Edit, Op, Place};
use super::context::Context;
use super::differences::{differences, reasons};
use super::enumerators;
use super::judge::Judge;
use super::kind::Relation;
use super::passage::Passage;
use super::references;
use super::rule::{self, RuleFinding};
use super::setting::Setting;
use super::word_index::OtherClauses;
use crate::align::Link;
use crate::diff::{self, EditScript};
use crate::statement::{Clause, ClauseIndex, ClauseKind, Frame, Part, number::label};
use crate::text::{Interner, Pair, Side, Span, folded_eq, tokenize, without_space};

/// Clauses looked at for the one before in a list.
const SIBLINGS: usize = 200;

/// Links that a thread takes at a time.
const CHUNK: usize = 64;
/// Links whose texts differ for which another thread is worth its while.
const WORTH: usize = 48;

impl Judge<'_> {
    /// The changes, in the order of the links, and how many comparisons a bound left out. Threads share the links in
    /// pieces; what each says does not depend on the others.
    pub(super) fn changes(&self) -> (Vec<Change>, u64) {
        let compared = self.links.iter().filter(|link| link.differs(self.sides)).count();
        let starts: Vec<usize> = (0..self.links.len()).step_by(CHUNK).collect();
        let judged = self.options.execution.up_to(compared / WORTH).map(&starts, |start| {
            let end = self.links.len().min(start + CHUNK);
            (*start..end).map(|number| self.change(number)).collect::<Vec<_>>()
        });
        let mut skipped = 0;
        let changes = judged.into_iter().flatten().map(|(change, left_out)| {
            skipped += left_out;
            change
        });
        (changes.collect(), skipped)
    }

    /// The change of a link, and how many comparisons a bound left out.
    fn change(&self, number: usize) -> (Change, u64) {
        let link = &self.links[number];
        let relation = match (link.clauses.before.len(), link.clauses.after.len()) {
            (0, _) => return (self.alone(link, Side::After), 0),
            (_, 0) => return (self.alone(link, Side::Before), 0),
            (1, 1) => Relation::Modified,
            (1, _) => Relation::Split,
            (_, 1) => Relation::Merged,
            _ => Relation::Rearranged,
        };
        self.linked(number, relation)
    }

    fn finish(&self, mut change: Change, mut all: Vec<RuleFinding>) -> Change {
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
    fn alone(&self, link: &Link, side: Side) -> Change {
        let at = link.clauses[side][0];
        let clause = &self.sides[side].clauses[at];
        let all = whole(clause, side, self.are_adopted);
        let reasons = reasons(&all, &|found| self.tier(found));
        let (mut texts, mut places) = (Pair::default(), Pair::default());
        texts[side] = clause.text.clone();
        places[side] = Some(Place { clause: at, span: Span::new(0, clause.text.len()) });
        let (op, relation) = match side {
            Side::Before => (Op::Delete, Relation::Deleted),
            Side::After => (Op::Insert, Relation::Inserted),
        };
        let edit =
            Edit { op, class: reasons[0].class, tier: reasons[0].tier, rule: reasons[0].rule, reasons, texts, places };
        let edits = if clause.text.is_empty() { Vec::new() } else { vec![edit] };
        let change = Change {
            relation,
            clauses: link.clauses.clone(),
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
        let first = link.clauses.as_ref().map(|clauses| clauses[0]);
        let clauses = self.sides.zip(first).map(|(side, at)| &side.clauses[at]);
        let Pair { before, after } = clauses;
        let equal = !link.differs(self.sides);
        let mut edits = Vec::new();
        let mut compared = None;
        if !equal {
            let (passages, script) = self.compare(&link);
            let context = Context {
                passages: passages.as_ref(),
                languages: self.languages,
                kind: Setting::of(clauses).or(self.names_title(clauses).then_some(Setting::Masthead)),
                is_title: clauses.iter().all(|clause| matches!(clause.kind, ClauseKind::Title | ClauseKind::Heading)),
                attested: OtherClauses { vocabulary: &self.vocabulary, link: number },
                references: &self.references,
                switches_script: &|| self.switches_script(),
            };
            let told = differences(&context, &script, &|found| self.tier(found));
            edits = told.edits;
            all.extend(told.found);
            if relation != Relation::Modified {
                all.extend(self.boundaries(&link, relation, &passages, &script));
            }
            skipped = told.skipped;
            compared = Some((passages, script));
        }
        let renumbered = relabelled(clauses);
        match renumbered {
            Label::Same if label_gap(before) != label_gap(after) => all.push(rule::LABEL_SPACE.into()),
            Label::Same => {}
            Label::Variant => all.push(rule::LABEL_FORM.into()),
            // The number of a resolution comes with its adoption.
            Label::Other if before.kind == ClauseKind::Title && after.kind == ClauseKind::Title => {
                all.push(rule::STAGE.into());
            }
            Label::Other => {
                let in_sequence = |side| self.in_sequence(side, first[side]);
                let breaks = !link.moved
                    && !in_sequence(Side::After)
                    && (in_sequence(Side::Before) || self.is_relabelled_alone(first.after));
                all.push(if breaks { rule::LABEL_BREAK.into() } else { rule::LABEL.into() });
            }
        }
        if link.moved {
            all.push(self.moved(first));
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
            clauses: link.clauses,
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
    fn beside(&self, found: &RuleFinding, link: &Link) -> Edit {
        let ends = self.sides.zip(link.clauses.as_ref()).map(|(side, clauses)| {
            let clause = *clauses.last()?;
            let len = side.clauses[clause].text.len();
            Some(Place { clause, span: Span::new(len, len) })
        });
        let reasons = reasons(std::slice::from_ref(found), &|found| self.tier(found));
        Edit {
            op: Op::Replace,
            class: found.class(),
            tier: self.tier(found),
            rule: found.rule.id,
            reasons,
            texts: Pair::default(),
            places: ends,
        }
    }

    /// The texts of a link on a side with their tokens. Clauses that are equal have none yet, and are taken apart by
    /// themselves: their words can't be compared by number.
    pub(super) fn passage(&self, link: &Link, side: Side) -> Passage {
        let mut passage = Passage::default();
        for &at in &link.clauses[side] {
            let text = &self.sides[side].clauses[at].text;
            match self.tokens[side][at].as_deref() {
                Some(tokens) => passage.push(at, text, tokens),
                None => passage.push(at, text, &tokenize(text, self.languages[side], &mut Interner::new())),
            }
        }
        passage
    }

    /// The texts of a link and what turns one into the other.
    fn compare(&self, link: &Link) -> (Pair<Passage>, EditScript) {
        let mut passages = Pair::from_fn(|side| self.passage(link, side));
        for (side, clauses) in link.clauses.as_ref().each() {
            let items = &link.clauses[side.other()];
            // One clause that was split, or into which several were merged.
            if clauses.len() == 1 && items.len() > 1 {
                let items = items.iter().map(|at| &self.sides[side.other()].clauses[*at]);
                enumerators::lift(&mut passages[side], items);
            }
        }
        enumerators::unify(&mut passages, self.languages, &self.counters);
        let texts = passages.as_ref().zip(self.languages).map(|(passage, language)| passage.token_text(language));
        let script = diff::diff(texts);
        (passages, script)
    }

    /// Whether the other boundaries of a split or a merge are the document's, or only the page's.
    fn boundaries(
        &self,
        link: &Link,
        relation: Relation,
        passages: &Pair<Passage>,
        script: &EditScript,
    ) -> Vec<RuleFinding> {
        let of_parts = |side, rule| {
            let is_layout = self.is_layout(link, side, passages, script);
            RuleFinding::from(if is_layout { rule::LAYOUT } else { rule })
        };
        let split = || of_parts(Side::After, rule::SPLIT);
        let merged = || of_parts(Side::Before, rule::MERGE);
        match relation {
            Relation::Split => vec![split()],
            Relation::Merged => vec![merged()],
            _ => vec![split(), merged()],
        }
    }

    /// Whether every boundary between the clauses of a side is in doubt: where it stands, or where the other side joined
    /// two lines.
    fn is_layout(&self, link: &Link, side: Side, passages: &Pair<Passage>, script: &EditScript) -> bool {
        let (parts, wholes) = (&link.clauses[side], &link.clauses[side.other()]);
        let (mine, theirs) = (&passages[side], &passages[side.other()]);
        parts.iter().skip(1).zip(mine.boundaries()).all(|(part, boundary)| {
            let clause = &self.sides[side].clauses[*part];
            if clause.label.is_some() {
                return false;
            }
            let opposite = opposite(passages, script, side, boundary);
            let joined = opposite.and_then(|at| theirs.place(&(at..at + 1))).is_some_and(|place| {
                let joins = &self.sides[side.other()].clauses[place.clause].doubtful_joins;
                wholes.contains(&place.clause) && joins.iter().any(|join| join.at == place.span.start)
            });
            clause.begins_in_doubt || joined
        })
    }

    /// Whether one of two lines of the agenda has the item's title beside its number and the other has not, and it is that
    /// of the document.
    fn names_title(&self, lines: Pair<&Clause>) -> bool {
        if !lines.iter().all(|clause| clause.frame == Some(Frame::Agenda)) {
            return false;
        }
        let Pair { before, after } = lines.map(|clause| without_space(&clause.text));
        let rest = before.strip_prefix(&after).or(after.strip_prefix(&before));
        let mut titles = self.sides.into_iter().flat_map(|side| &side.clauses);
        rest.is_some_and(|rest| {
            !rest.is_empty()
                && titles.any(|clause| clause.kind == ClauseKind::Title && without_space(&clause.text) == rest)
        })
    }

    /// Whether a clause after has labelled neighbours, and none of them has another label than before.
    fn is_relabelled_alone(&self, at: ClauseIndex) -> bool {
        let clauses = &self.sides.after.clauses;
        let kept = |at: ClauseIndex| {
            let link = &self.links[self.references.owners.after[at]];
            let own = clauses[at].label.as_ref();
            link.clauses.before.iter().any(|before| self.sides.before.clauses[*before].label.as_ref() == own)
        };
        let labelled = |at: &ClauseIndex| clauses[*at].label.is_some();
        let before = ClauseIndex::range(0..at.get()).rev().take(SIBLINGS).find(labelled);
        let after = ClauseIndex::range(at.get() + 1..clauses.len()).take(SIBLINGS).find(labelled);
        before.or(after).is_some() && before.into_iter().chain(after).all(kept)
    }

    /// Whether the label of a clause follows that of the labelled clause before it in the same list, or begins a list.
    fn in_sequence(&self, side: Side, at: ClauseIndex) -> bool {
        let clauses = &self.sides[side].clauses;
        let own = &clauses[at];
        let read = |clause: &Clause| label(clause.label.as_deref()?, self.languages[side]);
        let Some(this) = read(own) else { return true };
        let sibling =
            clauses[..at.get()].iter().rev().take(SIBLINGS).find(|clause| {
                clause.parent == own.parent && clause.component == own.component && clause.label.is_some()
            });
        match sibling.and_then(read) {
            Some(before) => this.follows(&before),
            None => this.readings.is_empty() || this.readings.iter().any(|reading| reading.value == 1),
        }
    }

    /// The part of the document that the clauses of a link stand in: the frame only where all of them do.
    fn part(&self, link: usize) -> Part {
        let sides = self.sides.zip(self.links[link].clauses.as_ref());
        let parts = sides.into_iter().flat_map(|(side, clauses)| clauses.iter().map(|at| side.clauses[*at].part()));
        parts.max().unwrap_or(Part::Body)
    }
}

/// The byte of the other passage that matches the token at byte `at` of that of a side.
fn opposite(passages: &Pair<Passage>, script: &EditScript, side: Side, at: usize) -> Option<usize> {
    let tokens = passages.as_ref().map(|passage| &passage.tokens);
    let token = tokens[side].binary_search_by_key(&at, |token| token.span.start as usize).ok()?;
    tokens[side.other()].get(diff::counterpart(&script.hunks, side, token)?).map(|token| token.span.start as usize)
}

/// The classes of a clause that only one side has. `are_adopted` says that both sides are adopted texts.
fn whole(clause: &Clause, side: Side, are_adopted: bool) -> Vec<RuleFinding> {
    let own = match side {
        Side::Before => rule::DELETE,
        Side::After => rule::INSERT,
    };
    let rules = match clause.kind {
        // Between two adopted texts no step lies that would bring such a line.
        _ if clause.frame == Some(Frame::Adopted) && are_adopted => vec![own],
        _ if matches!(clause.frame, Some(Frame::Draft | Frame::Adopted)) => vec![rule::STAGE],
        ClauseKind::Masthead => vec![rule::MASTHEAD],
        ClauseKind::Note => vec![rule::NOTE],
        ClauseKind::Signature => vec![own, rule::SIGNATORY_WHOLE],
        ClauseKind::Dateline => vec![own, rule::CLOSING_WHOLE],
        _ if !clause.text.chars().any(char::is_alphanumeric) && clause.label.is_none() => vec![rule::LINE],
        _ => vec![own],
    };
    rules.into_iter().map(RuleFinding::from).collect()
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

/// How the labels of two clauses differ.
fn relabelled(clauses: Pair<&Clause>) -> Label {
    let labels = clauses.map(|clause| clause.label.as_deref());
    if labels.is_same() {
        return Label::Same;
    }
    let plain = labels.map(|label| references::plain(label.unwrap_or_default()));
    if folded_eq(&plain.before, &plain.after) { Label::Variant } else { Label::Other }
}
