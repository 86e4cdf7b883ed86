//! Every sign on a small text that shows it.

use super::{Boundary, Evidence, Sign, View, blocks, body, boundaries};
use crate::ingest::extract::Extract;
use crate::ingest::furniture::{Form, Role};
use crate::ingest::layout::{Bounds, Element, Font, Layout};
use crate::ingest::lines;
use crate::language::language;
use crate::text::Span;

/// Lines of a letter that fill their column and run on, so that a document has a width to hold others against.
const RUNNING: &str = "The Sides have agreed on a list of the stocks that each of them\n\
    will lay open to the other, and on the days on which those who\n\
    inspect the stocks may come and look at what was laid open and\n\
    may ask of the other Side whatever they have to ask in writing\n\
    about the stocks and the days on which they were last counted.\n";

/// The boundaries of a text in English, every line of it text.
fn read(text: &str) -> Vec<Boundary> {
    with_forms(text, |_| Form::Text)
}

fn with_forms(text: &str, form: impl Fn(&str) -> Form) -> Vec<Boundary> {
    of(&Extract { text: text.to_owned(), ..Extract::default() }, form)
}

fn of(Extract { text, layout, .. }: &Extract, form: impl Fn(&str) -> Form) -> Vec<Boundary> {
    let lines = lines::split(text, layout);
    let forms: Vec<Form> = lines.iter().map(|line| form(&text[line.span.range()])).collect();
    let view = View::new(text, &lines, &forms, layout, language("en"));
    let body = body(&lines, &vec![Role::Body; lines.len()]);
    let boundaries = boundaries(&view, &body);
    let begun = boundaries.iter().filter(|boundary| boundary.begins).count();
    assert_eq!(blocks(&view, &body).len(), begun + 1, "what is told is what was done");
    boundaries
}

/// The lines of a text with what a format knows of each.
fn extract(text: &str, mut know: impl FnMut(&mut Layout, usize, Span)) -> Extract {
    let mut layout = Layout::default();
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        know(&mut layout, at, Span::new(start, start + line.len()));
        start += line.len();
    }
    Extract { text: text.to_owned(), layout, ..Extract::default() }
}

/// What a sign says of the line that begins with these words, in a text of which a format knows more.
fn told(extract: &Extract, words: &str, sign: Sign) -> Option<Evidence> {
    let boundaries = of(extract, |_| Form::Text);
    before(&boundaries, &extract.text, words).evidence.iter().copied().find(|evidence| evidence.sign == sign)
}

/// The boundary before the line that begins with these words.
fn before<'b>(boundaries: &'b [Boundary], text: &str, words: &str) -> &'b Boundary {
    let found = boundaries.iter().find(|boundary| text[boundary.after.range()].starts_with(words));
    found.unwrap_or_else(|| panic!("no line begins with {words}"))
}

/// What a sign says of the line that begins with these words.
fn said(text: &str, words: &str, sign: Sign) -> Option<Evidence> {
    let boundaries = read(text);
    before(&boundaries, text, words).evidence.iter().copied().find(|evidence| evidence.sign == sign)
}

fn weight(text: &str, words: &str, sign: Sign) -> Option<i32> {
    said(text, words, sign).map(|evidence| evidence.weight)
}

#[test]
fn the_sum_decides() {
    let text = format!("{RUNNING}\n1. They meet in Elm.\n");
    for boundary in read(&text) {
        assert_eq!(boundary.weight, boundary.evidence.iter().map(|evidence| evidence.weight).sum::<i32>());
        assert_eq!(boundary.begins, boundary.weight > 0);
    }
}

#[test]
fn a_gap_is_held_against_the_usual_one() {
    let text = format!("{RUNNING}\nThey meet in Elm.\n");
    let gap = said(&text, "They", Sign::Gap).expect("a gap");
    assert_eq!((gap.weight, gap.measure.map(|measure| (measure.found, measure.usual))), (7, Some((1, 0))));
    assert_eq!(said(&text, "will", Sign::Gap), None);
}

