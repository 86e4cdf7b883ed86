//! Deltas as git's packs hold them: copy these bytes of the base, insert those.
//!
//! Problem: a version is nearly the version before it. Choice: every block of 16 bytes of the base is entered by its
//! hash; the target is read with a rolling hash (Karp and Rabin 1987), and where a block is found the match is grown
//! both ways. Time and space are linear in both texts: a hash keeps one block, so no search goes through lists. Format:
//! git's Documentation/gitformat-pack, "Deltified representation".

/// Bytes of a block. A copy costs up to 7 bytes, so shorter blocks would seldom gain.
const BLOCK: usize = 16;
/// Bytes that one copy may take: three bytes of length.
const MOST_COPIED: usize = 0xFF_FFFF;
/// Bytes that one insertion may hold.
const MOST_INSERTED: usize = 0x7F;
/// Multiplier of the rolling hash.
const FACTOR: u32 = 0x0100_0193;

/// The blocks of a base.
struct Blocks {
    /// Place of a block plus one, by the hash; 0 where none is.
    slots: Vec<u32>,
    mask: usize,
}

impl Blocks {
    fn of(base: &[u8]) -> Self {
        let blocks = base.len() / BLOCK;
        let slots = (blocks * 2).next_power_of_two().max(2);
        let mut found = Self { slots: vec![0; slots], mask: slots - 1 };
        // Later blocks are entered first, so that the earliest of equal ones stays.
        for at in (0..blocks).rev() {
            let start = at * BLOCK;
            let slot = found.slot(hash(&base[start..start + BLOCK]));
            found.slots[slot] = u32::try_from(start + 1).unwrap_or(0);
        }
        found
    }

    fn slot(&self, hash: u32) -> usize {
        // The high bits of a product are the well mixed ones.
        (hash.wrapping_mul(0x9E37_79B1) >> 7) as usize & self.mask
    }

    fn find(&self, hash: u32) -> Option<usize> {
        let place = self.slots[self.slot(hash)];
        (place > 0).then(|| place as usize - 1)
    }
}

fn hash(block: &[u8]) -> u32 {
    block.iter().fold(0, |hash: u32, byte| hash.wrapping_mul(FACTOR).wrapping_add(u32::from(*byte)))
}

/// The delta that makes `target` of `base`; `None` where it would take more than `most` bytes.
pub(super) fn delta(base: &[u8], target: &[u8], most: usize) -> Option<Vec<u8>> {
    if base.len() < BLOCK || target.len() < BLOCK || u32::try_from(base.len()).is_err() {
        return None;
    }
    let blocks = Blocks::of(base);
    let mut out = Vec::with_capacity(64);
    size(&mut out, base.len());
    size(&mut out, target.len());
    let leaving = (0..BLOCK - 1).fold(1_u32, |power, _| power.wrapping_mul(FACTOR));
    // What stands before `written` is in the delta; `at` is the start of the block whose hash is known.
    let (mut written, mut at) = (0, 0);
    let mut rolling = hash(&target[..BLOCK]);
    loop {
        let found = blocks.find(rolling).filter(|place| base[*place..*place + BLOCK] == target[at..at + BLOCK]);
        if let Some(place) = found {
            let back =
                base[..place].iter().rev().zip(target[written..at].iter().rev()).take_while(|(a, b)| a == b).count();
            let (place, start) = (place - back, at - back);
            let length = base[place..].iter().zip(&target[start..]).take_while(|(a, b)| a == b).count();
            insert(&mut out, &target[written..start]);
            copy(&mut out, place, length);
            written = start + length;
            at = written;
            if out.len() > most || at + BLOCK > target.len() {
                break;
            }
            rolling = hash(&target[at..at + BLOCK]);
            continue;
        }
        if at + BLOCK >= target.len() || out.len() + (at - written) > most {
            break;
        }
        let gone = u32::from(target[at]).wrapping_mul(leaving);
        rolling = rolling.wrapping_sub(gone).wrapping_mul(FACTOR).wrapping_add(u32::from(target[at + BLOCK]));
        at += 1;
    }
    insert(&mut out, &target[written..]);
    (out.len() <= most).then_some(out)
}

