//! The two sides of a comparison, and what stands on each of them.
//!
//! Whatever exists once for the text before and once for the text after is a [`Pair`], and code that is the same for both
//! is written once, for a [`Side`]: so nothing is done to one side and forgotten on the other, and swapping the sides of
//! a comparison inverts its result.

use std::ops::{Index, IndexMut};

use serde::Serialize;

/// One of the two sides of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The earlier one.
    Before,
    /// The later one.
    After,
}

impl Side {
    /// Both sides, in their order.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// The side that it is compared with.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }

    /// The name in headings, keys and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// Two sides of a comparison.
///
/// ```
/// use recension::text::{Pair, Side};
///
/// let texts = Pair::new("150 inspections", "105 inspections a year");
/// assert_eq!(texts[Side::Before], texts.before);
///
/// let lengths = texts.map(str::len);
/// let told: Vec<String> = texts.zip(lengths).iter().map(|(text, length)| format!("{text}: {length}")).collect();
/// assert_eq!(told, ["150 inspections: 15", "105 inspections a year: 22"]);
///
/// // What is made for a side, from what the other one has.
/// let others = Pair::from_fn(|side| texts[side.other()]);
/// assert_eq!(others, texts.invert());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Pair<T> {
    /// The earlier side.
    pub before: T,
    /// The later side.
    pub after: T,
}

impl<T> Pair<T> {
    /// A pair of two sides.
    pub const fn new(before: T, after: T) -> Self {
        Self { before, after }
    }

    /// What a function makes for each side, the earlier one first.
    pub fn from_fn(mut f: impl FnMut(Side) -> T) -> Self {
        Self { before: f(Side::Before), after: f(Side::After) }
    }

    /// One side.
    #[must_use]
    pub const fn get(&self, side: Side) -> &T {
        match side {
            Side::Before => &self.before,
            Side::After => &self.after,
        }
    }

    /// One side, to be changed.
    #[must_use]
    pub const fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        }
    }

    /// The same function on both sides, the earlier one first.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair { before: f(self.before), after: f(self.after) }
    }

    /// What stands on each side of two pairs, together.
    pub fn zip<U>(self, other: Pair<U>) -> Pair<(T, U)> {
        Pair { before: (self.before, other.before), after: (self.after, other.after) }
    }

    /// References to both sides.
    pub const fn as_ref(&self) -> Pair<&T> {
        Pair { before: &self.before, after: &self.after }
    }

    /// References to both sides, to be changed.
    pub const fn as_mut(&mut self) -> Pair<&mut T> {
        Pair { before: &mut self.before, after: &mut self.after }
    }

    /// The sides swapped.
    #[must_use]
    pub fn invert(self) -> Self {
        Self { before: self.after, after: self.before }
    }

    /// Both sides in their order.
    pub fn iter(&self) -> std::array::IntoIter<&T, 2> {
        self.as_ref().into_iter()
    }

    /// Both sides in their order, to be changed.
    pub fn iter_mut(&mut self) -> std::array::IntoIter<&mut T, 2> {
        self.as_mut().into_iter()
    }

    /// Both sides in their order, each with what it is.
    pub fn each(self) -> std::array::IntoIter<(Side, T), 2> {
        [(Side::Before, self.before), (Side::After, self.after)].into_iter()
    }
}

impl<T: PartialEq> Pair<T> {
    /// Whether both sides are equal.
    pub fn is_same(&self) -> bool {
        self.before == self.after
    }
}

impl<T> Pair<Option<T>> {
    /// Both sides, where both are there.
    pub fn both(self) -> Option<Pair<T>> {
        Some(Pair { before: self.before?, after: self.after? })
    }
}

impl<T> Index<Side> for Pair<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        self.get(side)
    }
}

impl<T> IndexMut<Side> for Pair<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        self.get_mut(side)
    }
}

impl<T> IntoIterator for Pair<T> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, 2>;

    fn into_iter(self) -> Self::IntoIter {
        [self.before, self.after].into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Pair<T> {
    type Item = &'a T;
    type IntoIter = std::array::IntoIter<&'a T, 2>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Pair<T> {
    type Item = &'a mut T;
    type IntoIter = std::array::IntoIter<&'a mut T, 2>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

serialize_by_name!(Side);
