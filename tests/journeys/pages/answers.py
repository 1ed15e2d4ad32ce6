"""How the answers of several groups, or to several questions of one scale, stand side by side in a table."""

from collections.abc import Iterator

from tests.journeys.pages.item import ItemPage
from tests.journeys.pages.source import DASH, FileRow, written


def answers(page: ItemPage, number: int, lines: list[tuple[ItemPage, FileRow]]) -> Iterator[dict[str, str]]:
    """The cells of each row; `page` is that of the question whose scale they share. Options are told by their shares alone."""
    if page.level == "nominal":
        options = list(page.source.options(page.item, "options").values())
        yield from (_shares(options, held, row) for held, row in lines)
        return
    has_bars = any(held.shares(row) for held, row in lines)
    bars = page.bars() if has_bars else []
    for held, row in lines:
        yield {"Round": f"Round {number}", **held.cells(row, bars)}


def _shares(options: list[str], page: ItemPage, row: FileRow) -> dict[str, str]:
    shares = page.shares(row) if row["suppressed"] == "no" else []
    if not shares:
        return dict.fromkeys(options, "protected" if row["suppressed"] == "yes" else DASH)
    return {option: f"{written(share, 0, 100)} %" for option, share in zip(options, shares, strict=True)}
