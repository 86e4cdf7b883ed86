//! Whether a sign of life stands on the line where standard error goes on: who writes there clears it.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a sign stands on the line where standard error goes on.
static DRAWN: AtomicBool = AtomicBool::new(false);

/// Whether a sign stands on the line where standard error goes on.
pub(super) fn is_drawn() -> bool {
    DRAWN.load(Ordering::Relaxed)
}

/// Says whether one stands there from now on.
pub(super) fn set_drawn(drawn: bool) {
    DRAWN.store(drawn, Ordering::Relaxed);
}
