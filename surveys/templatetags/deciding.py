"""What pages say of decisions on items: what becomes of one, and on what ground."""

from django import template

from surveys.enums import Ground, ItemAct

register = template.Library()


@register.filter
def item_act(act: str) -> str:
    return str(ItemAct(act).label)


@register.filter
def ground_in_words(ground: str) -> str:
    return str(Ground(ground).label)
