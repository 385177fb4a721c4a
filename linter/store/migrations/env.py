"""What Alembic runs around the steps."""

from linter.store.migration import take_steps

take_steps()
