"""Keeps the public ledger of each poll: opened with its rules, ballots listed in batches, closed, counted, published.

Runs by the clock, never while somebody votes, or every vote would wait for the head of the chain. Each step may be done
again and comes late without harm: what stands in the chain is never written twice.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Count
from django.utils import timezone

from methods import ledger
from polls.actions.frozen import freeze_rules
from polls.actions.roll import roll_facts
from polls.models import Ballot, LedgerEntry, LotValue, PackageFile, Poll, Publication, Question, SealedBallots
from realtime.actions import atomic, publish


@atomic()
def list_ballots(*, poll: Poll) -> str:
    """Open the ledger of a poll that has opened, and list what waits in batches of ten or more. Returns the head."""
    poll = held(poll)
    if not poll.has_opened or poll.is_complete:
        return head(poll)
    return _list_waiting(poll, last=False)


@atomic()
def close_ledger(*, poll: Poll) -> str:
    """List what is left of a poll whose ballots are complete, and write the end of voting. Returns the closing head."""
    poll = held(poll)
    if not poll.is_complete or has_entry(poll, "closed"):
        return head(poll)
    _list_waiting(poll, last=True)
    papers = Ballot.objects.of(poll)
    boxes = {box.key: 0 for box in poll.boxes}
    boxes |= dict(papers.values_list("question__key").annotate(Count("pk")))
    aside = papers.exclude(set_aside="").values_list("commitment", flat=True)
    _append(poll, ledger.closed(head(poll), boxes, list(aside)))
    return head(poll)


@atomic()
def publish_package(*, poll: Poll) -> bool:
    """Count a poll whose ledger is closed and keep the package of files. Returns False when it was done already, and
    while the announced value of the lot is waited for.

    Publishes `poll.results.<id>`, because the lot is drawn now. Raises `methods.ledger.Wrong` where ballots and chain
    do not agree: then nothing is published, and `manage.py verify` says what is wrong.
    """
    poll = held(poll)
    if poll.seed or not has_entry(poll, "closed"):
        return False
    value = LotValue.objects.filter(poll=poll).values_list("value", flat=True).first()
    if poll.lot_source and value is None and timezone.now() < poll.lot_until:
        return False
    closed = ledger.ClosedPoll(poll.rules.encode(), papers_of(poll), lines(poll), value or "")
    files = ledger.package(closed)
    last = files["ledger.jsonl"].decode().splitlines()[-1]
    _append(poll, last)
    PackageFile.objects.bulk_create(PackageFile(poll=poll, name=name, content=body) for name, body in files.items())
    if poll.publication == Publication.SEALED:
        opened = ledger.package(replace(closed, chain=lines(poll)), for_observers=True)["ballots.csv"]
        SealedBallots.objects.create(poll=poll, content=opened)
    Poll.objects.filter(pk=poll.pk).update(seed=json.loads(last)["seed"])
    publish(poll.topic, poll.results_topic)
    return True


def lines(poll: Poll) -> list[str]:
    """The chain of `poll` so far."""
    return list(LedgerEntry.objects.filter(poll=poll).values_list("line", flat=True))


def head(poll: Poll) -> str:
    """The hash of the newest entry; "" before the opening is written."""
    newest = LedgerEntry.objects.filter(poll=poll).order_by("-number").values_list("hash", flat=True)
    return newest.first() or ""


def has_entry(poll: Poll, kind: str) -> bool:
    """Whether the chain of `poll` holds an entry of this kind, one of those that end it."""
    last = LedgerEntry.objects.filter(poll=poll).order_by("-number").values_list("line", flat=True)[:2]
    return any(json.loads(line)["kind"] == kind for line in last)


def papers_of(poll: Poll) -> list[ledger.Paper]:
    """All ballots of `poll` as the ledger reads them, those that were set aside too."""
    rows = Ballot.objects.of(poll).values_list("question__key", "commitment", "nonce", "choice", "channel", "cell")
    return [ledger.Paper(*row[:4], row[4] if poll.shows_channels else "", row[5]) for row in rows]


def held(poll: Poll) -> Poll:
    """The poll locked, as casting and closing lock it before they look at its ballots."""
    return Poll.objects.select_for_update(no_key=True).select_related("consultation").get(pk=poll.pk)


def _list_waiting(poll: Poll, last: bool) -> str:
    if not LedgerEntry.objects.filter(poll=poll).exists():
        rules = freeze_rules(poll)
        size, found = roll_facts(poll)
        _append(poll, ledger.opening(f"poll-{poll.pk}", rules.encode(), size, found))
    listed: dict[str, set[str]] | None = None
    for box in poll.boxes:
        waiting = list(Ballot.objects.filter(question=box, listed=False).values_list("commitment", flat=True))
        if len(waiting) < ledger.BATCH and not (last and waiting):
            continue
        listed = listed or _standing(lines(poll))
        _append(poll, ledger.batch(head(poll), box.key, waiting, last=last))
        _withdraw(poll, box, listed.get(box.key, set()), waiting)
        Ballot.objects.filter(question=box, listed=False).update(listed=True)
    return head(poll)


def _withdraw(poll: Poll, box: Question, listed: Iterable[str], waiting: Sequence[str]) -> None:
    """Say which commitments of `box` count no more, because their voters voted again."""
    now = set(Ballot.objects.filter(question=box).values_list("commitment", flat=True))
    gone = set(listed) - now
    if gone:
        _append(poll, ledger.replaced(head(poll), box.key, gone))


def _standing(chain: Iterable[str]) -> dict[str, set[str]]:
    """The commitments that a chain lists and has not withdrawn, by question."""
    found: dict[str, set[str]] = {}
    for line in chain:
        entry = json.loads(line)
        box = found.setdefault(entry.get("question", ""), set())
        box |= set(entry.get("commitments", ()))
        box -= set(entry.get("withdrawn", ()))
    return found


def _append(poll: Poll, line: str) -> None:
    number = LedgerEntry.objects.filter(poll=poll).count() + 1
    LedgerEntry.objects.create(poll=poll, number=number, line=line, hash=ledger.head_of(line))
