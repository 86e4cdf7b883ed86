//! Accepting and rejecting every change, on the paragraphs themselves.

use super::*;
use crate::change::{self, Options};
use crate::ingest;
use crate::statement::{Clause, Statement};

/// The clauses as paragraphs of text.
fn printed(statement: &Statement) -> Vec<String> {
    let text =
        |clause: &Clause| format!("{}{}{}", clause.label.as_deref().unwrap_or_default(), clause.gap(), clause.text);
    statement.clauses.iter().map(text).collect()
}

/// What is left when everything of one state is taken out: its text, and the ends of its paragraphs.
fn without(paragraphs: &[Paragraph<'_>], state: State) -> Vec<String> {
    let mut out = vec![String::new()];
    for paragraph in paragraphs {
        for piece in paragraph.pieces.iter().filter(|piece| piece.state != state) {
            out.last_mut().expect("a paragraph").push_str(piece.text);
        }
        if paragraph.end != state {
            out.push(String::new());
        }
    }
    assert_eq!(out.pop().as_deref(), Some(""), "a document ends with the end of a paragraph");
    out
}

#[track_caller]
fn holds(before: &str, after: &str) -> (Vec<String>, usize) {
    let read = |text: &str| ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement;
    let sides = [read(before), read(after)];
    let comparison = change::compare(&sides[0], &sides[1], &Options::default());
    let texts = Pair::new(sides[0].clauses.as_slice(), sides[1].clauses.as_slice());
    let paragraphs = flow(&comparison, texts);
    let remarks = Remarks::of(&comparison, &paragraphs, texts);
    let paragraphs = finished(paragraphs);
    assert_eq!(without(&paragraphs, State::Added), printed(&sides[0]), "every change rejected");
    assert_eq!(without(&paragraphs, State::Removed), printed(&sides[1]), "every change accepted");
    assert_eq!(paragraphs.last().map(|last| last.end), Some(State::Kept));
    let pieces = || paragraphs.iter().flat_map(|paragraph| &paragraph.pieces).map(|piece| piece.number);
    for mut placed in [
        pieces().flat_map(|piece| remarks.begins(piece).to_vec()).collect::<Vec<_>>(),
        pieces().flat_map(|piece| remarks.ends(piece).to_vec()).collect::<Vec<_>>(),
    ] {
        placed.sort_unstable();
        assert!(placed.iter().copied().eq(0..remarks.texts.len()), "every remark begins and ends once: {placed:?}");
    }
    (remarks.texts.into_iter().map(|remark| remark.join("\n")).collect(), paragraphs.len())
}

const TEXT: &str = "The Assembly,\n\nRecalling its earlier resolutions,\n\n1. Urges all States to reduce their stocks by 150 units;\n\n2. Requests the Secretariat to report on the matter every year;\n\n3. Decides to remain seized of the matter.\n";

#[test]
fn edits_and_labels() {
    let (remarks, _) = holds(TEXT, &TEXT.replace("150", "105").replace("3. Decides", "4. Decides"));
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].starts_with("substantive: number (operative 1)\nnumber.value"), "{}", remarks[0]);
}

#[test]
fn clauses_at_the_end_and_at_the_beginning() {
    let more = format!("{TEXT}\n4. Invites the Committee to meet in Elmburg.\n\n5. Thanks the host.\n");
    holds(TEXT, &more);
    holds(&more, TEXT);
    holds(
        "Veltria thanks the host of the meeting.\n",
        "A wholly other thing was said, of fish and of salt.\n\nAnd then of bread.\n",
    );
    let (_, paragraphs) = holds(TEXT, TEXT);
    assert_eq!(paragraphs, 5);
}

#[test]
fn a_move_has_a_remark_at_both_ends() {
    let parts: Vec<&str> = TEXT.split("\n\n").collect();
    let moved = [
        parts[0],
        parts[1],
        "1. Requests the Secretariat to report on the matter every year;",
        "2. Urges all States to reduce their stocks by 150 units;",
        parts[4],
    ]
    .join("\n\n");
    let (remarks, _) = holds(TEXT, &moved);
    assert!(remarks.iter().any(|remark| remark.starts_with("To operative ")), "{remarks:?}");
    assert!(remarks.iter().any(|remark| remark.starts_with("From operative ")), "{remarks:?}");
}

#[test]
fn splits_and_merges() {
    let one = "The Sides welcome the report of the Committee on the reduction of arms. They will exchange notifications not later than ten days before each launch.\n\nThey thank the host.\n";
    let two = one.replace("arms. They", "arms.\n\nThey");
    holds(one, &two);
    holds(&two, one);
}
