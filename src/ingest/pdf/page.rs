//! What a page shows: glyphs, rules and images, each where it stands.

/// Which way a line of glyphs runs on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Turn {
    /// From left to right, or, in the scripts that are read so, from right to left.
    Upright,
    /// Downwards.
    Down,
    /// Upside down.
    Over,
    /// Upwards.
    Up,
}

impl Turn {
    /// All of them, the usual one first.
    pub(super) const ALL: [Self; 4] = [Self::Upright, Self::Down, Self::Over, Self::Up];
}

/// A glyph, as it stands when its line is turned upright. All measures are points, from the upper left corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Where its characters begin in the text of the page.
    pub(super) start: u32,
    /// How many bytes they have.
    pub(super) len: u8,
    /// Its left edge.
    pub(super) left: f32,
    /// Its right edge.
    pub(super) right: f32,
    /// The line it stands on.
    pub(super) base: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// The weight of its font: 400 is regular, 700 bold.
    pub(super) weight: u16,
    /// Which way its line runs.
    pub(super) turn: Turn,
    /// Whether the file says that it belongs to the page and not to the text.
    pub(super) is_artifact: bool,
}

/// What stands for a glyph whose characters are not known.
pub(super) const UNKNOWN: &str = "\u{FFFD}";

/// A rule drawn from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Its left end.
    pub(super) left: f32,
    /// Its right end.
    pub(super) right: f32,
    /// How far below the upper edge of the page it is.
    pub(super) base: f32,
}

/// What a page shows, in the order in which it was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its width.
    pub(super) width: f32,
    /// Its height.
    pub(super) height: f32,
    /// The characters of its glyphs, in the order in which they were drawn.
    pub(super) text: String,
    /// Its glyphs.
    pub(super) glyphs: Vec<Glyph>,
    /// Its rules.
    pub(super) rules: Vec<Rule>,
    /// Glyphs that nobody sees: not painted, or painted over by an image of the page.
    pub(super) unseen: usize,
    /// The share of the page that its largest image covers, from 0 to 1.
    pub(super) image: f32,
}

impl Page {
    /// The characters of a glyph.
    pub(super) fn shown(&self, glyph: &Glyph) -> &str {
        let start = glyph.start as usize;
        &self.text[start..start + usize::from(glyph.len)]
    }
}
