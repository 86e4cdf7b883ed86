//! The one real document of the corpus, exactly as a reader has it, and the same text on every page it could stand on.

use std::{fs, ops::RangeInclusive, path::Path};

use recension::change::{Comparison, Options, Tier, Verdict, compare};
use recension::ingest::{self, Source};
use recension::statement::{Clause, ClauseKind, Statement};

fn read(text: &str) -> Source {
    ingest::read(text.as_bytes(), ingest::Options::default()).expect("a text")
}

fn letter() -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/works/un/cd/2066/zh/2016-09-26/source.txt");
    read(&fs::read_to_string(path).expect("the letter"))
}

/// The clauses of a component that are of a kind.
fn of<'a>(statement: &'a Statement, component: &str, kind: ClauseKind) -> Vec<&'a Clause> {
    let named = |clause: &&Clause| clause.component.is_some_and(|at| statement.components[at].to_string() == component);
    statement.clauses.iter().filter(named).filter(|clause| clause.kind == kind).collect()
}

#[test]
fn it_says_what_it_is() {
    let statement = letter().statement;
    let identity = &statement.identity;
    assert_eq!(statement.language.as_deref(), Some("zh"));
    assert_eq!(identity.symbol, None);
    assert_eq!(identity.job_number.as_deref(), Some("GE.16-12040"));
    let dates = &identity.dates;
    let day = |date: Option<recension::language::Date>| date.map(|date| date.to_string());
    assert_eq!(day(dates.letter).as_deref(), Some("2016-07-13"));
    assert_eq!(day(dates.adopted).as_deref(), Some("2016-06-25"));
    assert_eq!(day(dates.reissued).as_deref(), Some("2016-09-26"));
    assert_eq!(day(dates.masthead), None);
    let processing: Vec<String> = dates.processing.iter().map(ToString::to_string).collect();
    assert_eq!(processing, ["2016-09-23", "2016-09-26"]);
    assert_eq!(identity.place.as_deref(), Some("北京"));
    assert_eq!(identity.original_languages, ["zh", "ru"]);
    assert_eq!(identity.claim.as_ref().map(|claim| claim.words()), Some("reissue for technical reasons"));
}

#[test]
fn it_is_a_letter_and_a_statement() {
    let statement = letter().statement;
    let names: Vec<String> = statement.components.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["letter", "statement"]);

    let [title] = of(&statement, "letter", ClauseKind::Title)[..] else { panic!("one title of the letter") };
    assert!(
        title.text.starts_with("2016 年 7 月 13 日中华人民共和国常驻裁军谈判会议代表和俄罗斯联邦常驻"),
        "{}",
        title.text
    );
    assert!(title.text.ends_with("关于加强全球战略稳定的联合声明全文"), "{}", title.text);
    let paragraphs = of(&statement, "letter", ClauseKind::Paragraph);
    assert_eq!(paragraphs.len(), 2);
    assert!(paragraphs[0].text.starts_with("谨此转交") && paragraphs[0].text.ends_with("中文和俄文案文。"));
    assert_eq!(paragraphs[1].text, "谨请将此信及其所附案文作为裁军谈判会议的正式文件印发。");
    let notes = of(&statement, "letter", ClauseKind::Note);
    assert_eq!(
        notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["* 2016 年 9 月 26 日因技术原因重新印发。"]
    );

    let [note] = of(&statement, "statement", ClauseKind::Note)[..] else { panic!("one note of the statement") };
    assert_eq!(note.text, "[原件：中文和俄文]");
    let [title] = of(&statement, "statement", ClauseKind::Title)[..] else { panic!("one title of the statement") };
    assert_eq!(title.text, "中华人民共和国主席和俄罗斯联邦总统关于加强全球战略稳定的联合声明");
    let paragraphs = of(&statement, "statement", ClauseKind::Paragraph);
    assert_eq!(paragraphs.len(), 11);
    assert!(paragraphs[9].text.ends_with("其主要特点是："));
    let items = of(&statement, "statement", ClauseKind::Item);
    assert_eq!(items.len(), 2);
    for item in items {
        let parent = &statement.clauses[item.parent.expect("a lead-in")];
        assert_eq!(parent.address, "statement ¶10");
    }
    let [line] = of(&statement, "statement", ClauseKind::Dateline)[..] else { panic!("one date line") };
    assert_eq!(line.text, "二〇一六年六月二十五日于北京");
    assert_eq!(statement.clauses.len(), 23);
    assert!(statement.dropped.is_empty(), "{:?}", statement.dropped);
}

#[test]
fn both_have_signed() {
    let statement = letter().statement;
    let signatures: Vec<_> = of(&statement, "letter", ClauseKind::Signature)
        .iter()
        .map(|clause| clause.signature.as_ref().expect("a signature"))
        .map(|signature| (signature.name.as_str(), signature.titles.join(" / ")))
        .collect();
    assert_eq!(
        signatures,
        [
            ("傅聪", "中华人民共和国常驻裁军谈判会议 / 代表团团长 / 裁军事务大使".to_owned()),
            ("阿列克谢·博罗达夫金", "俄罗斯联邦常驻联合国日内瓦办事处和日内瓦其他国际组织代表 / 大使".to_owned()),
        ]
    );
}

