//! Which clauses before correspond to which clauses after.
//!
//! 1. Clauses with equal match keys are candidates at once, and are never tokenised (`anchor`).
//! 2. The rest are tokenised; rare features in common name their candidates (`similarity`).
//! 3. The heaviest chain of candidates that ascends on both sides stays in place (`chain`); what is left over pairs by
//!    mutual best choice, and has moved.
//! 4. Clauses still alone join a link that leaves their words over: splits and merges (`split_merge`).
//!
//! Every weight is a whole number and every tie is broken by the order of the text, so no machine and no number of
//! threads changes a result. The two texts are put into a fixed order first and the result is turned back, so swapping
//! them inverts it. Time is linear in the text but for sorting; candidates are bounded for each clause, and what a bound
//! leaves out is counted.
//!
//! Masthead, notes, footnotes, signatures and date lines are each aligned among themselves: a page foot may put them
//! anywhere among the paragraphs.

mod anchor;
mod chain;
mod gaps;
mod link;
mod similarity;
mod split_merge;
mod work;

pub(crate) use chain::{Rung, heaviest};
pub(crate) use link::{ClauseTokens, Link, Outcome};
pub(crate) use work::Group;

use crate::execution::Execution;
use crate::statement::{ClauseIndex, PerClause, Statement};
use crate::text::{Interner, Pair, tokenize};
use work::{Candidate, Work};

/// Aligns two statements.
///
/// Near-linear in the clauses: a bounded number of candidates for each.
#[must_use]
pub(crate) fn align(sides: Pair<&Statement>, execution: Execution) -> Outcome {
    let swapped = out_of_order(sides);
    let mut outcome = align_ordered(if swapped { sides.invert() } else { sides }, execution);
    if swapped {
        for link in &mut outcome.links {
            link.clauses = std::mem::take(&mut link.clauses).invert();
        }
        outcome.tokens = std::mem::take(&mut outcome.tokens).invert();
    }
    in_order(&mut outcome.links, sides.before.clauses.len());
    outcome
}

/// Whether the sides must be swapped to stand in the fixed order: by their texts, then by their labels.
fn out_of_order(sides: Pair<&Statement>) -> bool {
    let Pair { before, after } = sides.map(|statement| statement.clauses.iter());
    let by_text = before.clone().map(|clause| &clause.text).cmp(after.clone().map(|clause| &clause.text));
    by_text.then_with(|| before.map(|clause| &clause.label).cmp(after.map(|clause| &clause.label))).is_gt()
}

fn align_ordered(sides: Pair<&Statement>, execution: Execution) -> Outcome {
    let mut work = Work::new(sides, execution);
    let mut candidates = anchor::candidates(&mut work);
    let settled = anchor::settled(&work, &candidates);
    let mut interner = Interner::new();
    let tokens = tokenise_rest(sides, &settled, &mut interner);
    let features = similarity::Features::new(&work, &tokens, &mut interner);
    candidates.extend(features.candidates(&mut work));
    chain::settle(&mut work, &mut candidates);
    let kept = chain::kept(&work);
    let mut links = one_to_one(&work, &kept, &candidates);
    split_merge::join(&work, &features, &kept, &mut links);
    gaps::fill(&mut work, &tokens, &kept, &mut links);
    Outcome { links, skipped: work.skipped, tokens, interner }
}

/// Tokens of the clauses that no equal clause settles.
fn tokenise_rest(
    sides: Pair<&Statement>,
    settled: &Pair<PerClause<bool>>,
    interner: &mut Interner,
) -> Pair<ClauseTokens> {
    sides.zip(settled.as_ref()).map(|(statement, settled)| {
        let language = statement.known_language();
        let clauses = statement.clauses.iter().zip(settled);
        clauses.map(|(clause, settled)| (!settled).then(|| tokenize(&clause.text, language, interner))).collect()
    })
}

