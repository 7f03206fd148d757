"""What waits for a socket stays bounded."""

from realtime.outbox import IN_FLIGHT, PATIENCE, Outbox


def full(now: float = 0) -> Outbox:
    box = Outbox()
    for number in range(IN_FLIGHT):
        box.put(f"poll.{number}", "old")
        assert box.take(now) == "old"
    return box


def test_outbox_keeps_the_newest_of_each_topic():
    box = Outbox()
    for text in ("one", "two", "three"):
        box.put("poll.1", text)
    assert [box.take(0), box.take(0)] == ["three", None]


def test_outbox_waits_for_acknowledgements():
    box = full()
    box.put("poll.1", "new")
    assert box.take(0) is None
    assert box.acknowledge(1, 0) is True
    assert box.take(0) == "new"


def test_outbox_refuses_impossible_acknowledgements():
    box = full()
    assert box.acknowledge(5, 0) is True
    assert [box.acknowledge(count, 0) for count in (4, IN_FLIGHT + 1, -1)] == [False, False, False]


def test_outbox_is_stuck_when_an_answer_is_owed_too_long():
    box = full(now=100)
    assert [box.is_stuck(100 + PATIENCE), box.is_stuck(101 + PATIENCE)] == [False, True]
    box.acknowledge(1, 120)
    assert box.is_stuck(101 + PATIENCE) is False
    box.acknowledge(IN_FLIGHT, 121)
    assert box.is_stuck(1000 + PATIENCE) is False


def test_outbox_drops_what_may_not_be_heard_any_more():
    box = Outbox()
    box.put("poll.1", "secret")
    box.drop("poll.1")
    assert box.take(0) is None