#[test]
fn no_clause_breaks_a_word() {
    let source = letter();
    let all: Vec<&str> = source.statement.clauses.iter().map(|clause| clause.text.as_str()).collect();
    let whole = all.join("\n");
    for words in [
        "在军事和军技领域获得决定性优势",
        "宗旨和原则，尊重所有国家和人民在解决国际和地区热点问题时",
        "联合国宪章关于使用武力和强制措施",
        "草案(2014 年 6 月 10 日提交日内瓦裁军谈判会议更新草案)基础上",
        "防止在外空放置武器、对外空物体使用或威胁使用武力条约",
        "应遵循 1978 年联合国大会",
        "军事－政治同盟谋求",
        "多边政治－外交手段",
        "“岸基宙斯盾系统”",
    ] {
        assert!(whole.contains(words), "{words}");
    }
    for clause in &source.statement.clauses {
        assert!(!clause.text.contains(['\n', '\u{3000}']) && !clause.text.contains("  "), "{}", clause.text);
    }
}

/// What parts the paragraphs of a layout.
#[derive(Clone, Copy, Debug)]
enum Parting {
    /// One blank line more than between lines.
    Gap,
    /// An indent of the first line, and a space after the last, as in the source.
    Marked,
    /// An indent of the first line alone.
    Indent,
}

/// What a page adds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pages {
    None,
    /// A form feed.
    Feed,
    /// A form feed and a running head.
    Head,
    /// A form feed and a page number.
    Number,
    /// A form feed, a running head, a page number and a job number.
    Full,
    /// The last without the form feed.
    Unfed,
}

const PAGES: [Pages; 6] = [Pages::None, Pages::Feed, Pages::Head, Pages::Number, Pages::Full, Pages::Unfed];

/// How a copy of the letter is set.
#[derive(Clone, Copy, Debug)]
struct Layout {
    width: usize,
    parting: Parting,
    /// Blank lines after each line.
    blanks: usize,
    pages: Pages,
    /// Lines of a page.
    lines: usize,
    /// Whether items are set narrower than the text, as in the source, where nothing else shows them.
    narrow: bool,
}

