"""How rounds run, what is shown, and how answers are judged."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.forms.parts import RunForm
from surveys.items import kind_of, resolve_item
from surveys.permissions import Access
from surveys.views.organizer.builder.parts import part_page
from surveys.views.organizer.scope import study_page
from surveys.workflow.drafts import read_draft


@study_page("edit_study", "GET", "POST")
def rules(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    form = RunForm(request.POST if request.method == "POST" else None, definition=draft.definition)
    return part_page(request, access, draft, form, act="rules", part="build-rules", title=_("Rules"), notes=list(notes_on(draft.definition)))


def notes_on(definition: Mapping[str, Any]) -> Iterator[str]:
    """Which levels the questionnaire has and no rule judges."""
    for key, text in (("consensus", _("No rule of consensus for: %(levels)s. Without one these answers are not assessed.")),
                      ("stability", _("No rule of stability for: %(levels)s. Without one these answers are not assessed."))):
        levels = unjudged(definition, key)
        if levels:
            yield text % {"levels": ", ".join(str(Level(level).label) for level in levels)}


def unjudged(definition: Mapping[str, Any], key: str) -> list[str]:
    """Levels of items that have no rule: neither their own, nor their scale's, nor the study's. Unfinished items are left out."""
    found = set()
    for section in definition["questionnaire"]:
        for item in section["items"]:
            found |= _levels_without(definition, item, key)
    return [level for level in Level.values if level in found]


def _levels_without(definition: Mapping[str, Any], item: Mapping[str, Any], key: str) -> set[str]:
    try:
        spec = resolve_item(item, definition)
        components = kind_of(spec).components(spec)
    except (LookupError, TypeError, ValueError, AttributeError):  # a draft can hold anything
        return set()
    given = [*getattr(spec, key), definition.get(key)]
    return {component.level for component in components if not spec.practice and not any(
        _judges(rule, component.level) for rule in (*getattr(component, key), *given))}


def _judges(rule: Any, level: str) -> bool:
    return isinstance(rule, Mapping) and ("rule" in rule or level in rule)
