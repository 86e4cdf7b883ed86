//! What the words of a language do to a clause: whether they oblige, deny, limit, hurry or name.
//!
//! A lexicon is a set of tables, each a list of phrases with their senses. The longest phrase at a place stands for its
//! table, so that a look-alike ("not only") hides the word inside it; the tables know nothing of each other. A phrase is
//! looked up by its first word: the cost of a search is the words searched times the phrases that begin alike.

pub(super) mod load;
mod sense;

use std::collections::HashMap;

pub(crate) use sense::{Force, Measure, Sense};

/// The tables of a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "named after the classes of changes that they find")]
pub(crate) enum Table {
    Modality,
    Negation,
    Verbs,
    Degree,
    Scope,
    Time,
    Factivity,
    Attribution,
    Effect,
    Status,
    Entity,
    Number,
    Reference,
    Poles,
    /// Which way something goes: raise, maintain, lower.
    Courses,
    Relations,
    Effort,
    Equals,
    Fillers,
}

/// How many tables there are.
pub(crate) const TABLES: usize = Table::Fillers as usize + 1;

/// A verb of the axes: assertion, approval, concern, disapproval, direction, commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// The letter of its axis: N, P, C, X, D or K.
    pub(crate) axis: char,
    /// How strong it is on its axis, 1 to 5.
    pub(crate) level: u8,
    /// What it means, as codes; several where the word alone does not tell.
    pub(crate) codes: Vec<String>,
    /// Whether codes or level are unsure.
    pub(crate) is_unsure: bool,
}

impl Verb {
    /// How strong it is among the verbs of one code on one level: urges 1, strongly urges 2. None where it means several
    /// things.
    #[must_use]
    pub(crate) fn degree(&self) -> Option<(&str, u8)> {
        let [code] = &self.codes[..] else { return None };
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((stem, code[stem.len()..].parse().unwrap_or(1)))
    }
}

/// A phrase found among words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LexiconFound {
    /// Its first word, by index.
    pub(crate) start: usize,
    /// The word after its last.
    pub(crate) end: usize,
    /// What it does.
    pub(crate) sense: Sense,
    /// Which phrase of its table it is, by number.
    pub(crate) phrase: usize,
}

/// Whether a text is initials with a stop behind each, and another the same letters without: U.S., US.
fn are_initials(dotted: &str, plain: &str) -> bool {
    let mut letters = plain.chars();
    let mut pieces = dotted.split_terminator('.');
    dotted.ends_with('.')
        && plain.chars().count() > 1
        && pieces.all(|piece| {
            let mut own = piece.chars();
            own.next().is_some_and(|first| first.is_uppercase() && letters.next() == Some(first))
                && own.next().is_none()
        })
        && letters.next().is_none()
}

#[derive(Debug)]
enum Word {
    Exact(Box<str>),
    Stem(Box<str>),
    /// Fewest and most words that it stands for.
    Gap(usize, usize),
}

#[derive(Debug)]
struct Phrase {
    words: Vec<Word>,
    sense: Sense,
}

impl Phrase {
    /// Words that are not left open.
    fn own_words(&self) -> usize {
        self.words.iter().filter(|word| !matches!(word, Word::Gap(..))).count()
    }
}

/// Words that a gap in a phrase may stand for.
const GAP: Word = Word::Gap(0, 3);
/// The same in Chinese, where a gap between two characters is at least one.
const GAP_HAN: Word = Word::Gap(1, 8);
/// What shows in the data that a letter is written together with the word behind it.
const TATWEEL: char = '\u{640}';
/// Fewest letters of a word's beginning that an open ending may follow.
const STEM: usize = 2;

/// The phrases of one table.
#[derive(Debug, Default)]
struct Phrases {
    phrases: Vec<Phrase>,
    exact: HashMap<Box<str>, Vec<usize>>,
    stems: HashMap<Box<str>, Vec<usize>>,
    /// Bytes of the longest of the stems: longer beginnings of a word need not be asked for.
    longest: usize,
    /// How phrases begin: most words begin otherwise, and are not asked further.
    beginnings: Beginnings,
}

