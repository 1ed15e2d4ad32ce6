"""The vendored faces as typst takes them: every letter there, in its language's form, at its weight, from no other machine's fonts."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from analysis.charts.faces import JOINED, PLAIN, SECOND, faces_for, families, slices
from analysis.charts.typesetting import typeset

SOURCE = b"""#set page(width: 400pt, height: 60pt, margin: 0pt)
#set text(font: json(bytes(sys.inputs.families)), weight: int(sys.inputs.weight))
#sys.inputs.words"""
KOREAN, JAPANESE = "동맹은 억제를 어떻게 보는가", "拡大抑止をどう考えるか、同盟国の専門家に尋ねた。"


def drawn(words: str, language: str = "en", weight: int = 400, form: str = "png") -> bytes:
    asked = '["' + '","'.join(families(language)) + '"]'
    return typeset(SOURCE, {"words": words, "weight": str(weight), "families": asked}, language=language, format=form)


def letters(file: Path) -> set[int]:
    return set(TTFont(file).getBestCmap())


def fonts_of(words: str, language: str = "en") -> set[str]:
    reader = PdfReader(io.BytesIO(drawn(words, language, form="pdf")))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].partition("+")[2].partition("-")[0].replace("Variable", "") for font in fonts}


def test_an_english_text_needs_one_slice_which_has_all_that_is_not_looked_for_elsewhere():
    with faces_for("Deterrence − 4.5 °", "en") as folder:
        files = list(Path(folder).iterdir())
        assert [file.name for file in files] == ["inter-latin-wght-normal.ttf"]
        assert {ord(letter) for letter in PLAIN if letter.isprintable()} <= letters(files[0])


@pytest.mark.parametrize(("words", "kept"), [(KOREAN, "noto-sans-kr.ttf"), (JAPANESE, "noto-sans-jp.ttf")])
def test_slices_of_a_language_are_one_font_with_all_its_letters(words, kept):
    with faces_for(words, "en") as folder:
        assert {ord(letter) for letter in words} - {32} <= letters(Path(folder) / kept)


@pytest.mark.parametrize("folder", JOINED)
def test_every_letter_that_a_family_has_is_in_the_joined_font(folder):
    """Each tenth slice: all of them would take seconds."""
    ours = [has for (its, _name), has in slices().items() if its == folder][::10]
    text = "".join(sorted(has)[0] + sorted(has)[-1] for has in map(list, ours))
    with faces_for(text, "ko") as made:
        assert {ord(letter) for letter in text} <= letters(Path(made) / f"{folder}.ttf")


def test_a_joined_letter_is_drawn_as_its_slice_draws_it():
    """Outline, width and the bold's difference are those of the slice."""
    with faces_for("억", "ko") as folder:
        whole = TTFont(Path(folder) / "noto-sans-kr.ttf")
        name = whole.getBestCmap()[ord("억")]
        piece = next(key for key, has in slices().items() if key[0] == "noto-sans-kr" and "억" in has)
        cut = TTFont(Path(__file__).resolve().parents[3] / "static" / "fonts" / piece[0] / f"{piece[1]}.woff2")
        own = cut.getBestCmap()[ord("억")]
        assert list(whole["glyf"][name].coordinates) == list(cut["glyf"][own].coordinates)
        assert whole["hmtx"][name] == cut["hmtx"][own]
        assert whole["gvar"].variations[name] == cut["gvar"].variations[own]


def test_letters_of_every_script_of_the_interface_are_ours():
    assert fonts_of(KOREAN.replace(" ", "")) == {"NotoSansKR"}
    assert fonts_of("かな", "ja") == {"NotoSansJP"}
    assert fonts_of("Łódź Ελλάδα Київ ≥") <= {"Inter", "InterLatinExt", "InterGreek", "InterCyrillic", "NotoSansKR", "NotoSansSecond"}


def test_weights_differ_where_the_faces_vary():
    assert len({drawn(KOREAN, weight=weight) for weight in (400, 600, 700)}) == 3


def test_a_character_that_korean_and_japanese_share_has_the_language_s_own_form():
    assert drawn("次", "ko") != drawn("次", "ja")
    assert families("ja")[-2:] == ["Noto Sans JP", SECOND]


def test_the_same_words_give_the_same_bytes():
    assert drawn(JAPANESE, form="pdf") == drawn(JAPANESE, form="pdf")


def test_what_is_left_of_a_passing_font_folder_is_nothing():
    with faces_for("a", "en") as folder:
        pass
    assert not Path(folder).exists()
