//! Script and language of a text.
//!
//! The script decides between languages of different scripts; between those of one script, the share of words that are
//! among the frequent words of each, less those with letters that it has not. The whole document votes, and a clause
//! inherits: one clause is too short to ask. What is not safe is not told: a language is a fact, and no guess.

use super::chars;
use super::words::{WordChars, words};
use crate::language::{Catalogue, Detection, LanguageCode, Script, Standing};

/// How much of a text is read to identify it, in bytes; taken from its beginning.
const SAMPLE: usize = 64 << 10;

/// The script that most letters of the text belong to.
#[must_use]
pub(crate) fn script_of(text: &str) -> Option<Script> {
    let mut counts = [0usize; 4];
    for c in sample(text).chars() {
        if chars::is_han(c) {
            // One sign is about as much text as two letters.
            counts[0] += 2;
        } else if chars::is_latin(c) {
            counts[1] += 1;
        } else if chars::is_cyrillic(c) {
            counts[2] += 1;
        } else if chars::is_arabic(c) {
            counts[3] += 1;
        }
    }
    let scripts = [Script::Han, Script::Latin, Script::Cyrillic, Script::Arabic];
    let best = (0..4).max_by_key(|&at| (counts[at], 4 - at))?;
    (counts[best] > 0).then_some(scripts[best])
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Words that a language must have in a text for each of its frequent ones.
const WORDS_A_VOTE: usize = 20;
/// The same of one of which nothing else is known.
const WORDS_A_VOTE_RECOGNIZED: usize = 10;
/// Votes that another language must have more than each official one: one word may stand in a text of any.
const LEAD: isize = 2;
/// Fewest votes for a language of which nothing else is known.
const VOTES_RECOGNIZED: isize = 3;
/// One word in so many that is a frequent one of an official language makes it plain.
const PLAIN: usize = 3;
/// A text in which one word in so many is written as its script's official language writes none is in another.
const ODD: usize = 5;
/// One letter in so many tells the language that has signs of its own.
const OWN: usize = 8;

/// The language of a text, where it can be told: the languages of a catalogue, and those that are only recognised.
///
/// Of the official ones the one with most votes is told; one that its script has alone, without any. Another must lead all
/// of them, and have more votes than any other; where it is not safe that it is the one, none is told.
#[must_use]
pub(crate) fn identify(text: &str, catalogue: &Catalogue) -> Option<LanguageCode> {
    let text = sample(text);
    if let Some(code) = plain(text, catalogue.detection()) {
        return Some(code);
    }
    let detection = catalogue.wide_detection();
    if let Some(code) = by_own_signs(text, detection) {
        return Some(code);
    }
    let script = script_of(text)?;
    let tally = Tally::of(text, detection);
    let own = |at: &usize| detection.candidates()[*at].script == Some(script);
    let is_official = |at: usize| detection.candidates()[at].standing == Standing::Official;
    let votes = |at: usize| tally.votes[at];
    let (official, others): (Vec<usize>, Vec<usize>) =
        (0..tally.votes.len()).filter(own).partition(|at| is_official(*at));
    let best = official.iter().copied().max_by_key(|at| (votes(*at), usize::MAX - at));
    let rival = others.iter().copied().max_by_key(|at| (votes(*at), usize::MAX - at));
    if let Some(rival) = rival.filter(|rival| votes(*rival) >= best.map_or(0, votes).max(0) + LEAD) {
        let is_alone = others.iter().all(|other| *other == rival || votes(*other) < votes(rival));
        let (fewest, words) = match detection.candidates()[rival].standing {
            Standing::Recognized => (VOTES_RECOGNIZED, WORDS_A_VOTE_RECOGNIZED),
            Standing::Official | Standing::Known => (LEAD, WORDS_A_VOTE),
        };
        let is_safe = is_alone && votes(rival) >= fewest && tally.share(rival, words);
        return detection.candidates()[rival].code.filter(|_| is_safe);
    }
    let best = best?;
    let is_told = match official[..] {
        // A script that one official language has: a clause without a frequent word is one of it all the same.
        [_] if script != Script::Latin => tally.odd[best] * ODD <= tally.words,
        _ => tally.share(best, WORDS_A_VOTE),
    };
    detection.candidates()[best].code.filter(|_| is_told)
}

/// The official language that a text is plainly in: so many of its words are frequent ones of it that no other need be
/// asked, which saves most texts the reading of what tells the others.
fn plain(text: &str, detection: &Detection) -> Option<LanguageCode> {
    let script = script_of(text).filter(|script| *script == Script::Latin)?;
    let tally = Tally::of(text, detection);
    let own = |at: &usize| detection.candidates()[*at].script == Some(script);
    let best = (0..tally.votes.len()).filter(own).max_by_key(|at| (tally.votes[*at], usize::MAX - at))?;
    let candidate = &detection.candidates()[best];
    candidate.code.filter(|_| candidate.standing == Standing::Official && tally.share(best, PLAIN))
}

/// What the words of a text say of the candidates.
struct Tally {
    words: usize,
    /// Frequent words of each, less those that it does not write so.
    votes: Vec<isize>,
    /// Words that each does not write so.
    odd: Vec<usize>,
}

impl Tally {
    fn of(text: &str, detection: &Detection) -> Self {
        let count = detection.candidates().len();
        let mut tally = Self { words: 0, votes: vec![0; count], odd: vec![0; count] };
        let mut key = String::new();
        for word in words(text, WordChars::LETTERS) {
            tally.words += 1;
            key.clear();
            let mut odd = 0;
            if word.is_ascii() {
                key.push_str(word);
                key.make_ascii_lowercase();
            } else {
                key.push_str(&word.to_lowercase());
                odd = detection.not_writing(&key);
            }
            for at in ones(detection.having(&key)) {
                tally.votes[at] += 1;
            }
            for at in ones(odd) {
                tally.votes[at] -= 1;
                tally.odd[at] += 1;
            }
        }
        tally
    }

    /// Whether one word in so many speaks for a candidate. A text of names and numbers alone holds no frequent word of any
    /// language.
    fn share(&self, at: usize, words: usize) -> bool {
        usize::try_from(self.votes[at]).is_ok_and(|votes| votes > 0 && votes * words >= self.words)
    }
}

/// The places of the bits that are set.
fn ones(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(at)
    })
}

