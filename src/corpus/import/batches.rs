//! Items that go into a corpus by batches, each one commit.

use std::collections::BTreeMap;

use super::item::{Item, Problem, What};
use crate::corpus::{
    draft::Draft,
    settings::Defaults,
    store::{Interruption, SameDay, Store, StoreError},
};
use crate::language::Catalogue;
use crate::record::Day;

/// Versions of a batch at most.
const MOST_IN_BATCH: usize = 2_000;
/// Bytes of sources in a batch, about.
const BATCH_BYTES: usize = 48 << 20;

/// What an import did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ImportOutcome {
    /// Versions that were added.
    pub added: usize,
    /// Items that the corpus had already.
    pub already: usize,
    /// The commits, a batch each.
    pub commits: Vec<String>,
    /// Items that were left out.
    pub problems: Vec<Problem>,
    /// What a killed writer had left, and what became of it.
    pub interrupted: Option<Interruption>,
    order: Order,
}

/// The last day of each series of a history, so that its states stay in their order.
#[derive(Debug, Default)]
struct Order {
    last: BTreeMap<(String, String), Day>,
}

impl Order {
    /// Dates a state of a history within it: never after the commit that holds it, and never before the state that it
    /// followed. A date in a text may be of anything, and commits may be dated as their authors like.
    fn keep(&mut self, draft: &mut Draft) {
        let Some(committed) = draft.committed else { return };
        // The day may have begun where the text was written.
        let latest = committed.days_since_1970().map(|day| day + 1);
        let own = draft.record.issued.filter(|own| own.days_since_1970() <= latest);
        let day = own.unwrap_or(committed);
        let series = (draft.work.to_string(), draft.language.clone());
        let last = self.last.entry(series).or_insert(day);
        if last.days_since_1970() <= day.days_since_1970() {
            *last = day;
        }
        draft.record.issued = Some(*last);
    }
}

/// How an import is to go on.
#[non_exhaustive]
pub struct ImportOptions<'a> {
    /// What holds where nothing is said.
    pub defaults: &'a Defaults,
    /// The languages and bodies that texts are read with.
    pub catalogue: &'a Catalogue,
    /// When texts are taken to be fetched that nobody says it of.
    pub today: Option<Day>,
    /// Find out what would be added, and write nothing.
    pub dry_run: bool,
    /// Called once if another writer is waited for.
    pub waiting: &'a dyn Fn(),
    /// Called after each batch with the number of items seen so far.
    pub progress: &'a dyn Fn(usize),
}

impl<'a> ImportOptions<'a> {
    /// An import that writes, tells nobody of its progress, and says nothing that the items do not say.
    #[must_use]
    pub fn new(defaults: &'a Defaults) -> Self {
        let (waiting, progress): (&dyn Fn(), &dyn Fn(usize)) = (&|| {}, &|_| {});
        Self { defaults, catalogue: Catalogue::shipped(), today: None, dry_run: false, waiting, progress }
    }
}

/// Adds items, in their order, a commit for each batch.
///
/// An item that can't become a version is left out and told; the others are added all the same. A second version of
/// one day is numbered.
///
/// # Errors
/// [`StoreError`]; batches before it stay added.
pub fn import(
    store: &Store,
    items: impl Iterator<Item = Result<Item, Problem>>,
    options: &ImportOptions<'_>,
) -> Result<ImportOutcome, StoreError> {
    let mut done = ImportOutcome::default();
    let mut seen = 0;
    let mut batch = Vec::new();
    let mut bytes = 0;
    for item in items {
        seen += 1;
        match item {
            Ok(item) => {
                bytes += item.len();
                batch.push(item);
            }
            Err(problem) => done.problems.push(problem),
        }
        if batch.len() >= MOST_IN_BATCH || bytes >= BATCH_BYTES {
            add(store, std::mem::take(&mut batch), options, &mut done)?;
            bytes = 0;
            (options.progress)(seen);
        }
    }
    if !batch.is_empty() {
        add(store, batch, options, &mut done)?;
        (options.progress)(seen);
    }
    Ok(done)
}

fn add(
    store: &Store,
    batch: Vec<Item>,
    options: &ImportOptions<'_>,
    done: &mut ImportOutcome,
) -> Result<(), StoreError> {
    let items: Vec<std::sync::Mutex<Option<Item>>> =
        batch.into_iter().map(|item| std::sync::Mutex::new(Some(item))).collect();
    let drafting = Drafting { defaults: options.defaults, catalogue: options.catalogue, today: options.today };
    let drafted = store.execution.map_chunks(&items, |part| {
        let take = |item: &std::sync::Mutex<Option<Item>>| item.lock().ok().and_then(|mut item| item.take());
        part.iter().filter_map(take).map(|item| item.draft(&drafting)).collect::<Vec<_>>()
    });
    let mut drafts = Vec::with_capacity(items.len());
    for result in drafted.into_iter().flatten() {
        match result {
            Ok(mut draft) => {
                done.order.keep(&mut draft);
                drafts.push(draft);
            }
            Err(problem) => done.problems.push(problem),
        }
    }
    if options.dry_run {
        let placed = store.plan(&drafts, SameDay::Number)?;
        done.already += placed.iter().filter(|placed| placed.already).count();
        done.added += placed.iter().filter(|placed| !placed.already).count();
        return Ok(());
    }
    let added = store.add_many(&drafts, SameDay::Number, options.waiting)?;
    done.already += added.placed.iter().filter(|placed| placed.already).count();
    done.added += added.placed.iter().filter(|placed| !placed.already).count();
    done.commits.extend(added.commit);
    done.interrupted = done.interrupted.or(added.interrupted);
    Ok(())
}

/// What a draft is made with, for each thread.
struct Drafting<'a> {
    defaults: &'a Defaults,
    catalogue: &'a Catalogue,
    today: Option<Day>,
}

impl Item {
    fn len(&self) -> usize {
        match &self.what {
            What::Text(received, _) => received.bytes.len(),
            What::Version(draft) => draft.source.len(),
        }
    }

    fn draft(self, options: &Drafting<'_>) -> Result<Draft, Problem> {
        match self.what {
            What::Version(draft) => Ok(*draft),
            What::Text(received, said) => {
                Draft::new(*received, *said, options.defaults, options.catalogue, options.today)
                    .map_err(|error| Problem { place: self.place, error: error.into() })
            }
        }
    }
}
