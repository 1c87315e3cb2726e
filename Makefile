# Two commands do everything on a machine with Python 3.11, venv and pip: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test check format lint types storm soak bench lock browser clean

$(INSTALLED): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: $(INSTALLED)  ## the bot and a stand-in for Slack on this machine; prints the page's address
	$(BIN)/ccm-bot demo

test: $(INSTALLED)  ## every test that is quick and needs nothing but this folder
	$(BIN)/pytest -n 2 --dist loadfile

check: format lint types test  ## all that a commit owes

format: $(INSTALLED)
	$(BIN)/ruff format --check .

lint: $(INSTALLED)
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

storm: $(INSTALLED)  ## real bot processes killed 40 times amid a storm of requests; a few minutes
	$(BIN)/pytest -m storm

soak: $(INSTALLED)  ## the long programmes: kills, storms, simulations
	$(BIN)/pytest -m soak --timeout 3600

bench: $(INSTALLED)  ## ratios against floors measured in the same run
	$(BIN)/python -m benchmarks

lock:  ## rewrite requirements.lock after a change of pyproject.toml (needs uv on the PATH)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --extra dev -p 3.11 \
	  pyproject.toml build-requirements.in -o requirements.lock

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
