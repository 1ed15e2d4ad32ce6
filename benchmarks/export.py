"""aggregates.csv of 100,000 rows, written as the product writes it, against PostgreSQL's own COPY of the same cells with the same escaping.

    .venv/bin/python -m benchmarks.export [--rows 100000] [--repeats 5]

The rows are those of a counted round of every kind of item, and copies of them under other names of groups. COPY leaves numbers as they are
stored, with up to 17 digits; ours are rounded half-even. Peak memory is that of a process of its own that writes the file and nothing else.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.large_round import KINDS, opened
from benchmarks.stage import ROOT, servers

SLUG, EXPERTS, ITEMS, PANELS = "export", 80, 100, 8
FORMULA = r"^ *[=+\-@\t\r\n＝＋－＠]"
LEADING = {"study": "study.slug", "round": "round.number", "section": "section.code", "item": "item.code", "item_version": "version.number",
           "kind": "item.kind", "component": "row.component", "level": "row.level", "group_type": "row.group_type", "group": 'row."group"',
           "suppressed": "CASE WHEN row.suppressed THEN 'yes' ELSE 'no' END", "simulated": "CASE WHEN study.is_simulated THEN 'yes' ELSE 'no' END"}
FROM = """
    FROM analysis_itemresult row JOIN analysis_analysisrun run ON run.id = row.run_id JOIN surveys_round round ON round.id = run.round_id
    JOIN surveys_study study ON study.id = round.study_id JOIN surveys_askeditem asked ON asked.id = row.asked_item_id
    JOIN surveys_itemversion version ON version.id = asked.item_version_id JOIN surveys_item item ON item.id = version.item_id
    JOIN surveys_section section ON section.id = item.section_id
    ORDER BY round.number, asked.position, row.component_position, row.group_position"""
MULTIPLY = """
    INSERT INTO analysis_itemresult (run_id, asked_item_id, component, component_position, level, group_type, "group", group_position, suppressed,
        pairs_suppressed, figures)
    SELECT run_id, asked_item_id, component, component_position, level, group_type, "group" || '-' || copy, group_position + 100 * copy, suppressed,
        pairs_suppressed, figures FROM analysis_itemresult, generate_series(1, %s) copy"""


def prepare() -> int:
    """Counts a round. Returns how many rows it has."""
    from analysis.aggregation import aggregate_round
    from analysis.models import ItemResult
    from surveys.workflow.rounds import close_round

    closed = close_round(opened(SLUG, EXPERTS, ITEMS, PANELS, KINDS["mixed"]).pk)
    assert aggregate_round(closed.pk, closed.closing)
    return ItemResult.objects.count()


def multiply(rows: int) -> int:
    """Copies of the rows until there are that many. Returns how many there are."""
    from django.db import connection

    from analysis.models import ItemResult

    with connection.cursor() as cursor:
        cursor.execute(MULTIPLY, [max(0, -(-rows // ItemResult.objects.count()) - 1)])
        cursor.execute("ANALYZE analysis_itemresult")
    return ItemResult.objects.count()


def ours(path: Path) -> None:
    from analysis.exports.bundle import content_of
    from analysis.exports.shown import what_is_shown
    from surveys.models import Study

    with path.open("wb") as file:
        for piece in content_of(what_is_shown(Study.objects.get(slug=SLUG)), "aggregates.csv"):
            file.write(piece)


def copied(path: Path) -> None:
    """Below psycopg's own cursors: libpq hands over what has come, and it is written to the file."""
    from django.db import connection

    connection.ensure_connection()
    wire = connection.connection.pgconn
    wire.exec_(f"COPY (SELECT {', '.join(cells())} {FROM}) TO STDOUT (FORMAT csv, HEADER)".encode())
    with path.open("wb") as file:
        while (piece := wire.get_copy_data(0))[0] > 0:
            file.write(piece[1])
    while wire.get_result() is not None:
        pass


def cells() -> list[str]:
    """Every column of the file as SQL; a further measure, which no row has here, as an empty cell."""
    from analysis.exports.columns import COLUMNS
    from analysis.exports.measures import measure_columns

    found = []
    for column in COLUMNS:
        cell = LEADING.get(column.name, f"(row.figures->>'{column.name}')")
        found.append((f"CASE WHEN {cell} ~ '{FORMULA}' THEN '''' || {cell} ELSE {cell} END" if column.kind == "text" else cell) + f' AS "{column.name}"')
    return found + [f'NULL AS "{column.name}"' for column in measure_columns()]


def seconds(act: Callable[[Path], None], path: Path) -> float:
    began = time.perf_counter()
    act(path)
    return time.perf_counter() - began


def lines_of(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _line in file)


def peak(folder: Path) -> int:
    """Peak memory of a process that only writes the file, in MB."""
    program = f"import django; django.setup(); from benchmarks.export import alone; alone({str(folder / 'alone.csv')!r})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True)
    return int(done.stdout)


def alone(path: str) -> None:
    """Not by getrusage, which also counts what the process that started this one had in memory."""
    ours(Path(path))
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(int(said["VmHWM"].split()[0]) // 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with servers() as folder:
        small = prepare()
        of_few = peak(folder)
        rows = multiply(options.rows)
        pairs = [(seconds(copied, folder / "copied.csv"), seconds(ours, folder / "ours.csv")) for _repeat in range(options.repeats)]
        assert lines_of(folder / "copied.csv") == lines_of(folder / "ours.csv") == rows + 1
        of_many = peak(folder)
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{rows:,} rows: COPY {min(one for one, _other in pairs):.2f} s, ours {min(other for _one, other in pairs):.2f} s (best of {len(pairs)}), "
          f"{ratio:.2f} times as fast as COPY (median); peak memory {of_many} MB, with {small:,} rows {of_few} MB")


if __name__ == "__main__":
    main()
