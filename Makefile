# Two commands matter: `make demo` and `make test`. Both print what they run.
# What runs whole installations (stories, kills, failovers) takes as long as all other tests together: `make drills`.
DRILLS := tests/demo tests/faults tests/processes
# Sets of lines and questions, measured whole, and the audit of every word: minutes of processor and no effect of their own.
SETS := tests/sets
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
# Each worker would compile all tests anew where the bytecode is not kept.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: chromium libreoffice help demo test lint sets drills browser office screenshots pictures peers fuzz contract chaos sentinel cluster scale upgrade storm bench intents docs lock wheel debian13 clean

help: ## this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/installed ## play the Zhaotong rehearsal and leave the bot running
	$(BIN)/yidui demo $(ARGS)

test: $(VENV)/installed-dev ## format, lint, types, import rules, tests (`sets` and `drills` take minutes; `browser`, `office`, `peers` need more than Python)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist worksteal $(DRILLS:%=--ignore %) --ignore $(SETS) --ignore tests/browser --ignore tests/office --ignore tests/peers/test_npm.py $(ARGS)

sets: $(VENV)/installed-dev ## the sets of lines and questions, measured whole, and the audit of every word
	$(BIN)/pytest -n 3 --dist worksteal $(SETS)

drills: $(VENV)/installed-dev ## the five stories played whole, processes killed, stopped, starved and failed over
	$(BIN)/pytest -n 3 --dist worksteal $(DRILLS)

lint: $(VENV)/installed-dev ## everything of `make test` but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: $(VENV)/installed-dev tests/browser/node_modules/.package-lock.json chromium ## the pages in Debian's Chromium (installs it, as root), with axe-core (needs npm)
	$(BIN)/pytest tests/browser

screenshots: $(VENV)/installed-dev tests/browser/node_modules/.package-lock.json chromium ## take the pictures of docs/screenshots anew
	SCREENSHOTS=docs/screenshots $(BIN)/pytest tests/browser -k screenshot

pictures: $(VENV)/installed-dev ## play the demo and take over into docs/bulletins.md what it sent: messages and pictures
	PICTURES=1 $(BIN)/pytest tests/demo/test_gallery.py

chromium:
	command -v chromium >/dev/null || (apt-get update -qq && apt-get install -qq -y chromium fonts-wqy-microhei >/dev/null)

office: $(VENV)/installed-dev libreoffice ## a settled drive's book in LibreOffice (installs it, as root), cell by cell
	$(BIN)/pytest tests/office

libreoffice:
	command -v soffice >/dev/null || (apt-get update -qq && apt-get install --no-install-recommends -qq -y libreoffice-calc-nogui >/dev/null)

peers: $(VENV)/installed-dev tests/peers/node_modules/.package-lock.json ## the npm packages' encryption against ours (needs node and npm)
	$(BIN)/pytest tests/peers

fuzz: $(VENV)/installed-fuzz ## atheris on the webhook (SECONDS, 300), then 200 000 requests at the real server
	$(BIN)/python -m fuzz.webhook -max_total_time=$(or $(SECONDS),300) -max_len=400 -len_control=0
	$(BIN)/python -m fuzz.run $(ARGS)

contract: $(VENV)/installed-contract ## schemathesis asks the API whatever its document allows (EXAMPLES a path)
	$(BIN)/python -m fuzz.api $(EXAMPLES)

chaos: $(VENV)/installed-dev ## kill, stop, starve and turn the clock of an installation under load (SECONDS, 1800; SEED; FAULTS)
	SECONDS=$(or $(SECONDS),1800) $(BIN)/python -m benchmarks.chaos

sentinel: $(VENV)/installed-dev ## three hosts (network namespaces, as root): the primary is killed, stopped, cut off under load (SECONDS, 180; REPLICAS)
	SECONDS=$(or $(SECONDS),180) REPLICAS=$(or $(REPLICAS),1) $(BIN)/python -m benchmarks.sentinel

cluster: $(VENV)/installed-dev ## six servers of a cluster: slots move and primaries fail under load (SECONDS, 150), then the conversations over six
	SECONDS=$(or $(SECONDS),150) $(BIN)/python -m benchmarks.cluster
	CLUSTER=1 $(BIN)/pytest tests/conversations

scale: $(VENV)/installed-dev ## from a thousand teams to a million: answers, bytes, audit, backup, start (TEAMS, HEAVY)
	TEAMS=$(TEAMS) HEAVY=$(HEAVY) $(BIN)/python -m benchmarks.million

upgrade: $(VENV)/installed-dev ## two hosts are brought to another program one after the other, while captains report
	$(BIN)/python -m benchmarks.upgrade

storm: $(VENV)/installed-dev ## 10 000 recipients, errors of every class, 20 kills of the worker (PUSHES, KILLS, SEED)
	PUSHES=$(or $(PUSHES),10000) KILLS=$(or $(KILLS),20) $(BIN)/pytest -s tests/faults/test_outbox_killed.py

bench: $(VENV)/installed-dev ## measure, as ratios in one run
	$(BIN)/python -m benchmarks $(ARGS)
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.intents
	$(BIN)/python -m benchmarks.wants
	$(BIN)/python -m benchmarks.console
	$(BIN)/python -m benchmarks.viewers
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.beside

intents: $(VENV)/installed-dev ## train the classifier of intents again, after a row was added to its data file
	$(BIN)/python -m training.intents

lock: $(VENV)/installed-dev ## pin the requirements again, with hashes and without an index
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" pyproject.toml --extra pictures requirements/build.in -o requirements/base.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" pyproject.toml --extra pictures --extra dev requirements/build.in -c requirements/base.txt \
		-o requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" requirements/fuzz.in -o requirements/fuzz.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" requirements/contract.in -c requirements/dev.txt -o requirements/contract.txt

docs: $(VENV)/installed-dev ## write the tables of docs/wechat.md, docs/ledger.md and docs/permissions.md
	WRITE_DOCS=1 $(BIN)/pytest tests/conversations/test_table.py tests/conversations/test_ledger_page.py tests/conversations/test_permissions_page.py

wheel: $(VENV)/installed ## build the package into dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

debian13: ## `make demo` and `make test` on a fresh Debian 13 (needs root and debootstrap; ROOT keeps the system)
	tests/fresh/debian13.sh

clean: ## remove what was built or cached, never data
	rm -rf $(VENV) dist tests/peers/node_modules tests/browser/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .schemathesis

$(VENV)/installed: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements/base.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

tests/%/node_modules/.package-lock.json: tests/%/package-lock.json tests/%/.npmrc
	cd tests/$* && npm ci
	@touch $@

$(VENV)/installed-fuzz: requirements/fuzz.txt $(VENV)/installed-dev
	$(BIN)/pip install --quiet --require-hashes -r requirements/fuzz.txt
	@touch $@

$(VENV)/installed-contract: requirements/contract.txt $(VENV)/installed-dev
	$(BIN)/pip install --quiet --require-hashes -r requirements/contract.txt
	@touch $@
