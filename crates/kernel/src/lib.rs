//! The words every other crate shares: ids, time, money, language, context, faults.
