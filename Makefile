# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
# Every command first sets up .venv if it is missing; that needs python3 3.11 or later.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
INTEGRATIONS := .venv-integrations
PACKAGE := .venv-package
DOCS := .venv-docs
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Everything that is type-checked, examples and benchmarks included.
SOURCES := eigenpal eigenpal_generated generator templates tests examples benchmarks tools
# Tests that need only the wheel and its extras; they run on every supported Python.
CLIENT_TESTS := tests/client tests/runs tests/uploads tests/downloads tests/transport tests/server tests/generated \
	tests/docs/test_pages.py
PYTHONS ?= 3.10 3.11 3.12 3.13 3.14
WORKERS ?= 2

.PHONY: help demo test test-integrations gaps check generate docs docs-serve fetch-spec version regenerate-branch regenerate pull-request format bench bench-startup faults build draft-release publish test-pythons drift clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "'$(PYTHON)' is not Python 3.11 or later. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up .venv once; this takes a minute or two and needs network access"
	@$(PYTHON) -m venv .venv
	@$(PIP) --upgrade 'pip>=25.1' && $(PIP) --editable '.[testing,aiohttp,batch]' --group dev || \
		{ echo "Setting up .venv failed, see above. It needs network access; run the command again to retry." >&2; exit 1; }
	@touch $(READY)

demo: $(READY) ## Check that the generated code is up to date, then run the quick start against the embedded server
	@$(BIN)/python -m generator --check
	@$(BIN)/python examples/demo.py

test: $(READY) ## Run every test, offline
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

$(INTEGRATIONS)/ready: pyproject.toml $(READY)
	@echo "Setting up $(INTEGRATIONS) once; this takes a minute or two and needs network access"
	@$(BIN)/python -m venv $(INTEGRATIONS)
	@$(INTEGRATIONS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
		$(INTEGRATIONS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[testing,aiohttp,batch]' \
		--group integrations || { echo "Setting up $(INTEGRATIONS) failed, see above." >&2; exit 1; }
	@touch $@

test-integrations: $(INTEGRATIONS)/ready ## Test together with Flask, FastAPI, Django, numpy, pandas, pydantic and others
	$(INTEGRATIONS)/bin/python -m pytest --numprocesses $(WORKERS) tests/integrations

gaps: $(READY) ## List what openapi.yaml leaves out, and what of it has no facts, scenario or implementation yet
	@$(BIN)/python -m tests.spec.gaps

check: $(READY) ## Check lint, formatting and types, and that generated files are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m generator --check
	$(BIN)/python tools/unasync.py --check
	$(BIN)/python tools/types_stub.py --check
	$(BIN)/python tools/readme_tree.py --check
	$(BIN)/python tools/reference.py --check
	$(BIN)/python -m generator.surface --check
	$(BIN)/python -m tools.regenerate.versions --check
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/zizmor --quiet --offline --strict-collection --persona auditor .github/workflows
	$(BIN)/mypy $(SOURCES)
	$(BIN)/pyright $(SOURCES)

generate: $(READY) ## Generate eigenpal_generated/, the synchronous client, the reference pages and openapi/surface.txt
	$(BIN)/python -m generator
	$(BIN)/python tools/unasync.py
	$(BIN)/python tools/types_stub.py
	$(BIN)/python tools/readme_tree.py
	$(BIN)/python tools/reference.py
	$(BIN)/python -m generator.surface

$(DOCS)/ready: pyproject.toml
	@echo "Setting up $(DOCS) once; this takes half a minute and needs network access"
	@$(PYTHON) -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
		$(DOCS)/bin/python -m pip install --quiet --disable-pip-version-check --group docs || \
		{ echo "Setting up $(DOCS) failed, see above." >&2; exit 1; }
	@touch $@

# Not --quiet, with which mkdocs counts no warnings.
docs: $(DOCS)/ready ## Build the documentation into site/; a warning is an error
	@NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --strict

docs-serve: $(DOCS)/ready ## Show the documentation at http://127.0.0.1:8000, and build it anew when a file changes
	@NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs serve --watch eigenpal --watch eigenpal_generated

fetch-spec: $(READY) ## Replace the spec with a newer one: make fetch-spec SPEC=https://...
	@$(BIN)/python tools/fetch_spec.py "$$SPEC"

version: $(READY) ## Set the version that the changes of the API since the last release ask for
	@$(BIN)/python -m tools.regenerate.versions

regenerate-branch: $(READY) ## Switch to the branch `regenerate`: new from main, or as it is if others committed to it
	@$(BIN)/python -m tools.regenerate.branch

regenerate: $(READY) ## Generate (SPEC=https://... fetches a newer spec), report, set version and changelog, check, test
	@$(BIN)/python -m tools.regenerate.run

pull-request: $(READY) ## Open or update the pull request of `make regenerate` (without GH_TOKEN, only print its text)
	@$(BIN)/python -m tools.regenerate.pull_request

drift: generate ## Regenerate, and fail if that changes a file
	@test -z "$$(git status --porcelain)" || { git status --short; git --no-pager diff --stat; exit 1; }

format: $(READY) ## Format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Measure every performance budget and print it as a ratio
	@$(BIN)/python -m benchmarks; kept=$$?; $(MAKE) --no-print-directory bench-startup || kept=1; \
		$(BIN)/python -m benchmarks.embedded_server && exit $$kept

bench-startup: $(READY) ## Measure start-up on the oldest and the newest Python of this machine, with only the wheel installed
	@rm -rf .cache/wheel && mkdir -p .cache/wheel
	@$(BIN)/python -m build --wheel --no-isolation --outdir .cache/wheel . > /dev/null
	@$(BIN)/python -m benchmarks.startup --wheel .cache/wheel --pythons $(PYTHONS)

faults: $(READY) ## Inject every failure into every kind of call, and print the results
	@$(BIN)/python -m tests.transport.fault_matrix

# Apart from .venv: few need these tools, and the job that may upload has nothing else.
$(PACKAGE)/ready: pyproject.toml
	@echo "Setting up $(PACKAGE) once; this needs network access"
	@$(PYTHON) -m venv $(PACKAGE)
	@$(PACKAGE)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
		$(PACKAGE)/bin/python -m pip install --quiet --disable-pip-version-check --group package || \
		{ echo "Setting up $(PACKAGE) failed, see above." >&2; exit 1; }
	@touch $@

build: $(READY) $(PACKAGE)/ready ## Build sdist and wheel into dist/, check them, and try them on each Python installed on this machine
	@$(BIN)/python -m tools.package.build --checkers $(PACKAGE)/bin --pythons $(PYTHONS)

draft-release: $(READY) ## Draft the release of the tag TAG on GitHub with the files of `make build` (without GH_TOKEN, only print its notes)
	@$(BIN)/python -m tools.release.draft

publish: $(PACKAGE)/ready ## Upload the files of the drafted release TAG to the package index, and publish it: for the release workflow
	@$(PACKAGE)/bin/python -m tools.release.publish

test-pythons: $(READY) ## Run the client's tests against the wheel, on each supported Python installed on this machine
	@rm -rf .cache/wheel && mkdir -p .cache/wheel
	@$(BIN)/python -m build --wheel --no-isolation --outdir .cache/wheel . > /dev/null
	@$(BIN)/python tools/test_pythons.py --wheel .cache/wheel --pythons $(PYTHONS) --workers $(WORKERS) -- $(CLIENT_TESTS)

clean: ## Remove .venv, caches and build output
	rm -rf .venv .cache dist build site demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
