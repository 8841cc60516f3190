# Two commands are enough: `make run` shows what sayso does, `make test` shows that it is sound.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LEDGER ?= ledger.duckdb
TESTS ?= tests
CODE := src tests evaluation training reference

.PHONY: help install run test torture lint format train bench clean
.DEFAULT_GOAL := help

help:
	@echo "make run       install, read examples/ into $(LEDGER), and print what was found"
	@echo "make test      install, check style and types, and run every test"
	@echo "make install   make the virtual environment $(VENV) with sayso in it"
	@echo "make lint      check style, types and the order of the rooms"
	@echo "make format    put the code into shape"
	@echo "make train     train the weights again (needs the corpora; about three and a half hours on two cores)"
	@echo "make torture   read 500 reports in any order, with 1 to 4 processes: the same bytes? (minutes)"
	@echo "make bench     measure the speed, beside spaCy's small pipeline"
	@echo "make clean     remove what the above made"

install: $(STAMP)

# The stamp is newer than pyproject.toml once all is installed, so that a second time takes no time.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sayso needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make install PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) can not make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: install
	$(BIN)/sayso read examples --ledger $(LEDGER)

test: lint
	$(BIN)/python -m pytest -n 2 $(TESTS) --ignore tests/torture/test_same_many.py

# By itself, since it starts processes of its own and takes minutes.
torture: install
	$(BIN)/python -m pytest -m slow tests/torture

lint: install
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check --quiet $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

train:
	training/run

bench: install
	$(BIN)/python -m evaluation speed
	$(BIN)/python -m pytest -s -m slow tests/ledger/test_load_speed.py

clean:
	rm -rf $(VENV) build dist $(LEDGER) $(LEDGER).wal .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
