"""The part of XLSForm's expressions that a study file can say: comparisons, selected(), count-selected(), and, or, not()."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

MOST_SIGNS = 2_000
DEEPEST = 30
ITSELF = ""  # the name of “.”, the question's own answer
QUOTES = str.maketrans("‘’“”", "''\"\"")
TOKEN = re.compile(
    r"\s*(?:\$\{\s*(?P<name>[^\s{}]+)\s*\}|(?P<number>-?\d{1,12}(?:\.\d{1,6})?)(?![\w.])|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<sign>!=|<=|>=|[=<>(),])|(?P<dot>\.)|(?P<word>[A-Za-z][\w-]*))")
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Reference:
    name: str


@dataclass(frozen=True)
class Counted:
    """How many options are ticked."""

    name: str


@dataclass(frozen=True)
class Compared:
    left: Reference | Counted
    comparison: str
    right: float | str


@dataclass(frozen=True)
class Selected:
    name: str
    option: str


@dataclass(frozen=True)
class Joined:
    word: Literal["and", "or"]
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Negated:
    part: "Expression"


Expression = Compared | Selected | Joined | Negated
Token = tuple[str, str]


class NotSaid(Exception):
    """The expression uses what is not read here."""


def parsed(text: str) -> Expression | None:
    """None where the expression says more than is read here."""
    try:
        return Parser(tokens(text)).whole()
    except NotSaid:
        return None


def tokens(text: str) -> list[Token]:
    text = text.translate(QUOTES).replace("\u00a0", " ").strip()
    if len(text) > MOST_SIGNS:
        raise NotSaid
    found, position = [], 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match or not match.lastgroup:
            raise NotSaid
        kind = "text" if match.lastgroup in ("single", "double") else match.lastgroup
        found.append((kind, match[match.lastgroup]))
        position = match.end()
    return found


class Parser:
    """Takes tokens from the front. Raises NotSaid."""

    def __init__(self, given: list[Token]) -> None:
        self.given, self.position, self.depth = given, 0, 0

    def whole(self) -> Expression:
        found = self.joined("or")
        if self.position < len(self.given):
            raise NotSaid
        return found

    def peek(self) -> Token:
        return self.given[self.position] if self.position < len(self.given) else ("", "")

    def take(self, *wanted: Token) -> Token:
        token = self.peek()
        if token == ("", "") or (wanted and token not in wanted):
            raise NotSaid
        self.position += 1
        return token

    def joined(self, word: Literal["and", "or"]) -> Expression:
        """`or` binds weaker than `and`."""
        inner = (lambda: self.joined("and")) if word == "or" else self.single
        parts = [inner()]
        while self.peek() == ("word", word):
            self.take()
            parts.append(inner())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def single(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotSaid
        try:
            if self.peek() == ("sign", "("):
                return self.bracketed()
            if self.peek() == ("word", "not"):
                self.take()
                return Negated(self.bracketed())
            return self.selected() if self.peek() == ("word", "selected") else self.compared()
        finally:
            self.depth -= 1

    def bracketed(self) -> Expression:
        self.take(("sign", "("))
        found = self.joined("or")
        self.take(("sign", ")"))
        return found

    def selected(self) -> Selected:
        self.take()
        self.take(("sign", "("))
        name = self.reference().name
        self.take(("sign", ","))
        kind, option = self.take()
        self.take(("sign", ")"))
        if kind not in ("text", "number"):
            raise NotSaid
        return Selected(name, option.strip())

    def compared(self) -> Compared:
        left = self.operand()
        _kind, comparison = self.take(*(("sign", sign) for sign in COMPARISONS))
        right = self.operand()
        if isinstance(left, Reference | Counted) and not isinstance(right, Reference | Counted):
            return Compared(left, comparison, right)
        if isinstance(right, Reference | Counted) and not isinstance(left, Reference | Counted):
            return Compared(right, MIRRORED[comparison], left)
        raise NotSaid

    def operand(self) -> Reference | Counted | float | str:
        kind, value = self.peek()
        if kind in ("number", "text"):
            self.take()
            return float(value) if kind == "number" else value
        if (kind, value) in (("word", "number"), ("word", "int"), ("word", "count-selected")):
            self.take()
            self.take(("sign", "("))
            inside = self.reference()
            self.take(("sign", ")"))
            return Counted(inside.name) if value == "count-selected" else inside
        return self.reference()

    def reference(self) -> Reference:
        kind, value = self.take()
        if kind not in ("name", "dot"):
            raise NotSaid
        return Reference(value if kind == "name" else ITSELF)


def names_in(expression: Expression) -> set[str]:
    """Which questions it asks about; ITSELF for “.”."""
    if isinstance(expression, Joined):
        return set().union(*map(names_in, expression.parts))
    if isinstance(expression, Negated):
        return names_in(expression.part)
    return {expression.left.name if isinstance(expression, Compared) else expression.name}


def holds(expression: Expression, answer: str) -> bool:
    """Does it hold where the one question that it asks about is answered so? "": not answered; ticked options stand with spaces between."""
    if isinstance(expression, Joined):
        return (all if expression.word == "and" else any)(holds(part, answer) for part in expression.parts)
    if isinstance(expression, Negated):
        return not holds(expression.part, answer)
    if isinstance(expression, Selected):
        return expression.option in answer.split()
    said = str(len(answer.split())) if isinstance(expression.left, Counted) else answer
    return compare(said, expression.comparison, expression.right)


def compare(said: str, comparison: str, wanted: float | str) -> bool:
    """As XPath compares: two texts by their signs when it is about being equal, all else as numbers."""
    if isinstance(wanted, str) and comparison in ("=", "!="):
        return (said == wanted) is (comparison == "=")
    left, right = as_number(said), as_number(wanted)
    if left is None or right is None:
        return comparison == "!="
    return COMPARISONS[comparison](left, right)


def as_number(value: float | str) -> float | None:
    if isinstance(value, float):
        return value
    return float(value) if re.fullmatch(r"\s*-?\d{1,12}(\.\d{1,6})?\s*", value) else None


def conjuncts(expression: Expression) -> Iterator[Expression]:
    """The parts that must all hold."""
    if isinstance(expression, Joined) and expression.word == "and":
        for part in expression.parts:
            yield from conjuncts(part)
    else:
        yield expression
