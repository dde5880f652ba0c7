//! What the owner defines, and what stands in it.

mod defining;
