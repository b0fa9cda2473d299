"""Levels as the staff records, annuls, looks up and follows them (docs/levels.md)."""
