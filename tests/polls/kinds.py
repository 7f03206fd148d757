"""A poll with a question of every kind, and a vote in it, as the form of the page sends it."""

from typing import Any

from polls.models import Poll
from tests.polls.factories import make_poll

PROJECTS = [
    {"text": "Drain", "cost": 60, "note": "in the lower street"},
    {"text": "Lamps", "cost": 50},
    {"text": "Playground", "cost": 40},
]
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"text": "Which colour?", "kind": "single"},
    {"text": "Which days?", "kind": "several", "settings": {"max_choices": 2}, "required": False},
    {"text": "What is acceptable?", "kind": "approval"},
    {"text": "How good?", "kind": "score", "settings": {"scale": [0, 5]}},
    {"text": "In which order?", "kind": "ranking"},
    {
        "text": "Which projects?", "kind": "budget", "options": PROJECTS, "rule": "budget_equal_shares",
        "settings": {"budget": 100, "ballot_limit": 100, "unit": "Rp", "increment": 1},
    },
    {"text": "Which weigh how much?", "kind": "quadratic", "settings": {"credits": 10}},
    {"text": "Shall we?", "kind": "consent", "options": [], "settings": {"limit": "10/100"}},
    {"text": "How old?", "kind": "number", "options": [], "settings": {"low": 0, "high": 120, "unit": "years"}},
    {
        "text": "Why green?", "kind": "text", "options": [],
        "show_if": {"question": "q1", "options": ["o1"]},
    },
)  # fmt: skip
SENT: dict[str, Any] = {
    "q1": "o1", "q2": ["o2", "o1"], "q3": ["o1", "o3"], "q4-o1": "5", "q4-o2": "0", "q5-o1": "2", "q5-o3": "1",
    "q6": ["o2", "o3"], "q7-o1": "3", "q7-o2": "1", "q8": "object", "q8-reason": "The river floods there.",
    "q9": "34", "q10": "Because of the trees.",
}  # fmt: skip
PAPERS = {
    "q1": '["o1"]', "q2": '["o1","o2"]', "q3": '["o1","o3"]', "q4": '{"o1":5,"o2":0}', "q5": '["o3","o1"]',
    "q6": '["o2","o3"]', "q7": '{"o1":3,"o2":1}', "q8": '["object"]', "q9": "34",
}  # fmt: skip


def make_survey(**fields: Any) -> Poll:
    """A poll that asks one question of every kind."""
    questions = [one | {"options": [*one["options"]]} if "options" in one else one for one in QUESTIONS]
    return make_poll(title="Survey of the square", questions=questions, **fields)
