"""What an open page may hear: counts of a consultation and of a clause. Facts for all readers, no texts."""

from typing import Any

from django.db.models import Count, Max

from accounts.models import Participant
from consultations.models import Clause, Comment, Consultation, Version
from consultations.models.discussion import comments_by_key, is_number, of_clause, stances, structure
from realtime.topics import register


def may_hear_consultation(person: Participant | None, pk: str) -> bool:
    """Whoever may see the consultation."""
    return is_number(pk) and Consultation.objects.visible_to(person).filter(pk=pk).exists()


def consultation(pk: str) -> dict[str, Any]:
    """`comments` and `people` (how many wrote), and `clauses`: comments by id of the current clauses."""
    shown = Comment.objects.filter(consultation_id=int(pk)).shown()
    counts = shown.aggregate(comments=Count("id"), people=Count("author", distinct=True))
    current: dict[int, int] = {}
    for document, version in (
        Version.objects.filter(document__consultation=int(pk), published_at__isnull=False)
        .order_by("number")
        .values_list("document", "pk")
    ):
        current[document] = version
    clauses: dict[str, int] = {}
    for document, version in current.items():
        totals = comments_by_key(document)
        for clause, key in Clause.objects.filter(version=version).values_list("pk", "key"):
            clauses[str(clause)] = totals.get(key, 0)
    return {**counts, "clauses": clauses, "structure": "-".join(map(str, current.values()))}


def may_hear_clause(person: Participant | None, pk: str) -> bool:
    """Whoever may see the consultation, of published versions."""
    return (
        pk.isdecimal()
        and Clause.objects.filter(
            pk=pk,
            version__published_at__isnull=False,
            version__document__consultation__in=Consultation.objects.visible_to(person),
        ).exists()
    )


def clause(pk: str) -> dict[str, Any]:
    """`comments` (with replies), `stances` by name, and `structure`, which changes when there is something new."""
    one = Clause.objects.select_related("version").get(pk=pk)
    comments = of_clause(one, list(one.lineage().select_related("version")))
    counts = comments.shown().aggregate(comments=Count("id"), newest=Max("id"))
    return {
        "comments": counts["comments"],
        "stances": stances(comments),
        "structure": structure(counts["comments"], counts["newest"]),
    }


register("consultation", may_listen=may_hear_consultation, snapshot=consultation)
register("clause", may_listen=may_hear_clause, snapshot=clause)
