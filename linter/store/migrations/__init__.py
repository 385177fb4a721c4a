"""Where Alembic looks for the steps of a store's layout."""
