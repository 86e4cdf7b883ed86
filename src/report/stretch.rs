//! The clauses of a change as one text with its edits in it, for every format that shows text.

use crate::change::{Change, Edit, LeftOutPiece};
use crate::statement::{Clause, ClauseIndex};
use crate::text::{Pair, Side, chars};

/// A stretch of the text of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    /// Text of both sides.
    Same(&'a str),
    /// Text before, with the index of its edit; none where the whole clause went.
    Removed(&'a str, Option<usize>),
    /// Text after, likewise.
    Added(&'a str, Option<usize>),
    /// A clause ended here before, and no longer does.
    Joined,
    /// A clause ends here after, and did not before.
    Parted,
    /// Unchanged text that is not shown; words stand apart from it.
    Gap,
}

impl<'a> Stretch<'a> {
    /// Text of one side, with the index of its edit; none where the whole clause stands on that side only.
    pub(super) const fn of(side: Side, text: &'a str, edit: Option<usize>) -> Self {
        match side {
            Side::Before => Self::Removed(text, edit),
            Side::After => Self::Added(text, edit),
        }
    }

    /// The end of a clause that is one on a side only.
    const fn boundary(side: Side) -> Self {
        match side {
            Side::Before => Self::Joined,
            Side::After => Self::Parted,
        }
    }
}

/// The stretches of a change in the order of the text.
pub(super) fn stretches<'a>(change: &'a Change, texts: Pair<&'a [Clause]>) -> Vec<Stretch<'a>> {
    if let Some(pieces) = &change.left_out {
        return left_out(change, pieces);
    }
    let text = |side: Side, at: ClauseIndex| at.of(texts[side]).map_or("", |clause| clause.text.as_str());
    if let Some(side) = Side::ALL.into_iter().find(|side| change.clauses[side.other()].is_empty()) {
        let whole = change.clauses[side].iter().map(|at| Stretch::of(side, text(side, *at), None));
        return between(whole, Stretch::boundary(side));
    }
    let ends = change.clauses.after.iter().scan(0, |end, at| {
        *end += text(Side::After, *at).len();
        Some(*end)
    });
    let mut walk = Walk { out: Vec::new(), written: 0, ends: ends.take(change.clauses.after.len() - 1).collect() };
    for (number, clause) in change.clauses.before.iter().enumerate() {
        if number > 0 {
            walk.out.push(Stretch::Joined);
        }
        walk.clause(
            text(Side::Before, *clause),
            change
                .edits
                .iter()
                .enumerate()
                .filter(|(_, edit)| edit.places.before.is_some_and(|place| place.clause == *clause)),
        );
    }
    walk.out
}

/// The stretches of a change of what a reader left out.
fn left_out<'a>(change: &'a Change, pieces: &'a Pair<Option<LeftOutPiece>>) -> Vec<Stretch<'a>> {
    match (&pieces.before, &pieces.after) {
        (Some(before), Some(_)) => {
            let mut walk = Walk { out: Vec::new(), written: 0, ends: Vec::new() };
            walk.clause(&before.text, change.edits.iter().enumerate());
            walk.out
        }
        (Some(before), None) => vec![Stretch::Removed(&before.text, None)],
        (None, Some(after)) => vec![Stretch::Added(&after.text, None)],
        (None, None) => Vec::new(),
    }
}

fn between<'a>(stretches: impl Iterator<Item = Stretch<'a>>, mark: Stretch<'a>) -> Vec<Stretch<'a>> {
    let mut out = Vec::new();
    for stretch in stretches {
        if !out.is_empty() {
            out.push(mark);
        }
        out.push(stretch);
    }
    out
}

/// Writes stretches and counts the bytes of the text after, to see where its clauses end.
struct Walk<'a> {
    out: Vec<Stretch<'a>>,
    written: usize,
    /// Ends of the clauses after, but for the last, as bytes of their texts one behind the other.
    ends: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn clause(&mut self, text: &'a str, edits: impl Iterator<Item = (usize, &'a Edit)>) {
        let mut at = 0;
        for (number, edit) in edits {
            let Some(span) = edit.places.before.map(|place| place.span.range()) else { continue };
            self.after(text.get(at..span.start).unwrap_or_default(), Stretch::Same);
            if !edit.texts.before.is_empty() {
                self.out.push(Stretch::Removed(&edit.texts.before, Some(number)));
            }
            self.after(&edit.texts.after, |text| Stretch::Added(text, Some(number)));
            at = span.end;
        }
        self.after(text.get(at..).unwrap_or_default(), Stretch::Same);
    }

    /// Writes text of the side after, cut where one of its clauses ends.
    fn after(&mut self, mut text: &'a str, kind: impl Fn(&'a str) -> Stretch<'a>) {
        while let Some(end) = self.ends.first().copied().filter(|end| *end <= self.written + text.len()) {
            let (head, rest) = text.split_at_checked(end.saturating_sub(self.written)).unwrap_or((text, ""));
            if !head.is_empty() {
                self.out.push(kind(head));
            }
            self.out.push(Stretch::Parted);
            self.written += head.len();
            self.ends.remove(0);
            text = rest;
        }
        if !text.is_empty() {
            self.out.push(kind(text));
            self.written += text.len();
        }
    }
}

