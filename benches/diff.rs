//! How long it takes to read a text, to compare two, and to write the result down: shapes by sizes, plain and wrapped
//! again. README.md says what each timed loop holds.

use divan::{Bencher, counter::BytesCount};
use recension::change::{Options, compare};
use recension::execution::Execution;
use recension::ingest::{self, Source};
use recension::record::Document;
use recension::report::{ComparisonReport, Format, Report, render};
use recension::text::Pair;

fn main() {
    divan::main();
}

/// Bytes of a text.
const SIZES: [usize; 3] = [20_000, 200_000, 2_000_000];

/// What a text looks like.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Preambular and operative paragraphs, some with items.
    Resolution,
    /// Long paragraphs without numbers.
    Communique,
    /// Short numbered paragraphs under headings.
    Code,
}

const SHAPES: [Shape; 3] = [Shape::Resolution, Shape::Communique, Shape::Code];

/// Small numbers in an order that a seed fixes (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

const WORDS: [&str; 40] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "its",
    "all",
    "with",
    "for",
    "on",
    "States",
    "treaty",
    "report",
    "measures",
    "Veltria",
    "Orsania",
    "League",
    "Assembly",
    "Council",
    "session",
    "peaceful",
    "outer",
    "space",
    "arms",
    "reduction",
    "notification",
    "inspections",
    "launches",
    "cooperation",
    "implementation",
    "commitment",
    "stability",
    "relevant",
    "further",
    "shall",
    "parties",
    "agreement",
    "exchange",
    "annual",
    "transparency",
];

const OPENERS: [&str; 4] = ["Recalling", "Noting", "Reaffirming", "Welcoming"];
const VERBS: [&str; 4] = ["Urges", "Requests", "Decides", "Calls upon"];

fn sentence(chance: &mut Chance, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        if !text.is_empty() {
            text.push(' ');
        }
        match chance.below(24) {
            0 => text.push_str(&format!("{}", 2 + chance.below(900))),
            1 => text.push_str(&format!("{} May {}", 1 + chance.below(28), 2020 + chance.below(20))),
            _ => text.push_str(WORDS[chance.below(WORDS.len())]),
        }
    }
    text
}

fn paragraph(shape: Shape, number: usize, chance: &mut Chance) -> String {
    match shape {
        Shape::Resolution if number % 40 < 14 => {
            format!("{} {},", OPENERS[chance.below(4)], sentence(chance, 30))
        }
        Shape::Resolution => format!("{}. {} {};", number % 40 - 13, VERBS[chance.below(4)], sentence(chance, 45)),
        Shape::Communique => format!("We {}. {}.", sentence(chance, 60), sentence(chance, 40)),
        Shape::Code if number.is_multiple_of(6) => format!("§ {} On the {}", number / 6 + 1, sentence(chance, 4)),
        Shape::Code => format!("({}) The {}.", number % 6, sentence(chance, 32)),
    }
}

/// The paragraphs of two versions; one in thirty is edited.
fn versions(shape: Shape, size: usize) -> Pair<Vec<String>> {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (mut before, mut after, mut length) = (Vec::new(), Vec::new(), 0);
    while length < size {
        let paragraph = paragraph(shape, before.len(), &mut chance);
        length += paragraph.len() + 2;
        match chance.below(120) {
            0 => after.push(paragraph.replacen("the", "each", 1)),
            1 => after.push(paragraph.replacen('2', "3", 1)),
            2 => {}
            3 => after.extend([paragraph.clone(), self::paragraph(shape, before.len(), &mut chance)]),
            _ => after.push(paragraph.clone()),
        }
        before.push(paragraph);
    }
    Pair { before, after }
}

/// One text of paragraphs whose lines are at most `width` characters long; `None` sets no line ends.
fn set(paragraphs: &[String], width: Option<usize>) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let mut column = 0;
        for word in paragraph.split(' ') {
            if column > 0 {
                let breaks = width.is_some_and(|width| column + 1 + word.len() > width);
                text.push(if breaks { '\n' } else { ' ' });
                column = if breaks { 0 } else { column + 1 };
            }
            text.push_str(word);
            column += word.len();
        }
        text.push_str("\n\n");
    }
    text
}

/// Two versions as texts: as they are, or wrapped at 80 and at 66 columns.
fn texts(shape: Shape, size: usize, wrapped: bool) -> Pair<String> {
    let versions = versions(shape, size);
    let width = |columns| wrapped.then_some(columns);
    Pair { before: set(&versions.before, width(80)), after: set(&versions.after, width(66)) }
}

fn read(text: &str) -> Source {
    ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text")
}

fn document(text: &str) -> Document {
    let source = read(text);
    Document {
        reference: None,
        path: Some("text".to_owned()),
        sha256: String::new(),
        identity: source.statement.identity.clone(),
        source,
    }
}

/// A text to be timed: its shape, its size in bytes, and whether it is wrapped again.
struct Case(Shape, usize, bool);

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {} kB{}", self.0, self.1 / 1000, if self.2 { " wrapped" } else { "" })
    }
}

fn all() -> impl Iterator<Item = Case> {
    let sizes = |shape| SIZES.into_iter().flat_map(move |size| [false, true].map(|wrapped| Case(shape, size, wrapped)));
    SHAPES.into_iter().flat_map(sizes)
}

#[divan::bench(args = all())]
fn reading(bencher: Bencher<'_, '_>, case: &Case) {
    let text = texts(case.0, case.1, case.2).after;
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| read(&text));
}

#[divan::bench(args = all())]
fn comparing(bencher: Bencher<'_, '_>, case: &Case) {
    let texts = texts(case.0, case.1, case.2);
    let sides = texts.as_ref().map(|text| read(text));
    let options = Options::default().with_execution(Execution::available());
    bencher
        .counter(BytesCount::new(texts.before.len() + texts.after.len()))
        .bench_local(|| compare(&sides.before.statement, &sides.after.statement, &options));
}

#[divan::bench(args = all())]
fn writing_json(bencher: Bencher<'_, '_>, case: &Case) {
    let texts = texts(case.0, case.1, case.2);
    let sides = texts.as_ref().map(|text| document(text));
    let comparison = compare(sides.before.statement(), sides.after.statement(), &Options::default());
    let report = Report::Comparison(ComparisonReport::new(sides.as_ref(), &comparison));
    bencher
        .counter(BytesCount::new(texts.before.len() + texts.after.len()))
        .bench_local(|| render(&report, Format::Json(Execution::available()), &mut std::io::sink()));
}
