"""What is frozen and published when a poll opens: its questions and what is promised about them, as `rules.json`.

Refuses nothing that a poll may promise: what it says beyond the questions stands in `more`, word for word.

>>> rules = Rules("poll-7", [Question("q1", "single", "plurality", {"a": "Tram", "b": "Bus"})])
>>> import json
>>> json.loads(rules.as_file())["questions"][0]["settings"]
{'poll': 'poll-7/q1'}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .canon import written

PUBLICATIONS = ("full", "sealed", "withheld")


@dataclass(frozen=True)
class Question:
    """A question. kind: single, several, approval, score, ranking, budget, quadratic, consent, number or text (which
    has no box). rule: of `methods.counting`, "" where answers are only added up. options: key -> words, in the order of
    the page. settings: those of the rule; `poll`, which the lot hashes, is made from poll and question."""

    key: str
    kind: str
    rule: str
    options: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    text: str = ""

    def as_dict(self, poll: str) -> dict[str, object]:
        """The question as it stands in the `rules.json` of a poll."""
        options = [{"key": key, "text": words} for key, words in self.options.items()]
        settings = {"poll": f"{poll}/{self.key}", **self.settings}
        about = {"key": self.key, "kind": self.kind, "rule": self.rule, "text": self.text}
        return {**about, "options": options, "settings": settings}


@dataclass(frozen=True)
class Rules:
    """poll: its id, as in `poll-7`. mode: open, confidential or detached. publication: of full ballots: full, sealed
    (for named observers) or withheld. more: whatever else is frozen, as plain data: dates, who may vote, quorum, the
    public value that was announced for the lot and its fallback."""

    poll: str
    questions: Sequence[Question]
    mode: str = "confidential"
    publication: str = "full"
    more: Mapping[str, object] = field(default_factory=dict)

    def as_file(self) -> bytes:
        """The bytes of `rules.json`, whose hash opens the chain: keep them. Raises ValueError."""
        if self.publication not in PUBLICATIONS:
            raise ValueError(f"publication is one of {', '.join(PUBLICATIONS)}, not {self.publication!r}")
        questions = [question.as_dict(self.poll) for question in self.questions]
        own = {"poll": self.poll, "mode": self.mode, "publication": self.publication, "questions": questions}
        return written({**self.more, **own})
