"""Role expectations: what groups expect of each other and of themselves."""

from analysis.statistics.roles.expectations import role_expectations
from analysis.statistics.roles.matrices import matrix_correlation
from analysis.statistics.roles.social_relations import social_relations

__all__ = [
    "matrix_correlation",
    "role_expectations",
    "social_relations",
]
