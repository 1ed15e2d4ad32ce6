"""The language of what people have written, as far as its signs show it.

Not the language in which somebody reads the pages: that would tell an ally from the others.
"""

import re

from django import template

register = template.Library()
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")


@register.filter
def language_by_signs(text: str) -> str:
    """`ko` or `ja`, for an attribute `lang`; "" says that it is not known, so that the page's own is not taken for it."""
    if KANA.search(text):
        return "ja"
    return "ko" if HANGUL.search(text) else ""