/// Links of the pairs found, and of each clause that has none.
fn one_to_one(work: &Work<'_>, kept: &PerClause<bool>, candidates: &[Candidate]) -> Vec<Link> {
    let mut links = Vec::with_capacity(work.clauses.before.len().max(work.clauses.after.len()));
    let mut similarity = PerClause::filled(0, work.clauses.before.len());
    for &Candidate { clauses: Pair { before, after }, similarity: own, .. } in candidates {
        if work.partner.before[before] == Some(after) {
            similarity[before] = own.max(similarity[before]);
        }
    }
    for (before, partner) in work.partner.before.each() {
        let moved = partner.is_some() && !kept[before];
        let clauses = Pair::new(vec![before], partner.iter().copied().collect());
        links.push(Link { clauses, moved, similarity: similarity[before] });
    }
    let alone = work.partner.after.each().filter(|(_, partner)| partner.is_none());
    links.extend(alone.map(|(after, _)| Link {
        clauses: Pair::new(Vec::new(), vec![after]),
        moved: false,
        similarity: 0,
    }));
    links
}

/// Puts links in the order of the after side, deleted clauses behind the link of the clause before them.
fn in_order(links: &mut [Link], clauses_before: usize) {
    // For each clause before: where the nearest linked one above it stands after; nothing where none is.
    let mut places: PerClause<Option<ClauseIndex>> = PerClause::filled(None, clauses_before);
    for link in links.iter() {
        if let Some(&first) = link.clauses.after.first() {
            link.clauses.before.iter().for_each(|before| places[*before] = Some(first));
        }
    }
    let mut above = None;
    for at in places.indices() {
        let own = places[at];
        places[at] = above;
        above = own.or(above);
    }
    // Behind the link at the same place after, deleted clauses stand in their own order.
    links.sort_by_key(|link| match (link.clauses.after.first(), link.clauses.before.first()) {
        (Some(&after), _) => (Some(after), None),
        (None, before) => (before.and_then(|before| places[*before]), before.copied()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    fn read(text: &str) -> Statement {
        ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text").statement
    }

    fn numbers(clauses: &[ClauseIndex]) -> Vec<usize> {
        clauses.iter().map(|at| at.get()).collect()
    }

    fn links(before: &str, after: &str) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
        let statements = Pair::new(read(before), read(after));
        let links = align(statements.as_ref(), Execution::Sequential).links.into_iter();
        links.map(|link| (numbers(&link.clauses.before), numbers(&link.clauses.after), link.moved)).collect()
    }

    const A: &str = "The Sides reaffirm their commitment to the treaty on the reduction of arms.";
    const B: &str = "They will exchange notifications of launches not later than ten days before each launch.";
    const C: &str = "They call upon all States to refrain from placing weapons in outer space.";
    const D: &str = "Military hotlines between the ministries of defence remain open at all times.";

    fn text(clauses: &[&str]) -> String {
        clauses.join("\n\n")
    }

    #[test]
    fn keeps_equal_clauses_and_tells_moves() {
        assert_eq!(
            links(&text(&[A, B, C, D]), &text(&[A, B, C, D])),
            (0..4).map(|at| (vec![at], vec![at], false)).collect::<Vec<_>>()
        );
        let moved: Vec<_> =
            links(&text(&[A, B, C, D]), &text(&[C, A, B, D])).into_iter().filter(|link| link.2).collect();
        assert_eq!(moved, [(vec![2], vec![0], true)]);
    }

    #[test]
    fn tells_inserted_and_deleted_clauses() {
        assert_eq!(
            links(&text(&[A, B, D]), &text(&[A, C, D])),
            [(vec![0], vec![0], false), (vec![1], vec![], false), (vec![], vec![1], false), (vec![2], vec![2], false)]
        );
    }

    #[test]
    fn joins_what_was_split_and_splits_what_was_joined() {
        let both = format!("{B} {C}");
        assert_eq!(links(&text(&[A, &both, D]), &text(&[A, B, C, D]))[1], (vec![1], vec![1, 2], false));
        assert_eq!(links(&text(&[A, B, C, D]), &text(&[A, &both, D]))[1], (vec![1, 2], vec![1], false));
    }

    #[test]
    fn the_number_decides_between_near_equal_clauses() {
        let clause = |year: u32| {
            format!(
                "Recalling its resolution {year}/14 on the report of the Committee on the peaceful uses of outer space,"
            )
        };
        let before: Vec<String> = [2001, 2002, 2003, 2004].map(clause).to_vec();
        let after: Vec<String> = [2002, 2003, 2004, 2005].map(clause).to_vec();
        let join = |clauses: &[String]| clauses.join("\n\n");
        let found = links(&join(&before), &join(&after));
        assert!(found.contains(&(vec![1], vec![0], false)), "{found:?}");
        assert!(found.contains(&(vec![3], vec![2], false)), "{found:?}");
    }
}
