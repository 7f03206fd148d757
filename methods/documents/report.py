"""The report of a consultation as plain, frozen data: what every document is made from.

It knows nothing of rows, requests or files. Ids are strings that the caller chose; they are what a figure is
traced to. People are never named here: a contribution carries an id, not an author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from methods.documents.beside import CampaignEntry, GroundEntry, GroupEntry, ModerationEntry, StatementEntry

LANGUAGES = ("id", "en")
STANCES = ("support", "support_with_changes", "unsure", "question", "oppose")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where the figures come from, so that a printed page can be checked against the site."""

    data_as_of: datetime
    filters: tuple[str, ...] = ()
    input_hash: str = ""
    verify_url: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One headline number; `note` says of how many, `contribution_ids` what it was counted from."""

    label: str
    value: int | float | str
    note: str = ""
    contribution_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Prose of the organiser before the findings: purpose, legal basis, who answers by when."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken over exactly from the contribution `source_id`: its `text[start:end]`."""

    text: str
    source_id: str
    language: str = ""
    where: str = ""
    stance: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the responsible office decided about a theme; `outcome` is the label people read."""

    outcome: str
    reason: str
    clause: str = ""
    by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme with its three honest counts, its stances, its quotes and its decision.

    `anonymous` contributions came without a name; `outside_campaigns` belong to no campaign; `reviewed` says that a
    person has looked at the theme, `checked` what a sample of it says.
    """

    number: int
    key: str
    label: str
    phrases: tuple[str, ...] = ()
    contributions: int = 0
    distinct: int = 0
    contributors: int = 0
    stances: Mapping[str, int] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()
    clauses: tuple[str, ...] = ()
    decision: Decision | None = None
    contribution_ids: tuple[str, ...] = ()
    minority: bool = False
    description: str = ""
    anonymous: int = 0
    outside_campaigns: int | None = None
    reviewed: bool = False
    checked: str = ""


@dataclass(frozen=True, slots=True)
class PollRow:
    """One option: its count, and its share of the count's whole (0 to 1) where one is meant."""

    option: str
    count: int | float
    share: float | None = None
    winner: bool = False


@dataclass(frozen=True, slots=True)
class PollRound:
    """One round of a run-off: the options still in it, and a sentence about what happened."""

    title: str
    rows: tuple[PollRow, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PollEntry:
    """A poll's public result; `url` is where its ballots or ledger can be checked, `head` that ledger's newest hash."""

    question: str
    rule: str
    sentence: str = ""
    turnout: str = ""
    rows: tuple[PollRow, ...] = ()
    rounds: tuple[PollRound, ...] = ()
    url: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A contribution that stands in no theme for a stated reason."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContributionEntry:
    """One contribution as it was written. `kind` and `stance` are codes; words come from `words.py`.

    What may not be shown (hidden, withdrawn) comes without its text: documents print all that they are given.
    `theme_numbers` begins with the theme where it stands first. `author` is a pseudonym of one package, empty without
    a name and in other files; `assigned_by` is `machine` or `person`; `removed` says that the text was shown once and
    is counted still.
    """

    id: str
    kind: str
    where: str = ""
    language: str = ""
    stance: str = ""
    text: str = ""
    submitted_at: datetime | None = None
    theme_numbers: tuple[int, ...] = ()
    copy_of: str = ""
    url: str = ""
    author: str = ""
    assigned_by: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a document of a consultation says.

    `labels` overrides or adds words for codes: `{"kind.petition": "Petisi", "stance.agree": "Setuju"}`.
    `revisions` tells what was removed since publication, `caveats` what the summary does not show, `audit` how it was
    checked, `voices` who took part and who is missing. For the open data alone: `publisher`, `licence` (an SPDX
    identifier), `attachments` (name -> file), and `counts`, the ledger as it was published (n, themed, unassigned,
    left_out, contributors).
    Raises ValueError for a language without a catalogue.
    """

    title: str
    language: str
    stamp: Stamp
    subtitle: str = ""
    key_figures: tuple[KeyFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    themes: tuple[ThemeEntry, ...] = ()
    polls: tuple[PollEntry, ...] = ()
    unassigned: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    contributions: tuple[ContributionEntry, ...] = ()
    method_notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    audit: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    campaigns: tuple[CampaignEntry, ...] = ()
    statements: tuple[StatementEntry, ...] = ()
    moderation: tuple[ModerationEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    grounds: tuple[GroundEntry, ...] = ()
    voices: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    publisher: str = ""
    licence: str = "CC-BY-4.0"
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"no catalogue for the language {self.language!r}; there are {', '.join(LANGUAGES)}")

    @property
    def is_empty(self) -> bool:
        """True when nothing was said and nothing was voted on."""
        return not (self.contributions or self.themes or self.polls)


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure of the report and the ids of the contributions that it counts."""

    figure: str
    value: int | float | str
    ids: tuple[str, ...] = ()


def place_of_each(report: Report) -> dict[str, str]:
    """Tell for each contribution where it stands in the ledger.

    Returns id -> 'left_out', 'copy', 'themed' or 'unassigned', the first that holds; a contribution that the
    caller placed nowhere is 'unassigned', because nothing may vanish.
    """
    left_out = {entry.id for entry in report.left_out}
    themed = {id_ for theme in report.themes for id_ in theme.contribution_ids}
    places: dict[str, str] = {}
    for entry in report.contributions:
        if entry.id in left_out:
            places[entry.id] = "left_out"
        elif entry.copy_of:
            places[entry.id] = "copy"
        elif entry.id in themed or entry.theme_numbers:
            places[entry.id] = "themed"
        else:
            places[entry.id] = "unassigned"
    return places


def stance_ids(report: Report, theme: ThemeEntry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each stance counted in a theme with the ids of its contributions, in the order of `STANCES`."""
    stance_of = {entry.id: entry.stance for entry in report.contributions}
    for stance in stance_order(theme.stances):
        yield stance, tuple(id_ for id_ in theme.contribution_ids if stance_of.get(id_) == stance)


def stance_order(stances: Mapping[str, int]) -> list[str]:
    """Sort the stances that occur: the known ones as they stand on a bar, then others by name."""
    known = [stance for stance in STANCES if stances.get(stance)]
    return known + sorted(stance for stance in stances if stance not in STANCES and stances[stance])
