"""Plain words of YAML: what the 1.2 core schema takes them for, and which must be quoted so that nobody errs."""

import json
import math
import re

BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
WHOLE = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
MOST_DIGITS = 100

# Words that a YAML 1.1 reader takes for true, false or nothing, in any case of letters.
WORDS_ELSEWHERE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# Of these signs alone numbers, dates, times and sexagesimals are made, in YAML 1.1 and 1.2.
NUMBER_LIKE = re.compile(r"[0-9][0-9A-Fa-fxXoObBeE_.:+\-TtZz ]*")
PLAIN_ASCII = frozenset(" abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./()+%&;@'")
WIDE_SPACES = "\u00a0\u3000"


def read_plain(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar. Raises ValueError for a number too long to be meant."""
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if INFINITE.fullmatch(text):
        return float("-inf") if text.startswith("-") else float("inf")
    if text in NOT_A_NUMBER:
        return float("nan")
    return read_number(text)


def read_number(text: str) -> str | int | float:
    """A number of the core schema, else the text itself."""
    for pattern, base in ((WHOLE, 10), (OCTAL, 8), (HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            check_length(text)
            return int(text if base == 10 else text[2:], base)
    if DECIMAL.fullmatch(text):
        check_length(text)
        return float(text)
    return text


def check_length(text: str) -> None:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number of so many digits")


def written_scalar(value: str | int | float | bool | None) -> str:
    """A scalar as one piece of a line, that any YAML reader takes for the same value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return written_float(value)
    return value if is_plain(value) else double_quoted(value)


def written_float(number: float) -> str:
    """Digits that read back as the same number; with a point, because YAML 1.1 asks for one before an exponent."""
    if math.isnan(number):
        return ".nan"
    if number in (float("inf"), float("-inf")):
        return ".inf" if number > 0 else "-.inf"
    text = repr(number)
    if "e" in text and "." not in text:
        text = text.replace("e", ".0e")
    return text


def is_plain(text: str) -> bool:
    """May it stand without quotes, in a flow too, for readers of YAML 1.1 and of 1.2?"""
    if not text or not (text[0].isalpha() or text[0].isdecimal()) or text[-1] == " ":
        return False
    if text.lower() in WORDS_ELSEWHERE or NUMBER_LIKE.fullmatch(text):
        return False
    return all(sign in PLAIN_ASCII if sign.isascii() else sign.isprintable() for sign in text)


def double_quoted(text: str) -> str:
    """JSON's quotes and escapes, which YAML takes too; signs that no screen shows are escaped as well."""
    inner = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or sign in WIDE_SPACES else escaped(sign) for sign in inner)


def escaped(sign: str) -> str:
    point = ord(sign)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
