# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
# Everything below sets up what it needs in .venv, once, from python3 (3.11 or later).

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Packages that are ours; examples and benchmarks are checked like the rest.
SOURCES := eigenpal eigenpal_generated generator templates tests examples benchmarks tools
# What needs nothing but the wheel and its extras, and so runs on every Python the package supports.
CLIENT_TESTS := tests/client tests/rules tests/transport tests/server tests/generated
PYTHONS ?= 3.10 3.11 3.12 3.13
WORKERS ?= 2

.PHONY: help demo test check generate reference fetch-spec pull-request format bench faults wheel test-pythons drift clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or later, which '$(PYTHON)' is not. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up .venv, once; that takes a minute or two, and the network"
	@$(PYTHON) -m venv .venv
	@$(PIP) --upgrade 'pip>=25.1' && $(PIP) --editable '.[testing,aiohttp]' --group dev || \
		{ echo "Setting up .venv failed, see above: without the network nothing can be fetched. It can be repeated." >&2; exit 1; }
	@touch $(READY)

demo: $(READY) ## Check that the code is what the spec says, then play the quick start on the embedded server
	@$(BIN)/python -m generator --check
	@$(BIN)/python examples/demo.py

test: $(READY) ## Run every test, offline
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

check: $(READY) ## Lint, format, types, and that nothing generated drifted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m generator --check
	$(BIN)/python tools/reference.py --check
	$(BIN)/mypy $(SOURCES)
	$(BIN)/pyright $(SOURCES)

generate: $(READY) ## Write eigenpal_generated/ and the reference pages from openapi/openapi.yaml
	$(BIN)/python -m generator
	$(BIN)/python tools/reference.py

reference: $(READY) ## Write docs/reference.md, docs/models.md and the README's tree from the docstrings
	@$(BIN)/python tools/reference.py

fetch-spec: $(READY) ## Take a newer spec: make fetch-spec SPEC=https://...
	@$(BIN)/python tools/fetch_spec.py "$$SPEC"

pull-request: $(READY) ## Open a pull request with what regenerating changed (needs GH_TOKEN; else says what)
	@$(BIN)/python tools/pull_request.py

drift: generate ## Regenerate, and fail if that changed anything git knows of
	@test -z "$$(git status --porcelain)" || { git status --short; git --no-pager diff --stat; exit 1; }

format: $(READY) ## Format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Print every budget of the design as a ratio, measured in one run
	@$(BIN)/python -m benchmarks; kept=$$?; $(BIN)/python -m benchmarks.embedded_server && exit $$kept

faults: $(READY) ## Play every fault against every kind of call, and print what happened
	@$(BIN)/python -m tests.transport.fault_matrix

wheel: $(READY) ## Build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist . > /dev/null
	@ls dist/*.whl

test-pythons: $(READY) ## Install the wheel on each supported Python on this machine and run the client's tests
	@rm -rf .cache/wheel && mkdir -p .cache/wheel
	@$(BIN)/python -m build --wheel --no-isolation --outdir .cache/wheel . > /dev/null
	@$(BIN)/python tools/test_pythons.py --wheel .cache/wheel --pythons $(PYTHONS) --workers $(WORKERS) -- $(CLIENT_TESTS)

clean: ## Remove everything that was set up or built
	rm -rf .venv .cache dist build demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
