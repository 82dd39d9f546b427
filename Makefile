# Every target does all the set-up it needs on a machine with Python 3.11+ and make. `make help` lists them.
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON := .venv/bin/python
HEADWAY := .venv/bin/headway
PYTEST := $(PYTHON) -m pytest -n 2 --dist worksteal

# These files stand for a finished step: it is done again only when what it is made from is newer.
PYTHON_READY := .venv/.synced
PYTHON_COMPILED := .venv/.compiled
WEB_READY := web/node_modules/.package-lock.json
WEB_CLIENT := src/headway/web_client/index.html
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name test-results -prune -o -type f -print)

.PHONY: help
help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: run
run: $(PYTHON_COMPILED) $(WEB_CLIENT) ## start Headway on http://localhost:8000, with its data in ./data
	@exec $(HEADWAY) serve

.PHONY: demo
demo: $(PYTHON_COMPILED) $(WEB_CLIENT) ## the same with people and tasks to look at, in ./data/demo
	@tools/demo.sh

.PHONY: check
check: $(PYTHON_READY) ## format, lint, types, boundaries and house rules, within a minute
	@$(PYTHON) -m tools.check

# The browser's driver keeps an event loop running in its process, where other tests then cannot run theirs.
.PHONY: test
test: system check $(PYTHON_COMPILED) $(WEB_CLIENT) ## every check and every test, within 15 minutes
	@cd web && ../tools/setup/with-node.sh npm run --silent check:props
	@cd web && ../tools/setup/with-node.sh npm run --silent test
	@$(PYTEST) --ignore tests/browser
	@$(PYTEST) tests/browser

.PHONY: test-long
test-long: system-long $(PYTHON_COMPILED) $(WEB_CLIENT) ## the tests with their big matrices, within an hour
	@$(PYTEST) --long -o faulthandler_timeout=3500 --ignore tests/browser
	@$(PYTEST) --database mariadb tests/tasks tests/notifications tests/analytics tests/sync
	@$(PYTEST) --long -o faulthandler_timeout=3500 tests/browser

.PHONY: bench
bench: $(PYTHON_COMPILED) $(WEB_CLIENT) ## measure: requests per second, latencies, CPU and memory
	@$(PYTHON) -m bench

.PHONY: bench-web
bench-web: system $(PYTHON_COMPILED) $(WEB_CLIENT) ## measure the web client: bytes, starts, scrolling, edits, memory
	@$(PYTHON) -m bench.web

.PHONY: screenshots
screenshots: system $(PYTHON_COMPILED) $(WEB_CLIENT) ## pictures of the main views, for docs/
	@$(PYTHON) -m tools.screenshots

.PHONY: build
build: $(PYTHON_READY) $(WEB_CLIENT) ## the wheel, with the web client in it, into dist/
	@"$$(tools/setup/uv.sh)" build --quiet && ls dist

.PHONY: system
system:
	@tools/setup/system.sh

.PHONY: system-long
system-long:
	@tools/setup/system.sh long

$(PYTHON_READY): pyproject.toml uv.lock
	@tools/setup/python.sh

# Where Python may not write bytecode (PYTHONDONTWRITEBYTECODE) every start would compile everything anew and take twice
# as long. The checks start no product and do not wait for it.
$(PYTHON_COMPILED): $(PYTHON_READY)
	@$(PYTHON) -m compileall -q -j 2 .venv/lib src
	@touch $@

$(WEB_READY): web/package-lock.json
	@tools/setup/web.sh install

$(WEB_CLIENT): $(WEB_READY) $(WEB_SOURCES)
	@tools/setup/web.sh build