/// The language that signs of its own tell: enough of them among its letters, which are half of the text at least.
fn by_own_signs(text: &str, detection: &Detection) -> Option<LanguageCode> {
    if text.is_ascii() {
        return None;
    }
    let all = detection.own_signs();
    let (mut letters, mut han, mut own) = (0usize, 0usize, vec![0usize; all.len()]);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        han += usize::from(chars::is_han(c));
        if let Some(at) = all.iter().position(|one| one.signs.contains(&c)) {
            own[at] += 1;
        }
    }
    let at = (0..all.len()).max_by_key(|at| (own[*at], usize::MAX - at))?;
    let with = own[at] + if all[at].beside == Some(Script::Han) { han } else { 0 };
    (own[at] > 0 && own[at] * OWN >= with && with * 2 >= letters).then_some(all[at].code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (code, text) in [
            ("en", "The two sides reaffirm their commitment to the treaty."),
            ("zh", "双方重申致力于维护战略稳定。"),
            ("fr", "Les deux Parties réaffirment leur attachement au Traité et à la paix."),
            ("es", "Las dos Partes reafirman su compromiso con el Tratado y con la paz."),
            ("ru", "Стороны вновь подтверждают свою приверженность Договору."),
            ("ar", "يؤكد الجانبان من جديد التزامهما بالمعاهدة."),
            ("es", "Solicita al Secretario General que le presente un informe."),
            ("de", "Die beiden Seiten bekräftigen ihre Verpflichtung zum Vertrag."),
            ("pt", "As Partes reafirmam o seu compromisso com o Tratado e com a paz."),
            ("it", "Le due Parti riaffermano il loro impegno per il Trattato e per la pace."),
            ("uk", "Сторони підтверджують свою прихильність до договору та закликають усі держави."),
            ("bg", "Страните потвърждават, че ще се придържат към договора, който е в сила."),
            ("ja", "双方は、条約に対する約束を再確認する。"),
            ("ko", "양측은 조약에 대한 약속을 재확인한다."),
            ("el", "Οι δύο πλευρές επιβεβαιώνουν τη δέσμευσή τους στη Συνθήκη."),
            ("tr", "İki taraf, anlaşma için verdikleri sözü ve bu konudaki kararı bir kez daha teyit eder."),
            ("fa", "دو طرف تعهد خود را به این پیمان که در سال گذشته امضا شده است تایید می کنند."),
            ("nl", "De twee partijen bevestigen hun verbintenis met het verdrag en met een vrede voor alle landen."),
        ] {
            assert_eq!(identify(text, Catalogue::shipped()).as_deref(), Some(code), "{text}");
        }
        for text in [
            "1 2 3 ***",
            "Strane potvrđuju da će se držati ugovora koji je na snazi i da su za mir.",
            "Тараптар келісімшартты ұстанатындығын қуаттайды.",
        ] {
            assert_eq!(identify(text, Catalogue::shipped()), None, "{text}");
        }
    }
}
