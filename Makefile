# `make demo` to look at Kimbilio, `make test` to check it; `make` alone lists the rest.
#
# Needs git, make and Python 3.11 to 3.14. Everything else goes into .venv, from the exact set in requirements/.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO_HOME ?= .home/demo

# Stamps: each says that a step was done, and is done again when what it was done from changes.
MADE := $(VENV)/made.stamp
RUN := $(VENV)/run.stamp
PACKAGE := $(VENV)/package.stamp
CATALOGUES := $(VENV)/catalogues.stamp
DEVELOP := $(VENV)/develop.stamp

.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak messages lock sbom wheel clean develop compiled FORCE

help:  ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | \
		while IFS='|' read -r name words; do printf '%-16s %s\n' "$$name" "$$words"; done

# A demo must never reach a real home or database, whatever this shell has set for one.
demo: $(PACKAGE) $(CATALOGUES)  ## Serve a fictional safe space on this machine (PORT=8001 for another port)
	@unset KIMBILIO_DATABASE_URL KIMBILIO_PASSPHRASE KIMBILIO_PASSPHRASE_FILE; \
		export KIMBILIO_HOME="$(abspath $(DEMO_HOME))"; exec $(BIN)/kimbilio demo $(if $(PORT),--port $(PORT))

test: $(MADE)  ## Check everything: the checks, the suite on both databases, browser stories, kills
	@$(BIN)/python tools/system_packages.py --install
	@$(MAKE) --no-print-directory compiled
	@$(BIN)/python -m tools.suite

check: develop  ## Lint, types, import contracts, templates, translations, dependencies
	@$(BIN)/python -m tools.checks

bench: develop  ## Measure finding people, books, the month and a day of 70 users, on both databases; takes half an hour
	@missed=0; for each in run books month day; do $(BIN)/python bench/$$each.py || missed=1; done; exit $$missed

soak: compiled  ## Hundreds of power cuts, kills all through, every fault at length; the month of 100,000 people; about an hour
	@$(BIN)/python tools/system_packages.py --install
	@$(BIN)/python -m pytest -m soak -n 2 --dist worksteal
	@KIMBILIO_TEST_DATABASE=postgresql $(BIN)/python -m pytest -m long_on_postgresql -n 2
	@$(BIN)/python bench/month.py --people 100000 --database postgresql

messages: develop  ## Bring the translation files up to date with the code and pages
	@$(BIN)/python -m tools.messages
	@$(BIN)/python hatch_build.py

lock: $(MADE)  ## Renew requirements/ from pyproject.toml (UPGRADE=1 to take newer releases)
	@$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

sbom: $(PACKAGE)  ## Write what Kimbilio is made of, as CycloneDX, into dist/
	@$(BIN)/python -m tools.sbom

wheel: develop  ## Build the wheel into dist/
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls -1 dist/*.whl

clean:  ## Remove what was made here: .venv, caches, dist, build, the demo home
	rm -rf $(VENV) .home/demo build dist test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kimbilio tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f kimbilio/locale/*/LC_MESSAGES/*.mo

develop: $(DEVELOP) $(CATALOGUES)

# The tests start hundreds of processes: none should have to compile what they all run.
compiled: develop
	@$(BIN)/python -m compileall -q kimbilio tests

# The scripts in a virtual environment hold its full path: after the folder was moved, it is made anew.
ifneq ($(wildcard $(MADE)),)
ifneq ($(shell cat $(MADE)),$(CURDIR))
$(MADE): FORCE
endif
endif

$(MADE):
	@python=$$(sh tools/find_python.sh) && \
		echo "Making a virtual environment in $(VENV) with $$($$python --version)" && \
		$$python -m venv $(if $(wildcard $(MADE)),--clear) $(VENV)
	@printf '%s\n' "$(CURDIR)" > $@

$(RUN): requirements/run.txt $(MADE)
	@echo "Installing what Kimbilio runs on, into $(VENV) (once; about a minute)"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(PACKAGE): pyproject.toml hatch_build.py kimbilio/__init__.py $(RUN)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(CATALOGUES): $(wildcard kimbilio/locale/*/LC_MESSAGES/*.po) $(PACKAGE)
	@$(BIN)/python hatch_build.py
	@touch $@

$(DEVELOP): requirements/develop.txt $(PACKAGE)
	@echo "Installing what Kimbilio is tested with, into $(VENV) (once; about a minute)"
	@$(PIP) install --require-hashes -r requirements/develop.txt
	@touch $@
