//! The hash that names bytes in records, keys and fingerprints.

use sha2::{Digest, Sha256};

/// The sha256 of bytes, in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
