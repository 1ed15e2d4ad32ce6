"""Every public statistic has its section in docs/statistics, its examples are true, and a test names its source."""

import ast
import doctest
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from analysis import statistics

ROOT = Path(__file__).resolve().parents[3]
PAGES = {page.stem: page for page in sorted((ROOT / "docs" / "statistics").glob("*.md"))}
TESTS = sorted(Path(__file__).parent.rglob("test_*.py"))
SOURCE = re.compile(r"\bR(?: [\w.]+){0,2}:|\bR \d|\bR's |[Bb]y.hand|\b(?:18|19|20)\d\d\b")

FUNCTIONS = [name for name in statistics.__all__ if inspect.isfunction(getattr(statistics, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_a_section_with_an_example(name):
    own = [section for section in sections_of_all_pages() if re.search(rf"\b{name}\b", section.partition("\n")[0])]
    assert own, f"docs/statistics has no heading with {name}"
    assert any(re.search(rf"\b{name}\(", section) and ">>> " in section for section in own), f"{name} has no worked example"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_examples_of_the_page_are_true(page):
    results = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.failed == 0
    assert results.attempted > 0


def test_the_example_of_the_package_is_true():
    assert doctest.testmod(statistics, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_a_test_that_names_its_source(name):
    naming_a_source = [path.name for path in TESTS if name in imports_of(path) and SOURCE.search(path.read_text())]
    assert naming_a_source, f"no test of {name} names a publication, R or a calculation by hand"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name):
    assert inspect.getdoc(getattr(statistics, name))


@cache
def sections_of_all_pages():
    return [section for page in PAGES.values() for section in re.split(r"^#+ ", page.read_text(), flags=re.MULTILINE)]


@cache
def imports_of(path):
    """The names imported from the package by a test file."""
    imports = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports if (node.module or "").startswith("analysis.statistics") for alias in node.names}
