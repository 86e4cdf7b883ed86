//! The clause tree: labels, kinds, parents, components, addresses.
//!
//! Numbering nests by what was seen before: a label that goes on with a list that is open belongs to it, a label that
//! begins a count opens a list below the clause before. So no table of levels is needed, and lists of any depth and any
//! mix of styles come out as they are printed. A label with several readings takes the one that goes on with a list.

use super::assemble::Piece;
use super::draft::{Draft, Part, Sort, is_finished};
use crate::language::{Language, any};
use crate::statement::number::{self, Label, Reading};
use crate::statement::{Clause, ClauseIndex, ClauseKind, Component, ComponentKind, Join, Statement};
use crate::text::chars;

/// One open list.
struct Level {
    style: (u16, u16),
    depth: u8,
    value: u32,
    suffix: u8,
    clause: usize,
    heading: bool,
}

/// Longest text, in bytes, of a numbered heading.
const HEADING: usize = 160;

struct Builder<'a> {
    language: Option<&'a Language>,
    clauses: Vec<Clause>,
    components: Vec<Component>,
    levels: Vec<Level>,
    /// Headings that stand open: rank and clause.
    headings: Vec<(u8, usize)>,
    /// A lead-in whose list may follow.
    lead: Option<usize>,
    resolution: bool,
    /// Whether the operative part has begun.
    operative: bool,
    letter: bool,
}

/// Builds the tree.
pub(super) fn build(draft: Draft, language: Option<&Language>) -> Statement {
    let resolution = is_resolution(&draft.parts, language);
    let mut builder = Builder {
        language,
        clauses: Vec::with_capacity(draft.parts.len()),
        components: Vec::new(),
        levels: Vec::new(),
        headings: Vec::new(),
        lead: None,
        resolution,
        operative: false,
        letter: draft.letter,
    };
    let labels: Vec<Option<Label>> = draft
        .parts
        .iter()
        .map(|part| (part.sort == Sort::Plain).then(|| number::label(&part.piece.text, language)).flatten())
        .collect();
    let mut parts = draft.parts.into_iter().enumerate().peekable();
    while let Some((at, part)) = parts.next() {
        let next = parts.peek().map(|(_, part)| part.sort);
        builder.add(part, labels[at].clone(), labels.get(at + 1).and_then(Option::as_ref), next);
    }
    let mut clauses = in_source_order(builder.clauses);
    address(&mut clauses, &builder.components);
    Statement { components: builder.components, clauses, ..Statement::default() }
}

