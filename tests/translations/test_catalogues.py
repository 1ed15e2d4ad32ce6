"""Every text of the interface is in every catalogue, translated, with the same placeholders; what is compiled is what is written."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.translations.catalogues import ROOT, script

catalogues = script()
LANGUAGES = catalogues.languages()
TEXTS = catalogues.texts_in_code()
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w*\}|</?[a-z]+[^>]*>")
# Words that are the same everywhere: the product's name, and the sign for a number of answers.
UNCHANGED = {"Deterrence Delphi", "n"}


def strings_of(message: Any) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def singular_of(message: Any) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def messages(language: str) -> list[Any]:
    return [message for message in catalogues.read_catalogue(language) if message.id]


def translated(language: str) -> list[Any]:
    """What is not translated fails one test, not five."""
    return [message for message in messages(language) if all(strings_of(message))]


def test_there_is_a_catalogue_for_every_language_but_the_sources() -> None:
    assert {path.parent.parent.name for path in catalogues.FOLDER.glob("*/LC_MESSAGES/django.po")} == set(dict(settings.LANGUAGES)) - {"en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_text_of_the_code_and_no_other(language: str) -> None:
    wanted = {(text.context, text.singular, text.plural) for text in TEXTS}
    there = {(message.context or "", singular_of(message), message.id[1] if isinstance(message.id, tuple) else "") for message in messages(language)}
    assert (sorted(wanted - there), sorted(there - wanted)) == ([], []), "run `make messages`, then translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    missing = [singular_of(message) for message in messages(language) if message.fuzzy or not all(strings_of(message))]
    assert missing == [], f"translate them in locale/{language}/LC_MESSAGES/django.po as docs/translations.md says, then `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_not_the_english_text(language: str) -> None:
    """Nothing was filled in by copying: a text with a word in it reads differently."""
    same = [singular_of(message) for message in messages(language)
            if singular_of(message) in strings_of(message) and re.search("[a-z]{2}", PLACEHOLDER.sub("", singular_of(message)))]
    assert set(same) <= UNCHANGED


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_markup_are_those_of_the_english_text(language: str) -> None:
    """A plural form may leave the number out, as "one" does in English; no form may bring in what is not there."""
    wrong = []
    for message in translated(language):
        every = [set(PLACEHOLDER.findall(text)) for text in (message.id if isinstance(message.id, tuple) else [message.id])]
        for string in strings_of(message):
            found = set(PLACEHOLDER.findall(string))
            if found != set().union(*every) - ({"%%"} - found):
                wrong.append((singular_of(message), sorted(found ^ set().union(*every))))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_is_there(language: str) -> None:
    catalogue = catalogues.read_catalogue(language)
    assert {len(strings_of(message)) for message in catalogue if isinstance(message.id, tuple)} == {catalogue.num_plurals}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_for_per_cent_can_be_formatted(language: str) -> None:
    """In a text with placeholders "%" stands doubled, or formatting would break the page."""
    broken = [string for message in messages(language) for string in strings_of(message)
              if "%(" in singular_of(message) and re.search(r"%(?![(%])", string.replace("%%", ""))]
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_has_no_exclamation_marks(language: str) -> None:
    assert [string for message in messages(language) for string in strings_of(message) if re.search("[!！]", string)] == []


def test_korean_requests_are_formal() -> None:
    """-습니다 and -세요; the familiar -어요/-해요 ends no sentence."""
    familiar = re.compile("(?<!세)요[.?]")
    assert [string for message in messages("ko") for string in strings_of(message) if familiar.search(string)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_written_catalogue_is_what_the_script_writes(language: str) -> None:
    catalogue = catalogues.updated(catalogues.read_catalogue(language), TEXTS)
    assert catalogues.po_text(catalogue, language) == catalogues.po_path(language).read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_what_the_written_one_compiles_to(language: str) -> None:
    compiled = catalogues.po_path(language).with_suffix(".mo").read_bytes()
    assert catalogues.mo_bytes(catalogues.read_catalogue(language), language) == compiled


@pytest.mark.parametrize("language", LANGUAGES)
def test_python_reads_the_compiled_catalogue(language: str) -> None:
    import gettext

    with catalogues.po_path(language).with_suffix(".mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    for message in translated(language):
        if isinstance(message.id, tuple):
            assert found.ngettext(*message.id, 5) == strings_of(message)[-1]
        else:
            said = found.pgettext(message.context, message.id) if message.context else found.gettext(message.id)
            assert said == message.string


def test_updating_keeps_translations_drops_what_is_gone_and_adds_what_is_new() -> None:
    kept, gone, new = (catalogues.Text("", name, "") for name in ("kept", "gone", "new"))
    before = catalogues.updated(catalogues.Catalog(locale="ko"), [kept, gone])
    before.get("kept").string = "유지"
    after = catalogues.updated(before, [kept, new])
    assert {message.id: message.string for message in after if message.id} == {"kept": "유지", "new": ""}


def test_texts_are_found_in_python_with_contexts_and_plurals() -> None:
    code = b'_("one")\ngettext_lazy("two " "parts")\nngettext("%(n)s a", "%(n)s b", 3)\npgettext("where", "open")\nnot_this("no")'
    found = list(catalogues.texts_in_python(code))
    assert found == [("", "one", ""), ("", "two parts", ""), ("", "%(n)s a", "%(n)s b"), ("where", "open", "")]


def test_texts_are_found_in_templates_behind_comments_and_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("{% load i18n %}{% comment %}Don't # stop{% endcomment %}<p title='{% translate \"It's 5 %\" %}'>"
                    "{% blocktranslate count n=n trimmed %}\n {{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
                    '{% translate "you" context "in a picture" %}{{ title|default:_("Untitled (yet)") }}</p>')
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    assert list(catalogues.texts_in_template(page)) == [
        ("", "It's 5 %%", ""), ("", "%(n)s day", "%(n)s days"), ("in a picture", "you", ""), ("", "Untitled (yet)", "")]


def test_the_catalogues_need_no_program_but_python() -> None:
    assert not re.search(r"subprocess|xgettext|msgfmt", (ROOT / "locale" / "catalogues.py").read_text())
