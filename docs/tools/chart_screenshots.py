"""Pictures of every chart with made-up figures: docs/screenshots/charts/CHART-ALLIES-WIDTH-SCHEME[-LANGUAGE].png.

    .venv/bin/python docs/tools/chart_screenshots.py [--only heat points ...] [--language ko] [--to docs/screenshots/charts]

No server and no database: the charts' own template is rendered to a page in a temporary folder.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(HERE)]

from look_gallery import configure  # noqa: E402
from small_png import save_small  # noqa: E402

from benchmarks.browser import chromium  # noqa: E402

VIEWS = ((3, 320, "light"), (3, 1280, "dark"), (17, 320, "dark"), (17, 1280, "light"))


def page_of(count: int, language: str) -> str:
    """Every chart with so many allies, and links that lead nowhere."""
    from django.template.loader import render_to_string
    from django.utils import translation

    from analysis.charts import Download
    from tests.analysis.charts.samples import all_charts

    with translation.override(language):
        downloads = [Download(label, "#") for label in ("SVG", "PNG", "CSV")]
        return render_to_string("charts.html", {"charts": all_charts(count), "downloads": downloads, "language": language})


def take(browser: Browser, folder: Path, args: argparse.Namespace) -> None:
    suffix = "" if args.language == "en" else f"-{args.language}"
    empty = browser.new_page()
    for count, width, scheme in VIEWS:
        (folder / "page.html").write_text(page_of(count, args.language))
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto((folder / "page.html").as_uri())
        for figure in page.query_selector_all("figure.chart"):
            name = str(figure.get_attribute("id"))
            if not args.only or name.rpartition("-")[0] in args.only:
                save_small(empty, figure.screenshot(), args.to / f"{name}-{width}-{scheme}{suffix}.png", 16)
        page.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--language", default="en")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots" / "charts")
    args = parser.parse_args()
    configure()
    args.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        shutil.copytree(ROOT / "static", folder / "static")
        take(browser, folder, args)


if __name__ == "__main__":
    main()
