//! Laws that hold for every log.

mod causes;
mod laws;
mod layout;
mod logs;