/// The first bytes of words, as bits of a table that may hold more than it was given, and never less.
#[derive(Debug)]
struct Beginnings([u64; 64]);

impl Default for Beginnings {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Beginnings {
    /// A bit for the first two bytes of a word; three where the first letter has more than one. No stem is shorter, and a
    /// whole word has the same bit as itself.
    fn bit(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let most = if bytes.first().is_some_and(u8::is_ascii) { 2 } else { 3 };
        let number = bytes.iter().take(most).fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let place = number.wrapping_mul(0x9E37_79B1) >> 20;
        (place as usize / 64, 1 << (place % 64))
    }

    fn add(&mut self, word: &str) {
        // One letter leaves open what follows it.
        if word.chars().nth(1).is_none() {
            self.0 = [u64::MAX; 64];
        }
        let (at, bit) = Self::bit(word);
        self.0[at] |= bit;
    }

    fn hold(&self, word: &str) -> bool {
        let (at, bit) = Self::bit(word);
        self.0[at] & bit != 0
    }
}

impl Phrases {
    fn add(&mut self, words: Vec<Word>, sense: Sense) {
        let number = self.phrases.len();
        if let Some(Word::Exact(first) | Word::Stem(first)) = words.first() {
            self.beginnings.add(first);
        }
        match words.first() {
            Some(Word::Exact(first)) => self.exact.entry(first.clone()).or_default().push(number),
            Some(Word::Stem(first)) => {
                self.longest = self.longest.max(first.len());
                self.stems.entry(first.clone()).or_default().push(number);
            }
            _ => return,
        }
        self.phrases.push(Phrase { words, sense });
    }

    /// The longest phrase that begins at word `at`; of equal ones that with more words of its own, then the first in the
    /// file.
    fn at(&self, words: &[Forms], at: usize) -> Option<LexiconFound> {
        let mut best: Option<(LexiconFound, usize)> = None;
        for form in words[at].all().filter(|form| self.beginnings.hold(form)) {
            let ends = form.char_indices().map(|(end, _)| end).skip(1).take_while(|end| *end <= self.longest);
            let stems = ends.map(|end| &form[..end]).chain([form]);
            let open = stems.filter_map(|stem| self.stems.get(stem)).flatten();
            for &number in self.exact.get(form).into_iter().flatten().chain(open) {
                let phrase = &self.phrases[number];
                let end = rest(&phrase.words[1..], words, at + 1);
                if let Some(end) = end
                    && best.is_none_or(|(best, words)| (end, phrase.own_words()) > (best.end, words))
                {
                    best = Some((
                        LexiconFound { start: at, end, sense: phrase.sense, phrase: number },
                        phrase.own_words(),
                    ));
                }
            }
            if best.is_some() {
                break;
            }
        }
        best.map(|(found, _)| found)
    }
}

/// Where the rest of a phrase ends, if it fits from word `at`.
fn rest(phrase: &[Word], words: &[Forms], at: usize) -> Option<usize> {
    let Some((first, others)) = phrase.split_first() else { return Some(at) };
    if let Word::Gap(least, most) = *first {
        return (least..=most).find_map(|skipped| rest(others, words, at + skipped));
    }
    let fits = |form: &str| match first {
        Word::Exact(word) => **word == *form,
        Word::Stem(stem) => form.starts_with(&**stem),
        Word::Gap(..) => false,
    };
    if words.get(at)?.all().any(fits) { rest(others, words, at + 1) } else { None }
}

/// A word as it stands, and without what is written together with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forms {
    own: String,
    /// Where a bare form begins and ends in `own`.
    bare: Vec<(usize, usize)>,
}

impl Forms {
    fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.own).chain(self.bare.iter().map(|(start, end)| &self.own[*start..*end]))
    }

    /// A word of a language without a lexicon.
    #[must_use]
    pub(crate) fn plain(word: &str) -> Self {
        Self { own: word.to_owned(), bare: Vec::new() }
    }

    /// The word as it stands, folded.
    #[must_use]
    pub(crate) fn own(&self) -> &str {
        &self.own
    }
}

