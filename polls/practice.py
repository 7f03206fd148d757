"""Ballots to practise on: a question of every kind, and nine ballots of others. Nothing of it is stored or counted."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from polls.actions.counting import Sums
from polls.models import RULES, Poll, Question, QuestionKind

OTHERS = 9  # ballots that lie in the box before
KINDS = [kind for kind in QuestionKind if RULES[kind][0]]
TREES = [
    gettext_lazy("Mango"), gettext_lazy("Papaya"), pgettext_lazy("a fruit tree", "Guava"), gettext_lazy("Banana"),
]  # fmt: skip
COSTS = [400, 250, 150, 300]
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "several": {"max_choices": 2},
    "score": {"scale": [0, 5]},
    "quadratic": {"credits": 16},
    "budget": {"budget": 700, "unit": "Rp"},
    "consent": {"limit": "0.2"},
}
BOXES: Mapping[str, Mapping[str, int]] = {
    "single": {'["o1"]': 4, '["o2"]': 3, '["o3"]': 2},
    "several": {'["o1","o2"]': 4, '["o2","o3"]': 3, '["o4"]': 2},
    "approval": {'["o1","o2"]': 4, '["o2","o3","o4"]': 3, '["o3"]': 2},
    "score": {'{"o1":5,"o2":3}': 4, '{"o2":5,"o3":4}': 3, '{"o3":5,"o4":1}': 2},
    "ranking": {'["o1","o3"]': 4, '["o2","o3","o1"]': 3, '["o3","o2"]': 2},
    "budget": {'["o1","o3"]': 4, '["o2","o4"]': 3, '["o3","o4"]': 2},
    "quadratic": {'{"o1":4}': 2, '{"o2":3,"o3":2}': 4, '{"o1":2,"o4":3}': 3},
    "consent": {'["agree"]': 6, '["notes"]': 2, '["object"]': 1},
}


def practice_poll(kind: str) -> Poll:
    """A poll that was never saved, with one question of `kind`, one of `KINDS`."""
    now = timezone.now()
    poll = Poll(title=_("Which tree shall be planted at the well?"), mode="open", opens_at=now, closes_at=now)
    options: list[dict[str, Any]] = [{"key": f"o{number}", "text": str(tree)} for number, tree in enumerate(TREES, 1)]
    if kind == QuestionKind.CONSENT:
        poll.title, options = _("A mango tree shall be planted at the well."), []
    if kind == QuestionKind.BUDGET:
        options = [{**one, "cost": cost} for one, cost in zip(options, COSTS, strict=True)]
    facts: dict[str, Any] = {"key": "q1", "position": 1, "text": poll.title, "kind": kind, "rule": RULES[kind][0]}
    question = Question(poll=poll, options=options, settings=dict(SETTINGS.get(kind, {})), **facts)
    vars(poll)["sheet"] = [question]
    return poll


def box_with(kind: str, paper: str) -> Sums:
    """The ballots of the others and `paper`, added up."""
    box = dict(BOXES[kind])
    mine = json.dumps(json.loads(paper), sort_keys=True, separators=(",", ":"))
    return {**box, mine: box.get(mine, 0) + 1}
