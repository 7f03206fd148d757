"""Results: the page, the fragment that live pages fetch, and files for whoever wants to count again."""

import csv
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Level
from polls import promises, roll_words
from polls.actions import QuestionResult, read_result, receipts
from polls.actions.answers import in_words
from polls.actions.ledger import head
from polls.models import Ballot, Poll, QuestionKind, Remark
from polls.qr import squares
from polls.rules import is_settling, may_see_results
from polls.topics import structure
from polls.views.shared import find_poll, with_pictures

PAGE = 20


@never_cache
@require_safe
def results_page(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The result, or when and to whom it will be shown."""
    poll = find_poll(request, poll_id)
    verdict = may_see_results(request.person, poll)
    if not verdict:
        return render(request, "polls/results_hidden.html", {"poll": poll, "verdict": verdict}, status=403)
    remarks = (
        Remark.objects.shown().filter(poll=poll).select_related("author", "question").order_by("-created_at", "-pk")
    )
    facts = _facts(poll) | {
        "remarks": Paginator(remarks, PAGE).get_page(request.GET.get("page")) if _has_texts(poll) else None,
        "named": _named(poll, request.GET.get("voters")) if not poll.is_secret else None,
        "level": Level(poll.level).label,
        "turnout": roll_words.turnout(poll),
        "rules": promises.rules_in_words(poll),
        "steps": promises.steps(),
        "corrections": poll.corrections.all(),
    }
    return render(request, "polls/results_page.html", facts)


@never_cache
@require_safe
def results_live(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The figures alone, for a page that is open already."""
    poll = find_poll(request, poll_id)
    if not may_see_results(request.person, poll):
        raise PermissionDenied
    return render(request, "polls/_results.html", _facts(poll) | {"steps": promises.steps()})


@never_cache
@require_safe
def results_csv(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The figures as a table: options with their votes in each round, or the pairwise matrix."""
    poll = find_poll(request, poll_id)
    if not may_see_results(request.person, poll):
        raise PermissionDenied
    response = _attachment(f"poll-{poll.pk}-results.csv")
    csv.writer(response).writerows(_table(poll))
    return response


@never_cache
@require_safe
def receipts_csv(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The codes of all receipts, sorted, after closing: everybody can find their own among what was counted."""
    poll = find_poll(request, poll_id)
    if not poll.is_published or not poll.is_complete or is_settling(poll):
        raise PermissionDenied
    response = _attachment(f"poll-{poll.pk}-receipts.csv")
    writer = csv.writer(response)
    writer.writerows(receipts(poll))
    return response


@require_safe
def qr(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The address of the poll as a QR code, for posters and slides."""
    poll = find_poll(request, poll_id)
    size, path = squares(settings.PUBLIC_URL + poll.get_absolute_url())
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="{1}" height="{1}" shape-rendering='
        '"crispEdges"><path fill="#fff" d="M0 0h{0}v{0}h-{0}z"/><path d="{2}"/></svg>',
        size, size * 8, path,
    )  # fmt: skip
    return HttpResponse(svg, content_type="image/svg+xml")


def _has_texts(poll: Poll) -> bool:
    return poll.asks_remark or any(one.kind in (QuestionKind.TEXT, QuestionKind.CONSENT) for one in poll.sheet)


def _facts(poll: Poll) -> dict[str, Any]:
    result = read_result(poll)
    shown = [with_pictures(one, final=result.final) for one in result.questions]
    return {"poll": poll, "result": result, "shown": shown, "structure": structure(poll, result.counted)}


def _named(poll: Poll, number: str | None) -> dict[str, Any]:
    """A page of who voted for what in an open poll, by name: answers in the order of the questions."""
    roll = poll.roll.exclude(voter=None).select_related("voter").order_by("voter__name", "pk")
    page = Paginator(roll, PAGE).get_page(number)
    asked = {box.pk: box for box in poll.boxes}
    said: dict[int | None, dict[int, str]] = {}
    papers = Ballot.objects.of(poll).filter(voter__in=[entry.voter_id for entry in page])
    for voter, question, choice in papers.values_list("voter", "question", "choice"):
        said.setdefault(voter, {})[question] = ", ".join(in_words(asked[question], choice)) or "–"
    rows = [(entry.voter, [said.get(entry.voter_id, {}).get(pk, "–") for pk in asked]) for entry in page]
    return {"page": page, "rows": rows}


def _table(poll: Poll) -> list[list[object]]:
    from methods.documents import guard  # documents are imported where they run, not when the server starts

    result = read_result(poll)
    rows: list[list[object]] = [
        ["poll", guard(poll.title)], ["ballots in the box", result.cast],
        *([["places on the roll", poll.roll_size]] if poll.roll_size else []),
        ["ballots in these figures", result.counted],
        *(["set aside", why, number] for why, number in result.set_aside.items()), ["final", result.final],
        ["decision only", result.decision_only],
        ["head of the ledger", head(poll)],
    ]  # fmt: skip
    for one in result.questions:
        rows += [[], *_question_rows(one)]
    return rows


def _question_rows(result: QuestionResult) -> list[list[object]]:
    from methods.documents import guard

    question, outcome = result.question, result.outcome
    head: list[list[object]] = [
        ["question", guard(question.text)], ["rule", question.rule],
        ["chosen", *(guard(name) for name in result.winners)],
    ]  # fmt: skip
    for one in result.requirements:
        head.append([one.name, "met" if one.met else "not met", "has", one.has, "needs", one.needs])
    if outcome is None:
        return head + _split_rows(result)
    head.append(["not answered", result.blank])
    names = {key: guard(text) for key, text in question.names.items()}
    if outcome.matrix is not None:
        matrix = outcome.matrix
        head.append(["ranked above", *names.values()])
        head += [[names[a], *("" if a == b else matrix[a][b] for b in names)] for a in names]
    else:
        head.append(["option", *(f"round {number}" for number in range(1, len(outcome.rounds) + 1))])
        head += [[names[key], *(one.totals.get(key, "") for one in outcome.rounds)] for key in names]
    return head + _split_rows(result)


def _split_rows(result: QuestionResult) -> list[list[object]]:
    """Parts with their ballots, what comes first there, and the votes of each option."""
    from methods.documents import guard

    rows: list[list[object]] = []
    for split in result.splits:
        rows.append([f"by {split.by}", "ballots", "first", *(guard(text) for text in result.question.names.values())])
        for part in split.parts:
            totals = part.outcome.totals if part.outcome else {}
            first = [guard(part.leads), *(totals.get(key, "") for key in result.question.names)]
            rows.append([guard(part.name), part.ballots, *first])
        rows.append(["not shown apart", split.rest])
    return rows


def _attachment(name: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