/// Breaks a paragraph into lines of at most `width` columns; no line begins with a mark that closes.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let wide = |c: char| c as u32 >= 0x2E80;
    let closes = |c: char| "，。、；：”》）)]".contains(c);
    let mut units: Vec<String> = Vec::new();
    for c in text.chars() {
        match units.last_mut() {
            Some(last) if closes(c) || (!wide(c) && !last.ends_with(|c| c == ' ' || wide(c))) => last.push(c),
            Some(last) if last.ends_with(['“', '《', '(', '[']) => last.push(c),
            _ => units.push(c.to_string()),
        }
    }
    let columns = |text: &str| text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum::<usize>();
    let mut lines = vec![String::new()];
    for unit in units {
        let line = lines.last_mut().expect("a line");
        if !line.is_empty() && columns(line) + columns(unit.trim_end()) > width {
            lines.push(unit);
        } else {
            line.push_str(&unit);
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The paragraphs of the letter as they are printed: each line of a signature is one.
fn paragraphs(statement: &Statement) -> Vec<(ClauseKind, String)> {
    let mut all = Vec::new();
    for clause in &statement.clauses {
        match &clause.signature {
            Some(signature) => {
                all.extend(signature.titles.iter().map(|title| (ClauseKind::Signature, title.clone())));
                all.push((ClauseKind::Signature, format!("{}(签名)", signature.name)));
            }
            None => all.push((clause.kind, clause.text.clone())),
        }
    }
    all
}

fn lay_out(paragraphs: &[(ClauseKind, String)], layout: Layout) -> String {
    let (mut out, mut line_count, mut page) = (String::new(), 0, 1);
    let mut last_kind = ClauseKind::Masthead;
    for (kind, paragraph) in paragraphs {
        // Signatures and the date line have no indent: on a page that marks nothing else, a gap parts them from the text.
        let block = matches!(kind, ClauseKind::Signature | ClauseKind::Dateline) && *kind != last_kind;
        out += if block && matches!(layout.parting, Parting::Indent) { "\n" } else { "" };
        last_kind = *kind;
        let indent = match (layout.parting, kind) {
            (Parting::Gap, _) | (_, ClauseKind::Masthead | ClauseKind::Signature | ClauseKind::Dateline) => "",
            (_, ClauseKind::Title | ClauseKind::Note) => "  ",
            _ => " ",
        };
        let width = match kind {
            ClauseKind::Item if layout.narrow => layout.width - layout.width / 8,
            ClauseKind::Masthead => usize::MAX,
            _ => layout.width,
        };
        let lines = wrap(paragraph, width);
        for (at, line) in lines.iter().enumerate() {
            let last = at + 1 == lines.len();
            let trail = if last && matches!(layout.parting, Parting::Marked) { " " } else { "" };
            out += &format!("{}{line}{trail}\n", if at == 0 { indent } else { "" });
            line_count += 1;
            let full = line_count % layout.lines == 0 && layout.pages != Pages::None;
            if full {
                out += &page_end(layout.pages, page);
                page += 1;
            } else {
                out += &"\n".repeat(layout.blanks);
            }
        }
        out += if matches!(layout.parting, Parting::Gap) { "\n" } else { "" };
    }
    out
}

fn page_end(pages: Pages, page: usize) -> String {
    match pages {
        Pages::None => String::new(),
        Pages::Feed => "\u{c}".to_owned(),
        Pages::Head => "\u{c}CD/2066\n\n".to_owned(),
        Pages::Number => format!("\n{page}\n\u{c}"),
        Pages::Full => format!("\n{page}/9 GE.16-12040\n\u{c}CD/2066\n\n"),
        Pages::Unfed => format!("\n{page}/9 GE.16-12040\n\nCD/2066\n\n"),
    }
}

fn told(before: &Statement, after: &Statement, comparison: &Comparison) -> String {
    let texts = |statement: &Statement, clauses: &[recension::statement::ClauseIndex]| {
        clauses.iter().map(|at| format!("“{}”", statement.clauses[*at].text)).collect::<Vec<_>>().join(" + ")
    };
    let grave = comparison.changes.iter().filter(|change| change.tier > Some(Tier::Invisible));
    let line = |change: &recension::change::Change| {
        let sides = (texts(before, &change.clauses.before), texts(after, &change.clauses.after));
        format!("  {} {:?}\n    {}\n -> {}", change.relation.name(), change.classes, sides.0, sides.1)
    };
    grave.map(line).collect::<Vec<_>>().join("\n")
}

/// Columns of the narrowest page and of the widest.
const WIDTHS: RangeInclusive<usize> = 20..=90;

/// Widths at which a line that ends in [原件：中文和俄文] is full: known to fail, see docs/tricky-cases.md.
fn fills_the_note(width: usize) -> bool {
    width < 24
}

/// Widths at which the last line above the signatures or the date line is full: known to fail on pages that mark the ends
/// of paragraphs.
fn fills_the_last_line(width: usize) -> bool {
    matches!(width, 28 | 29 | 34 | 35 | 54..=57)
}

/// Checks every page with these marks of paragraphs and at these widths; tells the first that changes the text.
fn assert_quiet(parting: Parting, blanks: usize, narrow: bool, widths: impl Fn(usize) -> bool) {
    let before = letter().statement;
    let paragraphs = paragraphs(&before);
    let (mut failures, mut tried) = (Vec::new(), 0);
    for width in WIDTHS.filter(|width| widths(*width)) {
        for pages in PAGES {
            for lines in if pages == Pages::None { vec![1] } else { vec![17, 30, 45] } {
                let layout = Layout { width, parting, blanks, pages, lines, narrow };
                let after = read(&lay_out(&paragraphs, layout)).statement;
                let comparison = compare(&before, &after, &Options::default());
                tried += 1;
                if comparison.verdict > Verdict::Changed(Tier::Invisible) {
                    failures.push(format!("{layout:?}\n{}", told(&before, &after, &comparison)));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {tried} layouts change the text; the first: {}", failures.len(), failures[0]);
}

#[test]
fn quiet_with_a_gap_between_paragraphs() {
    assert_quiet(Parting::Gap, 0, false, |width| !fills_the_note(width));
}

#[test]
fn quiet_with_a_wider_gap_between_paragraphs() {
    assert_quiet(Parting::Gap, 1, false, |width| !fills_the_note(width));
}

#[test]
fn quiet_with_marks_of_paragraphs() {
    assert_quiet(Parting::Marked, 0, false, |width| !fills_the_last_line(width));
}

#[test]
fn quiet_with_marks_of_paragraphs_and_a_blank_line_after_each_line() {
    assert_quiet(Parting::Marked, 1, false, |width| !fills_the_last_line(width));
}

#[test]
fn quiet_with_indents() {
    assert_quiet(Parting::Indent, 0, false, |width| !fills_the_note(width));
}

#[test]
fn quiet_with_indents_and_a_blank_line_after_each_line() {
    assert_quiet(Parting::Indent, 1, false, |width| !fills_the_note(width));
}

#[test]
fn quiet_where_a_note_fills_its_line() {
    for parting in [Parting::Gap, Parting::Indent] {
        for blanks in [0, 1] {
            assert_quiet(parting, blanks, false, fills_the_note);
        }
    }
}

#[test]
fn quiet_where_a_full_line_stands_above_a_block() {
    for blanks in [0, 1] {
        assert_quiet(Parting::Marked, blanks, false, fills_the_last_line);
    }
}

#[test]
fn quiet_with_narrow_items() {
    for parting in [Parting::Gap, Parting::Marked, Parting::Indent] {
        for blanks in [0, 1] {
            assert_quiet(parting, blanks, true, |_| true);
        }
    }
}
