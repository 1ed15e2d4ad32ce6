"""The analyst's files. `columns.py` says what each column is; one module writes each file; `bundle.py` puts them together."""
