"""The ledger of a poll for everybody: its head, what became of a receipt, and the files with which to count again."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from methods.ledger.codes import is_receipt_of
from moderation.actions import record
from polls.actions.ledger import lines
from polls.models import PackageFile
from polls.rules import may_create, may_open_sealed
from polls.views.shared import find_poll

TYPES = {"csv": "text/csv", "json": "application/json", "jsonl": "application/x-ndjson", "py": "text/x-python"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say: the same files are the same bytes


@never_cache
@require_safe
def ledger_page(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The head, the entries, the files; and what became of the receipt that is typed in."""
    poll = find_poll(request, poll_id)
    entries = [json.loads(line) for line in lines(poll)]
    receipt = request.GET.get("receipt", "")[:80].strip()
    facts = {
        "poll": poll,
        "entries": [_told(number, entry) for number, entry in enumerate(entries, 1)],
        "head": entries[-1]["hash"] if entries else "",
        "files": [] if not poll.seed else list(PackageFile.objects.filter(poll=poll).values_list("name", flat=True)),
        "observes": may_open_sealed(request.person, poll),
        "organises": may_create(request.person, poll.consultation),
        "receipt": receipt,
        "answer": _answer(entries, receipt) if receipt else "",
    }
    return render(request, "polls/ledger.html", facts)


@never_cache
@require_safe
def ledger_lines(request: HttpRequest, poll_id: int) -> HttpResponse:
    """The chain so far, word for word, one entry a line."""
    poll = find_poll(request, poll_id)
    text = "".join(f"{line}\n" for line in lines(poll))
    return HttpResponse(text, content_type=TYPES["jsonl"])


@never_cache
@require_safe
def package_file(request: HttpRequest, poll_id: int, name: str) -> HttpResponse:
    """One file of the package; 404 before the poll is counted."""
    poll = find_poll(request, poll_id)
    found = PackageFile.objects.filter(poll=poll, name=name).first()
    if found is None:
        raise Http404
    kind = TYPES[name.rpartition(".")[2]]
    return _attachment(bytes(found.content), name, f"{kind}; charset=utf-8")


@never_cache
@require_safe
def package_zip(request: HttpRequest, poll_id: int) -> HttpResponse:
    """All files of the package; 404 before the poll is counted."""
    poll = find_poll(request, poll_id)
    files = {file.name: bytes(file.content) for file in PackageFile.objects.filter(poll=poll)}
    if not files:
        raise Http404
    return _zip(files, f"poll-{poll.pk}.zip")


@never_cache
@require_safe
def observers_zip(request: HttpRequest, poll_id: int) -> HttpResponse:
    """All files with every ballot opened, for those who were named as observers. Each time is written to the audit."""
    poll = find_poll(request, poll_id)
    if not may_open_sealed(request.person, poll):
        raise PermissionDenied
    record(verb="poll.observe", person=request.person, target=f"poll:{poll.pk}", facts={})
    files = {file.name: bytes(file.content) for file in PackageFile.objects.filter(poll=poll)}
    return _zip(files | {"ballots.csv": bytes(poll.sealed_ballots.content)}, f"poll-{poll.pk}-observers.zip")


def _zip(files: Mapping[str, bytes], name: str) -> HttpResponse:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(file, EPOCH), content, zipfile.ZIP_DEFLATED)
    return _attachment(out.getvalue(), name, "application/zip")


def _attachment(body: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(body, headers={"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'})


def _told(number: int, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry for people: its number, hash, and what it says in a sentence."""
    kind = entry["kind"]
    if kind == "opening":
        said = _("The poll opened: its rules are fixed.")
    elif kind == "batch":
        facts = {"count": intcomma(len(entry["commitments"])), "question": _question(entry["question"])}
        said = _("%(count)s ballots were listed (%(question)s).") % facts
    elif kind == "replaced":
        facts = {"count": intcomma(len(entry["withdrawn"])), "question": _question(entry["question"])}
        said = _("%(count)s ballots were replaced by newer votes (%(question)s).") % facts
    elif kind == "closed":
        said = _("Voting ended. Ballots in the box: %(boxes)s.") % {
            "boxes": ", ".join(f"{_question(key)}: {intcomma(count)}" for key, count in entry["boxes"].items())
        }
    else:
        said = _("Counted: the result and its files are fixed.")
        if entry["value"]:
            said = _("%(said)s The lot was drawn with %(value)s.") % {"said": said, "value": entry["value"]}
    return {"number": number, "hash": entry["hash"], "said": said}


def _question(key: str) -> str:
    """What people call the question with this key, such as q2."""
    return _("question %(number)s") % {"number": key.removeprefix("q")}


def _answer(entries: list[dict[str, Any]], receipt: str) -> str:
    """What became of the ballot whose receipt this is."""
    listed, said = 0, ""
    for number, entry in enumerate(entries, 1):
        if any(is_receipt_of(receipt, code) for code in entry.get("commitments", ())):
            listed = number
        if any(is_receipt_of(receipt, code) for code in entry.get("withdrawn", ())):
            said = _("This ballot was replaced by a newer vote (entry %(number)s).") % {"number": number}
        if any(is_receipt_of(receipt, code) for code in entry.get("set_aside", ())):
            said = _("This ballot was set aside and does not count (entry %(number)s).") % {"number": number}
    if not listed:
        return _(
            "No ballot with this code is listed. A new one is listed with the next ten; a typing mistake is likely."
        )
    if said:
        return said
    ended = any(entry["kind"] == "counted" for entry in entries)
    text = _("This ballot is counted (entry %(number)s).") if ended else _("This ballot is listed (entry %(number)s).")
    return text % {"number": listed}
