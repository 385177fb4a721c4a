"""Reports kept over time, in SQLite or PostgreSQL: `store.py` is what others use."""
