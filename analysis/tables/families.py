"""Which p values are corrected together (Holm): one rule for every table that compares over all items of a round.

Of a group (or pair of groups): those of all items whose component has the same level. A grid's cells answer one question, in many places, so
they are a family of their own: else one grid of 200 cells would leave nothing of any other item. An expert's own confidence in an interval (IDEA)
is about the expert and not about the question: these are a family of their own too, and are in no figure over all items.
"""

from analysis.published import PublishedComponent, PublishedItem

CONFIDENCE = "confidence"


def family_named(item: PublishedItem, component: PublishedComponent) -> str:
    if not is_about_the_question(item.kind, component.code):
        return CONFIDENCE
    return f"{component.level} of {item.code}" if item.kind == "grid" else component.level


def is_about_the_question(kind: str, component: str | None) -> bool:
    """Not the confidence that is asked beside lower, best and upper."""
    return not (kind == "quantiles" and component == CONFIDENCE)
