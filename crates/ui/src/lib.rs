//! The design system: markup for every part of every page.
