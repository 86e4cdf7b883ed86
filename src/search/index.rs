//! The index: a database of SQLite with the terms of every clause, and the clauses themselves, compressed.
//!
//! A row of the full-text table has a number made of its version's, its place in the text and its kind, so that hits are
//! counted, filtered and put in order without reading anything else. The numbers of versions are never given twice; what
//! stands in the table of a version that is gone is passed over.

use std::{collections::BTreeMap, io::Read as _, path::Path, time::Duration};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

use super::result::Failure;
use super::{
    query::{Filter, Query},
    terms::terms_of,
};
use crate::corpus::Footprint;
use crate::frbr::WorkId;
use crate::record::{Day, Version, VersionId};
use crate::statement::{Clause, ClauseKind};

/// What an index says of itself; the program's version stands in it, for another may read a text otherwise.
const HEAD: &str = concat!("recension search 1 ", env!("CARGO_PKG_VERSION"));
/// Bits of a row's number for the kind of the clause, and for its place in the version.
const KIND_BITS: u32 = 5;
const CLAUSE_BITS: u32 = 28;
/// Most versions that ever get a number.
const MOST_VERSIONS: i64 = 1 << 30;
/// How long a reader waits for a writer's last moments.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a page: a compressed text is some 3,000 bytes, and of small pages each would fill one and leave it half empty.
const PAGE: u32 = 16_384;
/// Bytes of a clause's terms at most: half of what SQLite takes. Only a text made for it comes near.
const MOST_BYTES: usize = 500_000_000;
/// The rank of a version that is gone.
const GONE: u32 = u32::MAX;

const TABLES: &str = "
    CREATE TABLE about(key TEXT PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE versions(no INTEGER PRIMARY KEY, work TEXT NOT NULL, language TEXT NOT NULL, folder TEXT NOT NULL,
                          issued TEXT, mark BLOB NOT NULL);
    CREATE TABLE texts(no INTEGER PRIMARY KEY, clauses BLOB NOT NULL);
    CREATE VIRTUAL TABLE clauses USING fts5(terms, content='', columnsize=0, tokenize='ascii');
";

/// An opened index.
pub(super) struct Index {
    db: Connection,
}

/// The clauses of a version, ready to be written.
pub(super) struct Entry {
    /// Kinds and terms.
    terms: Vec<(ClauseKind, String)>,
    /// The clauses, compressed.
    clauses: Vec<u8>,
}

/// A version that an index holds.
pub(super) struct Held {
    pub(super) no: i64,
    /// What its text and its record were known by.
    pub(super) mark: Vec<u8>,
}

/// A clause that the index names.
pub(super) struct NamedTerm {
    pub(super) id: VersionId,
    pub(super) issued: Option<Day>,
    pub(super) kind: ClauseKind,
    pub(super) clause: usize,
    pub(super) address: String,
    pub(super) text: String,
}

/// What the index says to a query.
pub(super) struct Answer {
    /// Clauses that fit.
    pub(super) total: usize,
    /// Versions that were looked at.
    pub(super) searched: usize,
    /// The first of the clauses, in order.
    pub(super) first: Vec<NamedTerm>,
}

impl Entry {
    pub(super) fn new(clauses: &[Clause]) -> Result<Self, Failure> {
        let terms = |clause: &Clause| {
            let terms = terms_of(&clause.text);
            if terms.len() > MOST_BYTES {
                return Err(Failure::Index("a clause of it is too long to be searched".to_owned()));
            }
            Ok((clause.kind, terms))
        };
        let shown: Vec<(&str, &str)> = clauses.iter().map(|clause| (clause.address.as_str(), &*clause.text)).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(3));
        serde_json::to_writer(&mut encoder, &shown).map_err(|error| Failure::index(&error))?;
        Ok(Self {
            terms: clauses.iter().map(terms).collect::<Result<_, _>>()?,
            clauses: encoder.finish().map_err(|error| Failure::index(&error))?,
        })
    }
}

impl Index {
    /// An index in memory, without anything in it.
    pub(super) fn in_memory() -> Result<Self, Failure> {
        Self::begin(Connection::open_in_memory()?)
    }

