# What one can do here. A fresh machine needs Python 3.10 or newer and a network, nothing else:
# Node comes from PyPI, and everything is installed in .venv and node_modules.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# A process takes file after file in their order, so that one folder's servers and browsers are started
# once: by size, as pytest-xdist would have it, the folders are mixed, and what is long may come last.
# Nor does it compute with several threads: there would be more of these than cores, and what takes a
# moment by itself waits for them several times as long.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder
UNIT := gd_widget tests --ignore=tests/browser --ignore=tests/kernels
export WHEELS  # a folder with NumPy's wheel for Pyodide
HOSTS := tests/browser/hosts/node_modules
OLDEST := .environments/oldest
ROOT_OPTION := $(if $(filter 0,$(shell id -u)),--allow-root)
SCREEN_OPTION := $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))),,--no-browser)

.PHONY: help demo quick test check types gallery unit browser hosts oldest bench soak build fix notebooks \
	docs lite lock audit release-check clean

help:  ## show this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 23

demo: .venv/demo build  ## open a copy of the tutorial in JupyterLab
	$(BIN)/python -m tools.demo $(ROOT_OPTION) $(SCREEN_OPTION)

quick: .venv/test node_modules/.installed build  ## the unit tests of both languages, but the slow ones
	npm run --silent test
	$(PYTEST) $(UNIT) -m 'not slow' --hypothesis-profile=quick

test: check unit browser  ## every check there is, the ones in a real browser too

check: .venv/test node_modules/.installed build  ## formatting, linting, types
	ruff format --check .
	ruff check .
	npm run --silent lint
	$(MAKE) --no-print-directory types

types: .venv/test node_modules/.installed  ## types alone, of both languages
	mypy
	npm run --silent types

unit: .venv/test node_modules/.installed build  ## the unit tests of both languages
	npm run --silent test
	$(PYTEST) $(UNIT)

browser: .venv/test $(HOSTS)/.installed build  ## what runs in real browsers and kernels, and the notebooks
	-@$(BIN)/python -m tools.browsers  # what it cannot find, the tests that need it ask for again
	$(PYTEST) notebooks tests/kernels tests/browser

hosts: .venv/test build  ## the same scenario in every host and kernel, and homework in two graders; installs them
	$(BIN)/pytest -m '' tests/browser/live tests/kernels tests/graders

oldest: .venv/test build  ## the unit tests with the lowest versions that pyproject.toml promises
	uv venv --quiet --clear --python=$(PYTHON) $(OLDEST)
	uv pip install --quiet --python=$(OLDEST) --resolution=lowest-direct \
		--requirement=pyproject.toml --all-extras --group=build --group=demo --group=test
	uv pip install --quiet --python=$(OLDEST) --no-deps --no-build-isolation --editable .
	$(OLDEST)/bin/pytest $(UNIT)

bench: .venv/bench build  ## the benchmarks; see benchmarks/README.md
	$(BIN)/python -m benchmarks $(BENCH_OPTIONS)

soak: .venv/test build  ## half an hour of playing, ten thousand conversations; MINUTES=3 for less
	$(BIN)/python -m benchmarks.soak $(if $(MINUTES),--minutes $(MINUTES))
	GD_WIDGET_THREADS_SECONDS=30 $(BIN)/pytest --timeout=0 --hypothesis-profile=soak \
		tests/fuzz tests/page/test_state_machine.py tests/page/test_threads.py

build: .venv/demo  ## the front end: gd_widget/static
	@$(BIN)/python hatch_build.py

fix: .venv/test node_modules/.installed  ## format everything, mend what can be mended
	ruff format .
	ruff check --fix .
	npm run --silent fix

notebooks: .venv/test build  ## run the notebooks and keep their outputs
	$(BIN)/python -m tools.notebooks

gallery: .venv/test build  ## every state on one page that needs no notebook
	@$(BIN)/python -m gallery.make dist/gallery

docs: .venv/test build  ## the documentation site, dist/docs
	@$(BIN)/python -m tools.docs

lite: .venv/test build  ## a JupyterLite site of the notebooks, dist/lite; WHEELS=… for one that asks nobody else
	$(BIN)/python -m tools.lite dist/lite $(if $(WHEELS),--wheels='$(WHEELS)')

lock: .venv/test  ## choose the newest versions of what the tests install
	$(BIN)/python -m tools.lock

audit: .venv/release  ## ask what is known against the locked versions
	@$(BIN)/python -m tools.audit

release-check: .venv/test .venv/release  ## build what a release is, try it, check what it says
	@$(BIN)/python -m tools.release_check

clean:  ## forget everything that was installed or built
	rm -rf .venv .environments node_modules environments/node_modules $(HOSTS) tests/browser/hosts/vscode/node_modules \
		dist gd_widget/static languages

# The environment in layers, each marked when it is complete: pip first, so that it knows
# dependency groups; then what a build needs; then the package itself, editable.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.venv/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments;" \
		"on Debian and Ubuntu, 'apt-get install python3-venv' mends that" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade pip
	touch $@

.venv/demo: .venv/pip pyproject.toml constraints.txt hatch_build.py $(wildcard labextension/*.json labextension/*/*)
	$(PIP) --group build --group demo
	$(PIP) --no-build-isolation --editable .
	touch $@

.venv/test: .venv/demo
.venv/bench: .venv/test
.venv/test .venv/bench:
	$(PIP) --group $(@F)
	touch $@

# Not the package itself: advisories can be asked for, and npm be there, without it.
.venv/release: .venv/pip pyproject.toml constraints.txt
	$(PIP) --group build --group release
	touch $@

node_modules/.installed: .venv/demo package-lock.json
	npm ci --ignore-scripts
	touch $@

# What pages of static hosts are made of, for the browser tests alone.
$(HOSTS)/.installed: node_modules/.installed tests/browser/hosts/package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --prefix $(dir $(HOSTS))
	touch $@
