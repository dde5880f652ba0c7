//! Readers and writers of event logs and models: bytes in, columns out.
