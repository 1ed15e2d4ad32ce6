# Short names for what manage.py does; nothing here is needed to use the product.
PYTHON ?= python3

.PHONY: demo reset test lint messages ci

demo:            ## everything on this machine, with demo studies
	$(PYTHON) manage.py demo

reset:           ## the demo from nothing
	$(PYTHON) manage.py demo --reset

test:            ## the whole suite
	$(PYTHON) manage.py test

lint:            ## style, types, import contracts
	.venv/bin/ruff check .
	DELPHI_MODE=test .venv/bin/mypy
	.venv/bin/lint-imports

messages:        ## update and compile the catalogues of the interface's texts
	.venv/bin/python locale/catalogues.py

ci:              ## what the continuous integration runs
	.ci/run
