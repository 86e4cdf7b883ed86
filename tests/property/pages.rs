//! Laws of pages: every byte of a source is accounted for once, what is planted at the edge of a page is told, and how a
//! text is set in pages says nothing.

use std::{fs, path::Path};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use recension::change::{Tier, Verdict};
use recension::ingest::Source;
use recension::statement::{Ledger, Whereabouts};

use super::{compared, document, language, paragraph, read, soup, wrap};

const SYMBOL: &str = "ML/CRS/41";
const JOB: &str = "ML.31-00417 (E)";
const TITLE: &str = "Joint Statement of Veltria and Orsania on the Stability of Outer Space";

/// The ledger is the whole source, in order, without gaps or overlaps, and leaves nothing unread and nothing read twice.
pub(super) fn assert_accounted(source: &Source) {
    let ledger = Ledger::of(&source.text, &source.statement);
    let mut end = 0;
    for entry in &ledger.entries {
        assert!(entry.span.start == end && entry.span.end > end, "{entry:?} behind {end}");
        let text = &source.text[entry.span.range()];
        let blank = text.trim_matches(recension::text::is_space).is_empty();
        assert!(entry.whereabouts != Whereabouts::Space || blank, "{entry:?} {text:?}");
        assert!(
            !entry.whereabouts.is_fault(),
            "{:?}: {text:?}\n{:?}\nof {:?}",
            entry,
            source.statement.dropped,
            source.text
        );
        end = entry.span.end;
    }
    assert_eq!(end as usize, source.text.len());
}

/// How the number of a page is printed.
#[derive(Clone, Copy, Debug)]
enum Number {
    None,
    Bare,
    OfAll,
    Words,
    Dashes,
    WithJob,
}

/// What stands at the top of each page but the first.
#[derive(Clone, Copy, Debug)]
enum Head {
    None,
    Symbol,
    Title,
    SymbolAndTitle,
    SymbolAndNumber,
}

/// How a text is set in pages.
#[derive(Clone, Debug)]
struct Setting {
    width: usize,
    per_page: usize,
    first: usize,
    number: Number,
    head: Head,
    rule: bool,
    /// Whether a form feed stands behind the last page, too.
    closes: bool,
}

fn setting() -> impl Strategy<Value = Setting> {
    let number = prop::sample::select(vec![
        Number::None,
        Number::Bare,
        Number::OfAll,
        Number::Words,
        Number::Dashes,
        Number::WithJob,
    ]);
    let head =
        prop::sample::select(vec![Head::None, Head::Symbol, Head::Title, Head::SymbolAndTitle, Head::SymbolAndNumber]);
    (36usize..110, 12usize..40, 1usize..3, number, head, any::<[bool; 2]>()).prop_map(
        |(width, per_page, first, number, head, [rule, closes])| Setting {
            width,
            per_page,
            first,
            number,
            head,
            rule,
            closes,
        },
    )
}

/// What is planted on one side of the comparison, at the edge of a page.
#[derive(Clone, Debug)]
enum Plant {
    /// A line of its own on the side after, or two lines, one on either side.
    Line(Option<String>, String),
    /// A line at the head of every page.
    Head(Option<String>, String),
    /// The head of one page alone.
    OneHead(String, String),
    /// A footnote below a rule at the foot of a page.
    Footnote(String, String),
}

