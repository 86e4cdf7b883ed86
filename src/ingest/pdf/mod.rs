//! The reader of PDF: `objects → glyphs → lines → pages → text with layout`.
//!
//! A PDF paints glyphs where they belong and says of most which characters they show. This reader gathers them in the order
//! of reading and writes lines with their indents and gaps, as an extraction would, and hands on beside the text what an
//! extraction loses: page, place, size, weight, what is raised. What it can't read it refuses and says why: a page without
//! a text layer, a lock, fonts that do not know their characters. Nothing that a file names outside itself is fetched.
//!
//! The parser beneath is not ours, and files are hostile: what it panics at is a damaged file.

mod bidi;
mod columns;
mod content;
mod fonts;
mod limits;
mod lines;
mod matrix;
mod page;
mod place;
mod sizes;
mod unpack;
mod write;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf as File};

use self::page::{Page, UNKNOWN};
use self::place::PageLines;
use self::unpack::{Budget, beyond, damaged};
use super::error::{Limit, Lock, Pages, ReadError};
use super::extract::Extract;
use super::reader::{Confidence, Reader};
use super::source::{Options, RECOGNISED};
use crate::text::FileFormat;

/// Portable Document Format.
pub(super) struct Pdf;

/// Bytes among which a file names its format; some have a few before it.
const HEAD: usize = 1024;
/// What it names it by.
const MAGIC: &[u8] = b"%PDF-";
/// Share of a page that the image of a scan covers, at least.
const SCAN: f32 = 0.4;
/// Glyphs that a stamp or a page number has at most: a page with an image and no more has no text layer.
const STAMP: usize = 24;

/// The encoding of a file whose characters are painted.
const PAINTED: &str = "PDF";

impl Reader for Pdf {
    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn detect(&self, bytes: &[u8], _: Option<&str>) -> Confidence {
        let head = &bytes[..bytes.len().min(HEAD)];
        if head.windows(MAGIC.len()).any(|part| part == MAGIC) { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, bytes: Cow<'_, [u8]>, options: Options<'_>) -> Result<Extract, ReadError> {
        if bytes.len() > limits::FILE_BYTES {
            return Err(beyond(Limit::Bytes, limits::FILE_BYTES));
        }
        sizes::check(&bytes)?;
        let bytes = bytes.into_owned();
        // What is half read when the parser panics is dropped with it.
        catch_unwind(AssertUnwindSafe(|| read(bytes, options)))
            .unwrap_or_else(|_| Err(damaged("its objects contradict each other")))
    }
}

fn read(bytes: Vec<u8>, options: Options<'_>) -> Result<Extract, ReadError> {
    let file = open(bytes, options.password)?;
    let pages = pages(&file)?;
    let places = place::places(&pages.lines);
    let extract = write::extract(&pages.lines, &places);
    Ok(Extract { encoding: if pages.is_recognised { RECOGNISED } else { PAINTED }, ..extract })
}

/// Opens a file: without a password first, because many are locked against changes only.
fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<File, ReadError> {
    let locked = |lock| ReadError::Encrypted { format: FileFormat::Pdf, lock };
    let data = std::sync::Arc::new(bytes);
    let opened = match (File::new(std::sync::Arc::clone(&data)), password) {
        (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
            File::new_with_password(data, password)
        }
        (opened, _) => opened,
    };
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            locked(if password.is_some() { Lock::WrongPassword } else { Lock::NoPassword })
        }
        LoadPdfError::Decryption(_) => locked(Lock::UnknownCipher),
        LoadPdfError::Invalid => damaged("it has no table of objects, or no pages"),
    })
}

/// What all pages show.
struct ReadPages {
    lines: Vec<PageLines>,
    /// Whether a program recognised the characters of a page in its image.
    is_recognised: bool,
}

/// Reads all pages, and refuses the document where what they show is no text.
fn pages(file: &File) -> Result<ReadPages, ReadError> {
    let all = file.pages();
    if all.len() > limits::PAGES {
        return Err(beyond(Limit::Pages, limits::PAGES));
    }
    if let Some(told) = told_pages(file).filter(|told| *told > all.len()) {
        return Err(damaged(format!("it says it has {told} pages, and {} are there", all.len())));
    }
    let (mut fonts, mut budget) = (fonts::Fonts::new(), Budget::new());
    let mut lines = Vec::with_capacity(all.len());
    let (mut without, mut doubtful) = (Pages::default(), Pages::default());
    let (mut glyphs, mut unknown, mut is_recognised) = (0, 0, false);
    for (source, number) in all.iter().zip(1..) {
        let page = content::read(source, number, &mut fonts, &mut budget)?;
        if lacks_text(&page) {
            without.0.push(number);
        }
        let read = columns::in_reading_order(lines::lines(&page));
        let odd: usize =
            read.iter().flat_map(|line| &line.cells).map(|cell| cell.text().matches(UNKNOWN).count()).sum();
        if odd > 0 {
            doubtful.0.push(number);
        }
        is_recognised |= is_recognised_text(&page);
        glyphs += page.glyphs.len();
        unknown += odd;
        lines.push(PageLines { number, height: page.height, width: page.width, lines: read, rules: page.rules });
    }
    if unknown * 100 > glyphs * limits::UNKNOWN_SHARE {
        return Err(ReadError::UnknownGlyphs { format: FileFormat::Pdf, unknown, glyphs, pages: doubtful });
    }
    let is_blank = lines.iter().all(|page| page.lines.is_empty());
    if is_blank && without.0.is_empty() {
        without.0.extend(1..=u32::try_from(lines.len()).unwrap_or(u32::MAX));
    }
    if !without.0.is_empty() {
        return Err(ReadError::NoTextLayer { format: FileFormat::Pdf, pages: without });
    }
    Ok(ReadPages { lines, is_recognised })
}

/// Whether nobody sees most of the characters of a page, but its image.
fn is_recognised_text(page: &Page) -> bool {
    page.image >= SCAN && page.unseen * 2 > page.glyphs.len()
}

/// How many pages the file says it has.
fn told_pages(file: &File) -> Option<usize> {
    let root = file.xref().get::<Dict<'_>>(file.xref().root_id())?;
    let count = root.get::<Dict<'_>>(b"Pages".as_slice())?.get::<i32>(b"Count".as_slice())?;
    usize::try_from(count).ok()
}

/// Whether a page shows an image, and no text but a stamp.
fn lacks_text(page: &Page) -> bool {
    page.image >= SCAN && page.glyphs.len() <= STAMP
}
