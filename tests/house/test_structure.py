"""The rules of the house that no linter knows: directions of relations, sizes, templates, decisions."""

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from methods.ledger.making import RECOUNT, make

ROOT = Path(__file__).parents[2]
FLOORS = [
    {layer.strip() for layer in line.split("|")}
    for line in next(
        contract["layers"]
        for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
]
ROOMS = [*settings.ROOMS, "methods", "demo", "config"]
GENERIC_ALLOWED = {"moderation", "summaries", "notifications"}
# Files and functions that are over the size of the house, and why.
LONG_FILES: dict[str, str] = {
    "methods/ledger/recount.py": "one file for outsiders, made from the sources by methods/ledger/making.py",
}
LONG_FUNCTIONS: dict[str, str] = {}


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def python_files() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return node.end_lineno - body[0].lineno + 1 if body else 0


def own_models() -> list[type]:
    return [model for room in settings.ROOMS for model in apps.get_app_config(room).get_models()]


def test_relations_go_downstairs():
    wrong = []
    for model in own_models():
        room = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if not target or field.auto_created or target._meta.app_label not in settings.ROOMS:
                continue
            other = target._meta.app_label
            if other != room and floor(other) <= floor(room):
                wrong.append(f"{model._meta.label}.{field.name} → {other}")
    assert wrong == []


def test_relations_across_rooms_are_named_by_class():
    pattern = re.compile(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](\w+)\.")
    wrong = [str(path) for path in python_files() if pattern.search(path.read_text())]
    assert wrong == []


def test_generic_relations_stay_in_their_rooms():
    wrong = [
        model._meta.label
        for model in own_models()
        if model._meta.private_fields and model._meta.app_label not in GENERIC_ALLOWED
    ]
    assert wrong == []


def test_files_stay_small():
    long = {str(path.relative_to(ROOT)) for path in python_files() if len(path.read_text().splitlines()) > 300}
    assert long == set(LONG_FILES)


def test_functions_stay_small():
    long = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > 40:
                long.add(f"{path.relative_to(ROOT)}:{node.name}")
    assert long == set(LONG_FUNCTIONS)


def test_modules_say_what_they_are_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_actions_are_keyword_only_and_documented():
    wrong = []
    for path in python_files():
        if path.name != "actions.py" and path.parent.name != "actions":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
                if atomic and (node.args.args or not ast.get_docstring(node)):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []


def test_no_room_is_a_junk_drawer():
    refused = {"core", "common", "utils", "helpers", "services", "lib"}
    assert [path.name for path in ROOT.iterdir() if path.is_dir() and path.name in refused] == []
    assert [str(path) for path in python_files() if path.stem in refused] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline style", re.compile(r"<[^>]*\sstyle=", re.S)),
        ("inline handler", re.compile(r"<[^>]*\son[a-z]+=", re.S)),
        ("inline style sheet", re.compile(r"<style")),
        ("inline script", re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))")),
        ("the filter safe", re.compile(r"\|\s*safe\b|autoescape off")),
    ],
)
def test_templates_have_no(what, pattern):
    wrong = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))
             if pattern.search(path.read_text())]  # fmt: skip
    assert wrong == []


def test_pages_have_one_h1_block():
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        if text.startswith("{% extends") and text.count("<h1") > 1 and "{% else %}" not in text:
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_the_program_that_counts_again_is_what_the_sources_make():
    committed = RECOUNT.read_text(encoding="utf-8")
    made = ast.dump(ast.parse(make()))
    assert ast.dump(ast.parse(committed)) == made, "run `python -m methods.ledger.making`"


def test_decisions_are_numbered_once():
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [name[:4] for name in names]
    assert [one for one, other in pairwise(numbers) if one == other] == []
    assert [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []


def test_settings_are_documented():
    read = set()
    for path in [ROOT / "config" / "settings.py", *(ROOT / "config").glob("*.py")]:
        read |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.M))
    assert documented == read | {"REMBUK_DATA"}


def test_environment_is_read_in_config_only():
    allowed = {"config", "demo", "jobs"}  # jobs: a server tells its worker which process it belongs to
    wrong = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if "os.environ" in path.read_text() and path.relative_to(ROOT).parts[0] not in allowed
    ]
    assert wrong == []
