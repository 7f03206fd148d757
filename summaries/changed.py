"""Reads which wording changed because of a decision: the clause that it names, in the version that reworded it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from consultations.models import Change, Clause
from summaries.models import ThemeDecision

Parts = list[tuple[str, str]]  # ("same" | "gone" | "new", words), as `methods.anchoring.difference` gives them
AROUND = 80  # signs of unchanged words beside a change


def changed_clauses(decisions: Iterable[ThemeDecision]) -> dict[int, Clause]:
    """id of a decision → its clause as it was first reworded or added since the version that the decision names.

    Decisions whose clause still reads as before, or that name none, are not in it. One query (give decisions with
    `clause__version`); clauses come with version and document.
    """
    named = {one.pk: one.clause for one in decisions if one.clause is not None}
    if not named:
        return {}
    documents = {clause.version.document_id for clause in named.values()}
    keys = {clause.key for clause in named.values()}
    changed = Clause.objects.filter(
        Q(change=Change.REWORDED) | Q(change=Change.NEW),
        version__document__in=documents, key__in=keys, version__published_at__lte=timezone.now(),
    )  # fmt: skip
    lines: dict[tuple[int, str], list[Clause]] = {}
    for clause in changed.select_related("version__document").order_by("version__number"):
        lines.setdefault((clause.version.document_id, clause.key), []).append(clause)
    found: dict[int, Clause] = {}
    for pk, clause in named.items():
        later = lines.get((clause.version.document_id, clause.key), [])
        first = next((one for one in later if one.version.number >= clause.version.number), None)
        if first is not None:
            found[pk] = first
    return found


def parts_of(clause: Clause, around: int = AROUND) -> Parts:
    """The word difference of a changed clause, with long stretches of unchanged words cut to `around` signs beside it.

    A clause that is new is all new.
    """
    if clause.change == Change.NEW:
        return [("new", clause.text)]
    parts = [(str(kind), str(words)) for kind, words in clause.difference]
    last = len(parts) - 1
    return [(kind, _cut(words, around, at == 0, at == last) if kind == "same" else words)
            for at, (kind, words) in enumerate(parts)]  # fmt: skip


def _cut(words: str, around: int, first: bool, last: bool) -> str:
    """Unchanged words, shortened where they are not beside a change."""
    if len(words) <= 2 * around:
        return words
    head = "" if first else words[:around]
    tail = "" if last else words[-around:]
    return f"{head}…{tail}"
