"""What goes into the text methods and what comes out: frozen, plain, ready to be stored or printed.

It refuses what it was not made for with a clear error, and behaviour beyond derived counts; how the values are
found is said in the other modules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from types import MappingProxyType

METHOD_VERSION = "4"
UNSURE = "und"  # BCP 47: undetermined

Progress = Callable[[str, float], None]
"""Called with the name of the step and the share of the whole done (0 to 1, never falling); may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Text:
    """One contribution. `body` is never altered: every quote is a slice of it.

    Raises TypeError where a field is no string (the last three may be None).
    """

    id: str
    body: str
    language: str | None = None
    author: str | None = None
    stance: str | None = None

    def __post_init__(self) -> None:
        for name in ("id", "body", "language", "author", "stance"):
            value = getattr(self, name)
            if not isinstance(value, str) and (value is not None or name in ("id", "body")):
                raise TypeError(f"the {name} of a text must be a string, not {type(value).__name__}")


def in_order(texts: Iterable[Text]) -> list[Text]:
    """Texts by id. Raises TypeError where one is no `Text`, ValueError where two share an id."""
    given = list(texts)
    for text in given:
        if not isinstance(text, Text):
            raise TypeError(f"a contribution must be a Text, not {type(text).__name__}")
    ordered = sorted(given, key=lambda text: text.id)
    for one, other in pairwise(ordered):
        if one.id == other.id:
            raise ValueError(f"two texts have the id {one.id!r}")
    return ordered


@dataclass(frozen=True, slots=True)
class Copy:
    """One text that repeats another. `kind` is "exact" or "near"; `addition` is what its author added."""

    id: str
    of: str
    kind: str
    similarity: float
    addition: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """All repetitions in a corpus of `n` texts; a text that is not listed repeats nobody."""

    n: int
    copies: tuple[Copy, ...]

    @property
    def of(self) -> Mapping[str, str]:
        """Copy id -> id of the text it repeats."""
        return MappingProxyType({copy.id: copy.of for copy in self.copies})

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Id of the repeated text -> ids of the whole group, the repeated text first."""
        groups: dict[str, list[str]] = {}
        for copy in self.copies:
            groups.setdefault(copy.of, [copy.of]).append(copy.id)
        return MappingProxyType({first: tuple(ids) for first, ids in groups.items()})

    @property
    def distinct(self) -> int:
        """How many different texts there are."""
        return self.n - len(self.copies)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a contribution: `body[start:end]` of the text whose id is `source`, character for character."""

    source: str
    start: int
    end: int

    def of(self, body: str) -> str:
        """The quoted words, given the body of the source."""
        return body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Theme:
    """What several contributions speak about: a draft for an editor, traceable to every member.

    `members` holds the ids of all contributions, copies included; `people` the distinct known authors;
    `stances` and `languages` count members; `medoid` is the sentence nearest to the middle of the theme.
    """

    id: str
    label: str
    phrases: tuple[str, ...]
    members: tuple[str, ...]
    people: tuple[str, ...]
    anonymous: int
    distinct_texts: int
    stances: Mapping[str, int]
    languages: Mapping[str, int]
    quotes: tuple[Quote, ...]
    medoid: Quote
    minority: bool
    phrases_by_language: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def contributions(self) -> int:
        """How many contributions, copies included."""
        return len(self.members)

    @property
    def contributors(self) -> int:
        """How many distinct known authors; contributions without author are in `anonymous`."""
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one contribution stands: "themed", "unassigned", "copy" or "left_out".

    `themes` lists its themes, the one that holds most of it first (a copy stands where its original stands).
    """

    id: str
    place: str
    themes: tuple[str, ...] = ()
    copy_of: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ledger: every contribution exactly once, so that the four numbers add up to `n`."""

    n: int
    places: tuple[Place, ...]

    def ids(self, place: str) -> tuple[str, ...]:
        """Ids that stand in one place: "themed", "unassigned", "copy" or "left_out"."""
        return tuple(entry.id for entry in self.places if entry.place == place)

    @property
    def counts(self) -> Mapping[str, int]:
        """Place -> number of contributions; the sum is `n`."""
        counts = {"themed": 0, "unassigned": 0, "copy": 0, "left_out": 0}
        for entry in self.places:
            counts[entry.place] += 1
        return MappingProxyType(counts)

    @property
    def reasons(self) -> Mapping[str, int]:
        """Reason for being left out -> number of contributions."""
        reasons: dict[str, int] = {}
        for entry in self.places:
            if entry.reason is not None:
                reasons[entry.reason] = reasons.get(entry.reason, 0) + 1
        return MappingProxyType(dict(sorted(reasons.items())))


@dataclass(frozen=True, slots=True)
class Minority:
    """Views that averages hide: what stands alone, what is far from every theme, rare stances and languages.

    Each field lists ids of contributions; `stances` and `languages` map the rare value to its ids. `lonely` stand in a
    theme and are unlike everything else, the loneliest first.
    """

    singletons: tuple[str, ...]
    outliers: tuple[str, ...]
    lonely: tuple[str, ...]
    stances: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """What an analyst may set; printed with every build. Similarities are cosines between 0 and 1.

    Raises ValueError for what no build could follow.
    """

    most_clusters: int = 70
    merge_above: float = 0.4
    assign_above: float = 0.2
    same_theme_above: float = 0.3
    quotes: int = 5
    phrases: int = 8
    minority_share: float = 0.005
    rare_share: float = 0.1
    lonely_share: float = 0.02
    seed: int = 20

    def __post_init__(self) -> None:
        for name, least, most in (
            ("most_clusters", 2, 1_000),
            ("merge_above", 0, 1),
            ("assign_above", 0, 1),
            ("same_theme_above", 0, 1),
            ("quotes", 1, 100),
            ("phrases", 1, 100),
            ("minority_share", 0, 1),
            ("rare_share", 0, 1),
            ("lonely_share", 0, 1),
            ("seed", 0, 2**32 - 1),
        ):
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} must lie between {least} and {most}, not at {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Themes:
    """One build: themes, what is in none of them, copies, the ledger, and what it was made with."""

    themes: tuple[Theme, ...]
    unassigned: tuple[str, ...]
    copies: Copies
    coverage: Coverage
    minority: Minority
    settings: ThemeSettings
    embedder: str
    versions: Mapping[str, str]
    fingerprint: str

    def to_json(self) -> str:
        """The whole build as canonical JSON: the same build gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
