"""How many experts of each ally does a study need? Answered by simulating its own items and rules. (docs/planning.md)

Import from the modules: those that pages read (`parameters`, `result`, `sentences`, `plan_runs`) load no numpy.
"""
