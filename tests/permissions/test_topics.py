"""Who may listen to each live topic, in each state; and that a snapshot holds nothing that a listener may not see."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Participant
from consultations.models import Comment
from forums.models import Post, Thread
from opinions.models import Statement
from realtime.snapshots import may_listen, take
from realtime.topics import discover
from tests.permissions.places import value_of
from tests.permissions.world import ROLES, STATES, World

pytestmark = pytest.mark.django_db
# Prefix, the row whose id follows it, then seven marks for each state as in the tables: `+` may listen, `-` may not.
TABLE = """
# prefix      id               draft    open     closed   hidden
consultation  consultation.pk  ---+++-  +++++++  +++++++  +++++++
clause        clause.pk        ---+++-  +++++++  +++++++  +++++++
clause        next_clause.pk   -------  -------  -------  -------
poll          poll.pk          -----+-  +++++++  +++++++  +++++++
poll.results  poll.pk          -------  -------  +++++++  -------
poll.results  live_poll.pk     -------  +++++++  +++++++  +++++++
conversation  conversation.pk  -----+-  +++++++  +++++++  +++++++
board         board.pk         ---+++-  +++++++  +++++++  +++++++
thread        thread.pk        ---+++-  +++++++  +++++++  --++---
thread        talk.pk          ---+++-  +++++++  +++++++  +++++++
summary       consultation.pk  ----++-  ----++-  ----++-  ----++-
moderation    office.pk        ---+---  ---+---  ---+---  ---+---
job           job.pk           ----+-+  ----+-+  ----+-+  ----+-+
inbox         =author          --+----  --+----  --+----  --+----
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
# Words that a snapshot may hold: states of things that everybody who listens may know.
WORDS = {"draft", "planned", "open", "closed", "queued", "running", "done", "failed", "cancelled"}


def key_of(world: World, prefix: str, word: str) -> str:
    person = world.people.get(word.removeprefix("="))
    return f"{prefix}.{person.user_id if person else value_of(world, word)}"


def words_in(facts: Any) -> set[str]:
    """All texts in a snapshot, but those that are numbers and signs only."""
    if isinstance(facts, dict):
        return set().union(*map(words_in, facts.values()))
    if isinstance(facts, list):
        return set().union(*map(words_in, facts))
    texts = facts.replace(":", " ").replace("-", " ").split() if isinstance(facts, str) else []
    return {text for text in texts if not text.isdecimal() and text not in {"True", "False"}}


def test_table_names_every_topic():
    prefixes = {prefix for prefix in discover() if not prefix.startswith("tests")}
    assert {prefix for prefix, *_rest in ROWS} == prefixes


@pytest.mark.parametrize(("prefix", "word", "draft", "open_", "closed", "hidden"), ROWS)
def test_topic_is_heard_by_those_of_the_table(world: World, prefix, word, draft, open_, closed, hidden):
    expected = dict(zip(STATES, (draft, open_, closed, hidden), strict=True))[world.state]
    people = [Participant.objects.get(pk=one.pk) if one else None for one in (world.people[role] for role in ROLES)]
    key = key_of(world, prefix, word)
    assert "".join("+" if may_listen(person, key) else "-" for person in people) == expected


def test_those_with_roles_elsewhere_hear_what_citizens_hear(world: World):
    keys = {key_of(world, prefix, word) for prefix, word, *_marks in ROWS}
    citizen, stranger = world.people["citizen"], world.people["stranger"]
    assert {key for key in keys if may_listen(stranger, key)} == {key for key in keys if may_listen(citizen, key)}


def test_snapshots_hold_numbers_and_states_only(world: World):
    for prefix, word, *_marks in ROWS:
        key = key_of(world, prefix, word)
        found = take(key, 0)
        facts = json.loads(found.text)["facts"] if found else {}
        assert words_in(facts) <= WORDS, key


def test_snapshots_count_what_is_shown(world: World):
    def facts(key: str) -> dict[str, Any]:
        return json.loads(take(key, 0).text)["facts"]

    it = world.it
    assert facts(it.consultation.topic)["comments"] == Comment.objects.shown().count()
    assert facts(f"board.{it.board.pk}")["threads"] == Thread.objects.exclude(listed_at=None).count()
    assert facts(it.thread.topic)["posts"] == Post.objects.shown().filter(thread=it.thread).count()
    assert facts(it.conversation.topic)["statements"] == Statement.objects.shown().count()
    assert facts(f"clause.{it.clause.pk}")["comments"] == Comment.objects.shown().filter(clause=it.clause).count()


def test_results_are_in_no_snapshot_before_they_may_be_seen(world: World):
    taken = take(f"poll.results.{world.it.poll.pk}", 0)
    facts = json.loads(taken.text)["facts"] if taken else {}
    assert ("questions" in facts) == (world.state == "closed")


def test_snapshot_address_answers_whom_the_topic_answers(world: World, browsers: dict[str, Client]):
    for prefix, word, *_marks in ROWS:
        key = key_of(world, prefix, word)
        for role, person in world.people.items():
            status = browsers[role].get(f"/live/{key}.json").status_code
            assert (status == 200) == may_listen(person, key), (key, role)