    /// A new index in a file that does not matter before it is finished.
    pub(super) fn create(file: &Path) -> Result<Self, Failure> {
        let db = Connection::open(file)?;
        db.pragma_update(None, "page_size", PAGE)?;
        db.pragma_update(None, "journal_mode", "OFF")?;
        db.pragma_update(None, "synchronous", "OFF")?;
        Self::begin(db)
    }

    fn begin(db: Connection) -> Result<Self, Failure> {
        db.execute_batch(TABLES)?;
        let index = Self { db };
        index.keep("head", HEAD.as_bytes())?;
        index.keep("next", &1_i64.to_le_bytes())?;
        Ok(index)
    }

    /// The index of a file; none where there is no file, or that of another program.
    pub(super) fn open(file: &Path) -> Result<Option<Self>, Failure> {
        if !file.exists() {
            return Ok(None);
        }
        let plain = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(file, plain | OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| Connection::open_with_flags(file, plain | OpenFlags::SQLITE_OPEN_READ_ONLY))?;
        db.busy_timeout(PATIENCE)?;
        db.pragma_update(None, "cell_size_check", true)?;
        let index = Self { db };
        Ok((index.kept("head")?.as_deref() == Some(HEAD.as_bytes())).then_some(index))
    }

    /// Begins what must be seen, or written, as one.
    pub(super) fn start(&self, write: bool) -> Result<(), Failure> {
        Ok(self.db.execute_batch(if write { "BEGIN IMMEDIATE" } else { "BEGIN" })?)
    }

    /// Ends it.
    pub(super) fn end(&self) -> Result<(), Failure> {
        Ok(self.db.execute_batch("COMMIT")?)
    }

    fn keep(&self, key: &str, value: &[u8]) -> Result<(), Failure> {
        self.db.execute("INSERT OR REPLACE INTO about VALUES (?1, ?2)", params![key, value])?;
        Ok(())
    }

    fn kept(&self, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        let mut found = self.db.prepare("SELECT value FROM about WHERE key = ?1")?;
        Ok(found.query_row([key], |row| row.get(0)).optional()?)
    }

    /// What the corpus was known by when the index was level with it.
    pub(super) fn footprint(&self) -> Result<Option<Footprint>, Failure> {
        Ok(self.kept("footprint")?.filter(|bytes| !bytes.is_empty()).map(Footprint::from_bytes))
    }

    /// Keeps what the corpus is known by; with none, the next search looks at every version.
    pub(super) fn keep_footprint(&self, footprint: Option<&Footprint>) -> Result<(), Failure> {
        self.keep("footprint", footprint.map_or(&[], Footprint::as_bytes))
    }

    /// The number for the next version.
    fn next(&self) -> Result<i64, Failure> {
        let bytes = self.kept("next")?.and_then(|bytes| bytes.try_into().ok());
        bytes
            .map(i64::from_le_bytes)
            .filter(|no| (1..MOST_VERSIONS).contains(no))
            .ok_or_else(|| Failure::damaged("next"))
    }

