"""No Python call that shows a text to a person has it unwrapped: refusals, mistakes in files, messages, forms, page texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveys import exceptions
from tests.translations.catalogues import ROOT, script

WRAPPERS = set(script().KEYWORDS) | {"format_lazy"}
REFUSALS = {name for name, found in vars(exceptions).items() if isinstance(found, type) and issubclass(found, Exception)} | {"NextStep", "ValidationError"}
MESSAGES = {"success", "info", "warning", "error"}  # of django.contrib.messages
FIRST_TEXT = {"add_error": 1, "refuse": 0, "stop": 1, "in_line": 1, "Problem": 1}
KEYWORDS_SHOWN = {"label", "help_text", "wanted", "verbose_name"}
NAMES_SHOWN = {"wanted", "label", "help_text"}  # assigned in a class or to self
EVERYWHERE = [path for path in script().modules() if "management" not in path.parts and "/embedded/" not in str(path) and "/demo/" not in str(path)]
# What no page shows as it is: the operators' own pages, how rows are named in a shell, statistics, which know no Django, and reasons in files,
# which are English like a file's other words.
NOT_SHOWN = ("accounts/admin.py", "surveys/models/", "analysis/models.py", "analysis/statistics/", "analysis/disclosure/", "analysis/tables/")


def is_bare(node: ast.expr) -> bool:
    """Is a text with letters in this expression that no wrapper has seen? Names and calls of our own are taken on trust."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(sign.isalpha() for sign in node.value)
    if isinstance(node, ast.JoinedStr):
        return any(is_bare(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp):
        return is_bare(node.left) or (isinstance(node.op, ast.Add) and is_bare(node.right))
    if isinstance(node, ast.IfExp):
        return is_bare(node.body) or is_bare(node.orelse)
    if isinstance(node, ast.BoolOp):
        return any(is_bare(value) for value in node.values)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(is_bare(entry) for entry in node.elts)
    if isinstance(node, ast.ListComp):
        return is_bare(node.elt)
    return False


def hidden_from_the_catalogues(tree: ast.AST) -> list[int]:
    """Lines where a text is wrapped inside an f-string: the catalogues' reader does not look into these."""
    inside = [node for joined in ast.walk(tree) if isinstance(joined, ast.JoinedStr) for node in ast.walk(joined)]
    return [node.lineno for node in inside if isinstance(node, ast.Call) and name_of(node) in WRAPPERS]


def test_no_text_is_wrapped_where_the_catalogues_do_not_look() -> None:
    found = {str(path.relative_to(ROOT)): hidden_from_the_catalogues(ast.parse(path.read_text())) for path in script().modules()}
    assert not {path: lines for path, lines in found.items() if lines}


def is_sentence(node: ast.expr) -> bool:
    """Two words side by side that nothing has wrapped: what functions return to be shown."""
    bare = [part for part in (node.elts if isinstance(node, ast.Tuple) else [node]) if is_bare(part)]
    return any(re.search(r"[a-z]{2} [a-z]{2}", text) for part in bare for text in literals(part))


def literals(node: ast.expr) -> list[str]:
    """The texts in an expression that stand in no call."""
    if isinstance(node, ast.Call):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for text in literals(child)]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def shown_by(call: ast.Call, path: Path) -> Iterator[ast.expr]:
    """The arguments of a call that a person gets to read."""
    name, owner = name_of(call), ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if name in REFUSALS or (name == "ValueError" and path.parent == ROOT / "surveys" / "items"):
        yield from call.args
    elif name in MESSAGES and owner == "messages":
        yield from call.args[1:]
    elif name in FIRST_TEXT and len(call.args) > FIRST_TEXT[name]:
        yield call.args[FIRST_TEXT[name]]
    elif name == "add" and owner.endswith("report") and len(call.args) > 1:
        yield call.args[1]
    elif name == "append" and owner.endswith("problems"):
        yield from call.args
    yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS_SHOWN)


def bare_texts(tree: ast.AST, path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) not in WRAPPERS:
            found += [f"{node.lineno}: {ast.unparse(shown)[:80]}" for shown in shown_by(node, path) if is_bare(shown)]
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None and is_sentence(node.value):
            found.append(f"{node.lineno}: {ast.unparse(node.value)[:80]}")
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.JoinedStr | ast.IfExp) and is_bare(node.value):
            names = {target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "") for target in node.targets}
            found += [f"{node.lineno}: {ast.unparse(node.value)[:80]}"] if names & NAMES_SHOWN else []
    return found


@pytest.mark.parametrize("module", EVERYWHERE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_that_is_shown_is_wrapped(module: Path) -> None:
    if not str(module.relative_to(ROOT)).startswith(NOT_SHOWN):
        assert bare_texts(ast.parse(module.read_text()), module) == []


@pytest.mark.parametrize(("code", "is_found"), [
    ('raise NotReady("Too early.")', True),
    ('raise NotReady(f"Round {number} is open.")', True),
    ('raise NotReady("Round %(n)s is open." % {"n": 1})', True),
    ('raise NotReady(_("Too early."))', False),
    ('raise NotReady(_("Round %(n)s is open.") % {"n": 1})', False),
    ('raise FileRefused([f"line {line}: {problem}"])', True),
    ('place.refuse("is missing" if a else _("is empty"))', True),
    ('messages.success(request, "Done.")', True),
    ('form.add_error(None, "Wrong.")', True),
    ('forms.CharField(label="Name")', True),
    ('forms.CharField(label=_("Name"))', False),
    ('wanted = "a number"', True),
    ('log.error("counting failed")', False),
    ('def check():\n    yield f"there is no item {code}"', True),
    ('def check():\n    yield "options", _("needs two options")', False),
])
def test_this_test_sees_texts_that_are_not_wrapped(code: str, is_found: bool) -> None:
    assert bool(bare_texts(ast.parse(code), ROOT / "surveys" / "any.py")) is is_found


def test_texts_wrapped_when_a_module_is_read_are_lazy() -> None:
    """`gettext` at module level would take the language of whoever came first, for everybody."""
    found = []
    for path in script().modules():
        tree = ast.parse(path.read_text())
        lazy = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
                if node.module == "django.utils.translation" and alias.name.endswith(("_lazy", "_noop"))}
        found += [f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls_at_import(tree) if name_of(call) in WRAPPERS - lazy - {"format_lazy"}
                  and not name_of(call).endswith("_lazy")]
    assert found == []


def calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Calls that run when the module is read: not those inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls_at_import(child)