/// The stretches with long unchanged ones shortened to what stands near an edit, up to so many columns on each side.
pub(super) fn shortened<'a>(stretches: &[Stretch<'a>], context: usize) -> Vec<Stretch<'a>> {
    let edited = stretches.iter().any(|stretch| !matches!(stretch, Stretch::Same(_)));
    let mut out = Vec::with_capacity(stretches.len());
    for (at, stretch) in stretches.iter().enumerate() {
        match *stretch {
            Stretch::Same(text) if edited => same(&mut out, text, at == 0, at + 1 == stretches.len(), context),
            Stretch::Same(text) => same(&mut out, text, false, true, context),
            other => out.push(other),
        }
    }
    out
}

/// Unchanged text: its beginning unless it is the first stretch, its end unless it is the last.
fn same<'a>(out: &mut Vec<Stretch<'a>>, text: &'a str, first: bool, last: bool, context: usize) {
    let (head, tail) = (head(text, context), tail(text, context));
    let wanted = if first || last { context } else { 2 * context };
    if text.len() <= wanted || columns(text) <= wanted + 8 || head.len() + tail.len() >= text.len() {
        out.push(Stretch::Same(text));
        return;
    }
    if !first {
        out.push(Stretch::Same(head));
    }
    out.push(Stretch::Gap);
    if !last {
        out.push(Stretch::Same(tail));
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| usize::from(chars::columns(c))).sum()
}

/// The first words of a text.
fn head(text: &str, context: usize) -> &str {
    let end = cut(text.char_indices(), context);
    let head = &text[..end.unwrap_or(text.len())];
    match head.rfind(' ') {
        Some(space) if space > head.len() / 2 && end.is_some() => &head[..space],
        _ => head,
    }
}

/// The last words of a text.
fn tail(text: &str, context: usize) -> &str {
    let start = cut(text.char_indices().rev().map(|(at, c)| (at + c.len_utf8(), c)), context);
    let tail = &text[start.unwrap_or(0)..];
    match tail.find(' ') {
        Some(space) if space < tail.len() / 2 && start.is_some() => &tail[space + 1..],
        _ => tail,
    }
}

/// Where the characters begin to take more columns than are kept.
fn cut(found: impl Iterator<Item = (usize, char)>, context: usize) -> Option<usize> {
    let mut used = 0;
    for (at, c) in found {
        used += usize::from(chars::columns(c));
        if used > context {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::change::{Class, Op, Place, Relation, Tier};
    use crate::text::Span;

    const CONTEXT: usize = 48;

    /// A clause of this text and nothing else.
    pub(in crate::report) fn clause(text: &str) -> Clause {
        Clause {
            kind: crate::statement::ClauseKind::Paragraph,
            label: None,
            parent: None,
            component: None,
            address: String::new(),
            text: text.to_owned(),
            span: Span::default(),
            map: Vec::new(),
            begins_in_doubt: false,
            doubtful_joins: Vec::new(),
            notes: Vec::new(),
            note_places: Vec::new(),
            columns: Vec::new(),
            frame: None,
            signature: None,
        }
    }

    /// A change of clauses by their numbers.
    pub(in crate::report) fn change(relation: Relation, before: &[usize], after: &[usize], edits: Vec<Edit>) -> Change {
        Change {
            relation,
            clauses: Pair::new(before, after).map(|numbers| numbers.iter().map(|at| ClauseIndex::new(*at)).collect()),
            moved: false,
            renumbered: false,
            similarity: 0.5,
            tier: Some(Tier::Review),
            classes: Vec::new(),
            edits,
            part: crate::statement::Part::Body,
            left_out: None,
        }
    }

    /// An edit at a byte of a clause on both sides.
    pub(in crate::report) fn edit(before: &str, after: &str, clause: usize, at: usize) -> Edit {
        let texts = Pair::new(before, after);
        Edit {
            op: Op::Replace,
            class: Class::Wording,
            tier: Tier::Review,
            rule: "",
            reasons: Vec::new(),
            texts: texts.map(str::to_owned),
            places: texts
                .map(|text| Some(Place { clause: ClauseIndex::new(clause), span: Span::new(at, at + text.len()) })),
        }
    }

    #[test]
    fn edits_stand_in_the_text() {
        let (before, after) = ([clause("keep 150 posts")], [clause("keep 105 posts")]);
        let change = change(Relation::Modified, &[0], &[0], vec![edit("150", "105", 0, 5)]);
        let expected = [
            Stretch::Same("keep "),
            Stretch::Removed("150", Some(0)),
            Stretch::Added("105", Some(0)),
            Stretch::Same(" posts"),
        ];
        assert_eq!(stretches(&change, Pair::new(&before, &after)), expected);
    }

    #[test]
    fn boundaries_of_clauses_are_told() {
        let (one, two) = ([clause("one. two.")], [clause("one."), clause("two.")]);
        let split = change(Relation::Split, &[0], &[0, 1], vec![edit(" ", "", 0, 4)]);
        let expected = [Stretch::Same("one."), Stretch::Parted, Stretch::Removed(" ", Some(0)), Stretch::Same("two.")];
        assert_eq!(stretches(&split, Pair::new(&one, &two)), expected);
        let merged = change(Relation::Merged, &[0, 1], &[0], vec![edit("", " ", 0, 4)]);
        let expected = [Stretch::Same("one."), Stretch::Added(" ", Some(0)), Stretch::Joined, Stretch::Same("two.")];
        assert_eq!(stretches(&merged, Pair::new(&two, &one)), expected);
        let inserted = change(Relation::Inserted, &[], &[0], Vec::new());
        assert_eq!(stretches(&inserted, Pair::new(&[], &one)), [Stretch::Added("one. two.", None)]);
    }

    #[test]
    fn places_out_of_the_text_do_no_harm() {
        let (before, after) = ([clause("é")], [clause("e")]);
        let change = change(Relation::Modified, &[0, 7], &[0], vec![edit("x", "y", 0, 1), edit("x", "y", 0, 40)]);
        stretches(&change, Pair::new(&before, &after));
    }

    #[test]
    fn long_stretches_are_shortened() {
        let long = "word ".repeat(100);
        let (head, tail) = (head(&long, CONTEXT), tail(&long, CONTEXT));
        assert!(long.starts_with(head) && head.ends_with("word") && columns(head) <= CONTEXT, "{head:?}");
        assert!(long.ends_with(tail) && tail.starts_with("word") && columns(tail) <= CONTEXT, "{tail:?}");
        let han = "文".repeat(100);
        assert_eq!(super::head(&han, CONTEXT).chars().count(), CONTEXT / 2);
    }
}
