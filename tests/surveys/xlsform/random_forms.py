"""Random forms: sound in what XLSForm itself demands (groups ended, lists there, one question at least), wild in all else."""

from typing import Any

from hypothesis import strategies as st

from tests.surveys.xlsform.forms import Rows

# What a cell of a workbook can hold: no control signs (XML has no way to write them), no lone surrogates.
WILD = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc")), max_size=40)
TEXTS = st.one_of(st.none(), st.sampled_from(["A text", "이것은 무엇입니까?", "<b>bold</b> ${q1}", "=1+1", "no", "null", "2027-03-01", "1.0", " "]), WILD)
NAMES = st.one_of(
    st.sampled_from(["q1", "q2", "q3"]), st.sampled_from(["q1", "q2", "Q 1", "문항", "none", "panels", "a.b", "x" * 80, "-", "1"]), st.none(), WILD)
LISTS = ("two", "five", "zero", "words", "single", "panels", "odd name!")
LANGUAGES = ["label", "label::English (en)", "label::한국어 (ko)", "label:fr", "label::Klingon", "label::zh-hans"]
TYPES = st.one_of(
    st.sampled_from(["text", "integer", "decimal", "range", "date", "note", "calculate", "start", "geopoint", "acknowledge", "percentage", "wish", "", "end"]),
    st.sampled_from(LISTS[:6]).map("select_one {}".format), st.sampled_from(LISTS[:6]).map("select_multiple {}".format),
    st.sampled_from(LISTS[:6]).map("rank {}".format), st.sampled_from(LISTS[:6]).map("select_one {} or_other".format),
)
NUMBERS = st.one_of(st.integers(-3, 12).map(str), st.sampled_from(["0.5", "999999999999", "1e9", "''", "'1'", "'yes'"]))
REFERENCES = st.sampled_from(["${q1}", "${q2}", "${q3}", "."])
SIMPLE = st.one_of(
    st.builds("{} {} {}".format, REFERENCES, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), NUMBERS),
    st.builds("selected({}, '{}')".format, REFERENCES, st.sampled_from(["1", "yes", "one", "x"])),
    st.builds("count-selected({}) {} {}".format, REFERENCES, st.sampled_from(["<=", ">="]), NUMBERS),
)
EXPRESSIONS = st.one_of(
    st.none(), SIMPLE, SIMPLE, st.builds("({}) {} {}".format, SIMPLE, st.sampled_from(["and", "or"]), SIMPLE), SIMPLE.map("not({})".format), WILD)
APPEARANCES = st.sampled_from([None, "likert", "minimal", "list-nolabel", "label", "table-list", "w1 table-list"])
PARAMETERS = st.one_of(st.none(), st.builds("start={} end={} step={}".format, NUMBERS, NUMBERS, NUMBERS), WILD)
REQUIRED = st.sampled_from([None, "yes", "no", True, 1, "${q1} = 1"])
COLUMNS = ["type", "name", "hint", "required", "relevant", "constraint", "appearance", "parameters", "default", "disabled"]


@st.composite
def rows(draw: Any, labels: int, depth: int = 0) -> list[list[Any]]:
    """Questions, with groups among them down to the third depth."""
    found: list[list[Any]] = []
    for _number in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 9)) == 0:
            found += [draw(one_row(labels, st.just("begin_group"), "table-list")), *(draw(one_row(labels, st.just("select_one five"))) for _row in range(3))]
            found.append(["end_group"])
        elif depth < 3 and draw(st.integers(0, 3)) == 0:
            kind = draw(st.sampled_from(["group", "repeat"]))
            found.append(draw(one_row(labels, st.just(f"begin {kind}"))))
            found += draw(rows(labels, depth + 1))
            found.append([f"end_{kind}"])
        else:
            found.append(draw(one_row(labels, TYPES)))
    return found


@st.composite
def one_row(draw: Any, labels: int, types: Any, appearance: str | None = None) -> list[Any]:
    plain = [draw(one) for one in (types, NAMES, TEXTS, REQUIRED, EXPRESSIONS, EXPRESSIONS, APPEARANCES, PARAMETERS, TEXTS)]
    plain[6] = appearance or plain[6]
    return [*plain, None, *(draw(TEXTS) for _label in range(labels))]


@st.composite
def choices(draw: Any, languages: list[str]) -> list[list[Any]]:
    names = {"two": ["yes", "no"], "five": [5, 4, 3, 2, 1, 99], "zero": [0, 1, 2.0, 3], "words": ["one", "one", "두 번째", "a b", "x" * 70],
             "single": ["x"], "panels": ["us", "US", "Us!"]}
    return [["list_name", "name", *languages], *([name, code, *(draw(TEXTS) for _language in languages)] for name, codes in names.items() for code in codes)]


@st.composite
def forms(draw: Any) -> dict[str, Rows]:
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=4, unique=True))
    survey = [[*COLUMNS, *languages], ["text", "always", *[None] * 8, "Always there"], *draw(rows(len(languages)))]
    default = draw(st.sampled_from([None, "English (en)", "ko", "French", "Elvish"]))
    settings = [["form_title", "form_id", "default_language"], [draw(TEXTS), draw(TEXTS), default]]
    return {"survey": survey, "choices": draw(choices(languages)), "settings": settings}
