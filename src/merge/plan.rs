//! What stands in the result, and where.
//!
//! Content and order are decided apart. The order is that of ours; what only theirs moved or inserted is taken out of it
//! and set behind the clause that it follows in theirs. So a clause that one side moved and the other edited stands
//! edited at its new place. What both moved to different places is a conflict at both: nothing is lost, and nothing
//! stands twice without a mark.

use super::outcome::Disagreement;
use super::segmented::SegmentedSource;
use super::units::{Deed, Touch, Unit, Units, say_the_same};
use crate::align::Group;
use crate::statement::{Clause, ClauseIndex, PerClause};

/// Clauses of the three texts that exclude each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) ours: Vec<ClauseIndex>,
    pub(super) base: Vec<ClauseIndex>,
    pub(super) theirs: Vec<ClauseIndex>,
    pub(super) why: Option<Disagreement>,
}

/// What stands at a place of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlanItem {
    /// A clause of ours.
    Ours(ClauseIndex),
    /// A clause of theirs.
    Theirs(ClauseIndex),
    /// A conflict.
    Clash(Clash),
}

/// The result in terms of ours.
pub(super) struct Plan {
    /// What stands before all.
    pub(super) first: Vec<PlanItem>,
    /// What stands in the place of each clause of ours; nothing where it goes.
    pub(super) at: PerClause<Option<PlanItem>>,
    /// What stands behind each clause of ours.
    pub(super) behind: PerClause<Vec<PlanItem>>,
}

impl Plan {
    /// Everything that stands in the result, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &PlanItem> {
        let placed = self.at.iter().zip(&self.behind);
        self.first.iter().chain(placed.flat_map(|(at, behind)| at.iter().chain(behind)))
    }

    /// The same, to be changed.
    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut PlanItem> {
        let placed = self.at.iter_mut().zip(self.behind.iter_mut());
        self.first.iter_mut().chain(placed.flat_map(|(at, behind)| at.iter_mut().chain(behind)))
    }
}

/// Which text a unit takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Ours,
    Theirs,
    Nothing,
    Clash(Disagreement),
}

/// Whose order decides where a unit stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Ours,
    Theirs,
    /// Each side moved it somewhere else.
    Torn,
}

/// Where a clause of theirs went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// With a clause of ours.
    With(ClauseIndex),
    /// Behind a clause of ours, or before all.
    Behind(Option<ClauseIndex>),
    Nowhere,
}

/// Parts of a text whose order is their own: a page foot may put notes and footnotes anywhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stream {
    Text,
    Notes,
    Footnotes,
}

impl Stream {
    const fn of(clause: &Clause) -> Self {
        match Group::of(clause.kind) {
            Group::Note => Self::Notes,
            Group::Footnote => Self::Footnotes,
            _ => Self::Text,
        }
    }
}

/// What the steps of planning share.
pub(super) struct Planner<'a> {
    pub(super) base: &'a SegmentedSource,
    pub(super) ours: &'a SegmentedSource,
    pub(super) theirs: &'a SegmentedSource,
    pub(super) units: &'a Units,
    /// For each clause of the text, the clause of the base that it follows, of those that nobody moved; none where it stands
    /// before all.
    slots_of_ours: PerClause<Option<ClauseIndex>>,
    slots_of_theirs: PerClause<Option<ClauseIndex>>,
}

impl<'a> Planner<'a> {
    /// Makes ready what the steps share.
    pub(super) fn new(
        base: &'a SegmentedSource,
        ours: &'a SegmentedSource,
        theirs: &'a SegmentedSource,
        units: &'a Units,
    ) -> Self {
        let slots_of_ours = slots(ours, &units.of_ours, units);
        let slots_of_theirs = slots(theirs, &units.of_theirs, units);
        Self { base, ours, theirs, units, slots_of_ours, slots_of_theirs }
    }

    /// Plans the result. Linear in the clauses, but for runs of insertions at one place.
    pub(super) fn plan(&self) -> Plan {
        let count = self.ours.owned.len();
        let mut plan = Plan {
            first: Vec::new(),
            at: PerClause::filled(None, count),
            behind: PerClause::filled(Vec::new(), count),
        };
        for unit in self.units.units.iter().filter(|unit| !unit.ours.is_empty()) {
            self.place_ours(unit, &mut plan);
        }
        let mut spots = PerClause::filled(Spot::Nowhere, self.theirs.owned.len());
        for clause in spots.indices() {
            spots[clause] = self.place_theirs(clause, &spots, &mut plan);
        }
        plan
    }

