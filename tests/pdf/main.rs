//! PDF: what is read of one, and what is refused. The files are written here, and their texts are invented.

mod build;

use build::{File, lines, text};
use recension::ingest::{self, Limit, Lock, Options, Pages, ReadError, Source};
use recension::statement::{ClauseKind, Why};

fn read(bytes: Vec<u8>) -> Source {
    ingest::read(bytes, Options::default()).expect("a PDF with text")
}

fn clauses(source: &Source, kind: ClauseKind) -> Vec<&str> {
    source.statement.clauses.iter().filter(|clause| clause.kind == kind).map(|clause| clause.text.as_str()).collect()
}

/// The reason for which a text was left out of the clauses.
fn why(source: &Source, text: &str) -> Option<Why> {
    source.statement.dropped.iter().find(|dropped| dropped.text.trim() == text).map(|dropped| dropped.why)
}

/// Two pages of a resolution, with a running head, page numbers and a footnote; a paragraph goes from one to the other.
fn resolution() -> File {
    let first = [
        text('F', 10.0, 72.0, 800.0, "Lake Commission"),
        text('B', 15.0, 150.0, 740.0, "Declaration on shared lakes"),
        lines(
            72.0,
            700.0,
            &[
                "1. The Commission welcomes the report on water and poverty",
                "and decides to pursue SDG 4 and goal CO2 in all its lakes;",
            ],
        ),
        text('F', 6.5, 331.0, 704.0, "1"),
        lines(
            72.0,
            660.0,
            &[
                "2. The Commission asks its Secretary to report on the state of",
                "the northern lakes and the rivers that feed",
            ],
        ),
        "0.5 w 72 140 m 190 140 l S\n".to_owned(),
        text('F', 6.5, 72.0, 128.0, "1"),
        text('F', 9.0, 80.0, 125.0, "Report of the Secretary, annex II."),
        text('F', 9.0, 290.0, 40.0, "1"),
    ];
    let second = [
        text('F', 10.0, 72.0, 800.0, "Lake Commission"),
        lines(72.0, 760.0, &["them before the end of the year 2031;"]),
        lines(72.0, 730.0, &["3. The Commission remains seized of the matter."]),
        text('F', 9.0, 290.0, 40.0, "2"),
    ];
    File::new().page(&first.concat()).page(&second.concat())
}

#[test]
fn a_paragraph_goes_from_page_to_page_over_what_belongs_to_the_pages() {
    let source = read(resolution().bytes());
    assert_eq!(
        clauses(&source, ClauseKind::Paragraph),
        [
            "The Commission welcomes the report on water and poverty and decides to pursue SDG 4 and goal CO2 in all its lakes;",
            "The Commission asks its Secretary to report on the state of the northern lakes and the rivers that feed them before the end of the year 2031;",
            "The Commission remains seized of the matter.",
        ]
    );
    assert_eq!(clauses(&source, ClauseKind::Footnote), ["Report of the Secretary, annex II."]);
    assert_eq!(clauses(&source, ClauseKind::Title), ["Declaration on shared lakes"]);
    assert_eq!(why(&source, "2"), Some(Why::PageNumber));
    assert!(!source.statement.clauses.iter().any(|clause| clause.text.contains("Lake Commission")));
    assert_eq!(why(&source, "Lake Commission"), Some(Why::RunningHeader));
    assert_eq!(why(&source, "1"), Some(Why::FootnoteMark));
    let first = source.statement.clauses.iter().find(|clause| clause.text.contains("poverty")).expect("a paragraph");
    assert_eq!(first.notes, ["1"]);
}

#[test]
fn a_byte_knows_its_page_its_box_and_its_font() {
    let source = read(resolution().bytes());
    let at = source.text.find("seized").expect("a word");
    let map = source.map();
    assert_eq!(map.page(at), Some(2));
    assert_eq!(map.bounds(at).map(|bounds| (bounds.left, bounds.bottom)), Some((7200, 11_200)));
    let title = u32::try_from(source.text.find("Declaration").expect("a title")).expect("short");
    let font = source.layout.fonts.at(title).expect("a font");
    assert_eq!((font.size, font.weight), (1500, 700));
}

