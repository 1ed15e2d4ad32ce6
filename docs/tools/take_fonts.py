"""Take the vendored fonts from an unpacked `node_modules` folder and write their @font-face rules.

    python docs/tools/take_fonts.py FOLDER/node_modules

Only the slices that the product can need are taken: Inter in full, of the Noto families everything that Inter does
not have. Run again with newer packages, the same files and rules come out newer; docs/fonts.md says the rest.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "static" / "fonts"
RULE = re.compile(r"@font-face \{(.*?)\}", re.DOTALL)
# Latin, Greek and Cyrillic come from Inter on every page, so the same letters in the Noto families would never be asked for.
ONLY_IN_INTER = re.compile(r"-(latin|latin-ext|vietnamese|cyrillic|cyrillic-ext|greek)-wght")
FACES = re.compile(r"(/\* faces: begin \*/\n).*?(/\* faces: end \*/)", re.DOTALL)
FAMILIES = {
    "inter": ("Inter Variable", "delphi.css"),
    "noto-sans-kr": ("Noto Sans KR Variable", "fonts-ko.css"),
    "noto-sans-jp": ("Noto Sans JP Variable", "fonts-ja.css"),
}

# The names of the languages stand on every page, so six characters have a file of their own (docs/fonts.md).
LANGUAGE_NAMES = (
    '@font-face{font-family:"Language Names";src:url("../fonts/language-names.woff2")format("woff2");'
    "font-display:swap;unicode-range:U+65E5,U+672C,U+8A9E,U+AD6D,U+C5B4,U+D55C}\n"
)


def slices(package: Path) -> list[tuple[Path, str]]:
    """Each slice's file and the characters it holds, as the package's own style sheet has them."""
    found = []
    for rule in RULE.findall((package / "wght.css").read_text()):
        source = re.search(r"url\(\./([^)]+)\)", rule)
        characters = re.search(r"unicode-range: ([^;]+);", rule)
        if source and characters:
            found.append((package / source[1], characters[1].strip()))
    return found


def face(family: str, name: str, characters: str) -> str:
    """One rule on one line: the range is nearly all of it, and gzip takes care of the rest."""
    return (
        f'@font-face{{font-family:"{family}";src:url("../fonts/{name}")format("woff2");'
        f"font-weight:100 900;font-display:swap;unicode-range:{characters}}}\n"
    )


def take(package: Path, family: str, style_sheet: str) -> None:
    """Copy the slices and the licence of one package and write its rules."""
    folder = FONTS / package.name
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for source, characters in slices(package):
        if package.name != "inter" and ONLY_IN_INTER.search(source.name):
            continue
        shutil.copyfile(source, folder / source.name)
        rules.append(face(family, f"{package.name}/{source.name}", characters))
    shutil.copyfile(package / "LICENSE", folder / "OFL.txt")
    write_rules("".join(rules), family, ROOT / "static" / "css" / style_sheet)


def write_rules(rules: str, family: str, style_sheet: Path) -> None:
    """Into a file of their own; the Latin rules, which every page needs, between the marks in delphi.css."""
    if style_sheet.name != "delphi.css":
        style_sheet.write_text(f"/* {family}: written by docs/tools/take_fonts.py; see docs/fonts.md. */\n{rules}")
        return
    style_sheet.write_text(FACES.sub(lambda marks: marks[1] + rules + LANGUAGE_NAMES + marks[2], style_sheet.read_text()))


def main() -> None:
    packages = Path(sys.argv[1]) / "@fontsource-variable"
    for name, (family, style_sheet) in FAMILIES.items():
        take(packages / name, family, style_sheet)


if __name__ == "__main__":
    main()
