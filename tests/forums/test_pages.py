"""How posts are set: three deep, in order, with what they answer."""

from datetime import UTC, datetime

from forums.pages import Entry, Facts, arrange


def entry(number: int, parent: int = 0) -> Entry:
    facts = Facts(
        pk=number, number=number, name="", html="", language="", created_at=datetime(2026, 5, 1, tzinfo=UTC),
        edited_at=None, is_held=False, is_hidden=False, support_count=0, is_supported=False, is_own=False,
        may_edit=False, answers=0, parent=parent, reason="",
    )  # fmt: skip
    return Entry(facts, parent)


def outline(*pairs: tuple[int, int]) -> list[tuple[int, int, int]]:
    """Number, depth and what it says that it answers, in the order of the page."""
    return [(e.facts.number, e.depth, e.facts.answers) for e in arrange([entry(*pair) for pair in pairs])]


def test_replies_stand_under_what_they_answer():
    assert outline((1, 0), (2, 1), (3, 0), (4, 2), (5, 1)) == [
        (1, 0, 0),
        (2, 1, 0),
        (4, 2, 0),
        (5, 1, 0),
        (3, 0, 0),
    ]


def test_replies_stand_three_deep_at_most_and_then_say_what_they_answer():
    assert outline((1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)) == [
        (1, 0, 0),
        (2, 1, 0),
        (3, 2, 0),
        (4, 3, 0),
        (5, 3, 4),
        (6, 3, 5),
    ]


def test_reply_to_another_page_says_what_it_answers():
    assert outline((21, 0), (22, 3)) == [(21, 0, 0), (22, 0, 3)]


def test_groups_of_replies_open_and_close_in_balance():
    entries = arrange([entry(*p) for p in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 1), (6, 0), (7, 6)]])
    assert sum(e.opens for e in entries) == sum(len(e.closes) for e in entries) == 4
    assert arrange([]) == []