#[test]
fn nothing_but_blanks_is_lost() {
    let source = read(resolution().bytes());
    let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let clauses: usize =
        source.statement.clauses.iter().map(|clause| ink(&clause.text) + clause.label.as_deref().map_or(0, ink)).sum();
    let dropped: usize = source.statement.dropped.iter().map(|dropped| ink(&dropped.text)).sum();
    assert_eq!(clauses + dropped, ink(&source.text));
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The Commission notes that its lakes are",
        "fed by rivers that cross the borders of",
        "its members, and that each of them has",
        "a duty to keep those rivers clean for",
        "all who live by them; it notes as well",
        "that the work has begun in the north of",
        "Veltria and will be done within a year.",
    ];
    let right = [
        "The Commission asks each member to say",
        "how much water it takes from the lakes",
        "in a year, and to name the persons who",
        "measure it; it asks the Secretary to",
        "gather these reports and to hand them",
        "to all members before the first day of",
        "the session that is held in the spring.",
    ];
    let page = lines(72.0, 700.0, &left) + &lines(310.0, 700.0, &right);
    let source = read(File::new().page(&page).bytes());
    // Whether a paragraph goes on in the next column, the words have to say.
    let shown: Vec<&str> = source.statement.clauses.iter().map(|clause| clause.text.as_str()).collect();
    assert_eq!(shown.join(" "), [left.join(" "), right.join(" ")].join(" "));
}

#[test]
fn a_row_of_a_table_stays_together() {
    let rows = [("Carrow", "150", "3.5"), ("Elm", "90", "2.5"), ("Orsania", "1,200", "12.0")];
    let page: String = rows
        .iter()
        .zip(0u8..)
        .map(|((name, lakes, share), at)| {
            let base = 700.0 - 14.0 * f32::from(at);
            text('F', 11.0, 72.0, base, name)
                + &text('F', 11.0, 250.0, base, lakes)
                + &text('F', 11.0, 400.0, base, share)
        })
        .collect();
    let source = read(File::new().page(&(lines(72.0, 760.0, &["Lakes and shares of the members:"]) + &page)).bytes());
    assert_eq!(source.statement.clauses.len(), 4, "{:#?}", source.statement.clauses);
    assert_eq!(source.statement.clauses[3].text.split_whitespace().collect::<Vec<_>>(), ["Orsania", "1,200", "12.0"]);
}

fn refused(bytes: Vec<u8>) -> ReadError {
    ingest::read(bytes, Options::default()).expect_err("no text")
}

#[test]
fn a_scan_is_refused_and_its_pages_are_named() {
    let scan = "q 500 0 0 700 40 40 cm /Im Do Q\n";
    let file = File::new().page(scan).page(&lines(72.0, 700.0, &["The Sides agree."])).page(scan).page(scan);
    let error = refused(file.bytes());
    assert!(matches!(&error, ReadError::NoTextLayer { pages: Pages(pages), .. } if pages == &[1, 3, 4]), "{error}");
    assert_eq!(error.to_string(), "it is a PDF with no text layer on pages 1 and 3-4");
    assert!(matches!(refused(File::new().page("").bytes()), ReadError::NoTextLayer { .. }));
}

#[test]
fn recognised_text_under_the_image_of_a_page_is_read() {
    let page = "q 500 0 0 700 40 40 cm /Im Do Q 3 Tr\n".to_owned()
        + &lines(72.0, 700.0, &["The Sides agree to meet again in the spring of the year 2031."]);
    let source = read(File::new().page(&page).bytes());
    assert_eq!(source.statement.clauses[0].text, "The Sides agree to meet again in the spring of the year 2031.");
    assert_eq!(source.encoding, "PDF (OCR)");
}

