//! Text retrieval in Chinese and English behind one function.
