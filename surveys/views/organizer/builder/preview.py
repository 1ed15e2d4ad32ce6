"""The draft as an expert of any language would see it, on a phone and on a laptop. Nothing that is typed there is sent or kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from surveys.forms.texts import language_in_words
from surveys.permissions import Access
from surveys.views.expert.kinds import needed_files
from surveys.views.expert.pages import study_texts
from surveys.views.expert.promises import who_sees_what
from surveys.views.expert.sessions import Expert
from surveys.views.organizer.builder.drafted import DraftedItem, drafted_items, reader_of, rendered_item
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.problems import address
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import study_page
from surveys.workflow.drafts import Draft, read_draft

WIDTHS = ("phone", "laptop")
Choice = dict[str, str]


@csp_update({"frame-src": [SELF]})
@study_page("edit_study")
def preview(request: HttpRequest, access: Access) -> HttpResponse:
    """The frame with what can be chosen around it: language, width, section. `?item=` shows one question alone."""
    draft = read_draft(access.study)
    choice = choice_of(request, draft)
    sections = [(section["section"], said(section.get("title"), draft.definition) or section["section"]) for section in draft.definition["questionnaire"]]
    context = {
        "choice": choice, "has_items": any(section["items"] for section in draft.definition["questionnaire"]),
        "frame_url": _address("build-preview-frame", access, choice),
        "item_url": address("build-item", access.study.slug, choice["item"]) if choice["item"] else "",
        "languages": _links(access, choice, "language", [(code, language_in_words(code)) for code in draft.definition["languages"]]),
        "widths": _links(access, choice, "width", [("phone", _("Phone")), ("laptop", _("Laptop"))]),
        "sections": _links(access, {**choice, "item": ""}, "section", sections),
        "waiting": _links(access, choice, "waiting", [("", _("as asked")), ("shown", _("all at once"))]) if has_conditions(draft) else [],
    }
    return builder_response(request, access, draft, "preview", context)


@csp_replace({"frame-ancestors": [SELF], "form-action": [NONE]})
@xframe_options_sameorigin
@study_page("edit_study")
def frame(request: HttpRequest, access: Access) -> HttpResponse:
    """The page inside the frame: the expert's own templates, filled from the draft."""
    draft = read_draft(access.study)
    choice = choice_of(request, draft)
    page = choice["language"] if choice["language"] in dict(settings.LANGUAGES) else get_language() or "en"
    with override(page):
        return render(request, "surveys/builder/preview_frame.html", frame_context(draft, choice, page))


def frame_context(draft: Draft, choice: Choice, page: str) -> dict[str, Any]:
    expert = reader_of(draft, choice["language"], page)
    every = drafted_items(draft)
    shown = [item for item in every if (item.code == choice["item"] if choice["item"] else item.section == choice["section"])]
    title = next((section.get("title") for section in draft.definition["questionnaire"] if section["section"] == choice["section"]), "")
    return {
        **study_texts(expert.study, expert.wording), "who_sees_what": who_sees_what(expert.study),
        "section_title": expert.wording(title if isinstance(title, str | dict) else ""), "is_alone": bool(choice["item"]),
        "items": items_html(draft, shown, expert, shows_waiting=bool(choice["waiting"] or choice["item"])),
        "has_conditions": not choice["waiting"] and not choice["item"] and any(item.asked and item.asked.source for item in shown),
        **needed_files(item.asked.question.spec for item in shown if item.asked),
    }


def items_html(draft: Draft, shown: Sequence[DraftedItem], expert: Expert, *, shows_waiting: bool) -> SafeString:
    texts: Mapping[str, Any] = {item["code"]: item.get("text") for section in draft.definition["questionnaire"] for item in section["items"]}
    return format_html_join("", "{}", ((_item_html(item, expert, texts, shows_waiting=shows_waiting),) for item in shown))


def _item_html(item: DraftedItem, expert: Expert, texts: Mapping[str, Any], *, shows_waiting: bool) -> SafeString:
    if item.asked is None:
        return render_to_string("surveys/builder/_preview_unfinished.html", {"item": item})
    return rendered_item(item.asked, expert, texts, is_hidden=item.asked.source is not None and not shows_waiting)


def choice_of(request: HttpRequest, draft: Draft) -> Choice:
    """What the address asks for, as far as the draft has it."""
    definition, asked = draft.definition, request.GET
    sections = {section["section"]: [item["code"] for item in section["items"]] for section in definition["questionnaire"]}
    item = asked.get("item", "")
    home = next((section for section, codes in sections.items() if item in codes), "")
    section = home or asked.get("section", "")
    return {
        "item": item if home else "", "section": section if section in sections else next(iter(sections), ""),
        "language": asked.get("language", "") if asked.get("language") in definition["languages"] else definition["languages"][0],
        "width": asked.get("width", "") if asked.get("width") in WIDTHS else WIDTHS[0], "waiting": "shown" if asked.get("waiting") == "shown" else "",
    }


def has_conditions(draft: Draft) -> bool:
    return any("shown_if" in item for section in draft.definition["questionnaire"] for item in section["items"])


def _links(access: Access, choice: Choice, key: str, values: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """A link for each value, all else as it is chosen now."""
    return [{"url": _address("build-preview", access, {**choice, key: value}), "label": label, "code": value, "is_current": choice[key] == value}
            for value, label in values]


def _address(name: str, access: Access, choice: Choice) -> str:
    chosen = {key: value for key, value in choice.items() if value and not (key == "section" and choice["item"])}
    return f"{reverse(f'surveys:{name}', args=[access.study.slug])}?{urlencode(chosen)}"
