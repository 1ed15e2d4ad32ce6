"""Marks the places of an item's template that belong to one expert; surveys/views/expert/fragments.py fills them in.

A marker holds a number drawn when the process starts: no text of a study can forge one.
"""

import secrets
from urllib.parse import quote

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
NONCE = secrets.token_hex(8)


def marker(kind: str, name: str = "", value: str = "") -> SafeString:
    """A place in a template that belongs to the expert: kind `text`, `checked`, `when` or `end`."""
    return mark_safe(f"[[{NONCE}:{kind}:{quote(name)}:{quote(value)}]]")  # noqa: S308 - all three are quoted


@register.simple_tag
def own(name: str) -> SafeString:
    """The expert's text of this name, escaped when it is filled in."""
    return marker("text", name)


@register.simple_tag
def checked(name: str, value: object) -> SafeString:
    """The attribute ` checked` when the expert's state has this value."""
    return marker("checked", name, str(value))


class WhenNode(template.Node):
    """`{% when "name" ["value"] %} … {% endwhen %}`"""

    def __init__(self, arguments: list[template.base.FilterExpression], inside: NodeList) -> None:
        self.arguments, self.inside = arguments, inside

    def render(self, context: template.Context) -> SafeString:
        name, *value = [str(argument.resolve(context)) for argument in self.arguments]
        return marker("when", name, *value) + self.inside.render(context) + marker("end")


@register.tag("when")
def do_when(parser: Parser, token: Token) -> WhenNode:
    arguments = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if len(arguments) not in (1, 2):
        raise template.TemplateSyntaxError("when takes a name and at most one value")
    inside = parser.parse(("endwhen",))
    parser.delete_first_token()
    return WhenNode(arguments, inside)
