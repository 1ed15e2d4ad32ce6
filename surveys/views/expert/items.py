"""The items of a page: rendered once per round, language and panel, then filled in for the expert who asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from surveys.models import Round
from surveys.templatetags.own_state import marker
from surveys.views.expert.feedback import Shown, earlier_feedback, feedback_of
from surveys.views.expert.fragments import Parts, compile_parts, fill
from surveys.views.expert.kinds import page_of
from surveys.views.expert.own_item import OwnItem, state_of
from surveys.views.expert.pictures import Picture, picture_of
from surveys.views.expert.questionnaire import Asked, identity_of, questionnaire_of
from surveys.views.expert.sessions import Expert
from surveys.views.expert.wording import Phrase

Lookup = Callable[[], Mapping[int, Shown]]


@dataclass(frozen=True)
class Rendered:
    """What is cached of an item: its fragment, and what its kind needs to place the own answer in the picture."""

    parts: Parts
    places: Any
    has_picture: bool
    has_protected: bool


@dataclass(frozen=True)
class Filled:
    """The items of a section for one expert; whether the page must explain pictures, and the word "protected"."""

    html: SafeString
    has_pictures: bool
    has_protected: bool


def fill_items(expert: Expert, study_round: Round, items: Sequence[OwnItem]) -> Filled:
    """The items of a section, to be answered, as this expert sees them."""
    asked = [item.asked for item in items]

    def look_up() -> Mapping[int, Shown]:
        return earlier_feedback(study_round, [one.question.line_id for one in asked])

    panel = expert.panelist.panel.code if study_round.number > 1 else ""
    parts = _parts("surveys/expert/_item.html", expert, study_round, asked, panel, look_up)
    return _filled(parts, items, expert)


def fill_results(expert: Expert, study_round: Round, items: Sequence[OwnItem]) -> Filled:
    """The items of a released round with what came of them."""
    asked = [item.asked for item in items]
    parts = _parts("surveys/expert/_result.html", expert, study_round, asked, expert.panelist.panel.code, lambda: feedback_of(study_round))
    return _filled(parts, items, expert)


def _filled(rendered: Mapping[int, Rendered], items: Sequence[OwnItem], expert: Expert) -> Filled:
    html = format_html_join("", "{}", ((_fill_item(rendered[item.asked.pk], item, expert),) for item in items))
    return Filled(html, any(one.has_picture for one in rendered.values()), any(one.has_protected for one in rendered.values()))


def _fill_item(one: Rendered, item: OwnItem, expert: Expert) -> SafeString:
    return fill(one.parts, {**state_of(item, expert), **own_place(item, one.places)})


def own_place(item: OwnItem, places: Any) -> dict[str, str]:
    """Where the own earlier answer stands in the picture."""
    spec, before = item.asked.question.spec, item.before
    return {"you_none": "yes"} if before is None or before.value is None else page_of(spec).own_marks(spec, before.value, places)


def _parts(template: str, expert: Expert, study_round: Round, items: Sequence[Asked], panel: str, look_up: Lookup) -> dict[int, Rendered]:
    """Asked item id → its compiled fragment; rendered where the cache has none (then the feedback is read: 2 queries)."""
    wording = expert.wording
    kind = f"{template}:{identity_of(study_round)}:{wording.page}:{wording.language}:{panel}"
    keys = {asked.pk: f"{kind}:{asked.pk}".replace(" ", "_") for asked in items}
    cached = caches["fragments"].get_many(keys.values())
    found = {pk: cached[key] for pk, key in keys.items() if key in cached}
    missing = [asked for asked in items if asked.pk not in found]
    if missing:
        fresh = _render(template, expert, missing, look_up(), mirrored_in(expert, study_round, missing))
        caches["fragments"].set_many({keys[pk]: parts for pk, parts in fresh.items()})
        found.update(fresh)
    return found


def mirrored_in(expert: Expert, study_round: Round, items: Sequence[Asked]) -> dict[int, Phrase]:
    """Asked item id → the question that it asks from the other side; of a question that may be hidden from its reader, nothing."""
    mirrors = [asked for asked in items if asked.question.spec.mirror]
    every = {asked.code: asked.question.spec for asked in (questionnaire_of(study_round, expert.study.settings) if mirrors else ())}
    found = {asked.pk: (asked.question.spec, every.get(asked.question.spec.mirror)) for asked in mirrors}
    return {pk: expert.wording(other.text) for pk, (own, other) in found.items() if other and other.shown_if in (None, own.shown_if)}


def _render(
    template: str, expert: Expert, items: Sequence[Asked], feedback: Mapping[int, Shown], mirrored: Mapping[int, Phrase],
) -> dict[int, Rendered]:
    panels = list(expert.study.panels.all()) if feedback else []
    found = {}
    for asked in items:
        shown = feedback.get(asked.question.line_id)
        picture = picture_of(asked, expert, shown, panels) if shown else None
        context = {**item_context(asked, expert, picture), "mirrored": mirrored.get(asked.pk, "")}
        html = render_to_string(template, context)
        places = page_of(asked.question.spec).places(asked.question.spec, shown) if shown else None
        found[asked.pk] = Rendered(compile_parts(html), places, picture is not None and picture.is_shown, picture is not None and picture.has_protected)
    return found


def item_context(asked: Asked, expert: Expert, picture: Picture | None) -> dict[str, Any]:
    """What the template of an item needs; nothing in it belongs to one expert (but for the panel)."""
    spec, wording = asked.question.spec, expert.wording
    question = wording(spec.text)
    return {
        "asked": asked, "prefix": asked.prefix, "spec": spec, "question": question, "help": wording(spec.help), "unit": wording(spec.unit),
        "perspective": wording(expert.study.settings.get("perspective")), "scale_ends": wording.ends(spec.scale),
        "foreign": question.language.upper() if question.is_foreign else "",
        "control": f"surveys/items/{spec.kind}.html", **page_of(spec).control(spec, wording),
        "feedback": picture, "own_marker": own_marker() if picture else "",
    }


def own_marker() -> SafeString:
    """The marker "you" of the strip, its place left open: one form for each side on which the word may stand."""
    forms = [
        (marker("when", "you_anchor", anchor),
         render_to_string("components/_strip_own.html", {"own": {"x": marker("text", "you_x"), "anchor": anchor}}), marker("end"))
        for anchor in ("start", "end")
    ]
    return format_html_join("", "{}{}{}", forms)
