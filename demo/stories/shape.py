"""The shape of a story, and the reading of its texts from `demo/texts/<story>/`. Days count from today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consultations.models import PhaseKind, Stance
from polls.models import BallotMode, CountingRule, QuestionKind, Results

TEXTS = Path(__file__).parents[1] / "texts"


@dataclass(frozen=True)
class Reply:
    """What somebody answers. `nested`: to the words just above, `official`: by the office that consults."""

    language: str
    body: str
    nested: bool = False
    official: bool = False


@dataclass(frozen=True)
class Said:
    """A comment on the clause with the number `clause` ("": on the whole), with its replies."""

    clause: str
    stance: Stance
    language: str
    body: str
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A thread of the forum; its first post opens it."""

    title: str
    tags: tuple[str, ...]
    posts: tuple[Reply, ...]


@dataclass(frozen=True)
class Claim:
    """A statement, and how most people and some others lean to it (−1 disagree … 1 agree)."""

    body: str
    most: float
    some: float


@dataclass(frozen=True)
class PollPlan:
    """A poll and its votes: a vote is a choice of option numbers from 1, with how many cast it.

    A poll of several questions has their fields in `survey`, and whole votes in `sheets`: answers and texts by the
    question's key, with how many gave them.
    """

    question: str
    opens: int
    closes: int
    options: tuple[str, ...] = ()
    votes: tuple[tuple[tuple[int, ...], int], ...] = ()
    survey: tuple[Mapping[str, Any], ...] = ()
    sheets: tuple[tuple[Mapping[str, Any], Mapping[str, str], int], ...] = ()
    kind: QuestionKind = QuestionKind.SINGLE
    rule: CountingRule = CountingRule.PLURALITY
    mode: BallotMode = BallotMode.CONFIDENTIAL
    results: Results = Results.AFTER_CLOSING
    level: int = 1
    lot: tuple[str, str] = ("", "")  # the public value that was announced, and what takes its place
    max_choices: int = 1
    households: int = 0  # places on the roll of an invited poll; 0 where no roll is fixed
    requirements: Mapping[str, Any] = field(default_factory=dict)
    breakdown: str = ""
    papers: str = ""  # a bundle of paper ballots, sheet by sheet: the numbers of options


@dataclass(frozen=True)
class Answer:
    """What was decided about the theme in which the most of `words` occur; `clause` is a number of the newest text."""

    words: tuple[str, ...]
    label: str
    outcome: str
    reason: str
    clause: str = ""


@dataclass(frozen=True)
class Version:
    """A text of the draft: its file, the day on which it was published, and what changed."""

    file: str
    day: int
    note: str = ""


@dataclass(frozen=True)
class Story:
    """A consultation with everything that happened in it. `speaking`: the days in which people wrote."""

    key: str
    title: str
    slug: str
    question: str
    decided: str
    changeable: str
    legal_basis: str
    responsible: str
    document: str
    tags: tuple[str, ...]
    created: int
    answer_due: int
    phases: tuple[tuple[PhaseKind, str, int, int | None], ...]
    versions: tuple[Version, ...]
    speaking: tuple[float, float]
    forum: str
    polls: tuple[PollPlan, ...] = ()
    conversation: str = ""
    queue: bool = False  # whether moderators have something to do
    summary: int | None = None  # the day on which it was built
    answered: int | None = None  # the day on which it was published with decisions
    answers: tuple[Answer, ...] = ()

    def text(self, file: str) -> str:
        return (TEXTS / self.key / file).read_text(encoding="utf-8")

    def _lines(self, file: str) -> list[str]:
        if not (TEXTS / self.key / file).exists():
            return []
        lines = self.text(file).splitlines()
        return [line for line in lines if line.strip() and not line.startswith("#")]

    def comments(self) -> list[Said]:
        """What people say about the draft."""
        found: list[tuple[list[str], list[Reply]]] = []
        for line in self._lines("comments.txt"):
            if line.startswith(">"):
                found[-1][1].append(_reply(line))
            else:
                found.append(([part.strip() for part in line.split("|", 3)], []))
        return [Said(one[0], Stance(one[1]), one[2], one[3], tuple(replies)) for one, replies in found]

    def campaign(self) -> list[str]:
        """One text that many people send, each a little different."""
        return self._lines("campaign.txt")

    def topics(self) -> list[Topic]:
        """The threads of the forum."""
        found: list[tuple[list[str], list[Reply]]] = []
        for line in self._lines("forum.txt"):
            if line.startswith("="):
                found.append(([part.strip() for part in line[1:].split("|")], []))
            else:
                found[-1][1].append(_reply(line))
        return [
            Topic(title, tuple(tag.strip() for tag in tags.split(",")), tuple(posts)) for (title, tags), posts in found
        ]

    def claims(self) -> list[Claim]:
        """The statements of the conversation."""
        rows = (line.rsplit("|", 2) for line in self._lines("statements.txt"))
        return [Claim(body.strip(), float(most), float(some)) for body, most, some in rows]

    def easy(self) -> dict[str, str]:
        """The summary in easy language, by language."""
        files = sorted((TEXTS / self.key).glob("easy.*.md"))
        return {file.name.split(".")[1]: file.read_text(encoding="utf-8") for file in files}

    def translations(self) -> list[tuple[str, str, str]]:
        """Quotes with a language and what they say in it."""
        rows = (line.split("|", 2) for line in self._lines("translations.txt"))
        return [(quote.strip(), language.strip(), text.strip()) for quote, language, text in rows]


def _reply(line: str) -> Reply:
    words = line.lstrip(">")
    language, body = words.split("|", 1)
    marks = len(line) - len(words)
    return Reply(language.strip(), body.strip(), nested=marks > 0, official=marks > 1)