#[test]
fn an_indent_tells_where_it_begins_paragraphs() {
    let paragraph = format!("   {RUNNING}");
    let text = format!("{paragraph}{}{}", paragraph.replace("The", "All"), paragraph.replace("The", "Both"));
    assert!(weight(&text, "All", Sign::Indent) > Some(0));
    assert!(weight(&text, "will", Sign::Indent) < Some(0));
    assert_eq!(weight(RUNNING, "will", Sign::Indent), None);
}

#[test]
fn words_of_an_item_hang_without_weight() {
    let item = "   They meet in Elm on the days that both of them have set and say\n";
    let text = format!("{0}   {0}   {0}1. The Sides keep the list, and what they add to it they add\n{item}", RUNNING);
    let hangs = said(&text, "They meet", Sign::HangingItem);
    assert_eq!(hangs.map(|evidence| evidence.weight), Some(0));
}

#[test]
fn trailing_space_tells_where_it_ends_paragraphs() {
    let paragraph = RUNNING.replace("counted.", "counted. ");
    let text = paragraph.repeat(3);
    assert_eq!(weight(&text, "The", Sign::TrailingSpace), Some(5));
    assert_eq!(weight(&text, "will", Sign::TrailingSpace), Some(-3));
    assert_eq!(weight(RUNNING, "will", Sign::TrailingSpace), None);
}

#[test]
fn full_lines_go_on_and_short_ones_end() {
    let text =
        RUNNING.replace("about the stocks and the days on which they were last counted.", "about it.\nBoth sign.");
    assert_eq!(weight(&text, "will", Sign::Fullness), Some(-3));
    assert_eq!(weight(&text, "Both", Sign::Fullness), Some(4));
}

#[test]
fn lower_case_goes_on() {
    assert_eq!(weight(RUNNING, "will", Sign::Case), Some(-4));
    let behind_gap = format!("{}\nand they meet in Elm.\n", RUNNING.replace("counted.", "counted"));
    assert_eq!(weight(&behind_gap, "and they", Sign::Case), Some(-3));
    assert_eq!(weight(&format!("{RUNNING}Both meet.\n"), "Both", Sign::Case), None);
}

#[test]
fn a_label_begins_and_a_cited_number_does_not() {
    assert_eq!(weight(&format!("{RUNNING}1. They meet in Elm.\n"), "1.", Sign::Label), Some(5));
    let cited = RUNNING.replace("days on which those who\n", "days set out in resolution\n12. ");
    assert_eq!(weight(&cited, "12.", Sign::Label), None);
}

#[test]
fn a_label_alone_takes_the_line_behind_it() {
    let text = format!("{RUNNING}\n1.\nThey meet in Elm.\n");
    let alone = said(&text, "They", Sign::LabelAlone).expect("a label alone");
    assert!(alone.is_decisive && alone.weight < 0);
    assert_eq!(before(&read(&text), &text, "They").evidence.len(), 1, "nothing else was asked");
}

#[test]
fn a_link_is_not_broken() {
    let text = format!("{RUNNING}See [the list of\nthe stocks](https://veltria.example/list).\n");
    assert_eq!(weight(&text, "the stocks](", Sign::Link), Some(-20));
}

#[test]
fn a_sentence_goes_on_behind_a_page() {
    let long = "Each Side keeps its list and lays it open to the other on every day on which it is asked to do so in \
        writing, and says in its answer where the stocks stand";
    let ended = format!("{long}.\n");
    let text = format!("{ended}{ended}{ended}{ended}{long}\n\u{C}and who keeps them.\n{ended}{ended}");
    let sentence = said(&text, "and who", Sign::Sentence).expect("a sentence");
    assert!(sentence.is_decisive && sentence.weight == -2);
    let boundaries = read(&text);
    assert!(before(&boundaries, &text, "and who").is_in_doubt);
    assert!(weight(&text, "Each", Sign::Unwrapped) > Some(0));
}

