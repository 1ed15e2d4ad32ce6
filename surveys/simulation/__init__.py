"""Simulated experts, for the demonstration and dry runs. Always labelled as simulated; seeded, so the same every time.

The model is written down in docs/simulation.md. Pure: study in, answers out; nothing here claims to know what real experts think.
"""

from surveys.simulation.experts import Expert, SimulatedAnswer, answers_of, has_left
from surveys.simulation.model import Model
from surveys.simulation.moving import later_answer
from surveys.simulation.opinions import first_opinion, later_opinion, opinion_of
from surveys.simulation.writing import simulated_answer, written_opinion

__all__ = [
    "Expert", "Model", "SimulatedAnswer", "answers_of", "first_opinion", "has_left", "later_answer", "later_opinion", "opinion_of",
    "simulated_answer", "written_opinion",
]
