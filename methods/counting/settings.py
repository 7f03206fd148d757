"""Settings that are frozen when a poll opens: which exist, what they default to, what each may be.

Refuses names that no rule knows, because a misspelt setting would silently count by the default.

>>> dict(freeze(("overvote", "seed"), {"seed": "12 Nov, 44.102"}))
{'invalid': 'raise', 'overvote': 'exhaust', 'seed': '12 Nov, 44.102'}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

Settings = Mapping[str, Any]
NO_SETTINGS: Settings = MappingProxyType({})

# The first of each is the default.
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "skipped": ("skip", "exhaust", "exhaust_two"),
    "duplicates": ("ignore", "exhaust"),
    "overvote": ("exhaust", "skip"),
    "invalid": ("raise", "count"),
    "variant": ("skip", "stop", "threshold"),
    "completion": ("add1u", "none", "add1", "add1_comparison"),
}
# Whole numbers: the least that each may be. Those without a default in DEFAULTS may be None.
NUMBERS = {"max_choices": 1, "seats": 1, "increment": 1, "budget": 0, "ballot_limit": 0, "credits": 0, "threshold": 0}
TEXTS = frozenset({"poll", "seed"})
DEFAULTS: Settings = {"seats": 1, "increment": 1, "scale": (0, 5), "limit": 0}
EVERY_RULE = ("invalid",)


@dataclass(frozen=True)
class Form:
    """What a rule is told beside the ballots: ids in their order (`given`: as the poll names them), and frozen
    settings."""

    options: tuple[str, ...]
    known: frozenset[str]
    given: tuple[str, ...]
    settings: Settings


def freeze(names: Sequence[str], given: Settings, own: Settings = NO_SETTINGS) -> Settings:
    """The settings that a rule applies, complete with defaults and read-only.

    names: those that the rule uses. given: what the poll says; a setting of another rule is left out, so that
    one set of settings can be counted under several rules. own: defaults of this rule. Raises ValueError for an
    unknown name or value.
    """
    for name, value in given.items():
        _check(name, value)
    used = sorted({*names, *EVERY_RULE})
    return MappingProxyType({name: _kept(name, given.get(name, own.get(name, _default(name)))) for name in used})


def _default(name: str) -> object:
    return ONE_OF[name][0] if name in ONE_OF else "" if name in TEXTS else DEFAULTS.get(name)


def _kept(name: str, value: Any) -> object:
    """The value as rules read it and nobody changes it: a scale as its lowest and highest score."""
    if name == "scale":
        return (0, value) if isinstance(value, int) else (min(value), max(value))
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else value


def is_whole(value: object, least: int) -> bool:
    """Whether a value is a whole number of at least `least`; True and False are none."""
    return value.__class__ is int and isinstance(value, int) and value >= least


def _check(name: str, value: Any) -> None:
    if name in ONE_OF:
        fine, wanted = value in ONE_OF[name], "one of " + ", ".join(ONE_OF[name])
    elif name in TEXTS:
        fine, wanted = isinstance(value, str), "a text"
    elif name in NUMBERS:
        fine = is_whole(value, NUMBERS[name]) or (value is None and name not in DEFAULTS)
        wanted = f"a whole number of {NUMBERS[name]} or more"
    elif name == "costs":
        fine = isinstance(value, Mapping) and all(is_whole(cost, 0) for cost in value.values())
        wanted = "a mapping from options to whole numbers of 0 or more"
    elif name == "scale":
        ends = [0, value] if isinstance(value, int) else list(value) if isinstance(value, tuple | list | range) else []
        fine = len(ends) > 1 and all(one.__class__ is int for one in ends) and min(ends) < max(ends)
        wanted = "the highest score, or the lowest and the highest"
    elif name == "limit":
        fine, wanted = _is_share(value), "a share from 0 to 1, as a whole number, a Fraction or a text such as '1/10'"
    elif name == "objection":
        fine, wanted = isinstance(value, str), "an option"
    else:
        raise ValueError(f"unknown setting {name!r}")
    if not fine:
        raise ValueError(f"setting {name!r} must be {wanted}, not {value!r}")


def _is_share(value: object) -> bool:
    try:
        return value.__class__ in (int, Fraction, str) and 0 <= Fraction(value) <= 1  # type: ignore[arg-type]
    except (ValueError, ZeroDivisionError):
        return False
