"""The report of the demonstration's finished study as HTML, PDF and Word document: processor time and size of each, against the HTML.

    .venv/bin/python -m benchmarks.report [--repeats 5]

The study is written once (what was published, read and put into words); each form is then set from the same document. Before the first PDF
the slices of the faces are unpacked, which happens once on a machine; that is told apart.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from benchmarks.stage import servers

SLUG, LANGUAGES = "deterrence-labour", ("en", "ko", "ja")


def measure(repeats: int) -> None:
    from analysis.demonstration import load_demo
    from analysis.readiness import work_out
    from analysis.report.docx import docx_of
    from analysis.report.html import html_of
    from analysis.report.pdf import pdf_of
    from analysis.report.writing import write_report
    from surveys.models import Study

    load_demo({})
    study = Study.objects.get(slug=SLUG)
    work_out(study)
    for language in LANGUAGES:
        document = write_report(study, language)
        print(f"{language}: written in {median_cpu(lambda: write_report(study, language), repeats):.2f} s")  # noqa: B023 - called at once
        print(f"    first PDF of a machine {median_cpu(lambda: pdf_of(document), 1):.2f} s")  # noqa: B023 - called at once
        page = 0.0
        for name, set_as in (("HTML", html_of), ("PDF", pdf_of), ("DOCX", docx_of)):
            seconds = median_cpu(lambda: set_as(document), repeats)  # noqa: B023 - called at once
            page = page or seconds
            print(f"    {name} {seconds:.2f} s, {seconds / page:.1f} times the HTML; {len(set_as(document)) / 1e6:.1f} MB")


def median_cpu(act: Callable[[], object], repeats: int) -> float:
    """Seconds of this process's processor time."""
    found = []
    for _repeat in range(repeats):
        started = time.process_time()
        act()
        found.append(time.process_time() - started)
    return statistics.median(found)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--repeats", type=int, default=5)
    with servers():
        measure(asked.parse_args().repeats)


if __name__ == "__main__":
    main()
