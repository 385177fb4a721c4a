"""What source files import, held against the boundaries between modules and against cycles."""
