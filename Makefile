# From a bare machine with Python 3.11 to a served dashboard (make demo) and a full check (make test).
# Everything installed lies in .venv; a second run finds it there.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help install demo test lint docs bench lock browser office spark
.DEFAULT_GOAL := help

help:
	@echo "make install | demo | test | lint | docs | bench | lock"

install: .venv/installed

.venv/installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	$(BIN)/mingcha demo workspace/demo

test: install browser office spark lint
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: install
	$(BIN)/python -m dashboard.reference

bench: install
	$(BIN)/python -m benchmarks

# The browser tests need Chromium and a Chinese font; where they cannot be had, those tests say so and are skipped.
browser:
	@(command -v chromium && fc-list :lang=zh | grep .) >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	     && apt-get install -qq -y --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; } \
	|| echo "no Chromium with a Chinese font: the browser tests will be skipped"

# The printed page is looked at through LibreOffice; where it cannot be had, those tests say so and are skipped.
office:
	@(command -v soffice && command -v pdftotext && fc-list :lang=zh | grep .) >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	     && apt-get install -qq -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui \
	          poppler-utils fontconfig fonts-noto-cjk >/dev/null; } \
	|| echo "no LibreOffice with a Chinese font: the tests of printed pages will be skipped"

spark: install
	@if command -v java >/dev/null; then $(MAKE) -s .venv/spark; \
	else echo "no Java: the Spark tests will be skipped"; fi

.venv/spark: requirements-spark.lock .venv/installed
	$(PIP) --require-hashes -r requirements-spark.lock
	@touch $@

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11
lock:
	$(PIP) uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --extra spark -c requirements.lock -o requirements-spark.lock
