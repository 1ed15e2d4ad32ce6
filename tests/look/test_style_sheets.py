"""The style sheets: complete, small, our own host only, and readable in both modes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
DELPHI = (ROOT / "static" / "css" / "delphi.css").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
REPORT = ROOT / "templates" / "analysis" / "report" / "document.html"
# Text on its grounds: WCAG 2.2, 1.4.3. Marks and borders of controls: 1.4.11.
TEXT = [(ink, ground) for ink in ("ink", "muted", "accent", "good", "warn", "bad", "you") for ground in ("ground", "card")]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("muted", "sunk")]
TEXT += [(state, f"{state}-soft") for state in ("good", "warn", "bad")] + [("ink", f"{state}-soft") for state in ("good", "warn", "bad")]
MARKS = [(mark, "card") for mark in ("edge", "accent", "you", "group", "panel")] + [("edge", "ground")]


def tokens(mode: int) -> dict[str, str]:
    """Colours of the light (0) or the dark (1) mode, from the first :root block."""
    root = DELPHI[DELPHI.index(":root {") :]
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)", root[: root.index("}")])
    return {name: (light, dark)[mode] for name, light, dark in pairs}


def luminance(colour: str) -> float:
    """WCAG 2.2, definition of relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink, ground, mode):
    assert contrast(tokens(mode)[ink], tokens(mode)[ground]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_and_borders_can_be_seen(mark, ground, mode):
    assert contrast(tokens(mode)[mark], tokens(mode)[ground]) >= 3


@pytest.mark.parametrize("sheet", STYLES, ids=lambda sheet: sheet.name)
def test_no_style_sheet_asks_another_host(sheet):
    assert not re.search(r"@import|//", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL))


@pytest.mark.parametrize("sheet", STYLES, ids=lambda sheet: sheet.name)
def test_every_file_that_a_style_sheet_names_is_there(sheet):
    missing = [name for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()) if not (sheet.parent / name).is_file()]
    assert missing == []


def test_experts_load_one_small_style_sheet():
    assert len(DELPHI.encode()) < 40_000


def test_every_token_that_is_used_is_defined():
    text = DELPHI + (ROOT / "static" / "css" / "organizer.css").read_text()
    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) - set(re.findall(r"--([a-z0-9-]+):", text)) == set()


def test_each_family_of_fonts_has_its_licence():
    folders = [folder for folder in (ROOT / "static" / "fonts").iterdir() if folder.is_dir()]
    assert len(folders) == 3
    assert all("SIL Open Font License" in (folder / "OFL.txt").read_text() for folder in folders)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: str(template.relative_to(ROOT / "templates")))
def test_no_template_has_inline_styles_or_scripts(template):
    text = template.read_text()
    if template == REPORT:  # a file that stands alone brings its style along, under a policy of its own
        text = text.replace("<style>", "", 1)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)