    fn content(&self, unit: &Unit) -> Content {
        let (ours, theirs) = (unit.by_ours, unit.by_theirs);
        let untouched = |deed: Deed| deed.touch < Touch::Edited && !deed.moved;
        match (unit.base.is_empty(), unit.ours.is_empty(), unit.theirs.is_empty()) {
            (_, true, true) => Content::Nothing,
            (true, false, true) => Content::Ours,
            (true, true, false) => Content::Theirs,
            (true, false, false) if self.sides_agree(unit) => Content::Ours,
            (true, false, false) => Content::Clash(Disagreement::Inserted),
            (false, true, false) if untouched(theirs) => Content::Nothing,
            (false, true, false) => Content::Clash(Disagreement::DeletedByOurs),
            (false, false, true) if untouched(ours) => Content::Nothing,
            (false, false, true) => Content::Clash(Disagreement::DeletedByTheirs),
            (false, false, false) => match (ours.touch, theirs.touch) {
                (_, Touch::Same) | (Touch::Layout | Touch::Edited, Touch::Layout) => Content::Ours,
                (Touch::Same, _) | (Touch::Layout, Touch::Edited) => Content::Theirs,
                (Touch::Edited, Touch::Edited) if self.sides_agree(unit) => Content::Ours,
                (Touch::Edited, Touch::Edited) => Content::Clash(Disagreement::Edited),
            },
        }
    }

    fn sides_agree(&self, unit: &Unit) -> bool {
        let ours = unit.ours.iter().map(|at| self.ours.clause(*at));
        say_the_same(ours, unit.theirs.iter().map(|at| self.theirs.clause(*at)))
    }

    fn place(&self, unit: &Unit) -> Place {
        let both = !unit.ours.is_empty() && !unit.theirs.is_empty();
        let moved = (unit.by_ours.moved, unit.by_theirs.moved);
        match moved {
            _ if unit.ours.is_empty() => Place::Theirs,
            _ if !both => Place::Ours,
            (false, true) => Place::Theirs,
            (true, true) if !self.is_same_place(unit) => Place::Torn,
            _ if unit.base.is_empty() && !self.is_same_place(unit) => Place::Torn,
            _ => Place::Ours,
        }
    }

    /// Puts what stands in the place of a unit's clauses of ours.
    fn place_ours(&self, unit: &Unit, plan: &mut Plan) {
        let first = unit.ours[0];
        match (self.place(unit), self.content(unit)) {
            (_, Content::Nothing) | (Place::Theirs, _) => {}
            (Place::Torn, content) => {
                let why = match content {
                    Content::Clash(why) => why,
                    _ => Disagreement::Moved,
                };
                plan.at[first] =
                    Some(PlanItem::Clash(Clash { ours: unit.ours.clone(), why: Some(why), ..Clash::default() }));
            }
            (Place::Ours, Content::Ours) => unit.ours.iter().for_each(|at| plan.at[*at] = Some(PlanItem::Ours(*at))),
            (Place::Ours, Content::Theirs) => plan.at[first] = Some(PlanItem::Theirs(unit.theirs[0])),
            (Place::Ours, Content::Clash(why)) => plan.at[first] = Some(PlanItem::Clash(whole(unit, why))),
        }
    }

    /// Says where a clause of theirs went, and puts it there if it has a place of its own.
    fn place_theirs(&self, clause: ClauseIndex, spots: &PerClause<Spot>, plan: &mut Plan) -> Spot {
        let unit = &self.units.units[self.units.of_theirs[clause]];
        let content = self.content(unit);
        let first = clause == unit.theirs[0];
        let entries = match (self.place(unit), content) {
            (_, Content::Nothing) => return Spot::Nowhere,
            (Place::Ours, Content::Ours) => return Spot::With(unit.ours[unit.ours.len() - 1]),
            (Place::Ours, Content::Clash(_)) => return Spot::With(unit.ours[0]),
            (Place::Ours, Content::Theirs) if first => return Spot::With(unit.ours[0]),
            (Place::Ours | Place::Theirs, Content::Theirs) => vec![PlanItem::Theirs(clause)],
            _ if !first => return spots[unit.theirs[0]],
            (Place::Theirs, Content::Clash(why)) => vec![PlanItem::Clash(whole(unit, why))],
            (Place::Theirs, Content::Ours) => unit.ours.iter().map(|at| PlanItem::Ours(*at)).collect(),
            (Place::Torn, _) => vec![PlanItem::Clash(Clash {
                theirs: unit.theirs.clone(),
                // The conflict is told once, where ours has it.
                ..Clash::default()
            })],
        };
        let behind = self.behind(clause, spots);
        behind.map_or(&mut plan.first, |at| &mut plan.behind[at]).extend(entries);
        Spot::Behind(behind)
    }

