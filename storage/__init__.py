"""SQLModel tables, mapping, units of work, migrations."""
