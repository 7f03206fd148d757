# The commands of Rembuk. Variables pass through: PORT, DATABASE_URL, REDIS_URL, DEBUG, ARGS (for pytest).
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.requirements
CHECK_ENV := SECRET_KEY=only-to-check-the-settings-of-a-deployment-0123456789abcdef PUBLIC_URL=https://rembuk.example \
	ALLOWED_HOSTS=rembuk.example TRUSTED_PROXIES=1 DEBUG=0 DATABASE_URL= REDIS_URL= VAR_DIR=$(VENV)/check

.PHONY: help setup run test check bench oracles
help:
	@echo "make run    the site on http://127.0.0.1:$${PORT:-8000}, with stories and people to sign in as"
	@echo "make test   all tests that this machine can run; ARGS='tests/polls -x' for some of them"
	@echo "make check  style, types, floors of the house, migrations, deployment settings"
	@echo "make bench  how fast it is, beside its budgets"
	@echo "make oracles  other libraries that count votes, to compare with in tests (1.5 GB, in .venv-oracles)"
	@echo "make setup  what the others need (they call it)"

setup: $(STAMP)
	@if [ -f pages/management/commands/messages.py ]; then DEBUG=1 $(PY) manage.py messages --compile; fi

$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rembuk needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name one: make PYTHON=python3.11"; exit 1; }
	@[ -x $(PY) ] || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

oracles: .venv-oracles/.requirements

.venv-oracles/.requirements: requirements-oracles.txt
	@[ -x .venv-oracles/bin/python ] || $(PYTHON) -m venv .venv-oracles
	.venv-oracles/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-oracles.txt
	@touch $@

run: export DEBUG ?= 1
run: setup
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@if [ -f demo/management/commands/seed.py ]; then $(PY) manage.py seed --if-empty; fi
	@exec $(PY) manage.py serve

test: setup
	$(PY) -m pytest $(ARGS)

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	DEBUG=1 $(VENV)/bin/mypy .
	$(VENV)/bin/lint-imports
	DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(PY) manage.py check --deploy --fail-level WARNING

bench: setup
	@for file in bench/[a-z]*.py; do echo "== $$file"; $(PY) $$file || exit 1; done