    /// Behind which clause of ours a clause of theirs goes; none before all.
    fn behind(&self, clause: ClauseIndex, spots: &PerClause<Spot>) -> Option<ClauseIndex> {
        let stream = Stream::of(self.theirs.clause(clause));
        let placed = |at: &ClauseIndex| spots[*at] != Spot::Nowhere;
        let before = || ClauseIndex::range(0..clause.get()).rev().filter(placed);
        let kin = before().find(|at| Stream::of(self.theirs.clause(*at)) == stream);
        let before = kin.or_else(|| before().next().filter(|_| stream != Stream::Text));
        match before.map(|at| spots[at]) {
            None | Some(Spot::Nowhere) => None,
            Some(Spot::Behind(at)) => at,
            Some(Spot::With(at)) => Some(self.past_our_own(at, clause)),
        }
    }

    /// The last of the clauses that ours alone set behind one of its clauses: at one place ours stands before theirs,
    /// but for what lies deeper in theirs.
    fn past_our_own(&self, at: ClauseIndex, clause: ClauseIndex) -> ClauseIndex {
        let stream = Stream::of(self.theirs.clause(clause));
        let depth = depth(&self.theirs.statement.clauses, clause);
        let mut last = at;
        for next in self.ours.owned.indices().skip(at.get() + 1) {
            if Stream::of(self.ours.clause(next)) != stream {
                continue;
            }
            let unit = &self.units.units[self.units.of_ours[next]];
            let own = unit.theirs.is_empty() && unit.base.is_empty() || unit.by_ours.moved && !unit.by_theirs.moved;
            if !own || depth > self::depth(&self.ours.statement.clauses, next) {
                break;
            }
            last = next;
        }
        last
    }

    /// Whether both sides set a unit behind the same clause of the base.
    fn is_same_place(&self, unit: &Unit) -> bool {
        let (Some(&ours), Some(&theirs)) = (unit.ours.first(), unit.theirs.first()) else { return false };
        let stream = Stream::of(self.ours.clause(ours));
        if stream != Stream::Text {
            return true;
        }
        // How many clauses of the base stand up to either place.
        let [first, second] =
            [self.slots_of_ours[ours], self.slots_of_theirs[theirs]].map(|slot| slot.map_or(0, |at| at.next().get()));
        ClauseIndex::range(first.min(second)..first.max(second)).all(|at| {
            let between = &self.units.units[self.units.of_base[at]];
            let gone = between.ours.is_empty() || between.theirs.is_empty();
            gone || !stays(between) || Stream::of(self.base.clause(at)) != stream
        })
    }
}

/// For each clause of a side, the clause of the base that it follows, of those that nobody moved.
fn slots(side: &SegmentedSource, of: &PerClause<usize>, units: &Units) -> PerClause<Option<ClauseIndex>> {
    let mut last = None;
    let slot = |(at, unit): (ClauseIndex, &usize)| {
        let own = last;
        let unit = &units.units[*unit];
        if Stream::of(side.clause(at)) == Stream::Text && stays(unit) {
            last = unit.base.last().copied().or(last);
        }
        own
    };
    of.each().map(slot).collect()
}

/// Whether a unit was in the base and neither side moved it.
fn stays(unit: &Unit) -> bool {
    !unit.base.is_empty() && !unit.by_ours.moved && !unit.by_theirs.moved
}

fn whole(unit: &Unit, why: Disagreement) -> Clash {
    Clash { ours: unit.ours.clone(), base: unit.base.clone(), theirs: unit.theirs.clone(), why: Some(why) }
}

/// How many clauses govern a clause.
fn depth(clauses: &[Clause], at: ClauseIndex) -> usize {
    std::iter::successors(clauses[at].parent, |parent| clauses[*parent].parent.filter(|above| above < parent)).count()
}
