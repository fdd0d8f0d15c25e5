# One folder holds everything that is installed; remove .venv to start afresh.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test check score bench slow taxonomy lock clean

demo: $(VENV)/ready ## set everything up and show the product
	$(BIN)/jobtide demo

test: $(VENV)/ready-dev ## set everything up and run the tests
	$(BIN)/python -m pytest -q

check: $(VENV)/ready-dev ## format, lint, types, import rules, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/taxonomy.py
	$(BIN)/python tools/readme.py --check
	$(BIN)/python tools/quality_card.py --check

score: $(VENV)/ready-dev ## precision and recall on labelled postings; fails below bench/scores.toml
	$(BIN)/python bench/score.py

bench: $(VENV)/ready-bench ## speed, as ratios beside named peers in the same run
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/market.py
	$(BIN)/python bench/fetch.py
	$(BIN)/python bench/official.py

slow: $(VENV)/ready-dev ## the long versions of the fault and kill tests
	JOBTIDE_SLOW=1 $(BIN)/python -m pytest -q tests

taxonomy: $(VENV)/ready-dev ## check the vocabulary
	$(BIN)/python tools/taxonomy.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(BIN)/python pyproject.toml requirements.txt $(wildcard src/jobtide/enrich/native/*.[ch])
	$(PIP) install --require-hashes --no-deps -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -c "from jobtide.enrich import native; print(native.state())"
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(PIP) install --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

$(VENV)/ready-bench: $(VENV)/ready-dev requirements-bench.txt
	$(PIP) install --require-hashes --no-deps -r requirements-bench.txt
	@touch $@

lock: $(BIN)/python ## write the hash-locked requirements anew (needs uv)
	sh tools/lock.sh

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache
