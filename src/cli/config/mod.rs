//! What is set, and by whom: an option of the call, a variable of the environment, the project file `.recension.toml`, the
//! user's file, or the program itself, in this order.

mod edit;
mod file;
mod key;
mod places;
mod settings;
mod write;

pub(super) use file::{File, Owner};
pub(super) use key::{KEYS, Key, Kind, Value, key, names};
pub(super) use places::{PROJECT, Places};
pub(super) use settings::{Origin, Settings, StatedFacts};
pub(super) use write::write;
