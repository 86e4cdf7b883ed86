//! Where a clause stands among the clauses of its statement.
//!
//! A type of its own, so that the place of a clause is not taken for a byte, a token or the number of a link, which are
//! counts as well. What identifies a clause for a reader, `c7`, is made of it ([`ClauseIndex::id`]).

use std::ops::{Index, IndexMut, Range};

/// The place of a clause among those of its statement, from 0.
///
/// ```
/// use recension::{ingest, statement::ClauseIndex};
///
/// let statement = ingest::read(b"1. We agree.\n\n2. We report.\n".as_slice(), ingest::Options::default())?.statement;
/// let second = ClauseIndex::new(1);
/// assert_eq!(statement.clauses[second].text, "We report.");
/// assert_eq!(second.id(), "c2");
/// # Ok::<(), recension::ingest::ReadError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClauseIndex(u32);

impl ClauseIndex {
    /// The place after so many other clauses.
    ///
    /// # Panics
    /// Where the number does not fit in 32 bits; texts are shorter than that.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("texts are shorter than 4 GiB, and so have fewer clauses"))
    }

    /// How many clauses stand before it.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }

    /// The identifier of the clause: `c1` is the first.
    #[must_use]
    pub fn id(self) -> String {
        format!("c{}", self.get() + 1)
    }

    /// The place behind it.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        Self::new(self.get() + 1)
    }

    /// The place so many steps from it; none before the first.
    #[must_use]
    pub(crate) fn step(self, by: isize) -> Option<Self> {
        self.get().checked_add_signed(by).map(Self::new)
    }

    /// All places of a range.
    pub fn range(range: Range<usize>) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        range.map(Self::new)
    }
}

/// Something for each clause of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerClause<T>(Vec<T>);

impl<T> PerClause<T> {
    /// The same for so many clauses.
    #[must_use]
    pub(crate) fn filled(value: T, clauses: usize) -> Self
    where
        T: Clone,
    {
        Self(vec![value; clauses])
    }

    /// How many clauses there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no clause.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands for a clause, if there is one at this place.
    #[must_use]
    pub fn get(&self, at: ClauseIndex) -> Option<&T> {
        self.0.get(at.get())
    }

    /// All places, in their order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = ClauseIndex> + ExactSizeIterator + Clone + use<T> {
        ClauseIndex::range(0..self.0.len())
    }

    /// What stands for each clause, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The same, to be changed.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// What stands for each clause, with its place.
    pub fn each(&self) -> impl DoubleEndedIterator<Item = (ClauseIndex, &T)> {
        self.0.iter().enumerate().map(|(at, value)| (ClauseIndex::new(at), value))
    }
}

impl<T> FromIterator<T> for PerClause<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T> Index<ClauseIndex> for PerClause<T> {
    type Output = T;

    fn index(&self, at: ClauseIndex) -> &T {
        &self.0[at.get()]
    }
}

impl<T> IndexMut<ClauseIndex> for PerClause<T> {
    fn index_mut(&mut self, at: ClauseIndex) -> &mut T {
        &mut self.0[at.get()]
    }
}

impl<'a, T> IntoIterator for &'a PerClause<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// By what identifies the clause for a reader, `c7`, as all results name it.
impl serde::Serialize for ClauseIndex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id())
    }
}
