"""The twofold catalog: an in-memory CRUD service."""
