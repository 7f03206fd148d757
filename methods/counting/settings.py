"""Settings that are frozen when a poll opens: which exist, what they default to, what each may be.

Refuses names that no rule knows, because a misspelt setting would silently count by the default.

>>> dict(freeze(("overvote", "seed"), {"seed": "12 Nov, 44.102"}))
{'invalid': 'raise', 'overvote': 'exhaust', 'seed': '12 Nov, 44.102'}
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

Settings = Mapping[str, object]
NO_SETTINGS: Settings = MappingProxyType({})

# The first of each is the default.
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "skipped": ("skip", "exhaust", "exhaust_two"),
    "duplicates": ("ignore", "exhaust"),
    "overvote": ("exhaust", "skip"),
    "invalid": ("raise", "count"),
}
TEXTS = frozenset({"poll", "seed"})
LIMITS = frozenset({"max_choices"})
EVERY_RULE = ("invalid",)


def freeze(names: Sequence[str], given: Settings) -> Settings:
    """The settings that a rule applies, complete with defaults and read-only.

    names: those that the rule uses. given: what the poll says; a setting of another rule is left out, so that
    one set of settings can be counted under several rules. Raises ValueError for an unknown name or value.
    """
    for name, value in given.items():
        _check(name, value)
    used = sorted({*names, *EVERY_RULE})
    return MappingProxyType({name: given.get(name, _default(name)) for name in used})


def _default(name: str) -> object:
    if name in ONE_OF:
        return ONE_OF[name][0]
    return "" if name in TEXTS else None


def _check(name: str, value: object) -> None:
    if name in ONE_OF:
        fine, wanted = value in ONE_OF[name], "one of " + ", ".join(ONE_OF[name])
    elif name in TEXTS:
        fine, wanted = isinstance(value, str), "a text"
    elif name in LIMITS:
        fine = value is None or (value.__class__ is int and isinstance(value, int) and value > 0)
        wanted = "a whole number above 0, or None"
    else:
        raise ValueError(f"unknown setting {name!r}")
    if not fine:
        raise ValueError(f"setting {name!r} must be {wanted}, not {value!r}")
