//! Who does what, when.