/// Puts footnotes, which were read after the text, where they stand in the source.
fn in_source_order(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    order.sort_by_key(|at| (clauses[*at].span, *at));
    let mut place = vec![0; clauses.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut sorted: Vec<(usize, Clause)> =
        clauses.into_iter().enumerate().map(|(at, clause)| (place[at], clause)).collect();
    sorted.sort_by_key(|(at, _)| *at);
    let mut clauses: Vec<Clause> = sorted.into_iter().map(|(_, clause)| clause).collect();
    for clause in &mut clauses {
        clause.parent = clause.parent.map(|parent| ClauseIndex::new(place[parent.get()]));
    }
    let mut component = None;
    for clause in &mut clauses {
        // A footnote between two components belongs to the page it stands on.
        if clause.kind == ClauseKind::Footnote {
            clause.component = component;
        }
        component = clause.component.or(component);
    }
    clauses
}

/// Whether paragraphs before the first number open as preambular ones do.
fn is_resolution(parts: &[Part], language: Option<&Language>) -> bool {
    let Some(language) = language else { return false };
    let head = || parts.iter().filter(|part| part.sort == Sort::Plain).take(60);
    let preambular = head().filter(|part| is_preambular(&part.piece.text, language)).count();
    // A short preamble: the organ and a comma, or one paragraph, before a number and a verb that acts.
    let organ = head().any(|part| part.piece.text.len() <= 60 && part.piece.text.ends_with([',', '，', '،']));
    let acts = || head().any(|part| is_operative(&part.piece.text, language));
    preambular >= 2 || ((preambular == 1 || organ) && acts())
}

/// Whether a numbered paragraph opens with an operative verb.
fn is_operative(text: &str, language: &Language) -> bool {
    let Some(label) = number::label(text, Some(language)).filter(|label| !label.readings.is_empty()) else {
        return false;
    };
    let start: String = text[label.len..].trim_start().chars().take(60).flat_map(char::to_lowercase).collect();
    opens(&start, &language.openers.operative)
}

/// Whether a text in lower case begins with one of the forms, and not with a longer word.
fn opens(start: &str, forms: &[String]) -> bool {
    forms.iter().any(|form| {
        let rest = start.strip_prefix(form.as_str());
        rest.is_some_and(|rest| form.ends_with(chars::is_han) || !rest.starts_with(char::is_alphabetic))
    })
}

fn is_preambular(text: &str, language: &Language) -> bool {
    if !text.trim_end_matches(chars::is_closer).ends_with([',', '，', '،', ';', '；', '؛', ':'])
        && !text.ends_with(char::is_numeric)
    {
        return false;
    }
    let start: String = text.chars().take(60).flat_map(char::to_lowercase).collect();
    opens(&start, &language.openers.preambular) || any(&language.preambular, text)
}

impl Builder<'_> {
    fn add(&mut self, part: Part, label: Option<Label>, next_label: Option<&Label>, next: Option<Sort>) {
        match part.sort {
            Sort::Masthead => self.push(part, ClauseKind::Masthead, None, None),
            Sort::Title => {
                self.component(if self.components.is_empty() && self.letter {
                    ComponentKind::Letter
                } else if self.resolution && self.components.is_empty() {
                    ComponentKind::Resolution
                } else {
                    ComponentKind::Statement
                });
                self.headings.clear();
                let number = part.label.clone();
                self.push(part, ClauseKind::Title, number, None)
            }
            Sort::Annex => {
                self.component(ComponentKind::Annex);
                self.annex(part)
            }
            Sort::Original => {
                if next == Some(Sort::Title) && !self.components.is_empty() {
                    self.component(ComponentKind::Statement);
                }
                self.push(part, ClauseKind::Note, None, None)
            }
            Sort::Salutation => self.push(part, ClauseKind::Salutation, None, None),
            Sort::Note => self.push(part, ClauseKind::Note, None, None),
            Sort::Footnote => {
                let label = part.label.clone();
                self.push(part, ClauseKind::Footnote, label, None)
            }
            Sort::Signature => self.push(part, ClauseKind::Signature, None, None),
            Sort::Dateline => self.push(part, ClauseKind::Dateline, None, None),
            Sort::Row => self.push(part, ClauseKind::Table, None, None),
            Sort::LostItem => {
                let parent = self.lead;
                self.push(part, ClauseKind::Item, None, parent);
                self.lead = parent;
            }
            Sort::Plain => self.plain(part, label, next_label),
        }
    }

    /// The heading of an annex: its name is its label, as it is of an article.
    fn annex(&mut self, mut part: Part) {
        let text = part.piece.text.clone();
        let name = self.language.and_then(|language| {
            language.annex.iter().find_map(|pattern| pattern.captures(&text)?.part("name").map(str::to_owned))
        });
        let label = name
            .filter(|name| {
                text.starts_with(name.as_str()) && name.contains(|c: char| c.is_whitespace() || c.is_numeric())
            })
            .map(|name| take_label(&mut part.piece, name.len()));
        self.push(part, ClauseKind::Heading, label, None);
    }

    /// Begins a component, unless the last one has nothing but its notes yet.
    fn component(&mut self, kind: ComponentKind) {
        let current = self.components.len().checked_sub(1);
        let fresh = current.is_some()
            && self.clauses.iter().rev().take_while(|clause| clause.component == current).all(|clause| {
                clause.kind == ClauseKind::Note || (clause.kind == ClauseKind::Heading && kind != ComponentKind::Annex)
            })
            && self.clauses.last().is_some_and(|clause| clause.component == current);
        if fresh {
            return;
        }
        let ordinal = self.components.iter().filter(|known| known.kind == kind).count() + 1;
        self.components.push(Component { kind, ordinal });
        self.levels.clear();
        self.headings.clear();
        self.lead = None;
        self.operative = false;
    }

    fn plain(&mut self, part: Part, label: Option<Label>, next_label: Option<&Label>) {
        if !part.piece.text.chars().any(char::is_alphanumeric) {
            return self.push(part, ClauseKind::Unclassified, None, None);
        }
        let Some(label) = label else { return self.unlabelled(part) };
        if let Some(depth) = label.markup {
            return self.marked_heading(part, &label, depth);
        }
        if label.bullet {
            return self.bullet(part, &label);
        }
        match self.choose(&label, &part.piece.text) {
            Some((reading, level)) => self.numbered(part, &label, &reading, level, next_label),
            None => self.unlabelled(part),
        }
    }

    fn unlabelled(&mut self, part: Part) {
        let text = part.piece.text.as_str();
        if self.resolution && !self.operative && self.language.is_some_and(|language| is_preambular(text, language)) {
            return self.push(part, ClauseKind::Preambular, None, None);
        }
        let parent = self.headings.last().map(|(_, clause)| *clause);
        let lead = text.ends_with([':', '：']);
        let heading = !is_finished(text) && text.len() <= HEADING && text.chars().any(char::is_alphabetic);
        if heading {
            self.levels.clear();
            self.headings.retain(|(rank, _)| *rank < 9);
            let parent = self.headings.last().map(|(_, clause)| *clause);
            self.push(part, ClauseKind::Heading, None, parent);
            self.headings.push((9, self.clauses.len() - 1));
            return;
        }
        // A paragraph without a number inside a list goes on with the clause before it.
        self.push(part, ClauseKind::Paragraph, None, parent);
        self.lead = lead.then(|| self.clauses.len() - 1);
        if lead {
            self.levels.clear();
        }
    }

    fn marked_heading(&mut self, mut part: Part, label: &Label, depth: u8) {
        let printed = take_label(&mut part.piece, label.len);
        self.levels.clear();
        self.headings.retain(|(rank, _)| *rank < depth);
        let parent = self.headings.last().map(|(_, clause)| *clause);
        let inner = number::label(&part.piece.text, self.language)
            .filter(|inner| inner.readings.iter().any(|reading| reading.rank.is_some()));
        let printed = match inner {
            Some(inner) => format!("{printed} {}", take_label(&mut part.piece, inner.len)),
            None => printed,
        };
        self.push(part, ClauseKind::Heading, Some(printed), parent);
        self.headings.push((depth, self.clauses.len() - 1));
    }

    fn bullet(&mut self, mut part: Part, label: &Label) {
        let printed = take_label(&mut part.piece, label.len);
        let parent = self
            .lead
            .or_else(|| self.levels.last().map(|level| level.clause))
            .or_else(|| self.headings.last().map(|(_, clause)| *clause));
        let lead = self.lead;
        self.push(part, ClauseKind::Item, Some(printed), parent);
        self.lead = lead;
    }

    /// The reading of a label that fits what came before, and how many of the open lists stay open.
    fn choose(&self, label: &Label, text: &str) -> Option<(Reading, usize)> {
        let mut best: Option<(u32, Reading, usize)> = None;
        for reading in &label.readings {
            let open =
                self.levels.iter().rposition(|level| level.style == reading.style && level.depth == reading.depth);
            let (fit, level) = match open {
                _ if reading.rank.is_some() => (6, 0),
                Some(at) => {
                    let level = &self.levels[at];
                    let next = reading.value == level.value + 1
                        || (reading.value == level.value && reading.suffix == level.suffix + 1);
                    (
                        if next {
                            5
                        } else if reading.value > level.value {
                            3
                        } else {
                            1
                        },
                        at,
                    )
                }
                None if reading.value == 1 => (4, self.levels.len()),
                None => (u32::from(is_sure(text, label.len)) * 2, self.depth_for_orphan()),
            };
            if fit > 0 && best.as_ref().is_none_or(|(score, ..)| fit > *score) {
                best = Some((fit, reading.clone(), level));
            }
        }
        best.map(|(_, reading, level)| (reading, level))
    }

    /// A number that begins no count and goes on with none: the text was cut, or its list was closed by a heading.
    fn depth_for_orphan(&self) -> usize {
        self.levels.iter().rposition(|level| level.heading).map_or(0, |at| at + 1)
    }

    fn numbered(&mut self, mut part: Part, label: &Label, reading: &Reading, level: usize, next_label: Option<&Label>) {
        let printed = take_label(&mut part.piece, label.len);
        let text = part.piece.text.as_str();
        if let Some(rank) = reading.rank {
            return self.ranked(part, printed, reading, rank);
        }
        let sibling = self
            .levels
            .get(level)
            .filter(|level| level.style == reading.style)
            .and_then(|level| self.clauses[level.clause].parent.map(ClauseIndex::get));
        self.levels.truncate(level);
        let parent = sibling
            .or_else(|| self.levels.last().map(|level| level.clause))
            .or(self.lead.filter(|_| level == 0 && reading.value == 1))
            .or_else(|| self.headings.last().map(|(_, clause)| *clause));
        let governed = parent.is_some_and(|parent| self.clauses[parent].kind != ClauseKind::Heading);
        let nested = self.levels.iter().any(|level| !level.heading) || governed;
        let followed = next_label.is_some_and(|next| {
            next.readings.iter().any(|next| next.style == reading.style && next.value == reading.value + 1)
        });
        let heading = !nested
            && (!self.resolution || !printed.starts_with(char::is_numeric))
            && !is_finished(text)
            && text.len() <= HEADING
            && !text.is_empty()
            && !followed
            && is_heading_style(&printed)
            && next_label.is_none_or(|next| !next.bullet);
        let decimal = printed.starts_with(char::is_numeric);
        let kind = match (heading, nested) {
            (true, _) => ClauseKind::Heading,
            (false, true) => ClauseKind::Item,
            (false, false) if self.resolution && decimal => ClauseKind::Operative,
            (false, false) if printed.starts_with(['(', '（']) && !decimal => ClauseKind::Item,
            (false, false) => ClauseKind::Paragraph,
        };
        self.operative |= kind == ClauseKind::Operative;
        let lead = text.ends_with([':', '：']);
        self.push(part, kind, Some(printed), parent);
        let clause = self.clauses.len() - 1;
        self.lead = lead.then_some(clause);
        self.levels.push(Level {
            style: reading.style,
            depth: reading.depth,
            value: reading.value,
            suffix: reading.suffix,
            clause,
            heading,
        });
    }

    /// Parts, chapters, articles: their rank says where they stand.
    fn ranked(&mut self, part: Part, printed: String, reading: &Reading, rank: u8) {
        let rank = rank.saturating_mul(10).min(80);
        self.levels.clear();
        self.headings.retain(|(open, _)| *open < rank && *open != 9);
        let parent = self.headings.last().map(|(_, clause)| *clause);
        let text = part.piece.text.as_str();
        let heading = text.is_empty() || (!is_finished(text) && text.len() <= HEADING && !reading.text);
        let lead = text.ends_with([':', '：']);
        self.push(part, if heading { ClauseKind::Heading } else { ClauseKind::Paragraph }, Some(printed), parent);
        let clause = self.clauses.len() - 1;
        self.headings.push((rank, clause));
        self.lead = lead.then_some(clause);
    }

    fn push(&mut self, part: Part, kind: ClauseKind, label: Option<String>, parent: Option<usize>) {
        // What stands ahead of the title opens no part of the document.
        let framed = part.frame.is_some() || part.ahead;
        if self.components.is_empty() && !framed && !matches!(kind, ClauseKind::Masthead | ClauseKind::Note) {
            let kind = match (self.letter, self.resolution) {
                (true, _) => ComponentKind::Letter,
                (_, true) => ComponentKind::Resolution,
                _ => ComponentKind::Statement,
            };
            self.components.push(Component { kind, ordinal: 1 });
        }
        let component = if matches!(kind, ClauseKind::Masthead) { None } else { self.components.len().checked_sub(1) };
        self.lead = None;
        let piece = part.piece;
        self.clauses.push(Clause {
            kind,
            label,
            parent: parent.map(ClauseIndex::new),
            component,
            address: String::new(),
            text: piece.text,
            span: piece.span,
            map: piece.map,
            columns: piece.columns,
            // How a masthead is broken into lines says nothing of it.
            begins_in_doubt: piece.begins_in_doubt || kind == ClauseKind::Masthead,
            doubtful_joins: piece.doubtful.iter().map(|at| Join { at: *at }).collect(),
            notes: part.notes,
            note_places: part.note_places,
            frame: part.frame,
            signature: part.signature,
        });
    }
}