/// What is said around a citation of whose clause it is.
#[derive(Debug, Default)]
struct Citing {
    /// Nouns by which clauses are cited whose labels are bare numbers.
    plain: Vec<String>,
    /// Words right behind a citation that say whose it is: of, to.
    of: Vec<String>,
    /// Words right behind a citation that say it is another text's: thereof.
    other: Vec<String>,
    /// Words behind those that mean this text.
    own: Vec<String>,
    /// Ends of what stands before the citation of another text's clause.
    before: Vec<String>,
    /// Whether a name right behind the number says whose it is, without a word between.
    bare: bool,
    /// Whether words that point may stand behind their noun.
    is_noun_first: bool,
    /// Words between the two ends of a range.
    ranges: Vec<String>,
    /// Nouns that cite only before a number: action, step.
    vague: Vec<String>,
}

/// What the words of a language do.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    tables: [Phrases; TABLES],
    /// The verbs of the axes.
    pub(crate) verbs: Vec<Verb>,
    /// Endings that mark adjectives and adverbs.
    pub(crate) qualifier_endings: Vec<String>,
    /// Phrases that say the same, folded, each with the number of its group.
    equals: HashMap<String, u16>,
    /// Short and long forms of one phrase, as they are written, each with the number of its group.
    forms: HashMap<String, u16>,
    /// Pairs of spellings of one word.
    variants: HashMap<String, String>,
    /// Pairs of endings of one word.
    endings: Vec<(String, String)>,
    /// Pairs of words that letters with other marks make two, though they are folded elsewhere.
    distinct: Vec<(String, String)>,
    /// Words before which a comma changes what belongs to what.
    turning: Vec<String>,
    /// What is said around citations.
    citing: Citing,
    /// Prefixes whose hyphen tells two words apart.
    parting: Vec<String>,
    /// Words that make a name, or are one, only with a capital letter.
    common: Vec<String>,
    /// Words whose capital letter selects what they mean.
    referents: Vec<String>,
    function: Vec<String>,
    joining: Vec<String>,
    /// Whether the language sets a capital letter on words that are no names, as German does on every noun.
    pub(crate) sets_capitals: bool,
    transliteration: String,
    /// What may be written behind a name that names the same: the s of a genitive or a plural.
    name_endings: Vec<String>,
    /// Words that may stand twice in a row, sorted.
    doubling: Vec<String>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    folds: Vec<(char, char)>,
    /// Whether a word ends with its apostrophe.
    apostrophe_ends: bool,
    /// Whether each character is a word.
    is_han: bool,
    /// Endings of words that something is written together with, and those of the bare words.
    bare_endings: Vec<(String, String)>,
}