fn size(out: &mut Vec<u8>, mut size: usize) {
    loop {
        let low = (size & 0x7F) as u8;
        size >>= 7;
        if size == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn insert(out: &mut Vec<u8>, bytes: &[u8]) {
    for part in bytes.chunks(MOST_INSERTED) {
        out.push(part.len() as u8);
        out.extend_from_slice(part);
    }
}

/// A copy: a byte that says which bytes of place and length follow, and those that are not zero.
fn copy(out: &mut Vec<u8>, mut place: usize, mut length: usize) {
    while length > 0 {
        let part = length.min(MOST_COPIED);
        let head = out.len();
        out.push(0x80);
        for (bit, byte) in place.to_le_bytes()[..4].iter().enumerate().filter(|(_, byte)| **byte != 0) {
            out[head] |= 1 << bit;
            out.push(*byte);
        }
        for (bit, byte) in part.to_le_bytes()[..3].iter().enumerate().filter(|(_, byte)| **byte != 0) {
            out[head] |= 0x10 << bit;
            out.push(*byte);
        }
        place += part;
        length -= part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Applies a delta as git does.
    fn apply(base: &[u8], delta: &[u8]) -> Vec<u8> {
        let mut at = 0;
        let mut number = || {
            let (mut value, mut shift) = (0_usize, 0);
            loop {
                let byte = delta[at];
                at += 1;
                value |= usize::from(byte & 0x7F) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    return value;
                }
            }
        };
        let (from, to) = (number(), number());
        assert_eq!(from, base.len());
        let mut out = Vec::new();
        while at < delta.len() {
            let head = delta[at];
            at += 1;
            if head & 0x80 == 0 {
                assert_ne!(head, 0);
                out.extend_from_slice(&delta[at..at + usize::from(head)]);
                at += usize::from(head);
                continue;
            }
            let mut take = |bits: std::ops::Range<u8>| {
                bits.clone().fold(0_usize, |value, bit| {
                    if head & (1 << bit) == 0 {
                        return value;
                    }
                    at += 1;
                    value | usize::from(delta[at - 1]) << (8 * (bit - bits.start))
                })
            };
            let (place, length) = (take(0..4), take(4..7));
            let length = if length == 0 { 0x10000 } else { length };
            out.extend_from_slice(&base[place..place + length]);
        }
        assert_eq!(out.len(), to);
        out
    }

    #[test]
    fn a_small_change_is_a_small_delta() {
        let base: Vec<u8> = (0..4_000_u32).flat_map(|n| format!("{n} all States, ").into_bytes()).collect();
        let mut target = base.clone();
        target.splice(20_000..20_003, *b"none");
        let made = delta(&base, &target, target.len()).expect("a delta");
        assert!(made.len() < 40, "{}", made.len());
        assert_eq!(apply(&base, &made), target);
        assert_eq!(delta(&base, b"short", 100), None);
        assert_eq!(delta(&base, &target, 10), None);
    }

    #[test]
    fn long_copies_are_parted() {
        let base: Vec<u8> = (0..6_000_000_u32).flat_map(|n| n.to_le_bytes()).collect();
        let made = delta(&base, &base, 1_000).expect("a delta");
        assert_eq!(apply(&base, &made), base);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]
        #[test]
        fn a_delta_makes_the_target(words in prop::collection::vec("[a-c]{1,9}", 10..200), cuts in prop::collection::vec((0_usize..2_000, 0_usize..40, "[a-d]{0,30}"), 0..8)) {
            let base = words.concat().into_bytes();
            let mut target = base.clone();
            for (at, gone, new) in cuts {
                let at = at.min(target.len());
                let end = (at + gone).min(target.len());
                target.splice(at..end, new.into_bytes());
            }
            if let Some(made) = delta(&base, &target, usize::MAX) {
                prop_assert_eq!(apply(&base, &made), target);
            }
        }
    }
}
