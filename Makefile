# Two commands matter: `make run` and `make test`. Everything else is for whoever works on Kept.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
export PORT

.PHONY: run test check bench faults requirements messages clean

run: $(VENV)/.runtime
	@$(MANAGE) serve

test: $(VENV)/.development
	@$(PY) -m pytest -n 2 --dist loadfile -m "not faults" $(ARGS)

check: $(VENV)/.development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	PYTHONPATH=site:. $(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(VENV)/bin/djlint templates --check --lint --quiet
	$(MANAGE) makemigrations --check --dry-run
	export SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=kept.example SITE_URL=https://kept.example \
	DEFAULT_FROM_EMAIL=privacy@kept.example EMAIL_URL=smtp+tls://mail.example:587 DJANGO_SETTINGS_MODULE=config.settings.production \
	LEDGER_KEYS=$$(mktemp -d); trap 'rm -r "$$LEDGER_KEYS"' EXIT; \
	$(MANAGE) rotate_ledger_key && $(MANAGE) check --deploy --fail-level WARNING

bench: $(VENV)/.development
	@$(PY) -m tests.bench $(ARGS)

faults: $(VENV)/.development
	@$(PY) -m pytest -m faults -p no:randomly -s $(ARGS)

requirements: $(VENV)/.development
	$(VENV)/bin/uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --python-version 3.11 -o requirements.txt
	$(VENV)/bin/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-header --python-version 3.11 -c requirements.txt -o requirements-dev.txt

messages: $(VENV)/.development
	$(MANAGE) messages

clean:
	rm -rf $(VENV) var

$(PY):
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kept needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make virtual environments here; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing what the site needs (a minute or two, once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt | $(PY)
	@echo "Installing what tests and checks need (a minute or two, once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