impl Lexicon {
    /// Every phrase of a table among words, none inside another, look-alikes too.
    #[must_use]
    pub(crate) fn find(&self, table: Table, words: &[Forms]) -> Vec<LexiconFound> {
        let phrases = &self.tables[table as usize];
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match phrases.at(words, at) {
                Some(phrase) => {
                    at = phrase.end;
                    found.push(phrase);
                }
                None => at += 1,
            }
        }
        found
    }

    /// A word, already folded and in lower case, as phrases are looked up by.
    #[must_use]
    pub(crate) fn forms(&self, word: &str) -> Forms {
        let own: String = if self.folds.is_empty() { word.to_owned() } else { self.folded(word) };
        let mut bare = Vec::new();
        if !self.prefixes.is_empty() {
            let starts = std::iter::once(0)
                .chain(self.prefixes.iter().filter(|prefix| own.starts_with(prefix.as_str())).map(String::len));
            for start in starts {
                let ends = std::iter::once(own.len()).chain(
                    self.suffixes.iter().filter(|suffix| own.ends_with(suffix.as_str())).map(|s| own.len() - s.len()),
                );
                bare.extend(
                    ends.filter(|end| *end > start && own[start..*end].chars().count() >= STEM).map(|end| (start, end)),
                );
            }
            bare.retain(|ends| *ends != (0, own.len()));
        }
        // A name stays one behind what it owns: ASEAN's.
        let owns =
            self.name_endings.iter().filter(|ending| ending.starts_with(['\'', '’']) && own.ends_with(ending.as_str()));
        bare.extend(owns.map(|ending| (0, own.len() - ending.len())).filter(|ends| ends.1 > 0));
        Forms { own, bare }
    }

    fn folded(&self, word: &str) -> String {
        word.chars().map(|c| self.folds.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
    }

    /// Whether two words are spellings of one: by the list, by their endings, or by letters that count as one.
    #[must_use]
    pub(crate) fn is_variant(&self, a: &str, b: &str) -> bool {
        let listed = |a: &str, b: &str| self.variants.get(a).is_some_and(|other| other == b);
        let (a, b) = (self.folded(a), self.folded(b));
        a == b
            || listed(&a, &b)
            || listed(&b, &a)
            || self.endings.iter().any(|(one, other)| {
                let alike = |x: &str, y: &str| {
                    x.match_indices(one.as_str()).any(|(at, _)| {
                        let (head, tail) = (&x[..at], &x[at + one.len()..]);
                        head.chars().count() >= 3
                            && y.strip_prefix(head).and_then(|rest| rest.strip_prefix(other.as_str())) == Some(tail)
                    })
                };
                alike(&a, &b) || alike(&b, &a)
            })
    }

    /// Whether two phrases are listed as equals: prior to, before.
    #[must_use]
    pub(crate) fn are_equal(&self, a: &str, b: &str) -> bool {
        let group = |phrase: &str| self.equals.get(&self.phrase_key(phrase));
        group(a).is_some_and(|one| group(b) == Some(one))
    }

    /// Whether two texts are listed as forms of one phrase, or one is the initials of the other with stops: para. and
    /// paragraph, U.S. and US.
    #[must_use]
    pub(crate) fn are_forms(&self, a: &str, b: &str) -> bool {
        let listed = |text: &str| {
            let plain = text.trim_end_matches('.');
            self.forms.get(plain).or_else(|| self.forms.get(&plain.to_lowercase())).copied()
        };
        listed(a).is_some_and(|group| listed(b) == Some(group)) || are_initials(a, b) || are_initials(b, a)
    }

    /// A phrase as equals are looked up: folded, in lower case, its words parted by one space.
    fn phrase_key(&self, phrase: &str) -> String {
        let plain = phrase.replace(['’', 'ʼ'], "'").to_lowercase();
        self.folded(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a hyphen behind the prefix tells two words apart: re-sign and resign.
    #[must_use]
    pub(crate) fn parts(&self, prefix: &str) -> bool {
        self.parting.binary_search_by(|known| known.as_str().cmp(prefix)).is_ok()
    }

    /// Whether a capital letter selects what the word means: State and state.
    #[must_use]
    pub(crate) fn is_referent(&self, word: &str) -> bool {
        self.referents.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Whether the word makes a name, or is one, only with a capital letter: the Fund and the funds.
    #[must_use]
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.common.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Whether the word carries no content of its own: the, of, and.
    #[must_use]
    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        self.function.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Whether the character is one of those that names from abroad are written with.
    #[must_use]
    pub(crate) fn is_transliteration(&self, character: &str) -> bool {
        self.transliteration.contains(character)
    }

    /// Whether the word alone is a name.
    #[must_use]
    pub(crate) fn is_name(&self, word: &str) -> bool {
        self.find(Table::Entity, &[self.forms(word)]).iter().any(|found| found.sense == Sense::Name)
    }

    /// Whether the word may stand between two cited numbers: paragraphs 5 and 6.
    #[must_use]
    pub(crate) fn joins_citations(&self, word: &str) -> bool {
        self.joining.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Whether two forms are two words although their letters count as one: all and everything in Russian.
    #[must_use]
    pub(crate) fn are_distinct(&self, a: &str, b: &str) -> bool {
        self.distinct.iter().any(|(one, other)| (one == a && other == b) || (one == b && other == a))
    }

    /// Whether a comma right before the word changes what belongs to what: which, over.
    #[must_use]
    pub(crate) fn turns(&self, word: &str) -> bool {
        self.turning.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Whether clauses whose labels are bare numbers are cited by the noun; where none is listed, by any.
    #[must_use]
    pub(crate) fn cites_plain_labels(&self, noun: &str) -> bool {
        let known = |known: &String| known == noun || self.forms(noun).all().any(|form| form == known);
        self.citing.plain.is_empty() || self.citing.plain.iter().any(known)
    }

    /// Whether a word right behind a citation says whose it is: `Some(true)` another text's, `Some(false)` that of what
    /// follows.
    #[must_use]
    pub(crate) fn belonging(&self, word: &str) -> Option<bool> {
        let is = |list: &[String]| list.iter().any(|known| known == word);
        if is(&self.citing.other) {
            return Some(true);
        }
        is(&self.citing.of).then_some(false)
    }

    /// Whether the word means this text: this, the present.
    #[must_use]
    pub(crate) fn is_own_text(&self, word: &str) -> bool {
        self.citing.own.iter().any(|known| match known.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => known == word,
        })
    }

    /// Whether a sentence may have the word twice in a row: that, nous.
    #[must_use]
    pub(crate) fn may_double(&self, word: &str) -> bool {
        self.doubling.binary_search_by(|own| own.as_str().cmp(word)).is_ok()
    }

    /// Whether a name with this ending names the same as without it.
    #[must_use]
    pub(crate) fn ends_name(&self, ending: &str) -> bool {
        self.name_endings.iter().any(|own| own == ending)
    }

    /// Whether a word stands between the two ends of a range: to, through.
    #[must_use]
    pub(crate) fn spans_citations(&self, word: &str) -> bool {
        self.citing.ranges.iter().any(|own| own == word)
    }

    /// Whether a noun cites only before a number, and is one of the language at large elsewhere.
    #[must_use]
    pub(crate) fn cites_vaguely(&self, noun: &str) -> bool {
        self.citing.vague.iter().any(|own| own == noun)
    }

    /// Whether words that point may stand behind the noun they point at: "el artículo citado".
    #[must_use]
    pub(crate) const fn points_behind(&self) -> bool {
        self.citing.is_noun_first
    }

    /// Whether a name right behind a citation says whose it is, without a word between.
    #[must_use]
    pub(crate) const fn has_bare_belonging(&self) -> bool {
        self.citing.bare
    }

    /// Whether the text before a citation ends in the name of another text.
    #[must_use]
    pub(crate) fn names_other_text(&self, before: &str) -> bool {
        let own = self.citing.own.iter().any(|own| before.contains(own.as_str()));
        !own && self.citing.before.iter().any(|end| before.ends_with(end.as_str()))
    }

    /// The forms of a word without what is written together with it, the fullest first, with their endings restored.
    pub(super) fn bare_forms(&self, word: &str) -> Vec<String> {
        let forms = self.forms(word);
        let mut all: Vec<String> = Vec::new();
        for form in forms.all() {
            all.push(form.to_owned());
            if form.len() < forms.own.len() {
                let restored = self
                    .bare_endings
                    .iter()
                    .filter_map(|(from, to)| form.strip_suffix(from.as_str()).map(|stem| format!("{stem}{to}")));
                all.extend(restored);
            }
        }
        all
    }

    fn add(&mut self, table: Table, phrase: &str, sense: Sense) {
        let words = self.words(phrase);
        self.tables[table as usize].add(words, sense);
    }

    /// The words of a phrase of the data.
    fn words(&self, phrase: &str) -> Vec<Word> {
        let mut phrase = phrase.replace(['’', 'ʼ'], "'");
        if self.apostrophe_ends {
            phrase = phrase.replace('\'', "' ");
        }
        let folded = self.folded(&phrase.to_lowercase());
        let mut words = Vec::new();
        for piece in folded.split_whitespace() {
            if let Some(prefix) = piece.strip_suffix(TATWEEL) {
                words.push(Word::Stem(prefix.into()));
            } else if piece == "…" {
                words.push(GAP);
            } else if self.is_han {
                words.extend(piece.chars().map(|c| if c == '…' { GAP_HAN } else { Word::Exact(c.to_string().into()) }));
            } else {
                words.push(match piece.strip_suffix('*') {
                    Some(stem) if stem.chars().count() >= STEM => Word::Stem(stem.into()),
                    _ => Word::Exact(piece.into()),
                });
            }
        }
        words
    }
}