    /// The versions that it holds.
    pub(super) fn held(&self) -> Result<BTreeMap<VersionId, Held>, Failure> {
        let mut held = BTreeMap::new();
        let mut rows = self.db.prepare("SELECT no, work, language, folder, mark FROM versions")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            held.insert(id(row)?, Held { no: row.get("no")?, mark: row.get("mark")? });
        }
        Ok(held)
    }

    /// How many numbers were given to versions that are gone.
    pub(super) fn gone(&self, held: usize) -> Result<usize, Failure> {
        Ok(usize::try_from(self.next()? - 1).unwrap_or(usize::MAX).saturating_sub(held))
    }

    /// Takes a version out.
    pub(super) fn remove(&self, no: i64) -> Result<(), Failure> {
        self.db.prepare("DELETE FROM versions WHERE no = ?1")?.execute([no])?;
        self.db.prepare("DELETE FROM texts WHERE no = ?1")?.execute([no])?;
        Ok(())
    }

    /// Puts a version in.
    pub(super) fn add(&self, version: &Version, mark: &[u8], entry: &Entry) -> Result<(), Failure> {
        let no = self.next()?;
        let id = &version.id;
        let issued = version.issued().0.map(|day| day.to_string());
        self.db.prepare("INSERT INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
            no,
            id.work.as_str(),
            id.language,
            id.folder,
            issued,
            mark
        ])?;
        self.db.prepare("INSERT INTO texts VALUES (?1, ?2)")?.execute(params![no, entry.clauses])?;
        let mut insert = self.db.prepare("INSERT INTO clauses(rowid, terms) VALUES (?1, ?2)")?;
        for (at, (kind, terms)) in entry.terms.iter().enumerate() {
            let row = row_number(no, at, *kind).ok_or_else(|| Failure::damaged("a text of too many clauses"))?;
            insert.execute(params![row, terms])?;
        }
        self.keep("next", &(no + 1).to_le_bytes())
    }

    /// Makes one list of each term, after many versions were put in.
    pub(super) fn settle(&self) -> Result<(), Failure> {
        Ok(self.db.execute_batch("INSERT INTO clauses(clauses) VALUES ('optimize')")?)
    }

    /// Keeps the order of the versions: newest first, then by work, language and folder.
    pub(super) fn rank(&self, versions: &[Version]) -> Result<(), Failure> {
        let held = self.held()?;
        let mut order: Vec<(&Version, i64)> =
            versions.iter().filter_map(|version| Some((version, held.get(&version.id)?.no))).collect();
        order.sort_by(|(a, _), (b, _)| {
            let ((issued_a, number_a), (issued_b, number_b)) = (a.issued(), b.issued());
            let of_day = || (&a.id.work, &a.id.language).cmp(&(&b.id.work, &b.id.language));
            issued_b.cmp(&issued_a).then_with(of_day).then(number_b.cmp(&number_a)).then(a.id.folder.cmp(&b.id.folder))
        });
        let last = usize::try_from(self.next()?).unwrap_or(0);
        let mut ranks = vec![GONE; last];
        for (rank, (_, no)) in order.into_iter().enumerate() {
            let slot = usize::try_from(no).ok().and_then(|no| ranks.get_mut(no));
            *slot.ok_or_else(|| Failure::damaged("versions"))? = u32::try_from(rank).unwrap_or(GONE);
        }
        self.keep("ranks", &ranks.iter().flat_map(|rank| rank.to_le_bytes()).collect::<Vec<_>>())
    }

    /// Looks a query up.
    pub(super) fn answer(&self, query: &Query, filter: &Filter, limit: usize) -> Result<Answer, Failure> {
        let mut ranks: Vec<u32> = self
            .kept("ranks")?
            .ok_or_else(|| Failure::damaged("ranks"))?
            .chunks_exact(4)
            .map(|bytes| bytes.iter().rev().fold(0, |rank, byte| rank << 8 | u32::from(*byte)))
            .collect();
        if filter.chooses_versions() {
            self.choose(filter, &mut ranks)?;
        }
        let searched = ranks.iter().filter(|rank| **rank != GONE).count();
        let mut found = self.rows(query, filter, &ranks)?;
        let total = found.len();
        if limit < total {
            found.select_nth_unstable(limit);
            found.truncate(limit);
        }
        found.sort_unstable();
        Ok(Answer { total, searched, first: self.named(&found)? })
    }

    /// Ranks of the versions that a filter leaves out are struck.
    fn choose(&self, filter: &Filter, ranks: &mut [u32]) -> Result<(), Failure> {
        let mut chosen = vec![GONE; ranks.len()];
        let mut rows = self.db.prepare("SELECT no, work, language, issued FROM versions")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let issued = row.get_ref(3)?.as_str_or_null().map_err(|_| Failure::damaged("versions"))?;
            let text = |at| row.get_ref(at)?.as_str().map_err(|_| Failure::damaged("versions"));
            if filter.takes(text(1)?, text(2)?, issued.and_then(Day::parse)) {
                let no = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(usize::MAX);
                let rank = ranks.get(no).ok_or_else(|| Failure::damaged("versions"))?;
                *chosen.get_mut(no).ok_or_else(|| Failure::damaged("versions"))? = *rank;
            }
        }
        ranks.copy_from_slice(&chosen);
        Ok(())
    }

    /// Rank and number of every row that fits.
    fn rows(&self, query: &Query, filter: &Filter, ranks: &[u32]) -> Result<Vec<(u32, i64)>, Failure> {
        let kinds = filter.kinds.iter().fold(0_u32, |set, kind| set | 1 << *kind as u32);
        let mut found = Vec::new();
        let mut rows = self.db.prepare("SELECT rowid FROM clauses WHERE clauses MATCH ?1")?;
        let mut rows = rows.query([query.expression()])?;
        while let Some(row) = rows.next()? {
            let row: i64 = row.get(0)?;
            let (no, _, kind) = parts(row);
            let rank = *ranks.get(no).ok_or_else(|| Failure::damaged("clauses"))?;
            if rank != GONE && (kinds == 0 || kinds & 1 << kind != 0) {
                found.push((rank, row));
            }
        }
        Ok(found)
    }

    /// The clauses of rows.
    fn named(&self, rows: &[(u32, i64)]) -> Result<Vec<NamedTerm>, Failure> {
        let mut named = Vec::with_capacity(rows.len());
        let mut versions = self.db.prepare("SELECT work, language, folder, issued FROM versions WHERE no = ?1")?;
        let mut texts = self.db.prepare("SELECT clauses FROM texts WHERE no = ?1")?;
        for of_version in rows.chunk_by(|(a, _), (b, _)| a == b) {
            let (no, ..) = of_version.first().map_or((0, 0, 0), |(_, row)| parts(*row));
            let no = i64::try_from(no).unwrap_or(0);
            let (id, issued) =
                versions.query_row([no], |row| Ok((id(row), row.get::<_, Option<String>>("issued")?)))?;
            let id = id?;
            let clauses = unpacked(&texts.query_row([no], |row| row.get::<_, Vec<u8>>(0))?)?;
            for (_, row) in of_version {
                let (_, clause, kind) = parts(*row);
                let kind = ClauseKind::ALL.get(kind).copied().ok_or_else(|| Failure::damaged("clauses"))?;
                let (address, text) = clauses.get(clause).cloned().ok_or_else(|| Failure::damaged("texts"))?;
                let issued = issued.as_deref().and_then(Day::parse);
                named.push(NamedTerm { id: id.clone(), issued, kind, clause, address, text });
            }
        }
        Ok(named)
    }
}

