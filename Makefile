# Two commands do everything on a fresh machine: `make demo` and `make test`. Neither needs root, and after the first
# time neither needs a network.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GRAPH := demo/graph
SITE := demo/site
# not the folder itself: its broken/ holds what must fail
SAMPLES := $(wildcard $(addprefix tests/samples/*.,pdf txt)) tests/samples/formats

.PHONY: demo test lint bench lock clean

demo: $(READY)
	@$(BIN)/inspection-graph build $(SAMPLES) --vocabulary tests/samples/authorities.ttl -o $(GRAPH)
	@echo
	@echo "What became of what inspectors asked for? (inspection-graph query after-recommendation)"
	@$(BIN)/inspection-graph query after-recommendation --param authority=Harrowdale --graph $(GRAPH) --columns start,asked,laterStart,outcome,said --limit 4
	@$(BIN)/inspection-graph view --graph $(GRAPH) -o $(SITE)
	@command -v java >/dev/null || echo "Java is not installed: with it, 'check' also reasons over the ontology with HermiT."
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo "Chromium is not installed: with it, 'make test' also opens the pages in a browser."
	@echo
	@echo "Next:"
	@echo "  open $(SITE)/index.html"
	@echo "  $(BIN)/inspection-graph queries"
	@echo "  $(BIN)/inspection-graph query weaknesses-by-authority --graph $(GRAPH)"
	@echo "  $(BIN)/inspection-graph explain Harrowdale --graph $(GRAPH)"
	@echo "  $(BIN)/inspection-graph serve --graph $(GRAPH)"
	@echo "  $(BIN)/inspection-graph build FOLDER-OF-REPORTS -o my-graph"

test: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto --dist loadfile

bench: $(READY)
	@$(BIN)/python benchmarks/build.py $(or $(DOCUMENTS),../shared/documents/reports)

lock:
	@uv pip compile pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-header -q -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Inspection Graph needs Python 3.11 or newer; PYTHON=/path/to/python3.11 make … names one."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "This Python cannot make virtual environments: on Debian install python3-venv."; exit 1; }
	@echo "Setting up $(VENV) (once; needs a network) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

clean:
	@rm -rf $(VENV) demo dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
