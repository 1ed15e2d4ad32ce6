"""The ground under `manage.py` on a bare machine: its environment, and real servers from wheels.

Before `.venv` exists only the standard library is there, so nothing here imports a package at module level.
`entrance` is the way in; `environment` makes `.venv`; `session` gives a command its database.
"""
