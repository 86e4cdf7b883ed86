//! The styles of a Word file: their names, and what a paragraph or a run takes from them.

use std::collections::HashMap;

use super::limits;
use super::tree::Element;

/// The styles, by their identifiers.
#[derive(Default)]
pub(super) struct Styles {
    all: HashMap<Box<str>, Style>,
    /// The style of paragraphs that name none.
    default: Option<Box<str>>,
}

/// One style.
#[derive(Default)]
struct Style {
    name: Box<str>,
    base: Option<Box<str>>,
    /// The list that its paragraphs are of, and at which level.
    list: ListPlace,
    run: RunLook,
}

/// Of which list a paragraph is, and at which level, as far as is said.
#[derive(Clone, Default)]
pub(super) struct ListPlace {
    /// The number of the list; that of no list is 0.
    pub(super) list: Option<u32>,
    /// The level, the outermost being 0.
    pub(super) level: Option<u32>,
}

impl ListPlace {
    /// What a paragraph or a style says of its list.
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let own = properties.and_then(|own| own.child("numPr"));
        Self { list: own.and_then(|own| own.number("numId")), level: own.and_then(|own| own.number("ilvl")) }
    }
}

/// How a run is set, as far as is said.
#[derive(Clone, Copy, Default)]
pub(super) struct RunLook {
    /// Whether it is not shown.
    pub(super) hidden: Option<bool>,
    /// Whether its letters are shown as capitals.
    pub(super) capitals: Option<bool>,
    /// Whether it is small and raised.
    pub(super) raised: Option<bool>,
    pub(super) bold: Option<bool>,
    /// Its size in half points.
    pub(super) size: Option<u32>,
}

impl RunLook {
    /// What properties say.
    pub(super) fn of(properties: Option<&Element>) -> Self {
        let Some(own) = properties else { return Self::default() };
        Self {
            hidden: own.switch("vanish"),
            capitals: own.switch("caps"),
            raised: own.value("vertAlign").map(|value| value == "superscript"),
            bold: own.switch("b"),
            size: own.number("sz"),
        }
    }

    /// What this one says, and where it says nothing what another one does.
    pub(super) const fn or(self, other: Self) -> Self {
        const fn first<T: Copy>(one: Option<T>, other: Option<T>) -> Option<T> {
            if one.is_some() { one } else { other }
        }
        Self {
            hidden: first(self.hidden, other.hidden),
            capitals: first(self.capitals, other.capitals),
            raised: first(self.raised, other.raised),
            bold: first(self.bold, other.bold),
            size: first(self.size, other.size),
        }
    }
}

impl Styles {
    /// Reads the part of the styles.
    pub(super) fn of(root: Option<&Element>) -> Self {
        let mut styles = Self::default();
        for own in root.into_iter().flat_map(|root| root.children("style")) {
            let Some(id) = own.attribute("styleId") else { continue };
            let is_default = matches!(own.attribute("default"), Some("1" | "true"));
            if is_default && own.attribute("type") == Some("paragraph") {
                styles.default = Some(id.into());
            }
            let style = Style {
                name: own.value("name").unwrap_or(id).into(),
                base: own.value("basedOn").map(Into::into),
                list: ListPlace::of(own.child("pPr")),
                run: RunLook::of(own.child("rPr")),
            };
            styles.all.insert(id.into(), style);
        }
        styles
    }

    /// The style that a paragraph names, or that of those that name none.
    pub(super) fn id<'s>(&'s self, named: Option<&'s str>) -> Option<&'s str> {
        named.or(self.default.as_deref())
    }

    /// The name of a style.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.all.get(id).map(|style| &*style.name)
    }

    /// A style and those that it builds on, itself first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = id.and_then(|id| Some((id, self.all.get(id)?)));
        let next = |(_, style): &(&'s str, &'s Style)| {
            let id = style.base.as_deref()?;
            Some((id, self.all.get(id)?))
        };
        std::iter::successors(first, next).take(limits::STYLES)
    }

    /// The list of a paragraph: as it says itself, else as its style says.
    pub(super) fn list(&self, own: &ListPlace, id: Option<&str>) -> ListPlace {
        let mut place = own.clone();
        for (_, style) in self.chain(id) {
            place.list = place.list.or(style.list.list);
            place.level = place.level.or(style.list.level);
        }
        place
    }

    /// Which style of a paragraph names its list; the level may be bound to it.
    pub(super) fn listing<'s>(&'s self, id: Option<&'s str>) -> Option<&'s str> {
        self.chain(id).find(|(_, style)| style.list.list.is_some()).map(|(id, _)| id)
    }

    /// How runs of a style are set.
    pub(super) fn look(&self, id: Option<&str>) -> RunLook {
        self.chain(id).fold(RunLook::default(), |look, (_, style)| look.or(style.run))
    }
}
