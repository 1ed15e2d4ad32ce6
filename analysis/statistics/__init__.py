"""The statistics of Delphi studies: numpy and scipy in, a frozen result out; usable without Django.

>>> from analysis.statistics import spread
>>> spread([4, 5, 5, 7, None]).median
5.0
"""

from analysis.statistics.result import (
    Result,
    Status,
)

__all__ = [
    "Result",
    "Status",
]
