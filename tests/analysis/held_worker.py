"""Loaded by a real worker beside the application (`celery worker --include`): stops the work where a test asks for it.

Where a file named after a place of work lies in the folder, the next process to come by takes it, leaves its own number in its stead and waits:
for that file to go, or for its own end. So a test kills exactly the process that is at work, in the middle of it.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis import aggregation, blocks
from deterrence_delphi.celery import app

FOLDER = Path(os.environ["DELPHI_TEST_HOLD"])
HALF_WAY = "q5"  # some items are done by then, and some are not; in the second block


def wait_here(place: str) -> None:
    taken = FOLDER / f"{place}-{os.getpid()}"
    try:
        (FOLDER / place).rename(taken)
    except FileNotFoundError:
        return
    while taken.exists():
        time.sleep(0.01)


def holding(work: Callable[..., Any], place: str, code_of: Callable[..., str]) -> Callable[..., Any]:
    def held(*args: Any) -> Any:
        if code_of(*args) == HALF_WAY:
            wait_here(place)
        return work(*args)

    return held


def item_of_rows(_run: int, _asked: int, _data: Any, item: Any, *_more: Any) -> str:
    return str(item["code"])


def item_of_tables(_run: int, _asked: int, item: Any) -> str:
    return str(item.code)


aggregation.item_results = holding(aggregation.item_results, "counting", item_of_rows)
blocks.item_tables = holding(blocks.item_tables, "tables", item_of_tables)
blocks.COMPONENTS_A_BLOCK = 4  # so that a small study is cut as a large one is
app.conf.worker_lost_wait = 1  # seconds, of ten: how long a worker asks itself whether a process of its own is really dead
