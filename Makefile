# One door: everything that CI does is a target here.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; raise SystemExit(not (3,11) <= sys.version_info[:2] <= (3,13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE  # the tests start many processes: each would compile every module anew

.PHONY: help install sandbox test check fix pictures bench soak clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

install: .venv/.installed  ## make .venv with the locked dependencies

.venv/.installed: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11、3.12 或 3.13 / Python 3.11–3.13 is needed"; exit 1; }
	$(PYTHON) .ci/bootstrap.py
	$(BIN)/uv sync --frozen --quiet --compile-bytecode --python $(BIN)/python
	$(BIN)/python -m compileall -q bot storage
	@touch $@

sandbox: install  ## play the desk in a web page
	$(BIN)/python -m bot sandbox $(ARGS)

test: install  ## the test suite
	$(BIN)/pytest $(ARGS)

check: install  ## lint, types, import contracts, every script file
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot scripts

fix: install  ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: install  ## make the documentation's pictures anew (needs chromium)
	$(BIN)/python docs/make_pictures.py

bench: install  ## measure every goal anew (an hour, on a quiet machine) and write docs/performance.md
	$(BIN)/python -m bench.reminders --keep
	$(BIN)/python -m bench.measure $(ARGS)

soak: install  ## twenty simulated days, two quarters, a hundred kills on each database, two thousand weeks (hours)
	$(BIN)/python -m bench.day --seeds 20 --keep
	$(BIN)/python -m bench.quarter --seed 4 --engine sqlite --keep
	$(BIN)/python -m bench.quarter --seed 3 --engine postgresql --processes 3 --keep
	$(BIN)/python -m bench.regular --keep
	$(BIN)/python -m bench.kills --kills 100 --engine sqlite --keep
	$(BIN)/python -m bench.kills --kills 100 --engine postgresql --keep
	$(BIN)/python -m bench.measure --table
	SOAK=250 $(BIN)/pytest -n 2 tests/desk/test_working_time.py tests/usecases/test_somebody_always_answers.py $(ARGS)

clean:  ## remove what was made
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