#[test]
fn a_clause_begins_behind_a_page() {
    let text = format!("{RUNNING}Noting the list,\n\u{C}Recalling the days, they meet.\n");
    assert_eq!(weight(&text, "Recalling", Sign::PageEnd), Some(5));
}

#[test]
fn some_lines_stand_alone() {
    let text = format!("ML/CRS/41\n{RUNNING}Elm, 3 May 2031\n[Original: English]\n");
    let boundaries = with_forms(&text, |line| if line == "ML/CRS/41" { Form::Symbol } else { Form::Text });
    for (words, sign) in [("The", Sign::StandingAlone), ("[", Sign::OriginalLanguages)] {
        let found = before(&boundaries, &text, words).evidence.iter().find(|evidence| evidence.sign == sign);
        assert_eq!(found.map(|evidence| evidence.weight), Some(6), "{words}");
    }
    let closing = format!("{RUNNING}Done at Elm, 3 May 2031\n");
    assert_eq!(weight(&closing, "Done", Sign::ClosingLine), Some(6));
}

#[test]
fn paragraphs_that_a_format_vouches_for_are_those() {
    let whole = Element { is_whole: true, ..Element::default() };
    let two = extract("The Sides agree:\nand\nThey meet.\n", |layout, at, span| {
        // A break inside the first paragraph, as `w:br` sets it.
        match at {
            0 => layout.elements.push(Span::new(0, 21), whole.clone()),
            2 => layout.elements.push(span, whole.clone()),
            _ => {}
        }
    });
    let boundaries = of(&two, |_| Form::Text);
    let [inside, between] = &boundaries[..] else { panic!("{boundaries:?}") };
    assert!(!inside.begins && between.begins && !inside.is_in_doubt && !between.is_in_doubt);
    assert!(boundaries.iter().all(|boundary| boundary.evidence.len() == 1 && boundary.evidence[0].is_decisive));
}

#[test]
fn a_gap_on_the_page_is_measured() {
    let text = format!("{RUNNING}They meet in Elm.\n");
    let page = extract(&text, |layout, at, span| {
        let top = 7200 + 1200 * at as u32 + if at == 5 { 900 } else { 0 };
        layout.boxes.push(span, Bounds { left: 7200, top, right: 50000, bottom: top + 1000 });
    });
    let gap = told(&page, "They", Sign::Gap).expect("a gap");
    assert_eq!((gap.weight, gap.measure.map(|measure| (measure.found, measure.usual))), (7, Some((21, 12))));
    assert_eq!(told(&page, "will", Sign::Gap), None);
}

#[test]
fn other_letters_begin_a_paragraph() {
    let text = format!("Inspection of stocks\n{RUNNING}");
    let page = extract(&text, |layout, at, span| {
        layout
            .fonts
            .push(span, if at == 0 { Font { size: 1400, weight: 700 } } else { Font { size: 1000, weight: 400 } });
    });
    assert_eq!(told(&page, "The", Sign::Font).map(|evidence| evidence.weight), Some(3));
    assert_eq!(told(&page, "will", Sign::Font), None);
}

#[test]
fn tags_styles_and_labels_are_weighed_where_nobody_vouches_for_them() {
    let text = format!("Inspection of stocks\n{RUNNING}They meet in Elm.\n");
    let tagged = extract(&text, |layout, at, span| {
        let tag = Some(if at == 0 { "H1" } else { "P" }.into());
        let label = (at == 6).then(|| "(a)".into());
        layout.elements.push(span, Element { tag, label, ..Element::default() });
    });
    assert_eq!(told(&tagged, "The", Sign::Style).map(|evidence| evidence.weight), Some(4));
    assert_eq!(told(&tagged, "will", Sign::Style), None);
    assert_eq!(told(&tagged, "They", Sign::Label).map(|evidence| evidence.weight), Some(5));
}
