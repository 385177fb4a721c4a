# The commands of a contributor. Each makes its own virtual environment in .venv; none needs root.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-fast test-nightly test-versions check format pages walk docs clean

run: $(READY)  ## lint this repository by itself
	$(BIN)/review-lint

test: $(READY)  ## all tests, on every supported Python that this machine has
	$(BIN)/python -m pytest -n auto
	$(BIN)/python .ci/versions.py

test-fast: $(READY)  ## the tests to run all the time
	$(BIN)/python -m pytest -n auto -q -m "not slow"

test-nightly: $(READY)  ## the slow tests in their big size
	REVIEW_LINT_TEST_SIZE=10 $(BIN)/python -m pytest -n auto -m slow

check: $(READY)  ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pages: $(READY)  ## write the pages that are made from the rules and the schema
	$(BIN)/python -m tests.support.rule_pages
	$(BIN)/python -m tests.support.review_file_page
	$(BIN)/python -m tests.support.pages
	$(BIN)/python -m tests.support.reports
	$(BIN)/python -m tests.support.completions
	$(BIN)/python -m tests.support.man_page
	$(BIN)/python -m tests.support.reference_pages

walk: $(READY)  ## type what the pages tell a reader to type, and write what is printed into them
	$(BIN)/python -m tests.support.walk

docs: $(READY)  ## build the documentation site into build/docs; complaints are errors
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going docs build/docs

clean:
	rm -rf $(VENV) build dist

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "review-lint needs Python 3.11 or newer; name one with 'make PYTHON=python3.12 ...'"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@
