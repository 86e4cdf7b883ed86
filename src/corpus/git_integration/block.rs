//! Lines of ours in a file of somebody else: put in between two marks, and taken out again to the last byte.
//!
//! The first mark says what there was before, so that taking the block out gives the file back: nothing at all, or a last
//! line without an end.

/// The line before our lines.
const BEGIN: &[u8] = b"# recension git install: begin";
/// The line behind them.
const END: &[u8] = b"# recension git install: end";
/// Behind the first mark: there was no file.
const NO_FILE: &[u8] = b" (in a file of its own)";
/// Behind the first mark: the line before it had no end.
const NO_LINE_END: &[u8] = b" (the line above had no end)";

/// A block whose second mark is missing, or stands before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;

/// Where a block stands.
struct Found {
    /// First byte of the line of the first mark.
    start: usize,
    /// First byte of our lines.
    body: usize,
    /// First byte of the line of the second mark.
    body_end: usize,
    /// Byte behind that line.
    end: usize,
    /// What stands behind the first mark.
    note: Vec<u8>,
}

/// What is left of a file without the block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) bytes: Vec<u8>,
    /// Whether there was no file before.
    pub(super) made: bool,
}

fn find(file: &[u8]) -> Result<Option<Found>, Damaged> {
    let mut at = 0;
    let mut begun: Option<(usize, usize, Vec<u8>)> = None;
    let mut found = None;
    for line in file.split_inclusive(|byte| *byte == b'\n') {
        let bare = line.trim_ascii_end();
        let next = at + line.len();
        match begun.take() {
            Some((start, body, note)) if bare == END => {
                found = Some(Found { start, body, body_end: at, end: next, note })
            }
            Some(open) => begun = Some(open),
            None if bare == END => return Err(Damaged),
            None => {}
        }
        if bare.starts_with(BEGIN) {
            if begun.is_some() || found.is_some() {
                return Err(Damaged);
            }
            begun = Some((at, next, bare[BEGIN.len()..].to_vec()));
        }
        at = next;
    }
    if begun.is_some() { Err(Damaged) } else { Ok(found) }
}

/// The file with the block in it: where it was, or at the end. `None` is no file.
pub(super) fn put(file: Option<&[u8]>, lines: &str) -> Result<Vec<u8>, Damaged> {
    let own = file.unwrap_or_default();
    if let Some(found) = find(own)? {
        return Ok([&own[..found.body], lines.as_bytes(), &own[found.body_end..]].concat());
    }
    let open = !own.is_empty() && !own.ends_with(b"\n");
    let (gap, note): (&[u8], &[u8]) = match file {
        None => (b"", NO_FILE),
        Some(_) if open => (b"\n", NO_LINE_END),
        Some(_) => (b"", b""),
    };
    Ok([own, gap, BEGIN, note, b"\n", lines.as_bytes(), END, b"\n"].concat())
}

/// The file without the block; `None` where it has none.
///
/// In git's configuration a key behind the block, up to the next blank line or section, was added to our last section
/// and goes with it; it would else fall to the section above.
pub(super) fn take(file: &[u8], with_keys: bool) -> Result<Option<Left>, Damaged> {
    let Some(found) = find(file)? else { return Ok(None) };
    let mut end = found.end;
    if with_keys {
        for line in file[found.end..].split_inclusive(|byte| *byte == b'\n') {
            if !line.trim_ascii_start().first().is_some_and(u8::is_ascii_alphabetic) {
                break;
            }
            end += line.len();
        }
    }
    let mut start = found.start;
    if found.note == NO_LINE_END && end == file.len() && file[..start].ends_with(b"\n") {
        start -= 1;
    }
    let bytes = [&file[..start], &file[end..]].concat();
    Ok(Some(Left { made: found.note == NO_FILE && bytes.is_empty(), bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_out_gives_back_what_was() {
        for file in
            [None, Some(&b""[..]), Some(b"*.c diff=cpp\n"), Some(b"*.c diff=cpp"), Some(b"a\r\n"), Some(b"\xFF\n")]
        {
            let once = put(file, "*.txt diff=recension\n").expect("whole");
            assert_eq!(put(Some(&once), "*.txt diff=recension\n"), Ok(once.clone()));
            let other = put(Some(&once), "*.md diff=recension\n").expect("whole");
            for with in [once, other] {
                let left = take(&with, false).expect("whole").expect("a block");
                assert_eq!(left, Left { bytes: file.unwrap_or_default().to_vec(), made: file.is_none() });
            }
        }
        assert_eq!(take(b"*.c diff=cpp\n", false), Ok(None));
    }

    #[test]
    fn what_others_added_stays() {
        let block = put(Some(b"a"), "b\n").expect("whole");
        let left = take(&[&block[..], b"c\n"].concat(), false).expect("whole").expect("a block");
        assert_eq!(left, Left { bytes: b"a\nc\n".to_vec(), made: false });
        let own = put(None, "[merge \"recension\"]\n\tname = x\n").expect("whole");
        let left = take(&[&own[..], b"\trecursive = text\n[user]\n\tname = A\n"].concat(), true);
        assert_eq!(left, Ok(Some(Left { bytes: b"[user]\n\tname = A\n".to_vec(), made: false })));
    }

    #[test]
    fn a_damaged_block_is_left_alone() {
        for file in [
            &b"# recension git install: begin\nx\n"[..],
            b"# recension git install: end\n",
            b"# recension git install: begin\n# recension git install: begin\n# recension git install: end\n",
        ] {
            assert_eq!(put(Some(file), "b\n"), Err(Damaged));
            assert_eq!(take(file, true), Err(Damaged));
        }
    }
}
