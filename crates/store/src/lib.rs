//! The database: one SQL text on SQLite and PostgreSQL, transactions, migrations, journal.
