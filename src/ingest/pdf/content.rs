//! Follows the drawing operators of a page and gathers the glyphs that they show.
//!
//! Only what moves, shows or hides glyphs is followed, and rules and images as far as they tell where text is. Colours,
//! shapes and clips are passed over. Drawings in drawings are followed to a limited depth, and all operators of a document
//! count towards one limit, so a small file can't keep its reader busy without end.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::fonts::Fonts;
use super::limits;
use super::matrix::Matrix;
use super::page::{Glyph, Page, Rule, Turn, UNKNOWN};
use super::unpack::{Budget, damaged};
use crate::ingest::error::ReadError;

/// What a drawing in a drawing costs, in operators: it has to be found and unpacked.
const DRAWING: usize = 200;
/// Most rules of a page that are looked at.
const RULES: usize = 4096;
/// Thickest rule, in points.
const THICK: f32 = 2.5;
/// Shortest rule, in points.
const SHORT: f32 = 24.0;
/// Share of a page that an image of the whole page covers.
const WHOLE: f32 = 0.8;
/// The mode in which glyphs are not painted.
const UNPAINTED: i64 = 3;

/// How text is set, and where drawing begins.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<usize>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

/// A part of the content that the file says something of.
struct Marked {
    is_artifact: bool,
    /// The characters that it stands for, until its first glyph takes them.
    actual: Option<ActualText>,
}

/// The characters that marked glyphs stand for.
enum ActualText {
    /// No glyph of it was shown yet.
    Pending(String),
    /// A glyph took the characters; those that follow have none.
    Taken,
}

/// Follows drawing operators.
pub(super) struct Painter<'d, 'a> {
    fonts: &'d mut Fonts<'a>,
    budget: &'d mut Budget,
    /// The number of the page.
    number: u32,
    page: Page,
    state: State,
    states: Vec<State>,
    marked: Vec<Marked>,
    text: Matrix,
    line: Matrix,
    /// Where the pen stands, and the lines of the open path that may be rules.
    pen: (f64, f64),
    path: Vec<(f64, f64, f64, f64)>,
}

/// Reads what a page shows.
pub(super) fn read<'a>(
    source: &hayro_syntax::page::Page<'a>,
    number: u32,
    fonts: &mut Fonts<'a>,
    budget: &mut Budget,
) -> Result<Page, ReadError> {
    let (width, height) = source.render_dimensions();
    let matrix = Matrix(source.initial_transform(true).as_coeffs());
    let state = State {
        matrix,
        font: None,
        size: 1.0,
        character_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
    };
    let mut painter = Painter {
        fonts,
        budget,
        number,
        page: Page { width, height, ..Page::default() },
        state,
        states: Vec::new(),
        marked: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        pen: (0.0, 0.0),
        path: Vec::new(),
    };
    let mut content = Vec::new();
    for stream in contents(source.raw()) {
        let breaks_off = || damaged(format!("what draws page {} breaks off", painter.number));
        let bytes = painter.budget.unpack(&stream.ok_or_else(breaks_off)?)?.ok_or_else(breaks_off)?;
        content.extend_from_slice(&bytes);
        content.push(b'\n');
    }
    painter.follow(&content, source.resources(), 0)?;
    Ok(painter.page)
}

/// The streams that draw a page, `None` for each that is named and not there.
fn contents<'a>(page: &Dict<'a>) -> Vec<Option<Stream<'a>>> {
    let key = b"Contents".as_slice();
    match page.get::<Object<'a>>(key) {
        Some(Object::Array(all)) => {
            let mut found: Vec<_> = all.iter::<Object<'a>>().map(Object::into_stream).collect();
            // What can't be found is passed over by the parser.
            found.resize(all.raw_iter().count(), None);
            found
        }
        Some(Object::Null(_)) => Vec::new(),
        Some(other) => vec![other.into_stream()],
        None if page.contains_key(key) => vec![None],
        None => Vec::new(),
    }
}

fn number(number: Number) -> f64 {
    let number = number.as_f64();
    if number.is_finite() { number.clamp(-1e7, 1e7) } else { 0.0 }
}

