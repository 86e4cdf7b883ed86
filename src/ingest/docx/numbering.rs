//! The automatic numbering of a Word file: which label is printed before a paragraph.
//!
//! A list counts by an abstract one, whose levels have a form and a text such as `%1.%2`; several lists may share one
//! and then count on. A list may begin a level anew, or give it another form. After ISO/IEC 29500-1, 17.9.

use std::collections::{HashMap, HashSet};

use super::counted::{Form, written};
use super::tree::Element;

/// Levels that a list has.
const LEVELS: usize = 9;

/// All lists, and how far they have counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    /// The levels of each abstract list.
    levels: HashMap<u32, Vec<Level>>,
    /// How far each abstract list has counted, at each level.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists that have begun, whose new starts are used up, by level.
    begun: HashSet<(u32, usize)>,
}

/// A list.
struct List {
    /// The abstract list that it counts by.
    by: u32,
    /// Where a level begins anew.
    starts: HashMap<usize, u32>,
    /// Levels that it forms otherwise.
    levels: HashMap<usize, Level>,
}

/// A level of a list.
#[derive(Clone)]
struct Level {
    start: u32,
    form: Form,
    /// The text of the label: `%1.%2`.
    text: Box<str>,
    /// Whether all its numbers are printed in digits.
    is_legal: bool,
    /// After which level it begins anew; after none where 0 stands; otherwise after any above.
    restart: Option<usize>,
    /// The style whose paragraphs are of the level.
    style: Option<Box<str>>,
}

impl Level {
    fn of(own: &Element) -> Self {
        let text = own.value("lvlText").unwrap_or_default();
        Self {
            start: own.number("start").unwrap_or(0),
            form: form(own),
            text: text.into(),
            is_legal: own.switch("isLgl") == Some(true),
            restart: own.number("lvlRestart").and_then(|level| usize::try_from(level).ok()),
            style: own.value("pStyle").map(Into::into),
        }
    }
}

/// The form of a level's numbers; a form of Word's newer versions stands behind a choice.
fn form(level: &Element) -> Form {
    let own = level.child("numFmt").or_else(|| level.child("AlternateContent")?.within("numFmt"));
    let named = own.and_then(|own| own.attribute("val")).unwrap_or("decimal");
    Form::named(named, own.and_then(|own| own.attribute("format")))
}

/// The level that an element is of.
fn number(own: &Element, name: &str) -> Option<usize> {
    own.attribute(name)?.parse().ok().filter(|level| *level < LEVELS)
}

/// The levels of an abstract list.
fn levels(own: &Element) -> Vec<Level> {
    let mut levels: Vec<Option<Level>> = vec![None; LEVELS];
    for level in own.children("lvl") {
        if let Some(at) = number(level, "ilvl") {
            levels[at] = Some(Level::of(level));
        }
    }
    let plain = Level { start: 1, form: Form::Nothing, text: "".into(), is_legal: false, restart: None, style: None };
    levels.into_iter().map(|level| level.unwrap_or_else(|| plain.clone())).collect()
}

impl Numbering {
    /// Reads the part of the lists. `style_list` tells which list a style of lists names.
    pub(super) fn of(root: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        let Some(root) = root else { return numbering };
        let id = |own: &Element, name: &str| own.attribute(name).and_then(|id| id.parse::<u32>().ok());
        let mut by_style: HashMap<&str, u32> = HashMap::new();
        let mut links: Vec<(u32, &str)> = Vec::new();
        for own in root.children("abstractNum") {
            let Some(number) = id(own, "abstractNumId") else { continue };
            numbering.levels.insert(number, levels(own));
            by_style.extend(own.value("styleLink").map(|style| (style, number)));
            links.extend(own.value("numStyleLink").map(|style| (number, style)));
        }
        // An abstract list that names a style of lists is the one that the style is made of.
        let same: HashMap<u32, u32> =
            links.into_iter().filter_map(|(number, style)| Some((number, *by_style.get(style)?))).collect();
        for own in root.children("num") {
            let (Some(number), Some(by)) = (id(own, "numId"), own.number("abstractNumId")) else { continue };
            let by = same.get(&by).copied().unwrap_or(by);
            let mut list = List { by, starts: HashMap::new(), levels: HashMap::new() };
            for change in own.children("lvlOverride") {
                let Some(at) = self::number(change, "ilvl") else { continue };
                list.starts.extend(change.number("startOverride").map(|start| (at, start)));
                list.levels.extend(change.child("lvl").map(|level| (at, Level::of(level))));
            }
            numbering.lists.insert(number, list);
        }
        numbering
    }

