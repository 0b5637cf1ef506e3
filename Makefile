# The commands of the house. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --no-builtin-rules
# The tests start hundreds of processes: each would compile all of the code anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BENCH := .venv-bench
BIN := $(VENV)/bin
PIP := -m pip --disable-pip-version-check --quiet install
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header $(UPGRADE)

# A stamp is touched when its step has succeeded, so that the step is taken once.
RUNTIME := $(VENV)/.runtime
KERNELS := $(VENV)/.kernels
DEVELOPMENT := $(VENV)/.development
PEERS := $(BENCH)/.peers

.PHONY: help demo test check bench calibrate soak assets docs lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(KERNELS) ## Fill the demo municipality and open lykta on it (PORT=8000)
	$(BIN)/lykta demo demo --serve --port $(PORT)

test: $(DEVELOPMENT) $(KERNELS) ## Run every test: two processes, then PostgreSQL, then the browser
	tools/setup-test-machine
	status=0
	$(BIN)/pytest -n2 -m "not browser and not r" || status=$$?
	tools/with-postgresql $(BIN)/pytest -n2 -m "not browser and not r" --database-only || status=$$?
	$(BIN)/pytest -n2 --dist loadfile -m browser || status=$$?
	exit $$status

check: $(DEVELOPMENT) ## What must pass before a change is handed over
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/python -m tests.architecture.sizes
	$(MAKE) docs
	$(MAKE) test

docs: $(DEVELOPMENT) ## Build the documentation; a warning is an error
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

bench: $(KERNELS) $(PEERS) ## Time the methods beside their peers, in one run
	$(BIN)/python -m benchmarks --out docs/reference/benchmarks.json

calibrate: $(DEVELOPMENT) $(KERNELS) ## Count how often each method is right on worlds with a known answer
	$(BIN)/python -m benchmarks.calibrate --out docs/reference/calibration.json

soak: $(DEVELOPMENT) $(KERNELS) ## Damaged files by the thousand, killed imports, ten million rows for each method, load
	tools/setup-test-machine
	$(BIN)/python -m tests.analysis.huge --out docs/reference/huge.json
	$(BIN)/python -m tests.sources.fuzz 10000 --out docs/reference/soak.json
	$(BIN)/python -m tests.domain.events.fuzz 10000 --out docs/reference/imports.json
	$(BIN)/python -m tests.infrastructure.photos.fuzz 10000 --out docs/reference/photos.json
	$(BIN)/python -m tests.cli.kills 100 --out docs/reference/kills.json
	tools/with-postgresql $(BIN)/python -m tests.cli.kills 100 --out docs/reference/kills.json
	$(BIN)/python -m tests.web.wandering 200000 --out docs/reference/wandering.json
	$(BIN)/python -m tests.web.load 1000000 --out docs/reference/load.json
	$(BIN)/python -m tests.web.users 300 --out docs/reference/users.json
	tools/with-postgresql $(BIN)/python -m tests.web.users 300 --out docs/reference/users.json

assets: $(DEVELOPMENT) $(KERNELS) ## Build what is made by programs: template, words, vendored files, pictures
	$(BIN)/python tools/assets/template.py
	$(BIN)/python tools/assets/words.py
	PYTHONPATH=. $(BIN)/python tools/assets/catalogue.py
	$(BIN)/python tools/assets/vendor.py
	PYTHONPATH=. $(BIN)/python tools/assets/pictures.py

lock: $(DEVELOPMENT) ## Lock the requirements again (UPGRADE=--upgrade for newer versions)
	for name in runtime development benchmarks; do
	  $(BIN)/$(LOCK) requirements/$$name.in --output-file requirements/$$name.txt
	done

clean: ## Take away what can be made again; the virtual environments stay
	rm -rf demo build dist docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache .grimp_cache
	find src tests benchmarks tools docs -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	  echo "lykta needs Python 3.11 or later; give another one with make PYTHON=…" >&2
	  exit 1
	}
	@$(PYTHON) -m venv $(VENV) || {
	  rm -rf $(VENV)
	  echo "Install python3-venv first: apt-get install python3-venv" >&2
	  exit 1
	}

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "Installing what lykta runs on (a minute or two the first time) …"
	@$(BIN)/python $(PIP) --require-hashes --requirement requirements/runtime.txt
	@$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements/development.txt $(RUNTIME)
	@echo "Installing what the tests and checks run on …"
	@$(BIN)/python $(PIP) --require-hashes --requirement requirements/development.txt
	@touch $@

$(KERNELS): $(wildcard src/lykta/analysis/_kernels/*.py) $(RUNTIME)
	@$(BIN)/lykta doctor --compile
	@touch $@

$(PEERS): requirements/benchmarks.txt $(RUNTIME)
	@$(PYTHON) -m venv $(BENCH)
	@echo "Installing the peers …"
	@$(BENCH)/bin/python $(PIP) --require-hashes --requirement requirements/benchmarks.txt
	@touch $@