fn plant() -> impl Strategy<Value = Plant> {
    let line = |before: Option<&str>, after: &str| Plant::Line(before.map(str::to_owned), after.to_owned());
    let both = |before: &str, after: &str| line(Some(before), after);
    let fixed = prop::sample::select(vec![
        both("Veltria           120       40", "Veltria           150       40"),
        line(None, "Orsania           300       17"),
        both("120/15", "15/120"),
        line(None, "120/15"),
        both("Total carried forward 1,250", "Total carried forward 1,520"),
        line(None, "Carried forward: 7,300 units"),
        both("The Sides shall not place weapons in orbit.", "The Sides shall place weapons in orbit."),
        line(None, "This paragraph does not bind Veltria."),
        both("150", "950"),
        line(None, "473"),
        both("ML/CRS/55", "ML/CRS/56"),
        line(None, "ML/CRS/55"),
        both("ML.31-00999 (E)", "ML.31-00998 (E)"),
        line(None, "ML.31-00999 (E)"),
        both("Adopted by 9 votes to 4", "Adopted by 4 votes to 9"),
        line(None, "Reservation of Orsania"),
        both("DRAFT", "FINAL"),
        line(None, "Not for release"),
        both("(a) Veltria;", "(b) Veltria;"),
        both("$ 4,000", "$ 40,000"),
        both("-5", "-6"),
        line(None, "第九条"),
    ]);
    let heads = prop::sample::select(vec![
        Plant::Head(Some("DRAFT - NOT ADOPTED".into()), "FINAL - AS ADOPTED".into()),
        Plant::Head(Some("Budget of 2031 in millions".into()), "Budget of 2032 in millions".into()),
        Plant::Head(None, "Without prejudice to Orsania".into()),
        Plant::Head(Some("Session 9 of the League".into()), "Session 10 of the League".into()),
        Plant::OneHead("Annual Review 2031".into(), "Annual Review 2013".into()),
        Plant::OneHead("The States of the League".into(), "The State of the League".into()),
        Plant::Footnote("See resolution 9/14 of the League.".into(), "See resolution 9/41 of the League.".into()),
        Plant::Footnote("Not including Orsania.".into(), "Including Orsania.".into()),
    ]);
    prop_oneof![4 => fixed, 1 => heads]
}

/// Which of the edges of pages, and whether above it, and whether blank lines stand around what is planted.
#[derive(Clone, Copy, Debug)]
struct Spot {
    edge: usize,
    above: bool,
    apart: bool,
}

fn spot() -> impl Strategy<Value = Spot> {
    (0usize..4, any::<bool>(), any::<bool>()).prop_map(|(edge, above, apart)| Spot { edge, above, apart })
}

/// A paper: a symbol, a title, paragraphs.
fn paper() -> impl Strategy<Value = Vec<String>> {
    language().prop_flat_map(|sentences| prop::collection::vec(paragraph(sentences), 6..14))
}

/// What stands on one side of what was planted.
fn side(plant: &Plant, is_after: bool) -> Option<&str> {
    match plant {
        Plant::Line(before, after) | Plant::Head(before, after) => {
            if is_after {
                Some(after)
            } else {
                before.as_deref()
            }
        }
        Plant::OneHead(before, after) | Plant::Footnote(before, after) => Some(if is_after { after } else { before }),
    }
}

/// Lines of a page's foot and of the next one's head.
fn edge(setting: &Setting, is_english: bool, page: usize, pages: usize) -> (Vec<String>, Vec<String>) {
    // Of two pages, only the number 1 or 2 shows that it counts them.
    let first = if pages < 2 { 1 } else { setting.first };
    let number = page + first;
    let foot = match setting.number {
        Number::None => vec![],
        Number::Bare => vec![number.to_string()],
        Number::OfAll => vec![format!("{number}/{}", pages + first)],
        // The word for it is that of the language.
        Number::Words if is_english => vec![format!("Page {number}")],
        Number::Words => vec![],
        Number::Dashes => vec![format!("- {number} -")],
        Number::WithJob => vec![format!("{number}/{}    {JOB}", pages + first)],
    };
    let head = match setting.head {
        Head::None => vec![],
        Head::Symbol => vec![SYMBOL.to_owned()],
        Head::Title => vec![TITLE.to_owned()],
        Head::SymbolAndTitle => vec![SYMBOL.to_owned(), TITLE.to_owned()],
        Head::SymbolAndNumber => vec![format!("{SYMBOL} - {}", number + 1)],
    };
    (foot, head)
}

/// Sets a paper in pages; `None` where it has no edge for what is to be planted.
fn set(paper: &[String], setting: &Setting, planted: Option<(&Plant, Spot, bool)>) -> Option<String> {
    let lines = lines_of(paper, setting.width);
    let pages: Vec<&[String]> = lines.chunks(setting.per_page).collect();
    let last = pages.len() - 1;
    if planted.is_some() && last == 0 {
        return None;
    }
    let planted = planted.map(|(plant, spot, is_after)| (plant, Spot { edge: spot.edge % last, ..spot }, is_after));
    let mut out = String::new();
    for (page, body) in pages.iter().enumerate() {
        let mut body: Vec<String> = body.to_vec();
        while body.last().is_some_and(String::is_empty) {
            body.pop();
        }
        let mut foot = Vec::new();
        let mut head = Vec::new();
        if page < last || setting.closes {
            (foot, head) = edge(setting, paper[0].is_ascii(), page, last);
        }
        if let Some((plant, spot, is_after)) = planted {
            let text = side(plant, is_after);
            let here = page == spot.edge;
            match (plant, text) {
                (Plant::Line(..), Some(text)) if here && spot.above => {
                    body.extend(spot.apart.then(String::new));
                    body.push(text.to_owned());
                }
                // Below the edge: before the first line of the next page.
                (Plant::Line(..), Some(text)) if page == spot.edge + 1 && !spot.above => {
                    body.insert(0, text.to_owned());
                    if spot.apart {
                        body.insert(1, String::new());
                    }
                }
                (Plant::Head(..), Some(text)) if page < last => head.push(text.to_owned()),
                (Plant::OneHead(before, _), Some(text)) if page < last => {
                    head.push(if here { text } else { before }.to_owned());
                }
                (Plant::Footnote(..), Some(text)) if here => {
                    if let Some(line) = body.iter_mut().rev().find(|line| line.ends_with(char::is_alphabetic)) {
                        line.push('1');
                    }
                    body.extend(["__________".to_owned(), format!("1 {text}")]);
                }
                _ => {}
            }
        }
        out += &body.join("\n");
        out += "\n";
        if page == last && !setting.closes {
            break;
        }
        if setting.rule && !foot.is_empty() {
            out += "\n";
        }
        for line in &foot {
            out += &format!("{line}\n");
        }
        out += "\u{c}";
        if page == last {
            break;
        }
        for line in &head {
            out += &format!("{line}\n");
        }
        if !head.is_empty() {
            out += "\n";
        }
    }
    Some(out)
}

/// A paragraph that begins with a capital letter and ends with a full stop, as far as its script has them.
fn ended(paragraph: &str) -> String {
    let stop = if paragraph.chars().any(|c| c >= '\u{2E80}') { "。" } else { "." };
    let text = paragraph.trim_end_matches(['.', ';', ',', '。', '；', '，', '،']).to_owned() + stop;
    let start = text.char_indices().find(|(_, c)| c.is_alphabetic() && text.len() > 30);
    match start.filter(|(_, c)| c.is_lowercase() && !text.starts_with(['(', '5'])) {
        Some((at, c)) => text[..at].to_owned() + &c.to_uppercase().to_string() + &text[at + c.len_utf8()..],
        None => text,
    }
}

/// Whether a page ends where nothing tells whether a paragraph ends with it: behind a line inside a paragraph that ends as a
/// sentence or a clause does, or behind the full last line of one.
fn ends_in_doubt(paper: &[String], setting: &Setting) -> bool {
    let lines = lines_of(paper, setting.width);
    let columns = |line: &str| line.chars().map(|c| if c >= '\u{2E80}' { 2 } else { 1 }).sum::<usize>();
    let pages: Vec<&[String]> = lines.chunks(setting.per_page).collect();
    // The same line at the same place of two pages is a head to any reader.
    let again = |at: usize| {
        let line = |page: &&[String], up: bool| {
            let own = if up { page.len().checked_sub(at + 1)? } else { at };
            page.get(own).filter(|line| !line.is_empty()).cloned()
        };
        [true, false].into_iter().any(|up| {
            let mut lines: Vec<String> = pages.iter().filter_map(|page| line(page, up)).collect();
            lines.sort();
            lines.windows(2).any(|pair| pair[0] == pair[1])
        })
    };
    (0..8).any(again)
        || pages.windows(2).any(|pair| {
            let last = pair[0].iter().rev().find(|line| !line.is_empty()).map_or("", String::as_str);
            let inside = !pair[0].last().is_none_or(String::is_empty) && !pair[1].first().is_none_or(String::is_empty);
            if inside { last.ends_with(|c: char| !c.is_alphanumeric()) } else { columns(last) * 4 >= setting.width * 3 }
        })
}

/// The lines of a paper, a blank one between paragraphs.
fn lines_of(paper: &[String], width: usize) -> Vec<String> {
    let mut lines = vec![SYMBOL.to_owned(), String::new(), TITLE.to_owned(), String::new()];
    for paragraph in paper {
        lines.extend(wrap(paragraph, width));
        lines.push(String::new());
    }
    lines.pop();
    lines
}

