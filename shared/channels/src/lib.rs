//! One file per provider.