/// Whether a label that fits no list is one all the same: its form leaves no other meaning.
fn is_sure(text: &str, len: usize) -> bool {
    let printed = &text[..len];
    printed.starts_with(['(', '（']) || printed.starts_with(char::is_numeric) || printed.ends_with(['、', ')', '）'])
}

/// Whether headings are numbered so: `I.`, `A.`, `1.`, `一、`; never `(a)`.
fn is_heading_style(printed: &str) -> bool {
    !printed.starts_with(['(', '（']) && !printed.ends_with([')', '）'])
}

/// Cuts the label off; the span keeps it.
fn take_label(piece: &mut Piece, len: usize) -> String {
    let printed = piece.text[..len].to_owned();
    let blank = piece.text[len..].len() - piece.text[len..].trim_start_matches(chars::is_space).len();
    piece.cut(0..len + blank);
    printed
}

/// Gives every clause the address a reader would cite. One pass; parents stand before their children.
fn address(clauses: &mut [Clause], components: &[Component]) {
    let several = components.len() > 1;
    let mut counts: std::collections::BTreeMap<(Option<usize>, ClauseKind, Option<ClauseIndex>), usize> =
        std::collections::BTreeMap::new();
    let mut paths: Vec<String> = Vec::with_capacity(clauses.len());
    for at in 0..clauses.len() {
        let clause = &clauses[at];
        let under = matches!(clause.kind, ClauseKind::Item).then_some(clause.parent).flatten();
        let count = counts.entry((clause.component.filter(|_| several), clause.kind, under)).or_default();
        *count += 1;
        let (count, label) = (*count, clause.label.as_deref().map(plain_label).filter(|label| !label.is_empty()));
        let parent = clause
            .parent
            .filter(|parent| parent.get() < at)
            .map(|parent| (&clauses[parent], paths[parent.get()].clone()));
        let path = match (clause.kind, label) {
            (ClauseKind::Title, _) if count == 1 => "title".to_owned(),
            (ClauseKind::Dateline, _) if count == 1 => "date line".to_owned(),
            (ClauseKind::Footnote, Some(label)) => format!("footnote {label}"),
            (ClauseKind::Heading, Some(label)) => label,
            (ClauseKind::Operative, Some(label)) => format!("operative {label}"),
            (ClauseKind::Paragraph, Some(label)) => match parent {
                Some((parent, path)) if parent.kind == ClauseKind::Heading && parent.label.is_some() => {
                    format!("{path}, {label}")
                }
                _ => label,
            },
            (ClauseKind::Item, Some(label)) => match parent {
                Some((_, path)) => format!("{path} {label}"),
                None => label,
            },
            (ClauseKind::Item, None) => match parent {
                Some((_, path)) => format!("{path} item {count}"),
                None => format!("item {count}"),
            },
            (ClauseKind::Paragraph, None) => format!("¶{count}"),
            (kind, _) => format!("{} {count}", kind.name()),
        };
        let prefix = clause.component.filter(|_| several).map(|component| components[component]);
        clauses[at].address = match prefix {
            Some(component) => format!("{component} {path}"),
            None => path.clone(),
        };
        paths.push(path);
    }
}

/// The label without the stop after it: `3.` is cited as 3, `(b)` as it is; a bullet as nothing.
fn plain_label(label: &str) -> String {
    let plain = label.trim_end_matches(['.', '、', '．', ':', '-', '–', ' ']).trim_start_matches(['#', ' ']);
    if plain.chars().any(char::is_alphanumeric) { plain.to_owned() } else { String::new() }
}
