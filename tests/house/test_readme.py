"""What the README promises exists: targets of make, commands, links, pictures, addresses, sign-ins."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

from demo.stories import town

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", README) + re.findall(r"```sh\n(.*?)```", README, re.S)


def test_targets_of_make_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {target for code in CODE for target in re.findall(r"\bmake ([a-z]+)", code)}
    assert named == {"run", "test", "check", "bench"}
    assert named <= targets


def test_commands_exist():
    table = README.split("| command of `manage.py` | does |", 1)[1].split("\n\n", 1)[0]
    first = [re.findall(r"`([a-z_]+)", row.split("|")[1]) for row in table.strip().splitlines()[1:]]
    named = {name for row in first for name in row}
    named |= {name for code in CODE for name in re.findall(r"manage\.py ([a-z_]+)", code)}
    assert len(named) > 10
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_links_and_pictures_lead_somewhere(link):
    if link.startswith("http://127.0.0.1:8000/"):
        resolve(link.removeprefix("http://127.0.0.1:8000"))
    else:
        assert (ROOT / link).exists()


def test_pictures_are_small():
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 4
    assert [name for name in pictures if (ROOT / name).stat().st_size > 150_000] == []


@pytest.mark.parametrize("address", sorted({code for code in CODE if re.fullmatch(r"/[a-z0-9/.-]*", code)}))
def test_addresses_of_the_tour_are_pages(address):
    assert resolve(address).func


def test_sign_ins_are_those_of_the_stories():
    named = set(re.findall(r"`([a-z]+@rembuk\.example)`", README))
    assert named == {one.email for one in town.SIGN_INS}
    assert f"`{town.PASSWORD}`" in README


def test_settings_are_documented():
    table = README.split("| setting | meaning |", 1)[1].split("\n\n", 1)[0]
    named = set(re.findall(r"^\| `([A-Z_]+)`", table, re.M))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.M))
    assert len(named) > 5
    assert named - documented == set()