/// The changes above `invisible`, for a message.
fn told(before: &Source, after: &Source) -> String {
    let comparison = compared(&before.statement, &after.statement);
    let changes = comparison.changes.iter().filter(|change| change.tier > Some(Tier::Invisible)).map(|change| {
        format!(
            "{:?} {:?} -> {:?} {:?}\n",
            change.relation,
            change.clauses.before.iter().map(|at| &before.statement.clauses[*at].text).collect::<Vec<_>>(),
            change.clauses.after.iter().map(|at| &after.statement.clauses[*at].text).collect::<Vec<_>>(),
            change.edits.iter().map(|edit| (&edit.texts.before, &edit.texts.after, edit.rule)).collect::<Vec<_>>(),
        )
    });
    changes.collect()
}

/// The fenced blocks of the Markdown files below a folder.
fn blocks(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            blocks(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            texts.extend(
                text.split("```").skip(1).step_by(2).filter_map(|block| Some(block.split_once('\n')?.1.to_owned())),
            );
        }
    }
}

#[test]
fn the_ledger_of_every_case_is_whole() {
    let mut texts = Vec::new();
    blocks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite"), &mut texts);
    assert!(texts.len() > 100);
    for text in texts {
        // Cases write what nobody sees as signs.
        let signs = [("␠", " "), ("␉", "\t"), ("␌", "\u{c}"), ("<U+00AD>", "\u{ad}"), ("<U+200B>", "\u{200b}")];
        let text = signs.iter().fold(text, |text, (sign, meant)| text.replace(sign, meant));
        if let Some(source) = read(&text) {
            assert_accounted(&source);
        }
    }
}

/// How many long texts are tried: fewer than of others where nobody asks for more.
#[expect(clippy::disallowed_methods, reason = "the switch that asks for more cases")]
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").map_or(96, |_| ProptestConfig::default().cases)
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(2031),
        failure_persistence: None,
        max_global_rejects: 1 << 20,
        cases: cases(),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_ledger_of_any_text_is_whole(text in soup()) {
        if let Some(source) = read(&text) {
            assert_accounted(&source);
        }
    }

    #[test]
    fn the_ledger_of_any_document_is_whole(paper in paper(), other in document(), setting in setting(), plant in plant(), spot in spot()) {
        assert_accounted(&read(&other.join("\n\n")).expect("a text"));
        if let Some(text) = set(&paper, &setting, Some((&plant, spot, true))) {
            assert_accounted(&read(&text).expect("a text"));
        }
    }

    #[test]
    fn what_is_planted_at_the_edge_of_a_page_is_told(
        paper in paper(), setting in setting(), plant in plant(), spot in spot(),
    ) {
        let (Some(old), Some(new)) =
            (set(&paper, &setting, Some((&plant, spot, false))), set(&paper, &setting, Some((&plant, spot, true))))
        else {
            return Err(TestCaseError::reject("too few pages"));
        };
        let (before, after) = (read(&old).expect("a text"), read(&new).expect("a text"));
        let verdict = compared(&before.statement, &after.statement).verdict;
        prop_assert!(verdict > Verdict::Changed(Tier::Invisible), "{verdict:?} {plant:?} {spot:?} {setting:?}\n{:?}\n---\n{new}", after.statement.dropped);
    }

    #[test]
    fn how_a_text_is_set_in_pages_says_nothing(paper in paper(), one in setting(), other in setting()) {
        let paper: Vec<String> = paper.iter().map(|paragraph| ended(paragraph)).collect();
        prop_assume!(!ends_in_doubt(&paper, &one) && !ends_in_doubt(&paper, &other));
        let (Some(old), Some(new)) = (set(&paper, &one, None), set(&paper, &other, None)) else { unreachable!() };
        let (before, after) = (read(&old).expect("a text"), read(&new).expect("a text"));
        let verdict = compared(&before.statement, &after.statement).verdict;
        prop_assert!(verdict <= Verdict::Changed(Tier::Invisible), "{one:?} {other:?}\n{old}\n---\n{new}\n---\n{}", told(&before, &after));
    }
}
