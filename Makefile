# make setup   .venv with the workprint command      make film   examples/found.fountain
# make test    everything that is tested              make bench  measurements into bench/results.json
# make docs    pages and pictures of docs/            make sheets contact sheets of the drawn world
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: setup film test lint bench docs sheets clean
.DELETE_ON_ERROR:
# The tests start Python hundreds of times: what it has compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

setup: .stamps/setup
film: .stamps/setup
	$(RUN)/workprint make examples/found.fountain

$(RUN)/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Workprint needs Python 3.11 or newer. Fix: make PYTHON=python3.12 ..."'
	$(PYTHON) -m venv $(VENV)

.stamps/setup: pyproject.toml constraints.txt | $(RUN)/python
	$(RUN)/python -m pip install --quiet -c constraints.txt -e '.[voices]'
	@mkdir -p .stamps && touch $@

.stamps/dev: pyproject.toml constraints.txt tests/setup.sh | $(RUN)/python
	$(RUN)/python -m pip install --quiet --no-compile -c constraints.txt -e '.[voices,dev]'
	sh tests/setup.sh
	@mkdir -p .stamps && touch .stamps/setup $@

lint: .stamps/dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy --num-workers 2
	$(RUN)/lint-imports

test: .stamps/dev lint
	$(RUN)/pytest -n 2 --dist loadgroup --durations=25

bench: .stamps/dev
	$(RUN)/python bench/run.py

docs: .stamps/dev
	$(RUN)/python -m shots.schema
	$(RUN)/python docs/make_cli.py
	$(RUN)/python docs/make_engines.py
	$(RUN)/python docs/make_figures.py
	$(RUN)/python docs/make_images.py
	$(RUN)/python docs/make_desk.py
	$(RUN)/python docs/make_sound.py

sheets: .stamps/dev
	$(RUN)/python docs/make_sheets.py

clean:
	rm -rf .stamps .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