#[test]
fn a_page_that_breaks_off_is_refused() {
    let mut file = File::new();
    let content = file.stream("/Filter /FlateDecode", b"\x78\x9Cno packed bytes");
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>");
    let page = file.object(page);
    let error = refused(file.with_page(page).bytes());
    assert_eq!(error.to_string(), "it is a PDF, and damaged: what draws page 1 breaks off");
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let bytes = String::from_utf8(resolution().bytes().into_iter().filter(u8::is_ascii).collect()).expect("ASCII");
    let error = refused(bytes.replacen("/Count 2", "/Count 3", 1).into_bytes());
    assert_eq!(error.to_string(), "it is a PDF, and damaged: it says it has 3 pages, and 2 are there");
}

#[test]
fn fonts_that_know_no_characters_are_refused() {
    let mut file = File::new();
    let font = file.object(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Elm /Encoding /Identity-H /DescendantFonts [<< /Type /Font \
         /Subtype /CIDFontType2 /BaseFont /Elm /CIDSystemInfo << /Registry (Elm) /Ordering (Elm) /Supplement 0 >> >>] >>",
    );
    let drawn = "BT /X 11 Tf 72 700 Td <000100020003000400050006> Tj ET";
    let content = file.stream("", drawn.as_bytes());
    let page = file.object(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /X {font} 0 R >> >> /Contents {content} 0 R >>"
    ));
    let error = refused(file.with_page(page).bytes());
    assert!(matches!(error, ReadError::UnknownGlyphs { unknown: 6, glyphs: 6, .. }), "{error}");
}

#[test]
fn a_drawing_without_end_is_cut_off() {
    let mut file = File::new();
    // Each of six draws the next one forty times.
    let first = file.next();
    for next in 1..=6 {
        let resources = format!("/Resources << /XObject << /Next {} 0 R >> >>", first + next);
        let about = format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}");
        file.stream(&about, "/Next Do ".repeat(40).as_bytes());
    }
    let last = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>";
    file.stream(last, b"BT /F 9 Tf (Elm) Tj ET");
    let content = file.stream("", b"/Next Do");
    let resources = format!("/Resources << /XObject << /Next {first} 0 R >> >>");
    let page = file
        .object(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {content} 0 R >>"));
    let error = refused(file.with_page(page).bytes());
    assert!(matches!(error, ReadError::Limit { limit: Limit::Operations, .. }), "{error}");
}

/// A file that the password `spring` opens, as written by a program: one page with the line "The Sides agree to meet.".
const LOCKED: &str = include_str!("locked.hex");

#[test]
fn a_locked_file_opens_by_its_password_alone() {
    let digits: Vec<u8> = LOCKED.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("digits"), 16).expect("digits");
    let bytes: Vec<u8> = digits.chunks_exact(2).map(byte).collect();
    let lock = |password| match ingest::read(bytes.as_slice(), Options::default().with_password(password)) {
        Err(ReadError::Encrypted { lock, .. }) => Err(lock),
        read => Ok(read.expect("a text").statement.clauses[0].text.clone()),
    };
    assert_eq!(lock(None), Err(Lock::NoPassword));
    assert_eq!(lock(Some("autumn")), Err(Lock::WrongPassword));
    assert_eq!(lock(Some("spring")).as_deref(), Ok("The Sides agree to meet."));
}

#[test]
fn a_damaged_file_is_read_or_refused() {
    let whole = resolution().bytes();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most as u64).expect("below a length")
    };
    for round in 0..600 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(next(whole.len())),
            1 => (0..=next(40)).for_each(|_| bytes[next(whole.len())] ^= 1 << next(8)),
            _ => {
                let (at, len) = (next(whole.len()), next(300));
                bytes.drain(at..(at + len).min(whole.len()));
            }
        }
        let _read = ingest::read(bytes, Options::default());
    }
}