impl<'a> Painter<'_, 'a> {
    /// Follows the operators of a stream.
    fn follow(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) -> Result<(), ReadError> {
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.budget.operate(1)?;
            match operator {
                Op::XObject(drawing) => self.draw(resources, drawing.0, depth)?,
                Op::ShowText(text) => self.show(text.0.as_bytes())?,
                Op::ShowTexts(texts) => self.show_all(texts.0)?,
                Op::NextLineAndShowText(text) => {
                    self.next_line(0.0, -self.state.leading);
                    self.show(text.0.as_bytes())?;
                }
                Op::ShowTextWithParameters(text) => {
                    (self.state.word_space, self.state.character_space) = (number(text.0), number(text.1));
                    self.next_line(0.0, -self.state.leading);
                    self.show(text.2.as_bytes())?;
                }
                Op::BeginMarkedContentWithProperties(marked) => self.mark(marked.0, Some(marked.1), resources),
                Op::BeginMarkedContent(marked) => self.mark(marked.0, None, resources),
                Op::EndMarkedContent(_) => {
                    self.marked.pop();
                }
                other => self.set(&other, resources),
            }
        }
        Ok(())
    }

    /// Follows an operator that shows nothing by itself.
    fn set(&mut self, operator: &Op<'_, '_>, resources: &Resources<'a>) {
        match operator {
            Op::SaveState(_) if self.states.len() < limits::STATES => self.states.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                let own = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(number));
                self.state.matrix = self.state.matrix.after(own);
            }
            Op::BeginText(_) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::TextFont(font) => {
                self.state.font = resources.get_font(font.0).and_then(|font| self.fonts.find(&font));
                self.state.size = number(font.1);
            }
            Op::CharacterSpacing(space) => self.state.character_space = number(space.0),
            Op::WordSpacing(space) => self.state.word_space = number(space.0),
            Op::HorizontalScaling(percent) => self.state.stretch = number(percent.0) / 100.0,
            Op::TextLeading(leading) => self.state.leading = number(leading.0),
            Op::TextRise(rise) => self.state.rise = number(rise.0),
            Op::TextRenderingMode(mode) => self.state.mode = mode.0.as_i64(),
            Op::SetTextMatrix(m) => {
                self.line = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(number));
                self.text = self.line;
            }
            Op::NextLine(step) => self.next_line(number(step.0), number(step.1)),
            Op::NextLineAndSetLeading(step) => {
                self.state.leading = -number(step.1);
                self.next_line(number(step.0), number(step.1));
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::SetGraphicsState(name) => self.set_by_name(resources, name.0),
            Op::InlineImage(_) => self.see_image(),
            other => self.draw_path(other),
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix::shift(x, y));
        self.text = self.line;
    }

    /// A state that the resources name may set the font.
    fn set_by_name(&mut self, resources: &Resources<'a>, name: &Name<'_>) {
        let Some(state) = resources.get_ext_g_state(name) else { return };
        let Some(font) = state.get::<Array<'a>>(b"Font".as_slice()) else { return };
        let mut parts = font.iter::<Object<'a>>();
        let (dict, size) = (parts.next().and_then(Object::into_dict), parts.next().and_then(Object::into_number));
        if let (Some(dict), Some(size)) = (dict, size) {
            (self.state.font, self.state.size) = (self.fonts.find(&dict), number(size));
        }
    }

    /// Follows a path as far as it may be a rule.
    fn draw_path(&mut self, operator: &Op<'_, '_>) {
        match operator {
            Op::MoveTo(to) => self.pen = (number(to.0), number(to.1)),
            Op::LineTo(to) => {
                let end = (number(to.0), number(to.1));
                if self.path.len() < RULES {
                    self.path.push((self.pen.0, self.pen.1, end.0, end.1));
                }
                self.pen = end;
            }
            Op::RectPath(r) if self.path.len() < RULES => {
                let [x, y, width, height] = [r.0, r.1, r.2, r.3].map(number);
                self.path.push((x, y, x + width, y + height));
            }
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.see_rules(),
            Op::EndPath(_) => self.path.clear(),
            _ => {}
        }
    }

    fn see_rules(&mut self) {
        for (x, y, right, top) in std::mem::take(&mut self.path) {
            let (one, other) = (self.state.matrix.point(x, y), self.state.matrix.point(right, top));
            let (left, right) = (one.0.min(other.0) as f32, one.0.max(other.0) as f32);
            let (upper, lower) = (one.1.min(other.1) as f32, one.1.max(other.1) as f32);
            // A thin box has two long edges, and is one rule.
            let is_edge = self.page.rules.last().is_some_and(|last| {
                (last.left - left).abs() <= THICK
                    && (last.right - right).abs() <= THICK
                    && (last.base - lower).abs() <= THICK
            });
            if lower - upper <= THICK && right - left >= SHORT && !is_edge && self.page.rules.len() < RULES {
                self.page.rules.push(Rule { left, right, base: lower });
            }
        }
    }

    /// Draws what the resources name: an image, or a drawing of its own.
    fn draw(&mut self, resources: &Resources<'a>, name: &Name<'_>, depth: usize) -> Result<(), ReadError> {
        self.budget.operate(DRAWING)?;
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict = stream.dict();
        let is = |kind: &[u8]| dict.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|subtype| *subtype == *kind);
        if is(b"Image") {
            self.see_image();
        }
        if !is(b"Form") || depth >= limits::NESTING {
            return Ok(());
        }
        let Some(content) = self.budget.unpack(&stream)? else {
            return Err(damaged(format!("a drawing on page {} breaks off", self.number)));
        };
        let own = dict.get::<Dict<'a>>(b"Resources".as_slice()).map(Resources::new);
        let saved = (self.state.clone(), std::mem::take(&mut self.states), self.text, self.line, self.marked.len());
        if let Some(matrix) = dict.get::<[f64; 6]>(b"Matrix".as_slice()) {
            self.state.matrix = self.state.matrix.after(Matrix(matrix.map(|part| part.clamp(-1e7, 1e7))));
        }
        self.follow(&content, own.as_ref().unwrap_or(resources), depth + 1)?;
        let marked;
        (self.state, self.states, self.text, self.line, marked) = saved;
        self.marked.truncate(marked);
        Ok(())
    }

    fn see_image(&mut self) {
        let [a, b, c, d, ..] = self.state.matrix.0;
        let (area, page) = ((a * d - b * c).abs(), f64::from(self.page.width) * f64::from(self.page.height));
        if page > 0.0 {
            let share = (area / page).min(1.0) as f32;
            self.page.image = self.page.image.max(share);
            if share >= WHOLE {
                self.page.unseen = self.page.glyphs.len();
            }
        }
    }

    /// Begins a part of which the file says something.
    fn mark(&mut self, tag: &Name<'_>, properties: Option<&Object<'_>>, resources: &Resources<'a>) {
        let properties = properties.and_then(|properties| match properties {
            Object::Dict(dict) => Some(dict.clone()),
            Object::Name(name) => resources.properties.get::<Dict<'a>>(name),
            _ => None,
        });
        let actual = properties.and_then(|properties| {
            let text = properties.get::<hayro_syntax::object::String<'_>>(b"ActualText".as_slice())?;
            actual_text(text.as_bytes())
        });
        if self.marked.len() < limits::STATES {
            let is_artifact = **tag == *b"Artifact" || self.marked.last().is_some_and(|marked| marked.is_artifact);
            self.marked.push(Marked { is_artifact, actual: actual.map(ActualText::Pending) });
        }
    }

    fn show_all(&mut self, texts: &Array<'_>) -> Result<(), ReadError> {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(text.as_bytes())?,
                Object::Number(back) => {
                    let (step, is_horizontal) = (-number(back) / 1000.0 * self.state.size, self.is_horizontal());
                    self.move_pen(if is_horizontal { step * self.state.stretch } else { step }, is_horizontal);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn is_horizontal(&mut self) -> bool {
        self.state.font.is_none_or(|font| self.fonts.known(font).is_horizontal)
    }

    fn move_pen(&mut self, step: f64, is_horizontal: bool) {
        let shift = if is_horizontal { Matrix::shift(step, 0.0) } else { Matrix::shift(0.0, step) };
        self.text = self.text.after(shift);
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let Some(at) = self.state.font else { return self.show_without_font(bytes) };
        let mut next = 0;
        while next < bytes.len() {
            self.budget.draw()?;
            let font = self.fonts.known(at);
            let (code, len) = font.read_code(bytes, next);
            let (known, weight, is_horizontal) = (font.code(code), font.weight, font.is_horizontal);
            next += len;
            let State { size, stretch, rise, character_space, word_space, .. } = self.state;
            let drawn = known.advance / 1000.0 * size;
            let spaced = if code == 32 && len == 1 { word_space } else { 0.0 };
            let set = Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise]);
            let origin = Matrix::shift(known.origin.0 / 1000.0, known.origin.1 / 1000.0);
            let place = self.state.matrix.after(self.text).after(set).after(origin);
            let width = known.advance / 1000.0;
            self.place(place, width, known.shown.as_deref(), weight, is_horizontal);
            let step = drawn + character_space + spaced;
            self.move_pen(if is_horizontal { step * stretch } else { step }, is_horizontal);
        }
        Ok(())
    }

    /// Without a font nobody knows what bytes show.
    fn show_without_font(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        for _ in bytes {
            self.budget.draw()?;
            let place = self.state.matrix.after(self.text).after(Matrix([
                self.state.size,
                0.0,
                0.0,
                self.state.size,
                0.0,
                0.0,
            ]));
            self.place(place, 0.5, None, 400, true);
            self.move_pen(self.state.size / 2.0, true);
        }
        Ok(())
    }

    /// Puts a glyph on the page, turned so that its line is upright.
    fn place(&mut self, place: Matrix, width: f64, shown: Option<&str>, weight: u16, is_horizontal: bool) {
        let ((dx, dy), (ux, uy)) = (place.rightward(), place.upward());
        let (run, rise) = (dx.hypot(dy), ux.hypot(uy));
        // The lines of a vertical font run down its glyphs.
        let (dx, dy) = if is_horizontal { (dx, dy) } else { (-ux, -uy) };
        let (run, size) = if is_horizontal { (run, rise) } else { (rise, run) };
        let is_sound = place.0.iter().all(|part| part.is_finite()) && run > 1e-6 && size > 1e-6 && size < 1e5;
        if !is_sound {
            return;
        }
        let length = dx.hypot(dy);
        let (dx, dy) = (dx / length, dy / length);
        let (x, y) = place.point(0.0, 0.0);
        let (page_width, page_height) = (f64::from(self.page.width), f64::from(self.page.height));
        let turn = turn(dx, dy);
        // The corner from which lines that run so are measured.
        let (along, base) = match turn {
            Turn::Upright => (x, y),
            Turn::Down => (y, page_width - x),
            Turn::Over => (page_width - x, page_height - y),
            Turn::Up => (page_height - y, x),
        };
        let right = (along + (width * run).abs()) as f32;
        let mut actual = self.marked.iter_mut().rev().find_map(|marked| marked.actual.as_mut());
        let shown = match actual.as_deref_mut() {
            Some(ActualText::Taken) => {
                // The glyph that took the characters stands for this one too.
                if let Some(last) = self.page.glyphs.last_mut().filter(|last| last.turn == turn) {
                    last.left = last.left.min(along as f32);
                    last.right = last.right.max(right);
                }
                return;
            }
            Some(ActualText::Pending(text)) => Some(std::mem::take(text)),
            None => Some(shown.unwrap_or(UNKNOWN).to_owned()),
        };
        if let Some(actual) = actual {
            *actual = ActualText::Taken;
        }
        let shown = shown.unwrap_or_default();
        let start = self.page.text.len();
        self.page.text.push_str(&shown);
        if self.state.mode == UNPAINTED {
            self.page.unseen += 1;
        }
        self.page.glyphs.push(Glyph {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            len: u8::try_from(shown.len()).unwrap_or(u8::MAX),
            left: along as f32,
            right,
            base: base as f32,
            size: size as f32,
            weight,
            turn,
            is_artifact: self.marked.last().is_some_and(|marked| marked.is_artifact),
        });
    }
}

/// Which way a line runs, of the four that pages have.
fn turn(dx: f64, dy: f64) -> Turn {
    match (dx.abs() >= dy.abs(), dx > 0.0, dy > 0.0) {
        (true, true, _) => Turn::Upright,
        (true, false, _) => Turn::Over,
        (false, _, true) => Turn::Down,
        (false, _, false) => Turn::Up,
    }
}

/// Most characters read from right to left that a few glyphs show together: of longer texts, glyphs know the order better.
const CLUSTER: usize = 4;

/// The characters of a text string of the file; `None` where it has none, or glyphs say more.
fn actual_text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ if bytes.is_ascii() => String::from_utf8_lossy(bytes).into_owned(),
        _ => return None,
    };
    let is_odd = |c: char| matches!(c, '\u{FFFD}' | '\0');
    let is_short = || text.chars().count() <= CLUSTER || !text.chars().any(super::bidi::is_right_to_left);
    (!text.is_empty() && text.len() <= usize::from(u8::MAX) && !text.chars().any(is_odd) && is_short()).then_some(text)
}