    /// The level of a list that is bound to a style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<u32> {
        let levels = self.levels.get(&self.lists.get(&list)?.by)?;
        let at = levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        u32::try_from(at).ok()
    }

    /// The list and the level that a style is bound to, where the style names no list itself.
    pub(super) fn bound_to(&self, style: &str) -> Option<(u32, u32)> {
        let mut lists: Vec<u32> = self.lists.keys().copied().collect();
        lists.sort_unstable();
        lists.into_iter().find_map(|list| Some((list, self.level_of_style(list, style)?)))
    }

    /// A level of a list.
    fn level(&self, list: u32, at: usize) -> Option<&Level> {
        let own = self.lists.get(&list)?;
        own.levels.get(&at).or_else(|| self.levels.get(&own.by)?.get(at))
    }

    /// Counts a paragraph of a list, and gives the label that is printed before it; nothing where none is.
    pub(super) fn label(&mut self, list: u32, level: u32) -> Option<String> {
        let at = usize::try_from(level).ok().filter(|level| *level < LEVELS)?;
        let own = self.level(list, at)?.clone();
        let by = self.lists.get(&list)?.by;
        let anew = self.lists[&list].starts.get(&at).copied();
        let anew = anew.filter(|_| self.begun.insert((list, at)));
        let start = self.lists[&list].starts.get(&at).copied().unwrap_or(own.start);
        let counts = self.counts.entry(by).or_default();
        let count = match (anew, counts[at]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => start,
        };
        counts[at] = Some(count);
        self.begin_below(list, by, at);
        let counts = self.counts.get(&by).copied().unwrap_or_default();
        let label = self.printed(list, &own, at, &counts)?;
        Some(label).filter(|label| !label.trim().is_empty())
    }

    /// Lets the levels below one begin anew, but for those that say otherwise.
    fn begin_below(&mut self, list: u32, by: u32, at: usize) {
        for below in at + 1..LEVELS {
            let restart = self.level(list, below).and_then(|level| level.restart);
            // A level that begins anew after another one does so after that one and those above it.
            if restart.is_none_or(|after| at < after)
                && let Some(counts) = self.counts.get_mut(&by)
            {
                counts[below] = None;
            }
        }
    }

    /// The label: the text of the level, with the numbers in the places of their signs. One that names a level below its own
    /// is not printed.
    fn printed(&self, list: u32, own: &Level, level: usize, counts: &[Option<u32>; LEVELS]) -> Option<String> {
        if own.form == Form::Bullet {
            return Some(own.text.chars().map(bullet).collect());
        }
        let mut label = String::new();
        let mut signs = own.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let named = if sign == '%' { signs.peek().and_then(|digit| digit.to_digit(10)) } else { None };
            let Some(at) =
                named.and_then(|digit| usize::try_from(digit).ok()).filter(|digit| (1..=LEVELS).contains(digit))
            else {
                label.push(sign);
                continue;
            };
            signs.next();
            if at - 1 > level {
                return None;
            }
            let Some(level) = self.level(list, at - 1) else { continue };
            let start = self.lists.get(&list).and_then(|list| list.starts.get(&(at - 1)).copied());
            let count = counts[at - 1].unwrap_or_else(|| start.unwrap_or(level.start));
            let form = if own.is_legal { &Form::Decimal } else { &level.form };
            label.push_str(&written(count, form));
        }
        Some(label)
    }
}

/// The sign of a bullet, as a text has it: fonts of signs keep theirs where no character is.
pub(super) const fn bullet(sign: char) -> char {
    match sign {
        '\u{F0B7}' | '\u{F0A7}' | '\u{F06C}' | '\u{F06E}' | '\u{F09F}' => '•',
        '\u{F02D}' | '\u{F0BE}' => '–',
        '\u{F0D8}' | '\u{F0E8}' | '\u{F0E0}' => '→',
        '\u{F0FC}' => '✓',
        '\u{F06F}' | '\u{F0A8}' => '◦',
        '\u{F076}' => '❖',
        '\u{E000}'..='\u{F8FF}' => '•',
        sign => sign,
    }
}
