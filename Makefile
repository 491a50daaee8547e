# Everything that is done with this house is one of these words.
# PYTHON names the interpreter that makes the virtual environment; 3.11 or later.

PYTHON ?= python3
VENV := .venv

.PHONY: help setup demo demo-county test-setup check test test-clock proof planted test-distributed bench format

help:
	@echo "make demo     the whole product with a small invented county, at http://127.0.0.1:8000 in half a minute"
	@echo "make demo-county  the same with 12,000 households, as many as a real county has, kept beside the small one"
	@echo "make setup    only what is needed to run it: the virtual environment, translations, fonts"
	@echo "make check    form, types, walls, translations, and the tests without database or browser: for every change"
	@echo "make test     every check and every test, on SQLite and on PostgreSQL, and in a browser"
	@echo "make test ROOM=matters  the same for one room: every folder of tests with that name"
	@echo "make test AT=\"2028-02-29 00:05+08:00\"  the same as if it were that moment"
	@echo "make test-clock  the tests that ask what time it is, at thirty such moments (hours)"
	@echo "make proof ROOM=access  every case of the proofs of which the tests run a part (hours; goes on where it stopped); DATABASE=postgresql: there"
	@echo "make planted  plants known defects in a copy, one after another, and shows that the tests find each (half an hour; goes on where it stopped)"
	@echo "make test-distributed  the accounts under Ray and under Spark, which it installs (large)"
	@echo "make bench    how fast it is, at the size of a county"
	@echo "make format   put the code into the house's form"

setup:
	@$(PYTHON) scripts/setup.py

demo: setup
	@$(VENV)/bin/yixian demo

demo-county: setup
	@$(VENV)/bin/yixian demo --households 12000 --home "$${YIXIAN_HOME:-var}-county"

test-setup:
	@$(PYTHON) scripts/setup.py --for-tests

check: test-setup
	@$(VENV)/bin/python scripts/test.py --quick

test: test-setup
	@$(VENV)/bin/python scripts/test.py $(if $(ROOM),--room $(ROOM)) $(if $(AT),--at "$(AT)")

test-clock: test-setup
	@$(VENV)/bin/python scripts/test_clock.py $(if $(AT),--at "$(AT)") $(FOLDERS)

proof: test-setup
	@$(VENV)/bin/python scripts/proof.py $(if $(ROOM),--room $(ROOM)) $(if $(filter postgresql,$(DATABASE)),--postgresql)

planted: test-setup
	@$(VENV)/bin/python scripts/planted.py $(if $(KIND),--kind $(KIND)) $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS))

test-distributed:
	@$(PYTHON) scripts/setup.py --for-distributed
	@$(VENV)/bin/python -m pytest tests/distributed --distributed -W default

bench: test-setup
	@$(VENV)/bin/python -m benchmarks.memory
	@$(VENV)/bin/python -m benchmarks.pages
	@$(VENV)/bin/python -m benchmarks.search
	@$(VENV)/bin/python -m benchmarks.pairing
	@echo "Two hundred thousand matters: some minutes to make them, once."
	@$(VENV)/bin/python -m benchmarks.matters
	@$(VENV)/bin/python -m benchmarks.survey_audit
	@test -x benchmarks/results/openfisca/bin/python || $(VENV)/bin/uv venv -q benchmarks/results/openfisca
	@$(VENV)/bin/uv pip install -q --python benchmarks/results/openfisca -r benchmarks/openfisca.lock
	@$(VENV)/bin/python -m benchmarks.entitlements --openfisca benchmarks/results/openfisca/bin/python
	@echo "A year of who stands beside whom, in the full county: some minutes."
	@$(VENV)/bin/python -m benchmarks.duty_year

format: test-setup
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix --quiet .
