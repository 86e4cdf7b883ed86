//! Text of a statement: escaped, what nobody sees marked, its direction its own.

use maud::{Escaper, Markup, Render, html};
use std::fmt::Write as _;

use crate::change::{Change, Tier};
use crate::language::LanguageCode;
use crate::report::stretch::Stretch;
use crate::report::telling::mark;
use crate::report::visible::{VisiblePiece, pieces};
use crate::statement::Statement;
use crate::text::{Pair, Side, chars::is_arabic};

/// Text from outside. Markup in it stays text, and a character that nobody sees stands as its code.
#[derive(Clone, Copy)]
pub(super) struct VisibleText<'a>(pub(super) &'a str);

impl Render for VisibleText<'_> {
    fn render_to(&self, out: &mut String) {
        for piece in pieces(self.0) {
            // Writing to a string can't fail.
            let _ = match piece {
                VisiblePiece::Seen(text) => Escaper::new(out).write_str(text),
                VisiblePiece::Unseen(c) => {
                    write!(out, "<bdi class=\"unseen\" dir=\"ltr\">U+{:04X}</bdi>", u32::from(c))
                }
            };
        }
    }
}

/// The language of a text and the way it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Tongue {
    pub(super) code: Option<LanguageCode>,
    pub(super) direction: &'static str,
}

impl Tongue {
    /// A text of no known language shows its direction by its letters.
    const UNKNOWN: Self = Self { code: None, direction: "auto" };

    /// That of a statement.
    pub(super) fn of(statement: &Statement) -> Self {
        statement.known_language().map_or(Self::UNKNOWN, |found| Self {
            code: statement.language,
            direction: if found.right_to_left { "rtl" } else { "ltr" },
        })
    }

    /// That of some texts of the statement: a masthead in Latin letters in an Arabic document runs its own way.
    pub(super) fn set<'t>(self, mut texts: impl Iterator<Item = &'t str>) -> Self {
        let foreign = self.direction == "rtl" && !texts.any(|text| text.contains(is_arabic));
        if foreign { Self { direction: "ltr", ..self } } else { self }
    }

    /// That of a text of both sides.
    pub(super) fn shared(sides: Pair<Self>) -> Self {
        if sides.before == sides.after { sides.after } else { Self::UNKNOWN }
    }
}

/// Which stretches of a change are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ShownSides {
    /// Those of both sides, in one text.
    Inline,
    /// Those of one side.
    Alone(Side),
}

impl ShownSides {
    /// Whether what only one side has is shown.
    pub(super) fn shows(self, side: Side) -> bool {
        self != Self::Alone(side.other())
    }
}

/// The stretches of a change as one side sees them, or with both sides in one text.
pub(super) fn stretches(change: &Change, stretches: &[Stretch<'_>], view: ShownSides) -> Markup {
    let tier = |edit: &Option<usize>| {
        let own = edit.and_then(|at| change.edits.get(at)).map(|edit| edit.tier);
        tier_name(own.or(change.tier))
    };
    html! {
        @for stretch in stretches {
            @match stretch {
                Stretch::Same(text) => (VisibleText(text)),
                Stretch::Removed(text, edit) => @if view.shows(Side::Before) { del class=(tier(edit)) { (VisibleText(text)) } },
                Stretch::Added(text, edit) => @if view.shows(Side::After) { ins class=(tier(edit)) { (VisibleText(text)) } },
                Stretch::Gap => "…",
                Stretch::Joined => @if view.shows(Side::Before) { del.boundary { "¶" } br; },
                Stretch::Parted => @if view.shows(Side::After) { ins.boundary { "¶" } br; },
            }
        }
    }
}

/// The name of a tier, also where there is none.
pub(super) fn tier_name(tier: Option<Tier>) -> &'static str {
    tier.map_or("unweighed", Tier::name)
}

/// The shape that says what the hue of a tier says.
pub(super) fn tier_shape(tier: Option<Tier>) -> char {
    tier.map_or('–', mark)
}

/// A tier by its shape, its name and, where there is colour, its hue.
pub(super) fn tier_mark(tier: Option<Tier>) -> Markup {
    html! { span class=(format_args!("tier {}", tier_name(tier))) { span aria-hidden="true" { (tier_shape(tier)) " " } (tier_name(tier)) } }
}

/// `1 clause`, `2 clauses`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
