//! Services and goods.
