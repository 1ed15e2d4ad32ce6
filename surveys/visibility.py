"""What may this panelist see of the others? Pure: published figures and the study's settings in, a selection out."""

from collections.abc import Mapping, Sequence
from typing import Any


def visible_groups(own_panel: str, panels: Sequence[str], distribution: str) -> list[tuple[str, str]]:
    """The groups whose figures the study shows to a member of `own_panel`: everybody first, then the own panel, then the others.

    `distribution`: none, own_panel or all_panels. Returns (group type, group) pairs.
    """
    if distribution == "none":
        return []
    shown = [("all", "all"), ("panel", own_panel)]
    if distribution == "all_panels":
        shown += [("panel", panel) for panel in panels if panel != own_panel]
    return shown


def figures_for(groups: Sequence[tuple[str, str]], component: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any] | None]]:
    """For each group its published figures, or None where they are protected."""
    return [(kind, group, component.get(f"{kind}/{group}")) for kind, group in groups]
