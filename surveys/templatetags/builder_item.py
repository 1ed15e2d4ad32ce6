"""What the templates of an item's form need."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def numbered(words: Any, number: int) -> str:
    """Words such as “Option %(number)s” with their number."""
    return str(words) % {"number": number}
