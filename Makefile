# Short names for what manage.py does; nothing here is needed to use the product.
PYTHON ?= python3

.PHONY: demo reset test lint types ci

demo:            ## everything on this machine, with demo studies
	$(PYTHON) manage.py demo

reset:           ## the demo from nothing
	$(PYTHON) manage.py demo --reset

test:            ## the whole suite
	$(PYTHON) manage.py test

lint:            ## style, as the suite checks it
	.venv/bin/ruff check . && .venv/bin/ruff format --check .

types:
	.venv/bin/mypy

ci:              ## what the continuous integration runs
	.ci/run