/// The name of the version in a row.
fn id(row: &rusqlite::Row<'_>) -> Result<VersionId, Failure> {
    let work = WorkId::new(&row.get::<_, String>("work")?).map_err(|error| Failure::index(&error))?;
    Ok(VersionId { work, language: row.get("language")?, folder: row.get("folder")? })
}

/// The number of a row; none where a part does not fit in its bits.
fn row_number(no: i64, clause: usize, kind: ClauseKind) -> Option<i64> {
    let clause = i64::try_from(clause).ok().filter(|clause| clause >> CLAUSE_BITS == 0)?;
    (no < MOST_VERSIONS).then_some(no << (CLAUSE_BITS + KIND_BITS) | clause << KIND_BITS | kind as i64)
}

/// Version, place and kind in the number of a row.
fn parts(row: i64) -> (usize, usize, usize) {
    let part = |shift: u32, bits: u32| usize::try_from(row >> shift & ((1 << bits) - 1)).unwrap_or(usize::MAX);
    (part(CLAUSE_BITS + KIND_BITS, 30), part(KIND_BITS, CLAUSE_BITS), part(0, KIND_BITS))
}

/// Addresses and texts of the clauses of a version. The packing has a checksum of its own.
fn unpacked(bytes: &[u8]) -> Result<Vec<(String, String)>, Failure> {
    let mut json = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut json).map_err(|error| Failure::index(&error))?;
    serde_json::from_slice(&json).map_err(|error| Failure::index(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_their_parts() {
        for (no, clause, kind) in
            [(1, 0, ClauseKind::Masthead), (MOST_VERSIONS - 1, (1 << 28) - 1, ClauseKind::Unclassified)]
        {
            let row = row_number(no, clause, kind).expect("it fits");
            assert_eq!(parts(row), (usize::try_from(no).expect("small"), clause, kind as usize));
        }
        assert_eq!(row_number(1, 1 << 28, ClauseKind::Title), None);
        assert!(ClauseKind::ALL.len() <= 1 << KIND_BITS);
        for (at, kind) in ClauseKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at);
        }
    }
}
