//! The fonts of a document: which characters a code shows, and how far it moves the pen.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::{BfString, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Dict, Name};

/// What a code of a font does.
#[derive(Clone, Debug)]
pub(super) struct Code {
    /// The characters it shows; `None` where the font does not say.
    pub(super) shown: Option<Box<str>>,
    /// How far it moves the pen, in thousandths of the size: to the right, or, in vertical fonts, up.
    pub(super) advance: f64,
    /// How far its origin is from the pen.
    pub(super) origin: (f64, f64),
}

/// A font with what was asked of it so far.
pub(super) struct KnownFont<'a> {
    font: Font<'a>,
    /// 400 is regular, 700 bold.
    pub(super) weight: u16,
    /// Whether its lines run from left to right.
    pub(super) is_horizontal: bool,
    codes: HashMap<u32, Rc<Code>>,
}

impl KnownFont<'_> {
    /// The code that begins at a byte, and how many bytes it has: at least one.
    pub(super) fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, len) = self.font.read_code(bytes, at);
        (code, len.max(1))
    }

    /// What a code does.
    pub(super) fn code(&mut self, code: u32) -> Rc<Code> {
        let font = &self.font;
        Rc::clone(self.codes.entry(code).or_insert_with(|| {
            let shown = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let shown: Option<Box<str>> = shown.map(|shown| match shown {
                BfString::Char(c) => c.to_string().into(),
                BfString::String(text) => text.into(),
            });
            let advance = font.code_advance(code);
            let origin = font.origin_displacement(code);
            let advance = if font.is_horizontal() { advance.x } else { advance.y };
            Rc::new(Code {
                shown: shown.filter(|shown| is_known(shown)),
                advance: if advance.is_finite() { advance } else { 0.0 },
                origin: (origin.x, origin.y),
            })
        }))
    }
}

/// Whether what a font says of a code are characters: fonts that do not know write zeros or the sign for unknown ones.
fn is_known(shown: &str) -> bool {
    !shown.is_empty()
        && shown.len() <= usize::from(u8::MAX)
        && !shown.chars().all(|c| matches!(c, '\0' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}'))
}

/// The fonts of a document, each taken apart once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    fonts: FontResolverFn,
    cmaps: CMapResolverFn,
    known: Vec<KnownFont<'a>>,
    /// By where the bytes stand that describe it.
    by_place: HashMap<(usize, usize), Option<usize>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            fonts: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
            }),
            cmaps: Arc::new(load_embedded),
            known: Vec::new(),
            by_place: HashMap::new(),
        }
    }

    /// The font that a dictionary describes; `None` where it describes none.
    pub(super) fn find(&mut self, dict: &Dict<'a>) -> Option<usize> {
        let place = (dict.data().as_ptr().addr(), dict.len());
        if let Some(found) = self.by_place.get(&place) {
            return *found;
        }
        let found = self.cache.font(dict, &self.fonts, &self.cmaps).map(|font| {
            let (weight, is_horizontal) = (weight(dict), font.is_horizontal());
            self.known.push(KnownFont { font, weight, is_horizontal, codes: HashMap::new() });
            self.known.len() - 1
        });
        self.by_place.insert(place, found);
        found
    }

    /// A font that was found.
    pub(super) fn known(&mut self, at: usize) -> &mut KnownFont<'a> {
        &mut self.known[at]
    }
}

/// The weight of a font as its name says it, else as its description does.
fn weight(dict: &Dict<'_>) -> u16 {
    let described = |dict: &Dict<'_>| {
        let descriptor = dict.get::<Dict<'_>>(b"FontDescriptor".as_slice())?;
        descriptor.get::<f32>(b"FontWeight".as_slice())
    };
    let name = dict.get::<Name<'_>>(b"BaseFont".as_slice()).map(|name| name.as_str().to_ascii_lowercase());
    let is_bold = name.is_some_and(|name| ["bold", "black", "heavy"].iter().any(|word| name.contains(word)));
    match described(dict) {
        _ if is_bold => 700,
        Some(weight) if weight >= 600.0 => 700,
        _ => 400,
    }
}
