"""Clauses through versions: what was said about an earlier wording counts for the clause as it reads now."""

from collections.abc import Mapping

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from consultations.models import Clause, Comment, Consultation
from summaries.models import Citation, Kind


def newest_clauses(consultation: Consultation) -> dict[int, Clause]:
    """id of every published wording → the newest published wording of the same clause. One query."""
    rows = Clause.objects.filter(
        version__document__consultation=consultation, version__published_at__lte=timezone.now()
    ).select_related("version")
    wordings = list(rows.defer("html", "body", "difference").order_by("version__number"))
    newest = {(one.version.document_id, one.key): one for one in wordings}
    return {one.pk: newest[one.version.document_id, one.key] for one in wordings}


def named(consultation: Consultation, clauses: Mapping[str, int]) -> dict[str, tuple[int, str]]:
    """Key of a contribution → id and name of the clause it is about, from key → id of the wording it was said about."""
    newest = newest_clauses(consultation) if clauses else {}
    names = {pk: (clause.pk, str(clause)) for pk, clause in newest.items()}
    return {key: names[pk] for key, pk in clauses.items() if pk in names}


def said_about(rows: QuerySet[Citation], clause: int) -> QuerySet[Citation]:
    """Those of `rows` that are comments about `clause`, in whichever version it was commented on."""
    found = Clause.objects.filter(pk=clause).values_list("version__document", "key").first()
    if found is None:
        return rows.none()
    document, key = found
    key_of = Concat(Value(f"{Kind.COMMENT}:"), Cast("pk", TextField()), output_field=TextField())
    comments = Comment.objects.filter(clause__version__document=document, clause__key=key).order_by()
    return rows.filter(source_key__in=comments.annotate(source=key_of).values("source"))
