"""A study comes from its file, its rules are fixed when round 1 opens, and it is finished after its last round."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import Role
from surveys.exceptions import PromiseWeakened, Refused, StudyDiffers
from surveys.items.resolve import AXES
from surveys.models import Item, ItemVersion, Message, Panel, Panelist, Round, Section, Study, StudyMember, Theatre
from surveys.queries import definition_of
from surveys.workflow.record import record_act
from surveys.workflow.steps import keep_step

PARTS = ("theatres", "questionnaire")  # kept in tables alone; panels are in the settings too, for grids whose rows they are
RULES = ("consensus", "stability", "scales", "quantile_type", "disclosure", "public_data", "rounds", "feedback")


@transaction.atomic
def import_study(definition: Mapping[str, Any], *, by: Any = None, is_simulated: bool = False, may_replace: bool = True) -> tuple[Study, bool]:
    """Create or replace the study of an accepted definition. Returns it and whether anything changed.

    A study whose first round has opened is left alone when the file says the same, else refused (StudyDiffers). Without `may_replace`
    a study that is there already, also since this second, is refused: it may be somebody else's.
    """
    definition = without_empty_theatres(definition)
    study = Study.objects.select_for_update().filter(slug=definition["study"]).first() if may_replace else None
    if study is None:
        study = new_study(definition["study"], settings={}, created_by=by, is_simulated=is_simulated)
        if by is not None:
            StudyMember.objects.create(study=study, user=by, role=Role.OWNER)
        write_definition(study, definition)
        keep_step(study, "upload", definition, by=by, is_taken=True)
        record_act(study, "import_study", by=by)
        return study, True
    differing = differing_parts(definition_of(study), definition)
    if not differing:
        return study, False
    if Round.objects.filter(study=study).exclude(state="draft").exists():
        text = _("The study “%(slug)s” has opened its first round and can't be replaced. The file differs in: %(parts)s. "
                 "Import it under another slug, or leave the study as it is.")
        raise StudyDiffers(text % {"slug": study.slug, "parts": ", ".join(differing)})
    check_promise(study, definition)
    check_panels(study, definition)
    write_definition(study, definition)
    keep_step(study, "upload", definition, by=by, is_taken=True)
    record_act(study, "replace_study", by=by, differing=differing)
    return study, True


def new_study(slug: str, **fields: Any) -> Study:
    """A study without anything in it. Raises Refused for a short name that is taken, be it by somebody in the same second."""
    try:
        with transaction.atomic():
            return Study.objects.create(slug=slug, **fields)
    except IntegrityError:
        raise Refused(_("There is a study “%(slug)s” already. Choose another short name.") % {"slug": slug}) from None


def without_empty_theatres(definition: Mapping[str, Any]) -> dict[str, Any]:
    """`theatres: []` says the same as no `theatres`, and is kept as that."""
    panels = [{key: value for key, value in panel.items() if (key, value) != ("theatres", [])} for panel in definition["panels"]]
    return {**{key: value for key, value in definition.items() if (key, value) != ("theatres", [])}, "panels": panels}


def differing_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The top-level keys in which two definitions differ."""
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def check_promise(study: Study, definition: Mapping[str, Any]) -> None:
    """Raises PromiseWeakened where invited experts would lose a promise of anonymity."""
    invited = Message.objects.filter(panelist__study=study).exists()
    if invited and set(study.settings.get("anonymity", [])) - set(definition.get("anonymity", [])):
        raise PromiseWeakened


def check_panels(study: Study, definition: Mapping[str, Any]) -> None:
    """Raises StudyDiffers where experts would lose their panel."""
    kept = {panel["code"] for panel in definition["panels"]}
    lost = Panelist.objects.filter(study=study).exclude(panel__code__in=kept).values_list("panel__code", flat=True).distinct()
    if lost:
        text = _("Experts belong to the panel %(codes)s. Keep it, under this code, or move its experts first.")
        raise StudyDiffers(text % {"codes": ", ".join(sorted(lost))})


def write_definition(study: Study, definition: Mapping[str, Any]) -> None:
    """Write the definition over whatever draft there was; panelists stay, whose panels were checked."""
    Round.objects.filter(study=study, state="draft").delete()
    study.settings = {key: value for key, value in definition.items() if key not in PARTS}
    study.save()
    _write_panels(study, definition)
    study.items.all().delete()
    study.sections.all().delete()
    for position, section in enumerate(definition["questionnaire"]):
        _write_section(study, section, position)


def _write_panels(study: Study, definition: Mapping[str, Any]) -> None:
    kept = {panel["code"] for panel in definition["panels"]}
    study.panels.exclude(code__in=kept).delete()
    study.theatres.all().delete()
    theatres = {
        theatre["code"]: Theatre.objects.create(study=study, code=theatre["code"], name=theatre.get("name", theatre["code"]), position=position)
        for position, theatre in enumerate(definition.get("theatres", []))
    }
    for position, given in enumerate(definition["panels"]):
        panel, _created = Panel.objects.update_or_create(
            study=study, code=given["code"], defaults={"name": given.get("name", given["code"]), "position": position}
        )
        for code in given.get("theatres", []):
            panel.theatres.add(theatres[code])  # one by one: their order is the file's


def _write_section(study: Study, given: Mapping[str, Any], position: int) -> None:
    section = Section.objects.create(study=study, code=given["section"], title=given.get("title", given["section"]), position=position)
    items = Item.objects.bulk_create(
        Item(study=study, section=section, code=item["code"], kind=item["kind"], position=place)
        for place, item in enumerate(given["items"])
    )
    ItemVersion.objects.bulk_create(
        ItemVersion(item=item, number=definition.get("version", 1), definition=definition)
        for item, definition in zip(items, given["items"], strict=True)
    )


def rules_text(study: Study) -> str:
    """The rules under which answers will be judged, as canonical JSON: what is hashed when round 1 opens."""
    rules: dict[str, Any] = {key: study.settings[key] for key in RULES if key in study.settings}
    versions = ItemVersion.objects.filter(item__study=study).select_related("item")
    rules["items"] = {version.item.code: rules_of_item(version.definition) for version in versions}
    return json.dumps(rules, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def rules_of_item(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Its own rules, and the scales whose rules hold for it."""
    axes = {axis: {"scale": definition[axis]["scale"]} for axis in AXES if axis in definition}
    return {**{key: definition[key] for key in ("consensus", "stability", "scale") if key in definition}, **axes}


def lock_rules(study: Study, *, by: Any = None) -> None:
    """Fix and hash the rules. Called when round 1 opens; a second call changes nothing."""
    if study.rules_locked_at is not None:
        return
    study.rules_text = rules_text(study)
    study.rules_sha256 = hashlib.sha256(study.rules_text.encode()).hexdigest()
    study.rules_locked_at = timezone.now()
    study.save(update_fields=["rules_text", "rules_sha256", "rules_locked_at"])
    record_act(study, "lock_rules", by=by, sha256=study.rules_sha256)
